"""A quote in which the interviewer speaks as well is pointed out with its place."""

import pytest

from dashboard.importers.speakers import remark
from dashboard.model import Document, Excerpt


def said(*texts):
    excerpts = tuple(Excerpt(f"e{n}", "d1", n, n + 5, text) for n, text in enumerate(texts))
    return list(remark([Document("d1", "P02.txt", "", "")], excerpts))


@pytest.mark.parametrize(
    "text",
    ["It saves the hour. INTERVIEWER: And the scores?", "Ja.\nIntervjuare: Och sen?", "Yes.\nI: And then?",
     "Moderator: who starts?", "Interviewer 2: And?", "Yes. Interviewer (SJ): And?", "[I]: And?", "Yes.\nINT1: And?",
     "Intervjuledare: Och?"],
)  # fmt: skip
def test_a_label_of_the_interviewer_is_pointed_out(text):
    assert said(text)[0].startswith("1 quote in which the interviewer seems to speak as well: P02.txt, characters 0 to")


@pytest.mark.parametrize("text", ["I told the interviewer that I skip it.", "What I: did", "Monitor: off", ""])
def test_words_about_an_interviewer_are_none(text):
    assert said(text) == []


def test_the_first_three_are_named_and_the_others_counted():
    assert "; and 2 more." in said(*["x\nI: y"] * 5)[0]
