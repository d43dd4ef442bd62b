"""Two sides compared on screen: what the demo's revised texts show is counted here again, from its files alone."""

import csv
import re
from collections import defaultdict
from pathlib import Path

import pytest

from tests.browser.conftest import Opened, View
from tests.browser.test_accessible import sideways, violations
from tests.browser.test_same_numbers import rows_of

DEMO = Path(__file__).parents[2] / "data" / "demo"
DIFFERENT = {"adapted", "worked_around", "left_out"}
REVISED = ("C03", "I04")
ROUNDS = "/compare?study=demo-round-2&lang=en"
SITES = f"{ROUNDS}&by=attribute:site"
# Of each row: what it says, where its ends stand on the line from 0 to 1 (first, other), and its counts.
ROWS = """() => [...document.querySelectorAll('[data-testid=stBidiComponentIsolated]')]
  .flatMap((box) => [...box.shadowRoot.querySelectorAll('.bell[data-step]')])
  .map((row) => ({step: row.dataset.step, text: row.innerText, label: row.querySelector('.track').ariaLabel,
    ends: [...row.querySelectorAll('.track .end')].map((end) => {
      const mine = end.getBoundingClientRect(), line = row.querySelector('.scale-line').getBoundingClientRect();
      return (mine.left + mine.width / 2 - line.left) / line.width; }),
    counts: [...row.querySelectorAll('.track .n')].map((n) => n.textContent)}))"""


def told(round_: int, step: str) -> dict[str, bool]:
    """Who spoke clearly about a step in a round of the demo → whether that voice differs; from the file, plainly."""
    stances: dict[str, set[str]] = defaultdict(set)
    with (DEMO / f"round-{round_}" / "practice.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["step_id"] == step and row["stance"] in {*DIFFERENT, "as_written"}:
                stances[row["participant"]].add(row["stance"])
    return {voice: bool(said & DIFFERENT) for voice, said in stances.items()}


def site_of() -> dict[str, str]:
    with (DEMO / "round-2" / "participants.csv").open(encoding="utf-8", newline="") as file:
        return {row["participant"]: row["site"] for row in csv.DictReader(file)}


def rows(view: View) -> dict[str, dict]:
    return {row["step"]: row for row in view.page.evaluate(ROWS)}


def of(said: dict[str, bool]) -> str:
    return f"{sum(said.values())} of {len(said)}"


def test_the_revised_texts_gaps_shrink_and_the_page_says_by_how_many_voices(opened: Opened) -> None:
    view = opened(ROUNDS)
    assert view.sentence.startswith("2 texts were revised.")
    drawn = rows(view)
    for step in REVISED:
        then, now = told(1, step), told(2, step)
        fewer = sum(then.values()) - sum(now.values())
        assert fewer > 0
        assert sum(now.values()) / len(now) < sum(then.values()) / len(then)
        assert f"({step}) from {of(then)} to {of(now)} ({fewer} voices fewer)" in view.sentence
        assert sorted(drawn[step]["counts"]) == sorted([of(then), of(now)])
        assert f"{fewer} voices fewer" in drawn[step]["text"]
        same = then.keys() & now.keys()
        before, after = sum(then[voice] for voice in same), sum(now[voice] for voice in same)
        assert f"same {len(same)} voices: {before} → {after}" in drawn[step]["text"]
        for number, side in ((1, then), (2, now)):
            only = {voice: differs for voice, differs in side.items() if voice not in same}
            assert f"only round {number}: {of(only)}" in drawn[step]["text"]
    assert list(drawn)[:2] == ["C03", "I04"], "the largest change comes first"
    assert "12 voices in both rounds, 4 only in round 1 and 4 only in round 2." in view.words()
    assert view.errors == []


def test_the_ends_stand_where_the_gaps_are(opened: Opened) -> None:
    view = opened(ROUNDS)
    assert view.page.locator(".compare > .bells > .bell").count() == 12
    drawn = rows(view)
    assert f"Show all {len(drawn)} steps" in view.words()
    for row in drawn.values():
        found = re.search(r"round 1 (\d+) of (\d+) differ, round 2 (\d+) of (\d+)", row["label"])
        assert found
        d, n, e, m = map(int, found.groups())
        assert row["ends"] == pytest.approx([d / n, e / m], abs=0.01)


def test_both_ends_are_seen_where_they_fall_on_the_same_place(opened: Opened) -> None:
    view = opened(ROUNDS)
    view.page.locator(".rest > summary").click()
    alike = [row for row in rows(view).values() if row["ends"][0] == pytest.approx(row["ends"][1], abs=1e-6)]
    assert alike
    row = view.page.locator(f'.bell[data-step="{alike[0]["step"]}"]')
    ring, dot = (row.locator(f".track .{name}").bounding_box() for name in ("ring", "filled"))
    assert ring
    assert dot
    assert ring["width"] > dot["width"] + 4
    assert row.locator(".track .n").count() == 2


def test_the_revised_text_is_one_click_away_with_both_wordings(opened: Opened) -> None:
    view = opened(ROUNDS)
    row = view.page.locator('.bell[data-step="C03"]')
    row.locator(".wordings summary").click()
    assert row.locator(".wordings dd").all_inner_texts() == [
        "Reply within the promised two working days",
        "Acknowledge within two working days, and say when the full answer comes",
    ]
    assert view.page.locator(".mark-revised").count() == len(REVISED)
    row.locator(".mark-revised").click()
    view.page.locator(".st-key-step").wait_for()
    assert view.settle().parameter("step") == ["C03"]
    assert view.parameter("study") == ["demo-round-2"]


def test_a_number_leads_to_the_words_of_its_own_round(opened: Opened) -> None:
    view = opened(ROUNDS)
    links = view.page.locator('.bell[data-step="C03"] a.n').evaluate_all("all => all.map(a => a.href)")
    assert sorted(re.findall(r"study=([\w-]+)", " ".join(links))) == ["demo-round-1", "demo-round-2"]
    assert all("words?" in link and "number=n_differ" in link and "step=C03" in link for link in links)


@pytest.mark.parametrize("study", ["demo-round-1", "demo-round-2"])
def test_the_latest_round_is_compared_whichever_is_chosen(opened: Opened, study: str) -> None:
    view = opened(f"/compare?study={study}")
    assert (view.parameter("one"), view.parameter("other")) == (["demo-round-1"], ["demo-round-2"])
    assert view.sentence.startswith("2 texts were revised.")


def test_two_sites_differ_as_the_files_say(opened: Opened) -> None:
    view = opened(SITES)
    sites, drawn = site_of(), rows(view)
    assert len(drawn) > 20
    for step, row in drawn.items():
        said = told(2, step)
        ends = [
            {voice: differs for voice, differs in said.items() if sites[voice] == site} for site in ("North", "South")
        ]
        assert f"North {of(ends[0])} differ, South {of(ends[1])}" in row["label"]
    assert "North: 10 voices · South: 6 voices" in view.all(".facts")[0]
    assert "no single voice could undo" in view.sentence
    assert view.errors == []


def test_the_address_reproduces_the_view(opened: Opened) -> None:
    sender = opened(ROUNDS)
    sender.page.locator(".st-key-by").get_by_text("Experience", exact=True).click()
    sender.settle().pick("other", "under 5 years")
    assert sender.parameter("by") == ["attribute:experience"]
    assert (sender.parameter("one"), sender.parameter("other")) == (["15 years or more"], ["under 5 years"])
    sender.choose("tool", "Video calls", "iCBT programs")
    seen = (sender.sentence, rows(sender), sender.filters())
    reader = opened(sender.page.url, fresh=True)
    assert (reader.sentence, rows(reader), reader.filters()) == seen
    assert reader.page.url == sender.page.url


def test_an_end_that_is_no_choice_is_dropped(opened: Opened) -> None:
    view = opened("/compare?study=demo-round-2&by=rounds&one=demo-round-2&other=demo-round-1")
    assert (view.parameter("one"), view.parameter("other")) == (["demo-round-1"], ["demo-round-2"])
    view.goto("/compare?study=demo-round-2&by=attribute:shoe&one=x&other=x")
    assert view.parameter("by") == ["rounds"]
    view.goto("/compare?study=demo-round-2&by=attribute:site&one=South&other=South")
    assert (view.parameter("one"), view.parameter("other")) == (["South"], ["North"])
    assert view.errors == []


def test_filters_reach_both_sides_and_what_they_hide_is_said(opened: Opened) -> None:
    view = opened(f"{ROUNDS}&tool=secure_messaging&voices=2")
    assert {step[0] for step in rows(view)} == {"C"}
    assert re.search(r"round 1: \d+ practices hidden.* round 2: \d+ practices hidden", view.all(".facts")[0])
    assert view.sentence.startswith("Counting only the practices that at least 2 share: 1 text was revised.")


def test_the_file_names_both_sides_and_holds_the_numbers_on_screen(opened: Opened) -> None:
    view = opened(ROUNDS)
    text = view.downloads()["compare_by_step"]
    stamp = [line for line in text.splitlines() if line.startswith("#")]
    assert any("one = round 1" in line and "demo-round-1" in line and "16 voices" in line for line in stamp)
    assert any("other = round 2" in line and "demo-round-2" in line for line in stamp)
    numbers = {row["step_id"]: row for row in rows_of(text)}
    for step, row in rows(view).items():
        own = numbers[step]
        ends = [f"{own[f'n_differ_{side}']} of {own[f'n_clear_{side}']}" for side in ("one", "other")]
        assert sorted(row["counts"]) == sorted(ends)


@pytest.mark.parametrize("language", ["en", "sv"])
def test_publications_and_voices_each_have_their_noun(opened: Opened, language: str) -> None:
    view = opened(f"/compare?study=evidence&lang={language}")
    voices, publications = {"en": ("16 voices", "28 publications"), "sv": ("16 röster", "28 publikationer")}[language]
    words = view.words()
    assert f"Published studies: {publications}" in words or f"Publicerade studier: {publications}" in words
    assert voices in words
    for word in ("publications voices", "28 voices", "28 röster", "16 publi"):
        assert word not in words
    assert view.page.locator(".chip").count() == 2
    assert view.errors == []


@pytest.mark.parametrize("study", ["one-voice", "no-steps"])
def test_one_voice_and_no_steps_are_sentences(opened: Opened, own_url: str, study: str) -> None:
    view = opened(f"/compare?study={study}", base=own_url)
    assert re.search("nothing to compare|Too few are clear", view.sentence)
    assert view.parameter("by") == ["studies"]
    assert view.page.locator("[data-testid=stException], .bell.holds").count() == 0
    assert view.errors == []


def test_words_of_a_study_are_shown_as_text(opened: Opened, own_url: str) -> None:
    view = opened("/compare?study=markup&by=studies", base=own_url)
    assert "<img src=x" in view.words()
    assert view.page.locator(".drawing img, .drawing script, img[src*='example.com']").count() == 0
    assert view.page.evaluate("window.ran") is None
    assert view.errors == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("path", "width"), [(ROUNDS, 1440), (SITES, 1440), (ROUNDS, 390), (SITES, 390), (ROUNDS, 320)])
def test_it_can_be_read_and_nothing_scrolls_sideways(opened: Opened, path: str, width: int, dark: bool) -> None:
    view = opened(path, width=width, dark=dark)
    view.page.locator(".rest > summary").click()
    assert sideways(view) == []
    if width != 320:
        assert violations(view) == []
