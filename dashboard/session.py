"""One reader's session: the address, the filters and the language; and the caches that all readers share.

This is the only module that touches session state and Streamlit's caches. Whatever is cached takes the generation
and the scope in its key, so that no reader is ever served another one's view.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn, TypeVar, cast

import duckdb
import pandas as pd
import streamlit as st
from streamlit.navigation.page import Page

from dashboard import access, addresses, generations, i18n, query, settings, store
from dashboard.addresses import LISTED, OWN_KEYS, PAGE_KEYS, Link, Parameters
from dashboard.i18n import Translator
from dashboard.measures import DERIVED, MEASURES
from dashboard.model import Filters, Scope
from dashboard.query import records

T = TypeVar("T")

WRITTEN = "_address"


@st.cache_resource(max_entries=4, show_spinner=False)
def _root(path: str) -> duckdb.DuckDBPyConnection:
    return store.open_generation(generations.Generation(0, Path(path)))


@st.cache_resource(max_entries=512, show_spinner=False)
def _asked(path: str, scope: Scope, name: str, parameters: tuple[tuple[str, Any], ...]) -> pd.DataFrame:
    return query.run(_root(path), name, dict(parameters))


@st.cache_resource(max_entries=512, show_spinner=False)
def _measured(path: str, scope: Scope, name: str, filters: Filters, more: tuple[tuple[str, Any], ...]) -> pd.DataFrame:
    return {**MEASURES, **DERIVED}[name](_root(path), filters, **dict(more))


@st.cache_resource(max_entries=256, show_spinner=False)
def _drawn(path: str, scope: Scope, key: tuple[object, ...], _draw: Callable[[], object]) -> object:
    return _draw()


def generation_path() -> str:
    """Return the path of the generation that this rerun reads; the same one for all of it."""
    if "_generation" not in st.session_state:
        refresh_generation()
    return str(st.session_state["_generation"])


def refresh_generation() -> None:
    """Look up the current generation once, at the start of a rerun."""
    st.session_state["_generation"] = str(generations.current(settings.store_folder()).path)


def let_go() -> None:
    """Let go of every generation that was opened: what somebody withdrew stays on the disk while its file is held."""
    for cache in (_drawn, _measured, _asked, _root):
        cache.clear()


def scope() -> Scope:
    """Return what this server lets its readers see."""
    return cast(Scope, settings.scope())


def ask(name: str, **parameters: object) -> pd.DataFrame:
    """Return the rows of a query of lists/, cached; do not change them."""
    return _asked(generation_path(), scope(), name, tuple(sorted(parameters.items())))


def measure(name: str, filters: Filters, **more: object) -> pd.DataFrame:
    """Return a measure in the given filters, cached; do not change it. `more` is what this measure takes besides."""
    return _measured(generation_path(), scope(), name, filters, tuple(sorted(more.items())))


def drawn(key: tuple[object, ...], draw: Callable[[], T]) -> T:
    """Return what `draw` makes, made once per generation, scope, language and key; do not change it."""
    return cast(T, _drawn(generation_path(), scope(), (language(), *key), draw))


def found(key: tuple[object, ...], find: Callable[[duckdb.DuckDBPyConnection], T]) -> T:
    """Return what `find` works out from the store, kept as `drawn` keeps it; do not change it."""
    return drawn(key, lambda: find(_root(generation_path())))


def studies() -> pd.DataFrame:
    """Return the studies that this reader may open, the order of the choice."""
    rows = ask("lists/studies")
    return rows[[access.can_see_study(scope(), str(policy)) for policy in rows["disclosure"]]]


def restore(choices: Mapping[str, Collection[str]]) -> None:
    """Take the choices from the address when it is not the one that this session wrote last.

    That is so on the first run, and when the reader goes back or forward. A value that is no choice is dropped. When
    the page changes, Streamlit forgets what was chosen in some widgets; the address still has it.
    """
    is_own = st.session_state.get(WRITTEN) == _address()
    for key, allowed in choices.items():
        if is_own and key in st.session_state:
            continue
        found = [value for value in st.query_params.get_all(key) if value in allowed]
        st.session_state[key] = found if key in LISTED else (found[-1] if found else None)
    for key in OWN_KEYS:
        if not is_own or (key in st.query_params and key not in st.session_state):
            given = st.query_params.get_all(key)
            st.session_state[key] = given if key in LISTED else (given[-1] if given else None)


def write_address() -> None:
    """Make the address say what the reader looks at, so that it can be copied; nothing happens if it does."""
    wanted = address()
    st.session_state[WRITTEN] = {key: value if isinstance(value, list) else [value] for key, value in wanted.items()}
    if _address() != st.session_state[WRITTEN]:
        st.query_params.from_dict(wanted)


def address() -> Parameters:
    """Return the parameters of this view's address."""
    return _parameters({key: st.session_state.get(key) for key in PAGE_KEYS.get(chosen("_page"), ())})


def to(page: str, key: str = "", **values: str | Sequence[str]) -> Link:
    """Return where a click in a drawing leads: a page, what it opens there, and the same as an address.

    `key` is what the page is named after, as in to("step", "V06"). The shared filters come along unless `values`
    names others; of the page's own choices only those in `values` do.
    """
    return addresses.link(page, cast(Mapping[str, Any], st.session_state), {**({page: key} if key else {}), **values})


def nav(page: str) -> Link:
    """Return where a page's name in the header leads: to what was last open there."""
    return to(page, **{key: value for key in PAGE_KEYS.get(page, ()) if (value := st.session_state.get(key))})


def _parameters(own: Mapping[str, object]) -> Parameters:
    return addresses.parameters(cast(Mapping[str, Any], st.session_state), own)


def begin_page(name: str, pages: Mapping[str, Page]) -> None:
    """Note which page this rerun shows."""
    st.session_state["_page"] = name
    st.session_state["_pages"] = dict(pages)


def pages() -> Mapping[str, Page]:
    """Return the pages by name."""
    return cast(Mapping[str, Page], st.session_state["_pages"])


def open_page(page: str, values: Mapping[str, str | Sequence[str]]) -> NoReturn:
    """Go to a page with what it should open; the filters come along.

    The rerun that follows takes all of its choices from the address, as it does for a copied link.
    """
    parameters = _parameters(values)
    st.session_state.pop(WRITTEN, None)
    st.switch_page(pages()[page], query_params=parameters)


def note_search(key: str) -> None:
    """Keep what the reader typed into the search of a drawing, for the address; called when that changes."""
    st.session_state["find"] = str(st.session_state[key].get("find") or "")


def _address() -> dict[str, list[str]]:
    return {key: st.query_params.get_all(key) for key in st.query_params}


def chosen(key: str, otherwise: str = "") -> str:
    """Return one chosen value, or what stands for no choice."""
    return str(st.session_state.get(key) or otherwise)


def is_on(key: str) -> bool:
    """Tell whether a switch is on."""
    return bool(st.session_state.get(key))


def many(key: str) -> tuple[str, ...]:
    """Return the chosen values of a filter; none means all."""
    return tuple(st.session_state.get(key) or ())


def settle(key: str, allowed: Sequence[str]) -> None:
    """Make a choice one of those on offer, before its widget is drawn: the first, where it is none of them."""
    if allowed and st.session_state.get(key) not in allowed:
        st.session_state[key] = allowed[0]


def settle_many(key: str, allowed: Sequence[str]) -> None:
    """Drop what is no longer on offer, after another study was chosen."""
    st.session_state[key] = [value for value in many(key) if value in allowed]


def choose(key: str, value: object) -> None:
    """Choose a value before its widget is drawn, as a button beside it does."""
    st.session_state[key] = value


def keep(key: str) -> None:
    """Keep a choice whose widget is not drawn in this rerun; Streamlit would forget it."""
    if key in st.session_state:
        st.session_state[key] = st.session_state[key]


def is_new(key: str) -> bool:
    """Tell whether a widget was not on the page in the last rerun."""
    return key not in st.session_state


def own(key: str, make: Callable[[], T]) -> T:
    """Return what this reader's session holds under a name of ours, made when it is first asked for."""
    if f"_{key}" not in st.session_state:
        st.session_state[f"_{key}"] = make()
    return cast(T, st.session_state[f"_{key}"])


def take(key: str) -> str:
    """Return what was noted for this rerun, once."""
    return str(st.session_state.pop(key, "") or "")


def clear_filters() -> None:
    """Show all of the study again."""
    for key in ("tool", "phase", "duty", "place"):
        st.session_state[key] = []
    st.session_state["voices"] = "1"


def asked(key: str) -> str:
    """Return what the address asks for, or the choice that stands where it was this session that wrote it."""
    own = chosen(key) if st.session_state.get(WRITTEN) == _address() else ""
    return own or str(st.query_params.get(key, ""))


def unknown_in_address(known: Collection[str]) -> str:
    """Return the study that the address asks for and that is not here, "" where there is none such."""
    named = "" if st.session_state.get(WRITTEN) == _address() else str(st.query_params.get("study", ""))
    return named if named not in known else ""


def is_filtered() -> bool:
    """Tell whether the reader sees less than all of the study."""
    return any(many(key) for key in ("tool", "phase", "duty", "place")) or chosen("voices", "1") != "1"


def page() -> str:
    """Return the page that this rerun shows."""
    return chosen("_page")


def study_id() -> str:
    """Return the chosen study."""
    return chosen("study")


def study() -> Mapping[str, Any]:
    """Return what the chosen study says of itself; asked for a dozen times in a rerun, so kept. Do not change it."""
    rows = drawn(("studies",), lambda: {str(row["study_id"]): row for row in records(studies())})
    return cast(Mapping[str, Any], rows[study_id()])


def filters() -> Filters:
    """Return the reader's filters, as every measure takes them."""
    voices = int(chosen("voices", "1"))
    return Filters(study_id(), many("tool"), many("phase"), many("duty"), many("place"), voices)


def whole_study() -> Filters:
    """Return the filters that a page about one step needs: the study and the voices, nothing that could hide it."""
    return Filters(study_id(), at_least=filters().at_least)


def translator() -> Translator:
    """Return the words of the reader's language for the kind of study on screen: the address's, else the browser's."""
    kind = str(study()["kind"]) if study_id() else ""
    return i18n.translator(language(), kind, int(chosen("voices", "1")))


def language() -> str:
    """Return the reader's language: the one chosen, else the address's, else the browser's."""
    found = chosen("lang") or str(st.query_params.get("lang", ""))
    return found if found in i18n.LANGUAGES else i18n.preferred(st.context.locale)


def generation_name() -> str:
    """Return the name of the generation on screen, as exports state it."""
    return Path(generation_path()).stem


def mode() -> str:
    """Return "dark" or "light", as the browser shows the page."""
    return "dark" if st.context.theme.type == "dark" else "light"
