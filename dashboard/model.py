"""The nouns that every floor shares: a study on its way into the store, its vocabularies, and a reader's filters."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

STANCES = ("as_written", "adapted", "worked_around", "left_out", "added", "unclear")
EFFECTS = ("helps", "mixed", "harms", "not_known")
ALLIANCE_ASPECTS = ("bond", "task", "goal")
FIDELITIES = ("consistent", "inconsistent", "unknown")
RESILIENCE_POTENTIALS = ("respond", "monitor", "learn", "anticipate")
RESTS_ON = ("private_tools",)
PHASES = ("before", "session_start", "during", "between", "ending")
STATES = ("differently", "not_done", "as_written", "unclear", "not_raised")
STUDY_KINDS = ("interviews", "evidence", "synthetic")
DISCLOSURES = ("open", "team", "public")
SCHOOLS = ("coding_reliability", "codebook", "reflexive")
PLACEMENTS = ("guard", "revise", "support", "spread", "look_closer", "holds")
DECISIONS = ("adopt", "revise", "support", "guard", "accept", "look_closer")
ENTRIES = (*DECISIONS, "proposal", "withdrawal")
"""What an entry of the ledger says: a decision, a proposed text without one, or that an earlier entry is withdrawn."""

Verification = Literal["verified", "not_verified", "as_typed"]
Scope = Literal["team", "public"]
Progress = Callable[[str, float], None]
"""Is told what is being done, and how much of the whole is behind it, from 0 to 1."""


@dataclass(frozen=True)
class Study:
    """What a study says of itself; `series` ties the rounds of one study together."""

    study_id: str
    title: str
    title_sv: str = ""
    organisation: str = ""
    organisation_sv: str = ""
    country: str = ""
    kind: str = "interviews"
    series: str = ""
    round: int = 1
    method: str = ""
    method_sv: str = ""
    ethics_note: str = ""
    ethics_note_sv: str = ""
    disclosure: str = "team"
    collected: str = ""
    collected_sv: str = ""
    school: str = ""
    """The school of thematic analysis (Braun & Clarke 2022), "" where the study does not say."""
    components: tuple[tuple[str, str, str], ...] = ()
    """(id, name, name in Swedish) in the order that the study wants them shown."""
    placement_rules: tuple["PlacementCondition", ...] = ()
    answers: tuple[tuple[str, str, str, str], ...] = ()
    """(checklist, item, answer, answer in Swedish) that the study team gives to COREQ and SRQR."""


@dataclass(frozen=True)
class PlacementCondition:
    """One condition of one placement rule; a rule holds when all of its conditions do."""

    rank: int
    placement: str
    quantity: str
    least: float | None
    most: float | None


@dataclass(frozen=True)
class Document:
    """A transcript; `text` is "" where a study brings quotes without their transcript."""

    document_id: str
    name: str
    text: str
    sha256: str
    participant_id: str = ""
    """Whose words it holds, "" where that is not known or where several speak."""


@dataclass(frozen=True)
class Code:
    """A code of the codebook, known by its path: names repeat, paths do not."""

    path: str
    name: str
    parent: str = ""
    description: str = ""
    is_codable: bool = True
    colour: str = ""
    theme: str = ""
    name_sv: str = ""


@dataclass(frozen=True)
class Excerpt:
    """A stretch of a document; start and end count code points of its text, end exclusive."""

    excerpt_id: str
    document_id: str
    start: int | None
    end: int | None
    text: str
    text_en: str = ""
    participant_id: str = ""
    """Whose words they are, "" where that is not known."""
    verification: Verification = "as_typed"
    memo: str = ""
    release_state: str = "draft"
    """draft; held or withheld where personal data stands in it, so that its words are not shown; or released."""


@dataclass(frozen=True)
class Coding:
    """One code given to one excerpt by one coder."""

    excerpt_id: str
    code_path: str
    coder: str = ""


@dataclass(frozen=True)
class Case:
    """A case of a coded project: somebody, the attributes given, and the documents that hold their words."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    document_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Participant:
    """A voice; for an evidence study a publication, with its citation and address."""

    participant_id: str
    citation: str = ""
    address: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    consents: bool = True
    """False where a participants table says, or leaves open, that this voice may not be used."""


@dataclass(frozen=True)
class Step:
    """One statement of a written source."""

    step_id: str
    component: str
    text: str
    text_sv: str = ""
    phase: str = ""
    position: int = 0
    why_it_matters: str = ""
    why_it_matters_sv: str = ""
    document: str = ""
    issuer: str = ""
    obligation_level: str = ""
    jurisdiction: str = ""
    place: str = ""
    address: str = ""
    version: str = ""
    year: str = ""
    is_core: bool = False
    valid_from: int = 1


@dataclass(frozen=True)
class Telling:
    """One voice telling one practice in one excerpt: a row of the practice table."""

    participant_id: str
    component: str
    stance: str
    step_id: str = ""
    phase: str = ""
    practice: str = ""
    practice_sv: str = ""
    effect: str = "not_known"
    alliance_aspect: str = ""
    frame_nature: str = ""
    fidelity: str = "unknown"
    reason: str = ""
    reason_sv: str = ""
    resilience_potential: str = ""
    rests_on: str = ""
    """What a practice needs that nobody provides: "private_tools", or ""."""
    excerpt_id: str = ""


@dataclass(frozen=True)
class Bundle:
    """A study read from files and not yet in the store: the one shape that every importer returns."""

    producer: str
    source_name: str
    sha256: str
    documents: tuple[Document, ...] = ()
    codes: tuple[Code, ...] = ()
    excerpts: tuple[Excerpt, ...] = ()
    codings: tuple[Coding, ...] = ()
    cases: tuple[Case, ...] = ()
    code_sets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Name of a set of codes → the paths in it."""
    document_sets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    participants: tuple[Participant, ...] = ()
    steps: tuple[Step, ...] = ()
    tellings: tuple[Telling, ...] = ()
    quotes_verified: int = 0
    quotes_total: int = 0
    warnings: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    """Role, name and SHA-256 of each file that it was made from, with a tab between."""

    def with_warnings(self, *more: str) -> "Bundle":
        """Return the same bundle with further warnings at the end."""
        return replace(self, warnings=(*self.warnings, *more))


@dataclass(frozen=True)
class Filters:
    """What a reader looks at. An empty tuple means all; `at_least` drops practices told by fewer voices."""

    study_id: str
    component_ids: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    obligation_levels: tuple[str, ...] = ()
    jurisdictions: tuple[str, ...] = ()
    at_least: int = 1


@dataclass(frozen=True)
class Side:
    """One side of a comparison: a study in a reader's filters, all of its voices or a group of them."""

    filters: Filters
    participant_ids: tuple[str, ...] | None = None
    """None means all voices."""


@dataclass(frozen=True)
class Decision:
    """One entry of the ledger: what was decided or proposed on a step, by whom, when and why. Never rewritten."""

    study_id: str
    step_id: str
    decision: str
    """One of ENTRIES."""
    by: str
    why: str
    review_on: str = ""
    """The day on which to look at it again, YYYY-MM-DD, or ""."""
    text: str = ""
    """The text proposed for the step, as it was typed."""
    who_decides: str = ""
    """Of a proposal: who has to take the decision."""
    withdraws: str = ""
    """Of a withdrawal: the entry that no longer stands."""
    series: str = ""
    """The series of the study when it was written, so that a later round finds it."""
    at: str = ""
    """When it was written, local time with its offset; given by the ledger."""
    entry_id: str = ""
