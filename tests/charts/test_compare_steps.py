"""What the dumbbells are given to draw, and the sentences on two sides: they never say more than the numbers do."""

from collections import defaultdict
from dataclasses import replace

import pandas as pd
import pytest

from dashboard.charts.compare_steps import compare_steps
from dashboard.charts.compare_words import (
    FEW,
    Ends,
    by_how_many,
    change_words,
    compare_facts,
    compare_more,
    compare_sentence,
    firmness,
    row_sentence,
)
from dashboard.i18n import translator
from dashboard.measures import compare_by_step
from dashboard.measures.compare import COLUMNS, side_of
from dashboard.model import Filters, Side

EN, SV = translator("en", "synthetic"), translator("sv", "synthetic")
ROUNDS = Ends("rounds", ("round 1", "round 2"), ("demo-round-1", "demo-round-2"), ("synthetic",) * 2, (16, 16), 12)
SITES = Ends("attribute", ("North", "South"), ("demo-round-2",) * 2, ("synthetic",) * 2, (10, 6))
PUBLISHED = Ends("studies", ("Ours", "Theirs"), ("demo-round-2", "evidence"), ("synthetic", "evidence"), (16, 28))
CAUSAL = ("because", "thanks to", "caused", "due to", "led to", "tack vare", "på grund av", "därför", "ledde till")


def to(page, key="", **values):
    return {"page": page, "values": {**({page: key} if key else {}), **values}, "href": page}


def said(parts):
    return "".join(text for text, _strong in parts)


@pytest.fixture
def rounds(shipped):
    sides = (Side(Filters("demo-round-1")), Side(Filters("demo-round-2")))
    return compare_by_step(shipped, *sides, same_people=True)


@pytest.fixture
def sites(shipped):
    ends = [side_of(shipped, Filters("demo-round-2"), "demo-round-2", "site", site) for site in ("North", "South")]
    return compare_by_step(shipped, *ends)


@pytest.fixture
def published(shipped):
    return compare_by_step(shipped, Side(Filters("demo-round-2")), Side(Filters("evidence")))


def table(*changes, **more):
    """Return rows of the comparison; each is (differ, clear) on the one side and on the other."""
    rows = []
    for at, ((d, n), (e, m)) in enumerate(changes):
        clear = n and m
        change = e / m - d / n if clear else None
        rows.append({
            **defaultdict(int), **dict.fromkeys(COLUMNS, 0), "step_id": f"V{at}", "step": f"Do V{at}", "step_sv": "",
            "component": "Video calls", "component_sv": "", "step_one": f"Do V{at}", "step_one_sv": "",
            "is_in_one": True, "is_in_other": True, "is_revised": False, "n_raised_one": n, "n_clear_one": n,
            "n_differ_one": d, "n_raised_other": m, "n_clear_other": m, "n_differ_other": e, "change": change,
            "change_min_without_one": change, "change_max_without_one": change, "n_only_one": n, "n_only_other": m,
            **more,
        })  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"change": "float64"})


def turned(rows):
    """Return the rows as if one voice could undo each change."""
    return rows.assign(change_min_without_one=-0.1, change_max_without_one=0.1)


# --- the rows ---------------------------------------------------------------------------------------------


def test_each_step_that_is_clear_on_both_sides_is_a_row_the_largest_change_first(rounds):
    drawing = compare_steps(rounds, ROUNDS, to, EN)
    known = rounds[rounds["change"].notna()]
    assert sorted(row["step"] for row in drawing["rows"]) == sorted(known["step_id"])
    assert [row["step"] for row in drawing["rows"][:3]] == ["C03", "I04", "H04"]
    clear = rounds.set_index("step_id")[["n_clear_one", "n_clear_other"]].min(axis=1)
    few = [clear[row["step"]] < FEW for row in drawing["rows"]]
    assert few == sorted(few), "what rests on too few comes last"


def test_each_end_stands_where_its_share_is_and_prints_its_n(rounds):
    for row in compare_steps(rounds, ROUNDS, to, EN)["rows"]:
        own = rounds[rounds["step_id"] == row["step"]].iloc[0]
        for end, side in zip(row["ends"], ("one", "other"), strict=True):
            assert end["at"] == pytest.approx(own[f"gap_{side}"], abs=1e-4)
            assert end["count"] == f"{own[f'n_differ_{side}']} of {own[f'n_clear_{side}']}"


def test_each_end_opens_the_words_behind_it_in_its_own_study(rounds):
    first = compare_steps(rounds, ROUNDS, to, EN)["rows"][0]
    assert [end["to"]["values"] for end in first["ends"]] == [
        {"number": "n_differ", "step": "C03", "study": "demo-round-1"},
        {"number": "n_differ", "step": "C03", "study": "demo-round-2"},
    ]
    rows = compare_steps(table(((0, 3), (3, 3))), ROUNDS, to, EN)["rows"]
    assert [end["to"] is None for end in rows[0]["ends"]] == [True, False], "nobody differs: there are no words"


def test_a_revised_text_is_marked_with_both_wordings_and_links_to_the_text(rounds):
    drawn = {row["step"]: row["revised"] for row in compare_steps(rounds, ROUNDS, to, EN)["rows"]}
    assert sorted(step for step, revised in drawn.items() if revised) == ["C03", "I04"]
    assert drawn["C03"]["to"]["values"] == {"step": "C03", "study": "demo-round-2"}
    assert [(text["name"], text["text"]) for text in drawn["C03"]["texts"]] == [
        ("round 1", "Reply within the promised two working days"),
        ("round 2", "Acknowledge within two working days, and say when the full answer comes"),
    ]
    swedish = {row["step"]: row["revised"] for row in compare_steps(rounds, ROUNDS, to, SV)["rows"]}
    assert swedish["C03"]["texts"][0]["text"] == "Svara inom de utlovade två arbetsdagarna"


def test_the_same_voices_are_told_from_the_others(rounds):
    drawing = compare_steps(rounds, ROUNDS, to, EN)
    assert drawing["shared"] == "12 voices in both rounds, 4 only in round 1 and 4 only in round 2."
    own = rounds[rounds["step_id"] == "C03"].iloc[0]
    only_one = own["n_differ_one"] - own["n_both_differ_one"]
    assert drawing["rows"][0]["people"] == [
        f"same {own['n_both_clear']} voices: {own['n_both_differ_one']} → {own['n_both_differ_other']}",
        f"only round 1: {only_one} of {own['n_only_one']}",
        f"only round 2: {own['n_differ_other'] - own['n_both_differ_other']} of {own['n_only_other']}",
    ]


def test_between_groups_there_are_no_same_voices(sites):
    drawing = compare_steps(sites, SITES, to, EN)
    assert drawing["shared"] == ""
    assert {tuple(row["people"]) for row in drawing["rows"]} == {()}
    assert drawing["legend"] == ["North · 10 voices", "South · 6 voices"]


def test_what_only_one_side_is_clear_about_is_listed_apart():
    rows = pd.concat([table(((1, 2), (0, 0)), ((0, 0), (1, 3)), ((0, 0), (0, 0)), ((1, 2), (1, 3)))])
    drawing = compare_steps(rows, SITES, to, EN)
    assert [row["step"] for row in drawing["rows"]] == ["V3"]
    assert [group["title"] for group in drawing["only"]] == [
        "Only in North: 1", "Only in South: 1", "1 step is clear on neither side.",
    ]  # fmt: skip
    assert drawing["only"][0]["items"][0]["count"] == "1 of 2 differ"


def test_a_row_says_itself_in_a_sentence():
    row = table(((8, 11), (3, 12))).iloc[0]
    assert row_sentence(row, ROUNDS, EN) == (
        "V0: round 1 8 of 11 differ, round 2 3 of 12; 5 voices fewer; holds without any one voice"
    )
    assert row_sentence(table(((1, 3), (1, 3))).iloc[0], SITES, EN) == (
        "V0: North 1 of 3 differ, South 1 of 3; no difference"
    )


# --- how firm, and by how many ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "high", "clear", "firm"),
    [
        (-0.5, -0.1, (5, 5), "holds"),
        (0.1, 0.5, (3, 3), "holds"),
        (-0.5, 0.0, (5, 5), "turns"),
        (-0.1, 0.1, (5, 5), "turns"),
        (-0.5, -0.1, (2, 9), "few"),
        (float("nan"), float("nan"), (1, 9), "few"),
    ],
)
def test_a_change_is_firm_if_it_keeps_its_direction_without_any_one_voice(low, high, clear, firm):
    row = {"n_clear_one": clear[0], "n_clear_other": clear[1], "change_min_without_one": low,
           "change_max_without_one": high}  # fmt: skip
    assert firmness(row) == firm


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ((8, 11), (3, 12), "5 voices fewer"),
        ((3, 12), (4, 11), "1 voice more"),
        ((6, 9), (6, 8), "differs more"),  # as many voices, of fewer
        ((4, 10), (3, 4), "differs more"),  # fewer voices, but a larger part
        ((1, 2), (2, 4), "no change"),
    ],
)
def test_by_how_many_is_said_where_it_goes_the_way_of_the_gap(one, other, words):
    assert change_words(table((one, other)).iloc[0], ROUNDS, EN) == words


def test_between_groups_of_unequal_size_voices_are_not_subtracted():
    row = table(((4, 10), (3, 4))).iloc[0]
    assert change_words(row, SITES, EN) == "a larger share differs: South"
    assert by_how_many(row, EN) == ""


# --- the sentence -----------------------------------------------------------------------------------------


def test_the_revised_texts_come_first_with_n_with_voices_and_with_how_firm(rounds):
    found = {row["step_id"]: row for row in rounds.to_dict("records")}
    words = said(compare_sentence(rounds, ROUNDS, EN))
    assert words.startswith("2 texts were revised. Practice now differs less from them: ")
    for step in ("C03", "I04"):
        row = found[step]
        ends = "from {n_differ_one} of {n_clear_one} to {n_differ_other} of {n_clear_other}".format(**row)
        assert f"({step}) {ends} ({row['n_differ_one'] - row['n_differ_other']} voices fewer)" in words
    assert words.endswith("Leave out any one voice, and each gap still shrinks.")
    assert "C03 from 7 to 2 of 8" in compare_more(rounds, ROUNDS, EN)
    assert "(H04), from 7 of 9 to 5 of 9" in compare_more(rounds, ROUNDS, EN)


@pytest.mark.parametrize(
    ("changes", "start", "end"),
    [
        ([((2, 5), (5, 5))], "1 text was revised. Practice now differs more from it", "the gap still grows."),
        ([((2, 4), (2, 4))], "1 text was revised. The gap is as it was", "from 2 of 4 to 2 of 4. "),
        ([((5, 5), (1, 5)), ((1, 5), (4, 5))], "2 texts were revised. Since then", "each change still stands."),
        ([((2, 2), (0, 2))], "1 text was revised. Practice now differs less from it", "how firm that is."),
        ([((2, 2), (0, 0))], "1 text was revised. Nothing clear is told of it", "no change can be named."),
    ],
)
def test_what_is_said_of_revised_texts(changes, start, end):
    words = said(compare_sentence(table(*changes, is_revised=True), ROUNDS, EN))
    assert words.startswith(start)
    assert words.endswith(end)


def test_a_revision_that_one_voice_could_undo_says_so():
    rows = table(((5, 5), (3, 5)), ((4, 5), (3, 5)), is_revised=True)
    assert said(compare_sentence(turned(rows), ROUNDS, EN)).endswith("One voice could undo each of these changes.")
    rows.loc[1, ["change_min_without_one", "change_max_without_one"]] = [-0.3, 0.1]
    assert said(compare_sentence(rows, ROUNDS, EN)).endswith(
        "Not firm: V1, where one voice could undo it or too few were clear."
    )


def test_groups_say_the_largest_difference_that_holds(sites):
    words = said(compare_sentence(sites, SITES, EN))
    firm = next(row for row in sites[sites["change"].notna()].to_dict("records") if firmness(row) == "holds")
    assert firm["step"] in words
    assert (
        "North: {n_differ_one} of {n_clear_one} differ; South: {n_differ_other} of {n_clear_other}".format(**firm)
        in words
    )
    count = sum(
        firmness(row) == "holds" and row["change"] != 0 for row in sites[sites["change"].notna()].to_dict("records")
    )
    assert compare_more(sites, SITES, EN).startswith(f"On {count} of the {sites['change'].notna().sum()} steps")


def test_where_no_difference_survives_it_is_said_plainly():
    rows = turned(table(((1, 4), (2, 4)), ((2, 5), (2, 4))))
    assert said(compare_sentence(rows, SITES, EN)).startswith("No difference between North and South is firm.")
    assert said(compare_sentence(rows, SITES, EN)).endswith("One voice could undo it.")
    assert compare_more(rows, SITES, EN) == ""


def test_too_few_nothing_and_no_difference_are_three_sentences():
    few = said(compare_sentence(table(((1, 1), (0, 1))), SITES, EN))
    assert few.startswith("Too few are clear to say how North and South differ.")
    nothing = said(compare_sentence(table(((1, 1), (0, 0))), SITES, EN))
    assert nothing == "On no step are both North and South clear, so there is nothing to compare."
    assert said(compare_sentence(table(), SITES, EN)) == nothing
    alike = said(compare_sentence(table(((1, 2), (2, 4)), ((0, 3), (0, 4))), SITES, EN))
    assert alike == "On all 2 steps where both are clear, North and South differ alike from what is written."
    assert compare_steps(table(), SITES, to, EN)["rows"] == []


@pytest.mark.parametrize("t", [EN, SV], ids=["en", "sv"])
def test_nothing_says_that_a_revision_caused_a_change(rounds, t):
    words = f"{said(compare_sentence(rounds, ROUNDS, t))} {compare_more(rounds, ROUNDS, t)}".lower()
    assert [word for word in CAUSAL if word in words] == []


@pytest.mark.parametrize("t", [EN, SV], ids=["en", "sv"])
def test_each_side_has_its_own_noun_and_shared_sentences_have_none(published, t):
    drawing = compare_steps(published, PUBLISHED, to, t)
    assert [word.split(" · ")[1] for word in drawing["legend"]] == [t.count("voices", 16), replace(
        t, kind="evidence").count("voices", 28)]  # fmt: skip
    texts = [
        drawing["note"],
        *(row["label"] for row in drawing["rows"]),
        said(compare_sentence(published, PUBLISHED, t)),
    ]
    texts += [row["mark"]["text"] for row in drawing["rows"] if row["mark"]]
    for noun in ("voice", "röst", "publication", "publikation"):
        assert not any(noun in text.lower() for text in texts), noun


@pytest.mark.parametrize("t", [EN, SV], ids=["en", "sv"])
def test_two_studies_of_publications_never_speak_of_voices(rounds, sites, t):
    published = replace(ROUNDS, kinds=("evidence", "evidence"))
    spoken = replace(t, kind="evidence")
    for rows, ends in ((rounds, published), (sites, replace(published, by="studies")), (turned(rounds), published)):
        drawing = str(compare_steps(rows, ends, to, spoken))
        words = f"{drawing} {said(compare_sentence(rows, ends, spoken))} {compare_more(rows, ends, spoken)}".lower()
        assert not any(noun in words.replace("voices_", "") for noun in ("voice", "röst"))


def test_the_facts_name_both_sides_and_what_is_hidden(rounds):
    assert compare_facts(rounds, ROUNDS, [3, 4], EN)[:2] == ["round 1: 16 voices", "round 2: 16 voices"]
    hidden = compare_facts(rounds, ROUNDS, [3, 4], replace(EN, at_least=2))[-2:]
    assert hidden == [
        "round 1: 3 practices hidden, each told by fewer than 2",
        "round 2: 4 practices hidden, each told by fewer than 2",
    ]
    assert (
        compare_facts(rounds, SITES, [3], replace(EN, at_least=2))[-1]
        == "3 practices hidden, each told by fewer than 2"
    )
