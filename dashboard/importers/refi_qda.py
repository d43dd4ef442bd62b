"""REFI-QDA projects (.qdpx, .qde) of NVivo, QualCoder, ATLAS.ti, MAXQDA and others, read into a bundle.

Programs write the standard each in their own way; `docs/formats.md` lists the ways. What cannot be read
surely is refused with its places, what a study does not take is counted in a warning, and users' names and
paths never leave this module.
"""

import hashlib
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from dashboard.errors import ImportProblem
from dashboard.importers.archive import open_archive
from dashboard.importers.code_tree import Codebook
from dashboard.importers.excerpts import Excerpts, as_offsets, doubtful, outside
from dashboard.importers.names import counted, listed
from dashboard.importers.offsets import read_offsets
from dashboard.importers.refi_cases import Known, read_cases, read_sets
from dashboard.importers.refi_codebook import read_codebook
from dashboard.importers.refi_sources import LeftOut, RefiSource, read_sources, refuse_positions
from dashboard.importers.refi_xml import children, read_project
from dashboard.model import Bundle, Progress


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
    readings = read_offsets([as_offsets(source) for source in sources])
    refuse_positions(left_out.bad_positions + outside(sources, readings), name)
    progress("excerpts", 0.8)
    found = Excerpts(codebook.path_of, counts=left_out.counts)
    for source, reading in zip(sources, readings, strict=True):
        found.add(source, reading)
    notes = (*_not_carried(sources), *doubtful(sources, readings), *_left_out(project, left_out), *found.warnings())
    bundle = _bundle(data, name, project, codebook, sources, found).with_warnings(*notes)
    progress("done", 1.0)
    return bundle


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
    data: bytes, name: str, project: Element, codebook: Codebook, sources: Sequence[RefiSource], found: Excerpts
) -> Bundle:
    documents = tuple(found.documents)
    by_guid = {source.guid: d.document_id for source, d in zip(sources, documents, strict=True) if source.guid}
    code_sets, document_sets, n_lost = read_sets(project, codebook.path_of, by_guid)
    cases = read_cases(
        project,
        [(d.document_id, source.element) for source, d in zip(sources, documents, strict=True)],
        Known(by_guid, _selection_documents(sources), {d.document_id: d.name for d in documents}),
        document_sets,
    )
    lost = [f"{counted(n_lost, 'member')} of sets led nowhere and left out."] if n_lost else []
    return Bundle(
        producer=(project.get("origin") or "").strip() or "REFI-QDA",
        source_name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        documents=documents,
        codes=codebook.codes,
        excerpts=tuple(found.excerpts),
        codings=tuple(found.codings),
        cases=tuple(cases.found),
        code_sets=code_sets,
        document_sets=document_sets,
        quotes_verified=found.checks_passed,
        quotes_total=found.checks,
        warnings=(*cases.warnings, *lost),
    )


def _selection_documents(sources: Sequence[RefiSource]) -> dict[str, str]:
    return {guid: f"d{number}" for number, source in enumerate(sources, start=1) for guid in source.selection_guids}


def _not_carried(sources: Sequence[RefiSource]) -> Iterator[str]:
    without = [source.name for source in sources if source.raw is None]
    if without:
        yield (
            f"{counted(len(without), 'source')} without plain text in the file: {listed(without)}. "
            "Quotes are as the program noted them and cannot be checked."
        )
    rich = [source.name for source in sources if not source.has_positions]
    if rich:
        yield (
            f"{counted(len(rich), 'source')} with formatted text (DOCX) only: {listed(rich)}. Positions mean nothing "
            "in it, so quotes are looked for by their words."
        )


def _left_out(project: Element, left_out: LeftOut) -> Iterator[str]:
    counts = left_out.counts
    if counts["annotation"]:
        yield f"{counted(counts['annotation'], 'selection')} without a code (annotations) left out."
    if counts["region"] or counts["source"]:
        yield (
            f"{counted(counts['region'], 'selection')} in pictures, audio, video or PDF pages left out with "
            f"{counted(counts['coding'], 'coding')} ({counted(counts['source'], 'source')} without text): "
            "only text can be quoted."
        )
    notes = sum(len(list(holder)) for holder in children(project, "Notes", "Links", "Graphs"))
    if notes:
        yield f"{counted(notes, 'note, link or drawing', 'notes, links and drawings')} left out."
