"""FRAM models: functions become steps, couplings are matched by name, and nothing is left out unsaid."""

import pytest

from dashboard.errors import ImportProblem
from dashboard.importers import fram
from dashboard.importers.mapping import read_mapping


def model(functions, aspects="", drawn=""):
    return f'<FM Version="3"><Functions>{functions}</Functions>{aspects}<Aspects>{drawn}</Aspects></FM>'.encode()


def function(number, name, x="", y="0", more=""):
    return f'<Function x="{x}" y="{y}"><IDNr>{number}</IDNr><IDName>{name}</IDName>{more}</Function>'


def aspect(kind, name, number):
    return f"<{kind}><IDNr>0</IDNr><IDName>{name}</IDName><FunctionIDNr>{number}</FunctionIDNr></{kind}>"


TWO = function(0, "Ask", "200", more="<Description>so that help finds them</Description>") + function(1, "Call", "10")


def rules(text=""):
    return read_mapping(text.encode(), "m.toml").functions


def test_couplings_are_outputs_and_aspects_of_the_same_name():
    found = fram.read(
        model(TWO, aspect("Output", "Call made", 1) + aspect("Input", "Call made", 0) + aspect("Time", "Call made", 0)),
        "m.xfmv",
    )
    assert [fram.in_words(c) for c in found.couplings] == [
        "Call → Call made → Ask (input)", "Call → Call made → Ask (time)",
    ]  # fmt: skip


def test_a_coupling_that_is_only_drawn_is_taken_and_said():
    drawn = '<Aspect outputFn="1" toFn="0"><Name>1|Call | made|0|C</Name></Aspect>'
    found = fram.read(model(TWO, "", drawn), "m.xfmv")
    assert found.couplings == (fram.Coupling("Call", "Call | made", "Ask", "control"),)
    assert "1 coupling drawn without aspects" in found.warnings[0]


def test_an_aspect_of_no_function_is_left_out_and_said():
    assert "input 'lost' of function 9" in fram.read(model(TWO, aspect("Input", "lost", 9)), "m.xfmv").warnings[0]


def test_functions_are_steps_in_the_order_of_the_drawing():
    found = fram.read(model(TWO, aspect("Output", "Call made", 1) + aspect("Input", "Call made", 0)), "m.xfmv")
    steps, warnings = fram.steps_of(
        found, rules('[[function]]\nname = "ask"\nset = { component = "Video calls" }'), "m"
    )
    assert [(s.step_id, s.position, s.component, s.text, s.why_it_matters, s.place) for s in steps] == [
        ("F1", 1, "m", "Call", "", "FRAM function 1 | output: Call made"),
        ("F0", 2, "Video calls", "Ask", "so that help finds them", "FRAM function 0 | input: Call made"),
    ]
    assert "1 function without a component, taken as 'm': Call." in warnings[0]
    assert fram.told_in(steps[1].place) == (fram.Function("0", ""), [("input", "Call made")])
    assert fram.told_in("Section 3 | input: x") == (fram.Function("", ""), [])


def test_functions_of_one_name_keep_apart():
    found = fram.read(model(function(0, "Ask") + function(1, "ask")), "m.xfmv")
    assert [f.name for f in found.functions] == ["Ask", "ask (2)"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<Project/>", "Expected a FRAM model (root element FM), found Project."),
        (b"<FM><Functions>", "The model's XML is damaged."),
        (b'<!DOCTYPE p [<!ENTITY a "b">]><FM>&a;</FM>', "DTD not allowed."),
        (model(""), "The model has no function."),
        (model(function(0, "a") + function(0, "b")), "The number 0 stands for two functions."),
    ],
)
def test_what_is_no_model_is_refused(data, message):
    with pytest.raises(ImportProblem) as caught:
        fram.read(data, "m.xfmv")
    assert message in str(caught.value)
    assert caught.value.remedy == fram.SAVE_AGAIN


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '[[function]]\nname = "Asks"\nset = { component = "x" }',
            "This function is not in the model. Did you mean 'Ask'?",
        ),
        ('[[function]]\nset = { step = "V1" }', "The step 'V1' stands for two functions."),
        ('[[function]]\nset = { stance = "added" }', "'stance' is not known here."),
        ('[function]\nname = "Ask"', "Write [[function]], with two brackets."),
        ('[[function]]\nname = "Ask"\n[[function]]\nname = "Ask"', "The function 'Ask' stands in the mapping twice."),
    ],
)
def test_rules_that_mean_nothing_are_refused(text, message):
    with pytest.raises(ImportProblem) as caught:
        fram.steps_of(fram.read(model(TWO), "m.xfmv"), rules(text), "m.toml")
    assert message in str(caught.value)
