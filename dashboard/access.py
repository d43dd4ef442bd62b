"""Who may see what. Deny by default: a public reader sees the studies whose policy is open, and nothing else."""

from dashboard.model import Scope


def can_see_study(scope: Scope, disclosure: str) -> bool:
    """Tell whether a reader of this scope may open a study with this disclosure policy."""
    return scope == "team" or disclosure == "open"
