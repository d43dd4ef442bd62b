"""The stage: the whole talk by keyboard, in step with the notes, without a network and without its server."""

import shutil
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.error import HTTPError

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from dashboard import shipped_studies, talks
from tests.browser.conftest import free_port, serving

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
    shipped_studies.ensure_store(folder)
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
    page.keyboard.press("Home")  # the server remembers where the talk stood
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


def test_half_a_number_goes_nowhere_and_a_key_that_is_held_goes_once(stage: Page) -> None:
    stage.keyboard.press("1")
    stage.keyboard.press("ArrowRight")
    stage.wait_for_timeout(1200)  # longer than a second digit is waited for
    assert number(stage) == "2 / 14"
    for _repeat in range(3):
        stage.keyboard.down("ArrowRight")
    stage.keyboard.up("ArrowRight")
    assert stage.url.endswith("#why-safety-ii/1"), "one line of the scene was revealed, not three"
    stage.keyboard.press("1")
    stage.keyboard.press("Enter")
    assert number(stage) == "1 / 14"


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


def test_the_talk_outlives_its_server_and_the_room_comes_back_with_it(
    browser: Browser, store: Path, tmp_path: Path
) -> None:
    outside: list[str] = []

    def opened(width: int, height: int, address: str) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
        context.route(lambda url: "//127.0.0.1:" not in url and not url.startswith("data:"), _refused)
        page = context.new_page()
        page.on("console", lambda told: outside.append(told.text) if "Content Security" in told.text else None)
        page.goto(address)
        return page

    def _refused(route: Route) -> None:
        outside.append(route.request.url)
        route.abort()

    def guess(phone: Page, presses: int) -> None:
        phone.locator(".slider").focus()
        for _press in range(presses):
            phone.keyboard.press("ArrowRight")
        phone.locator(".send").click()
        expect(phone.locator(".said")).to_contain_text("Sent: ")

    port, room_port = free_port(), free_port()
    room = ("--room-port", str(room_port))
    with serving(store, tmp_path / "one.log", *room, port=port) as base:
        page = opened(1280, 720, base + STAGE)
        phones = [opened(390, 844, f"http://127.0.0.1:{room_port}/?lang={language}") for language in ("en", "sv")]
        page.keyboard.press("4")
        for phone in phones:
            expect(phone.locator(".scene-number")).to_have_text("4 / 14", timeout=45_000)  # drawn for the first time
        page.keyboard.press("ArrowRight")
        page.reload()
        assert number(page) == "5 / 14"
        expect(page.locator(".invitation .code-address")).to_have_text(f"127.0.0.1:{room_port}")
        guess(phones[0], 1)
        expect(page.locator(".answered")).to_have_text("1 answer from the room")
        guess(phones[0], 2)
        phones[0].wait_for_timeout(600)
        assert page.locator(".one-answer").count() == 1
        assert Axe().run(phones[0]).violations_count == 0
    expect(page.locator(".mark-gone")).to_contain_text("goes on without it", timeout=15_000)
    page.keyboard.press("ArrowRight")
    expect(page.locator(".flag.answer")).to_have_css("opacity", "1")
    with serving(store, tmp_path / "two.log", *room, port=port) as base:
        expect(page.locator(".mark-gone")).to_have_text("", timeout=45_000)
        for phone in phones:
            expect(phone.locator(".scene.is-revealed")).to_have_count(1, timeout=45_000)
        expect(phones[0].locator(".mine")).to_contain_text("You guessed")
        guess_late = phones[1].locator(".asking")
        expect(guess_late).to_contain_text("Du hann inte gissa")
        phones[1].get_by_role("button", name="Tidigare scen").click()
        expect(phones[1].locator(".scene-number")).to_have_text("4 / 14")
        other = opened(1280, 720, base + "/stage?lang=en")  # another browser: it knows nothing but what the server kept
        assert (number(other), other.locator(".frame .scene.is-revealed").count()) == ("5 / 14", 1)
        page.keyboard.press("End")
        expect(other.locator(".frame .scene-number")).to_have_text("14 / 14")
        expect(phones[0].locator(".scene-number")).to_have_text("14 / 14")
        expect(phones[1].locator(".scene-number")).to_have_text("4 / 14")
    assert outside == []
    for one in (page, other, *phones):
        one.context.close()


def test_a_changed_talk_is_taken_in_by_what_is_open_of_it(browser: Browser, store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    shutil.copytree(store, folder)
    with serving(folder, tmp_path / "server.log") as base:
        context = browser.new_context(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
        stage, notes = context.new_page(), context.new_page()
        stage.goto(base + STAGE)
        stage.keyboard.press("3")
        notes.goto(f"{base}{STAGE}&notes=1")
        expect(notes.locator(".now")).to_contain_text("3 / 14 · Written and done")
        talk = talks.load(folder, "demo-round-2")
        later = talk.moved("written-and-done", 1).with_scene(
            replace(talk.scenes[2], sentence="Text and work **part company**.")
        )
        talks.save(folder, later)
        expect(stage.locator(".frame .scene-number")).to_have_text("4 / 14", timeout=30_000)
        expect(stage.locator(".frame .scene-sentence")).to_have_text("Text and work part company.")
        expect(notes.locator(".now")).to_contain_text("4 / 14 · Written and done", timeout=30_000)
        stage.keyboard.press("ArrowLeft")
        expect(stage.locator(".frame .scene-number")).to_have_text("3 / 14")
        expect(notes.locator(".now")).to_contain_text("3 / 14 · What we asked about")
        stage.reload()
        assert number(stage) == "3 / 14"
        context.close()


def test_notes_are_read_in_a_small_window(browser: Browser, served: str) -> None:
    page = browser.new_page(viewport={"width": 800, "height": 565})
    page.goto(f"{served}{STAGE}&notes=1#guess-the-forms/1")
    page.keyboard.press("5")
    expect(page.locator(".now")).to_contain_text("5 / 14")
    head, controls = (page.locator(name).bounding_box() for name in (".is-notes > header", ".controls"))
    assert head
    assert head["height"] < 120
    first = page.locator(".say p").first.bounding_box()
    assert controls
    assert first
    assert first["y"] + first["height"] < controls["y"], "the first lines stand clear of the buttons"
    page.close()


def test_a_phone_that_cannot_listen_asks_and_follows_all_the_same(
    browser: Browser, store: Path, tmp_path: Path
) -> None:
    room_port = free_port()
    with serving(store, tmp_path / "server.log", "--room-port", str(room_port)) as base:
        stage = browser.new_page()
        stage.goto(base + STAGE)
        stage.keyboard.press("1")
        phone = browser.new_page(viewport={"width": 390, "height": 844})
        refused: list[str] = []
        phone.route("**/events*", lambda route: (refused.append(route.request.url), route.fulfill(status=503)))
        phone.goto(f"http://127.0.0.1:{room_port}/?lang=en")
        expect(phone.locator(".scene-number")).to_have_text("1 / 14", timeout=45_000)
        for scene in (2, 3):
            stage.keyboard.press(str(scene))
            expect(phone.locator(".scene-number")).to_have_text(f"{scene} / 14", timeout=20_000)
        assert refused
        stage.close()
        phone.close()


@pytest.mark.parametrize(
    ("origin", "kind"),
    [("http://evil.example", "application/json"), ("", "application/json"), (None, "text/plain")],
)
def test_no_other_site_moves_the_talk(served: str, origin: str | None, kind: str) -> None:
    body = b'{"study": "demo-round-2", "scene": "welcome", "reveal": 0}'
    headers = {"Origin": served if origin is None else origin, "Content-Type": kind}
    with pytest.raises(HTTPError, match="404"):
        urllib.request.urlopen(urllib.request.Request(served + "/stage/at", body, headers), timeout=20)


@pytest.mark.parametrize("path", ["/stage?study=demo-round-2", "/stage/stage.js", "/stage/now"])
def test_another_name_of_this_machine_gets_no_stage(served: str, path: str) -> None:
    assert urllib.request.urlopen(served + path, timeout=20).status == 200
    with pytest.raises(HTTPError, match="404"):
        urllib.request.urlopen(urllib.request.Request(served + path, headers={"Host": "evil.example"}), timeout=20)
