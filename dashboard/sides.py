"""Which two sides a reader may compare, and which two are chosen: rounds, groups of one study, or another study."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from dashboard import hidden_practice, session
from dashboard.charts.compare_words import ATTRIBUTE, ROUNDS, STUDIES, Ends
from dashboard.i18n import Translator
from dashboard.measures.compare import compare_by_step, groups_of
from dashboard.model import Side
from dashboard.query import records

Groups = Mapping[str, Mapping[str, tuple[str, ...]]]


@dataclass(frozen=True)
class Pair:
    """The two sides that a reader compares, and how their ends are called."""

    one: Side
    other: Side
    ends: Ends

    def rows(self) -> pd.DataFrame:
        """Return compare_by_step of the two sides, cached; do not change it."""
        one, other, same, by = self.one, self.other, self.ends.is_rounds, self.ends.by
        key = ("compare_by_step", one, other, same)
        return session.found(
            key, lambda store: compare_by_step(store, one, other, same_people=same, one_protocol=by != STUDIES)
        )


def ways() -> list[str]:
    """Return what this study can be compared by, the first of them by default."""
    rounds = [ROUNDS] if len(_rounds()) > 1 else []
    return [*rounds, *(f"{ATTRIBUTE}:{name}" for name in _groups()), *([STUDIES] if _elsewhere() else [])]


def ones() -> list[str]:
    """Return what the one side may be, the default first: of rounds, the one before the latest."""
    by = session.chosen("by")
    if by == ROUNDS:
        return _rounds()[-2::-1]
    return [session.study_id()] if by == STUDIES else list(_groups()[by.partition(":")[2]])


def others() -> list[str]:
    """Return what the other side may be beside the one that is chosen, the default first: a later round, the latest."""
    by, one = session.chosen("by"), session.chosen("one")
    if by == ROUNDS:
        return _rounds()[: _rounds().index(one) : -1]
    return _elsewhere() if by == STUDIES else [value for value in ones() if value != one]


def settle() -> bool:
    """Make the choices of the address such as can be compared; tell whether there are any."""
    session.settle("by", ways())
    if not ways():
        return False
    session.settle("one", ones())
    session.settle("other", others())
    return True


def way_name(by: str, t: Translator) -> str:
    """Return how a way of comparing is called: rounds, another study, or an attribute in the study's words."""
    way, _, attribute = by.partition(":")
    return t.word("compare.attribute", attribute) if way == ATTRIBUTE else t(f"compare.by.{way}")


def name(value: str, t: Translator) -> str:
    """Return how one end is called: a round, a study by its title, a group in the study's words."""
    by = session.chosen("by")
    if by not in (ROUNDS, STUDIES):
        return t.word("compare.group", value)
    study = _studies()[value]
    return t("compare.round", n=study["round"]) if by == ROUNDS and _are_numbered() else t.of(study, "title")


def pair(t: Translator) -> Pair:
    """Return the two sides that are chosen, in the reader's filters."""
    by, values = session.chosen("by"), (session.chosen("one"), session.chosen("other"))
    ids = values if by in (ROUNDS, STUDIES) else (session.study_id(),) * 2
    voices = [None, None] if ids == values else [_groups()[by.partition(":")[2]][value] for value in values]
    one, other = (Side(replace(session.filters(), study_id=ids[at]), voices[at]) for at in (0, 1))
    known = [set(participants(study)["participant_id"]) for study in ids]
    n_voices = [len(known[at]) if group is None else len(group) for at, group in enumerate(voices)]
    return Pair(one, other, Ends(
        by.partition(":")[0], (name(values[0], t), name(values[1], t)), (ids[0], ids[1]),
        (str(_studies()[ids[0]]["kind"]), str(_studies()[ids[1]]["kind"])), (n_voices[0], n_voices[1]),
        len(known[0] & known[1]) if by == ROUNDS else 0,
        ("", "") if ids == values else (_group(by, values[0]), _group(by, values[1])),
    ))  # fmt: skip


def _group(by: str, value: str) -> str:
    return f"{by.partition(':')[2]}:{value}"


def hidden(pair: Pair) -> list[int]:
    """Return how many practices "at least k voices" hides in each study that is compared."""
    return [hidden_practice.on_page(filters) for filters in dict.fromkeys((pair.one.filters, pair.other.filters))]


def about(pair: Pair, t: Translator) -> list[str]:
    """Return what a file says of the two sides: the end's name, its study and the study's kind."""
    found = []
    for at, side in enumerate(("one", "other")):
        study = _studies()[pair.ends.study_ids[at]]
        kind, count = t(f"chip.{study['kind']}"), pair.ends.counted(at, t)
        found.append(
            f"{side} = {pair.ends.names[at]} · {t.of(study, 'title')} ({study['study_id']}) · {kind} · {count}"
        )
    return found


def chips(pair: Pair, t: Translator) -> list[str]:
    """Return what marks the kinds of the studies that are compared."""
    return [t(f"chip.{kind}") for kind in dict.fromkeys(pair.ends.kinds)]


def participants(study_id: str) -> pd.DataFrame:
    """Return a study's voices with what is known of them."""
    return session.ask("lists/participants", study_id=study_id)


def _studies() -> Mapping[str, Mapping[str, Any]]:
    return session.drawn(("studies",), lambda: {str(row["study_id"]): row for row in records(session.studies())})


def _rounds() -> list[str]:
    """Return the studies of this study's series, the first round first."""
    series = session.study()["series"]
    own = [row for row in _studies().values() if row["series"] == series]
    return [str(row["study_id"]) for row in sorted(own, key=lambda row: (row["round"], row["study_id"]))]


def _are_numbered() -> bool:
    numbers: Sequence[int] = [_studies()[study]["round"] for study in _rounds()]
    return len(set(numbers)) == len(numbers)


def _elsewhere() -> list[str]:
    """Return the studies of other series: their voices are other people."""
    series = session.study()["series"]
    return [study_id for study_id, row in _studies().items() if row["series"] != series]


def _groups() -> Groups:
    study = session.study_id()
    return session.drawn(("groups", study), lambda: groups_of(participants(study)))
