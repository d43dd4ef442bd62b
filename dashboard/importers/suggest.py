"""What the names of codes suggest that they mean. A suggestion says why, and nobody's mapping takes it by itself."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from dashboard.importers.mapping_file import Mapping as Rules
from dashboard.importers.vocabulary import slug
from dashboard.model import Code, Step

STEM = 5  # letters of a word that count, so that "privacy" meets "private"
SHORTEST = 3
LIKELY = 0.5  # share of a code's telling words that must stand in a step
UNWRITTEN = 0.5  # weight of a word that stands in no step at all, against 1 for one that stands in one step


@dataclass(frozen=True)
class Suggestion:
    """One value that a code's name points to, and the words that point there."""

    path: str
    key: str
    value: str
    because: str


def suggestions(codes: Sequence[Code], steps: Sequence[Step], rules: Rules) -> list[Suggestion]:
    """Return what the names of codes suggest where neither their own rule nor one above them says it, in order."""
    said = {rule.path: set(rule.sets) for rule in rules.codes}
    parents = {code.path: code.parent for code in codes}
    found = []
    for code in codes:
        known = {key for path in _line(code.path, parents) for key in said.get(path, ())}
        if "step" in known:
            known.add("component")
        for suggestion in (*_places(code, parents, steps), *_values(code)):
            if suggestion.key not in known:
                found.append(suggestion)
    return found


def _line(path: str, parents: Mapping[str, str]) -> Iterator[str]:
    seen = set()
    while path and path not in seen:
        seen.add(path)
        yield path
        path = parents.get(path, "")


def _places(code: Code, parents: Mapping[str, str], steps: Sequence[Step]) -> Iterator[Suggestion]:
    """Give the component that a code is called like, else the one step whose words it shares most."""
    components = {slug(step.component): step.component for step in steps}
    own = _component(code.name, components)
    if own:
        yield Suggestion(code.path, "component", own, own)
        return
    folders = [_component(path.rpartition("/")[2], components) for path in _line(parents[code.path], parents)]
    inside = next((name for name in folders if name), "")
    fitting = [step for step in steps if not inside or step.component == inside]
    step, shared = _nearest_step(code.name, fitting)
    if step is not None:
        yield Suggestion(code.path, "step", step.step_id, ", ".join(shared))


def _component(name: str, components: Mapping[str, str]) -> str:
    if slug(name) in components:
        return components[slug(name)]
    words = set(_stems(name))
    fitting = [c for c in components.values() if words and set(_stems(c)) and set(_stems(c)) <= words]
    return fitting[0] if len(fitting) == 1 else ""


def _nearest_step(name: str, steps: Sequence[Step]) -> tuple[Step | None, list[str]]:
    words = {stem: word for stem, word in _stems(name).items() if not _points(word)}
    texts = [set(_stems(step.text)) for step in steps]
    in_steps = Counter(stem for text in texts for stem in text)
    weight = {stem: 1 / in_steps[stem] if in_steps[stem] else UNWRITTEN for stem in words}
    scored = sorted(
        ((sum(weight[stem] for stem in words if stem in text) / sum(weight.values()), -at)
         for at, text in enumerate(texts)), reverse=True,
    ) if words else []  # fmt: skip
    if not scored or scored[0][0] < LIKELY or (len(scored) > 1 and scored[1][0] == scored[0][0]):
        return None, []
    at = -scored[0][1]
    return steps[at], [word for stem, word in words.items() if stem in texts[at]]


def _values(code: Code) -> Iterator[Suggestion]:
    for key, beginnings in _word_lists()["points"].items():
        pointed = [(value, word) for value, words in beginnings.items() for word in words if _begins(code.name, word)]
        if len({value for value, _word in pointed}) == 1:
            yield Suggestion(code.path, key, *pointed[0])


def _begins(name: str, beginning: str) -> bool:
    return re.search(rf"\b{re.escape(beginning)}", name.casefold()) is not None


def _points(word: str) -> bool:
    """Tell whether a word is about how something is done, not about what is done."""
    return any(_begins(word, beginning) for known in _word_lists()["points"]["stance"].values() for beginning in known)


def _stems(text: str) -> dict[str, str]:
    """Return the telling words of a text by their beginnings."""
    words = re.findall(r"[^\W\d_]+(?:-\d+)?", text.casefold())
    return {
        word[:STEM]: word for word in words if len(word) >= SHORTEST and word not in _word_lists()["common"]["words"]
    }


@lru_cache(maxsize=1)
def _word_lists() -> dict[str, Any]:
    file = resources.files("dashboard") / "importers" / "suggest_words.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))
