"""The program `beyond`: what each command prints where, and with which exit status it ends."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard import cli, generations
from dashboard.charts.tables import COLUMNS
from dashboard.named_filters import COMPARED, NAMED

HERE = Path(__file__).resolve().parent / "importers"
PROTOCOL = "step_id,component,text\nV1,Video calls,Check the name\nV2,Video calls,Check the place\n"
PRACTICE = (
    "participant,component,stance,step_id,practice\nP1,Video calls,adapted,V1,Asks\nP2,Video calls,as_written,V1,\n"
)
ISSUE_2 = (
    "step_id", "component", "phase", "n_raised", "n_as_written", "n_differently", "n_not_done", "n_unclear",
    "n_not_raised", "gap", "gap_min_without_one", "gap_max_without_one", "interval_low", "interval_high",
)  # fmt: skip


@pytest.fixture
def beyond(monkeypatch, capsys):
    """Run the program in this process and return exit status, standard output and standard error."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["beyond", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        return ended.value.code or 0, printed.out, printed.err

    return run


@pytest.fixture
def own(shipped_store, tmp_path):
    """A store of one's own with the shipped studies in it."""
    return Path(shutil.copytree(shipped_store, tmp_path / "own"))


@pytest.fixture
def tables(tmp_path):
    for name, text in (("protocol.csv", PROTOCOL), ("practice.csv", PRACTICE)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [tmp_path / "practice.csv", "--protocol", tmp_path / "protocol.csv", "--study", "north"]


def process(*arguments, **environment):
    """Run the program as a process of its own."""
    command = [sys.executable, "-c", "from dashboard.cli import main; main()", *map(str, arguments)]
    ended = subprocess.run(command, capture_output=True, text=True, env=os.environ | environment, check=False)
    return ended.returncode, ended.stdout, ended.stderr


def state(folder):
    """Return all that a command may not touch when it changes nothing."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "import.lock")
    return sorted((str(path), path.stat().st_mtime_ns, path.read_bytes()) for path in files)


# --- in a process of its own ------------------------------------------------------------------------------


def test_an_import_prints_one_json_object_and_nothing_else(own, tables):
    status, out, err = process("import", *tables, "--store", own, "--json")
    report = json.loads(out)
    assert (status, report["study"], report["generation"], report["participants"]) == (0, "north", 2, 2)
    assert "Traceback" not in err


def test_a_mistake_is_one_message_on_standard_error_and_exit_status_2(own):
    status, out, err = process("import", "missing.csv", "--study", "north", "--store", own, "--json")
    assert (status, out) == (2, "")
    assert err.strip().splitlines() == ["beyond: missing.csv: The file cannot be read (No such file or directory)."]


def test_the_environment_names_the_store(own):
    status, out, _err = process("check", "--json", BEYOND_STORE=str(own))
    assert (status, json.loads(out)["store"]) == (0, str(own))


def test_a_missing_store_is_made_with_the_shipped_studies(tmp_path):
    status, out, _err = process("check", "--json", BEYOND_STORE=str(tmp_path / "new"))
    found = json.loads(out)
    assert (status, found["sound"], found["generation"]) == (0, True, 1)
    assert [study["study_id"] for study in found["studies"]] == ["demo-round-2", "demo-round-1", "evidence"]


# --- import -----------------------------------------------------------------------------------------------


def test_an_import_says_what_it_read(beyond, own, tables):
    status, out, err = beyond("import", *tables, "--store", own)
    assert status == 0
    assert out.splitlines() == [
        "north: generation 2", "  producer: table template", "  documents: 0", "  codes: 8", "  excerpts: 0",
        "  codings: 0", "  participants: 2", "  practices: 2", "  quotes_verified: 0", "  quotes_total: 0",
    ]  # fmt: skip
    assert "note:" not in err


def test_what_is_to_know_stands_on_standard_error(beyond, own, tables):
    tables[0].write_text(PRACTICE + "P2,Video calls,as_written,V1,\n", encoding="utf-8")
    _status, out, err = beyond("import", *tables, "--store", own)
    assert "note: 1 row word for word like another row; each was counted once." in err
    assert "repeat" not in out


def test_a_dry_run_reads_and_checks_and_changes_nothing(beyond, own, tables):
    before = state(own)
    status, out, _err = beyond("import", *tables, "--store", own, "--dry-run", "--json")
    assert (status, json.loads(out)["generation"], json.loads(out)["practices"]) == (0, None, 2)
    assert state(own) == before


def test_a_dry_run_does_not_even_make_a_store(beyond, tmp_path, tables):
    status, out, _err = beyond("import", *tables, "--store", tmp_path / "new", "--dry-run")
    assert (status, out.splitlines()[0]) == (0, "north: nothing changed (dry run)")
    assert not (tmp_path / "new").exists()


def test_the_same_files_again_change_nothing_and_say_so(beyond, own, tables):
    beyond("import", *tables, "--store", own)
    before = state(own)
    status, out, _err = beyond("import", *tables, "--store", own, "--json")
    report = json.loads(out)
    assert (status, report["generation"]) == (0, 2)
    assert "Already imported as generation 2; nothing changed." in report["warnings"]
    assert state(own) == before


def test_a_study_that_is_imported_can_be_measured(beyond, own, tables):
    beyond("import", *tables, "--store", own)
    _status, out, _err = beyond("measure", "gap_by_step", "--filter", "study=north", "--format", "json", "--store", own)
    rows = json.loads(out)["rows"]
    assert [(r["step_id"], r["n_raised"], r["n_differently"], r["gap"]) for r in rows] == [
        ("V1", 2, 1, 0.5),
        ("V2", 0, 0, None),
    ]


def test_a_coded_project_without_a_mapping_is_loaded_with_a_warning(beyond, own, real):
    project = real / "qualcoder" / "psych_synthetic_lf.qdpx"
    status, out, _err = beyond("import", project, "--study", "coded", "--store", own, "--json")
    report = json.loads(out)
    assert (status, report["documents"], report["practices"]) == (0, 3, 0)
    assert any(warning.startswith("No mapping was given") for warning in report["warnings"])


def test_a_coded_project_with_a_mapping_has_gaps(beyond, own, real):
    status, _out, _err = beyond(
        "import", real / "qualcoder" / "psych_synthetic_lf.qdpx", "--study", "coded", "--store", own,
        "--mapping", HERE / "mapping_psych_synthetic.toml", "--protocol", HERE / "protocol_psych_synthetic.csv",
    )  # fmt: skip
    assert status == 0
    _status, out, _err = beyond("measure", "gap_by_step", "--filter", "study=coded", "--format", "json", "--store", own)
    rows = json.loads(out)["rows"]
    assert len(rows) == 7
    assert any(row["gap"] for row in rows)


# --- measure, check, demo ---------------------------------------------------------------------------------


def measured(beyond, store, *arguments):
    status, out, _err = beyond("measure", *arguments, "--format", "csv", "--store", store)
    assert status == 0
    return list(csv.DictReader(io.StringIO(out)))


def test_the_gap_as_csv_has_the_promised_columns(beyond, shipped_store):
    rows = measured(beyond, shipped_store, "gap_by_step", "--filter", "study=demo-round-1")
    assert set(ISSUE_2) <= set(rows[0])
    assert len(rows) == 48


def test_csv_for_a_pipe_has_no_byte_order_mark_and_plain_line_ends(beyond, shipped_store):
    _status, out, _err = beyond(
        "measure", "gap_by_step", "--filter", "study=evidence", "--format", "csv", "--store", shipped_store
    )
    assert out.startswith("step_id,")
    assert "\r" not in out


@pytest.mark.parametrize("name", NAMED)
@pytest.mark.parametrize("as_format", ["table", "csv", "json"])
def test_every_measure_prints_in_every_format(beyond, shipped_store, name, as_format):
    status, out, _err = beyond(
        "measure", name, "--filter", "study=demo-round-1", "--filter", "at_least=2", "--format", as_format,
        "--store", shipped_store, *(("--against", "study=demo-round-2") if name == COMPARED else ()),
    )  # fmt: skip
    assert status == 0
    if as_format == "json":
        assert json.loads(out)["measure"] == name
        assert json.loads(out)["rows"] or name == "coder_agreement"  # one coder alone agrees with nobody
    else:
        assert set(COLUMNS[name]) <= set(out.splitlines()[0].split(",")) or as_format == "table"
        assert len(out.splitlines()) > 1 or name == "coder_agreement"


def test_two_rounds_and_two_groups_are_compared(beyond, shipped_store):
    rounds = measured(
        beyond, shipped_store, "compare_by_step", "--filter", "study=demo-round-1", "--against", "study=demo-round-2"
    )
    revised = {
        row["step_id"]: (int(row["n_differ_one"]), int(row["n_differ_other"]))
        for row in rounds
        if row["is_revised"] == "True"
    }
    assert set(revised) == {"I04", "C03"}
    assert all(now < then for then, now in revised.values())
    sites = measured(
        beyond, shipped_store, "compare_by_step", "--filter", "study=demo-round-2", "--filter", "site=North",
        "--against", "study=demo-round-2", "--against", "site=South",
    )  # fmt: skip
    whole = measured(beyond, shipped_store, "gap_by_step", "--filter", "study=demo-round-2")
    clear = {row["step_id"]: int(row["n_clear"]) for row in whole}
    assert {row["step_id"]: int(row["n_clear_one"]) + int(row["n_clear_other"]) for row in sites} == clear


def test_a_measure_says_what_it_is_of(beyond, shipped_store):
    words = measured(
        beyond, shipped_store, "words_behind", "--filter", "study=demo-round-2", "--of", "step=I04", "--of",
        "number=n_differ",
    )  # fmt: skip
    whole = measured(beyond, shipped_store, "gap_by_step", "--filter", "study=demo-round-2")
    assert [str(len({row["participant_id"] for row in words}))] == [
        row["n_differ"] for row in whole if row["step_id"] == "I04"
    ]


@pytest.mark.parametrize("named", ["video_calls", "Video calls", "VIDEO CALLS"])
def test_a_component_is_filtered_by_id_or_by_name(beyond, shipped_store, named):
    rows = measured(
        beyond, shipped_store, "gap_by_step", "--filter", "study=evidence", "--filter", f"component={named}"
    )
    assert {row["component"] for row in rows} == {"Video calls"}


def test_a_filter_given_twice_means_either(beyond, shipped_store):
    rows = measured(
        beyond, shipped_store, "gap_by_step", "--filter", "study=evidence", "--filter", "phase=before",
        "--filter", "phase=ending",
    )  # fmt: skip
    assert {row["phase"] for row in rows} == {"before", "ending"}


def test_at_least_drops_what_fewer_voices_told(beyond, shipped_store):
    def raised(k):
        rows = measured(
            beyond, shipped_store, "gap_by_step", "--filter", "study=demo-round-1", "--filter", f"at_least={k}"
        )
        return sum(int(row["n_raised"]) for row in rows)

    assert raised(1) > raised(2) > raised(99) == 0


def test_check_tells_that_the_store_is_sound(beyond, shipped_store):
    status, out, _err = beyond("check", "--store", shipped_store)
    assert status == 0
    assert out.splitlines()[0] == f"{shipped_store}: generation 1, sound"


def test_demo_rebuilds_the_shipped_studies_and_keeps_ones_own(beyond, own, tables):
    beyond("import", *tables, "--store", own)
    status, out, _err = beyond("demo", "--json", "--store", own)
    assert status == 0
    assert [report["study"] for report in json.loads(out)["studies"]] == ["demo-round-1", "demo-round-2", "evidence"]
    _status, out, _err = beyond("check", "--json", "--store", own)
    assert json.loads(out)["studies"][0]["study_id"] == "north"


def test_serve_runs_the_pages_with_the_programs_own_settings(beyond, own, monkeypatch, tmp_path):
    found = {}
    monkeypatch.setenv("BEYOND_STORE", "elsewhere")  # both are set by the command, and put back after this test
    monkeypatch.setenv("BEYOND_SCOPE", "team")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(
        cli.runpy, "run_module", lambda name, **_how: found.update(name=name, argv=sys.argv, cwd=Path.cwd())
    )
    status, out, err = beyond("serve", "--public", "--port", "8599", "--store", own)
    assert (status, out, found["name"]) == (0, "", "streamlit")
    assert "http://127.0.0.1:8599" in err
    assert found["argv"][-2:] == ["--server.port", "8599"]
    assert (os.environ["BEYOND_STORE"], os.environ["BEYOND_SCOPE"]) == (str(own), "public")
    assert (found["cwd"] / ".streamlit" / "config.toml").is_file()


def test_a_store_of_three_generations_is_what_imports_leave(beyond, own, tables):
    for number in range(4):
        tables[0].write_text(PRACTICE + f"P9,Video calls,adapted,V2,way {number}\n", encoding="utf-8")
        assert beyond("import", *tables, "--store", own)[0] == 0
    assert generations.current(own).number == 5
    assert len(list(own.glob("gen-*"))) == 3


def test_the_store_may_stand_before_the_command(own):
    status, out, _err = process("--store", own, "check", "--json")
    assert (status, json.loads(out)["store"]) == (0, str(own))


def test_text_of_a_study_is_printed_as_it_stands(beyond, own, tables, tmp_path):
    (tmp_path / "protocol.csv").write_text(PROTOCOL.replace("Check the name", "Ask [see note] [/x] first"), "utf-8")
    assert beyond("import", *tables, "--store", own)[0] == 0
    status, out, _err = beyond("measure", "gap_by_step", "--filter", "study=north", "--store", own)
    assert (status, "Ask [see note] [/x] first" in out) == (0, True)


def test_a_measure_of_invented_interviews_says_so_beside_the_numbers(beyond, shipped_store):
    for study, said in (("demo-round-2", "invented interviews"), ("evidence", "")):
        _status, out, err = beyond(
            "measure", "gap_by_step", "--filter", f"study={study}", "--format", "csv", "--store", shipped_store
        )
        assert (said in err, out.startswith("step_id,")) == (True, True)
        assert bool(err.strip()) == bool(said)
