"""The shared pieces of the pages: drawings, charts with their tables, facts, footer, errors."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial
from importlib import resources
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard import hidden_practice, i18n, session
from dashboard.charts import words
from dashboard.charts.feeds import Numbers
from dashboard.charts.feeds import numbers as as_numbers
from dashboard.charts.firm_ranking import by_k, firm_ranking, hidden_list
from dashboard.charts.headline import study_facts
from dashboard.charts.opens import opened_by
from dashboard.charts.tables import COLUMNS
from dashboard.charts.words import Drawing, Row
from dashboard.errors import GapError
from dashboard.export.table import as_csv
from dashboard.export.takeaway import stamp_of
from dashboard.i18n import Translator
from dashboard.importers.template import PRODUCER
from dashboard.model import Filters
from dashboard.query import records

ALL_ROWS = "all"
CHART_CONFIG = {"displayModeBar": False, "displaylogo": False, "showSendToCloud": False, "scrollZoom": False}


@lru_cache(maxsize=1)
def _drawing() -> Callable[..., Any]:
    folder = resources.files("dashboard") / "drawings"
    kinds = sorted((file for file in (folder / "kinds").iterdir()), key=lambda file: file.name)
    styles = [folder / "drawing.css", *(file for file in kinds if file.name.endswith(".css"))]
    scripts = [folder / "pieces.js", *(file for file in kinds if file.name.endswith(".js")), folder / "mount.js"]
    return st.components.v2.component(
        "drawing",
        html='<div class="drawing"></div>\n',
        css="\n".join(file.read_text(encoding="utf-8") for file in styles),
        js="\n".join(file.read_text(encoding="utf-8") for file in scripts),
    )


def draw(key: str, make: Callable[[], Drawing], *of: object) -> None:
    """Show a drawing, made once for what it is `of`; a click on one of its links opens the page that it names.

    What a reader types into a drawing's search is noted as the choice `find`.
    """
    drawing = session.drawn((session.page(), key, session.filters(), session.many("brief"), *of), make)
    result = _drawing()(
        data=drawing | ({"find": session.chosen("find")} if drawing["kind"] == "library" else {}),
        key=key,
        on_open_change=lambda: None,
        on_find_change=partial(session.note_search, key),
    )
    if opened := result.open:
        session.open_page(str(opened["page"]), dict(opened["values"]))


def draw_if(key: str, make: Callable[[], Drawing] | None, *of: object) -> None:
    """Show a drawing where there is one to make, as `draw` does."""
    if make is not None:
        draw(key, make, *of)


def show(key: str, drawing: Drawing) -> None:
    """Show a drawing that is this reader's alone: it is kept nowhere."""
    _drawing()(data=drawing, key=key)


def header(t: Translator) -> None:
    """Show the product's name, the pages and the language."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="header"):
        links = [session.nav(name) | {"name": t(f"page.{name}")} for name in session.pages() if name != "words"]
        here = session.page()
        drawing = {"kind": "nav", "brand": t("product"), "label": t("pages"), "here": here, "links": links}
        draw("nav", lambda: drawing, *(link["href"] for link in links))
        session.settle("lang", [t.language, *i18n.LANGUAGES])
        st.segmented_control(
            t("language"), i18n.LANGUAGES, format_func=str.upper, key="lang", required=True,
            label_visibility="collapsed", width="content",
        )  # fmt: skip


def plot(figure: go.Figure, *, key: str, alt: str) -> None:
    """Show a Plotly figure of steps, with its sentence for those who do not see it; a click opens the step."""
    chosen = st.plotly_chart(
        figure, key=key, alt=alt, theme=None, config=CHART_CONFIG, on_select="rerun", selection_mode="points"
    )
    if points := chosen["selection"]["points"]:
        session.open_page("step", {"step": str(points[0]["customdata"][0])})


def twin(rows: pd.DataFrame, name: str, t: Translator, *, pick: bool = False, about: Sequence[str] = ()) -> None:
    """Show the numbers of a picture as a table that can be taken away; nothing is made before it is asked for.

    With `pick`, the step that a click on the picture opens can be picked from a list as well. `about` says in the
    file what the table is of beside the chosen study.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key=f"twin_{name}"):
        if pick:
            _step_picker(rows, t)
        is_open = st.toggle(t("table.open", what=t(f"table.{name}")), key=f"table_{name}")
        st.download_button(
            t("table.download"),
            partial(
                _as_file,
                rows,
                name,
                session.study(),
                session.filters(),
                session.generation_name(),
                t,
                tool_names(t),
                about,
            ),
            f"{name}-{session.study_id()}.csv",
            "text/csv",
            key=f"csv_{name}",
            on_click="ignore",
            type="tertiary",
        )
    if is_open:
        _table(rows, name, t)


def _table(rows: pd.DataFrame, name: str, t: Translator) -> None:
    """Show a table; a click on one of its numbers opens the words that the number is made of."""
    columns = list(COLUMNS[name])
    chosen = st.dataframe(
        rows[columns], hide_index=True, alt=f"{name}: {t('table.note')}", key=f"cells_{name}", on_select="rerun",
        selection_mode="single-cell",
    )  # fmt: skip
    for at, column in chosen["selection"]["cells"]:
        if opened := opened_by(name, column, records(rows)[at]):
            session.open_page("words", opened)


def chosen_size(n: int) -> int:
    """Return how many rows of a ranked list the reader wants: five, ten or all."""
    session.settle("how_many", _sizes(n))
    size = session.chosen("how_many")
    return n if size == ALL_ROWS else int(size)


def size_picker(listed: pd.DataFrame, every: pd.DataFrame, t: Translator) -> None:
    """Show the choices of a ranked list: how many rows, and only those on which somebody sees harm."""
    sizes, n = _sizes(len(listed)), len(listed)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="size"):
        if len(sizes) > 1:
            st.segmented_control(
                t("filter.how_many"), sizes, key="how_many", required=True, label_visibility="collapsed",
                format_func=lambda size: _size_name(size, n, every="harm" if session.is_on("harm") else "all", t=t),
            )  # fmt: skip
        if harmed := int((every["n_harms"] > 0).sum()):
            st.toggle(t("gaps.harm", n=harmed), key="harm")


def _size_name(size: str, n: int, every: str, t: Translator) -> str:
    return t(f"filter.how_many.{every}", n=n) if size == ALL_ROWS else t("filter.how_many.first", n=size)


def _sizes(n: int) -> list[str]:
    return [str(size) for size in (5, 10) if size < n] + [ALL_ROWS]


def _step_picker(steps: pd.DataFrame, t: Translator) -> None:
    names = session.drawn(
        ("step_names", tuple(steps["step_id"]), session.study_id()), lambda: step_names(records(steps), t)
    )
    picked = st.selectbox(
        t("filter.open_step"), list(names), index=None, format_func=lambda s: names[s], key="pick_step",
        placeholder=t("filter.open_step"), label_visibility="collapsed", width=320,
    )  # fmt: skip
    if picked:
        session.open_page("step", {"step": picked})


def step_names(steps: Sequence[Row], t: Translator) -> dict[str, str]:
    """Return, per step, how a list names it."""
    return {str(row["step_id"]): f"{row['step_id']} · {t.of(row, 'step')}" for row in steps}


def row_of(rows: pd.DataFrame, step_id: str) -> Row:
    """Return one step's row of a measure."""
    return records(rows[rows["step_id"] == step_id])[0]


def tally_facts(row: Row, t: Translator) -> list[str]:
    """Return a step's counts as facts: the tally, the effects that those who differ tell, and what is hidden."""
    said = "".join(text for text, _strong in words.tally(row, t))
    found = [said, *(f"{mark['sign']} {mark['n']} {mark['word']}" for mark in words.effects(row, t))]
    filters = session.filters()
    if filters.at_least > 1:
        hidden = hidden_practice.on_step(filters, str(row["step_id"]))
        found.append(t.count("dropped", hidden, k=filters.at_least))
    if replace(filters, at_least=1) != Filters(filters.study_id):
        found.append(t("step.unfiltered"))
    return found


def chips(t: Translator) -> list[str]:
    """Return what marks the study's kind wherever it is shown."""
    return [t(f"chip.{session.study()['kind']}")]


def numbers() -> Numbers:
    """Return the numbers of the study that its words may feed, made once."""
    whole = session.whole_study()
    names = ("placement_by_step", "state_by_voice", "gap_by_component", "practice_by_lens")
    return session.drawn(("numbers", whole), lambda: as_numbers(*(session.measure(name, whole) for name in names)))


def facts(steps: pd.DataFrame, filters: Filters, t: Translator) -> list[str]:
    """Return what a page says of its numbers: voices, steps, silence, and what the filter on voices hides."""
    hidden = hidden_practice.on_page(filters) if filters.at_least > 1 else 0
    return study_facts(steps, int(session.study()["n_voices"]), hidden, t)


def hidden(filters: Filters, t: Translator) -> None:
    """Offer what "at least k voices" hides here: the practices, and the steps about which nothing is left."""
    if filters.at_least == 1:
        return
    rows = session.measure("hidden_practice", filters)
    if rows.empty:
        return
    with st.expander(t("hidden.title"), key="hidden", on_change="rerun") as opened:
        if opened.open:
            every = session.measure("gap_by_step", replace(filters, at_least=1))
            left = session.measure("gap_by_step", filters)
            silenced = every[(every["n_raised"] > 0) & (left["n_raised"] == 0)]
            draw("hidden_list", lambda: hidden_list(rows, silenced, session.to, t), filters)
            twin(rows, "hidden_practice", t)


def robustness(filters: Filters, t: Translator, name: str = "ranking_without_one") -> None:
    """Offer what one voice, or another k, would change in a ranking and, for gaps, in their placements."""
    with st.expander(t("firm.title"), key="firm", on_change="rerun") as opened:
        if opened.open:
            rows = session.measure(name, filters)
            draw("firm_ranking", lambda: firm_ranking(rows, session.to, t), filters, name)
            twin(rows, name, t)
            counts = session.measure("sensitivity_by_k", filters)
            draw("by_k", lambda: by_k(counts, filters.at_least, t), filters)
            twin(counts, "sensitivity_by_k", t)


def tool_names(t: Translator) -> dict[str, str]:
    """Return what the reader calls each digital component of the study, by its id."""
    rows = session.ask("lists/components", study_id=session.study_id())
    key = ("tool_names", session.study_id())
    return session.drawn(key, lambda: {str(r["component_id"]): t.of(r, "component") for r in records(rows)})


def footer(t: Translator) -> None:
    """Say once, on every page, what these numbers are and are not."""
    st.space("medium")
    checked = records(session.ask("lists/study_checks", study_id=session.study_id()))
    quotes = ""
    if checked and checked[0]["quotes_total"]:
        verified, total = int(checked[0]["quotes_verified"]), int(checked[0]["quotes_total"])
        typed = checked[0]["producer"] == PRODUCER
        quotes = t("quotes.typed") if typed else t("quotes.verified", n=verified, total=total)
    st.caption(t("footer") + (f" · {quotes}" if quotes else ""))


def problem(error: GapError) -> None:
    """Show what went wrong and the way out, as text, without a traceback."""
    st.error(i18n.translator(session.language())("error.title"))
    st.text(str(error))


def _as_file(
    rows: pd.DataFrame,
    name: str,
    study: Mapping[str, Any],
    filters: Filters,
    generation: str,
    t: Translator,
    tools: Mapping[str, str],
    about: Sequence[str] = (),
) -> bytes:
    """Return a table as a file that says what it is; made on the click, outside of the page."""
    own, *stamp = stamp_of(study, filters, date.today(), generation, t, tools)
    return as_csv(rows[list(COLUMNS[name])], [f"{t('product')} · {name}", own, *about, *stamp])
