"""REFI-QDA projects as the programs really write them: what is read, what is warned of, what is refused."""

import hashlib
import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.errors import ImportProblem
from dashboard.importers import refi_qda

REAL = Path(__file__).resolve().parents[3] / "shared" / "real"
QUALCODER = ("psych_synthetic_lf", "psych_synthetic_crlf_for_maxqda", "psych_synthetic_zero_case_links")
CODES = '<Code guid="c1" name="Video" isCodable="false"><Code guid="c2" name="phone"/></Code><Code guid="c3" name="x"/>'


@pytest.fixture
def real():
    if not REAL.is_dir():
        pytest.skip(f"{REAL} is missing: the real files are kept outside the repository")
    return lambda path: refi_qda.read((REAL / path).read_bytes(), path)


def project(sources="", *, codes=CODES, more="", attributes='origin="Test 1.0"', namespace="urn:QDA-XML:project:1.0"):
    return (
        f'<Project xmlns="{namespace}" name="p" {attributes}>'
        f'<Users><User guid="u1" name="Siri Name"/></Users>'
        f"<CodeBook><Codes>{codes}</Codes></CodeBook><Sources>{sources}</Sources>{more}</Project>"
    )


def qdpx(xml, texts=None):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as into:
        into.writestr("project.qde", xml)
        for name, text in (texts or {}).items():
            into.writestr(f"sources/{name}", text.encode() if isinstance(text, str) else text)
    return packed.getvalue()


def selection(start, end, code="c2", *, quote="", guid="s1", user="u1", inside="", kind="PlainTextSelection"):
    coding = f'<Coding guid="k" creatingUser="{user}"><CodeRef targetGUID="{code}"/></Coding>' if code else ""
    return (
        f'<{kind} guid="{guid}" name={quoteattr(quote)} startPosition="{start}" endPosition="{end}">'
        f"{inside}{coding}</{kind}>"
    )


def source(*inside, name="P01.txt", path="internal://a.txt", guid="t1", rich=""):
    opening = f'<TextSource guid="{guid}" name="{name}" plainTextPath="{path}" {rich}>'
    return f"{opening}{''.join(inside)}</TextSource>"


def read(xml, texts=None):
    return refi_qda.read(qdpx(xml, {"a.txt": "one two three"} if texts is None else texts), "study.qdpx")


def refusal(data, name="study.qdpx"):
    with pytest.raises(ImportProblem) as caught:
        refi_qda.read(data, name)
    assert name in caught.value.where
    assert caught.value.remedy
    return str(caught.value)


# --- the truths of real files -----------------------------------------------------------------------------


def test_nvivo_t1_utf16_with_crlf_as_two(real):
    bundle = real("nvivo/oltas0517.qdpx")
    assert bundle.producer == "NVivo for Windows 12.6"
    counts = (len(bundle.documents), len(bundle.codes), len(bundle.excerpts), len(bundle.codings))
    assert counts == (2, 152, 188, 303)
    assert (bundle.quotes_verified, bundle.quotes_total) == (185, 188)
    assert sum(e.verification == "verified" for e in bundle.excerpts) == 185
    assert len({c.code_path for c in bundle.codings}) == 76
    assert max(code.path.count("/") for code in bundle.codes) == 3
    assert not any("\r" in d.text or "\ufeff" in d.text for d in bundle.documents)


def test_nvivo_t18_no_user_name_and_no_path_comes_along(real):
    bundle = real("nvivo/oltas0517.qdpx")
    assert {c.coder for c in bundle.codings} <= {"coder 1", "coder 2"}
    assert bundle.codings[0].coder == "coder 1"


@pytest.mark.parametrize("name", QUALCODER)
def test_qualcoder_t2_every_quote_is_the_selections_name(real, name):
    bundle = real(f"qualcoder/{name}.qdpx")
    assert bundle.producer == "QualCoder 4.0 Beta"
    assert (bundle.quotes_verified, bundle.quotes_total) == (15, 15)
    counts = (len(bundle.documents), len(bundle.codes), len(bundle.excerpts), len(bundle.codings))
    assert counts == (3, 16, 7, 15)
    assert all(e.verification == "verified" for e in bundle.excerpts)
    assert {c.coder for c in bundle.codings} == {"coder 1", "coder 2"}


@pytest.mark.parametrize("name", QUALCODER)
def test_qualcoder_t14_cases_without_a_link_are_matched_by_name_and_say_so(real, name):
    bundle = real(f"qualcoder/{name}.qdpx")
    assert [(case.name, case.document_ids) for case in bundle.cases] == [
        ("P01", ("d1",)), ("P02", ("d2",)), ("P03", ("d3",))
    ]  # fmt: skip
    assert bundle.cases[0].attributes == {
        "profession": "psychologist",
        "years_in_practice": "12",
        "clinic": "Oslo",
    }
    assert bundle.cases[2].attributes["years_in_practice"] == "", "an empty value stays empty"
    assert any("matched by name" in w and "P01 → P01_psychologist.txt" in w for w in bundle.warnings)


def test_qualcoder_t14_references_to_sources_that_do_not_exist_are_named(real):
    warnings = real("qualcoder/psych_synthetic_zero_case_links.qdpx").warnings
    assert any("3 cases refer to sources" in w and "P01, P02, P03" in w for w in warnings)


def test_qualcoder_paths_themes_memos_and_a_quote_with_an_emoji(real):
    bundle = real("qualcoder/psych_synthetic_crlf_for_maxqda.qdpx")
    codes = {code.path: code for code in bundle.codes}
    workaround = codes["Work-as-done/Variation/workaround"]
    assert (workaround.theme, workaround.parent) == ("Work-as-done", "Work-as-done/Variation")
    assert workaround.description == "differs from WAI"
    assert (codes["Work-as-done"].theme, codes["Work-as-done"].is_codable) == ("", False)
    first = bundle.excerpts[0]
    assert first.text.endswith("hello 👋 and skip the address check.")
    assert first.memo == "trust in known patient"
    assert bundle.documents[0].text[first.start : first.end] == first.text


def test_the_same_study_written_twice_gives_the_same_texts(real):
    lf, crlf = (real(f"qualcoder/{name}.qdpx") for name in QUALCODER[:2])
    assert [d.sha256 for d in lf.documents] == [d.sha256 for d in crlf.documents]
    assert [e.text for e in lf.excerpts] == [e.text for e in crlf.excerpts]


def test_a_codebook_is_not_a_project(real):
    with pytest.raises(ImportProblem, match=r"found CodeBook.*export the whole project"):
        real("qualcoder/Codebook-psych_synthetic.qdc")


# --- the bundle -------------------------------------------------------------------------------------------


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


# --- bad inputs (rows of the trust report) ----------------------------------------------------------------


def test_rows_1_and_2_empty_and_damaged():
    assert "The file is empty." in refusal(b"")
    assert "Not a valid REFI-QDA project (zip damaged)." in refusal(qdpx(project())[:-30])


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE p [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE p SYSTEM "http://127.0.0.1/evil.dtd">',
    ],
    ids=["row 10 billion laughs", "row 11 entity from a file", "row 11 external DTD"],
)
def test_rows_10_and_11_no_dtd(doctype):
    assert "DTD not allowed" in refusal(qdpx(doctype + project()))


def test_row_12_nested_tags():
    assert "nested deeper than 100 levels" in refusal(qdpx("<Project>" + "<a>" * 200_000 + "</a>" * 200_000))


@pytest.mark.parametrize(
    ("xml", "found"),
    [
        ("<CodeBook xmlns='urn:QDA-XML:codebook:1.0'/>", "found CodeBook in urn:QDA-XML:codebook:1.0"),
        ("<html/>", "found html"),
        (
            "<Project xmlns='http://schemas.microsoft.com/project'/>",
            "found Project in http://schemas.microsoft.com",
        ),
    ],
)
def test_row_13_another_root(xml, found):
    message = refusal(qdpx(xml))
    assert "Expected a REFI-QDA project (root element Project" in message
    assert found in message


@pytest.mark.parametrize("xml", ["<Project>", "<Project></Projekt>", "", "plain words"])
def test_damaged_xml_is_named_with_its_place(xml):
    assert "project XML is damaged" in refusal(qdpx(xml))


def test_row_14_codes_that_do_not_exist_are_listed_up_to_twenty():
    lost = "".join(selection(4, 7, f"lost-{i}", guid=f"s{i}") for i in range(25))
    message = refusal(qdpx(project(source(lost)), {"a.txt": "one two three"}))
    assert "25 codings refer to a code that is not in the codebook" in message
    assert "lost-0 in P01.txt 4–7" in message
    assert "lost-19" in message
    assert "lost-20" not in message
    assert "and 5 more" in message


def test_two_codes_of_one_guid_are_refused():
    codes = '<Code guid="1" name="A"/><Code guid="1" name="B"/>'
    assert "'A' and 'B'" in refusal(qdpx(project(codes=codes)))


@pytest.mark.parametrize(("start", "end"), [(4, 99), (7, 4), (-1, 3), (0, 10**30), ("x", 3), ("", 3)])
def test_row_15_positions_outside_the_text_are_listed(start, end):
    data = qdpx(project(source(selection(start, end))), {"a.txt": "one two three"})
    message = refusal(data)
    assert "1 selection lies outside its text" in message
    assert "P01.txt" in message


def test_row_15_utf16_positions_with_an_emoji_are_read_and_not_refused():
    quotes = selection(0, 3, quote="one") + selection(7, 10, quote="two", guid="s2")
    bundle = read(project(source(quotes)), {"a.txt": "one 😅 two"})
    assert [e.text for e in bundle.excerpts] == ["one", "two"]
    assert bundle.quotes_verified == 2


@pytest.mark.parametrize("text", ["år".encode("latin-1"), b"one\x00two"])
def test_row_16_a_text_that_is_not_utf8_is_never_guessed(text):
    message = refusal(qdpx(project(source()), {"a.txt": text}))
    assert "The text is not UTF-8." in message
    assert "P01.txt" in message


# --- round trip -------------------------------------------------------------------------------------------

WORDS = st.lists(st.sampled_from([*"abå .\n", "e\u0301", "😅", "שלום", "\u200f", "漢"]), min_size=1, max_size=50).map(
    "".join
)
WRITERS = {
    "QualCoder": lambda text: len(text),
    "NVivo": lambda text: len(text.replace("\n", "\r\n").encode("utf-16-le")) // 2,
    "Taguette": lambda text: len(text.encode()),
}


@given(WORDS, st.sampled_from(sorted(WRITERS)), st.booleans(), st.data())
@settings(max_examples=150, deadline=None)
def test_what_each_program_writes_is_read_back_exactly_or_marked(text, writer, has_bom, data):
    ends = st.integers(0, len(text))
    places = {tuple(sorted(p)) for p in data.draw(st.lists(st.tuples(ends, ends), min_size=1, max_size=10))}
    quoted = [(a, b) for a, b in sorted(places) if text[a:b].strip()]
    measure = WRITERS[writer]
    spans = "".join(
        selection(
            measure(text[:a]),
            measure(text[:b]),
            quote=" ".join(text[a:b].split("\n")),
            guid=f"s{i}",
            inside=f"<Description>{i}</Description>",
        )
        for i, (a, b) in enumerate(quoted)
    )
    raw = ("\ufeff" if has_bom else "") + (text.replace("\n", "\r\n") if writer == "NVivo" else text)
    bundle = read(project(source(spans)), {"a.txt": raw})
    assert bundle.documents[0].text == text
    assert bundle.quotes_total == len(quoted)
    for excerpt in bundle.excerpts:
        for number in excerpt.memo.splitlines():
            a, b = quoted[int(number)]
            assert excerpt.verification == "not_verified" or excerpt.text == text[a:b]
