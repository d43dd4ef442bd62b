"""The study's numbers that a scene's texts may name, filled in from the measures; a text can say no other."""

import re
from collections.abc import Callable, Mapping

from dashboard.charts.headline import HALF
from dashboard.charts.scene_estimate import as_word
from dashboard.charts.words import COUNT_OF, Row
from dashboard.export.view import View
from dashboard.i18n import Parts
from dashboard.model import PLACEMENTS
from dashboard.talk import AS_A_WORD

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
Numbers = Mapping[str, int]
OF_THE_STEP = {"differ": "n_differ", "clear": "n_clear", "spoke": "n_raised", **COUNT_OF}
EFFECTS = ("helps", "mixed", "harms", "not_known")


def of_view(view: View) -> Numbers:
    """Return the numbers of all that a scene's filters leave."""
    placed = view.rows("placement_by_step")
    found = {f"{name}": int((placed["placement"] == name).sum()) for name in PLACEMENTS}
    return found | {
        "voices": view.n_voices,
        "steps": len(placed),
        "raised": int((placed["n_raised"] > 0).sum()),
        "silent": int((placed["n_raised"] == 0).sum()),
        "half": int((placed["gap"] >= HALF).sum()),
        "harmed": int((placed["n_harms"] > 0).sum()),
        "unwritten": len(view.rows("unwritten_practice")),
        "tools": int(placed["component_id"].nunique()),
    }


def of_step(placed: Row) -> Numbers:
    """Return the numbers of one step."""
    found = {name: int(placed[column]) for name, column in OF_THE_STEP.items()}
    return found | {effect: int(placed[f"n_{effect}"]) for effect in EFFECTS}


def of_practice(row: Row) -> Numbers:
    """Return the numbers of one practice."""
    return {"told": int(row["n_voices"]), **{f"told_{name}": int(row[f"n_{name}"]) for name in EFFECTS[:3]}}


def of_rounds(row: Row) -> Numbers:
    """Return the numbers of one step on two sides, and of the voices that were clear on both."""
    return {
        "then_differ": int(row["n_differ_one"]),
        "then_clear": int(row["n_clear_one"]),
        "now_differ": int(row["n_differ_other"]),
        "now_clear": int(row["n_clear_other"]),
        "same": int(row["n_both_clear"]),
        "same_then": int(row["n_both_differ_one"]),
        "same_now": int(row["n_both_differ_other"]),
    }


def filled(text: str, numbers: Numbers, view: View) -> str:
    """Return a text with the numbers that it names put in; those that are not there stay as they were written."""
    return PLACEHOLDER.sub(_one(numbers, view), text)


def parts(text: str, numbers: Numbers, view: View) -> Parts:
    """Return a sentence as (text, is_strong) parts; ** is read before a number is put in.

    A sentence that begins with a number spelled out begins with a capital letter.
    """
    pieces = [(filled(piece, numbers, view), at % 2 == 1) for at, piece in enumerate(text.split("**")) if piece]
    if pieces and text.removeprefix("**").startswith("{"):
        first, is_strong = pieces[0]
        pieces[0] = (first[:1].upper() + first[1:], is_strong)
    return pieces


def _one(numbers: Numbers, view: View) -> Callable[[re.Match[str]], str]:
    def put(found: re.Match[str]) -> str:
        name = found[1]
        number = numbers.get(name.removesuffix(AS_A_WORD))
        if number is None:
            return found[0]
        return as_word(number, view.t) if name.endswith(AS_A_WORD) else str(number)

    return put
