"""The coding frame of a practice table: its columns are the codes, and a row is coded with all that it states."""

import pytest

from dashboard.i18n import translator
from dashboard.importers import sheet, template
from dashboard.importers.frame import Frame, is_frame, meaning
from dashboard.model import Step, Telling

STEP = Step("V01", "Video calls", "Check the name", text_sv="Kontrollera namnet")
EN, SV = translator("en"), translator("sv")


def telling(**more):
    return Telling("P1", "Video calls", more.pop("stance", "adapted"), **more)


def test_a_row_states_its_practice_and_each_dimension_that_it_fills():
    told = telling(
        step_id="V01", practice="Asks twice", effect="helps", alliance_aspect="bond", frame_nature="tailoring",
        reason="provider: time", resilience_potential="monitor",
    )  # fmt: skip
    assert Frame().paths(told, STEP) == [
        "Practice/Video calls/V01/adapted · Asks twice",
        "Stance/adapted",
        "Effect/helps",
        "Alliance/bond",
        "Nature/tailoring",
        "Reason/provider",
        "Potential/monitor",
    ]


def test_what_a_row_leaves_open_or_calls_not_applicable_is_no_code():
    assert Frame().paths(telling(effect="not_known", frame_nature="not_applicable"), None) == [
        "Practice/Video calls/adapted",
        "Stance/adapted",
    ]


def test_folders_stand_before_what_is_in_them_and_cannot_be_coded():
    frame = Frame()
    frame.paths(telling(step_id="V01", practice="Asks"), STEP)
    assert [(c.path, c.parent, c.theme, c.is_codable) for c in frame.codes.values()] == [
        ("Practice", "", "", False),
        ("Practice/Video calls", "Practice", "Practice", False),
        ("Practice/Video calls/V01", "Practice/Video calls", "Practice", False),
        ("Practice/Video calls/V01/adapted · Asks", "Practice/Video calls/V01", "Practice", True),
        ("Stance", "", "", False),
        ("Stance/adapted", "Stance", "Stance", True),
    ]


def test_codes_are_called_as_on_screen_in_both_languages():
    frame = Frame()
    frame.paths(telling(stance="worked_around", practice="Asks", practice_sv="Frågar", step_id="V01"), STEP)
    names = {code.path: (code.name, code.name_sv) for code in frame.codes.values()}
    assert names["Stance/worked_around"] == ("Worked around", "På en omväg")
    assert names["Practice/Video calls/V01"] == ("V01 · Check the name", "V01 · Kontrollera namnet")
    assert names["Practice/Video calls/V01/worked_around · Asks"] == ("Asks", "Frågar")


def test_a_word_of_the_studys_own_stands_as_it_was_written():
    frame = Frame()
    frame.paths(telling(frame_nature="slowing_down"), None)
    code = frame.codes["nature/slowing_down"]
    assert (code.name, code.name_sv) == ("Slowing down", "Slowing down")


def test_the_same_name_with_another_stance_is_another_code_and_with_other_capitals_the_same():
    frame = Frame()
    paths = [
        frame.paths(telling(practice=name, stance=stance), None)[0]
        for name, stance in (("By phone", "adapted"), ("BY PHONE", "adapted"), ("By phone", "left_out"))
    ]
    assert paths == [
        "Practice/Video calls/adapted · By phone",
        "Practice/Video calls/adapted · By phone",
        "Practice/Video calls/left_out · By phone",
    ]


def test_two_rows_on_one_quote_give_each_code_once():
    header = "participant,component,stance,practice,effect,quote"
    lines = ["P1,Video calls,adapted,Asks,helps,Yes.", "P1,Video calls,adapted,Asks,harms,Yes."]
    bundle = template.read_practice(sheet.read("\n".join([header, *lines]).encode(), "practice.csv"), ())
    assert [c.code_path for c in bundle.codings] == [
        "Practice/Video calls/adapted · Asks",
        "Stance/adapted",
        "Effect/helps",
        "Effect/harms",
    ]


def test_a_frame_is_told_by_its_folders():
    assert is_frame(["Practice", "Stance", "Reason"])
    assert not is_frame(["Practice", "Feelings"])


@pytest.mark.parametrize("t", [EN, SV], ids=["en", "sv"])
def test_the_templates_words_are_defined_and_a_studys_own_are_not(t):
    assert meaning("Stance/worked_around", t)
    assert meaning("Stance/other", t) == ""
