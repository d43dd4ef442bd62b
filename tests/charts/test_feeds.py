"""From words to numbers and back: each number that an excerpt is said to feed has that excerpt behind it."""

import pytest

from dashboard.charts.feeds import feeds, numbers
from dashboard.charts.firm_ranking import firm_ranking, hidden_list
from dashboard.charts.lens_strip import LENSES, lens_strip
from dashboard.charts.opens import sound
from dashboard.charts.words_page import SHOWN, words_page, words_sentence
from dashboard.i18n import translator
from dashboard.measures import (
    gap_by_component,
    gap_by_step,
    hidden_practice,
    library_without_one,
    placement_by_step,
    practice_by_lens,
    ranking_without_one,
    state_by_voice,
    words_behind,
)  # fmt: skip
from dashboard.model import Filters
from dashboard.query import records

EN, SV = translator("en", "synthetic"), translator("sv", "synthetic")
PUBLISHED = translator("en", "evidence")
NOTHING = dict.fromkeys(
    ("step", "practice", "component", "voice", "group", "through", "category", "number", "code"), ""
)


def to(page, key="", **values):
    return {"page": page, "values": {**({page: key} if key else {}), **values}, "href": page}


def known_in(connection, filters):
    measures = (placement_by_step, state_by_voice, gap_by_component, practice_by_lens)
    return numbers(*(measure(connection, filters) for measure in measures))


@pytest.mark.parametrize("at_least", [1, 2])
def test_an_excerpt_is_among_the_words_of_each_number_that_it_feeds(shipped, at_least):
    filters = Filters("demo-round-2", at_least=at_least)
    known = known_in(shipped, filters)
    for row in records(words_behind(shipped, filters))[::23]:
        links = [item["to"]["values"] for item in feeds(row, known, to, EN) if item["to"]["page"] == "words"]
        assert links
        for values in links:
            asked = {key: value for key, value in values.items() if isinstance(value, str)}
            behind = words_behind(shipped, filters, **asked)
            same = (behind["practice_id"] == row["practice_id"]) & (behind["excerpt_id"] == row["excerpt_id"])
            assert same.any(), (row["practice_id"], row["participant_id"], asked)


def test_a_voice_that_counts_as_something_stronger_still_feeds_those_who_differ(tiny, within):
    connection = tiny(
        "participant | step_id | stance\nP1 | V1 | adapted\nP1 | V1 | worked_around\nP1 | V1 | as_written"
    )
    known = known_in(connection, within())
    said = {
        row["stance"]: [item["text"] for item in feeds(row, known, to, EN)]
        for row in records(words_behind(connection, within()))
    }
    assert said["adapted"][0] == "V1: this voice counts as “worked around”"
    assert "V1: 1 of 1 differs, 1 of them also as written" in said["adapted"] or any(
        text.startswith("V1: ") and "1 of 1" in text for text in said["adapted"]
    )
    assert "V1: also as written, 1" in said["as_written"]
    assert "V1: worked around, 1" in said["worked_around"]


@pytest.mark.parametrize(
    ("of", "said"),
    [
        ({"step": "V1", "number": "n_differ"}, "2 voices differed from V1, in 0 excerpts."),
        (
            {"through": "aspect", "category": "bond", "number": "n_adapted"},
            "2 voices under V1: adapted, in 0 excerpts.",
        ),
        ({"voice": "P1"}, "V1 tells of 1 practice, in 0 excerpts."),
    ],
)
def test_the_sentence_says_whose_words_they_are(tiny, within, of, said):
    connection = tiny(
        "participant | step_id | stance | alliance_aspect\nP1 | V1 | adapted | bond\nP2 | V1 | adapted | bond"
    )
    told = words_behind(connection, within(), **of)
    assert "".join(text for text, _strong in words_sentence(told, NOTHING | of, "V1", EN)) == said


def test_of_publications_the_sentence_reports(tiny, within):
    connection = tiny("participant | step_id | stance\nSmith 2020 | V1 | adapted")
    of = {"step": "V1", "number": "n_adapted"}
    sentence = words_sentence(words_behind(connection, within(), **of), NOTHING | of, "V1", PUBLISHED)
    assert "".join(text for text, _strong in sentence).startswith("1 publication reported adapting V1")


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({"step": "V1", "number": "nonsense"}, {"step": "V1"}),
        ({"through": "stance", "category": "adapted", "number": "n_voices"}, {}),
        ({"through": "aspect", "number": "n_voices"}, {}),
        ({"step": "*"}, {}),
        ({"through": "aspect", "category": "bond", "number": "n_added"},
         {"through": "aspect", "category": "bond", "number": "n_added"}),
    ],
)  # fmt: skip
def test_what_an_address_asks_is_kept_only_where_it_means_something(asked, kept):
    assert {key: value for key, value in sound(NOTHING | asked).items() if value} == kept


def test_a_page_of_words_ends_before_a_browser_does(tiny, within):
    told = "participant | step_id | stance | quote\n" + "\n".join(
        f"P{n} | V1 | adapted | Words {n}" for n in range(SHOWN + 5)
    )
    connection = tiny(told)
    drawing = words_page(words_behind(connection, within(), step="V1"), known_in(connection, within()), to, EN)
    assert sum(len(practice["quotes"]) for practice in drawing["practices"]) == SHOWN
    assert f"The first {SHOWN} of {SHOWN + 5} excerpts" in drawing["note"]


def test_both_rankings_say_what_hangs_on_one_voice(shipped):
    filters = Filters("demo-round-2")
    for measure, page in ((ranking_without_one, "step"), (library_without_one, "practice")):
        rows = measure(shipped, filters)
        drawing = firm_ranking(rows, to, EN)
        n = int((rows["n_needed"] > 0).sum())
        assert f"{n} of the first 10 depend on one voice" in "".join(text for text, _strong in drawing["sentence"])
        assert {item["to"]["page"] for item in drawing["items"]} == {page}
        assert sum("needs" in item["facts"] for item in drawing["items"]) == n


def test_what_is_hidden_is_listed_with_the_steps_that_fall_silent(shipped):
    filters = Filters("demo-round-2", at_least=3)
    rows = hidden_practice(shipped, filters)
    left = gap_by_step(shipped, filters)
    silenced = left[left["n_raised"] == 0]
    steps, practices = hidden_list(rows, silenced, to, EN)["groups"]
    assert (len(steps["items"]), len(practices["items"])) == (len(silenced), len(rows))


@pytest.mark.parametrize("lens", LENSES)
@pytest.mark.parametrize("t", [EN, SV, PUBLISHED])
def test_each_line_of_a_lens_has_one_dot_a_voice(shipped, lens, t):
    drawing = lens_strip(practice_by_lens(shipped, Filters("demo-round-2")), lens, 16, to, t)
    assert {sum(item["strip"]["counts"].values()) for item in drawing["items"]} == {16}


def test_a_lens_on_nothing_is_a_sentence(tiny, within):
    connection = tiny("participant | step_id | stance\nP1 | V1 | as_written")
    assert lens_strip(practice_by_lens(connection, within()), "aspect", 1, to, EN)["kind"] == "empty"
