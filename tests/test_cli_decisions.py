"""`beyond decide` and `beyond decisions`: what is taken down, what is listed, and what is refused with the way out."""

import json
import shutil
import sys
from dataclasses import asdict
from pathlib import Path

import pandas as pd
import pytest

from dashboard import cli, decided, ledger
from dashboard.model import Decision

REVISE = ("--decision", "revise", "--by", "The board", "--why", "It helps.")


@pytest.fixture
def own(shipped_store, tmp_path):
    """A store of one's own with the shipped studies in it."""
    return Path(shutil.copytree(shipped_store, tmp_path / "own"))


@pytest.fixture
def beyond(monkeypatch, capsys, own):
    """Run the program on a store of one's own and return exit status, standard output and standard error."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["beyond", *map(str, arguments), "--store", str(own)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        return ended.value.code or 0, printed.out, printed.err

    return run


def test_a_decision_is_saved_and_printed_as_one_object(beyond, own):
    status, out, _err = beyond(
        "decide", "I04", "--study", "demo-round-1", *REVISE, "--review", "2027-01-31", "--text", "Ask first.", "--json"
    )
    kept = ledger.read(own)
    assert (status, [json.loads(out)]) == (0, [asdict(entry) for entry in kept])
    assert [(e.study_id, e.step_id, e.decision, e.by, e.why, e.review_on, e.text, e.series) for e in kept] == [
        ("demo-round-1", "I04", "revise", "The board", "It helps.", "2027-01-31", "Ask first.", "demo")
    ]


def test_a_proposal_and_a_withdrawal_are_entries_too(beyond, own):
    _status, out, _err = beyond(
        "decide", "V05", "--study", "evidence", "--decision", "proposal", "--by", "Ann", "--why", "It helps.",
        "--text", "Ask first.", "--decides", "The region",
    )  # fmt: skip
    entry = ledger.read(own)[0]
    assert out == f"evidence, V05: proposal is saved as {entry.entry_id}\n"
    beyond(
        "decide", "V05", "--study", "evidence", "--decision", "withdrawal", "--by", "Ann", "--why", "Too early.",
        "--withdraws", entry.entry_id,
    )  # fmt: skip
    assert [(e.decision, e.who_decides, e.withdraws) for e in ledger.read(own)] == [
        ("proposal", "The region", ""), ("withdrawal", "", entry.entry_id),
    ]  # fmt: skip
    _status, out, _err = beyond("decisions", "--study", "evidence", "--json")
    assert [row["stands"] for row in json.loads(out)["decisions"]] == [False, False]


@pytest.mark.parametrize(("arguments", "told"), [
    (("I99", "--study", "demo-round-1", *REVISE), "There is no step 'I99' in 'demo-round-1'. Did you mean 'I09'?"),
    (("I04", "--study", "demo-round-3", *REVISE), "There is no study 'demo-round-3'. Did you mean 'demo-round-2'?"),
    (("I04", "--study", "demo-round-1", "--decision", "revise", "--by", " ", "--why", "x"),
     "A decision needs somebody who takes it. Say who: a name, a role or a group."),
    (("I04", "--study", "demo-round-1", *REVISE, "--review", "soon"),
     "'soon' is no date. Write it as 2026-11-24, or leave it out."),
])  # fmt: skip
def test_what_is_refused_is_one_message_and_exit_status_2(beyond, own, arguments, told):
    assert beyond("decide", *arguments) == (2, "", f"beyond: {told}\n")
    assert ledger.read(own) == []


def test_decisions_are_listed_in_the_order_of_writing(beyond):
    for study, step in (("demo-round-2", "V05"), ("demo-round-1", "I04")):
        beyond("decide", step, "--study", study, *REVISE)
    status, out, err = beyond("decisions")
    assert (status, err) == (0, "")
    lines = [line for line in out.splitlines() if "revise" in line]
    assert [("V05" in line, "I04" in line, "The board" in line) for line in lines] == [
        (True, False, True),
        (False, True, True),
    ]
    _status, out, _err = beyond("decisions", "--json")
    assert [row["step_id"] for row in json.loads(out)["decisions"]] == ["V05", "I04"]
    assert "follow_up" not in json.loads(out)


def test_a_study_lists_what_became_of_its_earlier_decisions(beyond):
    beyond("decide", "I04", "--study", "demo-round-1", *REVISE)
    _status, out, _err = beyond("decisions", "--study", "demo-round-2", "--json")
    found = json.loads(out)
    assert (found["decisions"], found["unread"]) == ([], 0)
    assert [(row["step_id"], row["n_both_differ_then"], row["n_both_differ_now"], row["n_both"])
            for row in found["follow_up"]] == [("I04", 7, 2, 9)]  # fmt: skip
    _status, out, _err = beyond("decisions", "--study", "demo-round-2")
    assert "n_both_differ_now" in out


def test_nothing_decided_is_an_empty_list(beyond):
    _status, out, _err = beyond("decisions", "--json")
    assert json.loads(out) == {"decisions": [], "unread": 0}
    assert beyond("decisions", "--study", "nope")[::2] == (
        2, "beyond: There is no study 'nope'. Known: 'demo-round-1', 'demo-round-2', 'evidence'.\n",
    )  # fmt: skip


def test_a_line_that_cannot_be_read_is_told_on_standard_error(beyond, own):
    beyond("decide", "I04", "--study", "demo-round-1", *REVISE)
    with (own / ledger.FILE).open("ab") as file:
        file.write(b'{"entry_id": "torn')
    status, out, err = beyond("decisions", "--json")
    assert (status, json.loads(out)["unread"], len(json.loads(out)["decisions"])) == (0, 1, 1)
    assert err.startswith("decisions.jsonl: 1 line(s) cannot be read")


def test_a_decision_on_a_study_that_is_gone_is_still_listed(beyond, own):
    ledger.append(own, Decision("gone", "V1", "adopt", "Ann", "It helps."))
    status, out, _err = beyond("decisions", "--study", "gone", "--json")
    assert (status, len(json.loads(out)["decisions"])) == (0, 1)


def test_an_import_keeps_the_decisions(beyond, own, tmp_path):
    (tmp_path / "p.csv").write_text("participant,component,stance,practice\nA,Video calls,adapted,Asks\n", "utf-8")
    beyond("decide", "I04", "--study", "demo-round-1", *REVISE)
    before = ledger.read(own)
    assert beyond("import", tmp_path / "p.csv", "--study", "north")[0] == 0
    assert beyond("demo")[0] == 0
    assert ledger.read(own) == before


# --- what the pages ask -----------------------------------------------------------------------------------

FIRST = Decision("r1", "V1", "revise", "Ann", "x", at="2026-01-01", entry_id="1")


def entry(**values):
    return Decision(**(asdict(FIRST) | values))


def test_the_latest_decision_on_a_step_is_the_last_that_stands():
    entries = [
        FIRST,
        entry(entry_id="2", decision="guard"),
        entry(entry_id="3", decision="proposal"),
        entry(entry_id="4", study_id="r2", decision="accept"),
        entry(entry_id="5", decision="adopt"),
        entry(entry_id="6", decision="withdrawal", withdraws="5"),
        entry(entry_id="7", step_id="V2"),
    ]
    assert {step: e.entry_id for step, e in decided.latest(entries, "r1").items()} == {"V1": "2", "V2": "7"}


def test_a_step_shows_what_was_written_on_it_the_newest_first():
    entries = [
        FIRST,
        entry(entry_id="2", decision="proposal", text="First"),
        entry(entry_id="3", decision="guard"),
        entry(entry_id="4", decision="proposal", text="Second"),
        entry(entry_id="5", study_id="r0"),
        entry(entry_id="6", study_id="r9"),
        entry(entry_id="7", step_id="V2"),
    ]
    after = pd.DataFrame({"entry_id": ["5"], "n_both": [3]})

    def shown(*more):
        return decided.on_step([*entries, *more], after, {"r0": 0, "r1": 1}, "r1", "V1", 0)

    assert [e.entry_id for e in shown().entries] == ["5", "4", "3", "2", "1"]
    assert shown().after["5"]["n_both"] == 3
    assert (shown().proposal.entry_id, shown().answer) == ("4", None)
    gone = entry(entry_id="8", decision="withdrawal", withdraws="4")
    found = shown(gone)
    assert [e.entry_id for e in found.entries] == ["5", "4", "3", "2", "1"]
    assert found.withdrawn == {"4": gone}
    assert (found.proposal.entry_id, found.answer.entry_id) == ("2", "3")


@pytest.mark.parametrize(
    ("study", "rounds"), [("a1", {"a1": 1}), ("a2", {"a1": 1, "a2": 2}), ("b", {"b": 3}), ("c", {"c": 1})]
)
def test_a_step_shows_its_round_and_the_earlier_ones_of_its_series(study, rounds):
    studies = [
        {"study_id": name, "series": series, "round": number}
        for name, series, number in (("a1", "a", 1), ("a2", "a", 2), ("a3", "a", 3), ("b", "", 3), ("c", "", 1))
    ]
    assert decided.rounds_until(studies, study) == rounds
