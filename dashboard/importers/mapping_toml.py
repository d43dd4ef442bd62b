"""The mapping file written: what `mapping_file` reads, so that a mapping made on the page repeats an import."""

from collections.abc import Iterator
from collections.abc import Mapping as Mapped

from dashboard.importers.column_mapping import as_toml as columns_as_toml
from dashboard.importers.mapping_file import CodeRule, FunctionRule, Mapping
from dashboard.importers.toml_text import inline, quoted

HEAD = "# What the codes of a study mean. Read by the study page and by `beyond import --mapping`."


def as_toml(mapping: Mapping, notes: Mapped[str, str] | None = None) -> str:
    """Return the text of a mapping file; read back, it is the same mapping.

    `notes` are remarks by a code's path, written as comments above it.
    """
    blocks = [HEAD, f"participants = {quoted(mapping.participants)}"]
    if mapping.participant_of:
        lines = (f"{quoted(name)} = {quoted(voice)}" for name, voice in mapping.participant_of.items())
        blocks.append("\n".join(["[participant_of]", *lines]))
    if mapping.columns is not None:
        blocks.append(columns_as_toml(mapping.columns))
    blocks += ["\n".join(_function(rule)) for rule in mapping.functions]
    blocks += ["\n".join(_code(rule, (notes or {}).get(rule.path, ""))) for rule in mapping.codes]
    return "\n\n".join(blocks) + "\n"


def _function(rule: FunctionRule) -> Iterator[str]:
    yield "[[function]]"
    if rule.name:
        yield f"name = {quoted(rule.name)}"
    if rule.sets:
        yield f"set = {inline(rule.sets)}"


def _code(rule: CodeRule, note: str) -> Iterator[str]:
    yield from (f"# {' '.join(line.split())}" for line in note.splitlines())
    yield "[[code]]"
    yield f"path = {quoted(rule.path)}"
    if rule.sets:
        yield f"set = {inline(rule.sets)}"
    if rule.is_practice is not None:
        yield f"practice = {str(rule.is_practice).lower()}"
