"""A codebook alone: codes of any program, and never a study."""

import io

import pytest
from openpyxl import Workbook

from dashboard import intake
from dashboard.errors import ImportProblem
from dashboard.importers import codebook, qualcoder, sniff, taguette
from dashboard.model import Bundle, Code

TAGS = "tag,description,number of highlights\nvideo.phone,By phone,2\nWAD,,0\n"


def qdc(codes='<Code guid="1" name="A"><Code guid="2" name="b" color="#F00"/></Code>', *, more="<Sets/>",
        namespace="urn:QDA-XML:codebook:1.0", origin="Test 1.0"):  # fmt: skip
    return f'<CodeBook xmlns="{namespace}" origin="{origin}"><Codes>{codes}</Codes>{more}</CodeBook>'.encode()


def workbook(rows):
    book, packed = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(packed)
    return packed.getvalue()


def paths(data, name="a.qdc"):
    assert sniff.kind_of(data, name) == "codebook"
    return [code.path for code in codebook.read(data, name).codes]


@pytest.mark.parametrize(
    "namespace",
    ["urn:QDA-XML:codebook:1.0", "urn:QDA-XML:codebook:1:0", "urn:QDA-XML:codebook:0:4", "urn:QDA-XML:project:1.0", ""],
)
def test_every_namespace_in_the_wild_is_read(namespace):
    assert paths(qdc(namespace=namespace)) == ["A", "A/b"]


def test_a_mark_utf16_a_prefix_and_no_sets_at_all():
    assert paths(b"\xef\xbb\xbf" + qdc()) == ["A", "A/b"]
    assert paths(
        b'<?xml version="1.0" encoding="utf-16"?>'.decode().encode("utf-16") + qdc().decode().encode("utf-16-le")
    )
    prefixed = b'<q:CodeBook xmlns:q="urn:QDA-XML:codebook:1.0"><q:Codes><q:Code name="A"/></q:Codes></q:CodeBook>'
    assert paths(prefixed) == ["A"]


def test_descriptions_colours_and_sets_come_along():
    more = '<Sets><Set name="Tools"><MemberCode guid="2"/></Set></Sets>'
    codes = '<Code guid="1" name="A" isCodable="false"><Description>Why</Description><Code guid="2" name="b"/></Code>'
    bundle = codebook.read(qdc(codes, more=more), "a.qdc")
    assert (bundle.codes[0].description, bundle.codes[0].is_codable) == ("Why", False)
    assert bundle.code_sets == {"Tools": ("A/b",)}
    assert (bundle.producer, bundle.documents, bundle.excerpts) == ("Test 1.0", (), ())
    assert bundle.warnings == ("A codebook alone: 2 codes without texts or codings.",)


def test_another_root_and_a_dtd_are_refused():
    with pytest.raises(ImportProblem, match=r"Expected a REFI-QDA codebook .* found Project"):
        codebook.read(b"<Project/>", "a.qdc")
    with pytest.raises(ImportProblem, match="DTD not allowed"):
        codebook.read(b'<!DOCTYPE c [<!ENTITY a "b">]>' + qdc(), "a.qdc")
    with pytest.raises(ImportProblem, match="The codebook XML is damaged"):
        codebook.read(qdc()[:-5], "a.qdc")


@pytest.mark.parametrize(
    "data",
    [TAGS.encode(), TAGS.replace(",", ";").encode("utf-16"), workbook(line.split(",") for line in TAGS.splitlines())],
    ids=["csv", "utf-16 with semicolons", "xlsx"],
)
def test_a_table_of_tags_makes_the_tree_that_the_project_makes(data):
    assert paths(data, "codebook") == ["video", "video/phone", "WAD"]
    assert [c.description for c in codebook.read(data, "codebook").codes] == ["", "By phone", ""]


def test_a_large_workbook_is_not_opened_to_see_that_it_is_no_codebook(monkeypatch):
    data = workbook(line.split(",") for line in TAGS.splitlines())
    assert codebook.is_table(data, "a.xlsx")
    monkeypatch.setattr(codebook, "SMALL", 1000)
    assert not codebook.is_table(data, "a.xlsx")


def test_a_table_that_names_parents():
    table = b"name,parent,description\nphone,video,By phone\nvideo,,\n"
    assert paths(table) == ["video", "video/phone"]


@pytest.mark.parametrize(
    "header",
    ["tag,content,document", "participant,description", "step_id,description", "code,quote,memo", "tag",
     "name,code,memo", "id,document,tag,content"],
)  # fmt: skip
def test_a_table_with_anything_coded_in_it_is_no_codebook(header):
    assert not codebook.is_table(f"{header}\n".encode(), "a.csv")


def test_a_codebook_is_no_study_and_the_message_says_what_is(tmp_path):
    (tmp_path / "codebook.qdc").write_bytes(qdc())
    with pytest.raises(ImportProblem) as caught:
        intake.prepare(intake.Request("mine", [tmp_path / "codebook.qdc"]))
    assert str(caught.value) == (
        "codebook.qdc: There are 2 codes in it and no text, so there is nothing that anyone said. "
        "Export the whole project, with its texts and codings, and import that file."
    )


@pytest.mark.parametrize("name", ["codebook.csv", "codebook.xlsx", "codebook.qdc"])
def test_taguettes_real_codebooks_have_the_codes_of_its_project(real, name):
    project = taguette.read((real / "taguette" / "project.sqlite3").read_bytes(), "project.sqlite3")
    assert paths((real / "taguette" / name).read_bytes(), name) == [code.path for code in project.codes]


def test_qualcoders_real_codebook_has_the_codes_of_its_project(real):
    folder = real / "qualcoder"
    project = qualcoder.read((folder / "psych_synthetic.qda" / "data.qda").read_bytes(), "data.qda")
    book = codebook.read((folder / "Codebook-psych_synthetic.qdc").read_bytes(), "a.qdc")
    assert book.codes == project.codes


@pytest.mark.parametrize("name", ["all_tags.csv", "all_tags.xlsx", "highlights_WAD.csv"])
def test_real_tables_of_highlights_are_no_codebooks(real, name):
    assert sniff.kind_of((real / "taguette" / name).read_bytes(), name) == "table"


def beside(codes, book):
    project = Bundle("Test", "study.csv", "", codes=tuple(Code(path, path, description=d) for path, d in codes))
    return codebook.beside(project, codebook.read(book, "codebook.csv"))


def test_a_codebook_beside_its_project_says_what_codes_mean_in_its_own_order():
    bundle = beside([("own", ""), ("WAD", "theirs"), ("video/phone", "")], TAGS.encode())
    assert [(c.path, c.description) for c in bundle.codes] == [
        ("video", ""), ("video/phone", "By phone"), ("WAD", "theirs"), ("own", "")
    ]  # fmt: skip
    assert bundle.warnings == (
        "codebook.csv: read as the codebook, 3 codes.",
        "1 code of the project not in codebook.csv: own.",
    )


def test_the_sheets_beside_a_codebook_are_read(tmp_path):
    book, packed = Workbook(), io.BytesIO()
    book.active.append(["Code", "Description"])
    book.active.append(["Trust", "What it rests on"])
    for title, rows in (("Segments", [["Document", "Code", "Quote"], ["P2", "Trust", "hello"]]), ("Notes", [["x"]])):
        page = book.create_sheet(title)
        for cells in rows:
            page.append(cells)
    book.save(packed)
    (tmp_path / "coded.xlsx").write_bytes(packed.getvalue())
    bundle = intake.prepare(intake.Request("north", [tmp_path / "coded.xlsx"])).bundle
    assert [(e.text, e.document_id) for e in bundle.excerpts] == [("hello", "d1")]
    assert [(c.path, c.description) for c in bundle.codes] == [("Trust", "What it rests on")]
    assert "coded.xlsx, sheet Notes: left out, because it holds no coded segments." in bundle.warnings


def test_a_codebook_beside_practice_tables_or_another_codebook_is_refused(tmp_path):
    (tmp_path / "practice.csv").write_text("participant,component,stance\nP1,Video calls,adapted\n", encoding="utf-8")
    (tmp_path / "a.qdc").write_bytes(qdc())
    with pytest.raises(ImportProblem, match=r"one coded project \(and its codebook\) or one study's practice tables"):
        intake.prepare(intake.Request("mine", [tmp_path / "practice.csv", tmp_path / "a.qdc"]))


@pytest.mark.parametrize("name", ["codebook.csv", "codebook.xlsx"])
@pytest.mark.parametrize("project", ["all_tags.csv", "project.sqlite3"])
def test_a_real_codebook_is_laid_beside_a_real_table_and_a_real_project(real, project, name):
    request = intake.Request("mine", [real / "taguette" / name, real / "taguette" / project])
    codes = {code.path: code for code in intake.prepare(request).bundle.codes}
    assert len(codes) == 16
    assert codes["video/identity check"].description == "Verify identity and location at session start"
