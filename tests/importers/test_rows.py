"""A bundle as rows of the store: what is one practice, one component, one written source."""

import re
from datetime import datetime

import pytest

from dashboard import settings
from dashboard.importers import rows
from dashboard.model import Bundle, Coding, Document, Excerpt, Participant, Step, Study, Telling


def of(*tellings, steps=(), components=(), **more):
    study = Study("s", "S", components=components)
    return rows.of(study, Bundle("table template", "t.csv", "abc", tellings=tellings, steps=steps, **more))


def telling(voice="P1", stance="adapted", practice="Asks", step="V1", **more):
    return Telling(voice, more.pop("component", "Video calls"), stance, step, practice=practice, **more)


def named(found, table, columns):
    """Return the named columns of a table's rows, in the order of the schema's own columns."""
    schema = next((settings.queries_folder() / "schema").glob(f"*_{table}.sql")).read_text(encoding="utf-8")
    order = re.findall(r"^    (\w+) ", schema, flags=re.MULTILINE)
    assert all(len(row) == len(order) for row in found[table])
    return [tuple(row[order.index(column)] for column in columns.split()) for row in found[table]]


def practices(found):
    return named(found, "practice", "practice_id component_id step_id near_step_id phase stance name")


def test_two_voices_that_tell_the_same_are_one_practice():
    found = of(telling("P1"), telling("P2"))
    assert practices(found) == [("p1", "video_calls", "V1", "", "", "adapted", "Asks")]
    assert found["practice_voice"] == [("s", "p1", "P1", "", "not_known"), ("s", "p1", "P2", "", "not_known")]


@pytest.mark.parametrize(
    "other",
    [
        telling(step="V2"),
        telling(stance="worked_around"),
        telling(practice="Asks twice"),
        telling(component="Apps"),
        telling(phase="during"),
    ],
    ids=["step", "stance", "name", "tool", "phase"],
)
def test_what_differs_in_place_stance_or_name_is_another_practice(other):
    assert [row[1] for row in of(telling(), other)["practice"]] == ["p1", "p2"]


@pytest.mark.parametrize(
    "other",
    [
        telling(practice="ASKS"),
        telling(component="video  calls"),
        telling(effect="harms"),
        telling(excerpt_id="e2"),
        telling(reason="provider: time"),
    ],
    ids=["capitals", "spaces in the tool", "effect", "excerpt", "reason"],
)
def test_what_differs_otherwise_is_the_same_practice(other):
    assert [row[1] for row in of(telling(), other)["practice"]] == ["p1"]


def test_the_effect_belongs_to_the_voice():
    found = of(telling("P1", effect="helps"), telling("P2", effect="harms"))
    assert named(found, "practice_voice", "participant_id effect") == [("P1", "helps"), ("P2", "harms")]


def test_an_addition_is_on_no_step_but_near_one():
    found = of(telling(stance="added", step="V1"), telling(stance="added", step=""))
    assert practices(found) == [
        ("p1", "video_calls", "", "V1", "", "added", "Asks"),
        ("p2", "video_calls", "", "", "", "added", "Asks"),
    ]


@pytest.mark.parametrize(
    ("reason", "level"),
    [("organisation: time", "organisation"), ("Provider", "provider"), ("", ""), ("not asked", "not_asked")],
)
def test_the_level_of_a_reason_stands_before_its_colon(reason, level):
    assert named(of(telling(reason=reason)), "practice", "reason reason_level") == [(reason, level)]


# --- components -------------------------------------------------------------------------------------------


def test_components_stand_as_the_study_lists_them_then_as_they_appear():
    found = of(
        telling(component="Chat", step=""),
        steps=(Step("V1", "Video calls", "x"),),
        components=(("apps", "Apps", "Appar"),),
    )
    assert found["digital_component"] == [
        ("s", "apps", "Apps", "Appar", 1),
        ("s", "video_calls", "Video calls", "", 2),
        ("s", "chat", "Chat", "", 3),
    ]


@pytest.mark.parametrize("named", ["Video calls", "VIDEO CALLS", "video-calls", "vc"])
def test_a_component_is_known_by_its_id_or_its_name(named):
    found = of(telling(component=named), components=(("vc", "Video calls", "Videosamtal"),))
    assert found["digital_component"] == [("s", "vc", "Video calls", "Videosamtal", 1)]
    assert practices(found)[0][1] == "vc"


def test_a_component_without_an_id_is_known_by_its_name():
    assert of(components=(("", "Video calls", ""),))["digital_component"] == [
        ("s", "video_calls", "Video calls", "", 1)
    ]


# --- the rest ---------------------------------------------------------------------------------------------


def test_steps_of_the_same_written_source_share_it_and_a_step_may_have_none():
    guide = {"document": "Guide", "issuer": "Board", "year": "2018"}
    found = of(
        steps=(
            Step("V1", "Video calls", "a", **guide),
            Step("V2", "Video calls", "b", **guide),
            Step("V3", "Video calls", "c"),
            Step("V4", "Video calls", "d", document="Guide", issuer="Board", year="2021"),
        )
    )
    assert named(found, "guidance_document", "guidance_document_id title issuer") == [
        (1, "Guide", "Board"),
        (2, "Guide", "Board"),
    ]
    assert named(found, "protocol_step", "step_id guidance_document_id") == [
        ("V1", 1),
        ("V2", 1),
        ("V3", None),
        ("V4", 2),
    ]


def test_voices_and_their_attributes():
    found = of(participants=(Participant("P1", "Ek 2020", "https://example.org", {"site": "North", "years": "10"}),))
    assert found["participant"] == [("s", "P1", "Ek 2020", "https://example.org", 1)]
    assert found["participant_attribute"] == [("s", "P1", "site", "North"), ("s", "P1", "years", "10")]


def test_an_excerpt_is_a_draft_until_somebody_releases_it():
    found = of(
        documents=(Document("d1", "Talk", "Yes indeed", "abc"),),
        excerpts=(Excerpt("e1", "d1", 0, 3, "Yes", participant_id="P1", verification="verified"),),
        codings=(Coding("e1", "Video/asks", "coder 1"),),
    )
    assert named(found, "excerpt", "excerpt_id document_id participant_id start_at end_at text release_state") == [
        ("e1", "d1", "P1", 0, 3, "Yes", "draft")
    ]
    assert named(found, "excerpt", "verification") == [("verified",)]
    assert found["document"] == [("s", "d1", "Talk", "Yes indeed", "abc", "")]
    assert found["coding"] == [("s", "e1", "Video/asks", "coder 1")]


def test_a_study_of_no_series_is_a_series_of_its_own():
    assert named(of(), "study", "study_id title kind series round") == [("s", "S", "interviews", "s", 1)]


def test_the_log_counts_what_was_read():
    bundle = Bundle(
        "table template", "t.csv", "abc",
        tellings=(telling("P1"), telling("P2"), telling("P1", step="V2")),
        participants=(Participant("P1"), Participant("P2")),
        excerpts=(Excerpt("e1", "", None, None, "Yes"),),
        quotes_total=1,
        warnings=("one", "two"),
    )  # fmt: skip
    at = datetime(2026, 5, 7)
    assert rows.log_row(Study("s", "S"), bundle, at) == (
        "s", at, "t.csv", "abc", "table template", 0, 0, 1, 0, 2, 2, 0, 1, "one\ntwo", "", "import",
    )  # fmt: skip


@pytest.mark.parametrize(
    "more", [{"fidelity": "inconsistent"}, {"reason": "organisation"}, {"alliance_aspect": "goal"}]
)
def test_a_row_that_describes_its_practice_otherwise_than_the_first_is_pointed_out(more):
    first = telling("P1", fidelity="consistent", reason="provider", alliance_aspect="bond")
    (note,) = rows.notes([first, telling("P2", **more), telling("P3", **more)])
    assert note.startswith("2 rows describe a practice otherwise")


def test_a_row_that_says_the_same_or_nothing_or_is_of_another_practice_is_not():
    first = telling("P1", fidelity="consistent", reason="provider")
    assert rows.notes([first, telling("P2"), telling("P3", practice="Rings", reason="patient"), first]) == []
