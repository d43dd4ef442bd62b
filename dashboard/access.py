"""Who may see what. Deny by default: a public reader sees the studies whose policy is open, and nothing else."""

from dashboard.errors import GapError
from dashboard.model import Scope


def can_see_study(scope: Scope, disclosure: str) -> bool:
    """Tell whether a reader of this scope may open a study with this disclosure policy."""
    return scope == "team" or disclosure == "open"


def check_can_see_study(scope: Scope, disclosure: str, study_id: str) -> None:
    """Raise where a reader of this scope may not open the study; the message does not say whether it exists."""
    if not can_see_study(scope, disclosure):
        raise GapError(f"There is no study {study_id!r} here.")
