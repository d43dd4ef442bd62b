"""A document as plain data that a page draws and a file holds: sections of paragraphs, lists, terms and tables."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from dashboard.i18n import Parts

Block = dict[str, Any]
Section = dict[str, Any]
Cell = str | dict[str, str]

ALWAYS = re.compile(r"([\\`*_\[\]<>|~#&$@])")
AT_START = re.compile(r"^(\d+)([.)])(?=\s|$)|^([-+=:])")
AUTOLINK = re.compile(r"(?i)\b(https?|ftp)(?=://)|\b(www)(?=\.)|\b(mailto|xmpp)(?=:)")
ADDRESS = re.compile(r"https?://[^\s<>\"'`|\\^{}]+")


def section(key: str, title: str, blocks: Iterable[Block | None]) -> Section:
    """Return a section; what there is nothing to say about is left away."""
    return {"id": key, "title": title, "blocks": [block for block in blocks if block is not None]}


def paragraph(parts: Parts | str) -> Block | None:
    """Return a paragraph, None where it says nothing."""
    said = [(parts, False)] if isinstance(parts, str) else parts
    return {"kind": "p", "parts": [list(part) for part in said]} if any(text for text, _strong in said) else None


def heading(text: str) -> Block:
    """Return a heading inside a section."""
    return {"kind": "h3", "text": text}


def listing(items: Iterable[str]) -> Block | None:
    """Return a list, None where it is empty."""
    kept = [item for item in items if item]
    return {"kind": "ul", "items": kept} if kept else None


def terms(items: Iterable[tuple[str, str, str]]) -> Block | None:
    """Return (term, what it means, its formula or "") as a list of terms; None where it is empty."""
    kept = [{"term": term, "text": text, "formula": formula} for term, text, formula in items if text]
    return {"kind": "dl", "items": kept} if kept else None


def table(
    label: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]], *, wide: bool = False, folded: bool = False
) -> Block | None:
    """Return a table, None where it has no rows. A cell is text, or {text, to, under}: an address, a line below.

    On the page a folded table opens at a click on its label; in the file it stands open.
    """
    if not rows:
        return None
    return {
        "kind": "table",
        "label": label,
        "columns": list(columns),
        "rows": rows,
        "wide": wide,
        "folded": folded,
    }


def code(text: str) -> Block:
    """Return text that stands as it is written."""
    return {"kind": "code", "text": text}


def as_markdown(title: str, lead: Sequence[Block | None], sections: Sequence[Section]) -> bytes:
    """Return the document as a Markdown file; no word of it can become a heading, a link or markup by itself."""
    lines = [f"# {escaped(title)}", ""]
    for block in lead:
        lines += _lines(block) if block else []
    for part in sections:
        lines += [f"## {escaped(part['title'])}", ""]
        for block in part["blocks"]:
            lines += _lines(block)
    return ("\n".join(lines).rstrip() + "\n").encode("utf-8")


def escaped(text: str) -> str:
    """Return words as Markdown that shows them as they are: one line, no sign of it read as markup."""
    flat = " ".join(text.split())
    return AUTOLINK.sub(lambda found: f"{found[0]}\\", ALWAYS.sub(r"\\\1", flat))


def _opening(line: str) -> str:
    """Return a line whose first sign begins no list, quotation or underline."""
    return AT_START.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", line)


def _lines(block: Block) -> list[str]:
    match block["kind"]:
        case "p":
            return [_opening("".join(_spoken(text, strong) for text, strong in block["parts"])), ""]
        case "h3":
            return [f"### {escaped(block['text'])}", ""]
        case "ul":
            return [*(f"- {_opening(escaped(item))}" for item in block["items"]), ""]
        case "dl":
            return [*(_term(item) for item in block["items"]), ""]
        case "table":
            return _table(block)
        case _:
            fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", block["text"])), default=0))
            return [fence, *block["text"].splitlines(), fence, ""]


def _spoken(text: str, strong: bool) -> str:
    """Return one part of a sentence; the spaces at its ends stay, outside of the marks."""
    said = escaped(text)
    before, after = " " * (text[:1] == " "), " " * (text[-1:] == " " and bool(said))
    return f"{before}**{said}**{after}" if strong and said else f"{before}{said}{after}"


def _term(item: dict[str, str]) -> str:
    formula = f" · `{item['formula'].replace('`', ' ')}`" if item["formula"] else ""
    return f"- **{escaped(item['term'])}**: {escaped(item['text'])}{formula}"


def _table(block: Block) -> list[str]:
    return [
        f"**{escaped(block['label'])}**",
        "",
        f"| {' | '.join(escaped(column) for column in block['columns'])} |",
        f"|{' --- |' * len(block['columns'])}",
        *(f"| {' | '.join(_cell(cell) for cell in row)} |" for row in block["rows"]),
        "",
    ]


def _cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return escaped(cell)
    address = cell.get("to", "")
    link = f"<{address}>" if ADDRESS.fullmatch(address) else escaped(address)
    return " · ".join(part for part in (escaped(cell["text"]), escaped(cell.get("under", "")), link) if part)
