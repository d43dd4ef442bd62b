"""What a study says of itself, written as the study.toml that `about` reads."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from dashboard.importers.about import TEXTS
from dashboard.importers.checklists import CHECKLISTS, LANGUAGES
from dashboard.importers.toml_text import inline, quoted
from dashboard.model import PlacementCondition

HEAD = "# What a study says of itself. Read by `beyond import --about`."


def as_toml(
    said: Mapping[str, str],
    rules: Sequence[PlacementCondition] = (),
    answers: Sequence[tuple[str, str, str, str]] = (),
) -> str:
    """Return the text of a study.toml: the texts that say something, in the order of `about.TEXTS`, and the round.

    After them the study's own placement rules and what its team answers to the reporting checklists, as
    `model.Study` holds them.
    """
    lines = [f"{key} = {quoted(said[key])}" for key in TEXTS if said.get(key)]
    lines = [HEAD, *lines, f"round = {int(said.get('round') or 1)}", *_rules(rules), *_answers(answers)]
    return "\n".join(lines) + "\n"


def _rules(rules: Sequence[PlacementCondition]) -> Iterator[str]:
    for _rank, conditions in groupby(rules, key=lambda condition: condition.rank):
        listed = list(conditions)
        yield from ("", "[[placement]]", f"place = {quoted(listed[0].placement)}")
        bounds = [f"{one.quantity} = {_bounds(one)}" for one in listed if one.quantity != "always"]
        if bounds:
            yield f"when = {{ {', '.join(bounds)} }}"


def _bounds(condition: PlacementCondition) -> str:
    bounds = {"least": condition.least, "most": condition.most}
    return f"{{ {', '.join(f'{name} = {value!r}' for name, value in bounds.items() if value is not None)} }}"


def _answers(answers: Sequence[tuple[str, str, str, str]]) -> Iterator[str]:
    for checklist in CHECKLISTS:
        found = [(item, texts) for name, item, *texts in answers if name == checklist]
        if found:
            yield from ("", f"[{checklist}]")
        for item, texts in found:
            yield f"{quoted(item)} = {inline(dict(zip(LANGUAGES, texts, strict=True)))}"
