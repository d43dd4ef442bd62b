"""What a file is, by its content: its name only helps to say what it should have been."""

import io
import zipfile

import pytest

from dashboard.errors import ImportProblem
from dashboard.importers import sniff


def zipped(*members):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as into:
        for member in members:
            into.writestr(member, "x")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"participant,stance\n", "study.qdpx.csv", "table"),
        (b"participant,stance\n", "practice.xml", "table"),
        ("participant;stance\n".encode("utf-16"), "practice.csv", "table"),
        (zipped("xl/workbook.xml"), "study.qdpx", "table"),
        (zipped("project.qde"), "study.xlsx", "refi_qda"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><Project/>", "study.csv", "refi_qda"),
        (b"\n  <Project/>", "study.txt", "refi_qda"),
        ("<Project/>".encode("utf-16"), "study.txt", "refi_qda"),
    ],
    ids=["csv", "csv called xml", "utf-16 csv", "workbook", "project", "xml with a mark", "xml", "utf-16 xml"],
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
        (b"SQLite format 3\x00" + bytes(84), "a.csv", "a.csv: This is a program's own database."),
        (bytes(8) + b"DUCK" + bytes(88), "a.csv", "a.csv: A DuckDB file is never opened from outside."),
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


def test_a_real_database_of_another_program_is_refused(real):
    file = real / "taguette" / "project.sqlite3"
    with pytest.raises(ImportProblem, match=r"Export a REFI-QDA project \(\.qdpx\) from it"):
        sniff.kind_of(file.read_bytes(), file.name)
