"""What two sides are called, and the sentences on how they differ; nothing here says why. Of compare_by_step."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from dashboard.charts.words import Row
from dashboard.i18n import Parts, Translator
from dashboard.query import records

ROUNDS, STUDIES, ATTRIBUTE = "rounds", "studies", "attribute"
FEW = 3
"""Clear voices that each side must have before anything is said of firmness; the placements ask for as many."""
NAMED = 3


@dataclass(frozen=True)
class Ends:
    """The two ends of a comparison: what it goes by, how each end is called, and who stands behind it."""

    by: str
    names: tuple[str, str]
    study_ids: tuple[str, str]
    kinds: tuple[str, str]
    n_voices: tuple[int, int]
    n_shared: int = 0
    """Voices of both rounds; 0 where no voice can be on both sides."""
    groups: tuple[str, str] = ("", "")
    """Each end's group of its study, as attribute:value; "" where all of its voices stand there."""

    @property
    def is_rounds(self) -> bool:
        """Whether time lies between the two ends."""
        return self.by == ROUNDS

    def spoken(self, t: Translator) -> Translator:
        """Return the words that fit both ends: voices, publications, or (keys that end in ".mixed") either."""
        published = [kind == "evidence" for kind in self.kinds]
        return replace(t, kind=self.kinds[0] if all(published) or not any(published) else "mixed")

    def counted(self, at: int, t: Translator) -> str:
        """Return how many voices, or publications, stand behind one end."""
        return replace(t, kind=self.kinds[at]).count("voices", self.n_voices[at])


def compare_sentence(rows: pd.DataFrame, ends: Ends, t: Translator) -> Parts:
    """Say what changed on the texts that were revised between rounds, else what differs most, and how firm that is."""
    t = ends.spoken(t)
    counting = t.parts("compare.counting") if t.at_least > 1 else []
    return [*counting, *_sentence(rows, ends, t)]


def _sentence(rows: pd.DataFrame, ends: Ends, t: Translator) -> Parts:
    said = _names(ends)
    known = records(rows[rows["change"].notna()])
    revised = records(rows[rows["is_revised"]]) if ends.is_rounds else []
    if revised:
        return _after_revision(revised, t)
    if not known:
        return t.parts("compare.nothing", **said)
    if not any(row["change"] for row in known):
        return t.parts(f"compare.equal.{'one' if len(known) == 1 else 'many'}", n=len(known), **said)
    return _largest(known, ends, t)


def compare_more(rows: pd.DataFrame, ends: Ends, t: Translator) -> str:
    """Say what else changed: among the same voices on revised texts, on other steps, and on how many it is firm."""
    t = ends.spoken(t)
    known = [row for row in records(rows[rows["change"].notna()]) if row["change"]]
    if not known:
        return ""
    if not (ends.is_rounds and rows["is_revised"].any()):
        firm = sum(firmness(row) == "holds" for row in known)
        return t.count("compare.many", firm, m=int(rows["change"].notna().sum())) if firm else ""
    same = [_same(row, t) for row in known if row["is_revised"] and row["n_both_clear"]]
    others = [row for row in known if not row["is_revised"]]
    firm_others = [row for row in others if firmness(row) == "holds"]
    otherwise = t("compare.otherwise", **_step(firm_others[0], t)) if firm_others else t("compare.otherwise.none")
    return " ".join([t("compare.same", parts=t.sequence(same))] * bool(same) + [otherwise] * bool(others))


def compare_facts(rows: pd.DataFrame, ends: Ends, hidden: Sequence[int], t: Translator) -> list[str]:
    """Return who is compared, on how many steps, and how many practices "at least k voices" hides in each study."""
    sides = [f"{name}: {ends.counted(at, t)}" for at, name in enumerate(ends.names)]
    dropped = [replace(t, kind=ends.kinds[at]).count("dropped", n, k=t.at_least) for at, n in enumerate(hidden)]
    if t.at_least == 1:
        dropped = []
    elif len(dropped) > 1:
        dropped = [f"{name}: {text}" for name, text in zip(ends.names, dropped, strict=True)]
    return [*sides, t.count("compare.comparable", int(rows["change"].notna().sum()), m=len(rows)), *dropped]


def firmness(row: Row) -> str:
    """Return whether a change holds without any one voice, one voice could turn it, or too few were clear to tell."""
    if min(int(row["n_clear_one"]), int(row["n_clear_other"])) < FEW:
        return "few"
    low, high = float(row["change_min_without_one"]), float(row["change_max_without_one"])
    return "holds" if not math.isnan(low) and low * high > 0 else "turns"


def change_words(row: Row, ends: Ends, t: Translator) -> str:
    """Return a change in words: by how many voices between rounds, else on which side more differ."""
    change = float(row["change"])
    if not change:
        return t("compare.change.none" if ends.is_rounds else "compare.change.alike")
    if not ends.is_rounds:
        return t("compare.change.more_in", name=ends.names[change > 0])
    return by_how_many(row, t) or t("compare.change.less" if change < 0 else "compare.change.more")


def by_how_many(row: Row, t: Translator) -> str:
    """Return by how many voices fewer or more differ; "" where their number does not go the way of their share."""
    voices = int(row["n_differ_other"]) - int(row["n_differ_one"])
    if voices * float(row["change"]) <= 0:
        return ""
    return t.count("compare.fewer" if voices < 0 else "compare.further", abs(voices))


def row_sentence(row: Row, ends: Ends, t: Translator) -> str:
    """Return a row's finding in one sentence, for those who do not see the line."""
    mark = [t(f"compare.mark.{firmness(row)}")] if row["change"] else []
    return "; ".join([t("compare.row", **_step(row, t), **_names(ends)), change_words(row, ends, t), *mark])


def _names(ends: Ends) -> Mapping[str, str]:
    return dict(zip(("one", "other"), ends.names, strict=True))


def _step(row: Row, t: Translator) -> dict[str, object]:
    return {
        "id": row["step_id"], "step": t.of(row, "step"), "tool": t.of(row, "component"),
        "a": int(row["n_differ_one"]), "n": int(row["n_clear_one"]),
        "b": int(row["n_differ_other"]), "m": int(row["n_clear_other"]),
    }  # fmt: skip


def _same(row: Row, t: Translator) -> str:
    before, after = int(row["n_both_differ_one"]), int(row["n_both_differ_other"])
    return t("compare.same.item", id=row["step_id"], n=int(row["n_both_clear"]), a=before, b=after)


def _many(n: int) -> str:
    return "one" if n == 1 else "many"


def _after_revision(revised: Sequence[Row], t: Translator) -> Parts:
    n = len(revised)
    start = t.parts(f"compare.revised.{_many(n)}", n=n)
    known = [row for row in revised if row["change"] == row["change"]]
    if not known:
        return [*start, *t.parts(f"compare.after.unclear.{_many(n)}")]
    signs = {(row["change"] > 0) - (row["change"] < 0) for row in known}
    way = {-1: "less", 0: "same", 1: "more"}[signs.pop()] if len(signs) == 1 else "mixed"
    items = [_item(row, t) for row in known[:NAMED]]
    listed = [*items, *([t.parts("compare.further_texts", n=len(known) - NAMED)] if len(known) > NAMED else [])]
    after = t.parts(f"compare.after.{way}.{_many(len(known))}")
    both = t.parts("compare.after.of", n=len(known)) if len(known) < n else []
    return [*start, *both, *after, *_joined(listed, t), *_firm(known[:NAMED], way, t)]


def _item(row: Row, t: Translator) -> Parts:
    fewer = by_how_many(row, t)
    return [*t.parts("compare.after.item", **_step(row, t)), *([(f" ({fewer})", False)] if fewer else [])]


def _joined(items: Sequence[Parts], t: Translator) -> Parts:
    found: Parts = []
    for at, item in enumerate(items):
        last = at + 1 == len(items)
        found += [*item, (". " if last else f" {t('list.and')} " if at + 2 == len(items) else ", ", False)]
    return found


def _firm(known: Sequence[Row], way: str, t: Translator) -> Parts:
    """Say whether the changes hold without any one voice; where some do not, name those."""
    moved = [row for row in known if row["change"]]
    weak = [row for row in moved if firmness(row) != "holds"]
    if not moved:
        return []
    if not weak:
        return t.parts(f"compare.holds.{way}.{_many(len(moved))}" if way != "mixed" else "compare.holds.mixed")
    if len(weak) == len(moved):
        few = all(firmness(row) == "few" for row in weak)
        return t.parts("compare.weak.few" if few else f"compare.weak.{_many(len(moved))}")
    return t.parts("compare.weak.some", steps=t.sequence([str(row["step_id"]) for row in weak]))


def _largest(known: Sequence[Row], ends: Ends, t: Translator) -> Parts:
    """Name the largest change that no single voice could undo; say so where there is none, or too few to tell."""
    way = "change" if ends.is_rounds else "difference"
    firm = [row for row in known if firmness(row) == "holds"]
    if firm:
        return t.parts(f"compare.largest.{way}", **_step(firm[0], t), **_names(ends))
    turned = [row for row in known if row["change"] and firmness(row) == "turns"]
    if not turned:
        return t.parts("compare.too_few", few=FEW, **_names(ends))
    return [*t.parts(f"compare.none_firm.{way}", **_step(turned[0], t), **_names(ends)), *t.parts("compare.weak.one")]
