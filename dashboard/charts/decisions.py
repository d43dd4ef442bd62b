"""What was decided on a step, by whom and why, and what became of it. Draws follow_up beside the ledger's entries."""

from collections.abc import Mapping, Sequence

from dashboard.charts.words import Drawing, Row, To
from dashboard.decided import OnStep
from dashboard.i18n import Parts, Translator
from dashboard.model import DECISIONS, Decision

LISTED = 6  # entries of a study that are shown at once; the others are one click away
TEXTUAL = ("adopt", "revise")
"""Decisions that a new wording should follow."""


def decisions(about: OnStep, today: str, to: To, t: Translator) -> Drawing:
    """Return the list of what was decided and proposed on a step, the newest first.

    `today` is a day as YYYY-MM-DD: a review date before it is marked.
    """
    return {
        "kind": "decisions",
        "title": t("decisions.title"),
        "note": t("decisions.note"),
        "none": "" if about.entries else t("decisions.none"),
        "items": [_item(entry, about, today, to, t) for entry in about.entries],
        "unread": t.count("decisions.unread", about.unread) if about.unread else "",
    }


def decided_list(
    entries: Sequence[Decision], steps: Mapping[str, Row], today: str, to: To, t: Translator
) -> Drawing:  # fmt: skip
    """Return what stands of a study's decisions and proposals, the newest first, each leading to its step.

    `steps` are the rows of lists/steps by their ids. A review date is due only of the newest decision on a step.
    """
    newest = {entry.step_id: entry for entry in entries if entry.decision in DECISIONS}
    items = [
        {
            "what": t(f"decision.{entry.decision}"),
            "step": f"{entry.step_id} · {t.of(steps[entry.step_id], 'step')}",
            "to": to("step", entry.step_id),
            "facts": t("decided.by", who=entry.by, day=entry.at[:10]),
            "asks": t("decisions.asks", who=entry.who_decides) if entry.who_decides else "",
            "text": entry.text,
            "review": _due(entry, today, t) if newest.get(entry.step_id) is entry else "",
        }
        for entry in reversed(entries)
    ]
    rest = len(items) - LISTED if len(items) > LISTED + 1 else 0
    shown = len(items) - rest
    return {
        "kind": "decided", "title": t("decided.title"), "note": t("decided.note"), "items": items, "shown": shown,
        "more": t("decided.more", n=rest) if rest else "",
    }  # fmt: skip


def _due(entry: Decision, today: str, t: Translator) -> str:
    if not entry.review_on:
        return ""
    return t("decided.due" if entry.review_on < today else "decided.review", day=entry.review_on)


def mark(entry: Decision | None, t: Translator) -> str:
    """Return a decision as a mark beside its step: what, and on which day; "" where there is none."""
    return t("decisions.mark", what=t(f"decision.{entry.decision}").lower(), day=entry.at[:10]) if entry else ""


def _item(entry: Decision, about: OnStep, today: str, to: To, t: Translator) -> Drawing:
    gone, is_own = about.withdrawn.get(entry.entry_id), entry.study_id == about.study_id
    after = about.after.get(entry.entry_id)
    round_ = "" if is_own else t("compare.round", n=about.rounds[entry.study_id])
    asks = t("decisions.asks", who=entry.who_decides) if entry.who_decides else ""
    return {
        "what": t(f"decision.{entry.decision}"),
        "decision": entry.decision,
        "facts": [part for part in (entry.by, entry.at[:10], round_, asks) if part],
        "why": entry.why,
        "text": entry.text,
        "textTitle": t("decisions.text"),
        "review": _review(entry, today, t) if entry.review_on and not gone else None,
        "after": _after(entry, after, t) if after else None,
        "compare": _compared(entry, about, to, t) if after and after["n_both"] else None,
        "gone": t("decisions.gone", day=gone.at[:10], who=gone.by, why=gone.why) if gone else "",
    }


def _review(entry: Decision, today: str, t: Translator) -> Drawing:
    is_due = entry.review_on < today
    return {"isDue": is_due, "text": t("decisions.due" if is_due else "decisions.review", day=entry.review_on)}


def _after(entry: Decision, row: Row, t: Translator) -> Parts:
    """Say what a step was when the decision was taken and what it is now; it tells what came after, not why."""
    start = t.parts(f"decisions.was.{entry.decision}", month=entry.at[:7])
    if not row["is_written_now"]:
        return [*start, *t.parts("decisions.after.unwritten")]
    return [*start, *_gap(row, t), *_wording(entry, row, t)]


def _gap(row: Row, t: Translator) -> Parts:
    if not row["n_both"]:
        return t.parts("decisions.after.nobody")
    n = int(row["n_both"])
    found = t.parts(
        f"decisions.after.{'one' if n == 1 else 'many'}", n=n, a=row["n_both_differ_then"], b=row["n_both_differ_now"]
    )
    return found if _is_all(row) else [*found, *t.parts("decisions.after.all", **_counts(row))]


def _is_all(row: Row) -> bool:
    """Tell whether nobody was clear in one round only."""
    return bool(row["n_clear_then"] == row["n_both"] == row["n_clear_now"])


def _counts(row: Row) -> Mapping[str, object]:
    return {
        "a": row["n_differ_then"], "n": row["n_clear_then"], "b": row["n_differ_now"], "m": row["n_clear_now"],
    }  # fmt: skip


def _wording(entry: Decision, row: Row, t: Translator) -> Parts:
    if row["is_revised"]:
        return t.parts("decisions.after.revised")
    return t.parts("decisions.after.unrevised") if entry.decision in TEXTUAL else []


def _compared(entry: Decision, about: OnStep, to: To, t: Translator) -> Drawing:
    link = to("compare", by="rounds", one=entry.study_id, other=about.study_id)
    return {"text": t("decisions.compare"), "to": link}
