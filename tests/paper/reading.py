"""How tests/test_paper_study.py reads its tables, and the program's in the same words: cells, fractions, remarks."""

import re
from fractions import Fraction

from dashboard.query import records

STANCES = {"w": "as_written", "a": "adapted", "r": "worked_around", "o": "left_out", "?": "unclear"}
EFFECTS = {"+": "helps", "±": "mixed", "-": "harms", "": "not_known"}

Cell = Fraction | str | None


def paper(table: str) -> list[tuple[Cell, ...]]:
    """The rows of a table: a cell ends at a line, and before a number or "none"; from # on it is a remark."""
    rows = [line.partition("#")[0].strip() for line in table.splitlines()]
    return [tuple(_cell(text) for text in re.split(r"\s*\|\s*|\s+(?=-?\d|none)", row)) for row in rows if row]


def program(rows, columns: str) -> list[tuple[Cell, ...]]:
    """The named columns of what the program found, each number as the fraction that it stands for."""
    return [tuple(_value(row[column]) for column in columns.split()) for row in records(rows)]


def who(table: str) -> dict[str, dict[str, tuple[str, str]]]:
    """Step → voice → stance and effect, from the remarks above the steps; "" where there is nothing to affect."""
    found = {}
    for remark, step in re.findall(r"# (.*)\n +(\w\d) \|", table):
        said = [part.split() for part in remark.split(" (")[0].split(" · ")]
        found[step] = {
            f"P{voice[:2]}": (STANCES[letter], EFFECTS[voice[2:3]] if letter in "aro" else "")
            for letter, *voices in said
            if letter in STANCES
            for voice in voices
        }
    return found


def _cell(text: str) -> Cell:
    if text == "none":
        return None
    return Fraction(text) if re.fullmatch(r"-?\d+(/\d+)?", text) else text


def _value(found) -> Cell:
    if isinstance(found, bool):
        return "yes" if found else "no"
    if isinstance(found, str):
        return found or None
    return None if found != found else Fraction(found).limit_denominator(1000)
