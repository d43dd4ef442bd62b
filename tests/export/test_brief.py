"""The Word file, read back: headings, header rows, captions, numbered sources, and the measures' numbers."""

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn

from dashboard.export.brief import MOST_ROWS, as_docx, numbered
from dashboard.export.takeaway import Line, Quote
from tests.export.conftest import PAGES


def read(made, t):
    return docx.Document(io.BytesIO(as_docx(made, t)))


def headings(document, level):
    return [p.text for p in document.paragraphs if p.style.name == f"Heading {level}"]


def grid(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("study", "language"), [("demo-round-2", "en"), ("demo-round-2", "sv"), ("evidence", "en")])
def test_every_section_has_its_heading_its_tables_and_the_same_numbers(taken, page, study, language):
    made, t = taken("practice" if (page, study) == ("step", "evidence") else page, study, language)
    document = read(made, t)
    named = [" ".join((section.name or section.title).split()) for section in made.sections]
    assert headings(document, 1)[: len(named)] == named
    assert document.core_properties.title == made.question
    tables = [grid(table) for table in document.tables]
    for section in made.sections:
        if section.columns:
            titles = tables.pop(0)[0]
            assert titles == [column.title for column in section.columns]
        if len(section.table):
            head, *rows = tables.pop(0)
            assert head == [str(name) for name in section.table.columns]
            wanted = [[str(v) for v in row] for row in section.table.head(MOST_ROWS).itertuples(index=False)]
            for row, source in zip(wanted, section.cites, strict=False):
                row[-1] += f" [{numbered(made.sections)[source]}]"
            assert rows == wanted
    assert tables == []


def test_a_tables_first_row_comes_again_on_every_page_and_has_words(taken):
    document = read(*taken("overview"))
    assert document.tables
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))


def test_the_properties_of_a_table_stand_in_the_order_that_word_wants(taken):
    order = ["tblStyle", "tblW", "jc", "tblBorders", "tblLayout", "tblLook", "tblCaption", "tblDescription"]
    for table in read(*taken("overview")).tables:
        found = [node.tag.rpartition("}")[2] for node in table._tbl.tblPr]
        assert found == [name for name in order if name in found]


def test_every_table_has_a_caption_with_its_number_above_it(taken):
    document = read(*taken("step"))
    captions = [p.text for p in document.paragraphs if p.style.name == "Caption"]
    assert [text.split(".")[0] for text in captions] == [f"Table {n}" for n in range(1, len(document.tables) + 1)]
    for table in document.tables:
        before = table._tbl.getprevious()
        assert before.find(qn("w:pPr")).find(qn("w:pStyle")).get(qn("w:val")) == "Caption"


def test_a_change_request_says_what_speaks_against_it_and_who_decides(taken):
    found = headings(read(*taken("step")), 2)
    assert found.count("Who decides") == 2
    assert found.count("Risks") == 2


def test_sources_are_numbered_and_stand_with_their_address(taken):
    made, t = taken("step")
    document = read(made, t)
    text = "\n".join(p.text for p in document.paragraphs)
    assert numbered(made.sections)
    for (source, address), number in numbered(made.sections).items():
        assert f"[{number}] {source}" in text
        assert f"[{number}]\n" in text
        assert not address or address in text
    targets = {r.target_ref for r in document.part.rels.values() if r.reltype.endswith("/hyperlink")}
    assert {section.address for section in made.sections if section.address} <= targets


def test_the_stamp_and_the_limits_stand_in_it(taken):
    made, t = taken("practice")
    text = "\n".join(p.text for p in read(made, t).paragraphs)
    assert all(line in text for line in (*made.stamp, *made.limits))
    assert made.short_stamp in read(made, t).sections[0].footer.paragraphs[0].text


def test_one_dot_stands_for_each_voice(taken):
    made, t = taken("step")
    signs = "".join(p.text for p in read(made, t).paragraphs if "●" in p.text and "○" in p.text)
    section_voices = sum(n for section in made.sections for _stance, n, _word in section.dots)
    assert sum(signs.count(sign) for sign in "●○◌") == section_voices


def test_an_address_that_is_none_is_text_and_a_sign_that_xml_cannot_hold_is_left_away(taken):
    made, t = taken("step")
    section = made.sections[0]
    quote = Quote("a\x01b", False, "", "P\x0001", "javascript:alert(1)", "", "c")
    columns = (replace(section.columns[0], lines=(Line("go", "", "javascript:alert(1)"),)), *section.columns[1:])
    changed = replace(section, columns=columns, quotes=(quote,), address="javascript:alert(1)", name="x\x02y")
    document = read(replace(made, sections=(changed,)), t)
    targets = [r.target_ref for r in document.part.rels.values() if r.reltype.endswith("/hyperlink")]
    assert targets == []
    assert "a b" in "\n".join(p.text for p in document.paragraphs)


def test_the_language_is_the_readers(taken):
    made, t = taken("overview", language="sv")
    styles = zipfile.ZipFile(io.BytesIO(as_docx(made, t))).read("word/styles.xml").decode()
    assert 'w:lang w:val="sv-SE"' in styles


@pytest.mark.parametrize("page", PAGES)
def test_libreoffice_opens_it(taken, as_pdf, page):
    made, t = taken(page)
    assert as_pdf(as_docx(made, t), f"{page}.docx").stat().st_size > 10_000
