"""What the databases of QDA programs have in common: texts with selections become documents, excerpts and codings."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dashboard.importers.excerpts import CodedText, Excerpts, as_offsets, doubtful
from dashboard.importers.offsets import Reading, Span, read_offsets


def silent(stage: str, share: float) -> None:
    """Tell nobody."""


def read_texts(sources: Sequence[CodedText], path_of: Mapping[str, str]) -> tuple[Excerpts, tuple[str, ...]]:
    """Return the documents with their excerpts and codings, and what was doubtful about them.

    `path_of` gives the path of a code by the key that the selections use. Where the program keeps the words of each
    selection, a position outside of the text is no reason to refuse a project: the words are looked for.
    """
    readings = read_offsets([as_offsets(source) for source in sources])
    if any(reading.outside for reading in readings):
        sources = [_within(source, reading) for source, reading in zip(sources, readings, strict=True)]
        readings = read_offsets([as_offsets(source) for source in sources])
    found = Excerpts(path_of)
    for source, reading in zip(sources, readings, strict=True):
        found.add(source, reading)
    return found, (*doubtful(sources, readings), *found.warnings())


def _within(source: CodedText, reading: Reading) -> CodedText:
    """Return the source with an empty position for each that its text does not reach."""
    numbers, outside = iter(range(len(source.selections))), set(reading.outside)
    selections = []
    for selection in source.selections:
        if selection.span is not None and next(numbers) in outside:
            selection = replace(selection, span=Span(0, 0, selection.span.quote))
        selections.append(selection)
    return replace(source, selections=tuple(selections))
