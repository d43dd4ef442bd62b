"""Coded-segment tables of MAXQDA, ATLAS.ti, Dedoose, NVivo, Taguette, QualCoder and by hand, read into a bundle.

A row is a quote with one code or several. The texts themselves are not in such a table, so documents have none and
quotes are as typed. The same quote in the same document is one excerpt, unless the table says that it stands elsewhere.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from dashboard.errors import ImportProblem
from dashboard.importers.grid import Grid
from dashboard.importers.names import counted, listed, stem, unique
from dashboard.importers.segment_codes import Codebook, reading_of
from dashboard.importers.segment_columns import Layout
from dashboard.model import Bundle, Case, Coding, Document, Excerpt

PRODUCER = "coded-segment table"
NOBODY = "(no participant)"
NO_TEXT = hashlib.sha256(b"").hexdigest()


@dataclass(frozen=True)
class SegmentTable:
    """A table and where in it each thing stands."""

    grid: Grid
    layout: Layout


@dataclass(frozen=True)
class _Line:
    """One row that has a quote and a code."""

    document: tuple[str, str]
    """The group that the document stands in, "" without one, and its name."""
    participant: str
    quote: str
    paths: tuple[tuple[str, ...], ...]
    coder: str
    memo: str
    attributes: tuple[tuple[str, str], ...]
    place: tuple[str, ...]
    """Where in the document the words stand, as far as the table says."""
    table: int


@dataclass
class _Read:
    """The rows of all tables, and what became of those that are none of ours."""

    lines: list[_Line] = field(default_factory=list)
    rows: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def read(tables: Sequence[SegmentTable], source_name: str) -> Bundle:
    """Return the bundle of one or more coded-segment tables, with what every row became as its first warning.

    Raises, with the rows, where a quote has neither a document nor a participant.
    """
    found = _Read()
    for number, table in enumerate(tables):
        _take(table, number, found)
    if found.lost:
        raise ImportProblem(
            f"{counted(len(found.lost), 'row names', 'rows name')} neither a document nor a participant: "
            f"{listed(found.lost)}.",
            where=source_name,
            remedy="Fill the cell in every row; a merged cell holds its word in the first row only.",
        )
    if not found.lines:
        raise ImportProblem(
            f"None of {counted(found.rows, 'row')} has both a quote and a code.",
            where=source_name,
            remedy="Say under [columns] in a mapping which columns hold them.",
        )
    return _bundle(found, tables, source_name)


def _take(table: SegmentTable, order: int, found: _Read) -> None:
    layout, rows = table.layout, table.grid.rows[table.layout.header + 1 :]
    sheet = stem(table.grid.title) if layout.sheet_is else ""
    codes, warnings = reading_of(layout, [cells for _n, cells in rows], sheet if layout.sheet_is == "code" else "")
    found.warnings += [f"{table.grid.name}: {warning}" for warning in warnings]
    if layout.unread:
        found.warnings.append(
            f"{table.grid.name}: {counted(len(layout.unread), 'column')} not read: {listed(layout.unread)}."
        )
    _refuse_longer_rows(table)
    for number, cells in rows:
        said = {role: _said(cells, at) for role, at in layout.single.items()}
        document = said.get("document") or (sheet if layout.sheet_is == "document" else "")
        participant = said.get("participant") or (sheet if layout.sheet_is == "participant" else "")
        found.rows += 1
        paths = codes.paths(cells)
        if not said["quote"] or not paths:
            found.counts["without a quote" if not said["quote"] else "without a code"] += 1
            continue
        if not document and not participant:
            found.lost.append(f"{table.grid.name}, row {number}" if not found.lost else str(number))
            continue
        attributes = [(name, _said(cells, at)) for at, name in layout.attributes]
        found.lines.append(
            _Line(
                (said.get("group", ""), document or participant),
                participant,
                said["quote"],
                tuple(paths),
                said.get("coder", ""),
                said.get("memo", ""),
                tuple(attributes),
                tuple(_said(cells, at) for at in layout.place),
                order,
            )
        )


def _refuse_longer_rows(table: SegmentTable) -> None:
    # A quote with a bare delimiter would lose its end, and what stood after it would be taken for another column.
    header = table.grid.rows[table.layout.header][1]
    width = max(n for n, cell in enumerate(header, start=1) if cell.strip())
    for number, cells in table.grid.rows[table.layout.header + 1 :]:
        if any(cell.strip() for cell in cells[width:]):
            raise ImportProblem(
                f"The row has {len(cells)} cells, the header {width}.",
                where=f"{table.grid.name}, row {number}",
                remedy="A text that holds the delimiter must stand in quotation marks.",
            )


def _said(cells: Sequence[str], at: int) -> str:
    return cells[at].replace("\r\n", "\n").replace("\r", "\n").strip() if at < len(cells) else ""


@dataclass
class _Making:
    """Documents, excerpts and codings as they appear; coders are numbered, their names stay behind."""

    names: dict[tuple[tuple[str, str], str], str]
    documents: dict[str, Document] = field(default_factory=dict)
    excerpts: dict[tuple[str, str, tuple[str, ...], int], Excerpt] = field(default_factory=dict)
    """By document, quote, place, and the how manieth time that these words stand there."""
    memos: dict[str, dict[str, None]] = field(default_factory=dict)
    codings: dict[Coding, None] = field(default_factory=dict)
    times: dict[tuple[object, ...], int] = field(default_factory=lambda: defaultdict(int))
    """How often a table gave a code to words, by document, words, place, table, code and coder."""
    coders: dict[str, str] = field(default_factory=dict)
    book: Codebook = field(default_factory=Codebook)
    again: int = 0
    given_before: int = 0

    def add(self, line: _Line) -> str:
        """Take over one row and return the id of its document."""
        name = self.names[line.document, line.participant]
        if name not in self.documents:
            self.documents[name] = Document(f"d{len(self.documents) + 1}", name, "", NO_TEXT)
        document = self.documents[name]
        codes = [(self.book.path(path), self._coder(line.coder)) for path in line.paths]
        excerpt_id = self._excerpt(document.document_id, line, codes)
        self.memos.setdefault(excerpt_id, {}).update({line.memo: None} if line.memo else {})
        for code, coder in codes:
            coding = Coding(excerpt_id, code, coder)
            self.given_before += coding in self.codings
            self.codings[coding] = None
        return document.document_id

    def _excerpt(self, document_id: str, line: _Line, codes: Sequence[tuple[str, str]]) -> str:
        """Return the excerpt of a row: the one with these words, or the next one where this table gave the code there.

        No program lists a coding twice, so the same row again is the same words at another place.
        """
        given = [(document_id, line.quote, line.place, line.table, code, coder) for code, coder in codes]
        nth = max(self.times[key] for key in given)
        self.times.update(dict.fromkeys(given, nth + 1))
        key = (document_id, line.quote, line.place, nth)
        if key not in self.excerpts:
            self.again += nth > 0
            self.excerpts[key] = Excerpt(f"e{len(self.excerpts) + 1}", document_id, None, None, line.quote)
        return self.excerpts[key].excerpt_id

    def _coder(self, name: str) -> str:
        return self.coders.setdefault(name, f"coder {len(self.coders) + 1}") if name else ""


def _bundle(found: _Read, tables: Sequence[SegmentTable], source_name: str) -> Bundle:
    names, warnings = _names(found.lines)
    making = _Making(names)
    groups: dict[str, dict[str, None]] = {}
    people: dict[str, tuple[dict[str, None], dict[str, str]]] = {}
    differ: dict[str, None] = {}
    named = {document: [who for who in people if who] for document, people in _people(found.lines).items()}
    alone = {document: people[0] for document, people in named.items() if len(people) == 1}
    for line in found.lines:
        document_id = making.add(line)
        if line.document[0]:
            groups.setdefault(line.document[0], {})[document_id] = None
        if line.participant or line.attributes:
            who = line.participant or alone.get(line.document) or stem(names[line.document, line.participant])
            ids, attributes = people.setdefault(who, ({}, {}))
            ids[document_id] = None
            for name, value in line.attributes:
                if value and attributes.setdefault(name, value) != value:
                    differ[f"{who}: {name}"] = None
    if differ:
        warnings.append(f"Attributes with more than one value, of which the first counts: {listed(list(differ))}.")
    programs = dict.fromkeys(table.layout.program for table in tables if table.layout.program)
    return Bundle(
        producer=", ".join(programs) or PRODUCER,
        source_name=source_name,
        sha256="",
        documents=tuple(making.documents.values()),
        codes=making.book.in_order(),
        excerpts=tuple(replace(e, memo="\n".join(making.memos[e.excerpt_id])) for e in making.excerpts.values()),
        codings=tuple(making.codings),
        cases=tuple(Case(who, attributes, tuple(ids)) for who, (ids, attributes) in people.items()),
        document_sets={name: tuple(ids) for name, ids in groups.items()},
        quotes_verified=0,
        quotes_total=len(making.excerpts),
        warnings=(*_account(found, making), *warnings, *found.warnings),
    )


def _people(lines: Sequence[_Line]) -> dict[tuple[str, str], dict[str, None]]:
    """Return who speaks in each document, in order; "" where a row does not say."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for line in lines:
        found.setdefault(line.document, {})[line.participant] = None
    return found


def _names(lines: Sequence[_Line]) -> tuple[dict[tuple[tuple[str, str], str], str], list[str]]:
    """Return what to call each document, one for each person in it, and what to say about it."""
    voices = _people(lines)
    groups = Counter(name for _group, name in voices)
    given = {document for document, people in voices.items() if "" in people and len(people) == 2}
    unnamed = sum(not line.participant and line.document in given for line in lines)
    taken: set[str] = set()
    names: dict[tuple[tuple[str, str], str], str] = {}
    shared: list[str] = []
    for document, people in voices.items():
        group, name = document
        called = f"{group} · {name}" if groups[name] > 1 and group else name
        named = [person for person in people if person]
        if len(named) > 1:
            shared.append(called)
            for person in people:
                names[document, person] = unique(f"{called} · {person or NOBODY}", taken)
        else:
            # Rows that name nobody, in a document of one person, are that person's.
            names.update(dict.fromkeys(((document, person) for person in people), unique(called, taken)))
    warnings = []
    if shared:
        warnings.append(
            f"{counted(len(shared), 'document')} with more than one participant, taken as a document for each: "
            f"{listed(shared)}."
        )
    if unnamed:
        warnings.append(
            f"{counted(unnamed, 'row names', 'rows name')} nobody, in documents of one person: taken as that person's."
        )
    return names, warnings


def _account(found: _Read, making: _Making) -> Iterable[str]:
    """Return what became of every row and of every code that a row gives."""
    yield (
        f"{counted(found.rows, 'row')} read: {counted(len(making.excerpts), 'excerpt')} with "
        f"{counted(len(making.codings), 'coding')}."
    )
    for what, number in sorted(found.counts.items()):
        yield f"{counted(number, 'row')} {what} left out."
    if making.again:
        yield (
            f"{counted(making.again, 'excerpt')} with the words of another in the same document and the same code: "
            "the same words at another place, because the table has a row for each."
        )
    if making.given_before:
        yield f"{counted(making.given_before, 'coding')} in more than one of the tables, counted once."
    yield "Quotes come as typed in the table: there is no transcript to verify them against."
