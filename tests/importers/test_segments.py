"""Coded-segment tables become excerpts and codings: a few rows in, exactly these out, and none lost unsaid."""

import csv
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from dashboard.errors import ImportProblem
from dashboard.importers import nvivo_text, segments, sniff
from dashboard.importers.column_mapping import Columns
from dashboard.importers.mapping import apply, read_mapping
from dashboard.importers.tables import Tables


def read(text, name="t.csv", said=None):
    tables = Tables()
    tables.add(text if isinstance(text, bytes) else text.encode(), name, said)
    return segments.read(tables.whole_segments(), name).with_warnings(*tables.warnings)


def workbook(**sheets):
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for cells in rows:
            page.append(cells)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def quotes(bundle):
    """Return (document, quote, codes) of each excerpt."""
    names = {document.document_id: document.name for document in bundle.documents}
    paths = {
        e.excerpt_id: [c.code_path for c in bundle.codings if c.excerpt_id == e.excerpt_id] for e in bundle.excerpts
    }
    return [(names[e.document_id], e.text, paths[e.excerpt_id]) for e in bundle.excerpts]


def test_rows_with_the_same_quote_in_the_same_document_are_one_excerpt():
    bundle = read(
        "Document name,Code,Segment,Comment,Created by\n"
        "P1,Video > Check,I ask where they are,first,Anna B\n"
        "P1,Stance > Adapted,I ask where they are,second,Anna B\n"
        "P2,Video > Check,I ask where they are,,Carl D\n"
    )
    assert quotes(bundle) == [
        ("P1", "I ask where they are", ["Video/Check", "Stance/Adapted"]),
        ("P2", "I ask where they are", ["Video/Check"]),
    ]
    assert [e.memo for e in bundle.excerpts] == ["first\nsecond", ""]
    assert [c.coder for c in bundle.codings] == ["coder 1", "coder 1", "coder 2"]
    assert [(c.path, c.parent, c.theme, c.is_codable) for c in bundle.codes] == [
        ("Video", "", "", False),
        ("Video/Check", "Video", "Video", True),
        ("Stance", "", "", False),
        ("Stance/Adapted", "Stance", "Stance", True),
    ]
    assert bundle.warnings[0] == "3 rows read: 2 excerpts with 3 codings."
    assert {(e.start, e.end, e.verification) for e in bundle.excerpts} == {(None, None, "as_typed")}


def test_the_same_row_again_is_the_same_words_at_another_place():
    bundle = read("document,code,quote\nP1,a,yes\nP1,b,yes\nP1,a,yes\n")
    assert quotes(bundle) == [("P1", "yes", ["a", "b"]), ("P1", "yes", ["a"])]
    assert any("1 excerpt with the words of another" in w for w in bundle.warnings)


def test_the_same_words_at_two_places_are_two_excerpts_and_tell_nothing_together():
    rows = "P1,adapted,Yes.,12,12\nP1,video,Yes.,40,40\nP1,chat,Yes.,40,40\n"
    bundle = read(f"document,code,segment,beginning,end\n{rows}")
    assert quotes(bundle) == [("P1", "Yes.", ["adapted"]), ("P1", "Yes.", ["video", "chat"])]
    anywhere = read("document,code,segment\nP1,adapted,Yes.\nP1,video,Yes.\n")
    assert quotes(anywhere) == [("P1", "Yes.", ["adapted", "video"])]


def test_a_row_that_names_nobody_gives_its_attributes_to_the_only_person_of_its_document():
    bundle = read("document,participant,code,quote,variable: site\nI1,P1,a,hello,\nI1,,a,there,north\n")
    assert [(case.name, dict(case.attributes)) for case in bundle.cases] == [("P1", {"site": "north"})]


def test_the_same_highlight_in_two_files_counts_once():
    tables = Tables()
    for name in ("highlights_a.csv", "all_tags.csv"):
        tables.add(b"id,document,tag,content\n1,P1,video.check,hello\n", name)
    bundle = segments.read(tables.whole_segments(), "both")
    assert quotes(bundle) == [("P1", "hello", ["video/check"])]
    assert bundle.warnings[0] == "2 rows read: 1 excerpt with 1 coding."
    assert "1 coding in more than one of the tables, counted once." in bundle.warnings


@pytest.mark.parametrize(
    ("cell", "codes"),
    [("Trust\nCheck", ["Trust", "Check"]), ("Trust; Check", ["Trust", "Check"]), ("Trust, mutual", ["Trust, mutual"])],
)
def test_several_codes_in_a_cell_are_parted_where_the_mark_is_plain(cell, codes):
    bundle = read(f'Document,Text Content,Codes\nP1,hello,"{cell}"\n')
    assert quotes(bundle) == [("P1", "hello", codes)]


def test_a_number_of_codes_proves_what_parts_them():
    bundle = read('Document,Text Content,Codes,Number of Codes\nP1,hello,"Trust, Check",2\nP1,there,Trust,1\n')
    assert quotes(bundle) == [("P1", "hello", ["Trust", "Check"]), ("P1", "there", ["Trust"])]
    bundle = read('Document,Text Content,Codes,Number of Codes\nP1,hello,"Trust, mutual",1\nP1,there,Trust,1\n')
    assert quotes(bundle)[0] == ("P1", "hello", ["Trust, mutual"])


def test_a_comma_in_a_cell_of_codes_is_pointed_out():
    assert any('say separator = ","' in w for w in read('document,codes,quote\nP1,"a, b",hello\n').warnings)


def test_dedoose_reads_one_column_a_code():
    bundle = read(
        "Media Title,Excerpt Copy,Codes Applied Combined,Code: Video\\\\Check Applied,"
        '"Code: Trust, mutual Applied"\n'
        'P1.docx,hello,"Check, Trust, mutual",True,True\nP1.docx,there,Check,true,False\n'
    )
    assert bundle.producer == "Dedoose"
    assert quotes(bundle) == [
        ("P1.docx", "hello", ["Video/Check", "Trust, mutual"]),
        ("P1.docx", "there", ["Video/Check"]),
    ]


def test_qualcoder_reads_categories_outermost_last_and_variables_as_attributes():
    bundle = read(
        '\ufeff"Case","Filename","Coder","Coded","Id","Codename","Coded_Memo","Category","Category","FileVar_site","CaseVar_age"\n'
        '"P01","P01.txt","me","hello there","1:1","check","why","Step","Video","north","40"\n'
        '"P01","P01.txt","me","and again","2:1","loose","","","","north","40"\n'
    )
    assert bundle.producer == "QualCoder"
    assert quotes(bundle) == [("P01.txt", "hello there", ["Video/Step/check"]), ("P01.txt", "and again", ["loose"])]
    assert [(c.name, dict(c.attributes), c.document_ids) for c in bundle.cases] == [
        ("P01", {"site": "north", "age": "40"}, ("d1",))
    ]


def test_a_wide_table_gives_each_of_its_codes_and_its_theme():
    bundle = read("participant,quote,code_1,code_2,theme\nP1,hello,a,b,T\nP2,there,a,,\n")
    assert quotes(bundle) == [("P1", "hello", ["a", "b", "T"]), ("P2", "there", ["a"])]
    assert [case.name for case in bundle.cases] == ["P1", "P2"]


def test_a_theme_beside_one_code_stands_above_it():
    bundle = read("participant,quote,theme,subtheme,code\nP1,hello,T,S,c\nP1,there,T,,\n")
    assert quotes(bundle) == [("P1", "hello", ["T/S/c"]), ("P1", "there", ["T"])]


def test_a_workbook_of_one_sheet_a_participant():
    bundle = read(
        workbook(
            P01=[["code", "quote"], ["a", "hello"]], P02=[["code", "quote"], ["b", "hello"]], Notes=[["x"], ["y"]]
        ),
        "study.xlsx",
    )
    assert quotes(bundle) == [("P01", "hello", ["a"]), ("P02", "hello", ["b"])]
    assert "study.xlsx, sheet Notes: left out, because it holds no coded segments." in bundle.warnings


def test_a_lone_table_that_names_nobody_is_refused_with_the_block_to_write():
    with pytest.raises(
        ImportProblem, match=r"(?s)a column for the document is missing.*\[columns\]\ndocument = "
    ) as caught:
        read("code,quote\na,hello\n")
    assert "t.csv" in caught.value.where


def test_documents_of_two_groups_keep_apart_and_groups_are_sets():
    bundle = read("Document group,Document name,Code,Segment\nNorth,I1,a,hello\nSouth,I1,a,hello\nSouth,I2,a,hello\n")
    assert [d.name for d in bundle.documents] == ["North · I1", "South · I1", "I2"]
    assert bundle.document_sets == {"North": ("d1",), "South": ("d2", "d3")}


def test_two_people_in_one_document_are_two_voices():
    bundle = read("document,participant,code,quote\nFG1,P1,a,hello\nFG1,P2,a,hello\nI2,P3,a,there\n")
    assert [d.name for d in bundle.documents] == ["FG1 · P1", "FG1 · P2", "I2"]
    study = apply(bundle, read_mapping(b"", "m.toml"), ())
    assert [e.participant_id for e in study.excerpts] == ["P1", "P2", "P3"]


def test_rows_without_a_quote_or_a_code_are_counted_and_rows_of_nobody_refused():
    bundle = read("document,code,quote\nP1,a,hello\nP1,a,\nP1,,there\nTotal,,\n")
    assert bundle.warnings[0] == "4 rows read: 1 excerpt with 1 coding."
    assert set(bundle.warnings[1:3]) == {"2 rows without a quote left out.", "1 row without a code left out."}
    with pytest.raises(ImportProblem, match=r"2 rows name neither a document nor a participant: t\.csv, row 3, 4"):
        read("document,code,quote\nP1,a,hello\n,a,there\n,b,again\n")


def test_a_quote_with_a_bare_delimiter_is_refused_and_not_cut():
    with pytest.raises(ImportProblem, match=r"t\.csv, row 3: The row has 4 cells, the header 3\..*quotation marks"):
        read("document,code,quote\nP1,a,hello\nP1,a,hello, there\n")


def test_quotes_keep_their_lines_their_formulas_and_their_letters():
    bundle = read('document;code;quote\r\nP1;a;"=1+1 <b>Å</b>\r\nsecond, line 👋"\r\n'.encode("utf-16"))
    assert bundle.excerpts[0].text == "=1+1 <b>Å</b>\nsecond, line 👋"
    bundle = read(workbook(S=[["document", "code", "quote"], ["P1", "a", "one_x000D_\ntwo"]]), "t.xlsx")
    assert bundle.excerpts[0].text == "one\ntwo"


def test_a_table_in_latin_letters_is_refused_until_the_mapping_says_its_encoding():
    data = "document;code;quote\nP1;å;Ärligt talat\n".encode("windows-1252")
    with pytest.raises(ImportProblem, match=r'not UTF-8: byte 0xE5 on line 2.*encoding = "windows-1252"'):
        read(data)
    said = Columns(document="document", code=("code",), quote="quote", encoding="windows-1252")
    assert quotes(read(data, said=said)) == [("P1", "Ärligt talat", ["å"])]


def test_any_table_can_be_read_through_a_mapping():
    said = read_mapping(
        '[columns]\nparticipant = "Vem"\nquote = "Vad"\ncode = ["Först", "Sen"]\n'
        'separator = "/"\nattributes = ["Ålder"]\n'.encode()
    ).columns
    bundle = read("Vem,Vad,Först,Sen,Ålder,Nr\nP1,hej,a/b,c,40,1\n", said=said)
    assert quotes(bundle) == [("P1", "hej", ["a", "b", "c"])]
    assert bundle.cases[0].attributes == {"Ålder": "40"}
    assert any("1 column not read: Nr." in w for w in bundle.warnings) is False, "Nr is known to mean nothing"


def test_sheets_may_stand_for_codes():
    said = Columns(participant="who", quote="said", sheet_is="code", path_separator="-")
    bundle = read(workbook(**{"Video-Check": [["who", "said"], ["P1", "hello"]]}), "t.xlsx", said)
    assert quotes(bundle) == [("P1", "hello", ["Video/Check"])]


@pytest.mark.parametrize(
    "header",
    [
        "participant,component,stance,quote,code",
        "participant,stance,code,quote",
        "step_id,component,text,code,document",
    ],
)
def test_a_table_that_could_be_the_templates_or_coded_segments_is_never_guessed(header):
    row = ",".join(["x"] * len(header.split(",")))
    with pytest.raises(ImportProblem, match=r"(?s)This could be the template's .* or coded segments .*\[columns\]"):
        read(f"{header}\n{row}\n")


def test_a_table_of_participants_with_quotes_and_codes_says_how_it_was_read():
    bundle = read("participant,code,quote\nP1,a,hello\nP2,a,there\n")
    assert any("give it with --participants" in w for w in bundle.warnings)


NODE = """Name: Nodes\\\\Trust\\\\Check

<Files\\\\North\\\\P01> - § 2 references coded  [6.78% Coverage]

Reference 1 - 5.80% Coverage

I ask where they are.
Always.

Reference 2 - 0.98% Coverage

Reference 1 - 2% said the leaflet

<Files\\\\P02> - § 1 reference coded  [1,78% Coverage]

Reference 1 - 1,78% Coverage

Not me
"""


def test_nvivos_text_of_a_node_is_a_table_of_its_references():
    bundle = read(NODE.replace("\n", "\r\n").encode("utf-16"), "check.txt")
    assert bundle.producer == "NVivo"
    assert quotes(bundle) == [
        ("P01", "I ask where they are.\nAlways.", ["Trust/Check"]),
        ("P01", "Reference 1 - 2% said the leaflet", ["Trust/Check"]),
        ("P02", "Not me", ["Trust/Check"]),
    ]
    nameless = NODE.partition("\n")[2]
    assert quotes(read(nameless, "Check.txt"))[2] == ("P02", "Not me", ["Check"])


def test_nvivos_text_with_a_lost_reference_is_refused():
    with pytest.raises(ImportProblem, match="P01 says that it has 2 references, and 1 are found"):
        read(NODE.replace("Reference 2 - 0.98% Coverage", ""), "check.txt")


SHEET = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet><table:table table:name="S">{}</table:table></office:spreadsheet></office:body>
</office:document-content>"""


def test_a_sheet_of_libreoffice_is_a_table():
    def row(*cells):
        cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
        return f"<table:table-row>{''.join(cell.format(text) for text in cells)}</table:table-row>"

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as into:
        into.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        into.writestr("content.xml", SHEET.format(row("document", "code", "quote") + row("P1", "a", "hello")))
        into.writestr("META-INF/manifest.xml", '<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>')
    assert sniff.kind_of(packed.getvalue(), "renamed.zip") == "table"
    assert quotes(read(packed.getvalue(), "t.ods")) == [("P1", "hello", ["a"])]


def test_a_cut_old_workbook_and_a_locked_one_say_so(real):
    old = (real / "maxqda" / "coded_segments_polish_ui.xls").read_bytes()
    with pytest.raises(ImportProblem, match=r"cut\.xls: Not a readable workbook .*Save it as \.xlsx or CSV UTF-8"):
        read(old[:2000] + "Workbook".encode("utf-16-le") + bytes(3000), "cut.xls")
    with pytest.raises(ImportProblem, match=r"The workbook is locked\. Save it without a password"):
        sniff.kind_of(old[:8] + bytes(2000) + "EncryptedPackage".encode("utf-16-le"), "locked.xlsx")


words = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
rows = st.lists(
    st.tuples(st.sampled_from(["P1", "P2", "P3"]), words, st.sampled_from(["", "a", "b", "a > c", "a > c > d"]),
              st.sampled_from(["", "Anna", "Bo"])),
    min_size=1, max_size=30,
)  # fmt: skip


@given(rows=rows)
def test_rows_in_are_rows_out(rows):
    packed = io.StringIO()
    csv.writer(packed).writerows([("Document group", "Document name", "Segment", "Code", "Created by"),
                                  *(("", *row) for row in rows)])  # fmt: skip
    whole = [(p, q.strip(), " ".join(c.split()), who) for p, q, c, who in rows if q.strip() and c]
    if not whole:
        with pytest.raises(ImportProblem, match=r"None of \d+ rows? has both a quote and a code"):
            read(packed.getvalue())
        return
    bundle = read(packed.getvalue())
    names = {d.document_id: d.name for d in bundle.documents}
    excerpts = {e.excerpt_id: e for e in bundle.excerpts}
    coders = {"": ""}
    for _p, _q, _c, who in whole:
        if who:
            coders.setdefault(who, f"coder {len(coders)}")
    out = [(names[excerpts[c.excerpt_id].document_id], excerpts[c.excerpt_id].text, c.code_path, c.coder)
           for c in bundle.codings]  # fmt: skip
    assert sorted(out) == sorted((p, q, c.replace(" > ", "/"), coders[who]) for p, q, c, who in whole)
    assert len(set(bundle.codings)) == len(bundle.codings)
    assert {e.text for e in bundle.excerpts} == {q for _p, q, _c, _who in whole}
    assert bundle.warnings[0].startswith(f"{len(rows)} row{'s' if len(rows) > 1 else ''} read: ")


def test_nvivos_files_of_one_name_in_two_folders_keep_apart():
    text = "".join(
        f"<Files\\\\{path}> - § 1 reference coded  [1% Coverage]\nReference 1 - 1% Coverage\n{quote}\n"
        for path, quote in ((r"Site A\\P01", "at A"), (r"Site B\\P01", "at B"), ("P02", "elsewhere"))
    )
    bundle = read(text, "Trust.txt")
    assert [name for name, _quote, _codes in quotes(bundle)] == ["Site A · P01", "Site B · P01", "P02"]
    assert bundle.document_sets == {"Site A": ("d1",), "Site B": ("d2",)}


@pytest.mark.parametrize(
    "line", ["x - § 1 a " + "[1%" * 5000, "x - § " + "9" * 5000 + " a [1%]", "§ 1 a [1%]", "x - § 1 a [b]"]
)
def test_a_line_that_only_looks_like_nvivos_is_told_apart_at_once(line):
    assert not nvivo_text.is_export(line.encode())


def test_a_count_of_codes_that_is_no_number_proves_nothing():
    bundle = read("Document,Codes,Quotation Content,Number of codes\nP1,Trust,hello,²\n")
    assert quotes(bundle) == [("P1", "hello", ["Trust"])]


def test_rows_that_name_nobody_in_a_document_of_one_person_are_told():
    bundle = read("Document,Participant,Code,Quote\nD1,P1,Trust,mine\nD1,,Trust,whose\nD2,,Trust,nobody's\n")
    assert "1 row names nobody, in documents of one person: taken as that person's." in bundle.warnings
