"""Tags that spell their hierarchy."""

import pytest

from dashboard.errors import ImportProblem
from dashboard.importers.tags import parts_of, read_tags


@pytest.mark.parametrize(
    ("tag", "parts"),
    [
        ("video", ("video",)),
        ("video.privacy", ("video", "privacy")),
        ("WAD.work around.by phone", ("WAD", "work around", "by phone")),
        ("Barrier: no camera", ("Barrier", "no camera")),
        ("Dr. Berg", ("Dr. Berg",)),
        ("at 12:30", ("at 12:30",)),
        ("step 1.2", ("step 1.2",)),
        ("and so on...", ("and so on...",)),
        (".hidden", (".hidden",)),
        ("http://x", ("http://x",)),
        ("a.", ("a.",)),
    ],
)
def test_a_tag_is_parted_where_it_names_a_folder(tag, parts):
    assert parts_of(tag) == parts


def test_a_folder_that_is_a_tag_can_be_coded_with_and_one_that_is_only_spelt_cannot():
    codebook = read_tags(
        {"1": ("video.privacy", "Private room"), "2": ("video", "Video calls"), "3": ("WAD.adapted", "")}
    )
    assert [(c.path, c.name, c.parent, c.description, c.is_codable, c.theme) for c in codebook.codes] == [
        ("video", "video", "", "Video calls", True, ""),
        ("video/privacy", "privacy", "video", "Private room", True, "video"),
        ("WAD", "WAD", "", "", False, ""),
        ("WAD/adapted", "adapted", "WAD", "", True, "WAD"),
    ]
    assert codebook.path_of["1"] == "video/privacy"


def test_two_tags_that_spell_the_same_parts_are_two_codes():
    codebook = read_tags({"1": ("a.b", ""), "2": ("a: b", "")})
    assert (codebook.path_of["1"], codebook.path_of["2"]) == ("a/b", "a/b (2)")


def test_a_codebook_deeper_than_anybodys_is_refused():
    assert len(read_tags({"1": (".".join("abcdefghij" * 10), "")}).codes) == 100
    with pytest.raises(ImportProblem, match="nested deeper than 100 levels"):
        read_tags({"1": (".".join("x" * 5000), "")})
