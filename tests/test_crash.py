"""kill -9 at any moment of an import: a reader always finds the old generation or the new one, and it is whole."""

import csv
import os
import random
import signal
import subprocess
import sys
import threading
import time

import pytest

from dashboard import generations, intake, query, store

KILLS = 20
ROWS = 2000
STEPS = [f"S{number:02}" for number in range(1, 41)]
# Waits for a line before it starts, so that the moments are spread over the import and not over Python's start.
IMPORT = "import sys; from dashboard.cli import main; print('ready', flush=True); sys.stdin.readline(); main()"
COUNTED = ("documents", "codes", "excerpts", "codings", "participants", "practices")
TABLE_OF = {"documents": "document", "codes": "code", "excerpts": "excerpt", "codings": "coding",
            "participants": "participant", "practices": "practice"}  # fmt: skip


@pytest.fixture
def protocol(tmp_path):
    return written(tmp_path / "protocol.csv", ["step_id", "component", "text"], [[s, "Video calls", s] for s in STEPS])


def written(path, columns, lines):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns, *lines])
    return path


def practice(folder, rows):
    """Write a practice table of so many rows; each number of rows is a study of its own."""
    chance = random.Random(rows)
    columns = ["participant", "component", "stance", "step_id", "practice", "quote"]
    lines = [
        [f"P{chance.randrange(30)}", "Video calls", chance.choice(["adapted", "as_written", "left_out"]),
         chance.choice(STEPS), f"way {chance.randrange(20)}", f"quote {row}"]
        for row in range(rows)
    ]  # fmt: skip
    return written(folder / f"practice-{rows}.csv", columns, lines)


def waiting_importer(folder, table, protocol):
    command = [
        sys.executable, "-c", IMPORT, "import", str(table), "--protocol", str(protocol), "--study", "big",
        "--store", str(folder),
    ]  # fmt: skip
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def go(process):
    """Let an importer begin, once Python has started; what it prints fits into the pipe."""
    assert process.stdout.readline() == b"ready\n"
    process.stdin.write(b"\n")
    process.stdin.close()
    return time.monotonic()


def end(process):
    status = process.wait()
    process.stdout.close()
    return status


def what_is_wrong(folder):
    """Return the generation that CURRENT names, and what is not whole in it."""
    generation = generations.current(folder)
    connection = store.open_generation(generation)
    try:
        log = connection.execute(
            "select * from import_log where study_id = 'big' order by generation desc limit 1"
        ).df()
        broken = [
            name for name in ("points_nowhere", "cells_missing") if len(query.run(connection, f"checks/{name}", {}))
        ]
        studies = {study for (study,) in connection.execute("select study_id from study").fetchall()}
        if studies != {"big", "small"}:
            broken.append(f"studies are {studies}")
        for name in COUNTED:
            sql = f"select count(*) from {TABLE_OF[name]} where study_id = 'big'"  # noqa: S608
            if connection.execute(sql).fetchone() != (log[name][0],):
                broken.append(f"{name} is not {log[name][0]}")
        return generation.number, int(log["excerpts"][0]), broken
    finally:
        connection.close()


class Reader(threading.Thread):
    """Opens what CURRENT names, again and again, and keeps what it found."""

    def __init__(self, folder):
        super().__init__()
        self.folder, self.seen, self.problems, self.ended = folder, [], [], threading.Event()

    def run(self):
        while not self.ended.wait(0.1):
            try:
                number, excerpts, broken = what_is_wrong(self.folder)
            except Exception as problem:
                self.problems.append(repr(problem))
            else:
                self.seen.append((number, excerpts))
                self.problems.extend(broken)


def test_an_import_that_is_killed_leaves_the_old_generation_or_the_new_one_whole(tmp_path, protocol):
    folder = tmp_path / "store"
    small = intake.Request("small", [practice(tmp_path, 10)], protocol)
    intake.publish(folder, [intake.prepare(small)])

    first = waiting_importer(folder, practice(tmp_path, ROWS), protocol)
    began = go(first)
    assert end(first) == 0
    duration = time.monotonic() - began

    chance = random.Random(20260507)
    reader = Reader(folder)
    reader.start()
    ends = []
    coming = waiting_importer(folder, practice(tmp_path, ROWS + 1), protocol)
    for number in range(1, KILLS + 1):
        running = coming
        if number < KILLS:
            coming = waiting_importer(folder, practice(tmp_path, ROWS + number + 1), protocol)
        go(running)
        time.sleep(chance.uniform(0, duration))
        os.kill(running.pid, signal.SIGKILL)
        ends.append(end(running))
        generation, excerpts, broken = what_is_wrong(folder)
        assert broken == []
        assert ROWS <= excerpts <= ROWS + number
        assert generation >= 2
    reader.ended.set()
    reader.join()

    assert reader.problems == []
    assert len(reader.seen) > KILLS
    assert reader.seen == sorted(reader.seen), "a reader never goes back to an older generation"
    assert set(ends) <= {0, -signal.SIGKILL}
    assert -signal.SIGKILL in ends

    last = waiting_importer(folder, practice(tmp_path, ROWS + 100), protocol)
    go(last)
    assert end(last) == 0
    assert what_is_wrong(folder)[1:] == (ROWS + 100, [])
    kept = sorted(path.name for path in folder.iterdir() if not path.name.startswith("gen-"))
    assert kept == ["CURRENT", "import.lock"]
    assert all(path.suffix == ".duckdb" for path in folder.glob("gen-*"))
    assert len(list(folder.glob("gen-*"))) <= generations.KEPT
