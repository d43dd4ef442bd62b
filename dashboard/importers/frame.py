"""The codebook of a practice table: its columns are the coding frame, so a row is coded with all that it states."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from dashboard.i18n import LANGUAGES, Translator, catalogue
from dashboard.importers.vocabulary import reason_level
from dashboard.model import Code, Step, Telling

SLASH = "∕"  # U+2215: looks like the slash that a name held, and does not part a path
PRACTICE = "Practice"
"""The folder that holds the practices, by tool and step."""
DIMENSIONS: Mapping[str, tuple[str, str]] = {
    "Stance": ("stance", "stance"),
    "Effect": ("effect", "effect"),
    "Alliance": ("alliance_aspect", "aspect"),
    "Nature": ("frame_nature", "nature"),
    "Reason": ("reason_level", "reason"),
    "Potential": ("resilience_potential", "potential"),
}
"""A folder of codes → the value of a row that it holds, and the catalogue's group of words for it."""
UNSTATED = ("", "not_known", "not_applicable")

Named = tuple[str, str, str]
"""One part of a code's path, and the code's name in English and in Swedish."""


def is_frame(folders: Collection[str]) -> bool:
    """Tell by its folders that cannot be coded whether a codebook is the frame of a practice table."""
    return {PRACTICE, "Stance"} <= set(folders)


def meaning(code_id: str, t: Translator) -> str:
    """Return what a code of the frame means, as the table template defines it; "" for what needs no definition."""
    return t.words.get(f"define.{code_id}.{t.kind}", "") or t.words.get(f"define.{code_id}", "")


@dataclass
class Frame:
    """The codes that the rows of a practice table give rise to, folders before what is in them."""

    codes: dict[str, Code] = field(default_factory=dict)
    """By path in lower case: names that differ in capitals only are one practice."""

    def paths(self, telling: Telling, step: Step | None) -> list[str]:
        """Return the paths of the codes that a row states: its practice, and a code for each dimension it fills."""
        found = [self._path(_practice(telling, step))]
        values = {column: getattr(telling, column, "") for column, _group in DIMENSIONS.values()}
        values["reason_level"] = reason_level(telling.reason)
        for folder, (column, group) in DIMENSIONS.items():
            if values[column] not in UNSTATED:
                named = (_folder(folder), _named(values[column], *_words(group, values[column])))
                found.append(self._path(named))
        return found

    def _path(self, line: tuple[Named, ...]) -> str:
        """Return the path of the last code of a line, made together with the folders above it where it is new."""
        above, theme = "", ""
        for at, (part, name, name_sv) in enumerate(line):
            path = f"{above}/{part}" if above else part
            is_code = at == len(line) - 1
            code = Code(path, name, above, is_codable=is_code, theme=theme, name_sv=name_sv)
            above = self.codes.setdefault(path.casefold(), code).path
            theme = theme or name
        return above


def _practice(telling: Telling, step: Step | None) -> tuple[Named, ...]:
    """Return the line of a practice: its tool, its step, and the stance and name that make it distinct."""
    stance, stance_sv = _words("stance", telling.stance)
    leaf = f"{telling.stance} · {telling.practice}" if telling.practice else telling.stance
    name, name_sv = (telling.practice, telling.practice_sv) if telling.practice else (stance, stance_sv)
    return (
        _folder(PRACTICE),
        _named(telling.component, telling.component, ""),
        *([_step(step)] if step else []),
        _named(leaf, name, name_sv),
    )


def _step(step: Step) -> Named:
    in_swedish = f"{step.step_id} · {step.text_sv}" if step.text_sv else ""
    return _named(step.step_id, f"{step.step_id} · {step.text}", in_swedish)


def _folder(name: str) -> Named:
    return _named(name, *_words("code", name))


def _named(part: str, name: str, name_sv: str) -> Named:
    return part.replace("/", SLASH), name, name_sv


def _words(group: str, value: str) -> Iterator[str]:
    """Give a value's name in each language: the screen's word, or the value as it is read where there is none."""
    for language in LANGUAGES:
        word = catalogue(language).get(f"{group}.{value}") or value.replace("_", " ")
        yield word[:1].upper() + word[1:]
