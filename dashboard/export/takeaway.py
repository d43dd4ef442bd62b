"""A take-away: what one page says, as plain data that every file format writes in its own way, and its stamp."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

import pandas as pd

from dashboard import settings
from dashboard.i18n import Translator
from dashboard.model import Filters

ChartKind = Literal["stacked_bars", "dumbbells", "scatter"]


@dataclass(frozen=True)
class Series:
    """One series of a chart: its name, a value per category, and the name of its colour among the stances'."""

    name: str
    values: tuple[float | None, ...]
    colour: str
    labels: tuple[str, ...] = ()
    """What stands at each value in words, where it is not the value itself: "6 of 9"."""


@dataclass(frozen=True)
class Chart:
    """A chart by its numbers, so that a program with charts of its own can draw it and its reader can edit it."""

    kind: ChartKind
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    alt: str
    title: str = ""
    axis: str = ""
    """What the values count."""
    levels: tuple[str, ...] = ()
    """How the axis of a dumbbell reads at its start, middle and end."""


@dataclass(frozen=True)
class Line:
    """A line of a column: its text, "large" or "small" or "", and the address that it leads to."""

    text: str
    style: str = ""
    address: str = ""


@dataclass(frozen=True)
class Column:
    """One of the columns that stand side by side in a change request."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Quote:
    """Words behind a section: the text, whether it is a finding of a publication, who said it, and of what."""

    text: str
    is_finding: bool
    translation: str
    who: str
    address: str
    notes: str
    practice: str
    effect: str = ""
    is_held: bool = False
    """Whether its words are held back for review, so that only its place is told."""


@dataclass(frozen=True)
class Section:
    """One idea: a sentence, and what shows it."""

    key: str
    title: str
    sentence: str
    name: str = ""
    """What is written, where a section is of one step."""
    under: str = ""
    """Which step, of which tool."""
    table: pd.DataFrame = field(default_factory=pd.DataFrame)
    """The columns to show, by the names that a reader sees."""
    caption: str = ""
    chart: Chart | None = None
    dots: tuple[tuple[str, int, str], ...] = ()
    """(stance, number of voices, its word), to be drawn as one dot a voice."""
    facts: tuple[str, ...] = ()
    asks_for: str = ""
    """The placement."""
    why: str = ""
    """Why it is placed so."""
    decided: str = ""
    """What was decided on it, and when; "" where nothing was."""
    points: tuple[tuple[str, str], ...] = ()
    """(heading, text): what it asks for, what speaks against it, who decides."""
    columns: tuple[Column, ...] = ()
    quotes: tuple[Quote, ...] = ()
    is_drawn: bool = False
    """Whether one of the take-away's drawings shows the same, so that a page with drawings leaves it away."""
    source: str = ""
    address: str = ""
    cites: tuple[tuple[str, str], ...] = ()
    """(source, address) of each row of the table, where its last column says where something is written."""
    notes: str = ""
    """What a speaker says to it: the finding and its n."""


@dataclass(frozen=True)
class Data:
    """A table behind a page, with the columns that the page's own table shows."""

    name: str
    rows: pd.DataFrame
    """Named and ordered as in `charts.tables.COLUMNS`; numbers are numbers."""


@dataclass(frozen=True)
class Takeaway:
    """What one page says, ready to be written into any kind of file."""

    page: str
    title: str
    question: str
    sentence: str
    facts: tuple[str, ...]
    stamp: tuple[str, ...]
    sections: tuple[Section, ...]
    data: tuple[Data, ...]
    drawings: tuple[Mapping[str, Any], ...]
    limits: tuple[str, ...]
    language: str
    kind: str
    more: str = ""
    """What the page says below its sentence: what its words mean, or what to be careful about."""

    @property
    def short_stamp(self) -> str:
        """The stamp's line for small places: which study of which kind, and which version of its data."""
        return f"{self.stamp[0]} · {self.stamp[2]}"


def stamp_of(
    study: Mapping[str, Any],
    filters: Filters,
    made_on: date,
    generation: str,
    t: Translator,
    tools: Mapping[str, str],
    about: Sequence[str] = (),
) -> tuple[str, ...]:
    """Return what every file says of itself: study and kind, filters in words, versions and date, and what it is not.

    `tools` names the digital components by their id. `about` says what the file is of, where that is not one study.
    """
    own = f"{t.of(study, 'title')} ({study['study_id']}) · {t('chip.' + str(study['kind']))}"
    versions = f"{t('product')} {settings.PROGRAM_VERSION} · {t('take.data', name=generation)} · {made_on.isoformat()}"
    return (
        " · ".join(about) or own,
        t("take.filters", filters=filters_in_words(filters, t, tools)),
        versions,
        t("footer"),
    )


def filters_in_words(filters: Filters, t: Translator, tools: Mapping[str, str]) -> str:
    """Return what a reader looks at, in words: "all of the study", or each filter with its values."""
    listed = (
        ("filter.tool", [tools.get(name, name) for name in filters.component_ids]),
        ("filter.phase", [t.word("phase", name) for name in filters.phases]),
        ("filter.duty", [t.word("obligation", name) for name in filters.obligation_levels]),
        ("filter.place", [t.word("jurisdiction", name) for name in filters.jurisdictions]),
    )
    chosen = [f"{t(key)}: {', '.join(values)}" for key, values in listed if values]
    if filters.at_least > 1:
        chosen.append(t("take.at_least", k=filters.at_least))
    return "; ".join(chosen) or t("take.whole")


def plain(parts: Sequence[tuple[str, bool]]) -> str:
    """Return a sentence without its marks of what is strong."""
    return "".join(text for text, _strong in parts).strip()
