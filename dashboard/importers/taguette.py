"""Taguette projects (.sqlite3), read into a bundle.

A highlight's offsets count the UTF-8 bytes of the document's text nodes, and its snippet holds the words; the two are
checked against each other. Names of users and e-mail addresses stand in tables that are never read.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dashboard.errors import ImportProblem
from dashboard.importers import sqlite_file
from dashboard.importers.code_tree import DEPTH_LIMIT, Codebook
from dashboard.importers.coded_project import read_texts, silent
from dashboard.importers.excerpts import CodedText, Given, Selection
from dashboard.importers.html_text import text_of
from dashboard.importers.names import counted, listed, unique
from dashboard.importers.offsets import Span
from dashboard.importers.sqlite_file import Record, Tables, whole
from dashboard.importers.tags import read_tags
from dashboard.model import Bundle, Progress

TABLES = frozenset(("documents", "highlights", "tags"))
"""What tells a Taguette database from others."""


@dataclass(frozen=True)
class _Project:
    """The rows of one project of the database."""

    documents: tuple[Record, ...]
    highlights: tuple[Record, ...]
    tags: tuple[Record, ...]
    tags_of: Mapping[int | None, tuple[str, ...]]
    """Highlight → keys of its tags."""
    left_out: Counter[str]
    """How many rows of another project, or of what is no longer there."""


def read(data: bytes, name: str, progress: Progress = silent) -> Bundle:
    """Return the coded project as a bundle. A highlight without a tag is an excerpt without a code.

    Raises where the database holds several projects, as a server's does, or a document or tag that is not text.
    """
    progress("opening", 0.0)
    with sqlite_file.opened(data, name) as tables:
        project = _project(tables)
        progress("codebook", 0.2)
        codebook = _codebook(project, tables)
        sources = tuple(_sources(project, tables))
    progress("offsets", 0.4)
    found, doubts = read_texts(sources, codebook.path_of)
    progress("done", 1.0)
    return Bundle(
        producer="Taguette",
        source_name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        documents=tuple(found.documents),
        codes=codebook.codes,
        excerpts=tuple(found.excerpts),
        codings=tuple(found.codings),
        quotes_verified=found.checks_passed,
        quotes_total=found.checks,
        warnings=(*doubts, *_warnings(project, sources)),
    )


def _project(tables: Tables) -> _Project:
    """Return the one project that holds highlights, or else documents."""
    documents = tuple(tables.rows("documents", "select * from documents order by id"))
    highlights = tuple(tables.rows("highlights", "select * from highlights order by document_id, start_offset, id"))
    names = {row["id"]: tables.text(row.get("name"), "project's name") for row in tables.rows(
        "projects", "select id, name from projects order by id")}  # fmt: skip
    of_document = {row["id"]: row.get("project_id") for row in documents}
    coded = dict.fromkeys(of_document[h["document_id"]] for h in highlights if h["document_id"] in of_document)
    candidates = list(coded) or list(dict.fromkeys(of_document.values()))
    if len(candidates) > 1:
        raise ImportProblem(
            f"The database holds {len(candidates)} projects: {listed([names.get(c, str(c)) for c in candidates])}.",
            where=tables.name,
            remedy="In Taguette, open the one that you want and choose Project info › Export project (SQLite3).",
        )
    kept = tuple(row for row in documents if not candidates or row.get("project_id") == candidates[0])
    ids = {row["id"] for row in kept}
    all_tags = tuple(tables.rows("tags", "select * from tags order by id"))
    tags = tuple(row for row in all_tags if not candidates or row.get("project_id", candidates[0]) == candidates[0])
    tags_of, lost = _tags_of(tables, tags, highlights)
    left_out = Counter(
        document=len(documents) - len(kept),
        tag=len(all_tags) - len(tags),
        highlight=sum(row["document_id"] not in of_document for row in highlights),
        coding=lost,
    )
    highlights = tuple(row for row in highlights if row["document_id"] in ids)
    return _Project(kept, highlights, tags, tags_of, left_out)


def _tags_of(
    tables: Tables, tags: Sequence[Record], highlights: Sequence[Record]
) -> tuple[dict[int | None, tuple[str, ...]], int]:
    """Return the keys of each highlight's tags, and how many codings have lost their tag or their highlight."""
    found: dict[int | None, list[str]] = {}
    known, there, lost = {_key(row["id"]) for row in tags}, {whole(row["id"]) for row in highlights}, 0
    for row in tables.rows("highlight_tags", "select highlight_id, tag_id from highlight_tags order by tag_id"):
        key, highlight = _key(row["tag_id"]), whole(row["highlight_id"])
        if key in known and highlight in there:
            found.setdefault(highlight, []).append(key)
        else:
            lost += 1
    return {highlight: tuple(keys) for highlight, keys in found.items()}, lost


def _codebook(project: _Project, tables: Tables) -> Codebook:
    by_key = {_key(row["id"]): row for row in project.tags}

    def path(key: str) -> str:
        """Return a tag with its parents' before it: newer versions keep the hierarchy in a column."""
        found, seen = tables.text(by_key[key].get("path"), "tag"), {key}
        while (parent := _key(by_key[key].get("parent_id"))) in by_key and parent not in seen:
            above = tables.text(by_key[parent].get("path"), "tag")
            found = found if found.startswith(f"{above}.") else f"{above}.{found}"
            seen.add(parent)
            key = parent
            if len(seen) > DEPTH_LIMIT:
                break
        return found

    return read_tags(
        {key: (path(key), tables.text(row.get("description"), "tag's description")) for key, row in by_key.items()}
    )


def _sources(project: _Project, tables: Tables) -> Iterator[CodedText]:
    taken: set[str] = set()
    by_document: dict[object, list[Record]] = {}
    for row in project.highlights:
        by_document.setdefault(row["document_id"], []).append(row)
    for number, row in enumerate(project.documents, start=1):
        title = tables.text(row.get("name"), "document's name").strip() or f"Document {number}"
        html = text_of(tables.text(row.get("contents"), f"document {title!r}"))
        yield CodedText(
            unique(title, taken),
            html.text,
            tuple(_selection(highlight, project, tables) for highlight in by_document.get(row["id"], ())),
            keeps_quotes=True,
            breaks=html.breaks,
        )


def _selection(row: Record, project: _Project, tables: Tables) -> Selection:
    start, end = whole(row.get("start_offset")), whole(row.get("end_offset"))
    quote = text_of(tables.text(row.get("snippet"), "highlight")).text
    given = tuple(Given(key, "") for key in project.tags_of.get(whole(row["id"]), ()))
    return Selection("", Span(0 if start is None else start, 0 if end is None else end, quote), "", given)


def _key(value: object) -> str:
    return "" if value is None else f"tag {value}"


def _warnings(project: _Project, sources: tuple[CodedText, ...]) -> Iterator[str]:
    untagged = sum(not selection.given for source in sources for selection in source.selections)
    if untagged:
        yield f"{counted(untagged, 'highlight')} without a tag: kept as excerpts without a code."
    left_out = project.left_out
    if left_out["document"] or left_out["tag"]:
        yield (
            f"{counted(left_out['document'], 'document')} and {counted(left_out['tag'], 'tag')} of another project in "
            "the file left out."
        )
    if left_out["highlight"]:
        yield f"{counted(left_out['highlight'], 'highlight')} of documents that are no longer there left out."
    if left_out["coding"]:
        yield f"{counted(left_out['coding'], 'coding')} of tags or highlights that are no longer there left out."
    if not project.documents:
        yield "The project holds no document."
