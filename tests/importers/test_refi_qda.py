"""REFI-QDA projects as the programs really write them: what is read and what is warned of."""

import hashlib

import pytest

from dashboard.importers import refi_qda
from tests.importers.refi import project, qdpx, read, selection, source


def test_a_bundle_says_where_it_is_from():
    data = qdpx(project(source(selection(4, 7))), {"a.txt": "\ufeffone\r\ntwo"})
    stages = []
    bundle = refi_qda.read(data, "study.qdpx", lambda stage, share: stages.append((stage, share)))
    assert (bundle.producer, bundle.source_name) == ("Test 1.0", "study.qdpx")
    assert bundle.sha256 == hashlib.sha256(data).hexdigest()
    assert bundle.documents[0].document_id == "d1"
    assert bundle.documents[0].sha256 == hashlib.sha256(b"one\ntwo").hexdigest()
    assert stages[0] == ("opening", 0.0)
    assert stages[-1] == ("done", 1.0)


def test_t5_guids_in_capitals_and_braces_are_the_same():
    bundle = read(project(source(selection(4, 7, "{C2}"))))
    assert bundle.codings[0].code_path == "Video/phone"


def test_t6_a_path_without_internal():
    assert read(project(source(selection(4, 7), path="a.txt"))).excerpts[0].text == "two"


def test_t7_codings_on_one_span_are_one_excerpt_and_each_coding_counts():
    twice = selection(4, 7, guid="s1") + selection(4, 7, "c3", guid="s2", user="u2") + selection(0, 3, guid="s3")
    bundle = read(project(source(twice)))
    assert [(e.excerpt_id, e.text) for e in bundle.excerpts] == [("e1", "two"), ("e2", "one")]
    assert [(c.excerpt_id, c.code_path, c.coder) for c in bundle.codings] == [
        ("e1", "Video/phone", "coder 1"), ("e1", "x", "coder 2"), ("e2", "Video/phone", "coder 1")
    ]  # fmt: skip


def test_t8_a_pdf_quotation_written_as_region_and_as_text_counts_once():
    region = '<PDFSelection guid="S1" page="0"><Coding><CodeRef targetGUID="c2"/></Coding></PDFSelection>'
    lost = region.replace("S1", "S9")
    text = selection(4, 7, user="")
    xml = project(
        f'<PDFSource guid="t1" name="P01.pdf">{region}{lost}'
        f'<Representation plainTextPath="internal://a.txt">{text}</Representation></PDFSource>'
    )
    bundle = read(xml)
    assert [e.text for e in bundle.excerpts] == ["two"]
    assert len(bundle.codings) == 1
    assert any("1 selection in pictures" in w and "1 coding " in w for w in bundle.warnings)


def test_t9_a_quote_cut_short_with_an_ellipsis_is_a_check():
    bundle = read(project(source(selection(4, 13, quote="two th…"))))
    assert (bundle.excerpts[0].text, bundle.quotes_verified, bundle.quotes_total) == ("two three", 1, 1)


def test_t10_a_description_is_a_memo_and_never_the_quote():
    described = selection(4, 7, inside="<Description>a thought</Description>")
    assert [(e.text, e.memo) for e in read(project(source(described))).excerpts] == [("two", "a thought")]


def test_t11_uncoded_selections_are_counted_and_left_out():
    bundle = read(project(source(selection(0, 3, code=""), selection(4, 4, guid="s2"), selection(4, 7, guid="s3"))))
    assert len(bundle.excerpts) == 1
    assert any("1 selection without a code (annotations) left out" in w for w in bundle.warnings)
    assert any("1 coded selection of no length left out" in w for w in bundle.warnings)


def test_t12_codes_are_known_by_path_and_a_slash_in_a_name_parts_nothing():
    twins = '<Code guid="2" name="A"/><Code guid="3" name="A"/>'
    codes = f'<Code guid="1" name="A">{twins}</Code><Code guid="4" name="x/y"/>'
    assert [c.path for c in read(project(codes=codes)).codes] == ["A", "A/A", "A/A (2)", "x∕y"]


def test_t13_sets_of_codes_and_documents_by_either_attribute():
    sets = (
        '<Sets><Set name="Tools"><MemberCode targetGUID="c2"/><MemberCode guid="C3"/></Set>'
        '<Set name="gender: female"><MemberSource targetGUID="{T1}"/><MemberSource guid="gone"/></Set></Sets>'
    )
    bundle = read(project(source(), more=sets))
    assert bundle.code_sets == {"Tools": ("Video/phone", "x")}
    assert bundle.document_sets == {"gender: female": ("d1",)}
    assert any("1 member of sets led nowhere" in w for w in bundle.warnings)


CASES = (
    '<Variables><Variable guid="v1" name="profession"/></Variables><Cases><Case>{refs}'
    '<VariableValue><VariableRef targetGUID="v1"/><TextValue>nurse</TextValue></VariableValue></Case></Cases>'
)


@pytest.mark.parametrize("refs", ['<SourceRef targetGUID="t1"/>', '<SelectionRef targetGUID="s1"/>'])
def test_a_case_needs_no_name_and_holds_sources_or_selections(refs):
    [case] = read(project(source(selection(4, 7)), more=CASES.format(refs=refs))).cases
    assert (case.name, case.attributes, case.document_ids) == ("Case 1", {"profession": "nurse"}, ("d1",))


def test_t15_variables_on_a_source_make_its_case_and_equal_names_are_told_apart():
    value = '<VariableValue><VariableRef targetGUID="v1"/><TextValue>nurse</TextValue></VariableValue>'
    more = '<Variables><Variable guid="v1" name="profession"/></Variables>'
    bundle = read(project(source(value) + source(value, guid="t2"), more=more))
    assert [d.name for d in bundle.documents] == ["P01.txt", "P01 (2).txt"]
    assert [(c.name, c.document_ids) for c in bundle.cases] == [("P01", ("d1",)), ("P01 (2)", ("d2",))]


def test_t17_a_byte_order_mark_before_the_xml():
    assert read("\ufeff" + project()).producer == "Test 1.0"


def test_t18_users_and_paths_are_nowhere_in_the_bundle():
    bundle = read(project(source(selection(4, 7)), attributes='origin="T" basePath="C:/Users/siri"'))
    assert "siri" not in repr(bundle).casefold()


def test_t20_an_empty_text_beside_a_rich_one_is_warned_of():
    rich = 'richTextPath="internal://a.docx"'
    bundle = read(project(source(selection(4, 7, quote="two"), rich=rich)), {"a.txt": "\n"})
    [excerpt] = bundle.excerpts
    assert (excerpt.text, excerpt.start, excerpt.verification) == ("two", None, "not_verified")
    assert (bundle.quotes_verified, bundle.quotes_total) == (0, 1)
    assert any("without plain text" in w and "P01.txt" in w for w in bundle.warnings)


def test_a_bare_qde_is_read_with_the_quotes_it_notes():
    bundle = refi_qda.read(project(source(selection(4, 7, quote="two"))).encode(), "project.qde")
    assert [(e.text, e.verification) for e in bundle.excerpts] == [("two", "not_verified")]


def test_text_within_the_xml():
    inside = f"<PlainTextContent>one\n\ntwo</PlainTextContent>{selection(5, 8, quote='two')}"
    [excerpt] = read(project(source(inside))).excerpts
    assert (excerpt.start, excerpt.end, excerpt.verification) == (5, 8, "verified")


def test_text_within_the_xml_whose_crlf_was_flattened_by_xml_itself():
    inside = f"<PlainTextContent>one\r\n\r\ntwo</PlainTextContent>{selection(7, 10, quote='two')}"
    [excerpt] = read(project(source(inside))).excerpts
    assert (excerpt.start, excerpt.end, excerpt.verification) == (5, 8, "verified")


def test_a_code_on_the_whole_document_is_an_excerpt_over_its_text():
    bundle = read(project(source('<Coding creatingUser="u1"><CodeRef targetGUID="c3"/></Coding>')))
    [excerpt] = bundle.excerpts
    assert (excerpt.start, excerpt.end, excerpt.text) == (0, 13, "one two three")
    assert (bundle.quotes_total, bundle.codings[0].code_path) == (0, "x")


def test_pictures_and_recordings_are_left_out_and_counted():
    picture = f'<PictureSource guid="p" name="map">{selection(1, 2, kind="PictureSelection")}</PictureSource>'
    video = f'<VideoSource guid="v" name="film">{selection(1, 2, kind="VideoSelection")}</VideoSource>'
    bundle = read(project(picture + video + source()))
    assert [d.name for d in bundle.documents] == ["P01.txt"]
    assert any("2 selections in pictures" in w and "2 codings (2 sources" in w for w in bundle.warnings)


def test_a_mixed_or_missing_namespace_is_read():
    assert read(project(namespace="urn:QDA-XML:project:1:0")).codes
    assert read(project(namespace="")).codes
