"""The table template: protocol, practice and participants as tables, read into a bundle."""

import hashlib
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from dashboard.errors import ImportProblem, nearest
from dashboard.importers import speakers, vocabulary
from dashboard.importers.columns import PRACTICE_COLUMNS, PROTOCOL_COLUMNS, unread
from dashboard.importers.frame import Frame
from dashboard.importers.names import counted
from dashboard.importers.sheet import Row, Sheet
from dashboard.model import Bundle, Coding, Document, Excerpt, Participant, Step, Telling

PRODUCER = "table template"


def read_protocol(sheet: Sheet, *, round_number: int = 1) -> tuple[tuple[Step, ...], list[str]]:
    """Return the steps in force in a round, in the table's order, and warnings.

    A step may stand several times with different `valid_from` rounds; the newest wording that is not later than
    the round counts. The same step twice from the same round is refused.
    """
    sheet.require(*PROTOCOL_COLUMNS)
    newest: dict[str, tuple[Step, Row]] = {}
    seen: dict[tuple[str, int], Row] = {}
    warnings = unread(sheet, "protocol")
    for position, row in enumerate(sheet.rows, start=1):
        step, warning = _step(sheet, row, position)
        if warning:
            warnings.append(f"{sheet.place(row)}: {warning}")
        if (step.step_id, step.valid_from) in seen:
            raise ImportProblem(
                f"The step {step.step_id!r} stands twice, in rows {seen[step.step_id, step.valid_from].number} "
                f"and {row.number}.",
                where=sheet.name,
                remedy="Give each step an id of its own, or a later wording its own valid_from round.",
            )
        seen[step.step_id, step.valid_from] = row
        if step.valid_from > round_number:
            continue
        if step.step_id not in newest or newest[step.step_id][0].valid_from < step.valid_from:
            newest[step.step_id] = (step, row)
    return tuple(step for step, _row in newest.values()), warnings


def _step(sheet: Sheet, row: Row, position: int) -> tuple[Step, str]:
    for column in PROTOCOL_COLUMNS:
        if not row[column]:
            raise ImportProblem(f"The cell {column!r} is empty.", where=sheet.place(row, column))
    phase, warning = vocabulary.phase(row["phase"])
    return Step(
        step_id=row["step_id"],
        component=row["component"],
        text=row["text"],
        text_sv=row["text_sv"],
        phase=phase,
        position=_whole(sheet, row, "position", position),
        why_it_matters=row["why_it_matters"],
        why_it_matters_sv=row["why_it_matters_sv"],
        document=row["document"],
        issuer=row["issuer"],
        obligation_level=row["obligation_level"],
        jurisdiction=row["jurisdiction"],
        place=row["place"],
        address=row["address"],
        version=row["version"],
        year=vocabulary.year(row["year"], where=sheet.place(row, "year")),
        is_core=vocabulary.yes_or_no(row["is_core"], where=sheet.place(row, "is_core")),
        valid_from=_whole(sheet, row, "valid_from", 1),
    ), warning


def _whole(sheet: Sheet, row: Row, column: str, otherwise: int) -> int:
    if not row[column]:
        return otherwise
    try:
        return int(row[column])
    except ValueError:
        raise ImportProblem(f"{row[column]!r} is not a whole number.", where=sheet.place(row, column)) from None


def read_participants(sheet: Sheet) -> tuple[Participant, ...]:
    """Return the voices of a participants table; every column besides citation, address and consent is an attribute.

    Where there is a column `consent`, only those for whom it says yes consent: an empty cell is no consent.
    """
    sheet.require("participant")
    found: dict[str, Row] = {}
    voices = []
    for row in sheet.rows:
        name = row["participant"]
        if not name:
            raise ImportProblem("The cell 'participant' is empty.", where=sheet.place(row, "participant"))
        if name in found:
            raise ImportProblem(
                f"The participant {name!r} stands twice, in rows {found[name].number} and {row.number}.",
                where=sheet.name,
            )
        found[name] = row
        known = {"participant", "citation", "address", "consent"}
        attributes = {c: row[c] for c in sheet.columns if c not in known and row[c]}
        consents = "consent" not in sheet.columns or vocabulary.consent(
            row["consent"], where=sheet.place(row, "consent")
        )
        voices.append(Participant(name, row["citation"], row["address"], attributes, consents))
    return tuple(voices)


def read_practice(
    sheets: Sequence[Sheet],
    steps: Sequence[Step],
    participants: Sequence[Participant] = (),
    *,
    sha256: str = "",
) -> Bundle:
    """Return the bundle of one or more practice tables, checked against the protocol and the participants.

    Each distinct participant, document and quote is one excerpt. In a table the columns are the coding frame: a row
    codes its excerpt with its practice and with each dimension that it states.
    """
    read = _Reading({step.step_id: step for step in steps}, {voice.participant_id for voice in participants})
    read.warnings += [warning for sheet in sheets for warning in unread(sheet, "practice")]
    for sheet, row in _rows(sheets):
        read.take(sheet, row)
    if not read.tellings:
        raise ImportProblem("The practice table has a header but no rows.", where=sheets[0].name)
    voices = participants or tuple(Participant(name) for name in _in_order(t.participant_id for t in read.tellings))
    return Bundle(
        producer=PRODUCER,
        source_name=", ".join(_in_order(sheet.name.split(",")[0] for sheet in sheets)),
        sha256=sha256,
        documents=tuple(read.documents.values()),
        codes=tuple(read.frame.codes.values()),
        excerpts=tuple(read.excerpts.values()),
        codings=tuple(read.codings),
        participants=tuple(voices),
        steps=tuple(steps),
        tellings=tuple(read.tellings),
        quotes_verified=0,
        quotes_total=len(read.excerpts),
        warnings=(*read.warnings, *read.notes(), *speakers.remark(read.documents.values(), read.excerpts.values())),
    )


@dataclass
class _Reading:
    """What the rows of the practice tables give, row by row."""

    steps: dict[str, Step]
    voices: set[str]
    excerpts: dict[tuple[str, str, str], Excerpt] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    frame: Frame = field(default_factory=Frame)
    codings: dict[Coding, None] = field(default_factory=dict)
    tellings: dict[Telling, None] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    repeated: int = 0
    without_step: int = 0

    def take(self, sheet: Sheet, row: Row) -> None:
        telling, warning = _telling(sheet, row, self.steps)
        if warning:
            self.warnings.append(f"{sheet.place(row)}: {warning}")
        _check_voice(sheet, row, self.voices)
        if row["quote"]:
            telling = replace(telling, excerpt_id=_excerpt(row, telling, self.excerpts, self.documents).excerpt_id)
        paths = self.frame.paths(telling, self.steps.get(telling.step_id))
        if telling in self.tellings:
            self.repeated += 1
            return
        self.tellings[telling] = None
        if telling.excerpt_id:
            self.codings.update((Coding(telling.excerpt_id, path), None) for path in paths)
        self.without_step += not telling.step_id and telling.stance != "added"

    def notes(self) -> list[str]:
        found = []
        if self.repeated:
            found.append(f"{counted(self.repeated, 'row')} word for word like another row; each was counted once.")
        told = (telling.component for telling in self.tellings if not telling.step_id)
        found += vocabulary.components_without_step(told, self.steps.values())
        if self.without_step:
            found.append(f"{counted(self.without_step, 'row')} without a step, so not shown in any gap.")
        if self.excerpts:
            found.append("Quotes come as typed in the table: there is no transcript to verify them against.")
        return found


def _rows(sheets: Sequence[Sheet]) -> Iterable[tuple[Sheet, Row]]:
    for sheet in sheets:
        sheet.require(*PRACTICE_COLUMNS)
    return itertools.chain.from_iterable(((sheet, row) for row in sheet.rows) for sheet in sheets)


def _telling(sheet: Sheet, row: Row, steps: dict[str, Step]) -> tuple[Telling, str]:
    for column in PRACTICE_COLUMNS:
        if not row[column]:
            raise ImportProblem(f"The cell {column!r} is empty.", where=sheet.place(row, column))
    step_id = row["step_id"]
    if step_id and step_id not in steps:
        raise ImportProblem(
            f"The step {step_id!r} is not in the protocol.",
            where=sheet.place(row, "step_id"),
            remedy=nearest(step_id, steps),
        )
    words = {
        column: vocabulary.word(column, row[column], where=sheet.place(row, column)) for column in vocabulary.KNOWN
    }
    phase, warning = vocabulary.phase(row["phase"])
    if step_id and row["stance"] and words["stance"] != "added":
        if phase and phase != steps[step_id].phase:
            warning = f"The phase {row['phase']!r} is not the step's; the step's counts."
        phase = steps[step_id].phase
    elif step_id:
        phase = phase or steps[step_id].phase
    if step_id and vocabulary.slug(steps[step_id].component) != vocabulary.slug(row["component"]):
        raise ImportProblem(
            f"The step {step_id!r} belongs to {steps[step_id].component!r}, not to {row['component']!r}.",
            where=sheet.place(row, "component"),
        )
    return Telling(
        participant_id=row["participant"],
        component=steps[step_id].component if step_id else row["component"],
        step_id=step_id,
        phase=phase,
        practice=row["practice"],
        practice_sv=row["practice_sv"],
        frame_nature=row["frame_nature"],
        reason=row["reason"],
        reason_sv=row["reason_sv"],
        **words,
    ), warning


def _check_voice(sheet: Sheet, row: Row, known: set[str]) -> None:
    if known and row["participant"] not in known:
        raise ImportProblem(
            f"The participant {row['participant']!r} is not in the participants table.",
            where=sheet.place(row, "participant"),
            remedy=nearest(row["participant"], known),
        )


def _excerpt(
    row: Row,
    telling: Telling,
    excerpts: dict[tuple[str, str, str], Excerpt],
    documents: dict[str, Document],
) -> Excerpt:
    name = row["document"] or telling.participant_id
    if name not in documents:
        empty = hashlib.sha256(b"").hexdigest()
        documents[name] = Document(f"d{len(documents) + 1}", name, "", empty)
    key = (telling.participant_id, name, row["quote"])
    if key not in excerpts:
        excerpts[key] = Excerpt(
            f"e{len(excerpts) + 1}",
            documents[name].document_id,
            None,
            None,
            row["quote"],
            row["quote_en"],
            telling.participant_id,
        )
    return excerpts[key]


def _in_order(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
