"""RQDA projects (.rqda), read into a bundle.

RQDA deletes nothing: a row whose status is not 1 is gone from its windows but not from the file. Such rows stay out,
and how many codings that were is told. Owners become "coder 1" ….
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from dashboard.importers import sqlite_file
from dashboard.importers.cases import Cases
from dashboard.importers.code_tree import Codebook, Node, tree
from dashboard.importers.coded_project import read_texts, silent
from dashboard.importers.excerpts import CodedText, Given, Selection
from dashboard.importers.names import counted, unique
from dashboard.importers.offsets import Span
from dashboard.importers.sqlite_file import Record, Tables, whole
from dashboard.model import Bundle, Progress

TABLES = frozenset(("source", "freecode", "coding"))
"""What tells an RQDA database from others."""


@dataclass
class _Sets:
    """Sets of codes and documents by their category."""

    codes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    documents: dict[str, tuple[str, ...]] = field(default_factory=dict)


def read(data: bytes, name: str, progress: Progress = silent) -> Bundle:
    """Return the coded project as a bundle. A code in several categories stands in the first, and in a set of each."""
    progress("opening", 0.0)
    left_out: Counter[str] = Counter()
    sets = _Sets()
    with sqlite_file.opened(data, name) as tables:
        codebook = _codebook(tables, sets)
        progress("codebook", 0.2)
        sources = _sources(tables, codebook, left_out)
        document_of = {source: f"d{number}" for number, source in enumerate(sources, start=1)}
        cases = _cases(tables, document_of, {document_of[key]: source.name for key, source in sources.items()})
        members = _members(tables, "treefile", "select * from treefile", "fid")
        for key, title in _categories(tables, "filecat", "select * from filecat order by catid").items():
            if inside := tuple(document_of[f] for f in members.get(key, ()) if f in document_of):
                sets.documents[title] = _joined(sets.documents.get(title, ()), inside)
        _count_left_out(tables, left_out)
    progress("offsets", 0.4)
    found, doubts = read_texts(list(sources.values()), codebook.path_of)
    progress("done", 1.0)
    return Bundle(
        producer="RQDA",
        source_name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        documents=tuple(found.documents),
        codes=codebook.codes,
        excerpts=tuple(found.excerpts),
        codings=tuple(found.codings),
        cases=tuple(cases.found),
        code_sets=sets.codes,
        document_sets=sets.documents,
        quotes_verified=found.checks_passed,
        quotes_total=found.checks,
        warnings=(*doubts, *_warnings(left_out), *cases.warnings),
    )


def _is_live(row: Record) -> bool:
    return whole(row.get("status", 1)) == 1


def _live(rows: Iterable[Record]) -> Iterator[Record]:
    return (row for row in rows if _is_live(row))


def _categories(tables: Tables, table: str, sql: str) -> dict[int | None, str]:
    return {whole(row.get("catid")): tables.text(row.get("name"), "name of a category").strip() or "(no name)"
            for row in _live(tables.rows(table, sql))}  # fmt: skip


def _members(tables: Tables, table: str, sql: str, column: str) -> dict[int | None, list[int]]:
    """Return what lies in each category, in the order in which it was put there."""
    found: dict[int | None, list[int]] = {}
    for row in _live(tables.rows(table, sql)):
        member = whole(row.get(column))
        inside = found.setdefault(whole(row.get("catid")), [])
        if member is not None and member not in inside:
            inside.append(member)
    return found


def _joined(first: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    """Return the members of two categories of one name, each once."""
    return tuple(dict.fromkeys((*first, *more)))


def _codebook(tables: Tables, sets: _Sets) -> Codebook:
    categories = _categories(tables, "codecat", "select * from codecat order by catid")
    members = _members(tables, "treecode", "select * from treecode", "cid")
    first: dict[int, str] = {}
    for category in categories:
        for code in members.get(category, ()):
            first.setdefault(code, f"category {category}")
    nodes = [
        Node(
            f"code {key}",
            tables.text(row.get("name"), "name of a code"),
            first.get(key, ""),
            tables.text(row.get("memo"), "memo of a code").strip(),
            colour=tables.text(row.get("color"), "colour"),
        )
        for row in _live(tables.rows("freecode", "select * from freecode order by id"))
        if (key := whole(row.get("id"))) is not None
    ]
    memos = {whole(row.get("catid")): tables.text(row.get("memo"), "memo of a category").strip()
             for row in tables.rows("codecat", "select * from codecat")}  # fmt: skip
    nodes += [Node(f"category {key}", title, "", memos.get(key, ""), False) for key, title in categories.items()]
    codebook = tree(nodes)
    for key, title in categories.items():
        if inside := tuple(path for c in members.get(key, ()) if (path := codebook.path_of.get(f"code {c}"))):
            sets.codes[title] = _joined(sets.codes.get(title, ()), inside)
    return codebook


def _sources(tables: Tables, codebook: Codebook, left_out: Counter[str]) -> dict[int, CodedText]:
    rows = {key: row for row in _live(tables.rows("source", "select * from source order by id"))
            if (key := whole(row.get("id"))) is not None}  # fmt: skip
    selections: dict[int, list[Selection]] = {key: [] for key in rows}
    for row in tables.rows("coding", "select * from coding order by fid, selfirst, selend"):
        source, code = whole(row.get("fid")), f"code {whole(row.get('cid'))}"
        if not _is_live(row) or source not in selections or code not in codebook.path_of:
            left_out["deleted"] += 1
            continue
        start, end = whole(row.get("selfirst")), whole(row.get("selend"))
        quote = tables.text(row.get("seltext"), "words of a coding")
        given = Given(code, tables.text(row.get("owner"), "owner"))
        memo = tables.text(row.get("memo"), "memo of a coding").strip()
        selections[source].append(Selection("", Span(start or 0, end or 0, quote), memo, (given,)))
    taken: set[str] = set()
    return {
        key: CodedText(
            unique(tables.text(row.get("name"), "name of a file").strip() or f"Document {key}", taken),
            tables.text(row.get("file"), "text of a file"),
            tuple(selections[key]),
            keeps_quotes=any(s.span is not None and s.span.has_quote for s in selections[key]),
        )
        for key, row in rows.items()
    }


def _cases(tables: Tables, document_of: Mapping[int, str], name_of: Mapping[str, str]) -> Cases:
    linked: dict[int | None, dict[str, None]] = {}
    for row in _live(tables.rows("caselinkage", "select * from caselinkage order by caseid, fid")):
        if document_id := document_of.get(whole(row.get("fid")) or 0):
            linked.setdefault(whole(row.get("caseid")), {})[document_id] = None
    of_case = _attributes(tables, "caseattr", "select * from caseAttr", "caseid")
    of_file = _attributes(tables, "fileattr", "select * from fileAttr", "fileid")
    cases = Cases()
    for row in _live(tables.rows("cases", "select * from cases order by id")):
        key = whole(row.get("id"))
        cases.add(tables.text(row.get("name"), "name of a case"), of_case.get(key, {}), tuple(linked.get(key, ())))
    cases.match_by_name(name_of)
    for file_key, document_id in document_of.items():
        if values := of_file.get(file_key):
            cases.add_values(document_id, name_of[document_id], values)
    return cases


def _attributes(tables: Tables, table: str, sql: str, column: str) -> dict[int | None, dict[str, str]]:
    found: dict[int | None, dict[str, str]] = {}
    for row in _live(tables.rows(table, sql)):
        values = found.setdefault(whole(row.get(column)), {})
        values[tables.text(row.get("variable"), "name of an attribute")] = tables.text(row.get("value"), "attribute")
    return found


def _count_left_out(tables: Tables, left_out: Counter[str]) -> None:
    for table, sql in (("annotation", "select * from annotation"), ("journal", "select * from journal")):
        left_out["note"] += sum(1 for _row in _live(tables.rows(table, sql)))
    left_out["region"] += sum(1 for _row in _live(tables.rows("imagecoding", "select * from imageCoding")))


def _warnings(left_out: Counter[str]) -> Iterator[str]:
    if left_out["deleted"]:
        yield f"{counted(left_out['deleted'], 'coding')} deleted in RQDA but still in the file left out."
    if left_out["region"]:
        yield f"{counted(left_out['region'], 'coding')} of pictures left out: only text can be quoted."
    if left_out["note"]:
        yield f"{counted(left_out['note'], 'annotation or journal', 'annotations and journals')} left out."
