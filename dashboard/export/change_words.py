"""What an import changes of a study in the store, in lines to read before it happens."""

from collections.abc import Sequence

from dashboard.changes import Changes
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
    """Return the lines as the page shows them."""
    return {"kind": "blocks", "blocks": [document.listing(lines(changes, t))]}


def _said(how: dict[str, list[str] | int], t: Translator) -> Sequence[str]:
    said = []
    for way in ORDER:
        found = how.get(way, 0)
        n = found if isinstance(found, int) else len(found)
        if n or way == "unchanged":
            names = f" ({_names(found, t)})" if isinstance(found, list) else ""
            said.append(t(f"changes.how.{way}", n=n) + names)
    return said


def _names(names: list[str], t: Translator) -> str:
    more = len(names) - NAMED
    return "; ".join(names[:NAMED]) + (f"; {t('changes.more', n=more)}" if more > 0 else "")
