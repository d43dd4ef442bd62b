"""From files to a published study: read, check, and only then put into the store."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from dashboard import again, changes, generations, settings, store, talks, withdrawn
from dashboard.changes import Changes
from dashboard.errors import ImportProblem
from dashboard.importers import about, mapping, personal_names, rows, scenes, template
from dashboard.importers.inputs import Inputs
from dashboard.importers.mapping import Mapping as Rules
from dashboard.model import Bundle, Participant, PlacementCondition, Progress, Step, Study


@dataclass(frozen=True)
class Upload:
    """A file in hand, as a browser gives it: its name and its bytes."""

    name: str
    data: bytes


Given = Path | Upload
"""A file of an import: its place, or the file itself."""


@dataclass(frozen=True)
class Request:
    """What to import: the coded material and the files that go with it."""

    study_id: str
    files: Sequence[Given]
    protocol: Given | None = None
    participants: Given | None = None
    mapping: Given | None = None
    about: Given | None = None

    @property
    def talk(self) -> Path | None:
        """The talk that lies beside what the study says of itself, where there is one."""
        beside = self.about.with_name(scenes.FILE) if isinstance(self.about, Path) else None
        return beside if beside is not None and beside.is_file() else None


@dataclass(frozen=True)
class Prepared:
    """A study that passed every check of its files and waits to be published."""

    study: Study
    bundle: Bundle
    talk: bytes = b""
    """The scene file that came with the study, b"" where none did."""
    changes: Changes = field(default_factory=dict)
    """What it changes of the study in the store; empty where it was not set beside one that holds the study."""

    def report(self, generation: int | None, *more: str) -> dict[str, object]:
        """Return what an import tells: counts, quotes verified, warnings; generation is None on a dry run."""
        return {
            "study": self.study.study_id,
            "generation": generation,
            "producer": self.bundle.producer,
            **rows.counts_of(self.bundle),
            "changes": self.changes,
            "warnings": [*self.bundle.warnings, *more],
        }


@dataclass
class _Files:
    """The files of an import, read once, and their common fingerprint: of each its role, its name and its bytes.

    A name counts, because a document, a voice or a code may be called by it.
    """

    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)
    read_so_far: list[str] = field(default_factory=list)
    """Role, name and SHA-256 of each, with a tab between."""

    def read(self, path: Given, role: str = "file") -> bytes:
        try:
            data = path.data if isinstance(path, Upload) else path.read_bytes()
        except IsADirectoryError:
            raise ImportProblem("This is a folder.", where=str(path), remedy="Name the files in it.") from None
        except OSError as problem:
            raise ImportProblem(f"The file cannot be read ({problem.strerror}).", where=str(path)) from None
        own = hashlib.sha256(data)
        self.digest.update(f"{role} {path.name!r} ".encode() + own.digest())
        self.read_so_far.append(f"{role}\t{' '.join(path.name.split())}\t{own.hexdigest()}")
        return data


def prepare(request: Request, progress: Progress | None = None) -> Prepared:
    """Read and check the files of a study. Raises with file, place, rule and way out; the store is not touched."""
    say = progress or (lambda _what, _share: None)
    files = _Files()
    study = _study(request, files)
    rules = _rules(request, files)
    inputs = Inputs(rules)
    for path in request.files:
        say(f"reading {path.name}", 0.05)
        inputs.add(files.read(path), path.name)
    if request.protocol is not None:
        inputs.give_protocol(files.read(request.protocol, "protocol"), request.protocol.name)
    if request.participants is not None:
        inputs.give_participants(files.read(request.participants, "participants"), request.participants.name)
    steps, step_warnings = inputs.steps(study.round)
    bundle = _bundle(inputs, steps, inputs.voices(), rules, say)
    titles = (
        () if study.kind == "evidence" else personal_names.notes(bundle)
    )  # publications are called by their authors
    notes = (*step_warnings, *rows.notes(bundle.tellings), *titles)
    bundle = replace(bundle.with_warnings(*notes), sha256=files.digest.hexdigest(), files=tuple(files.read_so_far))
    return Prepared(study, bundle, talk_of(request))


def publish(folder: Path, prepared: Sequence[Prepared], progress: Progress | None = None) -> list[dict[str, object]]:
    """Put prepared studies into one new generation and return their reports.

    Where every study stands in the store exactly as these files give it, nothing is written and the report says so.
    """
    known = _already_imported(folder, prepared)
    if len(known) == len(prepared):
        _keep_talks(folder, prepared)
        return [
            p.report(
                known[p.study.study_id],
                f"Already imported as generation {known[p.study.study_id]}; nothing changed.",
            )
            for p in prepared
        ]
    at = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    ready: list[Prepared] = []

    def change(connection: duckdb.DuckDBPyConnection | None) -> store.Change:
        ready[:] = [_beside(p, connection) for p in prepared]
        return store.Change(
            {p.study.study_id: rows.of(p.study, p.bundle) for p in ready},
            {p.study.study_id: rows.log_row(p.study, p.bundle, at) for p in ready},
        )

    generation = store.publish_from(folder, change, progress=progress)
    _keep_talks(folder, prepared)
    return [p.report(generation.number) for p in ready]


def beside_store(folder: Path, prepared: Prepared) -> Prepared:
    """Return a prepared study as it would come into this store, and what it changes; there need be no store."""
    if not generations.exists(folder):
        return _beside(prepared, None)
    connection = store.open_generation(generations.current(folder))
    try:
        return _beside(prepared, connection)
    finally:
        connection.close()


def _beside(prepared: Prepared, connection: duckdb.DuckDBPyConnection | None) -> Prepared:
    bundle = again.beside(prepared.study, prepared.bundle, connection)
    return replace(prepared, bundle=bundle, changes=changes.beside(prepared.study, bundle, connection))


def default_placement_rules() -> tuple[PlacementCondition, ...]:
    """Return the rules that place a gap where a study brings none of its own."""
    path = settings.shipped_studies_folder() / "placement_rules.toml"
    return about.read_rules(about.parse(path.read_bytes(), path.name)["placement"], path.name)


def _study(request: Request, files: _Files) -> Study:
    if not request.study_id.strip() or not all(c.isalnum() or c in "-_" for c in request.study_id):
        raise ImportProblem(
            f"{request.study_id!r} cannot be a study's id.",
            remedy="Use letters, digits, hyphens and underscores.",
        )
    files.digest.update(f"{request.study_id} {settings.PROGRAM_VERSION} {default_placement_rules()}".encode())
    if request.about is None:
        return about.default(request.study_id, default_placement_rules())
    return about.read(
        files.read(request.about, "about"), request.about.name, request.study_id, default_placement_rules()
    )


def talk_of(request: Request) -> bytes:
    """Return the scene file that comes with a study, checked; b"" where none does."""
    if request.talk is None:
        return b""
    data = request.talk.read_bytes()
    scenes.read(data, request.talk.name, request.study_id)
    return data


def _keep_talks(folder: Path, prepared: Sequence[Prepared]) -> None:
    for one in prepared:
        if one.talk:
            talks.keep_shipped(folder, one.study.study_id, one.talk)


def _rules(request: Request, files: _Files) -> Rules | None:
    if request.mapping is None:
        return None
    return mapping.read_mapping(files.read(request.mapping, "mapping"), request.mapping.name)


def _bundle(
    inputs: Inputs, steps: tuple[Step, ...], voices: tuple[Participant, ...], rules: Rules | None, say: Progress
) -> Bundle:
    inputs.refuse_several()
    if inputs.tables.practice:
        told = template.read_practice(inputs.tables.practice, steps, voices).with_warnings(*inputs.tables.warnings)
        return withdrawn.without_consent(told)
    bundle = inputs.coded(say)
    if rules is None:
        if not all(voice.consents for voice in voices):
            raise ImportProblem(
                "Whose words a document holds is not said, so a voice without consent cannot be kept out.",
                where="participants",
                remedy="Give a mapping.",
            )
        missing = "the steps of the protocol and " if not steps else ""
        return replace(bundle, steps=steps).with_warnings(
            f"No mapping was given: documents, codes and excerpts are loaded, but {missing}which codes mean which "
            "step, stance and effect is missing, so there are no gaps yet. Write a mapping and import again."
        )
    return with_attributes(mapping.apply(bundle, rules, steps, progress=say), voices)


def with_attributes(bundle: Bundle, voices: Sequence[Participant]) -> Bundle:
    """Return the bundle with what a participants table says about its voices; the table may name silent ones."""
    if not voices:
        return bundle
    found: Mapping[str, Participant] = {p.participant_id: p for p in bundle.participants}
    unknown = [p for p in found if p not in {v.participant_id for v in voices}]
    if unknown:
        raise ImportProblem(f"The participants table lacks {', '.join(unknown[:20])}.", where="participants")
    merged = [
        replace(
            v,
            attributes={
                **(found[v.participant_id].attributes if v.participant_id in found else {}),
                **v.attributes,
            },
        )
        for v in voices
    ]
    return withdrawn.without_consent(replace(bundle, participants=tuple(merged)))


def _already_imported(folder: Path, prepared: Sequence[Prepared]) -> dict[str, int]:
    """Return, for each study that stands in the store from exactly these files, its generation."""
    if not generations.exists(folder):
        return {}
    connection = store.open_generation(generations.current(folder))
    try:
        if not store.is_of_this_program(connection):
            return {}
        found = connection.execute(
            "select study_id, sha256, generation from import_log "
            "qualify row_number() over (partition by study_id order by generation desc) = 1"
        ).fetchall()
    finally:
        connection.close()
    last = {(study, sha): generation for study, sha, generation in found}
    keys = {p.study.study_id: (p.study.study_id, p.bundle.sha256) for p in prepared}
    return {study: last[key] for study, key in keys.items() if key in last}
