"""The ledger of decisions: what was saved stays, each entry once and whole, whatever happens around it."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import datetime

import pytest

from dashboard import generations, intake, ledger, shipped_studies
from dashboard.errors import StoreProblem
from dashboard.ledger import EntryProblem
from dashboard.model import DECISIONS, Decision

REVISE = Decision("north", "V1", "revise", "The steering group", "Most ask by telephone.", "2026-11-24", series="n")
PROPOSAL = Decision("north", "V1", "proposal", "Ann", "It helps.", text="Ask first.", who_decides="The region")
KILLS, WRITERS, EACH = 20, 2, 50
LONG = "long " * 500
# Says each entry's id once `append` has returned; a line on standard input lets it begin.
WRITER = """
import sys
from pathlib import Path
from dashboard import ledger
from dashboard.model import Decision
folder, name, n = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
print("ready", flush=True)
sys.stdin.readline()
for at in range(n):
    entry = ledger.append(folder, Decision("north", f"V{at}", "adopt", name, f"{name} {at} " + "long " * 500))
    print(entry.entry_id, flush=True)
"""


def writer(folder, name, n):
    command = [sys.executable, "-c", WRITER, str(folder), name, str(n)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def go(process):
    assert process.stdout.readline() == "ready\n"
    process.stdin.write("\n")
    process.stdin.flush()


def end(process):
    """Return the ids that a writer said were saved."""
    saved = process.stdout.read().split()
    process.wait()
    process.stdin.close()
    process.stdout.close()
    return saved


def file(folder):
    return folder / ledger.FILE


# --- writing and reading ----------------------------------------------------------------------------------


def test_an_entry_is_one_line_and_comes_back_as_it_was_written(tmp_path):
    before = datetime.now().astimezone().replace(microsecond=0)
    written = ledger.append(tmp_path, replace(REVISE, why="Two lines:\nså är det, 🙂 \u2028 and so on"))
    assert ledger.read(tmp_path) == [written]
    assert file(tmp_path).read_bytes().count(b"\n") == 1
    assert json.loads(file(tmp_path).read_text("utf-8"))["why"] == "Two lines:\nså är det, 🙂 \u2028 and so on"
    assert "så är det" in file(tmp_path).read_text("utf-8")
    assert len(written.entry_id) == 12
    assert before <= datetime.fromisoformat(written.at) <= datetime.now().astimezone()
    assert replace(written, entry_id="", at="", why=REVISE.why) == REVISE


def test_entries_stand_in_the_order_of_writing_and_the_earlier_bytes_stay(tmp_path):
    first = ledger.append(tmp_path, REVISE)
    before = file(tmp_path).read_bytes()
    second = ledger.append(tmp_path, PROPOSAL)
    assert ledger.read(tmp_path) == [first, second]
    assert file(tmp_path).read_bytes().startswith(before)


def test_no_file_is_no_entries(tmp_path):
    assert (ledger.read(tmp_path), ledger.unread(tmp_path), ledger.stamp(tmp_path)) == ([], 0, (0, 0))


def test_the_stamp_changes_with_every_entry(tmp_path):
    stamps = [ledger.stamp(tmp_path)]
    for _ in range(3):
        ledger.append(tmp_path, REVISE)
        stamps.append(ledger.stamp(tmp_path))
    assert len(set(stamps)) == 4


def test_the_same_id_twice_is_one_entry(tmp_path):
    first = ledger.append(tmp_path, replace(REVISE, entry_id="abc"))
    again = ledger.append(tmp_path, replace(REVISE, entry_id="abc", why="Another click"))
    assert again == first
    assert ledger.read(tmp_path) == [first]


def test_a_line_that_stands_twice_is_read_once(tmp_path):
    written = [ledger.append(tmp_path, REVISE), ledger.append(tmp_path, PROPOSAL)]
    file(tmp_path).write_bytes(file(tmp_path).read_bytes() * 2)
    assert ledger.read(tmp_path) == written
    assert ledger.unread(tmp_path) == 0


@pytest.mark.parametrize("kept", [1, 40, -2, -1])
def test_a_torn_last_line_is_passed_over_and_healed(tmp_path, kept):
    first = ledger.append(tmp_path, REVISE)
    whole = file(tmp_path).read_bytes()
    ledger.append(tmp_path, PROPOSAL)
    torn = file(tmp_path).read_bytes()
    file(tmp_path).write_bytes(whole + torn[len(whole) :][:kept])
    is_whole = kept == -1  # only the line's end is missing: nothing of the entry is
    assert len(ledger.read(tmp_path)) == 1 + is_whole
    assert ledger.unread(tmp_path) == (not is_whole)
    third = ledger.append(tmp_path, REVISE)
    assert ledger.read(tmp_path)[0] == first
    assert ledger.read(tmp_path)[-1] == third
    assert len(ledger.read(tmp_path)) == 2 + is_whole


@pytest.mark.parametrize("line", [
    b"hello", b"{}", b"[]", b"null", b"7", b'"text"', b"\xff\xfe", b"\x00" * 40, b'{"entry_id": 1}', b"[" * 100_000,
    json.dumps({"entry_id": "a", "at": "b", "study_id": "c", "step_id": "d", "decision": "x", "by": "e", "why": "f"})
    .encode(),
])  # fmt: skip
def test_a_foreign_line_is_counted_and_hides_nothing(tmp_path, line):
    first = ledger.append(tmp_path, REVISE)
    with file(tmp_path).open("ab") as opened:
        opened.write(line + b"\n\n")
    second = ledger.append(tmp_path, PROPOSAL)
    assert ledger.read(tmp_path) == [first, second]
    assert ledger.unread(tmp_path) == 1


def test_what_a_newer_program_added_is_no_obstacle(tmp_path):
    written = ledger.append(tmp_path, REVISE)
    line = json.loads(file(tmp_path).read_text("utf-8")) | {"mood": "good"}
    del line["withdraws"]
    file(tmp_path).write_text(json.dumps(line) + "\n", "utf-8")
    assert ledger.read(tmp_path) == [written]


# --- rules ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("entry", "rule", "told"), [
    (replace(REVISE, decision="revice"), "decision", "There is no decision 'revice'. Did you mean 'revise'?"),
    (replace(REVISE, by=" \n"), "by", "A decision needs somebody who takes it. Say who: a name, a role or a group."),
    (replace(REVISE, why="\t"), "why", "A decision needs a reason. Say why in a sentence or two."),
    (replace(REVISE, why="x" * 5001), "long", "why has 5,001 characters of 5,000. Shorten it, and name the source."),
    (replace(REVISE, text="x" * 5001), "long", "text has 5,001 characters of 5,000. Shorten it, and name the source."),
    (replace(REVISE, by="x" * 201), "long", "by has 201 characters of 200. Shorten it, and name the source."),
    (replace(REVISE, review_on="24/11 2026"), "review",
     "'24/11 2026' is no date. Write it as 2026-11-24, or leave it out."),
    (replace(REVISE, review_on="20261124"), "review",
     "'20261124' is no date. Write it as 2026-11-24, or leave it out."),
    (replace(REVISE, review_on="2026-02-30"), "review",
     "'2026-02-30' is no date. Write it as 2026-11-24, or leave it out."),
    (replace(PROPOSAL, text=""), "text", "A proposal needs the text that it proposes. Write the text."),
    (replace(PROPOSAL, who_decides=""), "who_decides", "A proposal needs somebody who decides on it. Say who decides."),
    (replace(REVISE, decision="withdrawal"), "withdraws",
     "A withdrawal names the entry that it withdraws. Give that entry's id."),
    (replace(REVISE, withdraws="abc"), "withdraws",
     "A withdrawal names the entry that it withdraws. Give that entry's id."),
])  # fmt: skip
def test_a_rule_that_is_not_met_is_named_with_the_way_out_and_nothing_is_written(tmp_path, entry, rule, told):
    with pytest.raises(EntryProblem) as problem:
        ledger.append(tmp_path, entry)
    assert (problem.value.rule, str(problem.value)) == (rule, told)
    assert not file(tmp_path).exists()


@pytest.mark.parametrize("decision", DECISIONS)
def test_every_decision_can_be_taken_with_texts_as_long_as_they_may_be(tmp_path, decision):
    entry = replace(REVISE, decision=decision, why="å" * 5000, text="🙂" * 5000, review_on="")
    assert ledger.append(tmp_path, entry).text == "🙂" * 5000


def test_texts_are_kept_without_control_signs_and_what_is_no_text(tmp_path):
    written = ledger.append(tmp_path, replace(REVISE, why=" a\x00\x1b[31m\r\nb\tc\ud800 👩‍⚕️ ", by="Ann\x07"))
    assert (written.why, written.by) == ("a[31m\nb\tc? 👩‍⚕️", "Ann")
    assert ledger.read(tmp_path) == [written]


def test_a_decision_is_withdrawn_by_a_later_entry_and_both_stay(tmp_path):
    first, second = ledger.append(tmp_path, REVISE), ledger.append(tmp_path, PROPOSAL)
    gone = Decision("north", "V1", "withdrawal", "Ann", "It was too early.", withdraws=first.entry_id)
    written = ledger.append(tmp_path, gone)
    entries = ledger.read(tmp_path)
    assert entries == [first, second, written]
    assert ledger.standing(entries) == [second]
    assert ledger.withdrawn(entries) == {first.entry_id: written}


@pytest.mark.parametrize("elsewhere", [{"withdraws": "nope"}, {"study_id": "south"}, {"step_id": "V2"}])
def test_only_what_stands_on_the_same_step_can_be_withdrawn(tmp_path, elsewhere):
    first = ledger.append(tmp_path, REVISE)
    gone = Decision("north", "V1", "withdrawal", "Ann", "It was too early.", withdraws=first.entry_id)
    with pytest.raises(EntryProblem) as problem:
        ledger.append(tmp_path, replace(gone, **elsewhere))
    assert problem.value.rule == "withdraws"
    ledger.append(tmp_path, gone)
    with pytest.raises(EntryProblem):
        ledger.append(tmp_path, gone)
    assert len(ledger.read(tmp_path)) == 2


# --- the disk ---------------------------------------------------------------------------------------------


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "plain").write_text("a file where the store should be", "utf-8")
    with pytest.raises(StoreProblem, match=r"plain: The decision could not be written .* Nothing was saved"):
        ledger.append(tmp_path / "plain", REVISE)


def test_an_entry_that_does_not_reach_the_disk_is_taken_back(tmp_path, monkeypatch):
    first = ledger.append(tmp_path, REVISE)
    before = file(tmp_path).read_bytes()

    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(ledger.os, "fsync", full)
    with pytest.raises(StoreProblem, match="No space left on device"):
        ledger.append(tmp_path, PROPOSAL)
    assert file(tmp_path).read_bytes() == before
    assert ledger.read(tmp_path) == [first]


def test_two_processes_that_write_at_the_same_moment_lose_nothing(tmp_path):
    running = [writer(tmp_path, f"W{n}", EACH) for n in range(WRITERS)]
    for process in running:
        go(process)
    saved = [end(process) for process in running]
    entries = ledger.read(tmp_path)
    assert ledger.unread(tmp_path) == 0
    assert sorted(entry.entry_id for entry in entries) == sorted(entry_id for one in saved for entry_id in one)
    for n in range(WRITERS):
        own = [entry.why for entry in entries if entry.by == f"W{n}"]
        assert own == [f"W{n} {at} {LONG}".strip() for at in range(EACH)]


def test_a_writer_that_is_killed_has_lost_nothing_that_it_saved(tmp_path):
    chance = random.Random(20260507)
    saved, ends = [], []
    coming = writer(tmp_path, "K0", 10_000)
    for number in range(1, KILLS + 1):
        running = coming
        if number < KILLS:
            coming = writer(tmp_path, f"K{number}", 10_000)
        go(running)
        saved.append(running.stdout.readline().strip())
        time.sleep(chance.uniform(0, 0.05))
        os.kill(running.pid, signal.SIGKILL)
        saved += end(running)
        ends.append(running.returncode)
        entries = ledger.read(tmp_path)
        known = {entry.entry_id for entry in entries}
        assert [entry_id for entry_id in saved if entry_id not in known and len(entry_id) == 12] == []
        assert all(entry.why == f"{entry.by} {entry.step_id[1:]} {LONG}".strip() for entry in entries)
        assert len(known) == len(entries) <= len(saved) + number  # at most one a kill was written but not yet said
    assert set(ends) == {-signal.SIGKILL}
    assert ledger.unread(tmp_path) <= KILLS
    last = ledger.append(tmp_path, REVISE)
    assert ledger.read(tmp_path)[-1] == last


# --- beside the generations -------------------------------------------------------------------------------


def tables(folder, practice="Asks"):
    (folder / "protocol.csv").write_text("step_id,component,text\nV1,Video calls,Check the name\n", "utf-8")
    (folder / "practice.csv").write_text(
        f"participant,component,stance,step_id,practice\nP1,Video calls,adapted,V1,{practice}\n", "utf-8"
    )
    return intake.Request("north", [folder / "practice.csv"], protocol=folder / "protocol.csv")


def test_imports_and_the_shipped_studies_leave_the_ledger_as_it_is(tmp_path):
    folder = tmp_path / "store"
    intake.publish(folder, [intake.prepare(tables(tmp_path))])
    written = [ledger.append(folder, REVISE), ledger.append(folder, PROPOSAL)]
    before = file(folder).read_bytes()
    for n in range(generations.KEPT + 1):
        intake.publish(folder, [intake.prepare(tables(tmp_path, f"Asks {n}"))])
    shipped_studies.publish(folder)
    generations.sweep(folder, None)
    assert ledger.read(folder) == written
    assert file(folder).read_bytes() == before


def test_beyond_demo_keeps_the_ledger(tmp_path):
    folder = tmp_path / "store"
    folder.mkdir()
    written = ledger.append(folder, REVISE)
    command = [sys.executable, "-c", "from dashboard.cli import main; main()", "demo", "--store", str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    assert ledger.read(folder) == [written]
    assert generations.exists(folder)
