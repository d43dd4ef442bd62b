"""A take-away as a Word file to edit: the brief, or a change request for each of its steps."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count, groupby
from typing import Any

import docx
from docx.shared import Cm, Pt

from dashboard.export import brief_pieces as pieces
from dashboard.export import fit
from dashboard.export.brief_pieces import PAGE
from dashboard.export.compose import quietly
from dashboard.export.pace import WRITTEN, Written
from dashboard.export.table import readable
from dashboard.export.takeaway import Column, Line, Quote, Section, Takeaway
from dashboard.i18n import Translator
from dashboard.model import Progress

MOST_ROWS = 40  # of a table in a text; the workbook has them all
Numbers = Mapping[tuple[str, str], int]
"""(source, address) → its number in this file."""
SIZES = {"large": 11.0, "small": 9.0, "": 10.0}


def as_docx(taken: Takeaway, t: Translator, say: Progress = quietly) -> bytes:
    """Return a take-away as a Word file with headings, tables, captions, quotes and its sources."""
    made = docx.Document()
    pieces.dress(made, taken.language)
    facts = made.core_properties
    facts.title, facts.subject, facts.author = readable(taken.question), readable(taken.title), t("product")
    facts.comments, facts.language = readable(" · ".join(taken.stamp[:3]))[:255], taken.language
    pieces.foot(made, taken.short_stamp)
    page = made.element.body.sectPr
    made.element.body.remove(page)  # it stands last, and so comes back at the end
    _opening(made, taken)
    sources, tables = numbered(taken.sections), count(1)
    for at, section in enumerate(taken.sections):
        say(f"{t('take.progress.write')} {section.under or section.title}", WRITTEN * at / len(taken.sections))
        once = replace(section, sentence="") if section.sentence == taken.sentence else section  # the opening says it
        _section(made, once, sources, tables, t)
    pieces.heading(made, t("take.limits"), 1)
    for line in taken.limits:
        pieces.say(made, line, "List Bullet")
    _sources(made, sources, t)
    pieces.heading(made, t("take.note.stamp"), 1)
    for line in taken.stamp:
        pieces.say(made, line, quiet=True, size=9.5)
    made.element.body.append(page)
    buffer = Written(say, t("take.progress.save"))
    made.save(buffer)
    return buffer.getvalue()


def numbered(sections: Sequence[Section]) -> dict[tuple[str, str], int]:
    """Return each (source, address) that the sections name with its number, in that order."""
    cited = ((*section.cites, (section.source, section.address)) for section in sections)
    named = dict.fromkeys(one for several in cited for one in several if one[0])
    return {source: at for at, source in enumerate(named, start=1)}


def _opening(made: Any, taken: Takeaway) -> None:
    pieces.heading(made, taken.question, 0)
    pieces.say(made, taken.stamp[0], "Subtitle")
    pieces.say(made, taken.sentence, bold=True, size=13)
    if taken.more:
        pieces.say(made, taken.more)
    pieces.say(made, " · ".join(taken.facts), quiet=True)
    pieces.say(made, " · ".join(taken.stamp[1:3]), quiet=True, size=9.5)


def _section(made: Any, section: Section, sources: Numbers, tables: Iterator[int], t: Translator) -> None:
    pieces.heading(made, section.name or section.title, 1)
    if section.under:
        pieces.say(made, f"{section.under}{_cited(sources, section.source, section.address)}", quiet=True)
    if section.sentence:
        pieces.say(made, section.sentence, bold=bool(section.name))
    if section.dots:
        pieces.dots(made, section.dots)
    if section.facts:
        pieces.say(made, " · ".join(section.facts))
    if section.columns:
        _columns(made, section, sources, next(tables), t)
    for heading, text in section.points:
        pieces.heading(made, heading, 2)
        pieces.say(made, text)
    if len(section.table):
        if section.name:
            pieces.heading(made, t("take.practices"), 2)
        _table(made, section, sources, next(tables), t)
    if section.quotes:
        pieces.heading(made, t("take.quotes"), 2)
        _quotes(made, section.quotes)


def _columns(made: Any, section: Section, sources: Numbers, number: int, t: Translator) -> None:
    """Write the columns of a change request side by side under their titles."""
    titles = [column.title for column in section.columns]
    said = ", ".join([titles[0], *(title[:1].lower() + title[1:] for title in titles[1:])])
    pieces.heading(made, said, 2)
    pieces.caption(made, t("take.table"), number, f"{section.under}: {said}")
    wide = [PAGE / len(titles)] * len(titles)
    grid = pieces.table(made, titles, [[""] * len(titles)], wide, f"{section.under}: {said}")
    for cell, column in zip(grid.rows[1].cells, section.columns, strict=True):
        _lines(cell, column, _cited(sources, section.source, section.address))
    pieces.say(made, "", size=4)


def _lines(cell: Any, column: Column, cited: str) -> None:
    for at, line in enumerate(column.lines):
        paragraph = cell.paragraphs[0] if not at else cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(4)
        if line.address:
            _linked(paragraph, line)
            pieces.write(paragraph, cited, quiet=True, size=SIZES["small"])
        else:
            pieces.write(paragraph, line.text, quiet=line.style == "small", size=SIZES[line.style])


def _linked(paragraph: Any, line: Line) -> None:
    if pieces.ADDRESS.fullmatch(line.address):
        pieces.link(paragraph, line.text, line.address)
    else:
        pieces.write(paragraph, f"{line.text}: {line.address}", quiet=True, size=SIZES["small"])


def _table(made: Any, section: Section, sources: Numbers, number: int, t: Translator) -> None:
    table = section.table.head(MOST_ROWS)
    if section.cites:
        last = table.columns[-1]
        marks = [_cited(sources, *source) for source in section.cites[: len(table)]]
        table = table.assign(**{last: [f"{text}{mark}" for text, mark in zip(table[last], marks, strict=True)]})
    columns = [str(name) for name in table.columns]
    rows = [
        [value if isinstance(value, str) else int(str(value)) for value in row] for row in table.itertuples(index=False)
    ]
    pieces.caption(made, t("take.table"), number, section.caption or section.title)
    alt = t("take.alt.table", caption=section.caption or section.title, n=len(rows))
    shares = fit.shares(columns, rows, Cm(PAGE).pt, pieces.CELL_TEXT, pieces.CELL_MARGIN)
    pieces.table(made, columns, rows, [PAGE * share for share in shares], alt)
    left = len(section.table) - len(table)
    pieces.say(made, t("take.more", n=left) if left else "", quiet=True, size=9)


def _quotes(made: Any, quotes: Sequence[Quote]) -> None:
    """Write what was said, practice by practice; a finding of a publication is not dressed as a quote."""
    for practice, group in groupby(quotes, key=lambda quote: quote.practice):
        pieces.say(made, practice, bold=True).paragraph_format.keep_with_next = True
        for quote in group:
            words = quote.text if quote.is_finding else f"“{quote.text}”"
            pieces.say(made, words, pieces.FINDING if quote.is_finding else "Quote")
            if quote.translation:
                pieces.say(made, quote.translation, pieces.TRANSLATION)
            said_by = " · ".join(part for part in (quote.who, quote.notes, quote.address) if part)
            pieces.say(made, said_by, pieces.SAID_BY)


def _cited(sources: Numbers, source: str, address: str) -> str:
    """Return the number of a source as it stands behind what it says, nothing where it has none."""
    number = sources.get((source, address))
    return f" [{number}]" if number else ""


def _sources(made: Any, sources: Numbers, t: Translator) -> None:
    if sources:
        pieces.heading(made, t("take.sources"), 1)
    for (source, address), number in sources.items():
        pieces.say(made, f"[{number}] {source}{f' · {address}' if address else ''}", size=9.5)
