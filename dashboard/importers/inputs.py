"""The files of an import sorted by what they are, and what they give together: steps, voices, a coded project."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from dashboard.errors import ImportProblem
from dashboard.importers import codebook, columns, fram, segments, sheet, sniff, template
from dashboard.importers.fram import FramModel
from dashboard.importers.mapping_file import Mapping
from dashboard.importers.readers import READERS
from dashboard.importers.sheet import Sheet
from dashboard.importers.tables import Tables
from dashboard.model import Bundle, Participant, Progress, Step


@dataclass
class Inputs:
    """What the files of one import hold, so far."""

    rules: Mapping | None = None
    tables: Tables = field(default_factory=Tables)
    models: list[FramModel] = field(default_factory=list)
    projects: list[tuple[str, str, bytes]] = field(default_factory=list)
    """Kind, name and bytes of each coded project."""
    codebooks: list[Bundle] = field(default_factory=list)
    """Codebooks that lie beside the project."""
    names: list[str] = field(default_factory=list)

    def add(self, data: bytes, name: str) -> None:
        """Take over a file of any kind, told by its content. Raises for what no study is made of."""
        self.names.append(name)
        kind = sniff.kind_of(data, name)
        if kind == "codebook":
            self.codebooks.append(codebook.read(data, name))
            self.tables.add_beside_codebook(data, name)
        elif kind in READERS:
            self.projects.append((kind, name, data))
        elif kind == "fram":
            self.models.append(fram.read(data, name))
        else:
            self.tables.add(data, name, self.rules.columns if self.rules else None)

    def give_protocol(self, data: bytes, name: str) -> None:
        """Let a table or a FRAM model count as the protocol, instead of one among the other files."""
        self.models.clear()
        self.tables.protocol.clear()
        if sniff.kind_of(data, name) == "fram":
            self.models.append(fram.read(data, name))
        else:
            self.tables.protocol = _named(data, name, "protocol", " A FRAM model (.xfmv) does as well.")

    def give_participants(self, data: bytes, name: str) -> None:
        """Let a table count as the participants, instead of one among the other files."""
        self.tables.participants = _named(data, name, "participants")

    def steps(self, round_number: int) -> tuple[tuple[Step, ...], list[str]]:
        """Return the written steps in force in a round, and warnings; none where no protocol was given."""
        sheets, models = self.tables.protocol, self.models
        if len(sheets) + len(models) > 1:
            named = ", ".join([*(sheet.name for sheet in sheets), *(model.name for model in models)])
            raise ImportProblem(f"There are {len(sheets) + len(models)} protocols: {named}.", remedy="Give one.")
        if models:
            rules = self.rules or Mapping("mapping")
            return fram.steps_of(models[0], rules.functions, rules.name)
        return template.read_protocol(sheets[0], round_number=round_number) if sheets else ((), [])

    def voices(self) -> tuple[Participant, ...]:
        """Return the voices of the participants table, none where none was given."""
        sheets = self.tables.participants
        if len(sheets) > 1:
            raise ImportProblem("There is more than one participants table.", remedy="Give one.")
        return template.read_participants(sheets[0]) if sheets else ()

    def refuse_several(self) -> None:
        """Raise where the files are not exactly one study's: a coded project, practice tables, or coded segments."""
        given = len(self.projects) + bool(self.tables.practice) + bool(self.tables.segments)
        if self.codebooks and not given:
            raise _codes_only(self.codebooks[0])
        if given != 1 or len(self.codebooks) > 1 or (self.codebooks and self.tables.practice):
            raise ImportProblem(
                "An import takes one coded project (and its codebook) or one study's practice tables; given: "
                f"{', '.join(self.names) or 'nothing'}.",
                remedy="Import each study by a command of its own.",
            )

    def coded(self, say: Progress) -> Bundle:
        """Return what the coded project says, or the tables of coded segments together, with the codebook beside."""
        if self.tables.segments:
            bundle = segments.read(self.tables.whole_segments(), ", ".join(self.names))
        else:
            kind, name, data = self.projects[0]
            bundle = READERS[kind](data, name, say)
        if not bundle.documents:
            raise _codes_only(bundle)
        bundle = bundle.with_warnings(*self.tables.warnings)
        for book in self.codebooks:
            bundle = codebook.beside(bundle, book)
        return bundle


def _codes_only(bundle: Bundle) -> ImportProblem:
    return ImportProblem(
        f"There are {len(bundle.codes)} codes in it and no text, so there is nothing that anyone said.",
        where=bundle.source_name,
        remedy="Export the whole project, with its texts and codings, and import that file.",
    )


def _named(data: bytes, name: str, role: str, also: str = "") -> list[Sheet]:
    if sniff.kind_of(data, name) != "table":
        raise ImportProblem(f"The {role} is not a table.", where=name, remedy=f"Give it as CSV or XLSX.{also}")
    tables: Sequence[Sheet] = sheet.read(data, name)
    fitting = [table for table in tables if len(tables) == 1 or columns.kind_of(table) == role]
    if not fitting:
        raise ImportProblem(f"No sheet of the workbook holds the {role}.", where=name)
    return fitting
