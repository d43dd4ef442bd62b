"""An excerpt that says two things of one step is shown with its place, before it is counted as one of them."""

from dataclasses import replace

from dashboard.importers.clashes import Clash, clashes, remark
from dashboard.model import Bundle, Document, Excerpt, Telling

BUNDLE = Bundle(
    "test",
    "test",
    "",
    documents=(Document("d1", "P03.txt", "I never ask. I look.", ""),),
    excerpts=(Excerpt("e1", "d1", 0, 12, "I never ask."), Excerpt("e2", "d1", 13, 20, "I look.")),
)
LEFT_OUT = Telling("P03", "Video calls", "left_out", step_id="V1", excerpt_id="e1")
AROUND = replace(LEFT_OUT, stance="worked_around")
CLASH = Clash("P03.txt", 0, 12, "I never ask.", "V1", ("worked_around", "left_out"))


def test_two_stances_toward_one_step_in_one_excerpt_are_a_clash_the_one_that_counts_first():
    assert clashes(replace(BUNDLE, tellings=(LEFT_OUT, AROUND))) == [CLASH]


def test_two_steps_two_excerpts_or_what_nobody_wrote_are_none():
    elsewhere = (replace(AROUND, step_id="V2"), replace(AROUND, excerpt_id="e2"), replace(AROUND, stance="added"))
    for other in elsewhere:
        assert clashes(replace(BUNDLE, tellings=(LEFT_OUT, other))) == []


def test_the_remark_names_the_excerpt_the_stances_and_the_step():
    assert list(remark([CLASH])) == [
        "1 excerpt says two things of one step: a practice each, and toward the step the first of worked around, "
        "adapted, left out, as written counts. "
        "See P03.txt, characters 0 to 12: worked around and left out on V1."
    ]
    assert next(iter(remark([CLASH] * 5))).endswith("on V1; and 2 more.")
    assert list(remark([])) == []
