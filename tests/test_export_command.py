"""`beyond export`: a page as a file, whole or not at all."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from pptx import Presentation

from dashboard import cli, export_command
from dashboard.errors import GapError
from dashboard.export_command import PAGES, WRITERS, write_whole

STUDY = ("--filter", "study=demo-round-2")


@pytest.fixture
def beyond(monkeypatch, capsys, shipped_store):
    """Run the program in this process and return exit status, standard output and standard error."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["beyond", *map(str, arguments), "--store", str(shipped_store)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        return ended.value.code or 0, printed.out, printed.err

    return run


ASKED = {
    "component": ("--filter", "component=video_calls"),
    "step": ("--step", "V06", "--step", "M02"),
    "compare": ("--against", "study=demo-round-1"),
}


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_in_every_format(beyond, tmp_path, kind, page):
    out = tmp_path / f"file.{kind}"
    status, said, notes = beyond("export", kind, "-o", out, "--page", page, *STUDY, *ASKED.get(page, ()))
    assert (status, said.strip()) == (0, str(out))
    assert "invented interviews" in notes
    assert out.stat().st_size > 10_000
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


def test_a_step_outside_the_filters_is_refused_and_not_left_away_silently(beyond, tmp_path):
    out = tmp_path / "brief.docx"
    asked = ("export", "docx", "-o", out, "--page", "guidance", *STUDY, "--filter", "component=video_calls")
    status, _said, notes = beyond(*asked, "--step", "M02")
    assert status
    assert "--step: The step M02 lies outside these filters. Widen --filter, or leave it away." in " ".join(
        notes.split()
    )
    assert not out.exists()
    assert beyond(*asked, "--step", "V04")[0] == 0


def test_a_deck_of_the_chosen_gaps(beyond, tmp_path):
    out = tmp_path / "deck.pptx"
    beyond("export", "pptx", "-o", out, *STUDY, "--step", "V06", "--step", "B02", "--language", "sv")
    slides = list(Presentation(out).slides)
    assert len(slides) == 8
    assert "16 röster" in slides[0].notes_slide.notes_text_frame.text


def test_the_workbook_has_the_numbers_of_the_measure(beyond, tmp_path):
    out = tmp_path / "tables.xlsx"
    beyond("export", "xlsx", "-o", out, *STUDY, "--filter", "component=video_calls", "--filter", "at_least=2")
    _status, printed, _err = beyond(
        "measure", "gap_by_step", *STUDY, "--filter", "component=video_calls", "--filter", "at_least=2",
        "--format", "json",
    )  # fmt: skip
    measured = {row["step_id"]: row["n_differ"] for row in json.loads(printed)["rows"]}
    head, *rows = openpyxl.load_workbook(out)["gap_by_step"].iter_rows(values_only=True)
    assert {row[head.index("step_id")]: row[head.index("n_differ")] for row in rows} == measured


def test_a_comparison_names_both_sides(beyond, tmp_path):
    out = tmp_path / "sites.docx"
    status, _out, _err = beyond(
        "export", "docx", "-o", out, "--page", "compare", *STUDY, "--filter", "site=North", "--against",
        "study=demo-round-2", "--against", "site=South",
    )  # fmt: skip
    text = "\n".join(p.text for p in Document(out).paragraphs)
    assert status == 0
    assert "North = Psychologists, round 2" in text
    assert "South = Psychologists, round 2" in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["pdf", *STUDY], "no format 'pdf'"),
        (["pptx", *STUDY, "--page", "map"], "no page 'map'"),
        (["pptx", *STUDY, "--language", "de"], "no language 'de'"),
        (["pptx"], "A measure is of one study"),
        (["pptx", "--filter", "study=nowhere"], "no study 'nowhere'"),
        (["pptx", *STUDY, "--page", "component"], "of one tool"),
        (["pptx", *STUDY, "--page", "step"], "at least one step"),
        (["docx", *STUDY, "--page", "step", "--step", "V99"], "no step 'V99'"),
        (["pptx", *STUDY, "--step", "V99"], "no step 'V99'"),
        (["pptx", *STUDY, "--against", "study=demo-round-1"], "one side only"),
    ],
)
def test_a_mistake_is_one_message_and_no_file(beyond, tmp_path, arguments, said):
    status, out, err = beyond("export", arguments[0], "-o", tmp_path / "file.x", *arguments[1:])
    assert (status, out) == (2, "")
    assert said in " ".join(err.split())
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(beyond, tmp_path):
    status, _out, err = beyond("export", "xlsx", "-o", tmp_path / "none" / "a.xlsx", *STUDY)
    assert (status, "no such folder" in err) == (2, True)


def test_a_file_that_cannot_be_written_leaves_nothing(tmp_path):
    (tmp_path / "taken.xlsx").mkdir()
    with pytest.raises(GapError, match="cannot be written"):
        write_whole(tmp_path / "taken.xlsx", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["taken.xlsx"]


def test_a_break_while_writing_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "deck.pptx"
    path.write_bytes(b"old")

    def broken(_from, _to):
        raise KeyboardInterrupt

    monkeypatch.setattr(export_command.os, "replace", broken)
    with pytest.raises(KeyboardInterrupt):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert [found.name for found in tmp_path.iterdir()] == ["deck.pptx"]


def test_ctrl_c_leaves_no_half_file(shipped_store, tmp_path):
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"  # a shell's & ignores it
    command = [sys.executable, "-c", f"{heard}; from dashboard.cli import main; main()", "export", "docx", "-o",
               str(tmp_path / "all.docx"), *STUDY, "--top", "48", "--store", str(shipped_store)]  # fmt: skip
    house = Path(__file__).resolve().parents[1]
    with subprocess.Popen(command, stderr=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(house)}) as running:
        line = running.stderr.readline()  # the first line of progress: it is at work
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=20) != 0, line
    assert list(tmp_path.iterdir()) == []
