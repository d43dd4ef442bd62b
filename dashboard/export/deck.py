"""A take-away as a deck to edit: 16:9, one idea a slide, native charts and tables, notes to speak from."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Pt

from dashboard.export import deck_shapes as shapes
from dashboard.export import fit
from dashboard.export.compose import quietly
from dashboard.export.deck_shapes import INK, LINE_COLOUR, POINT, QUIET
from dashboard.export.fit import Face
from dashboard.export.gap_section import worst_first
from dashboard.export.pace import WRITTEN, Written
from dashboard.export.table import readable
from dashboard.export.takeaway import Quote, Section, Takeaway
from dashboard.i18n import Translator
from dashboard.model import Progress

WIDE, TALL, EDGE = 960.0, 540.0, 48.0  # points
ROOM = WIDE - 2 * EDGE
MOST_ROWS = 6  # of a table, its header among them
WORDS_TOP, WORDS_ROOM = 132.0, 345.0  # where a slide's quotes begin, and how tall they are together
WORDS_SIZE = 15  # points; smaller quotes are not read from the last row
TRANSLATION, SAID_BY = 36.0, 46.0  # below a quote: its translation where it has one, and who said it
KEPT = ("Title Slide", "Title and Content", "Title Only", "Blank")
TITLE_ONLY = "Title Only"
SIGNS = "▲◆▼○"
HEADLINE = Face(is_serif=True)
BOLD = Face(is_bold=True)


def as_pptx(taken: Takeaway, t: Translator, say: Progress = quietly) -> bytes:
    """Return a take-away as a PowerPoint file."""
    deck = _empty(taken, t)
    _title(deck, taken, t)
    shown = [(draw, section) for section in taken.sections for draw in _slides_of(section)]
    for at, (draw, section) in enumerate(shown):
        say(f"{t('take.progress.write')} {section.under or section.title}", WRITTEN * at / len(shown))
        draw(deck, taken, section, t("take.slide.of", at=at + 2, n=len(shown) + 2), t)
    _closing(deck, taken, t)
    buffer = Written(say, t("take.progress.save"))
    deck.save(buffer)
    return buffer.getvalue()


def _slides_of(section: Section) -> Sequence[Callable[[Any, Takeaway, Section, str, Translator], None]]:
    """Return how a section is shown: a gap by its numbers and then by what was said, anything else by one picture."""
    if not section.asks_for:
        return (_picture,)
    return (_gap, _words) if worst_first(section.quotes) else (_gap,)


def _empty(taken: Takeaway, t: Translator) -> Any:
    """Return a deck without slides: 16:9, this house's type and colours, and the four layouts that it needs."""
    deck = Presentation()
    stretch = Pt(WIDE) / deck.slide_width
    deck.slide_width, deck.slide_height = Pt(WIDE), Pt(TALL)
    for layout in list(deck.slide_layouts):
        if layout.name not in KEPT:
            deck.slide_layouts.remove(layout)
    for page in (deck.slide_master, *deck.slide_layouts):
        for shape in page.placeholders:
            if shape._element.spPr.xfrm is not None:  # the others stand where the master has them
                shape.left, shape.width = round(shape.left * stretch), round(shape.width * stretch)
    _dressed(deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME))
    facts = deck.core_properties
    facts.title, facts.author, facts.language = readable(taken.question), t("product"), taken.language
    facts.subject, facts.comments = readable(taken.title), readable(" · ".join(taken.stamp[:3]))
    return deck


def _dressed(part: Any) -> None:
    """Give the deck's theme this house's type and colours, so that what its reader adds looks alike."""
    xml = part.blob.decode("utf-8")
    for group, font in (("major", shapes.SERIF), ("minor", shapes.SANS)):
        xml = re.sub(rf'(<a:{group}Font>\s*<a:latin typeface=")[^"]*', rf"\g<1>{font}", xml)
    named = ("adapted", "worked_around", "left_out", "added", "as_written", "point")
    colours = {f"accent{at}": shapes.CHART_COLOURS[name] for at, name in enumerate(named, start=1)}
    for name, value in colours.items():
        xml = re.sub(rf"<a:{name}>.*?</a:{name}>", _filled(name, value), xml, flags=re.S)
    part._blob = xml.encode("utf-8")


def _filled(name: str, value: str) -> str:
    return f'<a:{name}><a:srgbClr val="{value.lstrip("#")}"/></a:{name}>'


def _slide(deck: Any, taken: Takeaway, title: str, box: shapes.Box, size: float, notes: str, t: Translator) -> Any:
    """Add a slide with its title and what a speaker says to it: the finding, its n, and where it comes from."""
    slide = deck.slides.add_slide(next(layout for layout in deck.slide_layouts if layout.name == TITLE_ONLY))
    for shape in list(slide.placeholders):
        if shape.placeholder_format.idx:
            shape._element.getparent().remove(shape._element)
    alt = t("take.alt.title", text=title)
    shapes.text(slide, box, title, size, taken.language, face=HEADLINE, alt=alt, name="Title", shape=slide.shapes.title)
    said = "\n".join([notes, "", f"{t('take.note.stamp')}:", *taken.stamp])
    slide.notes_slide.notes_text_frame.text = readable(said)
    return slide


def _title(deck: Any, taken: Takeaway, t: Translator) -> None:
    notes = "\n".join([taken.question, taken.sentence, *taken.facts])
    room, size = ROOM - 24, 36.0
    tall = min(210.0, fit.height(readable(taken.sentence), size, room, HEADLINE))
    slide = _slide(deck, taken, taken.sentence, (EDGE + 24, 118, room, tall), size, notes, t)
    shapes.bar(slide, (EDGE, 84, 6, tall + 94), POINT, t("take.alt.text", text=t("product")), "Mark")
    _said(slide, taken, (EDGE + 24, 84, room, 26), taken.question, 18, t, face=BOLD, ink=QUIET)
    _said(slide, taken, (EDGE + 24, 134 + tall, room, 44), " · ".join(taken.facts), 18, t)
    _said(slide, taken, (EDGE + 24, 410, room, 100), "\n".join(taken.stamp), 13, t, ink=QUIET)


def _gap(deck: Any, taken: Takeaway, section: Section, number: str, t: Translator) -> None:
    """One gap: who does what, what they do instead, what it leads to, and what it asks for."""
    slide = _slide(deck, taken, section.title, (EDGE, 54, ROOM, 80), 26, section.notes, t)
    _said(slide, taken, (EDGE, 28, ROOM - 80, 18), section.under, 14, t, face=BOLD, ink=QUIET)
    half = 400.0
    tally, effects = (*section.facts, "", "")[:2]
    _said(slide, taken, (EDGE, 150, half, 40), tally, 30, t, face=HEADLINE, ink=POINT)
    _said(slide, taken, (EDGE, 192, half, 40), effects, 16, t)
    if section.chart is not None:
        _said(slide, taken, (EDGE, 240, half, 18), section.chart.title, 14, t, face=BOLD)
        shapes.chart(slide, (EDGE - 6, 258, half + 12, 146), section.chart, taken.language)
    left = EDGE + half + 32
    _said(slide, taken, (left, 150, WIDE - EDGE - left, 18), t("take.practices"), 14, t, face=BOLD)
    if len(section.table):
        _table(slide, taken, section, (left, 174, WIDE - EDGE - left, 212), t)
    else:
        _said(slide, taken, (left, 178, WIDE - EDGE - left, 40), t("step.practice.none"), 14, t)
    shapes.bar(slide, (EDGE, 416, 4, 66), POINT, t("placement.title"), "Mark")
    asks = " · ".join(part for part in (f"{t('placement.title')}: {section.asks_for}", section.decided) if part)
    _said(slide, taken, (EDGE + 16, 416, ROOM - 16, 24), asks, 18, t, face=BOLD)
    _said(slide, taken, (EDGE + 16, 442, ROOM - 16, 40), section.why, 16, t)
    _foot(slide, taken, t("take.source", source=section.source) if section.source else t("take.source.none"), number, t)


def _words(deck: Any, taken: Takeaway, section: Section, number: str, t: Translator) -> None:
    """What was said about one gap: a few quotes of different practices, those that tell of harm first."""
    title = t("take.spoken", title=t("take.quotes"), step=section.name)
    slide = _slide(deck, taken, title, (EDGE, 54, ROOM, 60), 26, section.notes, t)
    _said(slide, taken, (EDGE, 28, ROOM - 80, 18), section.under, 14, t, face=BOLD, ink=QUIET)
    spoken = _whole(worst_first(section.quotes))
    room = WORDS_ROOM / len(spoken)
    for at, one in enumerate(spoken):
        top = WORDS_TOP + at * room
        shapes.bar(slide, (EDGE, top + 2, 4, room - 22), POINT, one.practice, "Mark")
        tall = _tall_of_words(one, room)
        _said(slide, taken, (EDGE + 20, top, ROOM - 20, tall), _in_marks(one), 20, t, face=HEADLINE)
        if one.translation:
            _said(slide, taken, (EDGE + 20, top + tall + 2, ROOM - 20, TRANSLATION - 2), one.translation, 14, t)
        said_by = " · ".join(part for part in (one.who, one.notes, one.practice) if part)
        _said(slide, taken, (EDGE + 20, top + room - SAID_BY, ROOM - 20, 22), said_by, 14, t, ink=QUIET)
    _foot(slide, taken, t("take.source", source=section.source) if section.source else t("take.source.none"), number, t)


def _whole(spoken: Sequence[Quote]) -> Sequence[Quote]:
    """Return as many of the first quotes as can stand whole beside one another; at least one, even if it is cut."""
    for n in range(len(spoken), 1, -1):
        room = WORDS_ROOM / n
        if all(
            fit.height(_in_marks(one), WORDS_SIZE, ROOM - 20, HEADLINE) <= _tall_of_words(one, room)
            and fit.height(one.translation, fit.SMALLEST, ROOM - 20) <= TRANSLATION - 2
            for one in spoken[:n]
        ):
            return spoken[:n]
    return spoken[:1]


def _tall_of_words(one: Quote, room: float) -> float:
    return room - SAID_BY - 4 - (TRANSLATION if one.translation else 0)


def _in_marks(one: Quote) -> str:
    return one.text if one.is_finding else f"“{one.text}”"


def _picture(deck: Any, taken: Takeaway, section: Section, number: str, t: Translator) -> None:
    """One chart over the whole slide, else one table."""
    slide = _slide(deck, taken, section.title, (EDGE, 34, ROOM, 40), 28, section.notes or section.title, t)
    _said(slide, taken, (EDGE, 80, ROOM, 44), section.sentence, 16, t, ink=QUIET)
    if section.chart is not None:
        _said(slide, taken, (EDGE, 134, ROOM, 18), section.chart.title, 14, t, face=BOLD)
        n = len(section.chart.categories) * (1 if section.chart.kind == "stacked_bars" else 2)
        tall = min(328.0, 70 + 62.0 * n)
        shapes.chart(slide, (EDGE - 6, 154, ROOM + 12, tall), section.chart, taken.language)
    else:
        _table(slide, taken, section, (EDGE, 140, ROOM, 320), t)
    _foot(slide, taken, taken.question, number, t)


def _closing(deck: Any, taken: Takeaway, t: Translator) -> None:
    notes = "\n".join([t("take.limits"), *taken.limits])
    slide = _slide(deck, taken, t("take.limits"), (EDGE, 34, ROOM, 40), 28, notes, t)
    room = 300.0 / len(taken.limits)
    for at, line in enumerate(taken.limits):
        top = 96 + at * room
        shapes.bar(slide, (EDGE, top + 6, 6, 6), POINT, line, "Mark")
        _said(slide, taken, (EDGE + 20, top, ROOM - 20, room - 4), line, 16, t)
    shapes.bar(slide, (EDGE, 410, ROOM, 1), LINE_COLOUR, t("take.note.stamp"), "Line")
    _said(slide, taken, (EDGE, 420, ROOM, 92), "\n".join(taken.stamp), 13, t, ink=QUIET)


def _foot(slide: Any, taken: Takeaway, line: str, number: str, t: Translator) -> None:
    """Write the small lines at the bottom: the source, which data this is of, and which slide."""
    _said(slide, taken, (EDGE, 492, ROOM - 70, 16), line, 12, t, ink=QUIET)
    _said(slide, taken, (EDGE, 510, ROOM, 16), taken.short_stamp, 12, t, ink=QUIET)
    shapes.text(slide, (WIDE - EDGE - 70, 492, 70, 16), number, 12, taken.language, ink=QUIET, right=True,
                alt=t("take.alt.text", text=number), name="Number")  # fmt: skip


def _said(
    slide: Any, taken: Takeaway, box: shapes.Box, said: str, size: float, t: Translator, *, face: Face = fit.PLAIN,
    ink: str = INK,
) -> None:  # fmt: skip
    if said:
        alt = t("take.alt.text", text=said)
        shapes.text(slide, box, said, size, taken.language, face=face, ink=ink, alt=alt, name="Text")


def _table(slide: Any, taken: Takeaway, section: Section, box: shapes.Box, t: Translator) -> None:
    """Draw the first rows of a section's table, and say below how many more there are."""
    columns, rows = _shown(section)
    kept = rows if len(rows) < MOST_ROWS else rows[: MOST_ROWS - 1]
    left, top, wide, _tall = box
    alt = t("take.alt.table", caption=section.caption, n=len(rows))
    shares = fit.shares(columns, kept, wide, shapes.CELL_TEXT, shapes.MARGIN)
    drawn = shapes.table(slide, box, columns, kept, shares, taken.language, alt)
    if len(kept) < len(rows):
        _said(
            slide,
            taken,
            (left, top + drawn.height.pt + 4, wide, 16),
            t("take.more", n=len(rows) - len(kept)),
            12,
            t,
            ink=QUIET,
        )


def _shown(section: Section) -> tuple[list[str], list[list[object]]]:
    """Return a table as a slide shows it: an effect by its sign alone, and no effect that nobody tells."""
    table = section.table
    names = [str(name) for name in table.columns]
    kept = [at for at, name in enumerate(names) if name[0] not in SIGNS or any(table.iloc[:, at] != 0)]
    rows = [[_value(row[at]) for at in kept] for row in table.itertuples(index=False)]
    return [names[at][0] if names[at][0] in SIGNS else names[at] for at in kept], rows


def _value(value: object) -> object:
    return value if isinstance(value, str) else int(str(value))
