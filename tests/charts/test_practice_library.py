"""The cards of the library and the map of what nobody wrote, without a browser."""

import re
from pathlib import Path

import pytest

from dashboard.charts.practice_library import (
    facet_choices,
    library_facts,
    library_sentence,
    one_practice,
    practice_library,
    practice_sentence,
)
from dashboard.charts.unwritten_map import shade, unwritten_map
from dashboard.i18n import translator
from dashboard.measures import practice_library as measured
from dashboard.measures import unwritten_practice, words_behind
from dashboard.model import Filters
from dashboard.query import records
from tests.test_house_rules import contrast

CSS = Path(__file__).resolve().parents[2] / "dashboard" / "drawings" / "kinds" / "practice.css"
EN, SV = translator("en", "synthetic"), translator("sv", "synthetic")
ROUND_2, EVIDENCE = Filters("demo-round-2"), Filters("evidence")
VOICES = re.compile(r"\b(voices?|röst(en|er|erna)?)\b", re.IGNORECASE)


def to(page, key="", **values):
    return {"page": page, "values": ({page: key} if key else {}) | values, "href": page}


def said(parts):
    return "".join(text for text, _strong in parts)


def texts(drawing):
    """Return every text of a drawing but what people said and where links lead."""
    if isinstance(drawing, dict):
        return [
            text
            for key, value in drawing.items()
            if key not in ("quotes", "to", "words", "kind")
            for text in texts(value)
        ]
    if isinstance(drawing, list | tuple):
        return [text for each in drawing for text in texts(each)]
    return [drawing] if isinstance(drawing, str) else []


@pytest.fixture
def rows(shipped):
    return measured(shipped, ROUND_2)


@pytest.fixture
def drawing(shipped, rows):
    return practice_library(rows, len(rows), words_behind(shipped, ROUND_2), 16, to, EN)


def test_the_sentence_counts_practices_those_that_help_and_the_fragile_of_them(rows):
    helpful, fragile = int(rows["is_helpful"].sum()), int(rows["is_fragile"].sum())
    assert said(library_sentence(rows, EN)) == (
        f"Clinicians tell of {len(rows)} practices that bend the text or go beyond it. "
        f"{helpful} are mostly said to help; {fragile} of those are fragile."
    )


@pytest.mark.parametrize(
    ("n", "helpful", "fragile", "end"),
    [
        (1, 0, 0, "one practice that bends the text or goes beyond it. It is not mostly said to help."),
        (1, 1, 0, "It is mostly said to help."),
        (1, 1, 1, "It is mostly said to help, and it is fragile."),
        (3, 0, 0, "None is mostly said to help."),
        (3, 1, 0, "One is mostly said to help."),
        (3, 1, 1, "One is mostly said to help, and it is fragile."),
        (3, 2, 0, "2 are mostly said to help; none of those is fragile."),
        (3, 3, 1, "3 are mostly said to help; one of those is fragile."),
        (3, 3, 2, "3 are mostly said to help; 2 of those are fragile."),
        (3, 2, 2, "2 are mostly said to help; all of those are fragile."),
    ],
)
def test_the_sentence_is_one_for_one(rows, n, helpful, fragile, end):
    few = rows.head(n).assign(
        is_helpful=[at < helpful for at in range(n)], is_fragile=[at < fragile for at in range(n)]
    )
    assert said(library_sentence(few, EN)).endswith(end)


def test_what_a_filter_hides_is_not_called_silence(rows):
    shared = translator("en", "synthetic", 3)
    assert said(library_sentence(rows.head(0), EN)).startswith("Nobody in this view tells")
    assert said(library_sentence(rows.head(0), shared)).endswith("is shared by at least 3.")
    assert (
        library_facts(rows.head(2), rows, 16, shared)[-1]
        == f"{len(rows) - 2} practices hidden, each told by fewer than 3"
    )


def test_the_facts_are_voices_and_practices_by_stance(rows):
    counts = rows["stance"].value_counts()
    assert library_facts(rows, rows, 16, EN) == [
        "16 voices", f"{counts['adapted']} adapted", f"{counts['worked_around']} worked around",
        f"{counts['left_out']} left out", f"{counts['added']} added",
    ]  # fmt: skip


def test_a_card_has_one_dot_a_voice_and_leads_to_its_words(rows, drawing):
    assert [card["id"] for card in drawing["cards"]] == list(rows["practice_id"])
    for card, row in zip(drawing["cards"], records(rows), strict=True):
        n = row["n_voices"]
        assert card["strip"]["counts"] == {row["stance"]: n, "not_raised": 16 - n}
        assert said(card["count"]) == f"told by {n} of 16"
        assert card["words"]["values"] == {"practice": row["practice_id"], "number": "n_voices"}
        assert sum(mark["n"] for mark in card["effects"]) == n
        for mark in card["effects"]:
            assert row[mark["to"]["values"]["number"]] == mark["n"]
            assert mark["to"]["values"]["practice"] == row["practice_id"]


def test_a_card_names_the_step_that_it_bends_or_the_gap_that_it_fills(rows, drawing):
    for card, row in zip(drawing["cards"], records(rows), strict=True):
        is_unwritten = row["stance"] == "added"
        assert card["gap"]["text"] == ("Nobody wrote this · happens after" if is_unwritten else "The text says:")
        assert card["gap"]["step"] == f"{row['step_id']} · {row['step']}"
        assert card["gap"]["to"]["values"] == {"step": row["step_id"]}


def test_what_nobody_wrote_may_be_near_no_step(rows):
    alone = rows[rows["stance"] == "added"].head(1).assign(step_id="", step="", step_sv="")
    card = practice_library(alone, 1, alone.head(0).assign(quote=""), 16, to, EN)["cards"][0]
    assert card["gap"] == {"text": "Nobody wrote this", "step": "", "to": None}


def test_a_fragile_card_says_why_and_no_other_does(rows, drawing):
    marks = {
        "is_one_voice": "one voice only", "is_against_text": "against the text",
        "is_on_private_tools": "rests on private tools",
    }  # fmt: skip
    for card, row in zip(drawing["cards"], records(rows), strict=True):
        why = [word for mark, word in marks.items() if row[mark]]
        assert card["fragile"] == (f"Fragile: {' · '.join(why)}" if why else "")


def test_all_the_quotes_are_there_to_be_searched_and_none_without_words(shipped, rows, drawing):
    told = words_behind(shipped, ROUND_2)
    for card in drawing["cards"]:
        own = told[(told["practice_id"] == card["id"]) & (told["quote"] != "")]
        assert sorted(quote["text"] for quote in card["quotes"]) == sorted(own["quote"])
    silent = practice_library(rows, len(rows), told.assign(quote=""), 16, to, EN)
    assert {len(card["quotes"]) for card in silent["cards"]} == {0}


def test_a_choice_that_leaves_nothing_is_a_sentence(shipped, rows):
    found = practice_library(rows.head(0), len(rows), words_behind(shipped, ROUND_2), 16, to, EN)
    assert found == {
        "kind": "empty",
        "text": "No practice here is all of what you chose. Clear some of the choices above.",
    }


def test_one_practice_stands_alone_with_all_that_is_behind_it(shipped, rows):
    row = records(rows)[0]
    told = words_behind(shipped, ROUND_2, practice=row["practice_id"])
    found = one_practice(row, told, 16, None, to, EN)
    assert len(found["card"]["quotes"]) == len(told) >= row["n_voices"]
    assert found["card"]["to"] is None
    assert found["back"]["to"] == {"page": "practice", "values": {}, "href": "practice"}
    assert said(practice_sentence(row, 16, EN)).startswith(f"“{row['practice']}” is told by {row['n_voices']} of 16.")


@pytest.mark.parametrize("language", ["en", "sv"])
def test_a_publication_is_never_a_voice(shipped, language):
    t, rows = translator(language, "evidence"), measured(shipped, EVIDENCE)
    told, unwritten = words_behind(shipped, EVIDENCE), unwritten_practice(shipped, EVIDENCE)
    row = records(rows)[0]
    drawings = [
        practice_library(rows, len(rows), told, 28, to, t),
        one_practice(row, told[told["practice_id"] == row["practice_id"]], 28, None, to, t),
        unwritten_map(unwritten, 28, to, t),
        unwritten_map(unwritten.head(0), 28, to, t),
        library_sentence(rows, t), library_sentence(rows.head(0), t), practice_sentence(row, 28, t),
        library_facts(rows, rows, 28, t), t("practice.fragile.note"),
    ]  # fmt: skip
    assert [text for each in drawings for text in texts(each) if VOICES.search(text)] == []
    quotes = [quote for card in drawings[0]["cards"] for quote in card["quotes"]]
    assert all(quote["isFinding"] for quote in quotes)
    assert {quote["who"] for quote in quotes} <= set(told["citation"])


def test_only_facets_with_a_choice_are_offered_in_the_words_of_the_screen(shipped, rows):
    found = facet_choices(rows, SV)
    assert list(found) == ["stance", "effect", "aspect", "nature", "fidelity", "reason", "potential"]
    assert list(found["stance"]) == ["adapted", "worked_around", "left_out", "added"]
    assert found["aspect"]["bond"] == "Band"
    assert "not_applicable" not in found["nature"]
    assert facet_choices(rows.head(1), EN) == {}
    assert facet_choices(rows.head(0), EN) == {}


def test_the_map_has_a_tile_for_each_unwritten_practice_with_how_many_tell_it(shipped):
    unwritten = unwritten_practice(shipped, ROUND_2)
    found = unwritten_map(unwritten, 16, to, EN)
    tiles = [tile for row in found["rows"] for cell in row["cells"] for tile in cell]
    assert {(tile["to"]["values"]["practice"], tile["n"]) for tile in tiles} == {
        (row["practice_id"], str(row["n_voices"])) for row in records(unwritten)
    }
    assert [row["name"] for row in found["rows"]] == list(dict.fromkeys(unwritten["component"]))
    for tile in tiles:
        assert tile["label"].endswith(f": told by {tile['n']} of 16")


def test_nothing_unwritten_is_a_sentence(shipped):
    nothing = unwritten_practice(shipped, ROUND_2).head(0)
    assert unwritten_map(nothing, 16, to, EN)["text"] == "Nobody tells of a practice that no text asks for."
    hidden = translator("en", "synthetic", 5)
    assert unwritten_map(nothing, 16, to, hidden)["text"].endswith("shared by at least 5.")


@pytest.mark.parametrize(
    ("n", "n_voices", "level"), [(1, 16, 0), (2, 16, 1), (3, 16, 2), (4, 16, 3), (5, 16, 3), (6, 16, 4), (1, 1, 4)]
)
def test_a_shade_is_a_share_of_all_voices(n, n_voices, level):
    assert shade(n, n_voices) == level


@pytest.mark.parametrize("block", [r"^\.drawing \{(.*?)^\}", r"^\.drawing\.dark \{(.*?)^\}"], ids=["light", "dark"])
def test_every_number_of_the_map_can_be_read_on_its_tile(block):
    held = re.search(block, CSS.read_text(encoding="utf-8"), re.M | re.S)
    colours = dict(re.findall(r"--([\w-]+): (#[0-9A-Fa-f]{6});", held[1]))
    assert min(contrast(colours[f"on-added-{level}"], colours[f"added-{level}"]) for level in range(5)) >= 4.5
