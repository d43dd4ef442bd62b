"""How many practices the filter on voices hides, on a page or on a step."""

from dataclasses import replace

from dashboard import session
from dashboard.model import Filters


def on_page(filters: Filters) -> int:
    """Return how many practices the filter on voices hides in this view."""
    every = replace(filters, at_least=1)
    names = ("practice_by_step", "unwritten_practice")
    return sum(len(session.measure(name, every)) - len(session.measure(name, filters)) for name in names)


def on_step(filters: Filters, step_id: str) -> int:
    """Return how many practices on one step the filter on voices hides."""
    every = session.measure("practice_by_step", replace(filters, at_least=1))
    shown = session.measure("practice_by_step", filters)
    return int((every["step_id"] == step_id).sum() - (shown["step_id"] == step_id).sum())
