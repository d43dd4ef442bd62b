"""The step page as a change request: text today, everyday practice, what could be written. Several make one brief."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dashboard.charts.headline import followers_doubt, step_sentence
from dashboard.charts.step_words import step_columns
from dashboard.charts.voice_strip import voice_strip
from dashboard.charts.words import Drawing
from dashboard.decided import OnStep
from dashboard.errors import GapError, nearest
from dashboard.export.along import said
from dashboard.export.compose import assembled, by_step, quietly, words_of
from dashboard.export.gap_section import Behind, decision_point, gap_section
from dashboard.export.takeaway import Column, Line, Section, Takeaway
from dashboard.export.view import Row, View
from dashboard.i18n import Parts, Translator
from dashboard.model import Decision, Progress
from dashboard.query import records


def steps(
    view: View, step_ids: Sequence[str], say: Progress = quietly, decisions: Mapping[str, OnStep] | None = None,
    most: int | None = None,
) -> Takeaway:  # fmt: skip
    """Return a section for each named step, in that order. Raises where the study has no such step.

    The filters do not narrow it: a step is looked at whole. `decisions` holds what was proposed and decided on a step.
    Only the first `most` have a section; the tables and the sentence are of them all.
    """
    for step_id in step_ids:
        if step_id not in view.steps:
            raise GapError(f"There is no step {step_id!r} here.", remedy=nearest(step_id, view.steps))
    t, placed = view.t, view.measure("placement_by_step", view.whole)
    practices = view.measure("practice_by_step", view.whole)
    rows = {str(row["step_id"]): row for row in records(placed)}
    named = [rows[step_id] for step_id in dict.fromkeys(step_ids)]
    sections = requests(view, named[:most], decisions or {}, say)
    only = named[0] if len(named) == 1 else None
    asks = t("question.step" if only is None or only["n_differ"] else "question.step.same")
    question = f"{asks} · {t.of(only, 'component')} · {t.of(only, 'step')}" if only else t("take.brief")
    chosen = [row["step_id"] for row in named]
    return assembled(
        view, "step", question, _sentence(named, view), (t.count("voices", view.n_voices),), sections=sections,
        data=[view.data("placement_by_step", placed[placed["step_id"].isin(chosen)]),
              view.data("practice_by_step", practices[practices["step_id"].isin(chosen)])],
        drawings=_drawings(view, only), stamp=view.stamp(view.whole),
        along=said("brief", len(sections), len(named), t) if only is None else "",
    )  # fmt: skip


def requests(view: View, named: Sequence[Row], decisions: Mapping[str, OnStep], say: Progress) -> list[Section]:
    """Return a change request for each row of placement_by_step, in their order."""
    practices = view.measure("practice_by_step", view.whole)
    by_practice, told = by_step(practices), words_of(view, [str(row["step_id"]) for row in named])
    doubts = by_step(view.measure("doubt_by_step", view.whole))
    sections: list[Section] = []
    for at, row in enumerate(named):
        step_id = str(row["step_id"])
        say(view.t("take.progress.step", step=step_id), at / len(named))
        behind = Behind(by_practice.get(step_id, []), told(step_id), doubts.get(step_id, []))
        own = decisions.get(step_id)
        made = gap_section(view, row, behind, own)
        doubt = followers_doubt(behind.doubts, view.t)
        columns = _columns(view, row, behind.practices, own.proposal if own else None, doubt)
        decided = decision_point(own, view.t)  # after the case for the text that it decides on
        points = (*(point for point in made.points if point not in decided), *_points(own, view.t), *decided)
        sections.append(replace(made, columns=columns, points=points))
    return sections


def _sentence(named: Sequence[Row], view: View) -> Parts:
    if len(named) == 1:
        return step_sentence(named[0], view.t)
    differ = sum(int(row["n_differ"]) > 0 for row in named)
    return view.t.parts("take.brief.sentence", n=len(named), differ=differ)


def _columns(
    view: View, row: Row, practices: Sequence[Row], proposal: Decision | None, doubt: str
) -> tuple[Column, ...]:
    """Return text today, practice, and the text that somebody proposed; without one what the placement suggests."""
    step = view.steps[str(row["step_id"])]
    found = step_columns(step, row, practices, view.rules, view.t, doubt)["columns"]
    columns = [Column(str(column["title"]), tuple(_line(text) for text in column["texts"])) for column in found]
    if proposal is not None:
        columns[-1] = Column(view.t("request.text"), (Line(proposal.text, "large"),))
    return tuple(columns)


def _points(own: OnStep | None, t: Translator) -> tuple[tuple[str, str], ...]:
    """Return why a text is proposed, who decides, who proposed it and what was answered; what is open is said so."""
    if own is None or own.proposal is None:
        return () if own and own.decision else ((t("request.decides"), t("take.decides.open")),)
    proposal = own.proposal
    return (
        (t("request.why"), proposal.why),
        (t("request.decides"), proposal.who_decides or t("take.decides.open")),
        (t("request.by"), f"{proposal.by}, {proposal.at[:10]}"),
        *(() if own.answer else ((t("take.answer"), t("request.open")),)),  # an answer stands as what was decided
    )


def _line(text: Drawing) -> Line:
    return Line(str(text["text"]), str(text.get("style", "")), str(text.get("to", "")))


def _drawings(view: View, only: Row | None) -> list[Drawing]:
    """Return who does what, where the file is of one step."""
    if only is None:
        return []
    asked = {"study_id": view.filters.study_id, "step_id": str(only["step_id"]), "at_least": view.filters.at_least}
    return [voice_strip(view.ask("lists/voices_on_step", **asked), view.t)]
