"""A take-away as one file that opens anywhere: drawings that are alive, real tables, nothing from outside."""

import base64
import hashlib
import html
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources
from typing import Any

import pandas as pd

from dashboard.charts.words import Drawing
from dashboard.export.compose import quietly
from dashboard.export.takeaway import Column, Line, Quote, Section, Takeaway
from dashboard.i18n import Translator
from dashboard.model import Progress
from dashboard.query import records

PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{product}</title>
<style>{style}</style>
</head>
<body>
<noscript>{without}</noscript>
<main id="page"></main>
<script type="application/json" id="taken">{data}</script>
<script>{script}</script>
</body>
</html>
"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src '{script}'; base-uri 'none'; form-action 'none'"
UNUSED = ("nav.",)  # the dashboard's own navigation


def as_html(taken: Takeaway, t: Translator, say: Progress = quietly) -> bytes:
    """Return a take-away as an HTML file; all that a study says stands in it as data and is set as text."""
    say(t("take.progress.write"), 0.0)
    style, script = _assets()
    return PAGE.format(
        language=taken.language,
        policy=POLICY.format(script=_hash(script)),
        product=html.escape(t("product")),
        style=style,
        without=html.escape(t("take.page.script")),
        data=as_data(_page(taken, t)),
        script=script,
    ).encode("utf-8", "replace")


def as_data(found: object) -> str:
    """Return data as JSON that no sign of it can end: every < is written by its number."""
    return json.dumps(found, ensure_ascii=False, allow_nan=False).replace("<", "\\u003c")


@lru_cache(maxsize=1)
def _assets() -> tuple[str, str]:
    """Return the style and the script of every drawing, and of the page around them."""
    folder = resources.files("dashboard") / "drawings"
    kinds = sorted((file for file in (folder / "kinds").iterdir()), key=lambda file: file.name)
    used = [file for file in kinds if not file.name.startswith(UNUSED)]
    alone = folder / "alone"
    styles = [folder / "drawing.css", *(file for file in used if file.name.endswith(".css")), alone / "alone.css"]
    scripts = [folder / "pieces.js", *(file for file in used if file.name.endswith(".js")), alone / "alone.js"]
    style, script = ("\n".join(file.read_text(encoding="utf-8") for file in files) for files in (styles, scripts))
    return style, script


def _hash(script: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(script.encode('utf-8')).digest()).decode('ascii')}"


def _page(taken: Takeaway, t: Translator) -> Mapping[str, Any]:
    return {
        "language": taken.language,
        "title": taken.title,
        "question": taken.question,
        "stamp": taken.stamp,
        "limits": taken.limits,
        "words": {
            "quotes": t("take.quotes"), "more": t("step.more"), "tables": t("take.page.tables"),
            "limits": t("take.limits"), "contents": t("take.page.contents"),
        },
        "drawings": [inward(drawing) for drawing in taken.drawings],
        "sections": [_part(section, t) for section in taken.sections if not section.is_drawn],
        "tables": [_table(data.rows, t(f"table.{data.name}")) | {"name": data.name} for data in taken.data],
    }  # fmt: skip


def inward(found: Any) -> Any:
    """Return a drawing without ways out of the file: an address outside stands as text beside what it belongs to."""
    if isinstance(found, Mapping):
        inside = {key: inward(value) for key, value in found.items()}
        if isinstance(found.get("to"), str):
            inside |= {"to": None} | _beside(inside, str(found["to"]))
        return inside
    if isinstance(found, (list, tuple)):
        return [inward(value) for value in found]
    return found.item() if hasattr(found, "item") else found


def _beside(found: Drawing, address: str) -> Drawing:
    if not address:
        return {}
    return {"notes": [*found["notes"], address]} if "notes" in found else {"text": f"{found['text']}: {address}"}


def _part(section: Section, t: Translator) -> Drawing:
    counts = {stance: n for stance, n, _word in section.dots}
    label = ", ".join(f"{n} {word}" for _stance, n, word in section.dots)
    return {
        "key": section.key,
        "title": section.name or section.title,
        "under": section.under,
        "sentence": section.sentence,
        "strip": {"counts": counts, "label": label} if counts else None,
        "facts": section.facts,
        "columns": [_column(column) for column in section.columns],
        "points": section.points,
        "table": _table(section.table, section.caption or section.title) if len(section.table) else None,
        "quotes": [_quote(quote) for quote in section.quotes],
        "source": _source(section, t),
    }


def _column(column: Column) -> Drawing:
    return {"title": column.title, "texts": [_line(line) for line in column.lines]}


def _line(line: Line) -> Drawing:
    return {"text": f"{line.text}: {line.address}" if line.address else line.text, "style": line.style}


def _quote(quote: Quote) -> Drawing:
    notes = [part for part in (quote.practice, quote.notes, quote.address) if part]
    return {"text": quote.text, "isFinding": quote.is_finding, "translation": quote.translation, "who": quote.who,
            "to": None, "notes": notes, "feeds": []}  # fmt: skip


def _source(section: Section, t: Translator) -> str:
    said = " · ".join(part for part in (section.source, section.address) if part)
    return t("take.source", source=said) if said else ""


def _table(rows: pd.DataFrame, caption: str) -> Drawing:
    columns = [str(name) for name in rows.columns]
    return {"caption": caption, "columns": columns, "rows": [_row(list(row.values())) for row in records(rows)]}


def _row(values: Sequence[Any]) -> list[object]:
    found = (value.item() if hasattr(value, "item") else value for value in values)
    return [None if value is None or value is pd.NA or value != value else value for value in found]
