"""The study that one reader is about to bring: the files in hand, the mapping so far, and what was said of it."""

import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dashboard import drafting, generations, intake
from dashboard.changes import Changes
from dashboard.drafting import ABOUT_FILE, MAPPING_FILE, Material, Yielded
from dashboard.errors import GapError, ImportProblem
from dashboard.importers import about_toml, mapping_toml
from dashboard.importers.about import TEXTS
from dashboard.importers.mapping import Mapping as Rules
from dashboard.importers.suggest import Suggestion
from dashboard.intake import Upload
from dashboard.model import STUDY_KINDS, Progress, Study

LARGEST = 100_000_000  # bytes of all files together
LIGHT = 5_000_000  # bytes of all files together: read in well under a second
KEPT = 50  # steps back
DEFAULTS = {"kind": STUDY_KINDS[0], "disclosure": "team"}
"""What is chosen where the reader chose nothing: the most careful."""


@dataclass
class Draft:
    """A study in the making. It lives in one reader's session, and nothing of it is in the store."""

    files: dict[str, Upload] = field(default_factory=dict)
    material: Material | None = None
    rules: Rules = field(default_factory=lambda: Rules(MAPPING_FILE))
    trouble: GapError | None = None
    confirmed: Rules | None = None
    """The mapping whose voices the reader said are right."""
    said: dict[str, str] = field(default_factory=dict)
    """What the reader says of the study: study_id, title, kind, disclosure …"""
    chosen: set[str] = field(default_factory=set)
    """What of that the reader chose by hand, where every choice has a value from the start."""
    stored: Study | None = None
    """The study that the store holds under this id."""
    recalled: dict[str, str] = field(default_factory=dict)
    """What that study says of itself, as far as the reader had said nothing."""
    number: int = 0
    """Grows when the widgets of the page must be made anew."""
    turn: int = 0
    """Grows when the files are forgotten, so that the place to drop them is empty again."""
    aside: frozenset[Suggestion] = frozenset()
    """Suggestions that the reader does not want to see again."""
    past: list[Rules] = field(default_factory=list)
    base: Rules | None = None
    """The mapping that the table of codes was made from."""
    _seen: tuple[tuple[str, int], ...] = ()
    _yielded: tuple[Rules, Yielded | ImportProblem] | None = None
    _changes: tuple[object, Changes] | None = None

    def take(self, given: Sequence[tuple[str, bytes]], say: Progress) -> bool:
        """Read files that were dropped, beside those in hand; tell whether that brought anything new.

        A file of the same name takes the other's place. What cannot be read is not kept, and `trouble` says why.
        """
        seen = tuple((name, len(data)) for name, data in given)
        is_new, self._seen = seen != self._seen, seen
        if not given or not is_new:
            return False
        files = self.files | {name: Upload(name, data) for name, data in given}
        try:
            if sum(len(file.data) for file in files.values()) > LARGEST:
                raise ImportProblem(
                    f"Together the files are larger than {LARGEST // 1_000_000} MB.",
                    remedy="Import them by command: `beyond import`.",
                )
            material = drafting.read(list(files.values()), say)
        except GapError as problem:
            self.trouble = problem
            return True
        brings_mapping = any(name.lower().endswith(".toml") for name, _data in given)
        if self.material is None or brings_mapping:
            self.change(material.rules, anew=True)
        self.files, self.material, self.trouble, self._yielded = files, material, None, None
        if not self.said and material.study is not None:
            self.said = {"title": material.study.title if material.study.title != "study" else ""}
        return True

    def change(self, rules: Rules, *, anew: bool = False) -> None:
        """Take another mapping; the one before it can be had back. `anew` where the table must show it."""
        if rules != self.rules:
            self.past = [*self.past[-KEPT + 1 :], self.rules]
            self.rules = rules
        self.number += anew

    def undo(self) -> None:
        """Take the mapping before the last change."""
        if self.past:
            self.rules = self.past.pop()
            self.number += 1

    def put_aside(self, unwanted: Iterable[Suggestion]) -> None:
        """Offer these suggestions no more, until they are asked for again."""
        self.aside |= frozenset(unwanted)
        self.number += 1

    def offer_again(self) -> None:
        """Offer every suggestion that was put aside."""
        self.aside = frozenset()
        self.number += 1

    def followed(self) -> "Draft":
        """Return an empty draft for the same reader, whose widgets are all made anew."""
        return Draft(number=self.number + 1, turn=self.turn + 1)

    @property
    def is_light(self) -> bool:
        """Whether the files are small enough to be read again at every change of what is said of them."""
        return sum(len(file.data) for file in self.files.values()) < LIGHT

    def offered(self) -> list[Suggestion]:
        """Return the suggestions that the mapping leaves open and that the reader did not put aside."""
        assert self.material is not None
        return [s for s in drafting.suggested(self.material, self.rules) if s not in self.aside]

    @property
    def is_confirmed(self) -> bool:
        """Whether the reader said that these voices are right; another mapping of voices must be looked at again."""
        return self.confirmed is not None and _voices_of(self.confirmed) == _voices_of(self.rules)

    def yielded(self) -> Yielded:
        """Return what the mapping makes of the files, worked out once. Raises where the two do not fit."""
        assert self.material is not None
        if self._yielded is None or self._yielded[0] is not self.rules:
            try:
                self._yielded = self.rules, drafting.yielded(self.material, self.rules)
            except ImportProblem as problem:
                self._yielded = self.rules, problem
        found = self._yielded[1]
        if isinstance(found, ImportProblem):
            raise found
        return found

    def changes(self, folder: Path) -> Changes:
        """Return what the import would change of the store's study, worked out once for each mapping."""
        asked = (generations.current(folder).path, self.request())
        if self._changes is None or self._changes[0] != asked:
            self._changes = asked, intake.beside_store(folder, intake.prepare(asked[1])).changes
        return self._changes[1]

    def recall(self, stored: Study | None) -> dict[str, str]:
        """Begin with what the store's study of this id says of itself; let go of what another id had brought.

        What the reader wrote or chose stays. Returns each field that says something else now.
        """
        before = dict(self.said)
        for name, value in self.recalled.items():
            if self.said.get(name, "") == value:
                self.said[name] = DEFAULTS.get(name, "")
        self.stored, self.recalled = stored, {}
        for name, value in _said_of(stored).items() if stored else ():
            if name not in self.chosen and self.said.get(name, "") in ("", DEFAULTS.get(name, "")):
                self.said[name] = self.recalled[name] = value
        return {name: value for name, value in self.said.items() if before.get(name, "") != value}

    def mapping_file(self) -> bytes:
        """Return the mapping as the file that the command takes."""
        return mapping_toml.as_toml(self.rules).encode()

    def about_file(self) -> bytes:
        """Return what the study says of itself as the file that the command takes."""
        assert self.material is not None
        if self.material.about is not None:
            return self.material.about.data
        said = {key: value for key, value in self.said.items() if key != "study_id"}
        if self.stored is None:
            return about_toml.as_toml(said).encode()
        rules = self.stored.placement_rules
        own = () if set(rules) == set(intake.default_placement_rules()) else rules
        return about_toml.as_toml(said, own, self.stored.answers).encode()

    def request(self) -> intake.Request:
        """Return the import that this comes to: the same as the command's."""
        assert self.material is not None
        return intake.Request(
            self.said.get("study_id", ""),
            self.material.files,
            mapping=Upload(MAPPING_FILE, self.mapping_file()) if self.material.needs_mapping else None,
            about=Upload(ABOUT_FILE, self.about_file()),
        )

    def command(self) -> str:
        """Return the command that does the same with the files saved beside one another."""
        assert self.material is not None
        names = [file.name for file in self.material.files]
        mapping = ["--mapping", MAPPING_FILE] if self.material.needs_mapping else []
        study = ["--study", self.said.get("study_id") or "ID"]
        return shlex.join(["beyond", "import", *names, *study, *mapping, "--about", ABOUT_FILE])


def _said_of(study: Study) -> dict[str, str]:
    return {name: str(getattr(study, name)) for name in (*TEXTS, "round")}


def _voices_of(rules: Rules) -> tuple[str, Mapping[str, str]]:
    return rules.participants, rules.participant_of
