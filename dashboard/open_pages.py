"""Pages of an open study that a phone may look around in: each one file that needs nothing else, made once."""

import gzip
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from dashboard import generations, i18n, settings, store
from dashboard.charts.words import Drawing
from dashboard.errors import GapError
from dashboard.export import compose
from dashboard.export.page import as_html
from dashboard.export.view import View, view_of
from dashboard.model import Filters

OVERVIEW = "overview"


def offered(study: str, language: str) -> Sequence[Drawing]:
    """Return name and title of each page of a study; none where it is not open to everybody."""
    return _offered(str(generations.current(settings.store_folder()).path), study, language)


def page(study: str, name: str, language: str) -> bytes | None:
    """Return a page, compressed; nothing where the study has none of that name or is not open to everybody."""
    return _page(str(generations.current(settings.store_folder()).path), study, name, language, date.today())


@lru_cache(maxsize=8)
def _offered(path: str, study: str, language: str) -> Sequence[Drawing]:
    connection = store.open_generation(generations.Generation(0, Path(path)))
    try:
        view = view_of(connection, Filters(study), language, Path(path).stem, date.today(), "public")
        first = {"name": OVERVIEW, "title": i18n.translator(language)("question.overview")}
        tools = [{"name": name, "title": title} for name, title in view.tools.items()] if view.study["n_steps"] else []
        return [first, *tools]
    except GapError:
        return []
    finally:
        connection.close()


@lru_cache(maxsize=64)
def _page(path: str, study: str, name: str, language: str, day: date) -> bytes | None:
    connection = store.open_generation(generations.Generation(0, Path(path)))
    try:
        chosen = () if name == OVERVIEW else (name,)
        filters = Filters(study, component_ids=chosen)
        view = view_of(connection, filters, language, Path(path).stem, day, "public")
        return gzip.compress(_written(view, name), 6) if name == OVERVIEW or name in view.tools else None
    except GapError:
        return None
    finally:
        connection.close()


def _written(view: View, name: str) -> bytes:
    taken = compose.overview(view) if name == OVERVIEW else compose.component(view)
    return as_html(taken, view.t)
