"""What the Themes page is given to draw: the tree, the matrix, the interviews in order, and what coders agree on."""

import csv
import io

import pandas as pd
import pytest

from dashboard.charts.agreement import agreement, number
from dashboard.charts.co_occurrence import AT_TOP, MOST, co_occurrence, first_folders, folder_of, folders, shade
from dashboard.charts.saturation import saturation
from dashboard.charts.theme_tree import theme_tree, themes_sentence
from dashboard.export import codebook
from dashboard.i18n import translator
from dashboard.measures import coder_agreement, new_by_interview, voice_by_code
from dashboard.measures.themes import code_co_occurrence
from dashboard.model import Filters

EN, SV, PUBLISHED = translator("en"), translator("sv"), translator("en", "evidence")
ROUND_2 = Filters("demo-round-2")
COLUMNS = (
    "code_id", "parent_id", "theme", "code", "code_sv", "description", "depth", "is_codable", "n_voices", "n_excerpts",
    "n_voices_below", "n_excerpts_below",
)  # fmt: skip


def to(page, key="", **values):
    return {"page": page, "values": values}


def said(parts):
    return "".join(text for text, _strong in parts)


def codes_of(*rows):
    """Return a codebook as the measure does; a row is a path, its own voices and excerpts, and those below."""
    return pd.DataFrame(
        [
            (path, path.rpartition("/")[0], "", path.rpartition("/")[2], "", "", path.count("/"), True, *counts)
            for path, *counts in rows
        ],
        columns=COLUMNS,
    )


@pytest.fixture
def codes(shipped):
    return voice_by_code(shipped, ROUND_2)


# --- the sentence -------------------------------------------------------------------------------------------


def test_a_table_says_how_many_practices_and_which_is_told_most(codes):
    assert said(themes_sentence(codes, 16, EN)) == (
        "The analysis holds 195 practices, and 33 codes for how and why they are done; the practice most told is "
        "“Agrees on order and pace together after module 2, with a date for each”, by 10 of 16 voices."
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], "This study brings no codes, so there is no analysis to show."),
        ([("a", 0, 0, 0, 0)], "The analysis holds 1 code. No words have been given any of them."),
        (
            [("a", 2, 5, 2, 5), ("b", 1, 9, 1, 9)],
            "The analysis holds 2 codes; the most told is “a”, by 2 of 4 voices.",
        ),
        (
            [("a", 0, 0, 3, 4), ("a/x", 3, 4, 3, 4), ("a/y", 3, 4, 3, 4)],
            "The analysis holds 3 codes in 1 theme; the most told are “x” and 1 more, each by 3 of 4 voices in "
            "4 excerpts.",
        ),
        ([("a", 1, 1, 1, 1), ("b", 1, 1, 1, 1)], "The analysis holds 2 codes; none is told by more than one voice."),
        ([("a", 0, 7, 0, 7), ("b", 0, 1, 0, 1)], "The analysis holds 2 codes; the most given is “a”, in 7 excerpts."),
    ],
    ids=["no codes", "nothing coded", "flat", "ties", "one voice each", "nobody's words"],
)
def test_the_sentence_says_no_more_than_the_codes_do(rows, expected):
    assert said(themes_sentence(codes_of(*rows), 4, EN)) == expected


# --- the tree -----------------------------------------------------------------------------------------------


def nodes(items):
    for item in items:
        yield item
        yield from nodes(item["below"])


def test_the_tree_has_each_code_once_with_a_dot_for_each_voice(codes):
    drawn = list(nodes(theme_tree(codes, 16, to, EN)["items"]))
    assert len(drawn) == len(codes)
    assert {sum(item["strip"]["counts"].values()) for item in drawn} == {16}
    opened = {item["to"]["values"]["code"]: item for item in drawn if item["to"]}
    for row in codes.to_dict("records"):
        item = opened[row["code_id"]]
        assert item["n"] == row["n_excerpts_below"]
        assert item["voices"] == f"{row['n_voices_below']} of 16"


def test_folders_stand_open_one_level_and_the_most_told_first(codes):
    top = theme_tree(codes, 16, to, EN)["items"]
    assert [item["name"] for item in top[:3]] == ["Practice", "Stance", "Perceived effect"]
    assert all(item["open"] for item in top)
    assert not any(item["open"] for folder in top for item in folder["below"])
    told = [item["n"] for item in top[2]["below"]]
    assert told == sorted(told, reverse=True)


def test_a_tree_speaks_the_readers_language_and_defines_the_templates_words(codes):
    top = {item["name"]: item for item in theme_tree(codes, 16, to, SV)["items"]}
    stances = {item["name"]: item["definition"] for item in top["Förhållningssätt"]["below"]}
    assert stances["På en omväg"] == "görs en annan väg därför att något står i vägen"


def test_without_anybodys_voice_there_are_no_dots():
    drawing = theme_tree(codes_of(("a", 0, 3, 0, 3)), 0, to, EN)
    assert (drawing["items"][0]["strip"], drawing["heads"][1]) == (None, "")
    assert drawing["note"] == EN("themes.tree.voiceless")


def test_a_code_that_holds_others_says_what_it_was_given_itself():
    drawing = theme_tree(codes_of(("a", 1, 2, 3, 5), ("a/b", 2, 3, 2, 3)), 4, to, EN)
    assert drawing["items"][0]["alone"] == "2 excerpts with this code itself"


def test_a_code_that_nobody_was_given_leads_nowhere():
    assert theme_tree(codes_of(("a", 0, 0, 0, 0)), 4, to, EN)["items"][0]["to"] is None


def test_an_empty_codebook_is_a_sentence():
    assert theme_tree(codes_of(), 4, to, EN)["kind"] == "empty"


# --- the matrix ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("c", "level"), [(0, 0), (0.01, 1), (0.1, 2), (0.19, 2), (0.2, 3), (0.4, 4), (1, 4)])
def test_five_shades_from_never_to_mostly(c, level):
    assert shade(c) == level


def test_the_matrix_prints_the_pairs_of_the_measure(shipped):
    pairs = code_co_occurrence(shipped, ROUND_2, "Alliance", "Stance")
    drawing = co_occurrence(pairs, to, EN)
    printed = {
        (row["to"]["values"]["code"], column["to"]["values"]["code"]): cell["n"]
        for row in drawing["rows"]
        for column, cell in zip(drawing["columns"], row["cells"], strict=True)
    }
    assert printed == {(p["down_id"], p["across_id"]): p["n_both"] for p in pairs.to_dict("records")}
    assert drawing["left"] == ""


def test_a_folder_against_itself_leaves_the_diagonal_empty(shipped):
    drawing = co_occurrence(code_co_occurrence(shipped, ROUND_2, "Stance", "Stance"), to, EN)
    assert all(row["cells"][at] is None for at, row in enumerate(drawing["rows"]))


def test_more_than_twelve_codes_are_left_out_and_said(shipped):
    drawing = co_occurrence(code_co_occurrence(shipped, ROUND_2, "Nature", "Stance"), to, EN)
    assert (len(drawing["rows"]), drawing["left"]) == (
        MOST, "Told less and left out here: 1 row. The table below has all.",
    )  # fmt: skip


def test_a_cell_says_what_it_counts_with_the_decimals_of_the_language(shipped):
    pairs = code_co_occurrence(shipped, ROUND_2, "Alliance", "Stance")
    assert co_occurrence(pairs, to, EN)["rows"][0]["cells"][0]["label"] == (
        "Bond and As written: together in 64 excerpts, by 15 voices, c = 0.20"
    )
    assert co_occurrence(pairs, to, SV)["rows"][0]["cells"][0]["label"].endswith("c = 0,20")


def test_codes_that_nobody_was_given_make_a_sentence(shipped):
    assert co_occurrence(code_co_occurrence(shipped, ROUND_2, "nowhere", "Stance"), to, EN)["kind"] == "empty"


def test_the_folders_to_choose_from_are_the_top_and_what_holds_codes(codes):
    names = folders(codes, EN)
    assert next(iter(names)) == AT_TOP
    assert names["Practice/Video calls"] == "Practice › Video calls"
    assert "Stance/adapted" not in names
    assert (folder_of(AT_TOP), folder_of("Stance")) == ("", "Stance")


@pytest.mark.parametrize(
    ("rows", "first"),
    [
        ([], (AT_TOP, AT_TOP)),
        ([("a", 1, 1, 1, 1)], (AT_TOP, AT_TOP)),
        ([("a", 0, 0, 1, 9), ("a/x", 1, 9, 1, 9), ("b", 0, 0, 2, 3), ("b/y", 2, 3, 2, 3)], ("b", "a")),
    ],
)
def test_the_first_folders_are_those_with_the_most_voices(rows, first, codes):
    assert first_folders(codes_of(*rows)) == first
    assert first_folders(codes) == ("Alliance", "Stance")


# --- the interviews in order --------------------------------------------------------------------------------


def test_the_last_quarter_of_the_interviews_is_summed_up(shipped):
    rows = new_by_interview(shipped, ROUND_2)
    drawing = saturation(rows, to, EN)
    new = int(rows["n_new"].tail(4).sum())
    assert said(drawing["sentence"]) == f"The last 4 interviews brought {new} new practices of 147."
    assert [item["soFar"] for item in drawing["items"]] == list(rows["n_so_far"])


def test_publications_are_not_interviews(shipped):
    drawing = saturation(new_by_interview(shipped, Filters("evidence")), to, PUBLISHED)
    assert said(drawing["sentence"]).startswith("The last 7 publications brought")
    assert "voice" not in drawing["note"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], EN("saturation.voiceless")),
        ([(1, "P1", "", 0, 0, 0)], EN("saturation.none")),
        ([(1, "P1", "", 3, 3, 3)], "One interview brought 3; how much another would add cannot be told."),
        ([(1, "P1", "", 3, 3, 3), (2, "P2", "", 1, 0, 3)], "The last interview brought 0 new practices of 3."),
    ],
)
def test_few_interviews_or_none_make_a_sentence(rows, expected):
    columns = ["position", "participant_id", "citation", "n_practices", "n_new", "n_so_far"]
    drawing = saturation(pd.DataFrame(rows, columns=columns), to, EN)
    assert (drawing["text"] if drawing["kind"] == "empty" else said(drawing["sentence"])) == expected


# --- agreement ----------------------------------------------------------------------------------------------


def coded(*rows):
    columns = ["code_id", "code", "code_sv", "n_units", "n_coders", "n_given", "alpha"]
    return pd.DataFrame(rows, columns=columns)


def test_with_one_coder_there_is_a_sentence_beside_the_objection(shipped):
    drawing = agreement(coder_agreement(shipped, ROUND_2), True, EN)
    assert said(drawing["sentence"]) == EN("agreement.none")
    assert "Braun & Clarke" in drawing["objection"]
    assert drawing["rows"] == []


def test_alpha_is_kept_back_until_it_is_asked_for_and_comes_with_its_n():
    rows = coded(("", "", "", 9, 2, 14, 0.5), ("a", "a", "", 9, 2, 8, -0.126), ("b", "b", "", 9, 2, 6, float("nan")))
    hidden, shown = agreement(rows, False, EN), agreement(rows, True, EN)
    assert said(hidden["sentence"]) == "Coded by at least two of the 2 coders: 9 excerpts."
    assert hidden["rows"] == []
    assert said(shown["sentence"]).startswith("Krippendorff's alpha is 0.50, over 9 excerpts")
    assert [(row["name"], row["given"], row["alpha"]) for row in shown["rows"]] == [("a", 8, "−0.13"), ("b", 6, "–")]


def test_one_excerpt_gives_a_sentence_and_no_number():
    rows = coded(("", "", "", 1, 2, 2, float("nan")), ("a", "a", "", 1, 2, 2, float("nan")))
    assert said(agreement(rows, True, EN)["sentence"]).startswith("Alpha is not defined for 1 excerpt and 1 code")


def test_a_coefficient_has_the_decimals_of_the_language():
    assert (number(0.126, EN), number(0.126, SV), number(float("nan"), EN)) == ("0.13", "0,13", "")


# --- the codebook -------------------------------------------------------------------------------------------


def test_the_codebook_has_each_path_with_its_theme_definition_and_counts(codes):
    rows = codebook.codebook(codes, EN)
    assert list(rows.columns)[:6] == ["path", "code", "theme", "definition", "voices", "excerpts"]
    row = rows[rows["path"] == "Stance/worked_around"].iloc[0]
    assert list(row)[:6] == [
        "Stance/worked_around", "Worked around", "Stance", "done by another route because something blocks the way",
        14, 55,
    ]  # fmt: skip
    assert len(rows) == len(codes)


def test_the_codebook_as_a_file_says_what_it_is(codes):
    study = {"title": "A title", "study_id": "demo-round-2", "kind": "synthetic"}
    text = codebook.as_file(codes, study, "gen-000001", translator("en", "synthetic")).decode("utf-8-sig")
    stamp = [line for line in text.splitlines() if line.startswith("#")]
    assert "codebook" in stamp[0]
    assert "A title" in stamp[0]
    assert "invented interviews" in stamp[0]
    assert "gen-000001" in stamp[1]
    rows = list(csv.DictReader(io.StringIO("\n".join(line for line in text.splitlines() if line[0] != "#"))))
    assert len(rows) == len(codes)


def test_a_codebook_of_publications_counts_publications(codes):
    assert not any("voice" in name for name in codebook.codebook(codes, PUBLISHED).columns)
