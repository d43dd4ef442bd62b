"""Where a reader decides on a step or proposes a text for it, and what was decided before. Nothing for the public."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from dashboard import decided, ledger, session, settings
from dashboard.charts.decisions import decided_list
from dashboard.charts.words import Drawing
from dashboard.decided import OnStep
from dashboard.errors import GapError
from dashboard.i18n import Translator
from dashboard.ledger import LONGEST, LONGEST_NAME, EntryProblem
from dashboard.measures.follow_up import follow_up
from dashboard.model import DECISIONS, Decision
from dashboard.query import records

WAYS = ("decide", "propose", "withdraw")


def as_of() -> tuple[int, int, str]:
    """Return what changes when an entry is added or a day passes; the day, as YYYY-MM-DD, comes last."""
    return (*ledger.stamp(settings.store_folder()), date.today().isoformat())


def entries() -> Sequence[Decision]:
    """Return the entries of the studies that this reader may open, in the order of writing; do not change them."""

    def found() -> Sequence[Decision]:
        seen = set(session.studies()["study_id"])
        return [entry for entry in ledger.read(settings.store_folder()) if entry.study_id in seen]

    return session.drawn(("entries", *as_of()), found)


def latest() -> Mapping[str, Decision]:
    """Return the latest decision on each step of the chosen study that has one."""
    return decided.latest(entries(), session.study_id())


def so_far(t: Translator) -> Callable[[], Drawing] | None:
    """Return what draws the list of what stands decided and proposed in the chosen study; None where nothing does."""
    study_id = session.study_id()
    if not entries():
        return None
    steps = {str(row["step_id"]): row for row in records(session.ask("lists/steps", study_id=study_id))}
    known = decided.standing_on(entries(), study_id, steps)
    return (lambda: decided_list(known, steps, as_of()[-1], session.to, t)) if known else None


def on_step(step_id: str) -> OnStep:
    """Return what was written on a step in this round and the earlier ones, and what became of it."""
    study_id, whole, written = session.study_id(), session.whole_study(), entries()
    rounds = decided.rounds_until(records(session.studies()), study_id)
    after = session.found(("follow_up", whole, *as_of()), lambda store: follow_up(store, whole, written))
    # A line that cannot be read is of no study that a public reader is known to see.
    unread = ledger.unread(settings.store_folder()) if may_write() else 0
    return decided.on_step(written, after, rounds, study_id, step_id, unread)


def may_write() -> bool:
    """Tell whether this reader may decide: nobody in the public scope may."""
    return session.scope() == "team"


def forms(about: OnStep, today: str, t: Translator) -> None:
    """Offer to decide on a step, to propose a text for it, or to withdraw what stands on it.

    `today` is the step's text as it stands: where a proposal begins.
    """
    if not may_write():
        return
    with st.expander(t("decide.open"), key="deciding", on_change="rerun") as opened:
        if not opened.open:
            return
        _say_what_happened(t)
        ways = WAYS if about.own else WAYS[:2]
        session.settle("deciding_way", ways)
        st.segmented_control(
            t("decide.way"), ways, key="deciding_way", required=True, label_visibility="collapsed",
            format_func=lambda way: t(f"decide.way.{way}"),
        )  # fmt: skip
        way = session.chosen("deciding_way")
        # The coming entry's id is in every key of the form: once it is saved, the next form is empty, and a second
        # click on the same button is the same entry.
        session.settle("_coming", [session.chosen("_coming") or ledger.new_id()])
        coming = f"{session.chosen('_coming')}_{about.study_id}_{about.step_id}"
        with st.form(f"form_{way}_{coming}", border=False, enter_to_submit=False):
            if way == "propose":
                _propose(coming, today, t)
            else:
                {"decide": _decide, "withdraw": _withdraw}[way](coming, about, t)
            st.form_submit_button(
                t(f"decide.save.{way}"), on_click=_save, key=f"save_{coming}",
                args=(way, session.chosen("_coming"), coming, about.study_id, about.step_id, today),
            )  # fmt: skip


def write(entry: Decision) -> Decision:
    """Write an entry and return it as it is kept. Raises for a reader who may not, or where a rule is not met."""
    if not may_write():
        raise GapError("Nothing can be decided here.", remedy="Start the server without --public to decide.")
    if entry.study_id not in set(session.studies()["study_id"]):
        raise GapError(f"There is no study {entry.study_id!r}.")
    return decided.take_down(settings.store_folder(), entry, session.ask)


def _decide(coming: str, _about: OnStep, t: Translator) -> None:
    st.pills(
        t("decide.what"), DECISIONS, key=f"decision_{coming}", format_func=lambda name: t(f"decision.{name}")
    )  # fmt: skip
    with st.container(horizontal=True, gap="medium"):
        st.text_input(t("decide.by"), key=f"by_{coming}", max_chars=LONGEST_NAME, width=420)
        st.date_input(t("decide.review"), None, key=f"review_{coming}", format="YYYY-MM-DD", width=220)
    st.text_area(t("decide.why"), key=f"why_{coming}", max_chars=LONGEST, height=110)


def _propose(coming: str, today: str, t: Translator) -> None:
    if session.is_new(f"text_{coming}"):
        session.choose(f"text_{coming}", today)
    st.text_area(t("decide.text"), key=f"text_{coming}", max_chars=LONGEST, height=110)
    st.text_area(t("decide.text.why"), key=f"why_{coming}", max_chars=LONGEST, height=110)
    with st.container(horizontal=True, gap="medium"):
        st.text_input(t("decide.text.by"), key=f"by_{coming}", max_chars=LONGEST_NAME, width=420)
        st.text_input(t("decide.who_decides"), key=f"who_decides_{coming}", max_chars=LONGEST_NAME, width=420)


def _withdraw(coming: str, about: OnStep, t: Translator) -> None:
    said = {entry.entry_id: _named(entry, t) for entry in about.own}
    st.selectbox(t("decide.withdraws"), list(said), key=f"withdraws_{coming}", format_func=lambda name: said[name])
    st.text_input(t("decide.by"), key=f"by_{coming}", max_chars=LONGEST_NAME, width=420)
    st.text_area(t("decide.why"), key=f"why_{coming}", max_chars=LONGEST, height=110)


def _named(entry: Decision, t: Translator) -> str:
    return f"{entry.at[:10]} · {t(f'decision.{entry.decision}')} · {entry.by}"


def _save(way: str, entry_id: str, coming: str, study_id: str, step_id: str, today: str) -> None:
    """Write what the form holds; only when that has returned does the page say that it is saved."""
    kinds = {"decide": session.chosen(f"decision_{coming}"), "propose": "proposal", "withdraw": "withdrawal"}
    given = {name: session.chosen(f"{name}_{coming}") for name in ("by", "why", "text", "who_decides", "withdraws")}
    if way == "propose" and " ".join(str(given["text"]).split()) == " ".join(today.split()):
        session.choose("_refused", "unchanged")
        return
    entry = Decision(study_id, step_id, kinds[way], review_on=session.chosen(f"review_{coming}"), **given)
    try:
        write(replace(entry, entry_id=entry_id))
    except EntryProblem as problem:
        session.choose("_refused", problem.rule)
    except GapError as problem:
        session.choose("_failed", str(problem))
    else:
        session.choose("_saved", way)
        session.take("_coming")


def _say_what_happened(t: Translator) -> None:
    if way := session.take("_saved"):
        st.success(t(f"decide.saved.{way}"))
    if rule := session.take("_refused"):
        st.error(t(f"decide.rule.{rule}", most=f"{LONGEST:,}", name=LONGEST_NAME))
    if failed := session.take("_failed"):
        st.error(t("decide.failed"))
        st.text(failed)
