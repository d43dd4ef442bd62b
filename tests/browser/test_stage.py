"""The stage: the whole talk by keyboard, in step with the notes, without a network and without its server."""

import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard import intake
from tests.browser.conftest import serving

STAGE = "/stage?study=demo-round-2&lang=en"
OVERFLOW = """() => {
  const inside = (node, box) => node.right <= box.right + 1 && node.bottom <= box.bottom + 1 && node.left >= -1;
  const screen = { right: innerWidth, bottom: innerHeight };
  const box = (part) => document.querySelector(`.scene-${part}`).getBoundingClientRect();
  const [head, body, foot] = ['head', 'body', 'foot'].map(box);
  const texts = [...document.querySelectorAll('.scene *')].filter((node) => !node.closest('.unseen')
    && node.getBoundingClientRect().width
    && [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim()));
  const size = (node) => parseFloat(getComputedStyle(node).fontSize) * 1920 / innerWidth;
  return {
    outside: texts.filter((node) => !inside(node.getBoundingClientRect(), screen)).map((node) => node.textContent),
    small: texts.filter((node) => size(node) < 23.9).map((node) => node.textContent),
    overlap: body.top < head.bottom - 1 || body.bottom > foot.top + 1,
  };
}"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stage") / "store"
    intake.ensure_store(folder)
    return folder


@pytest.fixture(scope="module")
def served(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(store, tmp_path_factory.mktemp("log") / "server.log") as base:
        yield base


@pytest.fixture
def stage(browser: Browser, served: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1920, "height": 1080}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(served + STAGE)
    yield page
    context.close()


def number(page: Page) -> str:
    return page.locator(".frame .scene-number").inner_text()


def test_every_scene_is_shown_by_keyboard_whole_and_large(stage: Page, served: str) -> None:
    asked: list[str] = []
    stage.on("request", lambda request: asked.append(request.url))
    stage.reload()
    seen, problems = [], {}
    for _press in range(60):
        if not seen or seen[-1] != number(stage):
            seen.append(number(stage))
        found = stage.evaluate(OVERFLOW)
        if found["outside"] or found["small"] or found["overlap"]:
            problems[seen[-1]] = found
        stage.keyboard.press("ArrowRight")
    assert seen == [f"{n} / 14" for n in range(1, 15)]
    assert problems == {}
    assert [address for address in asked if not address.startswith((served, "data:"))] == []
    stage.keyboard.press("Home")
    assert number(stage) == "1 / 14"
    stage.keyboard.press("1")
    stage.keyboard.press("2")
    assert number(stage) == "12 / 14"


def test_a_guess_by_hands_then_what_was_told_and_the_distance(stage: Page) -> None:
    stage.keyboard.press("5")
    assert stage.locator(".one-answer").count() == 0
    expect(stage.locator(".flag.answer")).to_have_css("opacity", "0")
    stage.keyboard.press("h")
    for n, hands in ((3, 2), (8, 5)):
        stage.locator(".fields input").nth(n).fill(str(hands))
    stage.keyboard.press("Escape")
    assert stage.locator(".stack").nth(8).locator(".one-answer").count() == 5
    expect(stage.locator(".answered")).to_have_text("7 answers from the room")
    stage.keyboard.press("ArrowRight")
    expect(stage.locator(".flag.answer")).to_have_css("opacity", "1")
    assert stage.locator(".flag-said").all_inner_texts() == ["the room’s guess: 8", "4 of 11 said so"]
    expect(stage.locator(".distance")).to_have_text("the distance: 4")
    stage.keyboard.press("ArrowLeft")
    expect(stage.locator(".flag.answer")).to_have_css("opacity", "0")


def test_the_notes_stay_in_step_and_the_stage_comes_back_where_it_was(stage: Page) -> None:
    with stage.context.expect_page() as opening:
        stage.keyboard.press("n")
    notes = opening.value
    expect(notes.locator(".now")).to_contain_text("1 / 14")
    stage.keyboard.press("1")
    stage.keyboard.press("0")
    expect(notes.locator(".now")).to_contain_text("10 / 14 · Guess: where the patient is")
    expect(notes.locator(".say")).to_contain_text("3 of 7 ask every time")
    notes.keyboard.press("ArrowRight")
    expect(stage.locator(".frame .scene.is-revealed")).to_have_count(1)
    stage.keyboard.press("b")
    expect(stage.locator(".is-black")).to_have_count(1)
    notes.keyboard.press("b")
    expect(stage.locator(".is-black")).to_have_count(0)
    stage.reload()
    assert number(stage) == "10 / 14"
    expect(stage.locator(".frame .scene.is-revealed")).to_have_count(1)


def test_the_talk_outlives_its_server(browser: Browser, store: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
    page = context.new_page()
    with serving(store, tmp_path_factory.mktemp("log") / "server.log") as base:
        page.goto(base + STAGE)
        page.keyboard.press("6")
    page.keyboard.press("ArrowRight")
    assert number(page) == "7 / 14"
    expect(page.locator(".frame .big-practices li:not(.is-waiting)")).to_have_count(1)
    context.close()


@pytest.mark.parametrize("path", ["/stage?study=demo-round-2", "/stage/stage.js", "/stage/stage.css"])
def test_another_name_of_this_machine_gets_no_stage(served: str, path: str) -> None:
    assert urllib.request.urlopen(served + path, timeout=20).status == 200
    with pytest.raises(HTTPError, match="404"):
        urllib.request.urlopen(urllib.request.Request(served + path, headers={"Host": "evil.example"}), timeout=20)
