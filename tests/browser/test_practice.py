"""The library of practice: found by a word, narrowed by choices, honest about what is fragile, near its words."""

import csv
import re
import unicodedata
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opened, View
from tests.browser.test_accessible import sideways, violations
from tests.browser.test_own_study import ALL, IMG, PICTURE
from tests.browser.test_words_on_screen import PSEUDONYM, VOICES

DATA = Path(__file__).parents[2] / "data" / "demo" / "round-2" / "practice.csv"
PAGE = "/practice?study=demo-round-2"
TOLD = ("adapted", "worked_around", "left_out", "added")
FOCUSED = """() => {
  let at = document.activeElement;
  while (at && at.shadowRoot && at.shadowRoot.activeElement) at = at.shadowRoot.activeElement;
  return at.tagName;
}"""


@pytest.fixture(scope="module")
def told() -> list[dict[str, str]]:
    """The rows of the shipped file that tell of more than the text, read without the program."""
    with DATA.open(encoding="utf-8-sig", newline="") as file:
        return [row for row in csv.DictReader(file) if row["stance"] in TOLD]


def practices(rows: list[dict[str, str]]) -> set[tuple[str, ...]]:
    keys = ("component", "step_id", "phase", "stance")
    return {(*(row[key] for key in keys), row["practice"].casefold()) for row in rows}


def plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)).lower()


@pytest.fixture(scope="module")
def word(told: list[dict[str, str]]) -> tuple[str, dict[str, str]]:
    """A long word with an accent that stands in one quote alone, in no practice's name, and the row that holds it."""
    names = plain(" ".join(row["practice"] + row["practice_sv"] for row in told))
    for row in told:
        for found in re.findall(r"[^\W\d_]{9,}", row["quote"]):
            holds = [other for other in told if plain(found) in plain(other["quote"] + other["quote_en"])]
            if found != plain(found) and plain(found) not in names and len(practices(holds)) == 1:
                return found, row
    raise AssertionError("no quote holds a word of its own")


def search(view: View, text: str) -> View:
    """Type into the search as a reader does, and wait until it is noted in the address."""
    view.page.locator(".search input").fill(text)
    if text:
        expect(view.page).to_have_url(re.compile("[?&]find="))
    else:
        expect(view.page).not_to_have_url(re.compile("[?&]find="))
    return view.settle()


def names(view: View) -> list[str]:
    return view.all(".cards h3 .name")


def found(view: View) -> str:
    return view.all(".found")[0]


def narrow(view: View, key: str, *values: str) -> View:
    """Choose in a facet's popover as a reader does."""
    view.page.locator(f".st-key-pop_{key} button").first.click()
    for value in values:
        view.page.locator(f".st-key-{key}").get_by_text(value, exact=True).click()
        view.settle()
    view.page.keyboard.press("Escape")
    expect(view.page.locator("[data-testid=stPopoverBody]")).to_have_count(0)
    return view.settle()


def test_the_library_says_how_much_it_holds(opened: Opened, told: list[dict[str, str]]) -> None:
    view = opened(PAGE)
    n = len(practices(told))
    assert view.sentence.startswith(f"Clinicians tell of {n} practices that bend the text or go beyond it.")
    assert found(view) == f"{n} practices"
    assert len(names(view)) == 12
    view.page.get_by_role("button", name=f"Show all {n}").click()
    assert len(names(view)) == n
    assert view.errors == []
    assert view.outside == []


def test_a_word_that_only_a_quote_holds_finds_its_practice(
    opened: Opened, told: list[dict[str, str]], word: tuple[str, dict[str, str]]
) -> None:
    view = opened(PAGE)
    text, row = word
    for typed in (text, plain(text).upper(), f"  {plain(text)[1:-1]} "):
        view.page.locator(".search input").fill(typed)
        expect(view.page.locator(".found")).to_have_text(f"1 of {len(practices(told))} practices")
        assert names(view) == [row["practice"]]
        assert view.page.locator(".found").get_attribute("aria-live") == "polite"
    assert view.all(".cards .quote")[0] == " ".join(row["quote"].split())
    assert [plain(mark) for mark in view.all(".cards .quote mark")] == [plain(text)[1:-1]]
    assert view.errors == []


def test_words_in_any_order_must_all_be_there(opened: Opened, word: tuple[str, dict[str, str]]) -> None:
    view = opened(PAGE)
    text, row = word
    of_name = max(row["practice"].split(), key=len)
    view.page.locator(".search input").fill(f"{text} {of_name[:4]}")
    assert names(view) == [row["practice"]]
    assert of_name[:4].lower() in [mark.lower() for mark in view.all(".cards h3 mark")]
    view.page.locator(".search input").fill(f"{text} qqq")
    assert names(view) == []
    assert view.all(".cards .nothing") == [f"No name and no quote here holds “{text} qqq”."]
    assert found(view).startswith("0 of ")


def test_a_search_survives_a_reload_and_goes_with_the_address(opened: Opened, word: tuple[str, dict[str, str]]) -> None:
    view = search(opened(PAGE), word[0])
    assert view.parameter("find") == [word[0]]
    assert view.page.evaluate(FOCUSED) == "INPUT", "the field keeps its focus while the address changes"
    view.page.reload()
    view.settle()
    assert view.page.locator(".search input").input_value() == word[0]
    assert names(view) == [word[1]["practice"]]
    reader = opened(view.page.url, fresh=True)
    assert names(reader) == [word[1]["practice"]]


def test_back_undoes_a_search_and_escape_clears_it(opened: Opened, told: list[dict[str, str]]) -> None:
    every = f"{len(practices(told))} practices"
    view = search(opened(PAGE), "telefon")
    assert found(view) != every
    view.page.go_back()
    expect(view.page.locator(".found")).to_have_text(every)
    view.settle()
    assert view.page.locator(".search input").input_value() == ""
    assert view.parameter("find") == []
    search(view, "phone")
    view.page.locator(".search input").press("Escape")
    assert (view.page.locator(".search input").input_value(), found(view)) == ("", every)
    expect(view.page).not_to_have_url(re.compile("find="))


def test_the_search_works_with_the_keyboard_alone(opened: Opened) -> None:
    view = opened(PAGE)
    view.page.get_by_label("Find a practice, or words in a quote").focus()
    view.page.keyboard.type("phone")
    expect(view.page).to_have_url(re.compile("find=phone"))
    view.settle()
    n = len(names(view))
    assert n > 0
    view.page.keyboard.press("Tab")
    view.page.keyboard.press("Enter")
    expect(view.page.locator(".alone")).to_be_visible()


def test_choices_narrow_the_library_and_are_in_the_address(opened: Opened, told: list[dict[str, str]]) -> None:
    view = narrow(opened(PAGE), "stance", "worked around", "left out")
    some = [row for row in told if row["stance"] in ("worked_around", "left_out")]
    assert found(view) == f"{len(practices(some))} of {len(practices(told))} practices"
    assert sorted(view.parameter("stance")) == ["left_out", "worked_around"]
    assert view.page.locator(".card.adapted, .card.added").count() == 0
    narrow(view, "aspect", "Goal")
    n = int(found(view).split()[0])
    assert 0 < n < len(practices(some))
    narrow(view, "effect", "harms")
    assert view.parameter("effect") == ["harms"]
    assert all("▼" in effects for effects in view.all(".cards .effects"))
    reader = opened(view.page.url, locale="sv-SE", fresh=True)
    assert names(reader) == names(view)
    reader.page.locator(".st-key-clear_facets button").click()
    expect(reader.page.locator(".found")).to_have_text(f"{len(practices(told))} practices")
    reader.settle()
    assert [reader.parameter(key) for key in ("stance", "aspect", "effect")] == [[], [], []]


def test_the_choices_of_researchers_stand_behind_more(opened: Opened) -> None:
    view = opened(PAGE)
    view.page.locator(".st-key-pop_more button").first.click()
    for key, value in (("fidelity", "the text says otherwise"), ("reason", "organisation"), ("potential", "Learn")):
        view.page.locator(f".st-key-{key}").get_by_text(value, exact=True).click()
        view.settle()
        assert len(view.parameter(key)) == 1
    view.page.keyboard.press("Escape")
    expect(view.page.locator(".st-key-pop_more button p")).to_have_text("More: 3 chosen")
    assert re.match(r"\d+ of \d+ practices$", found(view))


def test_what_leaves_nothing_is_a_sentence_and_can_be_cleared(opened: Opened) -> None:
    view = opened(f"{PAGE}&stance=added&fidelity=inconsistent&aspect=goal&nature=drift")
    assert view.all(".nothing")[0].startswith("No practice here is all of what you chose.")
    view.page.locator(".st-key-clear_facets button").click()
    expect(view.page.locator(".cards article").first).to_be_visible()
    assert view.errors == []


def test_what_is_fragile_says_why(opened: Opened, told: list[dict[str, str]]) -> None:
    view = opened(PAGE)
    n = int(re.search(r"(\d+) of those are fragile", view.sentence)[1])
    view.page.locator(".st-key-fragile button").click()
    expect(view.page.locator(".found")).to_have_text(f"{n} of {len(practices(told))} practices")
    view.settle()
    assert view.parameter("fragile") == ["1"]
    reasons = ("one voice only", "against the text", "rests on private tools")
    for card in view.page.locator(".cards article").all():
        why = " ".join(card.locator(".fragile").inner_text().split())
        assert why.startswith("! Fragile: ")
        assert set(why.removeprefix("! Fragile: ").split(" · ")) <= set(reasons)
        assert ("one voice only" in why) == (card.locator(".count strong").inner_text() == "1 of 16")
    seen = " ".join(view.all(".fragile"))
    assert "against the text" in seen
    search(view, "own phone")
    assert view.errors == []


def test_a_step_is_one_click_from_what_bends_it(opened: Opened) -> None:
    view = opened(f"{PAGE}&stance=adapted")
    link = view.page.locator(".cards .at-step").first
    step = link.inner_text().split(" · ")[0]
    link.click()
    expect(view.page).to_have_url(re.compile(rf"/step\?.*step={step}(&|$)"))
    expect(view.page.locator(".st-key-step")).to_be_visible()
    view.settle()
    assert view.parameter("stance") == []


def test_a_count_and_an_effect_open_the_words_behind_them(opened: Opened) -> None:
    view = opened(PAGE)
    card = view.page.locator(".cards article").first
    helps = card.locator("a.effect").first.inner_text().split()[-1]
    card.locator("a.number").click()
    expect(view.page).to_have_url(re.compile(r"/words\?.*practice=p\d+"))
    view.settle().page.go_back()
    expect(view.page.locator(".cards")).to_be_visible()
    view.settle()
    view.page.locator(".cards article").first.locator("a.effect").first.click()
    expect(view.page).to_have_url(re.compile(r"number=n_helps"))
    expect(view.page.locator(".quote").first).to_be_visible()
    view.settle()
    assert helps in view.sentence


def test_a_tile_of_the_map_opens_one_practice_and_leads_back(opened: Opened, told: list[dict[str, str]]) -> None:
    view = opened(PAGE)
    assert view.page.locator(".map .tile").count() == len(practices([r for r in told if r["stance"] == "added"]))
    tile = view.page.locator(".map .tile").first
    name, n = re.match(r"(.*): told by (\d+) of 16$", str(tile.get_attribute("title"))).groups()
    assert tile.locator(".n").inner_text() == n
    tile.click()
    expect(view.page.locator(".alone")).to_be_visible()
    view.settle()
    assert view.sentence.startswith(f"“{name}” is told by {n} of 16.")
    quotes = {" ".join(row["quote"].split()) for row in told if row["practice"] == name}
    assert set(view.all(".alone .quote")) == quotes
    assert view.page.locator(".alone .quote:visible").count() == len(quotes)
    view.page.get_by_role("link", name="The whole library").click()
    expect(view.page.locator(".cards article").first).to_be_visible()
    assert view.settle().parameter("practice") == []


def test_unknown_choices_and_practices_are_dropped(opened: Opened, told: list[dict[str, str]]) -> None:
    view = opened(f"{PAGE}&practice=p9999&stance=nope&fragile=yes&aspect=goal")
    assert view.parameter("practice") == view.parameter("stance") == view.parameter("fragile") == []
    assert view.parameter("aspect") == ["goal"]
    assert found(view).endswith(f"of {len(practices(told))} practices")
    assert view.errors == []


def test_one_voice_is_one_practice_in_a_sentence(opened: Opened, own_url: str) -> None:
    view = opened("/practice?study=one-voice", base=own_url)
    assert view.sentence == (
        "Clinicians tell of one practice that bends the text or goes beyond it. "
        "It is mostly said to help, and it is fragile."
    )
    assert names(view) == ["Tests only with new patients"]
    assert view.all(".fragile") == ["!Fragile: one voice only"]
    assert view.all(".nothing") == ["Nobody tells of a practice that no text asks for."]
    assert view.page.locator("[class*=st-key-pop_stance], .map").count() == 0, "a choice of one is no choice"
    view.goto("/practice?study=one-voice&voices=2")
    assert view.sentence.endswith("is shared by at least 2.")
    assert "1 practice hidden" in view.all(".facts")[0]
    assert view.page.locator(".library, .map, .card").count() == 0
    assert view.errors == []


def test_nothing_in_view_is_a_sentence(opened: Opened, own_url: str) -> None:
    view = opened("/practice?study=one-voice&phase=during", base=own_url)
    assert view.sentence == "Nobody in this view tells of a practice that bends the text or goes beyond it."
    assert view.page.locator(".library, .map").count() == 0
    view.goto("/practice?study=no-steps")
    assert names(view) == ["Sends a picture of the room"]
    assert view.all(".gap-of") == ["Nobody wrote this"]
    assert [
        tile[1] for tile in view.page.locator(".map .tile").evaluate_all("t => t.map(e => ['', e.textContent[0]])")
    ] == ["2"]
    assert view.errors == []


@pytest.mark.parametrize("language", ["en", "sv"])
def test_publications_are_cited_and_never_called_voices(opened: Opened, language: str) -> None:
    view = opened(f"/practice?study=evidence&lang={language}")
    view.page.locator(".show-all").click()
    for text in (view.words(quotes=False), *view.downloads().values()):
        assert [match[0] for match in VOICES.finditer(text)] == []
        assert PSEUDONYM.findall(text) == []
    assert view.page.locator(".quote").count() == 0, "what a reader wrote down of a publication is no quote"
    cited = view.page.locator("blockquote footer a")
    assert cited.count() >= 10
    assert all(re.match(r"https?://", link.get_attribute("href") or "") for link in cited.all())
    view.page.locator(".cards .name").first.click()
    expect(view.page.locator(".alone")).to_be_visible()
    assert [match[0] for match in VOICES.finditer(view.settle().words(quotes=False))] == []


def test_words_of_a_study_are_shown_as_text(opened: Opened, own_url: str) -> None:
    view = opened("/practice?study=markup", base=own_url)
    for text in (f"Practice worked_around {ALL}", f"Unwritten {ALL}", f"Text {ALL}", f"Quote of V2 {ALL}"):
        assert text in view.words()
    view.page.locator(".search input").fill("onerror")
    assert "onerror" in view.all(".cards mark")
    assert f"Quote of V2 {ALL}" in view.words()
    view.page.locator(".search input").fill(f"{IMG} {PICTURE} nothing")
    assert f"{IMG} {PICTURE} nothing" in view.all(".nothing")[0]
    for key in ("stance", "nature", "aspect"):
        if view.page.locator(f".st-key-pop_{key}").count():
            view.page.locator(f".st-key-pop_{key} button").first.click()
            view.page.keyboard.press("Escape")
    assert view.page.locator(".drawing img, .drawing script, img[src*='example.com']").count() == 0
    assert view.page.evaluate("window.ran") is None
    assert view.errors == []
    assert view.outside == []


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_page_can_be_read_and_used(opened: Opened, dark: bool, width: int) -> None:
    view = opened(f"{PAGE}&find=phone", width=width, dark=dark)
    assert violations(view) == []
    assert sideways(view) == []
    view.goto("/practice?study=demo-round-2&practice=p20")
    assert violations(view) == []
    assert sideways(view) == []


def test_nothing_scrolls_sideways_on_the_narrowest_phone(opened: Opened) -> None:
    assert sideways(opened(PAGE, width=320)) == []
