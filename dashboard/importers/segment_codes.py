"""The codes of a coded-segment table: parted where a cell holds several, and set into a tree by their paths."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dashboard.importers import tags
from dashboard.importers.code_tree import SLASH
from dashboard.importers.names import counted
from dashboard.importers.segment_columns import Layout, known
from dashboard.model import Code

Cells = Sequence[str]
LONGEST_NUMBER = 6  # digits; no row has more codes than that


@dataclass(frozen=True)
class Reading:
    """How the codes of one table are written, found by looking at all of its rows."""

    layout: Layout
    cell: str
    """What parts the codes of a cell, "" where a cell is one code."""
    path: str
    """What parts the folders of a path, "" where there are none."""
    theme_is_above: bool
    sheet: str = ""
    """The code that the whole sheet stands for, ""."""

    def paths(self, cells: Cells) -> list[tuple[str, ...]]:
        """Return the codes of a row, each as its folders and its name; the same code twice stands once."""
        themes = [part for n in self.layout.theme for part in self._parts(_at(cells, n))]
        codes = [self._parts(text) for n in self.layout.code for text in self._codes(_at(cells, n))]
        codes += [self._parts(name) for n, name in self.layout.applied if says_yes(_at(cells, n))]
        codes += [self._parts(self.sheet)] if self.sheet else []
        found = [tuple(code) for code in codes if code]
        if themes and self.theme_is_above:
            found = [(*themes, *code) for code in found] or [tuple(themes)]
        elif themes:
            found.append(tuple(themes))
        return list(dict.fromkeys(found))

    def _codes(self, text: str) -> list[str]:
        return text.split(self.cell) if self.cell else [text]

    def _parts(self, text: str) -> list[str]:
        if self.layout.spells_folders:
            return list(tags.parts_of(text)) if text.strip() else []
        parts = text.split(self.path) if self.path else [text]
        return [plain for part in parts if (plain := " ".join(part.split()))]


def reading_of(layout: Layout, rows: Sequence[Cells], sheet: str = "") -> tuple[Reading, list[str]]:
    """Return how a table writes its codes, and what to say about it. `rows` are those below the header."""
    texts = [text for cells in rows for n in layout.code if (text := _at(cells, n).strip())]
    warnings: list[str] = []
    cell = _between_codes(layout, rows, texts, warnings)
    names = [*texts, *(name for _n, name in layout.applied), *(_at(cells, n) for cells in rows for n in layout.theme)]
    path = next((mark for mark in layout.path if any(mark in name for name in [*names, sheet])), "")
    is_one = len(layout.code) <= 1 and not layout.applied and not (cell and any(cell in text for text in texts))
    return Reading(layout, cell, path, is_one, sheet), warnings


def says_yes(cell: str) -> bool:
    """Return whether a cell of a column that stands for one code says that the row has it."""
    return cell.strip().casefold() not in known()["roles"]["no"]


@dataclass
class Codebook:
    """The tree of codes so far, in the order in which they appear, each below its folder."""

    codes: dict[str, Code] = field(default_factory=dict)
    _paths: dict[tuple[str, ...], str] = field(default_factory=dict)

    def path(self, parts: tuple[str, ...]) -> str:
        """Return the path of a code and take it in, with the folders above it."""
        if parts not in self._paths:
            self._paths[parts] = self._taken_in(parts)
        return self._paths[parts]

    def _taken_in(self, parts: Sequence[str]) -> str:
        bare = [part.replace("/", SLASH) for part in parts]
        for depth in range(1, len(bare) + 1):
            path, parent = "/".join(bare[:depth]), "/".join(bare[: depth - 1])
            if path not in self.codes:
                theme = parts[0] if depth > 1 else ""
                self.codes[path] = Code(path, parts[depth - 1], parent, is_codable=False, theme=theme)
        path = "/".join(bare)
        if not self.codes[path].is_codable:
            self.codes[path] = replace(self.codes[path], is_codable=True)
        return path

    def in_order(self) -> tuple[Code, ...]:
        """Return the codes, each folder followed by what stands in it."""
        below: dict[str, list[Code]] = {}
        for code in self.codes.values():
            below.setdefault(code.parent, []).append(code)
        found: list[Code] = []
        waiting = below.get("", [])[::-1]
        while waiting:
            code = waiting.pop()
            found.append(code)
            waiting += below.get(code.path, [])[::-1]
        return tuple(found)


def _between_codes(layout: Layout, rows: Sequence[Cells], texts: Sequence[str], warnings: list[str]) -> str:
    """Return what parts the codes of one cell: said, proved by a count of codes, or one of the usual marks."""
    if layout.separator or layout.one_code or not texts:
        return layout.separator
    parts: Mapping[str, Sequence[str]] = known()["parts"]
    if "count" in layout.single:
        proved = _by_count(layout, rows, parts["counted"])
        if proved is not None:
            return proved
    found = next((mark for mark in parts["cell"] if any(mark in text for text in texts)), "")
    if found:
        several = sum(found in text for text in texts)
        warnings.append(
            f"{counted(several, 'cell')} with several codes, parted at {_called(found)}. If that is wrong, "
            "write [columns] into the mapping, with another separator or none."
        )
    commas = sum("," in text for text in texts)
    if commas and not found:
        warnings.append(
            f"{counted(commas, 'cell')} of codes with a comma, each taken as one code. If commas part codes, say "
            'separator = "," under [columns] in the mapping.'
        )
    return found


def _by_count(layout: Layout, rows: Sequence[Cells], marks: Iterable[str]) -> str | None:
    """Return the mark with which every cell holds as many codes as the row says, None where none does."""
    told = []
    for cells in rows:
        number = _at(cells, layout.single["count"]).strip()
        if number.isdecimal() and len(number) <= LONGEST_NUMBER:
            told.append((int(number), [_at(cells, n) for n in layout.code]))
    for mark in ["", *marks]:
        if told and all(number == _how_many(texts, mark) for number, texts in told):
            return mark
    return None


def _how_many(texts: Sequence[str], mark: str) -> int:
    return sum(bool(part.strip()) for text in texts for part in (text.split(mark) if mark else [text]))


def _called(mark: str) -> str:
    return {"\n": "line ends"}.get(mark, repr(mark))


def _at(cells: Cells, number: int) -> str:
    return cells[number] if number < len(cells) else ""
