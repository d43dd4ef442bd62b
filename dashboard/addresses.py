"""What an address holds: the shared filters, what each page is about, and the language."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

Parameters = dict[str, str | list[str]]
Link = dict[str, Any]
"""Where a click leads: {page, values, href}."""

FILTER_KEYS = ("study", "tool", "phase", "duty", "place", "voices", "brief")
"""What goes along from page to page: the shared filters, and the steps that are put into the brief."""
FACETS = ("stance", "effect", "aspect", "nature", "fidelity", "reason", "potential")
FIRST = "overview"
"""The page that an address without a page opens."""
PAGE_KEYS: Mapping[str, tuple[str, ...]] = {
    "overview": ("lens",),
    "component": ("component", "lens"),
    "step": ("step",),
    "practice": ("practice", *FACETS, "fragile", "find"),
    "guidance": ("issuer", "document"),
    "compare": ("by", "one", "other"),
    "themes": ("down", "across"),
    "study": ("part",),
    "present": ("scene",),
    "words": ("number", "step", "practice", "component", "code", "voice", "group", "through", "category"),
}
"""What each page's address holds beside the shared filters."""
OWN_KEYS = tuple(dict.fromkeys(key for keys in PAGE_KEYS.values() for key in keys))
DEFAULTS: Mapping[str, str] = {"voices": "1", "lens": "aspect"}
"""Choices that an address leaves out: fixed, never derived from data, so that a link stays what it was."""
LISTED = {"tool", "phase", "duty", "place", "brief", "issuer", *FACETS}
"""The choices that may hold several values."""


def parameters(chosen: Mapping[str, Any], own: Mapping[str, object]) -> Parameters:
    """Return the shared filters, a page's own values over them, and the language, as an address holds them."""
    found: Parameters = {}
    for key in dict.fromkeys((*FILTER_KEYS, *own, "lang")):
        value = own[key] if key in own else chosen.get(key)
        if value and DEFAULTS.get(key) != value:
            found[key] = list(value) if isinstance(value, (list, tuple)) else str(value)
    return found


def link(page: str, chosen: Mapping[str, Any], opened: Mapping[str, str | Sequence[str]]) -> Link:
    """Return a page, what it opens there, and the same as an address.

    The first page has no name in the address: under its own name the framework does not know it.
    """
    place = "./" if page == FIRST else page
    href = f"{place}?{urlencode(parameters(chosen, opened), doseq=True)}"
    return {"page": page, "values": dict(opened), "href": href}
