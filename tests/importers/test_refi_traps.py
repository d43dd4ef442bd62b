"""Further traps of REFI-QDA in the wild: texts beside the text, transcripts, attributes in the names of sets."""

import io

import docx
import pytest

from dashboard.importers import docx_text
from tests.importers.refi import project, qdpx, read, selection, source

CRLF = "ett två\r\ntre\r\nfyra"


def word(*paragraphs):
    made, packed = docx.Document(), io.BytesIO()
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    made.save(packed)
    return packed.getvalue()


def told(bundle):
    return [(e.text, e.verification) for e in bundle.excerpts]


def test_t3_crlf_on_disk_that_is_counted_as_one():
    spans = selection(8, 11, quote="tre") + selection(12, 16, quote="fyra", guid="s2")
    assert told(read(project(source(spans)), {"a.txt": CRLF})) == [("tre", "verified"), ("fyra", "verified")]


def test_t5_braces_and_capitals_in_the_archive_and_a_source_named_by_its_guid_alone():
    inside = selection(4, 7)
    by_path = read(project(source(inside, path="internal://{A}.TXT")), {"{a}.txt": "one two three"})
    by_guid = read(project(f'<TextSource guid="{{T1}}" name="P01">{inside}</TextSource>'), {"t1.txt": "one two three"})
    assert told(by_path) == told(by_guid) == [("two", "verified")]


def test_t6_a_path_with_signs_written_as_in_an_address():
    bundle = read(project(source(selection(4, 7), path="relative:///My%20file.txt")), {"my file.txt": "one two three"})
    assert told(bundle) == [("two", "verified")]


@pytest.mark.parametrize("dots", ["…", "..."])
def test_t9_a_quote_cut_short_by_either_kind_of_dots_is_a_check(dots):
    bundle = read(project(source(selection(4, 13, quote=f"two th{dots}"))))
    assert (told(bundle), bundle.quotes_verified) == ([("two three", "verified")], 1)


def test_t9_names_that_are_no_quotes_are_no_evidence_and_never_shown():
    spans = "".join(selection(a, b, quote="note to self", guid=f"s{a}") for a, b in ((0, 3), (4, 7), (8, 13)))
    assert [text for text, _v in told(read(project(source(spans))))] == ["one", "two", "three"]


SETS = (
    '<Sets><Set name="profession: nurse"><MemberSource targetGUID="t1"/></Set>'
    '<Set name="tool: video"><MemberSource targetGUID="t1"/><MemberSource targetGUID="t2"/></Set>'
    '<Set name="tool: chat"><MemberSource targetGUID="t1"/></Set>'
    '<Set name="Round 1"><MemberSource targetGUID="t1"/></Set></Sets>'
)


def test_t13_sets_that_spell_an_attribute_say_it_of_their_documents():
    bundle = read(project(source() + source(name="P02.txt", guid="t2"), more=SETS))
    assert [(c.name, dict(c.attributes), c.document_ids) for c in bundle.cases] == [
        ("P01", {"profession": "nurse", "tool": "video, chat"}, ("d1",)),
        ("P02", {"tool": "video"}, ("d2",)),
    ]
    assert set(bundle.document_sets) == {"profession: nurse", "tool: video", "tool: chat", "Round 1"}


def test_t13_a_case_keeps_what_it_says_itself():
    case = '<Cases><Case name="Anna"><SourceRef targetGUID="t1"/></Case></Cases>'
    [anna] = read(project(source(), more=case + SETS)).cases
    assert (anna.name, anna.attributes["profession"]) == ("Anna", "nurse")


def test_t15_forty_sources_of_one_name_stay_forty_documents():
    sources = "".join(source(selection(4, 7, guid=f"s{n}"), guid=f"t{n}") for n in range(40))
    bundle = read(project(sources))
    assert len({d.name for d in bundle.documents}) == len(bundle.documents) == len(bundle.excerpts) == 40
    assert {e.document_id for e in bundle.excerpts} == {d.document_id for d in bundle.documents}


RICH = 'richTextPath="internal://a.docx"'


def test_t20_a_word_document_gives_the_words_that_an_empty_text_lacks():
    inside = (
        selection(100, 112, quote="I just ring them") + selection(3, 4, quote="ring", guid="s2")
        + selection(5, 6, guid="s3") + '<Coding><CodeRef targetGUID="c3"/></Coding>'
    )  # fmt: skip
    files = {"a.txt": "\ufeff", "a.docx": word("Video?", "No, I just ring them.", "I ring.")}
    bundle = read(project(source(inside, rich=RICH)), files)
    text = "Video?\nNo, I just ring them.\nI ring."
    assert bundle.documents[0].text == text
    assert [(e.text, e.verification, e.start) for e in bundle.excerpts] == [
        (text, "verified", 0), ("I just ring them", "verified", 11), ("ring", "not_verified", None),
        ("", "not_verified", None),
    ]  # fmt: skip
    assert (bundle.quotes_verified, bundle.quotes_total) == (1, 3)
    assert any("1 source with formatted text (DOCX) only: P01.txt" in w for w in bundle.warnings)
    assert any(w.startswith("1 quote not found") for w in bundle.warnings)
    assert any(w.startswith("1 excerpt without words") for w in bundle.warnings)


@pytest.mark.parametrize("rich", [b"", b"PK\x03\x04 cut", b"{\\rtf1 words}", qdpx("<x/>")])
def test_t20_what_is_no_word_document_leaves_the_source_without_text(rich):
    bundle = read(project(source(selection(4, 7, quote="two"), rich=RICH)), {"a.txt": " ", "a.docx": rich})
    assert told(bundle) == [("two", "not_verified")]
    assert any("without plain text" in w for w in bundle.warnings)


def test_a_word_document_is_read_with_its_tables_and_within_a_limit(monkeypatch):
    made, packed = docx.Document(), io.BytesIO()
    made.add_paragraph("kept").add_run("\tand more")
    table = made.add_table(1, 1)
    table.cell(0, 0).text = "in a table"
    made.save(packed)
    assert docx_text.text_of(packed.getvalue(), "a") == "kept\tand more\nin a table"
    monkeypatch.setattr(docx_text, "LIMIT", 100)
    assert docx_text.text_of(packed.getvalue(), "a") is None


TRANSCRIPT = (
    '<AudioSource guid="r1" name="P01.mp3" path="internal://r1.mp3">{first}'
    '<Transcript guid="tr1" name="P01" plainTextPath="internal://a.txt">'
    '<SyncPoint guid="p0" timeStamp="0" position="0"/><SyncPoint guid="p1" timeStamp="9" position="4"/>'
    '<SyncPoint guid="p2" timeStamp="12" position="7"/>{spans}</Transcript>'
    '<AudioSelection guid="a1" begin="0" end="9"><Coding><CodeRef targetGUID="c3"/></Coding></AudioSelection>'
    "</AudioSource>"
)


def transcribed(begin, end, guid="x1"):
    return (
        f'<TranscriptSelection guid="{guid}" name="two" fromSyncPoint="{begin}" toSyncPoint="{end}">'
        '<Coding creatingUser="u1"><CodeRef targetGUID="c2"/></Coding></TranscriptSelection>'
    )


def test_what_is_coded_in_the_transcript_of_a_recording_is_text():
    xml = project(TRANSCRIPT.format(first="", spans=transcribed("P1", "{p2}") + transcribed("p1", "p1", "x2")))
    bundle = read(xml)
    assert [d.name for d in bundle.documents] == ["P01.mp3"]
    assert told(bundle) == [("two", "verified")]
    assert [(c.code_path, c.coder) for c in bundle.codings] == [("Video/phone", "coder 1")]
    assert any("1 selection in pictures" in w and "0 sources without text" in w for w in bundle.warnings)
    assert any("1 coded selection of no length" in w for w in bundle.warnings)


def test_a_second_transcript_is_a_document_of_its_own_and_counts_nothing_twice():
    second = '<Transcript guid="tr0" name="P01 sv" plainTextPath="internal://b.txt"/>'
    xml = project(TRANSCRIPT.format(first=second, spans=transcribed("p1", "p2")))
    bundle = read(xml, {"a.txt": "one two three", "b.txt": "ett två tre"})
    assert [d.name for d in bundle.documents] == ["P01.mp3", "P01"]
    assert [(e.document_id, e.text) for e in bundle.excerpts] == [("d2", "two")]
    assert any("1 selection in pictures" in w and "1 coding " in w for w in bundle.warnings)
