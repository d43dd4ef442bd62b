"""What a file is, by its content: its name only helps to say what it should have been."""

import io
import re
import zipfile

import pytest

from dashboard.errors import ImportProblem
from dashboard.importers import sniff
from tests.importers.databases import database


def zipped(*members):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as into:
        for member in members:
            into.writestr(zipfile.ZipInfo(member), "x")  # without the time, which would be in the name of a test
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"participant,stance\n", "study.qdpx.csv", "table"),
        (b"participant,stance\n", "practice.xml", "table"),
        (b"step_id,DUCK\n", "practice.csv", "table"),
        ("participant;stance\n".encode("utf-16"), "practice.csv", "table"),
        (zipped("xl/workbook.xml"), "study.qdpx", "table"),
        (zipped("project.qde"), "study.xlsx", "refi_qda"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><Project/>", "study.csv", "refi_qda"),
        (b"\n  <Project/>", "study.txt", "refi_qda"),
        ("<Project/>".encode("utf-16"), "study.txt", "refi_qda"),
    ],
    ids=[
        "csv",
        "csv called xml",
        "csv with a duck",
        "utf-16 csv",
        "workbook",
        "project",
        "xml with a mark",
        "xml",
        "utf-16 xml",
    ],
)
def test_content_decides(data, name, kind):
    assert sniff.kind_of(data, name) == kind


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "a.csv", "a.csv: The file is empty. Export it again."),
        (b"\x00\x00 \r\n", "a.csv", "a.csv: The file is empty. Export it again."),
        (b"\xef\xbb\xbf\n", "a.csv", "a.csv: The file is empty. Export it again."),
        (zipped("project.qde")[:30], "a.qdpx", "a.qdpx: Not a valid REFI-QDA project (zip damaged)."),
        (b"PK\x03\x04 and then nothing", "a.csv", "a.csv: Not a valid REFI-QDA project (zip damaged)."),
        (b"something else", "a.qdpx", "a.qdpx: Not a valid REFI-QDA project or workbook (zip damaged)."),
        (b"something else", "A.XLSX", "A.XLSX: Not a valid REFI-QDA project or workbook (zip damaged)."),
        (b"SQLite format 3\x00" + bytes(84), "a.csv", "a.csv: The database is damaged or not readable"),
        (database("create table t (x)"), "a.csv", "a.csv: This is a program's own database, and not one of"),
        *(
            (checksum + b"DUCK" + bytes(88), "a.csv", "a.csv: A DuckDB file is never opened from outside.")
            for checksum in (bytes(8), b"<\xf1s" + bytes(5), b"PK\x03\x04" + bytes(4), b"\xff\xfe<\x00" + bytes(4))
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(90), "a.csv", "a.csv: This is an old Office file."),
    ],
)
def test_what_no_reader_should_touch_is_refused_with_the_way_out(data, name, message):
    with pytest.raises(ImportProblem) as caught:
        sniff.kind_of(data, name)
    assert str(caught.value).startswith(message)
    assert caught.value.remedy


def test_a_real_old_workbook_is_a_table_and_a_real_fram_model_a_model(real):
    file = real / "maxqda" / "coded_segments_polish_ui.xls"
    assert sniff.kind_of(file.read_bytes(), "renamed.bin") == "table"
    for model in (real / "fram").iterdir():
        assert sniff.kind_of(model.read_bytes(), "renamed.csv") == "fram"


MAXQDA = database("create table Codings (x); create table Codewords (x); create table Texts (x)")
REQUAL = database(
    "create table segments (x); create table codes (x); create table documents (x); create table projects (x)"
)


@pytest.mark.parametrize(
    ("data", "name", "program", "steps"),
    [
        (MAXQDA, "study.csv", "MAXQDA", "Export › REFI-QDA project"),
        (database("create table other (x)"), "study.mx24", "MAXQDA", "Export › REFI-QDA project"),
        (b"\x01\x0f\x00\x00" + bytes(90), "study", "NVivo", "Share › Export Project"),
        (b"\x05\x00\x01" + bytes(90), "study.nvpx", "NVivo", "Share › Export Project"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(90), "Study.HPR7", "ATLAS.ti", "QDPX (REFI-QDA)"),
        (zipped("content.bin"), "study.atlproj23", "ATLAS.ti", "QDPX (REFI-QDA)"),
        (zipped("content.bin"), "study.atlasproj", "ATLAS.ti", "QDPX (REFI-QDA)"),
        (REQUAL, "study.requal", "requal", "as CSV"),
    ],
    ids=["MAXQDA tables", "MAXQDA name", "NVivo bytes", "NVivo name", "ATLAS.ti old", "ATLAS.ti", "atlas", "requal"],
)
def test_a_programs_own_file_is_refused_with_the_steps_to_export_from_it(data, name, program, steps):
    with pytest.raises(ImportProblem) as caught:
        sniff.kind_of(data, name)
    assert str(caught.value).startswith(f"{name}: This is {program}'s own file, which only {program} can open.")
    assert steps in caught.value.remedy


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (zipped("a.qda/data.qda"), "This is a packed QualCoder project. Unpack the folder"),
        (zipped("study/study.qdpx"), "A project is packed within this zip: study/study.qdpx. Unpack it first."),
        (zipped("[Content_Types].xml", "word/document.xml"), "This is a Word document."),
        (b"%PDF-1.7" + bytes(90), "This is a document, not a table"),
        (b"{\\rtf1 words}", "This is a document, not a table"),
    ],
)
def test_what_holds_no_project_says_what_it_is(data, message):
    with pytest.raises(ImportProblem, match=re.escape(message)):
        sniff.kind_of(data, "study.zip")


def test_a_table_is_not_refused_for_an_ending_like_a_programs():
    assert sniff.kind_of(b"participant,stance\n", "table.mx20") == "table"
