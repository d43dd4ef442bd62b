"""The Guidance page's sentence and facts, worked out from the placed steps. Draws the measure guidance_by_step."""

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard.charts.headline import study_facts
from dashboard.charts.words import Row
from dashboard.i18n import Parts, Translator
from dashboard.measures.guidance import LAW, bends, counts
from dashboard.query import records

FATES = ("hold", "bend", "open", "unclear", "silent")
"""What becomes of a step, in the order in which it is told; each step has exactly one."""


def fates(steps: Sequence[Row]) -> dict[str, int]:
    """Return how many steps have each fate: what was not raised is either silent or raised by nobody clearly."""
    found = counts(steps)
    silent = found["n_steps"] - found["n_raised"]
    return {
        "hold": found["n_hold"],
        "bend": found["n_bend"],
        "open": found["n_open"],
        "unclear": found["n_not_raised"] - silent,
        "silent": silent,
    }


def fate_of(row: Row) -> str:
    """Return what becomes of one step."""
    return next(fate for fate, n in fates([row]).items() if n)


def line(found: Mapping[str, int], t: Translator) -> list[str]:
    """Return "3 hold", "5 bend", "1 not raised": what becomes of some steps, each fate that there is."""
    return [t.count(f"guidance.line.{fate}", found[fate]) for fate in FATES if found[fate]]


def guidance_sentence(steps: pd.DataFrame, t: Translator) -> Parts:
    """Say how many written steps hold and how many bend, and the same of those that a law asks for."""
    rows = records(steps)
    laws = [row for row in rows if row["obligation_level"] == LAW]
    found = fates(rows)
    if not rows:
        return t.parts("overview.none")
    if found["silent"] == len(rows):
        return t.parts("overview.silent")
    if len(rows) == 1:
        law = t("guidance.one.law") if laws else ""
        return t.parts("guidance.one", law=law, fate=_fate(found, t))
    if not found["hold"] + found["bend"]:
        return t.parts("guidance.sentence.open" if found["open"] else "guidance.sentence.unclear", n=len(rows))
    both = {fate: _said(fate, found[fate], t) for fate in ("hold", "bend")}
    if len(laws) == len(rows):
        return [*t.parts("guidance.sentence.laws", n=len(rows), **both), (".", False)]
    return [*t.parts("guidance.sentence", n=len(rows), **both), *(_of_laws(laws, t) if laws else []), (".", False)]


def guidance_more(steps: pd.DataFrame, t: Translator) -> str:
    """Say how many of those that bend need a closer look first, and on how many too little is told."""
    rows = records(steps)
    bending = [row for row in rows if bends(row)]
    closer = sum(row["placement"] == "look_closer" for row in bending)
    why = t("why.look_closer")
    why = why[:1].lower() + why[1:]
    said = []
    if 1 < closer == len(bending):
        said.append(t("guidance.closer.all", why=why))
    elif closer:
        said.append(t.count("guidance.closer", closer, why=why))
    if n_open := fates(rows)["open"]:
        said.append(t.count("guidance.more.open", n_open))
    found = fates(rows)
    return " ".join([*([t("guidance.means")] if found["hold"] + found["bend"] else []), *said])


def guidance_facts(
    steps: pd.DataFrame, documents: pd.DataFrame, hidden: pd.DataFrame, n_voices: int, t: Translator
) -> list[str]:
    """Return voices, documents, steps, silence, and how many practices on these steps the filter on voices hides."""
    n_documents = int(((documents["document"] != "") | (documents["issuer"] != "")).sum())
    n_hidden = int(hidden["step_id"].isin(steps["step_id"]).sum())
    voices, *others = study_facts(steps, n_voices, n_hidden, t)
    return [voices, t.count("guidance.documents", n_documents), *others]


def guidance_about(title: str, study_id: str, issuers: Sequence[str], t: Translator) -> list[str]:
    """Return what a file says of a choice of issuers, which the shared filters do not hold; nothing where all."""
    if not issuers:
        return []
    return [f"{title} ({study_id}) · {t(f'chip.{t.kind}')}", f"issuer={'; '.join(issuers)}"]


def _of_laws(laws: Sequence[Row], t: Translator) -> Parts:
    found = fates(laws)
    if len(laws) == 1:
        return t.parts("guidance.law.one", fate=_fate(found, t))
    if found["silent"] == len(laws):
        return t.parts("guidance.law.silent", n=len(laws))
    said = [_said(fate, found[fate], t) for fate in FATES if found[fate]]
    return t.parts("guidance.law.many", n=len(laws), fates=t.sequence(said))


def _said(fate: str, n: int, t: Translator) -> str:
    return t.count(f"guidance.{fate}", n) if n else t(f"guidance.{fate}.none")


def _fate(found: Mapping[str, int], t: Translator) -> str:
    return t(f"guidance.fate.{next(fate for fate in FATES if found[fate])}")
