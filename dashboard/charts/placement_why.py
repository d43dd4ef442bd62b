"""Why a gap is placed where it is, in one sentence from its own numbers. Draws the measure placement_by_step."""

from collections.abc import Sequence

from dashboard.charts.words import Row
from dashboard.i18n import Translator
from dashboard.measures.placement import NOT_RAISED, fractions, quantities
from dashboard.model import PlacementCondition

ORDER = (
    "always", "is_core", "n_clear", "n_differ", "gap", "share_worked_around", "share_condition", "share_known",
    "n_harms_or_mixed", "share_helps", "share_harms", "share_harms_or_mixed", "share_consistent", "share_inconsistent",
)  # fmt: skip
"""The order in which a sentence tells what a rule found."""
OF_KNOWN = ("share_helps", "share_harms")  # shares of those with a known effect; the others are of all who differ


def placement_why(row: Row, rules: Sequence[PlacementCondition], t: Translator) -> str:
    """Return what the rule that placed a step found in it, condition by condition: "only 2 of 9 differ"."""
    if row["placement"] == NOT_RAISED:
        return t("why.not_raised")
    held = [c for c in rules if c.rank == row["placement_rank"]]
    shares = {c.quantity for c in held if c.quantity.startswith("share_harms")}
    held.sort(key=lambda condition: ORDER.index(condition.quantity))
    told = [c for c in held if not (c.quantity == "n_harms_or_mixed" and shares)]  # the share says it with its n
    said = t.sequence([_said(condition, row, t) for condition in told] or [t("because.always")])
    return said[:1].upper() + said[1:] + "."


def _said(condition: PlacementCondition, row: Row, t: Translator) -> str:
    name = condition.quantity
    if name in ("always", "is_core"):
        return t(f"because.{name}") if condition.most != 0 else t("because.is_not_core")
    bound = "most" if condition.least is None else "least"
    if name in (shares := fractions(row)):
        part, whole = shares[name]
        if not whole:
            return t(f"because.{'known' if name.startswith(OF_KNOWN) else 'n_differ'}.none")
        many = "none" if not part else f"{bound}.one" if part == 1 and name != "share_known" else bound
        return t(f"because.{name}.{many}", n=part, total=whole)
    n = int(quantities(row)[name])
    return t.count(f"because.{name}.{bound}", n) if n else t(f"because.{name}.none")
