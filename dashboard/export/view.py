"""What a reader looks at, and the way to the measures of it: the same for a page and for the command line."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, cast

import duckdb
import pandas as pd

from dashboard import access, query
from dashboard.charts.headline import study_facts
from dashboard.charts.tables import COLUMNS
from dashboard.errors import GapError, nearest
from dashboard.export.takeaway import Data, stamp_of
from dashboard.i18n import Translator, translator
from dashboard.measures import DERIVED, MEASURES, Measure
from dashboard.measures.compare import compare_by_step
from dashboard.measures.placement import conditions
from dashboard.model import Filters, PlacementCondition, Scope, Side
from dashboard.query import records

Row = Mapping[str, Any]
Ask = Callable[..., pd.DataFrame]


@dataclass(frozen=True)
class View:
    """A study in a reader's filters, with the functions that answer from it; what they return is not to be changed."""

    study: Row
    filters: Filters
    t: Translator
    generation: str
    made_on: date
    measure: Ask
    """(name, filters, and by name what the measure takes besides) → rows."""
    ask: Ask
    """(name of a query of lists/, and by name its parameters) → rows."""
    scope: Scope = "public"
    """Who looks: decides which other studies this one may be compared with."""

    @property
    def whole(self) -> Filters:
        """The filters of what is about one step: the study and the voices, nothing that could hide it."""
        return Filters(self.filters.study_id, at_least=self.filters.at_least)

    @property
    def n_voices(self) -> int:
        """The voices of the study."""
        return int(self.study["n_voices"])

    @cached_property
    def tools(self) -> Mapping[str, str]:
        """What the reader calls each digital component, by its id."""
        rows = records(self.ask("lists/components", study_id=self.filters.study_id))
        return {str(row["component_id"]): self.t.of(row, "component") for row in rows}

    @cached_property
    def steps(self) -> Mapping[str, Row]:
        """The written steps with their source, by their id, in the order of the work."""
        rows = records(self.ask("lists/steps", study_id=self.filters.study_id))
        return {str(row["step_id"]): row for row in rows}

    @cached_property
    def rules(self) -> Sequence[PlacementCondition]:
        """The study's placement rules."""
        return conditions(self.ask("lists/placement_rules", study_id=self.filters.study_id))

    def rows(self, name: str) -> pd.DataFrame:
        """Return a measure in the reader's filters."""
        return self.measure(name, self.filters)

    def data(self, name: str, rows: pd.DataFrame | None = None) -> Data:
        """Return the table that a page shows of a measure, its texts in the reader's language."""
        found = self.rows(name) if rows is None else rows
        columns = list(COLUMNS[name])
        shown = found[columns].reset_index(drop=True)
        for column in columns if self.t.language != "en" else ():
            if (twin := f"{column}_{self.t.language}") in found:
                shown[column] = [self.t.of(row, column) for row in records(found[[column, twin]])]
        return Data(name, shown)

    def facts(self, steps: pd.DataFrame) -> tuple[str, ...]:
        """Return what a page says of its numbers: voices, steps, silence, and what the filter on voices hides."""
        return tuple(study_facts(steps, self.n_voices, self.n_hidden, self.t))

    def stamp(self, filters: Filters | None = None, about: Sequence[str] = ()) -> tuple[str, ...]:
        """Return what a file says of itself; `filters` where it is of other ones than the reader's."""
        return stamp_of(
            self.study, filters or self.filters, self.made_on, self.generation, self.t, self.tools, about
        )  # fmt: skip

    @cached_property
    def n_hidden(self) -> int:
        """How many practices "at least k voices" hides."""
        every = replace(self.filters, at_least=1)
        names = ("practice_by_step", "unwritten_practice") if self.filters.at_least > 1 else ()
        return sum(len(self.measure(name, every)) - len(self.rows(name)) for name in names)


def view_of(
    connection: duckdb.DuckDBPyConnection, filters: Filters, language: str, generation: str, made_on: date, scope: Scope
) -> View:
    """Return the view of a study in a store. Raises where this reader may not see the study."""
    rows = query.run(connection, "lists/studies", {})
    open_to = {
        str(row["study_id"]): row for row in records(rows) if access.can_see_study(scope, str(row["disclosure"]))
    }
    if filters.study_id not in open_to:
        raise GapError(f"There is no study {filters.study_id!r}.", remedy=nearest(filters.study_id, open_to))
    study = open_to[filters.study_id]
    asked: dict[tuple[object, ...], pd.DataFrame] = {}

    known: Mapping[str, Measure] = {**MEASURES, **DERIVED, "compare_by_step": compare_by_step}

    def measure(name: str, of: Filters | Side, **more: object) -> pd.DataFrame:
        key = (name, of, *sorted(more.items()))
        if key not in asked:
            asked[key] = known[name](connection, of, **more)
        return asked[key]

    def ask(name: str, **parameters: object) -> pd.DataFrame:
        return query.run(connection, name, parameters)

    t = translator(language, str(study["kind"]), filters.at_least)
    return View(cast(Row, study), filters, t, generation, made_on, measure, ask, scope)
