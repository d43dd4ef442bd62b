"""`beyond export`: one page as a file to take away, in the same words and numbers as on screen."""

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Annotated, cast

import typer
from duckdb import DuckDBPyConnection

from dashboard import generations, ledger, named_filters, settings, shipped_studies, store
from dashboard.errors import GapError, nearest
from dashboard.export import change_request, compose, compose_compare, compose_guidance, compose_library, pace
from dashboard.export.formats import STUDY_WRITERS, WRITERS
from dashboard.export.takeaway import Takeaway
from dashboard.export.view import View, view_of
from dashboard.i18n import LANGUAGES
from dashboard.measures.compare import compare_by_step, is_same_people
from dashboard.model import Scope
from dashboard.terminal import Say, notes, progress

PAGES = ("overview", "component", "step", "practice", "compare", "guidance", "themes")
FORMATS = (*WRITERS, *STUDY_WRITERS)


def export(
    kind: Annotated[str, typer.Argument(metavar="FORMAT", help=f"One of {', '.join(FORMATS)}.")],
    out: Annotated[Path, typer.Option("-o", "--output", help="The file to write.")],
    page: Annotated[str, typer.Option("--page", help=f"One of {', '.join(PAGES)}.")] = "overview",
    filters: Annotated[list[str] | None, typer.Option("--filter", help="k=v; study=ID is needed.")] = None,
    against: Annotated[
        list[str] | None, typer.Option("--against", help="k=v of the other side of a comparison.")
    ] = None,
    step: Annotated[list[str] | None, typer.Option("--step", help="A step to take along; may come again.")] = None,
    top: Annotated[int, typer.Option("--top", min=0, help="How many gaps an overview takes along.")] = compose.FIRST,
    language: Annotated[str, typer.Option("--language", help=f"One of {', '.join(LANGUAGES)}.")] = "en",
    folder: Annotated[Path | None, typer.Option("--store", help="The store's folder (BEYOND_STORE otherwise).")] = None,
) -> None:
    """Write a page as a file to take away, or a study's codebook (qdc) or its steps as a FRAM model (xfmv)."""
    words = ((kind, FORMATS, "format"), (page, PAGES, "page"), (language, LANGUAGES, "language"))
    for given, known, what in words:
        if given not in known:
            raise GapError(f"There is no {what} {given!r}.", remedy=nearest(given, known))
    if not out.parent.is_dir():
        raise GapError(f"{out.parent}: There is no such folder.", remedy="Make it, or name another file with -o.")
    place = settings.store_folder(folder)
    with progress() as say:
        shipped_studies.ensure_store(place, say)
        if kind in STUDY_WRITERS:
            view = _view(place, filters or [], language)
            data = STUDY_WRITERS[kind](view)
        else:
            along = 0 if kind == "xlsx" else top  # the workbook holds every step anyway
            asked = (page, filters or [], against or [], step or [], along, language)
            view, made = _composed(place, *asked, pace.reading(say))
            data = WRITERS[kind](made, view.t, pace.writing(say))
        write_whole(out, data)
    if view.study["kind"] == "synthetic":
        notes.print(f"{view.filters.study_id}: {view.t('chip.synthetic')}", highlight=False)
    print(out)


def _view(place: Path, filters: Sequence[str], language: str) -> View:
    """Return the view of a whole study, for a file that no page is of."""
    generation = generations.current(place)
    connection = store.open_generation(generation)
    asked = named_filters.filters_of(filters, connection)
    return view_of(connection, asked, language, generation.path.stem, date.today(), cast(Scope, settings.scope()))


def write_whole(path: Path, data: bytes) -> None:
    """Write a file under another name and give it its own at the end, so that nobody ever finds half of it."""
    making = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        making.write_bytes(data)
        os.replace(making, path)
    except OSError as problem:
        raise GapError(f"{path}: The file cannot be written ({problem.strerror}).") from problem
    finally:
        with suppress(OSError):
            making.unlink()


def _composed(
    place: Path, page: str, filters: Sequence[str], against: Sequence[str], steps: Sequence[str], top: int,
    language: str, say: Say,
) -> tuple[View, Takeaway]:  # fmt: skip
    """Return the view that the words ask for, and the page in it. Raises where a word means nothing."""
    generation = generations.current(place)
    connection = store.open_generation(generation)

    def view(given: Sequence[str]) -> View:
        chosen = named_filters.side(given, connection)[0] if page == "compare" else None
        asked = chosen.filters if chosen else named_filters.filters_of(given, connection)
        scope = cast(Scope, settings.scope())
        return view_of(connection, asked, language, generation.path.stem, date.today(), scope)

    one = view(filters)
    if against and page != "compare":
        raise GapError(f"The page {page} takes one side only.", remedy="Only compare takes --against.")
    if page == "compare":
        return one, _compared(one, view(against or filters), filters, against or filters, connection)
    entries = ledger.read(place)
    makers: Mapping[str, Callable[[], Takeaway]] = {
        "overview": lambda: compose.overview(one, top, _known(steps, one), say, entries=entries),
        "component": lambda: compose.component(_of_one_tool(one), say, entries=entries),
        "step": lambda: change_request.steps(one, _named(steps), say, compose.written(entries, one, steps)),
        "guidance": lambda: compose_guidance.guidance(one, (), entries, say, chosen=_within(steps, one)),
        "practice": lambda: compose_library.practice(one),
        "themes": lambda: compose_library.themes(one),
    }
    return one, makers[page]()


def _compared(
    one: View, other: View, filters: Sequence[str], against: Sequence[str], connection: DuckDBPyConnection
) -> Takeaway:
    (here, own), (there, own_there) = (named_filters.side(given, connection) for given in (filters, against))
    same = is_same_people(connection, here, there)
    rows = compare_by_step(connection, here, there, same_people=same, one_protocol=same)
    studies = {str(view.study["study_id"]): view.study for view in (one, other)}
    voices = [set(view.ask("lists/participants", study_id=view.filters.study_id)["participant_id"])
              for view in (one, other)]  # fmt: skip
    ends = compose_compare.ends_of((here, there), (own, own_there), studies, (voices[0], voices[1]), same, one.t)
    hidden = [view.n_hidden for view in {view.filters: view for view in (one, other)}.values()]
    return compose_compare.compare(one, rows, ends, hidden, studies)


def _of_one_tool(view: View) -> View:
    if len(view.filters.component_ids) != 1:
        named = ", ".join(view.tools)
        raise GapError("The page component is of one tool.", remedy=f"Use --filter component=… with one of {named}.")
    return view


def _named(steps: Sequence[str]) -> Sequence[str]:
    if not steps:
        raise GapError("The page step is of at least one step.", remedy="Use --step ID, once for each.")
    return steps


def _within(steps: Sequence[str], view: View) -> Sequence[str]:
    """Return the steps to take along beside what bends. Raises where one lies outside the view's filters."""
    inside = set(view.rows("guidance_by_step")["step_id"])
    for step in _known(steps, view):
        if step not in inside:
            remedy = "Widen --filter, or leave it away."
            raise GapError(f"The step {step} lies outside these filters.", where="--step", remedy=remedy)
    return steps


def _known(steps: Sequence[str], view: View) -> Sequence[str]:
    """Return the steps to take along. Raises where the study has no such step."""
    for step in steps:
        if step not in view.steps:
            raise GapError(f"There is no step {step!r} here.", remedy=nearest(step, view.steps))
    return steps
