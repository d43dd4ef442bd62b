"""A reader's filters as the parameters that every measure binds."""

from collections.abc import Sequence

from dashboard.model import Filters

ALL = "*"


def parameters(filters: Filters) -> dict[str, object]:
    """Return the parameters of a measure over written steps; an empty filter becomes the list that means all."""
    return {
        **unwritten_parameters(filters),
        "obligation_levels": _listed(filters.obligation_levels),
        "jurisdictions": _listed(filters.jurisdictions),
    }


def unwritten_parameters(filters: Filters) -> dict[str, object]:
    """Return the parameters of a measure over what nobody wrote, which has no source to filter by."""
    return {
        "study_id": filters.study_id,
        "component_ids": _listed(filters.component_ids),
        "phases": _listed(filters.phases),
        "at_least": filters.at_least,
    }


def _listed(values: Sequence[str]) -> list[str]:
    return list(values) or [ALL]
