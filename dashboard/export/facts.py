"""What a study's own data say of how it was made; every number of the method page and its file comes from here."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.importers.template import PRODUCER
from dashboard.query import records

Row = Mapping[str, Any]
Ask = Callable[..., pd.DataFrame]
SOURCE = ("document", "issuer", "obligation_level", "jurisdiction", "version", "year", "address")
"""What makes a written source distinct."""


@dataclass(frozen=True)
class Facts:
    """The facts of one study, whole: no filter of a reader takes anything away."""

    study: Row
    counts: Row
    check: Row
    """The newest import; empty where the log has none."""
    generation: str
    """The generation of the store that these facts were read in."""
    placed: Sequence[Row]
    """Each written step with its counts and its placement."""
    sources: Sequence[Row]
    """Each written source with n_steps, n_raised and n_holds; the steps without a source last, as number 0."""
    components: Sequence[Row]
    attributes: Sequence[Row]
    """Each value of each attribute with its voices; empty where the study's policy hides groups."""
    rounds: Sequence[Row]
    """The other rounds of the series that the reader may open, with the voices in both."""
    publications: Sequence[Row]
    brought: Sequence[Row]
    """What each voice told that nobody had told before, in the order in which the study names its voices."""
    answers: Mapping[tuple[str, str], Row]
    """(checklist, item) → what the study team answers."""
    rules: pd.DataFrame
    """The placement rules in words."""

    @property
    def n_voices(self) -> int:
        """Return how many voices the study has; in an evidence study publications."""
        return int(self.study["n_voices"])

    @property
    def n_steps(self) -> int:
        """Return how many written steps the study has."""
        return len(self.placed)

    @property
    def raised(self) -> Sequence[Row]:
        """Return the steps that somebody raised."""
        return [row for row in self.placed if row["n_raised"]]

    @property
    def silent(self) -> Sequence[Row]:
        """Return the steps that nobody raised."""
        return [row for row in self.placed if not row["n_raised"]]

    @property
    def named_sources(self) -> Sequence[Row]:
        """Return the written sources that the protocol names."""
        return [row for row in self.sources if row["guidance_document_id"]]

    @property
    def is_typed(self) -> bool:
        """Tell whether the quotes come from a table, without a transcript to check them against."""
        return str(self.check.get("producer", "")) == PRODUCER

    def n_placed(self, placement: str) -> int:
        """Return how many steps have this placement."""
        return sum(row["placement"] == placement for row in self.placed)


def collect(
    study: Row,
    placed: pd.DataFrame,
    brought: pd.DataFrame,
    rules: pd.DataFrame,
    ask: Ask,
    *,
    generation: str,
    visible: Collection[str],
    shows_groups: bool,
) -> Facts:
    """Return the facts of a study.

    `placed` and `brought` are placement_by_step and new_by_interview over the whole study; `visible` are the studies
    that the reader may open, so that no other round is spoken of; `shows_groups` is false where the study's policy
    hides groups of voices.
    """

    def rows(name: str) -> list[dict[str, Any]]:
        return records(ask(name, study_id=study["study_id"]))

    steps = records(placed)
    checks = rows("lists/study_checks")
    return Facts(
        study=study,
        counts=rows("lists/method_counts")[0],
        check=checks[0] if checks else {},
        generation=generation,
        placed=steps,
        sources=_sources(rows("lists/guidance_documents"), rows("lists/steps"), steps),
        components=rows("lists/components"),
        attributes=rows("lists/voices_by_attribute") if shows_groups else [],
        rounds=[row for row in rows("lists/voices_in_series") if row["study_id"] in visible],
        publications=rows("lists/publications") if study["kind"] == "evidence" else [],
        brought=records(brought),
        answers={(row["checklist"], row["item"]): row for row in rows("lists/reporting_answers")},
        rules=rules,
    )


def _sources(documents: Sequence[Row], steps: Sequence[Row], placed: Sequence[Row]) -> list[Row]:
    """Return each source with how many of its steps were raised and how many hold."""
    found = {str(row["step_id"]): row for row in placed}
    of: dict[tuple[Any, ...], list[Row]] = {}
    for step in steps:
        of.setdefault(_source(step), []).append(found[str(step["step_id"])])
    return [
        {
            **document,
            "n_raised": sum(bool(row["n_raised"]) for row in of[_source(document)]),
            "n_holds": sum(row["placement"] == "holds" for row in of[_source(document)]),
        }
        for document in documents
    ]


def _source(row: Row) -> tuple[Any, ...]:
    return tuple(row[column] for column in SOURCE)
