"""Names that people gave: made unique where they repeat, and matched where a program lost the link."""

import re
from collections.abc import Mapping, Sequence

_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,5}$")


def stem(name: str) -> str:
    """Return a document's name without its file extension; "Interview with Dr. Berg" has none."""
    return _EXTENSION.sub("", name)


def unique(name: str, taken: set[str]) -> str:
    """Return the name, or with " (2)", " (3)" … before its extension where it is taken, and take it."""
    found, number = name, 1
    while found in taken:
        number += 1
        bare = stem(name)
        found = f"{bare} ({number}){name[len(bare) :]}"
    taken.add(found)
    return found


def match_documents(names: Sequence[str], documents: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return for each name the documents called so: `P01` finds `P01_psychologist.txt`, not `P010.txt`.

    `documents` maps ids to names. A document goes to the longest name that fits it, so that "P01 b" keeps
    its own; capitals do not matter.
    """
    found: dict[str, list[str]] = {}
    for document_id, title in documents.items():
        called = stem(title).casefold()
        fitting = [name for name in names if _is_called(called, name.casefold())]
        if fitting:
            found.setdefault(max(fitting, key=len), []).append(document_id)
    return {name: tuple(ids) for name, ids in found.items()}


def listed(items: Sequence[str], *, most: int = 20) -> str:
    """Return the first items in one line, and how many more there are."""
    more = f" … and {len(items) - most} more" if len(items) > most else ""
    return ", ".join(items[:most]) + more


def stretch(document: str, start: int | None, end: int | None) -> str:
    """Return where something stands: the document, and the characters in it where they are known."""
    return document if start is None else f"{document}, characters {start} to {end}"


def first_of(places: Sequence[str], most: int = 3) -> str:
    """Return the first of some places, and how many more there are: "a; b; c; and 2 more"."""
    more = len(places) - most
    return "; ".join([*places[:most], *([f"and {more} more"] if more > 0 else [])])


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: "1 excerpt", "2 excerpts"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def _is_called(title: str, name: str) -> bool:
    return bool(name) and title.startswith(name) and (title == name or not title[len(name)].isalnum())
