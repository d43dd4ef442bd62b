"""The scene file: a study's talk as TOML, read with errors that a presenter can mend, and written back the same."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from dashboard.errors import ImportProblem, nearest
from dashboard.importers import about
from dashboard.model import Filters
from dashboard.talk import ABOUT_A_STEP, AS_A_WORD, FIGURES, MOST_SCENES, VIEWS, WITHOUT_DATA, Scene, Talk, placeholders

FILE = "talk.toml"
TALK_KEYS = ("title", "title_sv", "minutes", "scene")
TEXTS = ("title", "title_sv", "sentence", "sentence_sv", "notes", "notes_sv", "voice", "figure", "page")
LISTS = ("points", "points_sv", "steps", "practices")
SCENE_KEYS = ("id", "view", *TEXTS, *LISTS, "minutes", "one_by_one", "filters", "choices")
FILTERS = {"tool": "component_ids", "phase": "phases", "duty": "obligation_levels", "place": "jurisdictions"}
"""A filter by its name in the address → the field of Filters that holds it."""
LONGEST = 600
LONGEST_NOTES = 6000
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
NUMBER = re.compile(r"(?<![\w-])\d[\d.,]*")
NUMBER_WORD = re.compile(
    r"\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv)\b",
    re.IGNORECASE,
)


def read(data: bytes, name: str, study_id: str) -> Talk:
    """Return the talk in a TOML file. Raises with file, scene, rule and way out where it breaks a rule."""
    found = about.parse(data, name)
    _known(found, TALK_KEYS, name)
    tables = found.get("scene", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ImportProblem("'scene' is not a list of tables.", where=name, remedy="Write [[scene]], then its keys.")
    if len(tables) > MOST_SCENES:
        raise ImportProblem(f"There are {len(tables)} scenes.", where=name, remedy=f"Keep at most {MOST_SCENES}.")
    scenes = tuple(_scene(table, f"{name}, scene {at}", study_id) for at, table in enumerate(tables, start=1))
    ids = [scene.scene_id for scene in scenes]
    if twice := next((one for one in ids if ids.count(one) > 1), ""):
        raise ImportProblem(f"The id {twice!r} stands twice.", where=name, remedy="Give each scene an id of its own.")
    minutes = int(_number(found.get("minutes", 30), "minutes", name))
    return Talk(study_id, scenes, _text(found, "title", name), _text(found, "title_sv", name), minutes)


def written(talk: Talk) -> bytes:
    """Return a talk as the TOML file that `read` gives back as the same talk."""
    lines = [*_lines({"title": talk.title, "title_sv": talk.title_sv, "minutes": talk.minutes})]
    for scene in talk.scenes:
        filters = {key: list(getattr(scene.filters, field)) for key, field in FILTERS.items()}
        lines += ["", "[[scene]]", *_lines({
            "id": scene.scene_id,
            "view": scene.view,
            "title": scene.title,
            "title_sv": scene.title_sv,
            "sentence": scene.sentence,
            "sentence_sv": scene.sentence_sv,
            "points": [point for point, _sv in scene.points],
            "points_sv": [sv for _point, sv in scene.points] if any(sv for _point, sv in scene.points) else [],
            "steps": list(scene.steps),
            "practices": list(scene.practices),
            "voice": scene.voice,
            "figure": scene.figure,
            "one_by_one": scene.one_by_one,
            "filters": {**filters, "voices": scene.filters.at_least if scene.filters.at_least > 1 else 0},
            "page": scene.page,
            "choices": {key: list(v) if isinstance(v, tuple) else v for key, v in scene.choices.items()},
            "minutes": scene.minutes,
            "notes": scene.notes,
            "notes_sv": scene.notes_sv,
        })]  # fmt: skip
    return ("\n".join(lines) + "\n").encode("utf-8")


def checked(scene: Scene, where: str) -> Scene:
    """Return a scene whose texts keep the rules. Raises where one holds a number that is not the study's."""
    known = placeholders(scene)
    shown = [("title", scene.title), ("title_sv", scene.title_sv), ("sentence", scene.sentence),
             ("sentence_sv", scene.sentence_sv)]  # fmt: skip
    shown += [("points", text) for point in scene.points for text in point]
    for key, text in shown:
        _check_numbers(text, f"{where}, {key}", known, allow_words=scene.view in WITHOUT_DATA)
        if len(text) > LONGEST:
            raise ImportProblem(f"{len(text)} characters of {LONGEST}.", where=f"{where}, {key}", remedy="Shorten it.")
        if text.count("**") % 2:
            raise ImportProblem("A ** has no other ** to close it.", where=f"{where}, {key}", remedy="Add or drop one.")
    for key, text in (("notes", scene.notes), ("notes_sv", scene.notes_sv)):
        _check_placeholders(text, f"{where}, {key}", known)
        if len(text) > LONGEST_NOTES:
            raise ImportProblem(
                f"{len(text):,} characters of {LONGEST_NOTES:,}.", where=f"{where}, {key}", remedy="Shorten them."
            )
    if scene.view in ABOUT_A_STEP and not scene.steps:
        raise ImportProblem("The scene names no step.", where=f"{where}, steps", remedy='Write steps = ["V05"].')
    if scene.view == "words" and not scene.sentence:
        raise ImportProblem("The scene says nothing.", where=f"{where}, sentence", remedy="Write its sentence.")
    return scene


def _scene(table: Mapping[str, Any], where: str, study_id: str) -> Scene:
    scene_id = _text(table, "id", where)
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,59}", scene_id):
        raise ImportProblem(
            f"{scene_id!r} is not an id.",
            where=f"{where}, id",
            remedy='Use small letters, digits and hyphens: id = "why".',
        )
    where = f"{where} ({scene_id!r})"
    _known(table, SCENE_KEYS, where)
    view = _text(table, "view", where)
    if view not in VIEWS:
        raise ImportProblem(f"{view!r} is not a view.", where=f"{where}, view", remedy=nearest(view, VIEWS))
    figure = _text(table, "figure", where)
    if figure and (figure not in FIGURES or view != "words"):
        raise ImportProblem(
            f"{figure!r} is not a figure of a scene of {view}.", where=f"{where}, figure",
            remedy=nearest(figure, FIGURES) if view == "words" else 'Only view = "words" has one.',
        )  # fmt: skip
    lists = {key: _list(table, key, where) for key in LISTS}
    if lists["points_sv"] and len(lists["points_sv"]) != len(lists["points"]):
        raise ImportProblem(
            f"{len(lists['points'])} points and {len(lists['points_sv'])} in Swedish.", where=f"{where}, points_sv",
            remedy="Give each point its Swedish twin, in the same order.",
        )  # fmt: skip
    one_by_one = table.get("one_by_one", False)
    if not isinstance(one_by_one, bool):
        raise ImportProblem(f"{one_by_one!r} is neither true nor false.", where=f"{where}, one_by_one")
    scene = Scene(
        scene_id, view, _filters(table.get("filters", {}), where, study_id),
        points=tuple(zip_longest(lists["points"], lists["points_sv"], fillvalue="")),
        steps=lists["steps"], practices=lists["practices"], one_by_one=one_by_one,
        choices=_choices(table.get("choices", {}), where),
        minutes=float(_number(table.get("minutes", 2), "minutes", where)),
        **{key: _text(table, key, where) for key in TEXTS},
    )  # fmt: skip
    return checked(scene, where)


def _filters(found: Any, where: str, study_id: str) -> Filters:
    place = f"{where}, filters"
    if not isinstance(found, dict):
        raise ImportProblem(
            f"{found!r} is no table.", where=place, remedy='Write filters = { tool = ["video_calls"] }.'
        )
    _known(found, (*FILTERS, "voices"), place)
    voices = found.get("voices", 1)
    if isinstance(voices, bool) or not isinstance(voices, int) or voices < 1:
        raise ImportProblem(f"{voices!r} is no number of voices.", where=place, remedy="Write voices = 2.")
    return Filters(study_id, at_least=voices, **{field: _list(found, key, place) for key, field in FILTERS.items()})


def _choices(found: Any, where: str) -> dict[str, str | tuple[str, ...]]:
    if not isinstance(found, dict):
        raise ImportProblem(f"{found!r} is no table.", where=f"{where}, choices", remedy='Write { by = "rounds" }.')
    return {
        key: _list(found, key, f"{where}, choices") if isinstance(value, list) else _text(found, key, where)
        for key, value in found.items()
    }


def _check_numbers(text: str, where: str, known: Sequence[str], *, allow_words: bool) -> None:
    """Raise where a text for the room holds a number of its own: it would stay when the study's changes."""
    _check_placeholders(text, where, known)
    plain = PLACEHOLDER.sub("", text)
    own = NUMBER.search(plain) or (None if allow_words else NUMBER_WORD.search(plain))
    if own:
        raise ImportProblem(
            f"{own[0]!r} is a number of its own; a scene may say only the study's.", where=where,
            remedy="Name the number, as in {differ} of {clear}, or as a word: {clear_word}. "
            f"Known here: {', '.join(known)}.",
        )  # fmt: skip


def _check_placeholders(text: str, where: str, known: Sequence[str]) -> None:
    for name in PLACEHOLDER.findall(text):
        if name.removesuffix(AS_A_WORD) not in known:
            raise ImportProblem(
                f"{{{name}}} is no number of this scene.",
                where=where,
                remedy=nearest(name.removesuffix(AS_A_WORD), known),
            )
    if set("{}") & set(PLACEHOLDER.sub("", text)):
        raise ImportProblem("A brace stands alone.", where=where, remedy="Write {differ}, with both braces.")


def _known(table: Mapping[str, Any], known: Sequence[str], where: str) -> None:
    for key in table:
        if key not in known:
            raise ImportProblem(f"{key!r} is not known here.", where=where, remedy=nearest(key, known))


def _text(table: Mapping[str, Any], key: str, where: str) -> str:
    found = table.get(key, "")
    if not isinstance(found, str):
        raise ImportProblem(f"{found!r} is no text.", where=f"{where}, {key}", remedy=f'Write {key} = "…".')
    return found.strip()


def _list(table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    found = table.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, str) and one.strip() for one in found):
        raise ImportProblem(f"{found!r} is no list of texts.", where=f"{where}, {key}", remedy=f'Write {key} = ["…"].')
    return tuple(one.strip() for one in found)


def _number(found: Any, key: str, where: str) -> float:
    if isinstance(found, bool) or not isinstance(found, int | float) or not 0 < found <= 600:
        raise ImportProblem(f"{found!r} is no number of minutes.", where=f"{where}, {key}", remedy=f"Write {key} = 2.")
    return found


def _lines(values: Mapping[str, object]) -> Iterable[str]:
    """Return the lines of a table; what is empty is left out."""
    for key, value in values.items():
        if isinstance(value, dict):
            value = {inner: one for inner, one in value.items() if one}
        if value:
            yield f"{key} = {_value(value)}"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"{value:g}"
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{_quoted(str(key))} = {_value(one)}' for key, one in value.items())} }}"
    if isinstance(value, list):
        return f"[{', '.join(_value(one) for one in value)}]"
    text = str(value).replace("\r\n", "\n").replace("\r", "\n")
    if "\n" not in text:
        return _quoted(text)
    return '"""\n' + "\n".join(_escaped(line) for line in text.split("\n")) + '"""'


def _quoted(text: str) -> str:
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace('"', '\\"')
    return re.sub(r"[\x00-\x1f\x7f]", lambda sign: f"\\u{ord(sign[0]):04x}", plain)
