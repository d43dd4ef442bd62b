"""Which way of counting characters a file uses, told from the file itself."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dashboard.importers.evidence import at_word_boundaries, quote_matches
from dashboard.importers.offsets import MODELS, OffsetModel, Source, Span, lf_text, read_offsets

BOM = "\ufeff"
WIDTHS = {
    "code point": len,
    "UTF-16 unit": lambda text: len(text.encode("utf-16-le")) // 2,
    "UTF-8 byte": lambda text: len(text.encode()),
}
CONVENTIONS = [model for model in MODELS if model.boms < 2]


def position(raw, index, model):
    """The naive second implementation: write the text before a place in a convention, and measure it."""
    text = raw.lstrip(BOM)
    before = lf_text(text)[:index]
    if model.crlf_is_two and "\r\n" in raw:
        before = before.replace("\n", "\r\n")
    return WIDTHS[model.unit](BOM * min(model.boms, len(raw) - len(text)) + before)


def source_in(model, raw, places, quote=lambda words: ""):
    text = lf_text(raw)
    return Source(
        raw,
        tuple(Span(position(raw, a, model), position(raw, b, model), quote(text[a:b])) for a, b in places),
    )


def words_of(text):
    places, begin = [], None
    for i, character in enumerate([*text, " "]):
        if character == " " or character == "\n":
            if begin is not None:
                places.append((begin, i))
            begin = None
        elif begin is None:
            begin = i
    return places


SPOKEN = (
    "Hej 👋 där.\r\nNår lyden faller ut ringer jeg bare på telefon 😅.\r\nÖvriga gör så här också, när det går.\r\n"
)


@pytest.mark.parametrize("model", CONVENTIONS, ids=str)
def test_each_convention_is_told_by_its_quotes(model):
    raw = BOM + SPOKEN * 3
    places = words_of(lf_text(raw))[::4]
    [reading] = read_offsets([source_in(model, raw, places, str)])
    assert reading.accepted
    assert reading.spans == tuple(places)
    assert (reading.checks_passed, reading.checks) == (len(places), len(places))


@pytest.mark.parametrize("model", CONVENTIONS, ids=str)
def test_each_convention_is_told_by_where_words_begin_and_end(model):
    raw = BOM + SPOKEN * 9
    places = words_of(lf_text(raw))[::3]
    [reading] = read_offsets([source_in(model, raw, places)])
    assert reading.accepted
    assert reading.spans == tuple(places)
    assert all(reading.verified)


def test_plain_ascii_reads_alike_in_every_convention():
    [reading] = read_offsets([Source("one two three", (Span(4, 7, "two"),))])
    assert reading.model == OffsetModel("code point")
    assert reading.verified == (True,)


def test_names_that_are_no_quotes_are_no_evidence():
    spans = tuple(Span(a, b, f"label {i}") for i, (a, b) in enumerate(words_of("aa bb cc dd ee ff gg hh")))
    [reading] = read_offsets([Source("aa bb cc dd ee ff gg hh", spans)])
    assert reading.accepted, "the word boundaries decide instead"
    assert reading.checks == reading.checks_passed == 8


def test_below_nine_of_ten_a_source_is_not_verified():
    text = "alpha beta gamma delta epsilon zeta eta theta iota kappa"
    places = words_of(text)
    spoiled = [(a + 1, b) for a, b in places[:2]] + places[2:]
    [reading] = read_offsets([Source(text, tuple(Span(a, b) for a, b in spoiled))])
    assert not reading.accepted
    assert not any(reading.verified)
    assert (reading.checks_passed, reading.checks) == (0, 10)


def test_one_altered_quote_spoils_itself_only():
    places = words_of("alpha beta gamma delta epsilon zeta eta theta iota kappa lambda")
    spans = [Span(a, b, "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda"[a:b]) for a, b in places]
    spans[3] = Span(*places[3], "something else")
    [reading] = read_offsets([Source("alpha beta gamma delta epsilon zeta eta theta iota kappa lambda", tuple(spans))])
    assert [i for i, ok in enumerate(reading.verified) if not ok] == [3]
    assert (reading.checks_passed, reading.checks) == (10, 11)


def test_two_conventions_that_fit_equally_well_leave_the_quote_unverified():
    # Before the emoji every convention agrees; the second span has no quote to tell which is meant.
    [reading] = read_offsets([Source("so so 😅 ab ab ab", (Span(0, 2, "so"), Span(9, 11)))])
    assert reading.accepted
    assert reading.verified == (True, False)


def test_a_short_source_is_settled_by_the_longest_source_of_its_project():
    utf16 = OffsetModel("UTF-16 unit")
    long = "Hej 👋 där. " * 30
    settled = source_in(utf16, long, words_of(long), str)
    short = Source("so so 😅 ab ab ab", (Span(0, 2, "so"), Span(9, 11)))
    reading = read_offsets([short, settled])[0]
    assert reading.model == utf16
    assert reading.text[slice(*reading.spans[1])] == "ab"
    assert reading.verified == (True, True)


def test_a_badly_edited_source_does_not_drag_down_the_others():
    edited = Source("x" * 500, tuple(Span(i, i + 3, "other words") for i in range(0, 300, 3)))
    sound = Source("one two three", (Span(4, 7, "two"),))
    assert [r.accepted for r in read_offsets([edited, sound])] == [False, True]


def test_a_span_outside_the_text_in_every_convention_is_named():
    [reading] = read_offsets([Source("åäö", (Span(0, 6), Span(0, 7), Span(2, 1), Span(-1, 2)))])
    assert reading.outside == (1, 2, 3)


def test_a_byte_order_mark_that_was_kept_as_text_and_written_again():
    raw = BOM + BOM + "one two three"
    [reading] = read_offsets([Source(raw, (Span(5, 8, "two"),))])
    assert reading.text == "one two three"
    assert reading.spans == ((4, 7),)
    assert reading.model.boms == 1


@pytest.mark.parametrize(
    ("quote", "words", "matches"),
    [
        ("a b", "a\nb", True),
        ("a  b ", "a b", True),
        ("long quo…", "long quote that goes on", True),
        ("long quo …", "long quote that goes on", True),
        ("well…", "well…", True),
        ("…", "anything", False),
        ("quote", "a quote", False),
    ],
)
def test_a_name_is_the_quote_whole_or_cut_short_white_space_aside(quote, words, matches):
    assert quote_matches(quote, words) is matches


@pytest.mark.parametrize(
    ("start", "end", "at"),
    [(0, 3, True), (4, 9, True), (4, 10, True), (3, 9, False), (5, 9, False), (4, 8, False)],
)
def test_word_boundaries_forgive_a_trailing_space_but_no_leading_one(start, end, at):
    assert at_word_boundaries("one cafe\u0301 two", start, end) is at


ALPHABET = st.one_of(
    st.sampled_from([*"ab \n.", "å", "é", "e\u0301", "😅", "👩\u200d⚕️", "שלום", "مرحبا", "\u200f", "漢字", "…", "\t"]),
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=BOM),
)
TEXTS = st.lists(ALPHABET, min_size=1, max_size=60).map("".join)


@st.composite
def coded_sources(draw, model):
    text = draw(TEXTS)
    raw = BOM * draw(st.integers(0, 1)) + (text.replace("\n", "\r\n") if draw(st.booleans()) else text)
    ends = st.integers(0, len(text))
    places = [tuple(sorted(p)) for p in draw(st.lists(st.tuples(ends, ends), min_size=1, max_size=12))]
    places = [(a, b) for a, b in places if a < b]
    named = draw(st.sampled_from(["all", "cut short", "some"]))
    spans = []
    for a, b in places:
        quote = " ".join(text[a:b].split())
        if named == "cut short" and len(quote) > 5:
            quote = quote[: draw(st.integers(3, len(quote)))] + "…"
        if named == "some" and draw(st.booleans()) and spans:
            quote = ""
        spans.append(Span(position(raw, a, model), position(raw, b, model), quote))
    return Source(raw, tuple(spans)), tuple(places)


@given(st.data(), st.sampled_from(CONVENTIONS))
@settings(max_examples=400, deadline=None)
def test_no_quote_is_ever_silently_wrong(data, model):
    """Whatever the convention: a quote is the coder's own, or it is marked not verified."""
    project = data.draw(st.lists(coded_sources(model), min_size=1, max_size=3))
    for reading, (source, places) in zip(read_offsets([s for s, _ in project]), project, strict=True):
        assert not reading.outside
        assert reading.text == lf_text(source.raw)
        n_quotes = sum(span.has_quote for span in source.spans)
        if not n_quotes:
            continue  # random spans say nothing by their boundaries
        assert reading.checks == n_quotes, "exact quotes are always taken as the evidence"
        for (a, b), span, ok in zip(places, reading.spans, reading.verified, strict=True):
            if ok:
                assert reading.text[slice(*span)] == reading.text[a:b]


@given(st.data(), st.sampled_from(CONVENTIONS))
@settings(max_examples=200, deadline=None)
def test_every_convention_converts_as_the_naive_one_does(data, model):
    raw = data.draw(TEXTS).replace("\n", data.draw(st.sampled_from(["\n", "\r\n"])))
    raw = BOM * data.draw(st.integers(0, 1)) + raw
    assume(lf_text(raw))
    text = lf_text(raw)
    end = data.draw(st.integers(1, len(text)))
    start = data.draw(st.integers(0, end - 1))
    source = source_in(model, raw, [(start, end), (0, len(text))], str)
    assume(all(span.has_quote for span in source.spans))
    [reading] = read_offsets([source])
    if all(reading.verified):
        assert reading.text[slice(*reading.spans[0])] == text[start:end]
    assert reading.checks == 2


def test_every_quote_of_a_hundred_long_documents_with_ten_thousand_codings_is_verified():
    text = BOM + "\r\n".join("Når lyden faller ut ringer jeg bare på telefon 😅 og prøver igjen." for _ in range(2300))
    places = words_of(lf_text(text))[::270][:100]
    sources = [source_in(OffsetModel("UTF-16 unit", True), text, places)] * 100
    readings = read_offsets(sources)
    assert all(all(reading.verified) for reading in readings)
