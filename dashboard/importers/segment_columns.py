"""Where a coded-segment table has its quotes, codes, documents …: told by its header, or as a mapping says."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from dashboard.errors import ImportProblem, nearest
from dashboard.importers.column_mapping import SINGLE, Columns, as_toml, folded
from dashboard.importers.grid import Grid

HEADER_WITHIN = 15  # filled rows; what stands above a header is a title, a date, a query
_NUMBER = re.compile(r"[ .#]{0,3}\d{1,4}$")


@dataclass(frozen=True)
class Layout:
    """Where in a table each thing stands: the header's place among the rows, and column numbers from 0."""

    header: int = 0
    program: str = ""
    single: Mapping[str, int] = field(default_factory=dict)
    code: tuple[int, ...] = ()
    theme: tuple[int, ...] = ()
    applied: tuple[tuple[int, str], ...] = ()
    attributes: tuple[tuple[int, str], ...] = ()
    place: tuple[int, ...] = ()
    combined: bool = False
    one_code: bool = False
    spells_folders: bool = False
    """Whether a code spells its folders as Taguette's tags do."""
    separator: str = ""
    path: tuple[str, ...] = ()
    sheet_is: str = ""
    unread: tuple[str, ...] = ()
    """Headers that mean nothing here."""

    @property
    def is_whole(self) -> bool:
        """Whether there is a quote and a code, which no segment can be without."""
        return "quote" in self.single and bool(self.code or self.theme or self.applied or self.sheet_is == "code")


@cache
def known() -> Mapping[str, Any]:
    """Return the headers and programs of `segment_headers.toml`."""
    return tomllib.loads(Path(__file__).with_name("segment_headers.toml").read_text(encoding="utf-8"))


def recognise(table: Grid) -> Layout | None:
    """Return the layout that a table's header tells, None where no row within the first looks like a header."""
    for at, (_number, cells) in enumerate(table.rows[:HEADER_WITHIN]):
        layout = _by_synonyms(cells, at, table)
        if layout.is_whole:
            return layout
    return None


def placed(table: Grid, columns: Columns) -> Layout:
    """Return the layout that a mapping gives a table. Raises where it names a column that is not there."""
    wanted = columns.headers()
    fitting = [
        (len({folded(c) for c in cells} & {folded(w) for w in wanted}), -at)
        for at, (_number, cells) in enumerate(table.rows[:HEADER_WITHIN])
    ]
    at = -max(fitting)[1]
    header = list(table.rows[at][1])
    where = {folded(cell): number for number, cell in reversed(list(enumerate(header))) if cell.strip()}
    missing = [name for name in wanted if folded(name) not in where]
    if missing:
        found = [cell.strip() for cell in header if cell.strip()]
        raise ImportProblem(
            f"The column {', '.join(map(repr, missing))}, named under [columns], is missing.",
            where=table.name,
            remedy=f"Found: {', '.join(found)}. {nearest(missing[0], found)}",
        )
    every = {folded(name): [n for n, cell in enumerate(header) if folded(cell) == folded(name)] for name in wanted}
    named = {number for numbers in every.values() for number in numbers}
    names = ["" if n in named else folded(cell) for n, cell in enumerate(header)]
    return Layout(
        header=at,
        single={role: where[folded(getattr(columns, role))] for role in SINGLE if getattr(columns, role)},
        code=tuple(n for name in columns.code for n in every[folded(name)]),
        theme=tuple(n for name in columns.theme for n in every[folded(name)]),
        applied=tuple((n, _code_in(name)) for name in columns.applied for n in every[folded(name)]),
        attributes=tuple((n, name) for name in columns.attributes for n in every[folded(name)]),
        place=tuple(n for name in columns.place for n in every[folded(name)])
        or _all(names, known()["roles"]["place"], set()),
        one_code=not columns.separator and not columns.count,
        separator=columns.separator,
        path=(columns.path_separator,) if columns.path_separator else tuple(known()["parts"]["path"]),
        sheet_is=columns.sheet_is,
        unread=tuple(
            cell.strip()
            for n, cell in enumerate(header)
            if cell.strip() and n not in named and folded(cell) not in _silent()
        ),
    )


@cache
def _silent() -> frozenset[str]:
    """Return the headers that are not worth a warning where nothing reads them."""
    return frozenset((*known()["roles"]["unread"], *known()["roles"]["place"]))


def proposed(table: Grid) -> Columns:
    """Return what the header alone tells, as far as it does, to be confirmed or mended in a mapping."""
    layouts = [_by_synonyms(cells, at, table) for at, (_n, cells) in enumerate(table.rows[:HEADER_WITHIN])]
    best = max(layouts, key=lambda found: (found.is_whole, len(found.single) + len(found.code), -found.header))
    header = table.rows[best.header][1]
    single: dict[str, Any] = {role: header[number].strip() for role, number in best.single.items()}
    found = Columns(
        **single,
        code=tuple(header[n].strip() for n in best.code),
        theme=tuple(dict.fromkeys(header[n].strip() for n in best.theme)),
        applied=tuple(header[n].strip() for n, _code in best.applied),
        attributes=tuple(header[n].strip() for n, _name in best.attributes),
        place=tuple(header[n].strip() for n in best.place),
    )
    return replace(found, path_separator=best.path[0] if len(best.path) == 1 else "")


def not_understood(table: Grid) -> ImportProblem:
    """Return what to say of a table that is none that we know: what was found, what is needed, what to write."""
    guess = proposed(table)
    found = [cell.strip() for cell in max((cells for _n, cells in table.rows[:HEADER_WITHIN]), key=_filled)]
    lacking = [role for role in ("document", "code", "quote") if not getattr(guess, role)]
    if guess.participant or not lacking:
        lacking = [role for role in lacking if role != "document"] or ["document"]
    texts: dict[str, Any] = {role: "…" for role in lacking if role != "code"}
    stated = replace(guess, **texts)
    if "code" in lacking and not (guess.theme or guess.applied):
        stated = replace(stated, code=("…",))
    return ImportProblem(
        "This is none of the template's tables and no table of coded segments that tells itself: a column for the "
        f"{' and the '.join(lacking)} is missing.",
        where=table.name,
        remedy=f"Found: {', '.join(c for c in found if c)}. Say in a mapping which column is which, and give it with "
        f"--mapping:\n{as_toml(stated)}",
    )


def _by_synonyms(cells: Sequence[str], at: int, table: Grid) -> Layout:
    names = [folded(cell) for cell in cells]
    roles = known()["roles"]
    single = {role: number for role in SINGLE if (number := _first(names, roles[role])) is not None}
    code = _all(names, roles["code"], {*single.values()})
    rest = [(n, name) for n, name in enumerate(names) if name and n not in {*single.values(), *code}]
    theme = tuple(n for kind in ("theme", "subtheme") for n in _all(names, roles[kind], {*single.values(), *code}))
    applied = () if code else tuple((n, _code_in(cells[n])) for n, name in rest if _is_applied(name, n, at, table))
    combined = None if code or applied else _first(names, roles["codes_combined"])
    attributes = tuple((n, _matched(roles["attribute"], cells[n])) for n, _name in rest
                       if _matched(roles["attribute"], cells[n]))  # fmt: skip
    found = {*single, *(["code"] if code else [])}
    program: Mapping[str, Any] = next((p for p in known()["program"] if _is_of(p, names, found)), {})
    read = {*single.values(), *code, *theme, *(n for n, _c in (*applied, *attributes))}
    where = [*roles["place"], *program.get("place", ())]
    place = _all(["" if n in read else name for n, name in enumerate(names)], where, set())
    silent = {n for n, name in rest if name in _silent() or any(re.search(p, name) for p in roles["not_applied"])
              or (code and _matched(roles["applied"], name))}  # fmt: skip
    return Layout(
        header=at,
        program=program.get("name", ""),
        single=single,
        code=(combined,) if combined is not None else code,
        theme=theme[::-1] if program.get("nearest_first") else theme,
        applied=applied,
        attributes=attributes,
        place=place,
        combined=combined is not None,
        one_code=program.get("one_code", False),
        spells_folders=program.get("spells_folders", False),
        separator="," if combined is not None else "",
        path=tuple(program.get("path", known()["parts"]["path"])),
        unread=tuple(cells[n].strip() for n, _name in rest if n not in read | silent and n != combined),
    )


def _is_of(program: Mapping[str, Any], names: Sequence[str], roles: set[str]) -> bool:
    headers, some = program.get("headers", ()), program.get("any", ())
    return (
        set(headers) <= set(names)
        and set(program.get("roles", ())) <= roles
        and (not some or bool(set(some) & set(names)))
    )


def _first(names: Sequence[str], synonyms: Iterable[str]) -> int | None:
    """Return the column whose header stands earliest in the list of synonyms."""
    return next((names.index(word) for word in synonyms if word in names), None)


def _all(names: Sequence[str], synonyms: Sequence[str], taken: set[int]) -> tuple[int, ...]:
    words = set(synonyms)
    return tuple(
        n for n, name in enumerate(names)
        if n not in taken and name and (name in words or _NUMBER.sub("", name) in words)
    )  # fmt: skip


def _is_applied(name: str, number: int, at: int, table: Grid) -> bool:
    """Return whether a column stands for a code: by its header, and because every cell says yes or no."""
    roles = known()["roles"]
    if any(re.search(p, name) for p in roles["not_applied"]) or not _matched(roles["applied"], name):
        return False
    said = {cells[number].strip().casefold() for _n, cells in table.rows[at + 1 :] if number < len(cells)}
    return said <= {*roles["yes"], *roles["no"]}


def _matched(patterns: Iterable[str], header: str) -> str:
    """Return the part of a header that a pattern asks for, as it is written, or ""."""
    plain = " ".join(header.replace("_", " ").split())
    for pattern in patterns:
        found = re.search(pattern, plain, re.IGNORECASE)
        if found:
            return found[1].strip()
    return ""


def _code_in(header: str) -> str:
    return _matched(known()["roles"]["applied"], header) or " ".join(header.split())


def _filled(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)
