"""The practice table of the template: one row is one voice telling one practice."""

import pytest

from dashboard.errors import ImportProblem
from dashboard.importers import sheet, template
from dashboard.model import Excerpt, Participant, Step, Telling

STEPS = (
    Step("V01", "Video calls", "Check the name", phase="session_start"),
    Step("V02", "Video calls", "Check the place", phase="session_start"),
    Step("O01", "Outcome measures", "Send it weekly"),
)
HEADER = "participant,component,stance,step_id,practice,quote,document"


def practice(*lines, voices=(), header=HEADER):
    tables = sheet.read("\n".join([header, *lines]).encode(), "practice.csv")
    return template.read_practice(tables, STEPS, voices)


def told(bundle):
    return [(t.participant_id, t.component, t.step_id, t.stance, t.practice) for t in bundle.tellings]


def test_a_row_is_a_telling():
    bundle = practice("P1,Video calls,adapted,V01,Asks twice,,")
    assert told(bundle) == [("P1", "Video calls", "V01", "adapted", "Asks twice")]
    assert (bundle.producer, bundle.source_name, bundle.steps) == ("table template", "practice.csv", STEPS)
    assert bundle.participants == (Participant("P1"),)
    assert bundle.warnings == ()


def test_every_column_is_read():
    columns = {
        "phase": "session_start", "practice": "Asks", "practice_sv": "Frågar", "effect": "helps",
        "alliance_aspect": "bond",
        "frame_nature": "tailoring", "fidelity": "consistent", "reason": "provider: time",
        "resilience_potential": "learn",
    }  # fmt: skip
    bundle = practice(
        ",".join(["P1", "Video calls", "Workaround", "V01", *columns.values()]),
        header=",".join(["participant", "component", "stance", "step_id", *columns]),
    )
    assert bundle.tellings == (Telling("P1", "Video calls", "worked_around", "V01", **columns),)


def test_what_is_not_said_is_not_known():
    [telling] = practice("P1,Video calls,added,,,,").tellings
    assert (telling.effect, telling.fidelity, telling.alliance_aspect, telling.phase) == (
        "not_known",
        "unknown",
        "",
        "",
    )


def test_a_row_on_a_step_has_the_phase_and_the_tool_of_the_step():
    [telling] = practice("P1,VIDEO CALLS,adapted,V01,,,").tellings
    assert (telling.phase, telling.component) == ("session_start", "Video calls")


def test_rows_that_repeat_word_for_word_count_once_and_are_told():
    bundle = practice(*["P1,Video calls,adapted,V01,Asks,Yes.,"] * 3, "P2,Video calls,adapted,V01,Asks,Yes.,")
    assert [voice for voice, *_rest in told(bundle)] == ["P1", "P2"]
    assert "2 rows word for word like another row; each was counted once." in bundle.warnings
    assert [(c.excerpt_id, c.code_path) for c in bundle.codings if "/V01/" in c.code_path] == [
        ("e1", "Practice/Video calls/V01/adapted · Asks"),
        ("e2", "Practice/Video calls/V01/adapted · Asks"),
    ]


def test_a_row_without_a_step_is_in_no_gap_and_is_told():
    bundle = practice("P1,Video calls,adapted,,Asks,,", "P1,Video calls,added,,Sends a card,,")
    assert told(bundle) == [
        ("P1", "Video calls", "", "adapted", "Asks"),
        ("P1", "Video calls", "", "added", "Sends a card"),
    ]
    assert bundle.warnings == ("1 row without a step, so not shown in any gap.",)


def test_the_same_quote_of_the_same_voice_is_one_excerpt_with_the_codings_of_both_rows():
    bundle = practice("P1,Video calls,adapted,V01,,Yes.,Talk", "P1,Video calls,as_written,V02,,Yes.,Talk")
    assert bundle.excerpts == (Excerpt("e1", "d1", None, None, "Yes.", participant_id="P1"),)
    assert [(c.excerpt_id, c.code_path) for c in bundle.codings] == [
        ("e1", "Practice/Video calls/V01/adapted"),
        ("e1", "Stance/adapted"),
        ("e1", "Practice/Video calls/V02/as_written"),
        ("e1", "Stance/as_written"),
    ]
    assert [(d.document_id, d.name, d.text) for d in bundle.documents] == [("d1", "Talk", "")]


def test_the_same_words_of_two_voices_are_two_excerpts_in_documents_named_after_them():
    bundle = practice("P1,Video calls,adapted,V01,,Yes.,", "P2,Video calls,adapted,V01,,Yes.,")
    assert [(e.excerpt_id, e.document_id, e.text) for e in bundle.excerpts] == [
        ("e1", "d1", "Yes."),
        ("e2", "d2", "Yes."),
    ]
    assert [d.name for d in bundle.documents] == ["P1", "P2"]


def test_quotes_from_a_table_are_never_called_verified():
    bundle = practice("P1,Video calls,adapted,V01,,Yes.,")
    assert (bundle.excerpts[0].verification, bundle.quotes_verified, bundle.quotes_total) == ("as_typed", 0, 1)
    assert bundle.warnings == ("Quotes come as typed in the table: there is no transcript to verify them against.",)


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "@x", "<script>", "**bold**", "![i](http://x)"])
def test_the_words_of_people_are_stored_verbatim(text):
    bundle = practice(f'P1,Video calls,adapted,V01,"{text}","{text}",')
    assert (bundle.tellings[0].practice, bundle.excerpts[0].text) == (text, text)


def test_a_slash_in_a_name_does_not_make_a_folder_of_codes():
    [code] = [c for c in practice("P1,Video calls,adapted,V01,Phone/chat,,").codes if c.name == "Phone/chat"]
    assert (code.path, code.parent) == ("Practice/Video calls/V01/adapted · Phone∕chat", "Practice/Video calls/V01")


def test_voices_that_say_nothing_stay_in_the_study():
    voices = (Participant("P1"), Participant("P2"))
    assert practice("P2,Video calls,adapted,V01,,,", voices=voices).participants == voices


def test_practice_may_come_in_several_tables():
    first = sheet.read(f"{HEADER}\nP1,Video calls,adapted,V01,,,".encode(), "north.csv")
    second = sheet.read(f"{HEADER}\nP2,Video calls,adapted,V01,,,".encode(), "south.csv")
    bundle = template.read_practice([*first, *second], STEPS)
    assert ([voice for voice, *_rest in told(bundle)], bundle.source_name) == (["P1", "P2"], "north.csv, south.csv")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (",Video calls,adapted,V01,,,", "row 2, column participant: The cell 'participant' is empty."),
        ("P1,,adapted,V01,,,", "row 2, column component: The cell 'component' is empty."),
        ("P1,Video calls,,V01,,,", "row 2, column stance: The cell 'stance' is empty."),
        ("P1,Video calls,–,V01,,,", "row 2, column stance: '–' is not a known stance. Known: 'adapted', 'added'"),
        (
            "P1,Video calls,adaptated,V01,,,",
            "row 2, column stance: 'adaptated' is not a known stance. Did you mean 'adapted'?",
        ),
        (
            "P1,Video calls,adapted,V1,,,",
            "row 2, column step_id: The step 'V1' is not in the protocol. Did you mean 'V01'?",
        ),
        (
            "P1,Outcome measures,adapted,V01,,,",
            "row 2, column component: The step 'V01' belongs to 'Video calls', not to 'Outcome measures'.",
        ),
        (
            "P01,Video calls,adapted,V01,,,",
            "row 2, column participant: The participant 'P01' is not in the participants table. Did you mean 'P1'?",
        ),
    ],
)
def test_a_row_that_cannot_be_meant_is_refused_with_its_place(line, message):
    with pytest.raises(ImportProblem) as caught:
        practice(line, voices=[Participant("P1"), Participant("P2")])
    assert str(caught.value).startswith(f"practice.csv, {message}")


def test_a_header_alone_is_refused():
    with pytest.raises(ImportProblem, match=r"practice\.csv: The practice table has a header but no rows\."):
        practice()


def test_a_missing_column_names_what_was_found():
    with pytest.raises(
        ImportProblem, match=r"The column 'stance' is missing\. Found: participant, component, step_id\."
    ):
        practice("P1,Video calls,V01", header="participant,component,step_id")


def test_an_unusual_phase_is_kept_and_pointed_out_with_its_row():
    bundle = practice("P1,Video calls,added,lunch", header="participant,component,stance,phase")
    assert bundle.tellings[0].phase == "lunch"
    assert bundle.warnings[0].startswith("practice.csv, row 2: The phase 'lunch' is not one of the usual ones.")


def test_a_phase_other_than_the_steps_gives_way_to_it_and_is_told():
    bundle = practice(
        "P1,Video calls,adapted,V01,ending,Asks\nP2,Video calls,adapted,V01,,Asks",
        header="participant,component,stance,step_id,phase,practice",
    )
    assert [telling.phase for telling in bundle.tellings] == ["session_start", "session_start"]
    assert bundle.warnings[0] == "practice.csv, row 2: The phase 'ending' is not the step's; the step's counts."


def test_a_misspelt_column_is_pointed_out_with_the_nearest_one():
    bundle = practice("P1,Video calls,adapted,V01,harms", header="participant,component,stance,step_id,effects")
    assert bundle.warnings[0] == "practice.csv: the column 'effects' was not read. Did you mean 'effect'?"
