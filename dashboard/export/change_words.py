"""What an import changes of a study in the store, in lines to read before it happens."""

from collections.abc import Sequence

from dashboard.changes import Changes, How, Said
from dashboard.charts.words import Drawing
from dashboard.export import document
from dashboard.i18n import Translator

NAMED = 8  # names before "and so many more"
ORDER = ("added", "removed", "changed", "renamed", "moved", "unchanged")


def lines(changes: Changes, t: Translator) -> list[str]:
    """Return a line per noun: how many were added, removed, changed, moved and left as they were, and which."""
    return [
        t("changes.line", noun=t(f"changes.{noun}"), said=", ".join(_said(how, t))) for noun, how in changes.items()
    ]


def drawing(changes: Changes, t: Translator) -> Drawing:
    """Return the same for the page: how many in a table, and below it what has a name and is not as it was."""
    ways = [way for way in ORDER if any(way in how for how in changes.values())]
    columns = [t("changes.what"), *(t(f"changes.way.{way}") for way in ways)]
    rows = [[t(f"changes.{noun}"), *(_number(how.get(way)) for way in ways)] for noun, how in changes.items()]
    named = [
        (f"{t(f'changes.{noun}')}, {t(f'changes.way.{way}')}", _names(found, t), "")
        for noun, how in changes.items() for way, found in how.items() if isinstance(found, list) and found
    ]  # fmt: skip
    blocks = [document.table(t("changes.title"), columns, rows, wide=True), document.terms(named)]
    return {"kind": "blocks", "blocks": [block for block in blocks if block is not None]}


def _number(found: list[str] | list[Said] | int | None) -> str:
    return "" if found is None else str(found if isinstance(found, int) else len(found))


def _said(how: How, t: Translator) -> Sequence[str]:
    said = []
    for way in ORDER:
        found = how.get(way, 0)
        n = found if isinstance(found, int) else len(found)
        if n or way == "unchanged":
            names = f" ({_names(found, t)})" if isinstance(found, list) else ""
            said.append(t(f"changes.how.{way}", n=n) + names)
    return said


def _names(names: Sequence[str | Said], t: Translator) -> str:
    more = len(names) - NAMED
    shown = [_about(name, t) if isinstance(name, Said) else name for name in names[:NAMED]]
    return "; ".join(shown) + (f"; {t('changes.more', n=more)}" if more > 0 else "")


def _about(said: Said, t: Translator) -> str:
    """Return what a study says otherwise of itself in the page's words: "Who may see it: only the team → everybody"."""
    column = said.column.removesuffix("_sv")
    name = t(f"bring.about.{column}") + (" (sv)" if column != said.column else "")
    return f"{name}: {_value(column, said.before, t)} → {_value(column, said.after, t)}"


def _value(column: str, value: str, t: Translator) -> str:
    return t(f"bring.{column}.{value}") if column in ("kind", "disclosure", "school") else value or "–"
