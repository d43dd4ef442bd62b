"""Taguette projects: highlights by the bytes of their documents, tags as a tree, nobody's name."""

from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.errors import ImportProblem
from dashboard.importers import sniff, taguette
from dashboard.importers.readers import READERS
from tests.importers.databases import database

SCHEMA = """
create table projects (id integer primary key, name text);
create table users (login text, email text);
create table documents (id integer primary key, name text, description text, filename text, project_id integer,
    contents text);
create table highlights (id integer primary key, document_id integer, start_offset integer, end_offset integer,
    snippet text);
create table tags (id integer primary key, project_id integer, path text, description text);
create table highlight_tags (highlight_id integer, tag_id integer);
"""
HTML = "<p>Å, vi ringer 📞 först.</p><p>Sedan video &amp; chatt.</p>"
TEXT = "Å, vi ringer 📞 först.Sedan video & chatt."


def highlight(number, words, *, document=1, snippet=None, moved=0):
    start = len(TEXT[: TEXT.index(words)].encode()) + moved
    shown = f"<p>{words.replace('&', '&amp;')}</p>" if snippet is None else snippet
    return {
        "id": number, "document_id": document, "start_offset": start,
        "end_offset": start + len(words.encode()), "snippet": shown,
    }  # fmt: skip


def project(highlights, *, schema=SCHEMA, **more):
    rows = {
        "projects": [{"id": 1, "name": "Study"}],
        "users": [{"login": "siri", "email": "siri@example.org"}],
        "documents": [{"id": 1, "name": "P01", "filename": "/home/siri/P01.html", "project_id": 1, "contents": HTML}],
        "tags": [
            {"id": 1, "project_id": 1, "path": "video.phone", "description": "By phone"},
            {"id": 2, "project_id": 1, "path": "WAD", "description": ""},
        ],
        "highlight_tags": [{"highlight_id": 1, "tag_id": 1}, {"highlight_id": 1, "tag_id": 2}],
    }
    return database(schema, **{**rows, "highlights": highlights, **more})


def read(*highlights, **more):
    return taguette.read(project(highlights, **more), "study.sqlite3")


def test_a_highlight_is_found_by_bytes_and_paragraphs_do_not_run_into_one_another():
    bundle = read(highlight(1, "ringer 📞 först."), highlight(2, "Sedan video & chatt."))
    assert bundle.documents[0].text == "Å, vi ringer 📞 först.\nSedan video & chatt."
    assert [(e.text, e.verification) for e in bundle.excerpts] == [
        ("ringer 📞 först.", "verified"),
        ("Sedan video & chatt.", "verified"),
    ]
    assert all(bundle.documents[0].text[e.start : e.end] == e.text for e in bundle.excerpts)
    assert (bundle.quotes_verified, bundle.quotes_total) == (2, 2)


def test_a_highlight_over_two_paragraphs_has_the_line_end_between_them():
    [excerpt] = read(highlight(1, "först.Sedan video", snippet="<p>först.</p><p>Sedan video</p>")).excerpts
    assert (excerpt.text, excerpt.verification) == ("först.\nSedan video", "verified")


def test_tags_are_a_tree_with_descriptions_and_a_highlight_without_one_is_kept():
    bundle = read(highlight(1, "ringer"), highlight(2, "video"))
    assert [(c.path, c.description, c.is_codable) for c in bundle.codes] == [
        ("video", "", False), ("video/phone", "By phone", True), ("WAD", "", True)
    ]  # fmt: skip
    assert [(c.excerpt_id, c.code_path) for c in bundle.codings] == [("e1", "video/phone"), ("e1", "WAD")]
    assert len(bundle.excerpts) == 2
    assert "1 highlight without a tag: kept as excerpts without a code." in bundle.warnings


def test_parents_in_a_column_of_newer_versions_make_the_same_tree():
    schema = SCHEMA.replace("path text,", "path text, parent_id integer,")
    tags = [{"id": 1, "project_id": 1, "path": "phone", "description": "", "parent_id": 2},
            {"id": 2, "project_id": 1, "path": "video", "description": "", "parent_id": None},
            {"id": 3, "project_id": 1, "path": "ring", "description": "", "parent_id": 3}]  # fmt: skip
    assert [c.path for c in read(schema=schema, tags=tags).codes] == ["video", "video/phone", "ring"]


def test_a_quote_that_moved_is_found_where_it_stands_and_one_that_is_gone_is_marked():
    bundle = read(
        highlight(1, "Å, vi ringer"), highlight(2, "först"), highlight(3, "video", moved=3),
        highlight(4, "chatt", snippet="words that nobody said"),
    )  # fmt: skip
    assert [(e.text, e.verification, e.start is None) for e in bundle.excerpts] == [
        ("Å, vi ringer", "verified", False), ("först", "verified", False), ("video", "verified", False),
        ("words that nobody said", "not_verified", True),
    ]  # fmt: skip
    assert (bundle.quotes_verified, bundle.quotes_total) == (3, 4)
    assert any(w.startswith("1 quote did not stand where") for w in bundle.warnings)
    assert any(w.startswith("1 quote not found in the document") for w in bundle.warnings)


def test_positions_outside_of_the_document_are_looked_for_by_their_words():
    bundle = read(highlight(1, "ringer"), highlight(2, "chatt", moved=5000))
    assert [(e.text, e.verification) for e in bundle.excerpts] == [("ringer", "verified"), ("chatt", "verified")]


def test_of_several_projects_the_one_with_highlights_is_read():
    documents = [
        {"id": 1, "name": "P01", "project_id": 1, "contents": HTML},
        {"id": 2, "name": "other", "project_id": 2, "contents": "<p>x</p>"},
    ]
    projects = [{"id": 1, "name": "Study"}, {"id": 2, "name": "Trial"}]
    tags = [{"id": 1, "project_id": 1, "path": "a", "description": ""},
            {"id": 2, "project_id": 2, "path": "b", "description": ""}]  # fmt: skip
    bundle = read(highlight(1, "ringer"), documents=documents, projects=projects, tags=tags)
    assert ([d.name for d in bundle.documents], [c.path for c in bundle.codes]) == (["P01"], ["a"])
    with pytest.raises(ImportProblem, match=r"holds 2 projects: Study, Trial\..*Export project"):
        read(highlight(1, "ringer"), highlight(2, "video", document=2), documents=documents, projects=projects)


def test_no_user_no_address_and_no_path_comes_along():
    assert "siri" not in repr(read(highlight(1, "ringer"))).casefold()


def test_a_project_without_highlights_or_documents_is_read():
    assert read().excerpts == ()
    assert "The project holds no document." in read(documents=[]).warnings


def test_its_kind_is_told_by_its_tables():
    assert sniff.kind_of(project([]), "notes.csv") == "taguette"


def test_the_real_project_has_ten_of_ten_highlights(real):
    data = (real / "taguette" / "project.sqlite3").read_bytes()
    bundle = taguette.read(data, "project.sqlite3")
    counts = (len(bundle.documents), len(bundle.codes), len(bundle.excerpts), len(bundle.codings))
    assert counts == (3, 16, 10, 17), "WAD is a folder that two tags spell"
    assert (bundle.quotes_verified, bundle.quotes_total) == (10, 10)
    assert all(e.verification == "verified" for e in bundle.excerpts)
    texts = {d.document_id: d.text for d in bundle.documents}
    assert all(texts[e.document_id][e.start : e.end] == e.text for e in bundle.excerpts)
    assert bundle.warnings == ("1 highlight without a tag: kept as excerpts without a code.",)
    assert sniff.kind_of(data, "x") == "taguette"


WORDS = st.lists(
    st.sampled_from([*"abå .&<\n", "e\u0301", "😅", "שלום", "\u200f", "漢", "\xa0"]), min_size=1, max_size=40
)


@given(st.lists(WORDS.map("".join), min_size=1, max_size=4), st.sampled_from(["", "\n"]), st.data())
@settings(max_examples=150, deadline=None)
def test_what_taguette_writes_is_read_back_exactly_or_marked(paragraphs, between, data):
    html = between.join(f"<p>{escape(words)}</p>" for words in paragraphs)
    text = between.join(paragraphs)
    ends = st.integers(0, len(text))
    places = {tuple(sorted(pair)) for pair in data.draw(st.lists(st.tuples(ends, ends), min_size=1, max_size=8))}
    spans = [(start, end) for start, end in sorted(places) if text[start:end].strip()]
    rows = [
        {"id": n, "document_id": 1, "start_offset": len(text[:start].encode()), "end_offset": len(text[:end].encode()),
         "snippet": f"<p>{escape(text[start:end])}</p>"}
        for n, (start, end) in enumerate(spans, start=1)
    ]  # fmt: skip
    documents = [{"id": 1, "name": "P01", "project_id": 1, "contents": html}]
    tags = [{"id": n, "project_id": 1, "path": f"span {n}", "description": ""} for n in range(1, len(spans) + 1)]
    links = [{"highlight_id": n, "tag_id": n} for n in range(1, len(spans) + 1)]
    bundle = read(*rows, documents=documents, tags=tags, highlight_tags=links)
    assert (len(bundle.codings), bundle.quotes_total) == (len(spans), len(spans))
    excerpts = {e.excerpt_id: e for e in bundle.excerpts}
    for coding in bundle.codings:
        start, end = spans[int(coding.code_path.removeprefix("span ")) - 1]
        excerpt = excerpts[coding.excerpt_id]
        if excerpt.verification == "verified":
            assert bundle.documents[0].text[excerpt.start : excerpt.end] == excerpt.text
            assert "".join(excerpt.text.split()) == "".join(text[start:end].split()), "white space aside"
        else:
            assert excerpt.text == text[start:end]


WHOLE = project([highlight(1, "ringer"), highlight(2, "video")])


@given(st.lists(st.tuples(st.integers(16, len(WHOLE) - 1), st.integers(0, 255)), max_size=30))
@settings(max_examples=100, deadline=None)
def test_a_damaged_file_is_read_or_refused_and_nothing_else_happens(damage):
    data = bytearray(WHOLE)
    for place, value in damage:
        data[place] = value
    said = ""
    try:
        kind = sniff.kind_of(bytes(data), "study.sqlite3")
        said = READERS[kind](bytes(data), "study.sqlite3", lambda _stage, _share: None).producer
    except ImportProblem as refused:
        said = refused.where
    assert said in ("Taguette", "study.sqlite3")


def test_letters_within_a_word_are_no_place_of_a_short_quote():
    bundle = read(highlight(1, "ringer", moved=2, snippet="<p>inge</p>"), highlight(2, "chatt", moved=-3))
    assert [(e.text, e.verification) for e in bundle.excerpts] == [("inge", "not_verified"), ("chatt", "verified")]


def test_what_lost_its_document_or_its_tag_and_what_is_anothers_is_counted():
    bundle = read(
        highlight(1, "ringer"), highlight(2, "video", document=99),
        documents=[{"id": 1, "name": "P01", "project_id": 1, "contents": HTML},
                   {"id": 2, "name": "other", "project_id": 2, "contents": "<p>x</p>"}],
        tags=[{"id": 1, "project_id": 1, "path": "a", "description": ""}],
        highlight_tags=[{"highlight_id": 1, "tag_id": 1}, {"highlight_id": 1, "tag_id": 77}],
    )  # fmt: skip
    assert bundle.warnings == (
        "1 document and 0 tags of another project in the file left out.",
        "1 highlight of documents that are no longer there left out.",
        "1 coding of tags or highlights that are no longer there left out.",
    )
