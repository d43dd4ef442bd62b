"""Text that fits its box: measured by the width of its letters, made smaller, and at last shortened at a word."""

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

SMALLEST = 12  # points, the smallest that a slide uses
LINE = 1.2  # a line's height, in sizes of its letters
MORE = "…"
SPACES = re.compile(r"[ \t\r\n\x0b\x0c]+")
SERIF, BOLD = 1.18, 1.08  # how much wider than the plain sans serif that is measured; Georgia's stand-ins are wide
UNKNOWN, WIDE = 600, 1000  # of letters that are not in the table

# Advance widths of Helvetica in thousandths of its size, from space to ~ (Adobe's AFM file): those of Arial, and of
# what stands in for Arial on machines that do not have it.
WIDTHS = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip


@dataclass(frozen=True)
class Face:
    """A way in which letters are set."""

    is_serif: bool = False
    is_bold: bool = False

    @property
    def factor(self) -> float:
        """How much wider its letters are than those measured."""
        return (SERIF if self.is_serif else 1) * (BOLD if self.is_bold else 1)


PLAIN = Face()


@dataclass(frozen=True)
class Fitted:
    """A text as it fits, and the size of its letters in points."""

    text: str
    size: float


def width(text: str, size: float, face: Face = PLAIN) -> float:
    """Return how wide a text is on one line, in points."""
    return sum(_advance(sign) for sign in text) * size * face.factor / 1000


def lines(text: str, size: float, room: float, face: Face = PLAIN) -> int:
    """Return how many lines a text takes in a room so wide; a word that is wider than the room is broken."""
    n, used = 0, math.inf
    for part in text.split("\n"):
        used = math.inf
        for word in _words(part) or [""]:
            long = width(word, size, face)
            if used + width(" ", size, face) + long <= room:
                used += width(" ", size, face) + long
                continue
            broken = max(1, math.ceil(long / room))
            n += broken
            used = long - (broken - 1) * room
    return n


def height(text: str, size: float, room: float, face: Face = PLAIN) -> float:
    """Return how high a text stands in a room so wide, in points."""
    return lines(text, size, room, face) * size * LINE


def fitted(text: str, room: float, tall: float, size: float, face: Face = PLAIN, least: float = SMALLEST) -> Fitted:
    """Return a text that fits into a room so wide and so tall: as it is, smaller, or shortened at a word with "…"."""
    text = "\n".join(" ".join(_words(part)) for part in text.split("\n"))
    now = size
    while now > least and height(text, now, room, face) > tall:
        now = max(least, now - 1)
    if height(text, now, room, face) <= tall:
        return Fitted(text, now)
    return Fitted(_shortened(text, room, tall, least, face), least)


def shares(
    columns: Sequence[str], rows: Sequence[Sequence[object]], room: float, size: float, margin: float
) -> list[float]:
    """Return each column's part of a table's breadth: enough for its longest word, the rest to those with long texts.

    `margin` is what a cell keeps free on each side, in points as all else.
    """
    bold, least, more = Face(is_bold=True), [], []
    for at, name in enumerate(columns):
        texts = [name, *(str(row[at]) for row in rows)]
        longest = max(width(word, size, bold) for text in texts for word in [*_words(text), "0"])
        least.append(longest + 2 * margin + 3)
        more.append(max(0.0, max(width(text, size) for text in texts[1:] or texts) - longest))
    spare, wanted = room - sum(least), sum(more)
    if spare < 0:
        return [value / sum(least) for value in least]
    extra = [spare * value / wanted if wanted else spare / len(columns) for value in more]
    return [(value + given) / room for value, given in zip(least, extra, strict=True)]


def _words(text: str) -> list[str]:
    """Return the words that a line may break between; a space that does not break stays inside its word."""
    return [word for word in SPACES.split(text) if word]


def _shortened(text: str, room: float, tall: float, size: float, face: Face) -> str:
    """Return as many words as fit; of a first word that does not fit alone, as many letters."""
    for pieces, joint in ((text.split(" "), " "), (list(text), "")):
        low, high = 0, len(pieces)
        while low < high:
            middle = (low + high + 1) // 2
            found = joint.join(pieces[:middle]).rstrip(" ,;:.\n") + MORE
            low, high = (middle, high) if height(found, size, room, face) <= tall else (low, middle - 1)
        if low:
            return joint.join(pieces[:low]).rstrip(" ,;:.\n") + MORE
    return MORE


def _advance(sign: str) -> int:
    plain = unicodedata.normalize("NFD", sign)[0]
    if " " <= plain <= "~":
        return WIDTHS[ord(plain) - 32]
    if unicodedata.combining(sign):
        return 0
    if unicodedata.category(sign)[0] == "P" and sign not in "…—":
        return UNKNOWN
    return WIDE if ord(sign) > 0x1FFF else UNKNOWN
