"""From the map to the words behind it: by mouse, by keyboard, by the list, and from the top gap."""

import csv
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opened, View

DATA = Path(__file__).parents[2] / "data" / "demo" / "round-2"
STEP = "V05"
FOCUSED_STEP = """() => {
  let at = document.activeElement;
  while (at && at.shadowRoot && at.shadowRoot.activeElement) at = at.shadowRoot.activeElement;
  return at && at.dataset ? at.dataset.step || '' : '';
}"""


@pytest.fixture(scope="module")
def quotes() -> dict[str, set[str]]:
    """The quotes of the shipped file, read without the program, by step."""
    found: dict[str, set[str]] = {}
    with (DATA / "practice.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["stance"] != "added":  # what nobody wrote stands beside a step, not behind it
                found.setdefault(row["step_id"], set()).add(" ".join(row["quote"].split()))
    return found


def shows_words_of(view: View, step: str, quotes: dict[str, set[str]]) -> None:
    expect(view.page).to_have_url(re.compile(rf"/step\?.*step={step}(&|$)"))
    expect(view.page.locator(".practice .quote").first).to_be_visible()
    view.settle()
    assert view.page.locator(".st-key-step input").input_value().startswith(f"{step} ·")
    shown = set(view.all(".quote"))
    assert shown
    assert shown <= quotes[step]


def test_a_click_on_a_tile_opens_its_words(opened: Opened, quotes: dict[str, set[str]]) -> None:
    view = opened()
    view.page.locator(f'.tile[data-step="{STEP}"]').click()
    shows_words_of(view, STEP, quotes)
    assert len(set(view.all(".quote"))) == len(quotes[STEP])
    assert not view.errors


def test_the_keyboard_alone_leads_to_the_words(opened: Opened, quotes: dict[str, set[str]]) -> None:
    view = opened()
    step = ""
    for _ in range(40):
        view.page.keyboard.press("Tab")
        if step := view.page.evaluate(FOCUSED_STEP):
            break
    assert step, "no tile is reached by Tab"
    view.page.keyboard.press("Tab")
    following = view.page.evaluate(FOCUSED_STEP)
    assert following not in ("", step)
    view.page.keyboard.press("Enter")
    shows_words_of(view, following, quotes)


def test_the_list_beside_the_map_opens_the_same(opened: Opened, quotes: dict[str, set[str]]) -> None:
    view = opened()
    view.page.locator(".st-key-pick_step input").click()
    view.page.get_by_role("option", name=re.compile(rf"^{STEP} ·")).click()
    shows_words_of(view, STEP, quotes)


def test_the_top_gap_is_one_click_from_its_words(opened: Opened, quotes: dict[str, set[str]]) -> None:
    view = opened()
    top = view.page.locator(".gaps .gap .name").first
    step = json.loads(str(top.get_attribute("data-values")))["step"]
    name = view.all(".gaps .gap .name")[0]
    top.click()
    shows_words_of(view, step, quotes)
    assert name in view.all(".question")[0]


def test_back_returns_to_the_overview(opened: Opened) -> None:
    view = opened("/?tool=video_calls")
    before = (view.page.url, view.sentence, view.tiles())
    view.page.locator(f'.tile[data-step="{STEP}"]').click()
    expect(view.page.locator(".practice").first).to_be_visible()
    view.settle()
    view.page.go_back()
    expect(view.page.locator(".tile").first).to_be_visible()
    view.settle()
    assert (view.page.url, view.sentence, view.tiles()) == before
    view.page.go_forward()
    expect(view.page.locator(".practice").first).to_be_visible()
    assert view.settle().parameter("step") == [STEP]


def test_the_next_step_and_back(opened: Opened) -> None:
    view = opened(f"/step?step={STEP}")
    first = view.all(".question")[0]
    view.page.locator(".st-key-step_next button").first.click()
    expect(view.page.locator(".question")).not_to_have_text(first)
    assert view.settle().parameter("step") == ["V06"]


@pytest.mark.parametrize("way", ["list", "chart"])
def test_back_stays_on_the_overview_however_the_step_was_opened(opened: Opened, way: str) -> None:
    view = opened()
    if way == "list":
        view.page.locator(".st-key-pick_step input").click()
        view.page.get_by_role("option", name=re.compile(rf"^{STEP} ·")).click()
    else:
        point = view.page.locator("[data-testid=stPlotlyChart] .point").last
        point.scroll_into_view_if_needed()
        box = point.bounding_box()
        assert box
        view.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        view.page.wait_for_timeout(200)
        view.page.mouse.down()
        view.page.mouse.up()
    expect(view.page.locator(".practice .quote").first).to_be_visible()
    view.settle()
    view.page.go_back()
    expect(view.page.locator(".tile").first).to_be_visible()
    view.settle()
    assert view.page.locator(".tile").count() == 48
    assert "/step" not in view.page.url
