"""The room's own work-as-imagined: a question about one step, the room's answers, and what clinicians said.

Draws the measure placement_by_step.
"""

from dashboard.charts import theme, words
from dashboard.charts.words import Drawing, Row
from dashboard.i18n import Parts, Translator


def question(placed: Row, t: Translator) -> Parts:
    """Ask how many of those who spoke clearly about a step work as it is written."""
    return t.parts("scene.estimate.question", n=as_word(int(placed["n_clear"]), t))


def estimate(placed: Row, t: Translator) -> Drawing:
    """Return the axis from 0 to all who were clear, the answer, and the words of both; the answer comes on the key."""
    n, answer = int(placed["n_clear"]), int(placed["n_as_written"])
    spoken = words.strip(placed, t)
    strip = spoken | {"counts": {s: n for s, n in spoken["counts"].items() if n and s not in theme.STRIP_STANCES[4:]}}
    keys = ("guess", "imagined", "distance", "same", "waiting", "answers.one", "answers.many", "axis.none", "axis.all")
    return {
        "kind": "estimate",
        "n": n,
        "answer": {
            "n": answer,
            "said": t.count("scene.estimate.said", answer, total=n),
            "term": t("scene.estimate.disclosed"),
            "strip": strip,
            "legend": [{"stance": s, "word": t(f"stance.{s}")} for s in theme.STRIP_STANCES if strip["counts"].get(s)],
        },
        "words": {key.replace(".", "_"): t.words[f"scene.estimate.{key}"] for key in keys},
    }


def as_word(n: int, t: Translator) -> str:
    """Return a number as a sentence says it: a word up to twelve, figures above."""
    return t.words.get(f"number.{n}", str(n))
