"""What speaks for an offset convention: quotes that the file carries, or else where words begin and end."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

ELLIPSIS = "…"


@dataclass(frozen=True)
class Span:
    """A selection as the file gives it: two numbers in an unknown convention, and the quote it may carry."""

    start: int
    end: int
    quote: str = ""

    @property
    def has_quote(self) -> bool:
        """Return whether the name says anything that a slice could be compared with."""
        return bool(flattened(self.quote).rstrip(ELLIPSIS))


@dataclass(frozen=True)
class Fit:
    """The spans of one source in one convention: code points of its LF text, and which of them ring true."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    exact: tuple[bool, ...]
    """False where a position falls inside a character, which no program would write."""
    holds: bool
    """False where a span reaches outside the text."""
    hits: tuple[bool, ...] = ()


def flattened(words: str) -> str:
    """Return words with every run of white space as one space, as XML attributes leave them."""
    return " ".join(words.replace("\ufeff", "").split())


def quote_matches(quote: str, words: str) -> bool:
    """Return whether a selection's name is this stretch of text, whole or cut short with an ellipsis."""
    said, written = flattened(quote), flattened(words)
    if said == written:
        return True
    dots = next((dots for dots in (ELLIPSIS, "...") if said.endswith(dots)), "")
    stem = said.removesuffix(dots).rstrip()
    return bool(dots and stem) and written.startswith(stem)


def at_word_boundaries(text: str, start: int, end: int) -> bool:
    """Return whether a stretch begins with a word or sign, not a space, and cuts no word at either end.

    The start must not be white space because whole sentences moved by one character still lie between
    words; people do let a trailing space into a selection, so the end may be one.
    """
    if start >= end or text[start].isspace():
        return False
    return not (_inside_word(text, start) or _inside_word(text, end))


def quote_hits(text: str, fit: Fit, spans: Sequence[Span]) -> tuple[bool, ...]:
    """Return for each span whether its quote is what the convention cuts out; False without a quote."""
    return tuple(
        span.has_quote and exact and quote_matches(span.quote, text[start:end])
        for span, start, end, exact in zip(spans, fit.starts, fit.ends, fit.exact, strict=True)
    )


def boundary_hits(text: str, fit: Fit) -> tuple[bool, ...]:
    """Return for each span whether the convention puts both of its ends at word boundaries."""
    return tuple(
        exact and at_word_boundaries(text, start, end)
        for start, end, exact in zip(fit.starts, fit.ends, fit.exact, strict=True)
    )


def _inside_word(text: str, position: int) -> bool:
    return 0 < position < len(text) and _is_word(text[position - 1]) and _is_word(text[position])


def _is_word(character: str) -> bool:
    # A combining mark belongs to its letter: between the two there is no boundary.
    return character.isalnum() or character == "_" or unicodedata.category(character).startswith("M")
