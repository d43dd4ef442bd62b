"""What importing again changes: documents by their text, excerpts by document and span, everything else by its name."""

from dataclasses import replace

import pytest

from dashboard import intake, shipped_studies
from dashboard.export import change_words
from dashboard.i18n import translator
from dashboard.importers import about
from dashboard.intake import Prepared
from dashboard.model import Bundle, Code, Coding, Document, Excerpt, Participant, Step, Telling

ANNA = "I ask. I call back. I write it down."
BO = "We never ask."
FIRST = Bundle(
    "a test", "first.qdpx", "one",
    documents=(Document("d1", "anna", ANNA, "hash of anna", "P1"), Document("d2", "bo", BO, "hash of bo", "P2")),
    codes=(Code("Ask", "Ask"), Code("Call", "Call")),
    excerpts=(
        Excerpt("e1", "d1", 0, 6, "I ask.", participant_id="P1"),
        Excerpt("e2", "d1", 7, 19, "I call back.", participant_id="P1"),
        Excerpt("e3", "d2", 0, 13, BO, participant_id="P2"),
    ),
    codings=(Coding("e1", "Ask"), Coding("e2", "Call"), Coding("e3", "Ask")),
    participants=(Participant("P1"), Participant("P2")),
    steps=(Step("V1", "Video calls", "Ask"), Step("V2", "Video calls", "Call")),
    tellings=(
        Telling("P1", "Video calls", "as_written", "V1", practice="asks", excerpt_id="e1"),
        Telling("P1", "Video calls", "adapted", "V2", practice="calls back", excerpt_id="e2"),
        Telling("P2", "Video calls", "left_out", "V1", practice="never asks", excerpt_id="e3"),
    ),
)  # fmt: skip


def prepared(bundle: Bundle) -> Prepared:
    return Prepared(about.default("north", intake.default_placement_rules()), bundle)


@pytest.fixture
def folder(tmp_path):
    intake.publish(tmp_path, [prepared(FIRST)])
    return tmp_path


def changed(folder, bundle):
    return {
        noun: {way: what for way, what in how.items() if what}
        for noun, how in intake.beside_store(folder, prepared(bundle)).changes.items()
    }


def test_a_study_that_the_store_does_not_hold_changes_nothing(folder, tmp_path):
    assert intake.beside_store(tmp_path / "none", prepared(FIRST)).changes == {}
    other = Prepared(about.default("south", intake.default_placement_rules()), FIRST)
    assert intake.beside_store(folder, other).changes == {}


def test_the_same_material_is_unchanged_whatever_its_ids_and_its_order(folder):
    again = replace(
        FIRST,
        documents=(replace(FIRST.documents[1], document_id="x"), replace(FIRST.documents[0], document_id="y")),
        excerpts=tuple(
            replace(e, excerpt_id=f"n{e.excerpt_id}", document_id={"d1": "y", "d2": "x"}[e.document_id])
            for e in reversed(FIRST.excerpts)
        ),
        codings=tuple(Coding(f"n{c.excerpt_id}", c.code_path) for c in FIRST.codings),
    )
    assert changed(folder, again) == {
        "study": {"unchanged": 16}, "rules": {"unchanged": 17}, "answers": {},
        "voices": {"unchanged": 2}, "steps": {"unchanged": 2},
        "practices": {"unchanged": 3},
        "tellings": {"unchanged": 3}, "documents": {"unchanged": 2}, "excerpts": {"unchanged": 3},
        "codes": {"unchanged": 2}, "codings": {"unchanged": 3},
    }  # fmt: skip


def test_what_came_what_went_and_what_was_moved_is_told_by_name_or_number(folder):
    longer = f"Hello. {ANNA}"
    again = replace(
        FIRST,
        documents=(
            Document("d1", "anna", longer, "hash of a longer anna", "P1"),
            Document("d2", "bosse", BO, "hash of bo", "P2"),
            Document("d3", "cia", "I ask.", "hash of cia", "P3"),
        ),
        codes=(Code("Ask", "Ask"), Code("Write", "Write")),
        excerpts=(
            Excerpt("e1", "d1", 7, 13, "I ask.", participant_id="P1"),
            Excerpt("e2", "d2", 0, 13, BO, participant_id="P2"),
            Excerpt("e3", "d3", 0, 6, "I ask.", participant_id="P3"),
        ),
        codings=(Coding("e1", "Ask"), Coding("e2", "Write"), Coding("e3", "Ask")),
        participants=(Participant("P1"), Participant("P2"), Participant("P3")),
        steps=(Step("V1", "Video calls", "Ask every time"), Step("V3", "Video calls", "Write")),
        tellings=(
            Telling("P1", "Video calls", "as_written", "V1", practice="asks", excerpt_id="e1"),
            Telling("P3", "Video calls", "as_written", "V1", practice="Asks", excerpt_id="e3"),
            Telling("P2", "Video calls", "left_out", "V1", excerpt_id="e2"),
        ),
    )  # fmt: skip
    assert changed(folder, again) == {
        "study": {"unchanged": 16},
        "rules": {"unchanged": 17},
        "answers": {},
        "voices": {"added": ["P3"], "unchanged": 2},
        "steps": {"added": ["V3"], "removed": ["V2"], "changed": ["V1"]},
        "practices": {
            "added": ["V1: left out"], "removed": ["V2: calls back", "V1: never asks"], "unchanged": 1,
        },
        "tellings": {"added": 2, "removed": 2, "unchanged": 1},
        "documents": {"added": ["cia"], "changed": ["anna"], "renamed": ["bo → bosse"]},
        "excerpts": {"added": 1, "removed": 1, "moved": 1, "unchanged": 1},
        "codes": {"added": ["Write"], "removed": ["Call"], "unchanged": 1},
        "codings": {"added": 1, "removed": 1, "unchanged": 1},
    }  # fmt: skip


def test_another_effect_is_a_change_of_what_that_voice_tells(folder):
    first, second, third = FIRST.tellings
    again = replace(FIRST, tellings=(first, replace(second, effect="harms"), third))
    found = changed(folder, again)
    assert found["tellings"] == {"changed": ["V2: calls back (P1)"], "unchanged": 2}
    assert found["practices"] == {"unchanged": 3}
    said = change_words.lines(intake.beside_store(folder, prepared(again)).changes, translator("en"))
    assert "Practices told by a voice: 1 changed (V2: calls back (P1)), 2 unchanged" in said


@pytest.mark.parametrize(
    "otherwise",
    [{"frame_nature": "drift"}, {"fidelity": "consistent"}, {"reason": "organisation: time"},
     {"alliance_aspect": "bond"}, {"resilience_potential": "respond"}, {"practice_sv": "ringer upp"}],
)  # fmt: skip
def test_a_practice_of_which_something_else_is_said_is_changed(folder, otherwise):
    first, second, third = FIRST.tellings
    again = replace(FIRST, tellings=(first, replace(second, **otherwise), third))
    assert changed(folder, again)["practices"] == {"changed": ["V2: calls back"], "unchanged": 2}


def test_what_the_study_says_otherwise_of_itself_is_told(folder):
    again = prepared(FIRST)
    again = replace(again, study=replace(again.study, title="Three clinics", method="Codebook"))
    found = intake.beside_store(folder, again).changes["study"]
    assert found == {"changed": [("title", "north", "Three clinics"), ("method", "", "Codebook")], "unchanged": 14}


def test_what_a_study_says_of_itself_is_told_in_the_readers_words(folder):
    again = prepared(FIRST)
    again = replace(again, study=replace(again.study, title_sv="Norr", disclosure="open"))
    found = intake.beside_store(folder, again).changes
    assert change_words.lines(found, translator("sv"))[0] == (
        "Vad den säger om sig själv: 2 ändrade (Titel (sv): – → Norr; Vem som får se den: bara teamet → alla), "
        "14 oförändrade"
    )


def test_rules_and_answers_that_are_lost_are_told(folder):
    own = about.read(
        b'[[placement]]\nplace = "guard"\nwhen = { gap = { least = 0.5 } }\n[coreq]\n1 = "The team"\n', "s.toml",
        "north", (),
    )  # fmt: skip
    found = intake.beside_store(folder, Prepared(own, FIRST)).changes
    assert found["rules"] == {"added": 1, "removed": 17, "unchanged": 0}
    assert found["answers"] == {"added": ["coreq 1"], "removed": [], "changed": [], "unchanged": 0}


def test_a_telling_that_is_gone_is_not_a_changed_one_and_two_changed_ones_are_two(folder):
    first, second, third = FIRST.tellings
    both = (replace(second, effect="helps"), replace(second, effect="harms", excerpt_id="e1"))
    intake.publish(folder, [prepared(replace(FIRST, tellings=(first, *both, third), sha256="two"))])
    fewer = changed(folder, replace(FIRST, tellings=(first, both[0], third)))
    assert fewer["tellings"] == {"removed": 1, "unchanged": 3}
    otherwise = tuple(replace(one, effect="mixed") for one in both)
    other = changed(folder, replace(FIRST, tellings=(first, *otherwise, third)))
    assert other["tellings"] == {"changed": ["V2: calls back (P1)"] * 2, "unchanged": 2}


def test_documents_without_a_text_are_told_apart_by_their_names(folder):
    listed = replace(
        FIRST, documents=(Document("d1", "anna", "", "none"), Document("d2", "bo", "", "none")), sha256="l"
    )
    intake.publish(folder, [prepared(listed)])
    other = replace(listed, documents=(listed.documents[0], Document("d2", "cia", "", "none")))
    assert changed(folder, other)["documents"] == {"added": ["cia"], "removed": ["bo"], "unchanged": 1}


def test_the_import_reports_what_the_look_ahead_said(folder):
    again = prepared(replace(FIRST, sha256="two", participants=(*FIRST.participants, Participant("P9"))))
    ahead = intake.beside_store(folder, again).changes
    [report] = intake.publish(folder, [again])
    assert report["changes"] == ahead
    assert change_words.lines(ahead, translator("en"))[3] == "Voices: 1 added (P9), 2 unchanged"
    [same] = intake.publish(folder, [again])
    assert (same["changes"], "Already imported" in str(same["warnings"])) == ({}, True)


def test_a_study_of_the_store_is_beside_itself_unchanged(shipped_store):
    for request in shipped_studies.requests():
        found = intake.beside_store(shipped_store, intake.prepare(request)).changes
        assert {way for how in found.values() for way, what in how.items() if what and way != "unchanged"} == set()
        assert found["tellings"]["unchanged"] > 0
