"""Excerpts that say two things of one step: a voice can only be counted once there, so a person should look."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.importers.names import counted, first_of, stretch
from dashboard.model import Bundle

STRONGEST_FIRST = ("worked_around", "adapted", "left_out", "as_written", "unclear")
"""Toward a step a voice counts by the first of these that it tells."""


@dataclass(frozen=True)
class Clash:
    """One excerpt with more than one stance toward the same step."""

    document: str
    start: int | None
    end: int | None
    text: str
    about: str
    """The step."""
    stances: tuple[str, ...]
    """Those told, the one that counts first."""

    @property
    def place(self) -> str:
        """Where it stands: the document, and the characters in it where they are known."""
        return stretch(self.document, self.start, self.end)


def clashes(bundle: Bundle) -> list[Clash]:
    """Return the excerpts with several stances toward one step, in the order of the excerpts."""
    told: dict[str, dict[str, dict[str, None]]] = {}
    for telling in bundle.tellings:
        if telling.excerpt_id and telling.step_id and telling.stance in STRONGEST_FIRST:
            told.setdefault(telling.excerpt_id, {}).setdefault(telling.step_id, {})[telling.stance] = None
    names = {document.document_id: document.name for document in bundle.documents}
    return [
        Clash(
            names.get(excerpt.document_id, ""), excerpt.start, excerpt.end, excerpt.text, about,
            tuple(sorted(stances, key=STRONGEST_FIRST.index)),
        )
        for excerpt in bundle.excerpts
        for about, stances in told.get(excerpt.excerpt_id, {}).items()
        if len(stances) > 1
    ]  # fmt: skip


def remark(found: Sequence[Clash]) -> Iterable[str]:
    """Say how many there are and where the first of them stand; nothing where there is none."""
    if not found:
        return
    places = [
        f"{clash.place}: {' and '.join(stance.replace('_', ' ') for stance in clash.stances)} on {clash.about}"
        for clash in found
    ]
    yield (
        f"{counted(len(found), 'excerpt says', 'excerpts say')} two things of one step: a practice each, and toward "
        f"the step the first of worked around, adapted, left out, as written counts. See {first_of(places)}."
    )
