"""A talk: the scenes that a presenter shows of a study, one idea each, in the order of the telling."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dashboard.model import Filters

VIEWS = (
    "words",
    "quote",
    "map",
    "gaps",
    "placements",
    "lanes",
    "step",
    "practices",
    "unwritten",
    "compare",
    "estimate",
)
"""What a scene may show: words only, somebody's words, a page's picture redrawn for distance, or a question."""
FIGURES = ("voices", "one_of_many", "two_lines")
"""What may stand beside words: a dot per voice; one dot unlike many; the line as planned and the line as walked."""
WITHOUT_DATA = ("words",)
ABOUT_A_STEP = ("step", "estimate")
"""The views that need one step."""
OF_THE_VIEW = (
    "voices", "steps", "raised", "silent", "half", "harmed", "unwritten", "tools",
    "guard", "revise", "support", "spread", "look_closer", "holds",
)  # fmt: skip
OF_THE_STEP = (
    "differ", "clear", "spoke", "as_written", "adapted", "worked_around", "left_out", "unclear", "not_raised",
    "helps", "mixed", "harms", "not_known",
)  # fmt: skip
OF_THE_PRACTICE = ("told", "told_helps", "told_mixed", "told_harms")
OF_THE_ROUNDS = ("then_differ", "then_clear", "now_differ", "now_clear", "same", "same_then", "same_now")
AS_A_WORD = "_word"
"""Behind a placeholder's name: the number spelled out, as in "Of the nine who spoke"."""
MOST_SCENES = 60


@dataclass(frozen=True)
class Scene:
    """One idea for the room. Texts may hold placeholders for the study's numbers; other numbers they may not."""

    scene_id: str
    view: str
    filters: Filters
    title: str = ""
    title_sv: str = ""
    sentence: str = ""
    """What the scene says; ** marks what is strong. "" stands for the sentence of the page that it was kept from."""
    sentence_sv: str = ""
    points: tuple[tuple[str, str], ...] = ()
    """(text, text in Swedish), a line each, under the sentence."""
    notes: str = ""
    """What the presenter says; never shown to the room."""
    notes_sv: str = ""
    minutes: float = 2.0
    steps: tuple[str, ...] = ()
    """The steps to show, in this order; none means the first of the view."""
    practices: tuple[str, ...] = ()
    """The practices to show, by name, in this order."""
    voice: str = ""
    """Of a quote: whose words."""
    figure: str = ""
    """Of words: one of FIGURES, or none."""
    one_by_one: bool = False
    """Whether the lines come one at a time, on the presenter's key."""
    page: str = ""
    choices: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    """The page that the scene was kept from, and its own choices as its address holds them."""


def placeholders(scene: Scene) -> tuple[str, ...]:
    """Return the numbers of the study that a scene's texts may name; of a step, of its first one."""
    found = list(OF_THE_VIEW)
    if scene.steps or scene.view in ABOUT_A_STEP:
        found += OF_THE_STEP
    if scene.practices or scene.view in ("practices", "unwritten"):
        found += OF_THE_PRACTICE
    if scene.view == "compare":
        found += OF_THE_ROUNDS
    return tuple(found)


@dataclass(frozen=True)
class Talk:
    """The scenes of one study's talk, and how long it should take."""

    study_id: str
    scenes: tuple[Scene, ...] = ()
    title: str = ""
    title_sv: str = ""
    minutes: int = 30

    def at(self, scene_id: str) -> int:
        """Return the place of a scene, -1 where the talk has none of this id."""
        return next((at for at, scene in enumerate(self.scenes) if scene.scene_id == scene_id), -1)

    def moved(self, scene_id: str, by: int) -> "Talk":
        """Return the talk with a scene moved toward the end (by 1) or the beginning (by -1); the ends hold it."""
        at, scenes = self.at(scene_id), list(self.scenes)
        to = min(max(at + by, 0), len(scenes) - 1)
        scenes.insert(to, scenes.pop(at))
        return replace(self, scenes=tuple(scenes))

    def without(self, scene_id: str) -> "Talk":
        """Return the talk without a scene."""
        return replace(self, scenes=tuple(scene for scene in self.scenes if scene.scene_id != scene_id))

    def with_scene(self, scene: Scene) -> "Talk":
        """Return the talk with a scene in its old place, or at the end where its id is new."""
        if self.at(scene.scene_id) < 0:
            return replace(self, scenes=(*self.scenes, scene))
        return replace(self, scenes=tuple(scene if s.scene_id == scene.scene_id else s for s in self.scenes))
