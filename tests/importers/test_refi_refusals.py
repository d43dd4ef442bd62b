"""Projects that are refused, each with its place and its reason, and the round trip of what programs write."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.importers.refi import project, qdpx, read, refusal, selection, source


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
