"""The table template: what a row means, and what is refused with its row, its rule and the nearest match."""

import pytest

from dashboard.errors import ImportProblem
from dashboard.importers import columns, sheet, template
from dashboard.model import Participant, Step


def table(text, name="t.csv"):
    [read] = sheet.read(text.encode(), name)
    return read


def protocol(text, round_number=1):
    steps, warnings = template.read_protocol(table(text, "protocol.csv"), round_number=round_number)
    return [(step.step_id, step.text) for step in steps], warnings


def refusal(read, *arguments, **named):
    with pytest.raises(ImportProblem) as caught:
        read(*arguments, **named)
    return str(caught.value)


# --- which table is it ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("participant,component,stance", "practice"),
        ("participant,component,stance,step_id,text", "practice"),
        ("step_id,component,stance", "practice"),
        ("step_id,component,text", "protocol"),
        ("step_id,text", "protocol"),
        ("participant,site", "participants"),
        ("participant", "participants"),
    ],
)
def test_the_columns_tell_which_table_it_is(header, kind):
    assert columns.kind_of(table(f"{header}\n{',' * header.count(',')}x\n")) == kind


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("voice,component,stance", "The column 'participant' is missing. Found: voice, component, stance."),
        ("step,component,text", "The column 'step_id' is missing. Found: step, component, text. Did you mean 'step'?"),
        ("participant,component", "The column 'stance' is missing. Found: participant, component."),
        ("participant,component,step_id", "The column 'stance' is missing. Found: participant, component, step_id."),
    ],
)
def test_a_table_that_is_none_of_them_names_the_missing_column_and_what_was_found(header, message):
    assert message in refusal(columns.kind_of, table(f"{header}\nx\n"))


# --- protocol ---------------------------------------------------------------------------------------------


def test_a_step_is_read_as_it_is_written():
    steps, warnings = template.read_protocol(
        table(
            "step_id,component,phase,position,text,text_sv,why_it_matters,document,issuer,obligation_level,"
            "jurisdiction,place,address,version,year,is_core,valid_from\n"
            "V01,Video calls,Session start,10,Check it,Kontrollera,Safety,Guide,Board,national guidance,"
            "SE,p. 4,https://example.org,2,2018,yes,1\n"
        )
    )
    assert (steps, warnings) == (
        (
            Step(
                "V01", "Video calls", "Check it", "Kontrollera", "session_start", 10, "Safety", "", "Guide", "Board",
                "national guidance", "SE", "p. 4", "https://example.org", "2", "2018", True, 1,
            ),
        ),
        [],
    )  # fmt: skip


def test_steps_without_a_position_stand_in_the_order_of_the_table():
    steps, _ = template.read_protocol(table("step_id,component,text\nB,Video,b\nA,Video,a\n"))
    assert [(step.step_id, step.position) for step in steps] == [("B", 1), ("A", 2)]


@pytest.mark.parametrize(("round_number", "wording"), [(1, "first"), (2, "second"), (3, "second"), (4, "fourth")])
def test_valid_from_picks_the_wording_in_force_in_the_round(round_number, wording):
    text = "step_id,component,text,valid_from\nV1,Video,second,2\nV1,Video,first,1\nV1,Video,fourth,4\n"
    assert protocol(text, round_number) == ([("V1", wording)], [])


def test_a_step_that_comes_into_force_later_is_not_there_yet():
    text = "step_id,component,text,valid_from\nV1,Video,old,1\nV2,Video,new,2\n"
    assert protocol(text, 1) == ([("V1", "old")], [])


def test_an_unusual_phase_is_kept_and_pointed_out_with_its_row():
    steps, [warning] = protocol("step_id,component,text,phase\nV1,Video,x,durring\n")
    assert steps == [("V1", "x")]
    assert warning.startswith("protocol.csv, row 2: The phase 'durring' is not one of the usual ones.")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("step_id,text\nV1,x\n", "protocol.csv: The column 'component' is missing. Found: step_id, text."),
        ("step_id,component,text\nV1,Video,\n", "protocol.csv, row 2, column text: The cell 'text' is empty."),
        ("step_id,component,text\nV1,,x\n", "protocol.csv, row 2, column component: The cell 'component' is empty."),
        (
            "step_id,component,text\nV1,Video,x\nV2,Video,y\nV1,Video,z\n",
            "protocol.csv: The step 'V1' stands twice, in rows 2 and 4.",
        ),
        (
            "step_id,component,text,valid_from\nV1,Video,x,2\nV1,Video,y,2\n",
            "protocol.csv: The step 'V1' stands twice, in rows 2 and 3.",
        ),
        (
            "step_id,component,text,position\nV1,Video,x,first\n",
            "protocol.csv, row 2, column position: 'first' is not a whole number.",
        ),
        (
            "step_id,component,text,is_core\nV1,Video,x,perhaps\n",
            "protocol.csv, row 2, column is_core: 'perhaps' is neither yes nor no.",
        ),
    ],
)
def test_a_protocol_that_cannot_be_meant_is_refused_with_its_row(text, message):
    assert refusal(protocol, text).startswith(message)


# --- participants -----------------------------------------------------------------------------------------


def test_every_further_column_of_the_participants_is_an_attribute():
    text = "participant,site,citation,address,years\nP1,North,,,10\nP2,,Ek 2020,https://example.org,\n"
    assert template.read_participants(table(text)) == (
        Participant("P1", "", "", {"site": "North", "years": "10"}),
        Participant("P2", "Ek 2020", "https://example.org", {}),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("participant,site\nP1,x\nP2,y\nP1,z\n", "t.csv: The participant 'P1' stands twice, in rows 2 and 4."),
        ("participant,site\n,x\n", "t.csv, row 2, column participant: The cell 'participant' is empty."),
        ("name,site\nP1,x\n", "t.csv: The column 'participant' is missing. Found: name, site."),
    ],
)
def test_participants_are_refused_with_their_rows(text, message):
    assert refusal(template.read_participants, table(text)).startswith(message)
