"""What the program refuses: one clear message on standard error, exit status 2, and a store as it was."""

import io
import shutil
import sys
import zipfile
from pathlib import Path

import duckdb
import pytest

from dashboard import cli
from tests.importers.databases import database

HEADER = "participant,component,stance,step_id\n"
PROTOCOL = "step_id,component,text\nV01,Video calls,Check the name\n"
QDE = '<?xml version="1.0"?><Project xmlns="urn:QDA-XML:project:1.0" name="p" origin="T 1">{}</Project>'
DANGLING = (
    '<CodeBook><Codes><Code guid="c1" name="asks" isCodable="true"/></Codes></CodeBook><Sources>'
    '<TextSource guid="t" name="P1" plainTextPath="internal://a.txt"><PlainTextSelection guid="s" startPosition="0" '
    'endPosition="3"><Coding guid="k"><CodeRef targetGUID="nowhere"/></Coding></PlainTextSelection></TextSource>'
    "</Sources>"
)


def zipped(members, packing=zipfile.ZIP_STORED):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", packing) as into:
        for name, content in members:
            into.writestr(name, content)
    return packed.getvalue()


BOMB = zipped([("project.qde", b"<Project>" + b" " * 200_000_000)], zipfile.ZIP_DEFLATED)
PROJECT = zipped([("project.qde", QDE.format("")), ("sources/a.txt", "one two")])
BAD = {
    "an empty file": ("a.csv", b"", "The file is empty."),
    "only spaces": ("a.csv", b" \n\n", "The file is empty."),
    "a truncated zip": ("a.qdpx", PROJECT[:-30], "Not a valid REFI-QDA project (zip damaged)."),
    "not a zip at all": ("a.qdpx", b"words", "Not a valid REFI-QDA project or workbook (zip damaged)."),
    "a zip bomb": ("a.qdpx", BOMB, "this is how a zip bomb looks"),
    "two projects in one": ("a.qdpx", zipped([("project.qde", "x"), ("other.qde", "y")]), ".qde"),
    "a code that is not there": (
        "a.qdpx", zipped([("project.qde", QDE.format(DANGLING)), ("sources/a.txt", "one two")]), "nowhere",
    ),
    "an XML with a DTD": (
        "a.qde", b'<!DOCTYPE p [<!ENTITY a "b">]><Project xmlns="urn:QDA-XML:project:1.0">&a;</Project>', "DTD",
    ),
    "a missing column": (
        "a.csv", b"participant,component,step_id\nP1,Video calls,V01\n",
        "The column 'stance' is missing. Found: participant, component, step_id.",
    ),
    "an unknown step": (
        "a.csv", f"{HEADER}P1,Video calls,adapted,V1\n".encode(),
        "row 2, column step_id: The step 'V1' is not in the protocol. Did you mean 'V01'?",
    ),
    "an unknown stance": (
        "a.csv", f"{HEADER}P1,Video calls,adaptated,V01\n".encode(),
        "row 2, column stance: 'adaptated' is not a known stance. Did you mean 'adapted'?",
    ),
    "a Latin-1 table": (
        "a.csv", f"{HEADER}Åsa,Video calls,adapted,V01\n".encode("latin-1"), "not UTF-8: byte 0xC5 on line 2.",
    ),
    "a NUL character": ("a.csv", f"{HEADER}P1,Video\x00calls,adapted,V01\n".encode(), "NUL character on line 2."),
    "a table of something else": ("a.csv", b"name,age\nx,3\n", "is missing. Found: name, age."),
    "a header alone": ("a.csv", HEADER.encode(), "The practice table has a header but no rows."),
    "a damaged SQLite file": ("a.csv", b"SQLite format 3\x00" + bytes(100), "The database is damaged or not readable"),
    "another program's database": ("a.csv", database("create table t (x)"), "This is a program's own database"),
    "MAXQDA's own file": ("a.mx24", b"\x00\x01" * 50, "In MAXQDA, choose Export › REFI-QDA project"),
    "an old Office file": ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "This is an old Office file."),
    "a damaged workbook": ("a.xlsx", zipped([("xl/workbook.xml", "<cut")]), "Not a readable workbook"),
}  # fmt: skip


@pytest.fixture
def refused(monkeypatch, capsys, shipped_store, tmp_path):
    """Run the program on a store of one's own; return its message, once all else about a refusal holds."""
    own = Path(shutil.copytree(shipped_store, tmp_path / "own"))

    def state():
        return sorted((p.name, p.stat().st_mtime_ns, p.read_bytes()) for p in own.glob("[Cg]*"))

    def run(*arguments):
        before = state()
        monkeypatch.setattr(sys, "argv", ["beyond", *map(str, arguments), "--store", str(own)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        assert ended.value.code == 2
        assert printed.out == ""
        assert "Traceback" not in printed.err
        assert state() == before
        [message] = [line for line in printed.err.splitlines() if line.startswith("beyond: ")]
        return message

    return run


@pytest.fixture
def protocol(tmp_path):
    (tmp_path / "protocol.csv").write_text(PROTOCOL, encoding="utf-8")
    return tmp_path / "protocol.csv"


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_refused(refused, tmp_path, protocol, kind):
    name, content, message = BAD[kind]
    (tmp_path / name).write_bytes(content)
    said = refused("import", tmp_path / name, "--protocol", protocol, "--study", "north")
    assert name in said
    assert message in said


def test_a_step_that_stands_twice_is_refused_with_both_rows(refused, tmp_path, protocol):
    protocol.write_text(PROTOCOL + "V02,Video calls,x\nV01,Video calls,y\n", encoding="utf-8")
    (tmp_path / "a.csv").write_text(f"{HEADER}P1,Video calls,adapted,V01\n", encoding="utf-8")
    said = refused("import", tmp_path / "a.csv", "--protocol", protocol, "--study", "north")
    assert "protocol.csv: The step 'V01' stands twice, in rows 2 and 4." in said


def test_a_folder_is_refused(refused, tmp_path):
    assert "This is a folder. Name the files in it." in refused("import", tmp_path, "--study", "north")


def test_a_missing_file_is_refused(refused, tmp_path):
    said = refused("import", tmp_path / "none.csv", "--study", "north")
    assert "none.csv: The file cannot be read (No such file or directory)." in said


def test_a_duckdb_file_is_refused(refused, tmp_path):
    duckdb.connect(str(tmp_path / "a.duckdb")).close()
    assert "A DuckDB file is never opened from outside." in refused("import", tmp_path / "a.duckdb", "--study", "north")


def test_two_studies_in_one_import_are_refused(refused, tmp_path):
    for name in ("a.qdpx", "b.qdpx"):
        (tmp_path / name).write_bytes(PROJECT)
    said = refused("import", tmp_path / "a.qdpx", tmp_path / "b.qdpx", "--study", "north")
    assert (
        "An import takes one coded project (and its codebook) or one study's practice tables; given: a.qdpx, b.qdpx."
        in said
    )


@pytest.mark.parametrize("study", ["a b", "../x", "", "a/b", "a;drop"])
def test_a_study_id_that_is_none_is_refused(refused, tmp_path, study):
    assert "cannot be a study's id." in refused("import", tmp_path / "a.csv", "--study", study)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["gap_by_stp"], "There is no measure 'gap_by_stp'. Did you mean 'gap_by_step'?"),
        (["gap_by_step"], "A measure is of one study. Use --filter study=ID."),
        (["gap_by_step", "--filter", "study=evidnce"], "Use --filter study=ID. Did you mean 'evidence'?"),
        (["gap_by_step", "--format", "jsn"], "There is no format 'jsn'. Did you mean 'json'?"),
        (["gap_by_step", "--filter", "studdy=x"], "'studdy=x' is not a filter. Write key=value. Did you mean 'study'?"),
        (["gap_by_step", "--filter", "study=evidence", "--against", "study=x"], "gap_by_step takes one side only."),
        (["gap_by_step", "--filter", "study=evidence", "--of", "a=b"], "'a=b' is not what gap_by_step takes."),
        (["compare_by_step", "--filter", "study=evidence"], "A comparison has two sides."),
        (["words_behind", "--filter", "study=evidence", "--of", "step=NOPE"], "There is no step 'NOPE' here."),
        (["words_behind", "--filter", "study=evidence", "--of", "through=x"], "through='x' means nothing here."),
        (
            ["words_behind", "--filter", "study=evidence", "--of", "step=V01", "--of", "number=foo"],
            "number='foo' means nothing here.",
        ),
        (
            ["compare_by_step", "--filter", "study=evidence", "--against", "study=demo-round-2", "--against", "site=N"],
            "There is no site 'N' here.",
        ),
        (
            ["compare_by_step", "--filter", "study=demo-round-2", "--against", "study=x", "--filter", "site=Nort"],
            "There is no site 'Nort' here. Did you mean 'North'?",
        ),
        (["gap_by_step", "--filter", "evidence"], "'evidence' is not a filter. Write key=value."),
        (
            ["gap_by_step", "--filter", "study=evidence", "--filter", "component=vidoe_calls"],
            "There is no component 'vidoe_calls' in 'evidence'. Did you mean 'video_calls'?",
        ),
        (
            ["gap_by_step", "--filter", "study=evidence", "--filter", "phase=durring"],
            "There is no phase 'durring' here. Did you mean 'during'?",
        ),
        (
            ["gap_by_step", "--filter", "study=evidence", "--filter", "jurisdiction=SEE"],
            "There is no jurisdiction 'SEE' here. Did you mean 'SE'?",
        ),
        (
            ["gap_by_step", "--filter", "study=evidence", "--filter", "obligation_level=national guidence"],
            "Did you mean 'national guidance'?",
        ),
        *[
            (["gap_by_step", "--filter", "study=evidence", "--filter", f"at_least={k}"], "is not a number of voices")
            for k in ("0", "-1", "two", "1.5", "²", "", "9" * 5000)
        ],
    ],
)  # fmt: skip
def test_a_question_by_the_wrong_name_is_refused_with_the_nearest(refused, arguments, message):
    assert message in refused("measure", *arguments)


@pytest.mark.parametrize("arguments", [["measre"], ["import"], ["import", "a.csv"], ["check", "--jsn"]])
def test_a_command_that_is_none_ends_with_status_2(monkeypatch, capsys, arguments):
    monkeypatch.setattr(sys, "argv", ["beyond", *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("command", [["check"], ["demo"], ["measure", "gap_by_step", "--filter", "study=evidence"]])
def test_a_damaged_store_is_told_with_the_way_back(monkeypatch, capsys, tmp_path, command):
    (tmp_path / "CURRENT").write_text("{", encoding="utf-8")
    (tmp_path / "gen-000004.duckdb").write_bytes(b"whole, as far as this test can tell")
    monkeypatch.setattr(sys, "argv", ["beyond", *command, "--store", str(tmp_path)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    printed = capsys.readouterr()
    assert (ended.value.code, printed.out) == (2, "")
    assert 'CURRENT cannot be read. To go back to an earlier one, write {"file": "gen-000004.duckdb"}' in printed.err
