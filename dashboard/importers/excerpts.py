"""From what a program says of its selections to excerpts: one for each span, with its words, memos and codings."""

import hashlib
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from dashboard.importers.evidence import flattened, quote_matches
from dashboard.importers.grid import MARKS
from dashboard.importers.names import counted, listed
from dashboard.importers.offsets import Reading, Source, Span
from dashboard.model import Coding, Document, Excerpt, Verification


@dataclass(frozen=True)
class Given:
    """A code given to a selection, and who gave it: keys of the project that it comes from."""

    code: str
    coder: str


@dataclass(frozen=True)
class Selection:
    """A stretch of a text; without a span it is the whole document."""

    guid: str
    span: Span | None
    memo: str
    given: tuple[Given, ...]


@dataclass(frozen=True)
class CodedText:
    """A document and the selections in it; `raw` is None where the project names the text but does not carry it."""

    name: str
    raw: str | None
    selections: tuple[Selection, ...]
    keeps_quotes: bool = False
    """Whether the program keeps the words of each selection beside its position, so that the two must agree."""
    has_positions: bool = True
    """False where the text is not the one that the positions count in, so that quotes are found by their words only."""
    breaks: tuple[int, ...] = ()
    """Where to part paragraphs that run into one another: code points of the LF text."""


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
class Excerpts:
    """The documents, excerpts and codings of a project so far; coders are numbered as they first appear."""

    path_of: Mapping[str, str]
    documents: list[Document] = field(default_factory=list)
    excerpts: list[Excerpt] = field(default_factory=list)
    codings: list[Coding] = field(default_factory=list)
    checks: int = 0
    checks_passed: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    """`empty`: selections of no length; `moved`, `noted`, `without words`: quotes not where their positions say;
    `marks`: signs in the texts that steer a terminal or turn the direction of writing."""
    _coders: dict[str, str] = field(default_factory=dict)

    def add(self, source: CodedText, reading: Reading) -> None:
        """Take over one source as the next document, one excerpt for each span of its selections."""
        document_id = f"d{len(self.documents) + 1}"
        text = _parted(reading.text, source.breaks)
        self.documents.append(Document(document_id, source.name, text, hashlib.sha256(text.encode()).hexdigest()))
        self._count_checks(source, reading)
        self.counts["marks"] += len(MARKS.findall(text))
        for stretch in self._stretches(source, reading):
            excerpt_id = f"e{len(self.excerpts) + 1}"
            verification: Verification = "verified" if stretch.is_verified else "not_verified"
            start, end, words = stretch.start, stretch.end, stretch.text
            if start is not None and end is not None:
                start += bisect_right(source.breaks, start)
                end += bisect_left(source.breaks, end)
                words = text[start:end]
            memo = "\n".join(stretch.memos)
            self.excerpts.append(
                Excerpt(excerpt_id, document_id, start, end, words, verification=verification, memo=memo)
            )
            for given in stretch.codings:
                self.codings.append(Coding(excerpt_id, self.path_of[given.code], self._coder(given.coder)))

    def warnings(self) -> Iterator[str]:
        """Return what was doubtful about the selections."""
        if self.counts["empty"]:
            yield f"{counted(self.counts['empty'], 'coded selection')} of no length left out."
        if self.counts["moved"]:
            yield (
                f"{counted(self.counts['moved'], 'quote')} did not stand where the positions say (a text edited after "
                "coding); found once in the same document, and taken from there."
            )
        if self.counts["without words"]:
            yield (
                f"{counted(self.counts['without words'], 'excerpt')} without words: the file gives a position only, in "
                "a text that it does not carry."
            )
        if self.counts["marks"]:
            yield (
                f"{counted(self.counts['marks'], 'control or direction mark')} in the texts: kept, because positions "
                "count them, and shown as text."
            )
        if self.counts["noted"]:
            yield (
                f"{counted(self.counts['noted'], 'quote')} not found in the document: kept as the program noted "
                "them, marked not verified."
            )

    def _count_checks(self, source: CodedText, reading: Reading) -> None:
        spans = [s.span for s in source.selections if s.span is not None]
        if source.keeps_quotes:
            return  # counted one by one, as they are found
        self.checks += reading.checks
        self.checks_passed += reading.checks_passed
        if source.raw is None:
            self.checks += sum(span.has_quote for span in spans) or len({(span.start, span.end) for span in spans})

    def _stretches(self, source: CodedText, reading: Reading) -> Iterator[_Stretch]:
        grouped: dict[tuple[object, ...], _Stretch] = {}
        converted = iter(zip(reading.spans, reading.verified, strict=True))
        quotes = _Quotes(reading.text)
        for selection in source.selections:
            span = selection.span
            if source.raw is None:
                # Without the text, what the program noted of the quote is all there is: kept as not verified.
                stretch = _Stretch(None, None, span.quote if span else "", False)
            elif span is None:
                stretch = _Stretch(0, len(reading.text), reading.text, True)
            elif not source.has_positions:
                stretch = self._checked(_Stretch(None, None, "", False), span.quote, quotes)
            else:
                (start, end), is_verified = next(converted)
                stretch = _Stretch(start, end, reading.text[start:end], is_verified)
                if source.keeps_quotes and span.has_quote:
                    stretch = self._checked(stretch, span.quote, quotes)
            if stretch.start is not None and stretch.start == stretch.end and span:
                self.counts["empty"] += 1
                continue
            key: tuple[object, ...] = (stretch.start or 0, stretch.end or 0)
            if stretch.start is None and span:
                key = ("noted", span.start, span.end, stretch.text if source.keeps_quotes else "")
            kept = grouped.setdefault(key, stretch)
            kept.is_verified = kept.is_verified and stretch.is_verified
            kept.memos.update(dict.fromkeys([selection.memo] if selection.memo else []))
            kept.codings += selection.given
        yield from grouped.values()

    def _checked(self, stretch: _Stretch, quote: str, quotes: "_Quotes") -> _Stretch:
        """Return the stretch if its words are the quote, else where the quote stands, else the quote alone."""
        self.checks += 1
        # Where conventions differ by a space at the end only, the very words of the coder decide.
        is_exact = bool(quote) and quote.replace("\r\n", "\n") == stretch.text
        if is_exact or (stretch.is_verified and quote_matches(quote, stretch.text)):
            stretch.is_verified = True
            self.checks_passed += 1
            return stretch
        found = quotes.only_place_of(quote)
        if found is None:
            self.counts["noted" if quote else "without words"] += 1
            return _Stretch(None, None, quote.replace("\r\n", "\n"), False)
        self.checks_passed += 1
        self.counts["moved"] += stretch.start is not None and found != (stretch.start, stretch.end)
        return _Stretch(*found, quotes.text[found[0] : found[1]], True)

    def _coder(self, user: str) -> str:
        return self._coders.setdefault(user, f"coder {len(self._coders) + 1}") if user else ""


SURE = 20  # characters; a selection that cuts a word is common, and one as long as this stands nowhere by chance


class _Quotes:
    """Finds quotes in a text, whatever white space stands between their words."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._flat = ""
        self._place: list[int] = []

    def only_place_of(self, quote: str) -> tuple[int, int] | None:
        """Return where the quote stands, None where it stands nowhere or more than once.

        Letters within a word are no place of a short quote: "ja" is not what someone said in "jacka".
        """
        wanted = flattened(quote)
        if not self._place:
            self._flatten()
        at = self._flat.find(wanted) if wanted else -1
        if at < 0 or self._flat.find(wanted, at + 1) >= 0:
            return None
        if len(wanted) < SURE and not self._is_whole(at, at + len(wanted)):
            return None
        return self._with_spaces(quote.replace("\r\n", "\n"), self._place[at], self._place[at + len(wanted) - 1] + 1)

    def _with_spaces(self, quote: str, start: int, end: int) -> tuple[int, int]:
        """Return the place with the white space around the quote's words, where the text has the same there."""
        before, after = len(quote) - len(quote.lstrip()), len(quote) - len(quote.rstrip())
        if before and self.text[max(0, start - before) : start] == quote[:before]:
            start -= before
        if after and self.text[end : end + after] == quote[-after:]:
            end += after
        return start, end

    def _is_whole(self, start: int, end: int) -> bool:
        """Return whether a stretch begins and ends where words do."""
        return not any(
            0 < edge < len(self._flat) and self._flat[edge - 1].isalnum() and self._flat[edge].isalnum()
            for edge in (start, end)
        )

    def _flatten(self) -> None:
        kept: list[str] = []
        for at, character in enumerate(self.text):
            if character.isspace():
                if not kept or kept[-1] == " ":
                    continue
                character = " "
            kept.append(character)
            self._place.append(at)
        self._flat = "".join(kept)


def as_offsets(source: CodedText) -> Source:
    """Return what the evidence for a convention of counting is taken from."""
    if source.raw is None:
        return Source("", ())
    spans = tuple(s.span for s in source.selections if s.span is not None)
    return Source(source.raw, spans if source.has_positions else ())


def outside(sources: Sequence[CodedText], readings: Sequence[Reading]) -> list[str]:
    """Return the places of selections that lie outside of their text in every convention."""
    places = []
    for source, reading in zip(sources, readings, strict=True):
        spans = as_offsets(source).spans
        for i in reading.outside:
            places.append(f"{source.name} {spans[i].start}–{spans[i].end} (text of {len(reading.text)} characters)")
    return places


def doubtful(sources: Sequence[CodedText], readings: Sequence[Reading]) -> Iterator[str]:
    """Return a warning that names the sources whose positions no convention explains well enough."""
    names = [s.name for s, r in zip(sources, readings, strict=True) if not (r.accepted or s.keeps_quotes)]
    if names:
        yield (
            f"The positions in {counted(len(names), 'source')} fit no way of counting characters well "
            f"enough, so their quotes are not verified: {listed(names)}."
        )


def _parted(text: str, breaks: Sequence[int]) -> str:
    """Return the text with a line end at each break."""
    edges = [0, *breaks, len(text)]
    return "\n".join(text[start:end] for start, end in pairwise(edges)) if breaks else text
