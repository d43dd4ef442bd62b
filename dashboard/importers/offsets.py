"""Where a quote begins and ends: programs count text differently, and the file itself tells which way.

NVivo counts UTF-16 units with CRLF as two, QualCoder code points with LF, Taguette UTF-8 bytes, and none of
them says so. Here the convention is chosen by evidence, once per source, and what the evidence cannot
decide is left unverified rather than guessed.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Literal

import numpy as np
import numpy.typing as npt

from dashboard.importers.evidence import Fit, Span, boundary_hits, quote_hits

__all__ = ["ACCEPTED_FROM", "MODELS", "OffsetModel", "Reading", "Source", "Span", "read_offsets"]

ACCEPTED_FROM = 0.9
SHORT = 8  # spans; below it, one source's own evidence can fit a wrong convention by chance
LEAD = 3  # word boundaries by which a convention without quotes must be ahead of another
QUOTES_COUNT_FROM = 0.5  # qc writes something else than the quote as a selection's name
BOM = "\ufeff"

Unit = Literal["code point", "UTF-16 unit", "UTF-8 byte"]
_BOM_WIDTH: dict[Unit, int] = {"code point": 1, "UTF-16 unit": 1, "UTF-8 byte": 3}
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class OffsetModel:
    """A convention of counting: in which unit, whether CRLF is two, and how many leading BOMs are counted."""

    unit: Unit = "code point"
    crlf_is_two: bool = False
    boms: int = 0


# The standard's own convention first, so that it names what every convention reads alike. Two BOMs are
# what is left when a program that keeps the mark as text (QualCoder) writes another before it.
MODELS = tuple(
    OffsetModel(unit, crlf_is_two, boms) for boms, crlf_is_two, unit in product(range(3), (False, True), _BOM_WIDTH)
)


@dataclass(frozen=True)
class Source:
    """One text as it lies in the file, with BOM and line ends as they are, and the selections made in it."""

    raw: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Reading:
    """A source read: its LF text without BOM, and its spans in code points of that text."""

    text: str
    model: OffsetModel
    accepted: bool
    spans: tuple[tuple[int, int], ...]
    verified: tuple[bool, ...]
    checks: int
    checks_passed: int
    outside: tuple[int, ...] = ()
    """Which spans no convention finds in the text; where there are any, nothing else here means anything."""


@dataclass(frozen=True)
class _Measured:
    """A source under every convention."""

    text: str
    fits: dict[OffsetModel, Fit]
    by_quotes: bool
    checked: tuple[int, ...]
    n_spans: int
    outside: tuple[int, ...]

    def n_hits(self, model: OffsetModel) -> int:
        fit = self.fits[model]
        return sum(fit.hits[i] for i in self.checked) if fit.holds else 0

    @property
    def is_short(self) -> bool:
        return self.n_spans < SHORT


@dataclass(frozen=True)
class _Pool:
    """The checks of many sources together, and how many of them each convention passes."""

    hits: dict[OffsetModel, int]
    checks: int


@dataclass(frozen=True)
class _Verdict:
    """The conventions that fit a source equally well, and whether that is well enough."""

    tied: tuple[OffsetModel, ...]
    accepted: bool


def read_offsets(sources: Sequence[Source]) -> tuple[Reading, ...]:
    """Return each source with its spans in code points of its LF text, and whether evidence bears them out.

    A check is a quote that the file carries or, in a source without, a span's word boundaries. A source is
    accepted when nine of ten checks pass; a short one is judged together with the whole project, since one
    program wrote it. Conventions that fit equally well and yet cut out different words leave that span
    unverified, unless the project's longest sources have settled which one it is.
    """
    measured = [_measure(source) for source in sources]
    # Quotes are judged beside quotes only: a chance hit of boundaries must not outvote them.
    pools = {True: _pool([m for m in measured if m.by_quotes]), False: _pool(measured)}
    judged = [_judge(m, pools[m.by_quotes]) for m in measured]
    settled = set(MODELS)
    settled_by = {}
    for by_quotes in (True, False):
        for m, verdict in sorted(zip(measured, judged, strict=True), key=lambda pair: -len(pair[0].text)):
            if m.by_quotes is by_quotes and m.checked and verdict.accepted:
                settled = (settled & set(verdict.tied)) or settled
        settled_by[by_quotes] = settled
    return tuple(_reading(m, j, settled_by[m.by_quotes]) for m, j in zip(measured, judged, strict=True))


def lf_text(raw: str) -> str:
    """Return the text that offsets are kept in: no BOM, and every line end one LF."""
    return re.sub("\r\n?", "\n", raw.lstrip(BOM))


class _Ruler:
    """Converts positions of any convention to code points of the LF text by one look-up in a prefix sum."""

    def __init__(self, raw: str) -> None:
        body = raw.lstrip(BOM)
        self.boms = len(raw) - len(body)
        points = np.frombuffer(body.encode("utf-32-le"), dtype="<u4")
        self._points = points
        # A CR before an LF takes no place in the LF text; a lone CR is a line end of its own.
        self._kept = np.ones(len(points), dtype=bool)
        self._kept[:-1] = (points[:-1] != 13) | (points[1:] != 10)
        self._between = np.append(False, ~self._kept)  # a place between CR and LF, where no program can be
        self._lf = _prefix(self._kept)
        self._has_crlf = not bool(self._kept.all())
        self._widest = int(points.max(initial=0))
        self._prefixes: dict[tuple[Unit, bool], Numbers] = {}

    def same_as(self, model: OffsetModel) -> OffsetModel:
        """Return the simplest convention that counts this text exactly as the given one does."""
        boms = min(model.boms, self.boms)
        unit = model.unit
        if (unit == "UTF-16 unit" and self._widest < 0x10000) or (self._widest < 0x80 and not boms):
            unit = "code point"
        return OffsetModel(unit, model.crlf_is_two and self._has_crlf, boms)

    def fit(self, model: OffsetModel, starts: Numbers, ends: Numbers) -> Fit:
        """Return the spans converted; a position inside a character widens to the whole of it."""
        crlf_is_two = model.crlf_is_two
        prefix = self._prefix(model.unit, crlf_is_two)
        skipped = model.boms * _BOM_WIDTH[model.unit]
        start, end = np.maximum(starts - skipped, 0), np.maximum(ends - skipped, 0)
        holds = bool(((starts >= 0) & (starts <= ends) & (end <= prefix[-1])).all())
        i = np.searchsorted(prefix, np.minimum(start, prefix[-1]))
        j = np.searchsorted(prefix, np.minimum(end, prefix[-1]))
        on_start = (prefix[i] == start) & ~(crlf_is_two & self._between[i])
        on_end = (prefix[j] == end) & ~(crlf_is_two & self._between[j])
        i = np.where(on_start, i, np.maximum(i - 1, 0))
        return Fit(
            tuple(self._lf[i].tolist()),
            tuple(self._lf[j].tolist()),
            tuple((on_start & on_end).tolist()),
            holds,
        )

    def reach(self) -> int:
        """Return the largest position that any convention finds in the text."""
        boms = min(self.boms, 2) * _BOM_WIDTH["UTF-8 byte"]
        return int(self._prefix("UTF-8 byte", True)[-1]) + boms

    def _prefix(self, unit: Unit, crlf_is_two: bool) -> Numbers:
        if (unit, crlf_is_two) not in self._prefixes:
            points = self._points
            width = np.ones(len(points), dtype=np.uint8)
            if unit != "code point":
                width += points > 0xFFFF
            if unit == "UTF-8 byte":
                width += points > 0x7F
                width += points > 0x7FF
            self._prefixes[unit, crlf_is_two] = _prefix(width if crlf_is_two else width * self._kept)
        return self._prefixes[unit, crlf_is_two]


def _prefix(widths: npt.NDArray[np.uint8] | npt.NDArray[np.bool_]) -> Numbers:
    prefix = np.zeros(len(widths) + 1, dtype=np.int64)
    np.cumsum(widths, out=prefix[1:])
    return prefix


def _measure(source: Source) -> _Measured:
    ruler, text, spans = _Ruler(source.raw), lf_text(source.raw), source.spans
    starts = np.array([span.start for span in spans], dtype=np.int64)
    ends = np.array([span.end for span in spans], dtype=np.int64)
    same = {model: ruler.same_as(model) for model in MODELS}
    fits = {model: ruler.fit(model, starts, ends) for model in set(same.values())}
    quoted = tuple(i for i, span in enumerate(spans) if span.has_quote)
    by_name = {model: replace(fit, hits=quote_hits(text, fit, spans)) for model, fit in fits.items()}
    most = max(sum(fit.hits) if fit.holds else 0 for fit in by_name.values())
    by_quotes = bool(quoted) and most >= QUOTES_COUNT_FROM * len(quoted)
    first = {(span.start, span.end): i for i, span in reversed(list(enumerate(spans)))}
    fits = by_name if by_quotes else {model: replace(fit, hits=boundary_hits(text, fit)) for model, fit in fits.items()}
    reach = ruler.reach()
    return _Measured(
        text,
        {model: fits[simplest] for model, simplest in same.items()},
        by_quotes,
        quoted if by_quotes else tuple(sorted(first.values())),
        len(first),
        tuple(i for i, span in enumerate(spans) if not 0 <= span.start <= span.end <= reach),
    )


def _pool(measured: Sequence[_Measured]) -> _Pool:
    return _Pool(
        {model: sum(m.n_hits(model) for m in measured) for model in MODELS},
        sum(len(m.checked) for m in measured),
    )


def _judge(measured: _Measured, pool: _Pool) -> _Verdict:
    """Return the conventions that fit a source best, all of them where several fit equally well."""

    def evidence(model: OffsetModel) -> tuple[int, int]:
        # A quote in the source itself says more than its neighbours do; two boundaries do not.
        own_counts = measured.by_quotes or not measured.is_short
        return (
            measured.n_hits(model) if own_counts else 0,
            pool.hits[model] if measured.is_short else 0,
        )

    holding = [model for model in MODELS if measured.fits[model].holds] or list(MODELS)
    best = max(map(evidence, holding))
    tied = tuple(model for model in holding if evidence(model) == best)
    if not measured.by_quotes:  # words begin and end somewhere by chance too: a lead of one or two says nothing
        lead = pool.hits if measured.is_short else {model: measured.n_hits(model) for model in MODELS}
        near = (m for m in holding if m not in tied and lead[m] > lead[tied[0]] - LEAD)
        tied = (*tied, *near)
    return _Verdict(tied, _is_accepted(measured, tied[0], pool))


def _is_accepted(measured: _Measured, model: OffsetModel, pool: _Pool) -> bool:
    if not measured.checked:
        return not measured.n_spans
    own = measured.n_hits(model) / len(measured.checked)
    if not measured.is_short:
        return own >= ACCEPTED_FROM
    if pool.hits[model] / pool.checks >= ACCEPTED_FROM:
        return True
    # One badly edited source must not drag down the quotes of all others.
    return measured.by_quotes and own >= ACCEPTED_FROM and pool.hits[model] == max(pool.hits.values())


def _reading(measured: _Measured, verdict: _Verdict, settled: Collection[OffsetModel]) -> Reading:
    models = [model for model in verdict.tied if model in settled] or verdict.tied
    fit = measured.fits[models[0]]
    rivals = {id(measured.fits[model]): measured.fits[model] for model in models[1:]}
    checked = set(measured.checked) if measured.by_quotes else set(range(len(fit.starts)))
    verified = []
    for i, (start, end) in enumerate(zip(fit.starts, fit.ends, strict=True)):
        words = measured.text[start:end]
        same = all(measured.text[r.starts[i] : r.ends[i]] == words for r in rivals.values())
        passed = fit.hits[i] or i not in checked
        verified.append(verdict.accepted and same and passed and fit.exact[i])
    return Reading(
        measured.text,
        models[0],
        verdict.accepted,
        tuple(zip(fit.starts, fit.ends, strict=True)),
        tuple(verified),
        len(measured.checked),
        sum(verified[i] for i in measured.checked),
        measured.outside,
    )
