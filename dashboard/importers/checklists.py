"""The reporting checklists, COREQ and SRQR: their items, and what a study team answers to them in study.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dashboard import settings
from dashboard.errors import ImportProblem, nearest

CHECKLISTS = ("coreq", "srqr")
LANGUAGES = ("en", "sv")


@dataclass(frozen=True)
class Item:
    """One item of a checklist in our own short wording; `fact` names what a study's data can answer, or is ""."""

    number: str
    group: str
    group_sv: str
    topic: str
    topic_sv: str
    text: str
    text_sv: str
    fact: str


@dataclass(frozen=True)
class Checklist:
    """A reporting checklist: its short name, the paper that it comes from, and its items in order."""

    name: str
    source: str
    address: str
    items: tuple[Item, ...]


@lru_cache(maxsize=len(CHECKLISTS))
def checklist(key: str) -> Checklist:
    """Return a checklist of data/reporting: "coreq" (Tong et al. 2007) or "srqr" (O'Brien et al. 2014)."""
    found = _read(key)
    items = tuple(
        Item(
            number=str(item["number"]),
            group=str(group["name"]),
            group_sv=str(group["name_sv"]),
            fact=str(item.get("fact", "")),
            **{column: str(item[column]) for column in ("topic", "topic_sv", "text", "text_sv")},
        )
        for group in found["group"]
        for item in group["item"]
    )
    return Checklist(str(found["name"]), str(found["source"]), str(found["address"]), items)


@lru_cache(maxsize=1)
def works() -> tuple[str, ...]:
    """Return the works that the method rests on, one reference each."""
    return tuple(_read("references")["works"])


def answers(found: Mapping[str, Any], name: str) -> tuple[tuple[str, str, str, str], ...]:
    """Return (checklist, item, answer, answer in Swedish) of a study.toml's [coreq] and [srqr] tables.

    An item with an empty text stays open. Raises on an item that the checklist does not have.
    """
    given: list[tuple[str, str, str, str]] = []
    for key in CHECKLISTS:
        table = found.get(key, {})
        if not isinstance(table, dict):
            raise ImportProblem(f"{key!r} is not a table.", where=name, remedy=f"Write [{key}], then items.")
        known = {item.number for item in checklist(key).items}
        for number, value in table.items():
            if number not in known:
                raise ImportProblem(_unknown(key, number), where=f"{name}, [{key}]", remedy=_range(key))
            text, text_sv = _texts(number, value, f"{name}, [{key}]")
            if text:
                given.append((key, number, text, text_sv))
    return tuple(given)


def _texts(number: str, value: Any, where: str) -> tuple[str, str]:
    texts = value if isinstance(value, dict) else {"en": value}
    if not texts or not all(isinstance(text, str) for text in texts.values()):
        raise ImportProblem(
            f"The answer to {number!r} is not a text.",
            where=where,
            remedy=f'Write {number} = "…" or {number} = {{ en = "…", sv = "…" }}.',
        )
    for language in texts:
        if language not in LANGUAGES:
            raise ImportProblem(
                f"{language!r} is not a language of the checklists.", where=where, remedy=nearest(language, LANGUAGES)
            )
    english, swedish = (str(texts.get(language, "")).strip() for language in LANGUAGES)
    return english or swedish, swedish


def _unknown(key: str, number: str) -> str:
    return f"{number!r} is not an item of {checklist(key).name}."


def _range(key: str) -> str:
    items = checklist(key).items
    return f"Its items are {items[0].number} to {items[-1].number}."


def _read(name: str) -> dict[str, Any]:
    path = settings.shipped_studies_folder() / "reporting" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
