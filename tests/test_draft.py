"""The draft in one reader's session: what is dropped is kept until it is forgotten, and can be dropped again."""

from dataclasses import replace

from dashboard import drafting, intake
from dashboard.draft import Draft
from dashboard.drafting import with_values
from dashboard.importers import about
from dashboard.model import PlacementCondition, Study

SEGMENTS = ("segments.csv", b"Document;Code;Segment\nP1.txt;door;I close it.\n")


def silent(_what, _share):
    """Tell nobody."""


def test_files_are_read_once_kept_without_the_uploader_and_forgotten_on_request():
    draft = Draft()
    assert draft.take([SEGMENTS], silent)
    assert not draft.take([SEGMENTS], silent)
    assert not draft.take([], silent)
    assert list(draft.files) == ["segments.csv"]
    draft = draft.followed()
    assert (draft.files, draft.material, draft.turn) == ({}, None, 1)
    assert draft.take([SEGMENTS], silent)


def test_what_cannot_be_read_is_said_and_not_kept():
    draft = Draft()
    draft.take([SEGMENTS], silent)
    draft.take([SEGMENTS, ("bad.qdpx", b"PK\x03\x04")], silent)
    assert "bad.qdpx" in str(draft.trouble)
    assert list(draft.files) == ["segments.csv"]


def test_a_change_can_be_taken_back():
    draft = Draft()
    draft.take([SEGMENTS], silent)
    before = draft.rules
    draft.change(with_values(before, draft.material, ["door"], {"stance": "adapted"}))
    assert draft.yielded().missing == ("protocol", "place")
    draft.undo()
    assert draft.rules == before


def test_a_suggestion_put_aside_is_offered_again_only_on_request():
    draft = Draft()
    protocol = b"step_id,component,text\nV1,Video calls,Close the door\n"
    draft.take([SEGMENTS, ("protocol.csv", protocol)], silent)
    (suggestion,) = drafting.suggested(draft.material, draft.rules)
    draft.put_aside([suggestion])
    assert draft.offered() == []
    draft.offer_again()
    assert draft.offered() == [suggestion]


NORTH = Study(
    "north", "North's talks", title_sv="Nords samtal", kind="evidence", series="talks", round=2, disclosure="open",
    ethics_note="Dnr 1", placement_rules=(
        PlacementCondition(1, "guard", "is_core", 1.0, None), PlacementCondition(1, "guard", "gap", 0.25, 0.5),
        PlacementCondition(2, "look_closer", "always", None, None),
    ),
    answers=(("coreq", "1", "The team \"A\"", "Teamet"),),
)  # fmt: skip


def described(said=()):
    draft = Draft(said={"study_id": "north", **dict(said)})
    draft.take([SEGMENTS], silent)
    return draft


def test_a_study_that_is_imported_again_still_says_all_that_it_said_of_itself():
    draft = described()
    assert draft.recall(NORTH) == {
        "title": "North's talks", "title_sv": "Nords samtal", "kind": "evidence", "series": "talks", "round": "2",
        "disclosure": "open", "ethics_note": "Dnr 1",
    }  # fmt: skip
    assert about.read(draft.about_file(), "study.toml", "north", ()) == NORTH


def test_the_programs_own_rules_are_not_written_into_a_study():
    draft = described()
    draft.recall(replace(NORTH, placement_rules=tuple(reversed(intake.default_placement_rules()))))
    assert b"placement" not in draft.about_file()


def test_what_the_reader_said_is_never_replaced_by_what_the_store_has():
    draft = described({"title": "Mine", "kind": "interviews", "disclosure": "team"})
    draft.chosen.add("disclosure")
    draft.recall(NORTH)
    assert {name: draft.said[name] for name in ("title", "kind", "disclosure", "ethics_note")} == {
        "title": "Mine", "kind": "evidence", "disclosure": "team", "ethics_note": "Dnr 1",
    }  # fmt: skip


def test_another_studys_words_go_with_its_id_and_what_was_written_since_stays():
    draft = described()
    draft.recall(NORTH)
    draft.said["ethics_note"] = "Dnr 2"
    assert draft.recall(None)["title"] == ""
    assert {name: value for name, value in draft.said.items() if value} == {
        "study_id": "north", "kind": "interviews", "disclosure": "team", "ethics_note": "Dnr 2",
    }  # fmt: skip
