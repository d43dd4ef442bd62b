"""A talk's scenes as plain data to draw, for the stage and for the phones: words, numbers and dots of the measures."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import pandas as pd

from dashboard.charts import scene_bodies, scene_compare, scene_estimate
from dashboard.charts.compare_words import compare_sentence
from dashboard.charts.headline import component_sentence, overview_sentence, step_sentence
from dashboard.charts.practice_library import library_sentence, practice_sentence
from dashboard.charts.words import Drawing, phase
from dashboard.errors import GapError
from dashboard.export import scene_numbers
from dashboard.export.scene_sides import sides
from dashboard.export.view import Row, View
from dashboard.i18n import Parts
from dashboard.measures.placement import ranked
from dashboard.query import records
from dashboard.talk import ABOUT_A_STEP, Scene, Talk

ROWS = 3
"""How many gaps or practices a scene shows that names none."""
LANES, ADDED = 3, 2


def talk_drawing(talk: Talk, view: View) -> Drawing:
    """Return the whole talk, so that a stage that has it once needs nobody any more."""
    return {
        "kind": "talk",
        "study": talk.study_id,
        "title": _twin(talk, "title", view) or view.t.of(view.study, "title"),
        "language": view.t.language,
        "minutes": talk.minutes,
        "chip": _chip(view),
        "scenes": [scene_drawing(talk, at, view) for at in range(len(talk.scenes))],
    }


def scene_drawing(talk: Talk, at: int, view: View) -> Drawing:
    """Return one scene of a talk. One that cannot be drawn, as a step is gone, says so in its body and never raises."""
    scene = talk.scenes[at]
    words = replace(view.t, at_least=scene.filters.at_least)
    own = replace(view, filters=replace(scene.filters, study_id=view.filters.study_id), t=words)
    shown = _Shown(scene, own)
    frame = {
        "kind": "scene",
        "view": scene.view,
        "id": scene.scene_id,
        "number": at + 1,
        "of": len(talk.scenes),
        "minutes": scene.minutes,
        "language": view.t.language,
        "title": _twin(scene, "title", view),
        "chip": _chip(view),
        "stamp": list(own.stamp()),
        "problem": "",
    }
    try:
        return frame | shown.drawing()
    except GapError as problem:
        told = view.t("scene.problem")
        return frame | {
            "eyebrow": frame["title"], "sentence": [(told, False)], "reveals": 0, "estimate": None, "source": "",
            "notes": _paragraphs(_twin(scene, "notes", view)), "problem": problem.what,
            "body": {"kind": "problem", "text": problem.what},
        }  # fmt: skip


def for_room(drawing: Drawing, reveal: int) -> Drawing:
    """Return a scene as a phone may have it: without the notes, and an estimate's answer only once it is shown."""
    found = {key: value for key, value in drawing.items() if key != "notes"} | {"notes": []}
    if found["body"]["kind"] == "estimate" and reveal < 1:
        found["body"] = {**found["body"], "answer": None}
    return found


@dataclass(frozen=True)
class _Shown:
    """One scene looked at: its rows and numbers, asked for once."""

    scene: Scene
    view: View
    numbers: dict[str, int] = field(default_factory=dict)

    def drawing(self) -> Drawing:
        """Return what depends on the measures: the body, and the texts with their numbers put in."""
        bodies: Mapping[str, Callable[[], tuple[Drawing, Parts]]] = {
            "words": self._words, "quote": self._quote, "map": self._map, "gaps": self._gaps,
            "placements": self._placements, "lanes": self._lanes, "step": self._step, "practices": self._practices,
            "unwritten": self._unwritten, "compare": self._compare, "estimate": self._estimate,
        }  # fmt: skip
        view, scene = self.view, self.scene
        self.numbers.update(scene_numbers.of_view(view))
        if scene.steps and scene.view not in ("gaps", "lanes"):
            self.numbers.update(scene_numbers.of_step(self._placed(scene.steps[0])))
        body, otherwise = bodies[scene.view]()
        written = _twin(scene, "sentence", view)
        sentence = scene_numbers.parts(written, self.numbers, view) if written else otherwise
        notes = scene_numbers.filled(_twin(scene, "notes", view), self.numbers, view)
        estimate = None
        if scene.view == "estimate":
            estimate = {"n": body["n"], "question": sentence, "few": body["words"]["axis_none"],
                        "all": body["words"]["axis_all"]}  # fmt: skip
        return {
            "eyebrow": self._eyebrow(),
            "sentence": sentence,
            "body": _counted(body, scene.one_by_one),
            "reveals": _reveals(body, scene.one_by_one),
            "notes": _paragraphs(notes),
            "source": self._source(),
            "estimate": estimate,
        }

    @cached_property
    def _all_placed(self) -> pd.DataFrame:
        about_steps = bool(self.scene.steps) or self.scene.view in ABOUT_A_STEP
        return self.view.measure("placement_by_step", self.view.whole if about_steps else self.view.filters)

    def _placed(self, step_id: str) -> Row:
        rows = self._all_placed
        found = records(rows[rows["step_id"] == step_id])
        if not found:
            raise GapError(self.view.t("scene.problem.step", step=step_id))
        return found[0]

    def _library(self) -> list[Row]:
        """Return the practices that a scene names, in its order; Raises where the study has none of that name."""
        rows = records(self.view.measure("practice_library", self.view.whole))
        by_name = {str(row["practice"]): row for row in rows} | {str(row["practice_id"]): row for row in rows}
        if gone := next((name for name in self.scene.practices if name not in by_name), ""):
            raise GapError(self.view.t("scene.problem.practice", practice=gone))
        return [by_name[name] for name in self.scene.practices]

    def _words(self) -> tuple[Drawing, Parts]:
        points = [sv if self.view.t.language == "sv" and sv else point for point, sv in self.scene.points]
        rows = [{"text": scene_numbers.parts(point, self.numbers, self.view)} for point in points]
        figure = {"kind": self.scene.figure, "n": self.view.n_voices, "label": ""} if self.scene.figure else None
        if figure:
            figure["label"] = self.view.t(f"scene.figure.{self.scene.figure}", n=self.view.n_voices)
        return {"kind": "words", "rows": rows, "figure": figure}, []

    def _quote(self) -> tuple[Drawing, Parts]:
        practices = self._library()
        about: dict[str, Any] = {"practice": str(practices[0]["practice_id"])} if practices else {}
        if self.scene.steps:
            about["step"] = self.scene.steps[0]
        told = records(self.view.measure("words_behind", self.view.whole, voice=self.scene.voice, **about))
        said = [row for row in told if row["quote"]]
        if not said:
            raise GapError(self.view.t("scene.problem.quote"))
        return scene_bodies.quote(said[0], self.view.t), []

    def _map(self) -> tuple[Drawing, Parts]:
        placed = self.view.rows("placement_by_step")
        return scene_bodies.gap_map(placed, self.view.t), overview_sentence(placed, self.view.t)

    def _gaps(self) -> tuple[Drawing, Parts]:
        steps = [self._placed(step) for step in self.scene.steps]
        placed = self.view.rows("placement_by_step")
        shown = steps or records(ranked(placed))[:ROWS]
        return scene_bodies.gaps(shown, self.view.t), overview_sentence(placed, self.view.t)

    def _placements(self) -> tuple[Drawing, Parts]:
        placed = self.view.rows("placement_by_step")
        return scene_bodies.places(placed, self.view.t), overview_sentence(placed, self.view.t)

    def _lanes(self) -> tuple[Drawing, Parts]:
        placed, unwritten = self.view.rows("placement_by_step"), self.view.rows("unwritten_practice")
        steps = [self._placed(step) for step in self.scene.steps] or records(placed)[:LANES]
        named = self.scene.practices
        added = [row for row in records(unwritten) if not named or row["practice"] in named]
        shown = added if named else added[:ADDED]
        body = scene_bodies.lanes(steps, shown, self.view.n_voices, self.view.t)
        return body, component_sentence(placed, len(unwritten), self.view.t)

    def _step(self) -> tuple[Drawing, Parts]:
        step_id = self.scene.steps[0]
        placed, practices = self._placed(step_id), self.view.measure("practice_by_step", self.view.whole)
        told = records(practices[practices["step_id"] == step_id])
        body = scene_bodies.step(self.view.steps[step_id], placed, told, self.view.t)
        return body, step_sentence(placed, self.view.t)

    def _practices(self) -> tuple[Drawing, Parts]:
        rows = self.view.rows("practice_library")
        shown = self._library() or records(rows)[:ROWS]
        return self._told(shown, library_sentence(rows, self.view.t))

    def _unwritten(self) -> tuple[Drawing, Parts]:
        rows = self.view.rows("practice_library")
        added = rows[rows["stance"] == "added"]
        how_many = "many" if len(added) > 1 else "one" if len(added) else "none"
        sentence = self.view.t.parts(f"component.unwritten.{how_many}", n=len(added))
        return self._told(self._library() or records(added)[:ROWS], sentence)

    def _told(self, shown: Sequence[Row], sentence: Parts) -> tuple[Drawing, Parts]:
        if shown:
            self.numbers.update(scene_numbers.of_practice(shown[0]))
        if len(shown) == 1:
            sentence = practice_sentence(shown[0], self.view.n_voices, self.view.t)
        return scene_bodies.practices(shown, self.view.n_voices, self.view.t), sentence

    def _compare(self) -> tuple[Drawing, Parts]:
        (one, other), ends = sides(self.scene, self.view)
        rows = self.view.measure(
            "compare_by_step", one, other=other, same_people=ends.is_rounds, one_protocol=ends.by != "studies"
        )
        known = scene_compare.compared(rows, ends, self.scene.steps, self.view.t)
        if not known:
            raise GapError(self.view.t("scene.problem.sides"))
        self.numbers.update(scene_numbers.of_rounds(known[0]))
        states = tuple(self._states(side) for side in (one, other))
        body = scene_compare.compare(known, ends, (states[0], states[1]), self.view.t)
        return body, compare_sentence(rows, ends, self.view.t)

    def _states(self, side: Any) -> pd.DataFrame:
        rows = self.view.measure("state_by_voice", side.filters)
        return rows if side.participant_ids is None else rows[rows["participant_id"].isin(side.participant_ids)]

    def _estimate(self) -> tuple[Drawing, Parts]:
        placed = self._placed(self.scene.steps[0])
        if not placed["n_clear"]:
            raise GapError(self.view.t("scene.problem.silent", step=self.scene.steps[0]))
        t = self.view.t
        return scene_estimate.estimate(placed, t), scene_estimate.question(placed, t)

    def _eyebrow(self) -> str:
        """Return the line over the sentence: the step that it is about, else the scene's title."""
        scene, t = self.scene, self.view.t
        if scene.view == "estimate":
            row = self._placed(scene.steps[0])
            return f"{t.of(row, 'component')} · {t('scene.instead', step=t.of(row, 'step'))}"
        if scene.view == "step" and not scene.title:
            row = self._placed(scene.steps[0])
            return f"{t.of(row, 'component')} · {phase(row['phase'], t)}"
        return _twin(scene, "title", self.view)

    def _source(self) -> str:
        """Return what the scene's numbers are of; nothing where it has none."""
        t, voices = self.view.t, self.view.n_voices
        if self.scene.view == "words":
            return ""
        if self.scene.view in ABOUT_A_STEP:
            return t("scene.source.step", clear=int(self._placed(self.scene.steps[0])["n_clear"]), voices=voices)
        if self.scene.view in ("practices", "unwritten"):
            return t("scene.source.practices", voices=voices)
        return t("scene.source.voices", voices=voices)


def _counted(body: Drawing, one_by_one: bool) -> Drawing:
    """Return the body with the reveal on which each of its rows comes."""
    rows = body.get("rows")
    if not rows or body["kind"] == "map":
        return body
    return body | {"rows": [row | {"at": at if one_by_one else 0} for at, row in enumerate(rows)]}


def _reveals(body: Drawing, one_by_one: bool) -> int:
    """Return how many keys a scene takes before it is whole."""
    if body["kind"] == "estimate":
        return 1
    return max(len(body.get("rows", [])) - 1, 0) if one_by_one and body["kind"] != "map" else 0


def _twin(of: Scene | Talk, name: str, view: View) -> str:
    own = getattr(of, f"{name}_sv") if view.t.language == "sv" else ""
    return str(own or getattr(of, name))


def _chip(view: View) -> str:
    kind = str(view.study["kind"])
    return view.t(f"chip.{kind}") if kind != "interviews" else ""


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n\n") if part.strip()]
