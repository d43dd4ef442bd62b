"""QualCoder projects (data.qda in the folder *.qda), read into a bundle: richer than what it exports as REFI-QDA.

Positions count code points, and each coding keeps its words; the two are checked against each other. Owners become
"coder 1" …, and no path is read.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping

from dashboard.importers import sqlite_file
from dashboard.importers.cases import Cases
from dashboard.importers.code_tree import Codebook, Node, tree
from dashboard.importers.coded_project import read_texts, silent
from dashboard.importers.excerpts import CodedText, Given, Selection
from dashboard.importers.names import counted, unique
from dashboard.importers.offsets import Span
from dashboard.importers.sqlite_file import Record, Tables, whole
from dashboard.model import Bundle, Progress

TABLES = frozenset(("source", "code_text", "code_name"))
"""What tells a QualCoder database from others."""


def read(data: bytes, name: str, progress: Progress = silent) -> Bundle:
    """Return the coded project as a bundle; any version of its database, as columns that are missing are empty."""
    progress("opening", 0.0)
    left_out: Counter[str] = Counter()
    with sqlite_file.opened(data, name) as tables:
        codebook = _codebook(tables)
        progress("codebook", 0.2)
        sources = _sources(tables, codebook, left_out)
        document_of = {source: f"d{number}" for number, source in enumerate(sources, start=1)}
        cases = _cases(tables, document_of, {document_of[key]: source.name for key, source in sources.items()})
        producer = next((tables.text(row.get("about"), "about") for row in tables.rows(
            "project", "select * from project")), "")  # fmt: skip
        _count_left_out(tables, left_out)
    progress("offsets", 0.4)
    found, doubts = read_texts(list(sources.values()), codebook.path_of)
    progress("done", 1.0)
    return Bundle(
        producer=producer.strip() if producer.strip().startswith("QualCoder") else "QualCoder",
        source_name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        documents=tuple(found.documents),
        codes=codebook.codes,
        excerpts=tuple(found.excerpts),
        codings=tuple(found.codings),
        cases=tuple(cases.found),
        quotes_verified=found.checks_passed,
        quotes_total=found.checks,
        warnings=(*doubts, *_warnings(left_out), *cases.warnings),
    )


def _codebook(tables: Tables) -> Codebook:
    """Return the codes: categories are folders; since version 16 a code may stand below another code as well."""
    nodes = []
    for row in tables.rows("code_name", "select * from code_name order by cid"):
        parent = _key("code", row.get("supercid")) or _key("category", row.get("catid"))
        nodes.append(_node("code", row, row.get("cid"), parent, tables))
    for row in tables.rows("code_cat", "select * from code_cat order by catid"):
        nodes.append(_node("category", row, row.get("catid"), _key("category", row.get("supercatid")), tables))
    return tree(nodes)


def _node(kind: str, row: Record, number: object, parent: str, tables: Tables) -> Node:
    return Node(
        _key(kind, number),
        tables.text(row.get("name"), f"name of a {kind}"),
        parent,
        tables.text(row.get("memo"), f"memo of a {kind}").strip(),
        is_codable=kind == "code",
        colour=tables.text(row.get("color"), "colour"),
    )


def _sources(tables: Tables, codebook: Codebook, left_out: Counter[str]) -> dict[int, CodedText]:
    """Return the sources with text by their id; pictures and recordings have none."""
    rows = {key: row for row in tables.rows("source", "select * from source order by id")
            if (key := whole(row.get("id"))) is not None and row.get("fulltext")}  # fmt: skip
    selections: dict[int, list[Selection]] = {key: [] for key in rows}
    for row in tables.rows("code_text", "select * from code_text order by fid, pos0, ctid"):
        source, code = whole(row.get("fid")), _key("code", row.get("cid"))
        if source not in selections or code not in codebook.path_of:
            left_out["orphan"] += 1
            continue
        start, end = whole(row.get("pos0")), whole(row.get("pos1"))
        quote = tables.text(row.get("seltext"), "words of a coding")
        given = Given(code, tables.text(row.get("owner"), "owner"))
        memo = tables.text(row.get("memo"), "memo of a coding").strip()
        selections[source].append(Selection("", Span(start or 0, end or 0, quote), memo, (given,)))
    taken: set[str] = set()
    return {
        key: CodedText(
            unique(tables.text(row.get("name"), "name of a source").strip() or f"Document {key}", taken),
            tables.text(row["fulltext"], "text of a source"),
            tuple(selections[key]),
            keeps_quotes=any(s.span is not None and s.span.has_quote for s in selections[key]),
        )
        for key, row in rows.items()
    }


def _cases(tables: Tables, document_of: Mapping[int, str], name_of: Mapping[str, str]) -> Cases:
    """Return the cases with their documents and attributes; attributes of a file go to the case of that file."""
    linked: dict[int | None, dict[str, None]] = {}
    for row in tables.rows("case_text", "select * from case_text order by id"):
        document_id = document_of.get(whole(row.get("fid")) or 0)
        if document_id:
            linked.setdefault(whole(row.get("caseid")), {})[document_id] = None
    of_case, of_file = _attributes(tables, "case"), _attributes(tables, "file")
    cases = Cases()
    for row in tables.rows("cases", "select * from cases order by caseid"):
        key = whole(row.get("caseid"))
        cases.add(tables.text(row.get("name"), "name of a case"), of_case.get(key, {}), tuple(linked.get(key, ())))
    cases.match_by_name(name_of)
    for file_key, document_id in document_of.items():
        if values := of_file.get(file_key):
            cases.add_values(document_id, name_of[document_id], values)
    return cases


def _attributes(tables: Tables, kind: str) -> dict[int | None, dict[str, str]]:
    found: dict[int | None, dict[str, str]] = {}
    for row in tables.rows("attribute", "select * from attribute order by attrid"):
        if row.get("attr_type") == kind:
            values = found.setdefault(whole(row.get("id")), {})
            values[tables.text(row.get("name"), "name of an attribute")] = tables.text(row.get("value"), "attribute")
    return found


def _count_left_out(tables: Tables, left_out: Counter[str]) -> None:
    for kind, table, sql in (
        ("region", "code_image", "select imid from code_image"),
        ("region", "code_av", "select avid from code_av"),
        ("note", "annotation", "select anid from annotation"),
        ("note", "journal", "select jid from journal"),
        ("media", "source", "select id from source where fulltext is null or fulltext = ''"),
    ):
        left_out[kind] += sum(1 for _row in tables.rows(table, sql))


def _warnings(left_out: Counter[str]) -> Iterator[str]:
    if left_out["region"] or left_out["media"]:
        yield (
            f"{counted(left_out['media'], 'source')} without text and {counted(left_out['region'], 'coding')} of "
            "pictures, sound or film left out: only text can be quoted."
        )
    if left_out["orphan"]:
        yield f"{counted(left_out['orphan'], 'coding')} of codes or sources that are no longer there left out."
    if left_out["note"]:
        yield f"{counted(left_out['note'], 'annotation or journal', 'annotations and journals')} left out."


def _key(kind: str, number: object) -> str:
    """Return the key of a code or category, "" where the column is empty."""
    return "" if number in (None, "", 0) else f"{kind} {number}"
