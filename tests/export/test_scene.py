"""Scenes: every number comes from the measures, nothing that is not the room's reaches it, and a lost step says so."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from dashboard import talks
from dashboard.export.scene import for_room, scene_drawing, talk_drawing
from dashboard.export.view import view_of
from dashboard.importers import scenes
from dashboard.model import Filters
from dashboard.query import records

ON = date(2026, 11, 24)
TOLD = """
    participant | step_id | stance        | practice | effect
    P1          | V1      | as_written    | Asks     |
    P2          | V1      | adapted       | Waits    | helps
    P3          | V1      | left_out      | Skips    | harms
    P4          | V1      | unclear       |          |
    P1          | V2      | as_written    | Sends    |
"""
STEPS = """
    step_id | phase  | text      | text_sv
    V1      | before | Ask first | Fråga först
    V2      | during | Send it   |
    V3      | during | Say bye   |
"""


@pytest.fixture
def shown(tiny):
    """Return a function that draws the first scene of a scene file, of the study "tiny"."""
    connection = tiny(TOLD, STEPS, about='kind = "synthetic"\ndisclosure = "open"')

    def draw(view, more="", language="en"):
        text = f'[[scene]]\nid = "a"\nview = "{view}"\n{more}'
        talk = scenes.read(text.encode(), "talk.toml", "tiny")
        return scene_drawing(talk, 0, view_of(connection, Filters("tiny"), language, "gen-1", ON, "public"))

    return draw


def test_the_numbers_of_a_sentence_are_those_of_the_measures(shown):
    text = (
        'sentence = "{voices} {steps} {raised} {silent} {half} {harmed} {tools}: {as_written} {adapted} {left_out} '
        '{worked_around} {unclear} {not_raised} {spoke} {clear} {differ} {helps} {harms} {clear_word}"\nsteps = ["V1"]'
    )
    assert shown("step", text)["sentence"] == [("4 3 2 1 1 1 1: 1 1 1 0 1 0 4 3 2 1 1 three", False)]


def test_stars_are_read_before_numbers_and_a_number_in_front_begins_with_a_capital(shown):
    drawn = shown("step", 'sentence = "{differ_word} of **{clear}**"\nsteps = ["V1"]')
    assert drawn["sentence"] == [("Two of ", False), ("3", True)]


def test_notes_have_their_numbers_and_stand_in_paragraphs(shown):
    drawn = shown("step", 'notes = "{clear} were clear.\\n\\nSay 12."\nsteps = ["V1"]')
    assert drawn["notes"] == ["3 were clear.", "Say 12."]


def test_an_estimate_asks_for_those_who_were_clear_and_answers_with_those_who_work_as_written(shown):
    drawn = shown("estimate", 'steps = ["V1"]')
    assert drawn["sentence"][:2] == [("Of the ", False), ("three", True)]
    assert (drawn["estimate"]["n"], drawn["reveals"]) == (3, 1)
    assert (drawn["body"]["n"], drawn["body"]["answer"]["n"], drawn["body"]["answer"]["said"]) == (
        3,
        1,
        "1 of 3 said so",
    )
    assert drawn["body"]["answer"]["strip"]["counts"] == {"as_written": 1, "adapted": 1, "left_out": 1}
    assert drawn["eyebrow"] == "Video calls · written: Ask first"


def test_a_phone_gets_no_notes_and_the_answer_only_once_it_is_shown(shown):
    drawn = shown("estimate", 'steps = ["V1"]\nnotes = "It is one of three."')
    early, late = for_room(drawn, 0), for_room(drawn, 1)
    assert (early["notes"], early["body"]["answer"], late["notes"]) == ([], None, [])
    assert late["body"]["answer"] == drawn["body"]["answer"]
    assert "said so" not in json.dumps(early)
    assert drawn["notes"] == ["It is one of three."]


def test_a_step_shows_its_text_and_one_dot_a_voice(shown):
    body = shown("step", 'steps = ["V1"]')["body"]
    assert body["written"]["text"] == "Ask first"
    assert {group["stance"]: group["n"] for group in body["groups"]} == {
        "as_written": 1, "adapted": 1, "left_out": 1, "unclear": 1,
    }  # fmt: skip
    assert {(row["stance"], row["name"], row["n"]) for row in body["practices"]} == {
        ("adapted", "Waits", 1), ("left_out", "Skips", 1),
    }  # fmt: skip


def test_texts_have_twins(shown):
    drawn = shown("step", 'steps = ["V1"]\ntitle = "T"\ntitle_sv = "Titel"\nsentence = "Yes"', "sv")
    assert (drawn["eyebrow"], drawn["sentence"], drawn["body"]["written"]["text"]) == (
        "Titel", [("Yes", False)], "Fråga först",
    )  # fmt: skip


def test_a_scene_without_a_sentence_says_the_pages_own(shown):
    assert "".join(text for text, _strong in shown("step", 'steps = ["V1"]')["sentence"]).startswith("2 of the 3 who")


def test_lines_come_one_at_a_time_where_that_is_asked_for(shown):
    more = 'sentence = "S"\npoints = ["a", "b", "c"]\n'
    assert (shown("words", more)["reveals"], shown("words", more + "one_by_one = true")["reveals"]) == (0, 2)
    rows = shown("words", more + "one_by_one = true")["body"]["rows"]
    assert [row["at"] for row in rows] == [0, 1, 2]


@pytest.mark.parametrize(
    ("view", "more", "problem"),
    [
        ("step", 'steps = ["V9"]', "The study has no step V9."),
        ("gaps", 'steps = ["V1", "V9"]', "The study has no step V9."),
        ("estimate", 'steps = ["V3"]', "Nobody spoke clearly about V3, so there is nothing to guess."),
        ("practices", 'practices = ["Sings"]', "The study has no practice “Sings”."),
        ("quote", 'voice = "P9"', "The study has no such words."),
        ("compare", "", "There are no two sides to compare."),
    ],
)
def test_a_scene_that_cannot_be_drawn_says_why_and_the_talk_goes_on(shown, view, more, problem):
    drawn = shown(view, more)
    assert (drawn["problem"], drawn["body"]["kind"], drawn["number"]) == (problem, "problem", 1)


def test_the_filters_are_the_scenes_own(shown):
    drawn = shown("map", 'filters = { phase = ["during"] }\nsentence = "{steps}"')
    assert (drawn["sentence"], drawn["body"]["columns"]) == ([("2", False)], ["During"])
    shared = "".join(text for text, _strong in shown("map", "filters = { voices = 2 }")["sentence"])
    assert "shared by at least 2" in shared


def test_the_room_cannot_be_shown_a_round_that_is_not_open(two_rounds):
    connection = two_rounds((TOLD, STEPS), (TOLD, STEPS))
    talk = scenes.read(b'[[scene]]\nid = "a"\nview = "compare"', "talk.toml", "round-2")
    view = view_of(connection, Filters("round-2"), "en", "gen-1", ON, "team")
    team, public = (scene_drawing(talk, 0, replace(view, scope=scope)) for scope in ("team", "public"))
    assert [end["count"] for end in team["body"]["rows"][0]["ends"]] == ["2 of 3 differ", "2 of 3 differ"]
    assert public["problem"] == "There are no two sides to compare."


# --- the shipped talk ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=["en", "sv"])
def shipped_talk(request, shipped, shipped_store):
    talk = talks.load(shipped_store, "demo-round-2")
    view = view_of(shipped, Filters("demo-round-2"), request.param, "gen-1", ON, "public")
    return talk, talk_drawing(talk, view), view


def test_every_shipped_scene_is_drawn_marked_and_small(shipped_talk):
    _talk, drawn, view = shipped_talk
    assert [scene["problem"] for scene in drawn["scenes"]] == [""] * 14
    assert {scene["chip"] for scene in drawn["scenes"]} == {view.t("chip.synthetic")}
    assert [scene["id"] for scene in drawn["scenes"] if not scene["notes"]] == []
    assert "{" not in json.dumps([[scene["sentence"], scene["notes"]] for scene in drawn["scenes"]])
    assert len(json.dumps(drawn).encode()) < 60_000


def test_the_shipped_talk_takes_thirty_minutes_and_asks_the_room_twice(shipped_talk):
    talk, drawn, _view = shipped_talk
    assert sum(scene.minutes for scene in talk.scenes) == talk.minutes == 30
    assert [scene["estimate"]["n"] for scene in drawn["scenes"] if scene["estimate"]] == [11, 7]


def test_the_shipped_talk_is_whole_in_swedish(shipped_talk):
    talk, _drawn, _view = shipped_talk
    twins = [(scene.title, scene.title_sv) for scene in talk.scenes]
    twins += [(scene.sentence, scene.sentence_sv) for scene in talk.scenes]
    twins += [(scene.notes, scene.notes_sv) for scene in talk.scenes]
    twins += [point for scene in talk.scenes for point in scene.points]
    assert [pair for pair in twins if bool(pair[0]) != bool(pair[1])] == []
    named = [
        tuple(sorted(scenes.PLACEHOLDER.findall(text)) for text in (scene.notes, scene.notes_sv))
        for scene in talk.scenes
    ]
    assert [pair for pair in named if pair[0] != pair[1]] == []


def test_what_the_shipped_talk_claims_without_a_number_is_so(shipped_talk):
    _talk, drawn, view = shipped_talk
    scene = {one["id"]: one for one in drawn["scenes"]}
    aspects = Counter(row["alliance_aspect"] for row in records(view.rows("unwritten_practice")))
    assert aspects["bond"] > sum(aspects.values()) / 2  # "Most of them tend the relationship"
    then, now = (end["strip"]["counts"]["adapted"] for end in scene["the-text-moved"]["body"]["rows"][0]["ends"])
    assert now < then  # "The distance shrank"
    assert scene["the-harm"]["body"]["effect"]["sign"] == "▼"
    told = {mark["sign"] for row in scene["what-the-others-do"]["body"]["practices"] for mark in row["effects"]}
    assert {"▲", "▼"} <= told  # "Some of it helps. Some of it harms."
    first = scene["adaptations"]["body"]["rows"][0]
    assert [(mark["sign"], mark["n"]) for mark in first["effects"]] == [("▲", first["n"])]  # "all say that it helps"
