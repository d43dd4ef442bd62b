"""Two FRAM models beside each other: what is added, removed and changed, by name."""

import json
import sys

import pytest

from dashboard import cli
from dashboard.importers.fram import Aspect, Coupling, FramModel, Function, couplings_of
from dashboard.importers.fram_compare import Change, compare


def model(name, functions, *aspects):
    made = tuple(
        Function(str(number), *(function if isinstance(function, tuple) else (function,)))
        for number, function in enumerate(functions)
    )
    told = tuple(Aspect(*aspect) for aspect in aspects)
    return FramModel(name, made, told, couplings_of(made, told))


WRITTEN = model("written", ["Ask", "Call", "Note"], ("1", "output", "made"), ("0", "input", "made"))


def test_a_model_is_the_same_as_itself_whatever_its_numbers_capitals_and_spaces():
    other = model("again", ["call ", "ASK", "note"], ("0", "output", "Made"), ("1", "input", "Made"))
    found = compare(WRITTEN, other)
    assert (found.functions.added, found.functions.removed, found.functions.changed) == ((), (), ())
    assert (found.functions.n_same, found.couplings.n_same) == (3, 1)


def test_functions_added_removed_and_changed_by_name():
    found = compare(WRITTEN, model("practised", [("Ask", "every time"), "Call", "Phone"])).functions
    assert (found.added, found.removed) == (("Phone",), ("Note",))
    assert found.changed == (
        Change("Ask", "description", "", "every time"),
        Change("Ask", "input", "made", ""),
        Change("Call", "output", "made", ""),
    )
    assert found.n_same == 0


@pytest.mark.parametrize(
    ("aspects", "added", "removed", "changed"),
    [
        ([("1", "output", "made"), ("0", "time", "made")], (), (),
         (Change("Call → made → Ask", "aspect", "input", "time"),)),
        ([("1", "output", "done"), ("0", "input", "done")], (), (),
         (Change("Call → (input) → Ask", "name", "made", "done"),)),
        ([("1", "output", "made"), ("2", "input", "made")],
         (Coupling("Call", "made", "Note", "input"),), (Coupling("Call", "made", "Ask", "input"),), ()),
    ],
)  # fmt: skip
def test_couplings_change_by_aspect_or_by_name_else_one_goes_and_one_comes(aspects, added, removed, changed):
    found = compare(WRITTEN, model("practised", ["Ask", "Call", "Note"], *aspects)).couplings
    assert (found.added, found.removed, found.changed, found.n_same) == (added, removed, changed, 0)


@pytest.fixture
def beyond(monkeypatch, capsys):
    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["beyond", "fram", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        return ended.value.code or 0, printed.out, printed.err

    return run


def test_the_command_says_what_is_in_one_model_only(beyond, real):
    simple, coloured = (real / "fram" / f"{name}_fram.xfmv" for name in ("simple", "coloured"))
    found = json.loads(beyond(simple, coloured, "--json")[1])
    assert (len(found["functions"]["added"]), len(found["functions"]["removed"])) == (13, 6)
    assert (len(found["couplings"]["added"]), len(found["couplings"]["removed"])) == (12, 8)
    assert "functions: 6 the same\ncouplings: 8 the same" in beyond(simple, simple)[1]


def test_a_file_that_is_no_model_is_refused(beyond, tmp_path):
    (tmp_path / "a.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    status, _out, said = beyond(tmp_path / "a.csv", tmp_path / "nowhere.xfmv")
    assert (status, "a.csv: This is no FRAM model." in said) == (2, True)
