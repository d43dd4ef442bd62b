"""REFI-QDA projects (.qdpx, .qde) of NVivo, QualCoder, ATLAS.ti, MAXQDA and others, read into a bundle.

Programs write the standard each in their own way; `docs/formats.md` lists the ways. What cannot be read
surely is refused with its places, what a study does not take is counted in a warning, and users' names and
paths never leave this module.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from dashboard.errors import ImportProblem
from dashboard.importers.archive import open_archive
from dashboard.importers.names import counted, listed
from dashboard.importers.offsets import Reading, Source, read_offsets
from dashboard.importers.refi_cases import Known, Links, read_cases, read_sets
from dashboard.importers.refi_codebook import Codebook, read_codebook
from dashboard.importers.refi_sources import (
    Given,
    LeftOut,
    RefiSource,
    Selection,
    read_sources,
    refuse_positions,
)
from dashboard.importers.refi_xml import children, read_project
from dashboard.model import Bundle, Coding, Document, Excerpt, Verification

Progress = Callable[[str, float], None]


def _silent(stage: str, share: float) -> None:
    """Tell nobody."""


def read(data: bytes, name: str, progress: Progress = _silent) -> Bundle:
    """Return the coded project as a bundle: documents, codes, excerpts, codings, cases, sets and warnings.

    Codings on the same span of the same document are one excerpt. `progress` is told each stage and the
    share of the work that is done.
    """
    progress("opening", 0.0)
    archive = open_archive(data, name)
    project = read_project(archive.project_xml, name)
    progress("codebook", 0.2)
    codebook = read_codebook(project, name)
    left_out = LeftOut()
    sources = list(read_sources(project, archive, left_out))
    _refuse_dangling(sources, codebook, name)
    progress("offsets", 0.4)
    readings = read_offsets([_as_offsets(source) for source in sources])
    refuse_positions(left_out.bad_positions + _outside(sources, readings), name)
    progress("excerpts", 0.8)
    found = _Excerpts(codebook.path_of, left_out)
    for number, (source, reading) in enumerate(zip(sources, readings, strict=True), start=1):
        found.add(f"d{number}", source, reading)
    bundle = _bundle(data, name, project, codebook, sources, readings, found)
    progress("done", 1.0)
    return bundle


@dataclass
class _Stretch:
    """One excerpt in the making: everything that was said of one span."""

    start: int | None
    end: int | None
    text: str
    is_verified: bool
    memos: dict[str, None] = field(default_factory=dict)
    codings: list[Given] = field(default_factory=list)


@dataclass
class _Excerpts:
    """The excerpts and codings of the project so far; coders are numbered as they first appear."""

    path_of: dict[str, str]
    left_out: LeftOut
    excerpts: list[Excerpt] = field(default_factory=list)
    codings: list[Coding] = field(default_factory=list)
    coders: dict[str, str] = field(default_factory=dict)

    def add(self, document_id: str, source: RefiSource, reading: Reading) -> None:
        """Take over one source's selections, one excerpt for each span."""
        for stretch in self._stretches(source, reading):
            excerpt_id = f"e{len(self.excerpts) + 1}"
            verification: Verification = "verified" if stretch.is_verified else "not_verified"
            self.excerpts.append(
                Excerpt(
                    excerpt_id,
                    document_id,
                    stretch.start,
                    stretch.end,
                    stretch.text,
                    verification=verification,
                    memo="\n".join(stretch.memos),
                )
            )
            for given in stretch.codings:
                self.codings.append(Coding(excerpt_id, self.path_of[given.code], self._coder(given.coder)))

    def _stretches(self, source: RefiSource, reading: Reading) -> Iterator[_Stretch]:
        grouped: dict[tuple[int, int], _Stretch] = {}
        converted = iter(zip(reading.spans, reading.verified, strict=True))
        for selection in source.selections:
            stretch = _stretch(selection, source, reading, converted)
            if stretch.start is not None and stretch.start == stretch.end and selection.span:
                self.left_out.counts["empty"] += 1
                continue
            key = (stretch.start or 0, stretch.end or 0)
            if stretch.start is None and selection.span:
                key = (selection.span.start, selection.span.end)
            kept = grouped.setdefault(key, stretch)
            kept.is_verified = kept.is_verified and stretch.is_verified
            kept.memos.update(dict.fromkeys([selection.memo] if selection.memo else []))
            kept.codings += selection.given
        yield from grouped.values()

    def _coder(self, user: str) -> str:
        return self.coders.setdefault(user, f"coder {len(self.coders) + 1}") if user else ""


def _stretch(
    selection: Selection,
    source: RefiSource,
    reading: Reading,
    converted: Iterator[tuple[tuple[int, int], bool]],
) -> _Stretch:
    if source.raw is None:
        # Without the text, what the program noted of the quote is all there is: kept as not verified.
        return _Stretch(None, None, selection.span.quote if selection.span else "", False)
    if selection.span is None:
        return _Stretch(0, len(reading.text), reading.text, True)
    (start, end), is_verified = next(converted)
    return _Stretch(start, end, reading.text[start:end], is_verified)


def _as_offsets(source: RefiSource) -> Source:
    if source.raw is None:
        return Source("", ())
    return Source(source.raw, tuple(s.span for s in source.selections if s.span is not None))


def _outside(sources: Sequence[RefiSource], readings: Sequence[Reading]) -> list[str]:
    places = []
    for source, reading in zip(sources, readings, strict=True):
        spans = _as_offsets(source).spans
        for i in reading.outside:
            places.append(f"{source.name} {spans[i].start}–{spans[i].end} (text of {len(reading.text)} characters)")
    return places


def _refuse_dangling(sources: Sequence[RefiSource], codebook: Codebook, name: str) -> None:
    lost = [
        f"{given.code or '(no CodeRef)'} in {source.name}"
        + (f" {selection.span.start}–{selection.span.end}" if selection.span else "")
        for source in sources
        for selection in source.selections
        for given in selection.given
        if given.code not in codebook.path_of
    ]
    if lost:
        raise ImportProblem(
            f"{counted(len(lost), 'coding refers', 'codings refer')} to a code that is not in the codebook: "
            f"{listed(lost)}.",
            where=name,
            remedy="Export the project again together with its whole codebook.",
        )


def _bundle(
    data: bytes,
    name: str,
    project: Element,
    codebook: Codebook,
    sources: Sequence[RefiSource],
    readings: Sequence[Reading],
    found: _Excerpts,
) -> Bundle:
    documents = tuple(
        Document(f"d{number}", source.name, reading.text, hashlib.sha256(reading.text.encode()).hexdigest())
        for number, (source, reading) in enumerate(zip(sources, readings, strict=True), start=1)
    )
    by_guid = {source.guid: d.document_id for source, d in zip(sources, documents, strict=True) if source.guid}
    links = read_cases(
        project,
        [(d.document_id, source.element) for source, d in zip(sources, documents, strict=True)],
        Known(by_guid, _selection_documents(sources), {d.document_id: d.name for d in documents}),
    )
    code_sets, document_sets, n_lost = read_sets(project, codebook.path_of, by_guid)
    passed, total = _checks(sources, readings)
    return Bundle(
        producer=(project.get("origin") or "").strip() or "REFI-QDA",
        source_name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        documents=documents,
        codes=codebook.codes,
        excerpts=tuple(found.excerpts),
        codings=tuple(found.codings),
        cases=tuple(links.cases),
        code_sets=code_sets,
        document_sets=document_sets,
        quotes_verified=passed,
        quotes_total=total,
        warnings=tuple(_warnings(project, sources, readings, found.left_out, links, n_lost)),
    )


def _selection_documents(sources: Sequence[RefiSource]) -> dict[str, str]:
    return {guid: f"d{number}" for number, source in enumerate(sources, start=1) for guid in source.selection_guids}


def _checks(sources: Sequence[RefiSource], readings: Sequence[Reading]) -> tuple[int, int]:
    """Return how many quotes were found as the file has them, and how many could be looked for."""
    passed = total = 0
    for source, reading in zip(sources, readings, strict=True):
        passed += reading.checks_passed
        total += reading.checks
        if source.raw is None:
            spans = [s.span for s in source.selections if s.span is not None]
            total += sum(span.has_quote for span in spans) or len({(span.start, span.end) for span in spans})
    return passed, total


def _warnings(
    project: Element,
    sources: Sequence[RefiSource],
    readings: Sequence[Reading],
    left_out: LeftOut,
    links: Links,
    n_lost: int,
) -> Iterator[str]:
    without = [source.name for source in sources if source.raw is None]
    if without:
        yield (
            f"{counted(len(without), 'source')} without plain text in the file: {listed(without)}. "
            "Quotes are as the program noted them and cannot be checked."
        )
    doubtful = [s.name for s, r in zip(sources, readings, strict=True) if not r.accepted]
    if doubtful:
        yield (
            f"The positions in {counted(len(doubtful), 'source')} fit no way of counting characters well "
            f"enough, so their quotes are not verified: {listed(doubtful)}."
        )
    counts = left_out.counts
    if counts["annotation"]:
        yield f"{counted(counts['annotation'], 'selection')} without a code (annotations) left out."
    if counts["region"] or counts["source"]:
        yield (
            f"{counted(counts['region'], 'selection')} in pictures, audio, video or PDF pages left out with "
            f"{counted(counts['coding'], 'coding')} ({counted(counts['source'], 'source')} without text): "
            "only text can be quoted."
        )
    if counts["empty"]:
        yield f"{counted(counts['empty'], 'coded selection')} of no length left out."
    notes = sum(len(list(holder)) for holder in children(project, "Notes", "Links", "Graphs"))
    if notes:
        yield f"{counted(notes, 'note, link or drawing', 'notes, links and drawings')} left out."
    if n_lost:
        yield f"{counted(n_lost, 'member')} of sets led nowhere and left out."
    yield from links.warnings
