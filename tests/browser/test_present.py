"""The control room of a talk: a view is kept as it is on screen, a scene is changed and moved, and all of it lasts."""

import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from dashboard import shipped_studies, talks
from tests.browser.conftest import Opened, View, free_port, serving


@pytest.fixture(scope="module")
def edited_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of its own: these tests change the talk."""
    folder = tmp_path_factory.mktemp("edited") / "store"
    shipped_studies.ensure_store(folder)
    return folder


@pytest.fixture(scope="module")
def edited_url(edited_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(edited_store, tmp_path_factory.mktemp("log") / "server.log") as base:
        yield base


def keep(view: View, title: str, kind: str = "") -> None:
    """Keep the page on screen as a scene."""
    view.page.locator(".st-key-keep button").first.click()
    view.settle()
    if kind:
        view.page.locator(".st-key-keep_view").get_by_text(kind, exact=True).click()
        view.settle()
    view.page.get_by_label("Title", exact=True).fill(title)
    view.page.locator(".st-key-keep_do button").click()
    expect(view.page.get_by_text("Kept. It stands at the end of the talk")).to_be_visible()


def test_a_view_is_kept_exactly_as_it_is_on_screen(opened: Opened, edited_url: str, edited_store: Path) -> None:
    keep(opened("/?tool=video_calls&voices=2", base=edited_url), "Shared by others", "The map")
    keep(opened("/step?step=V05", base=edited_url), "The place", "The room guesses")
    keep(opened("/compare?by=rounds&one=demo-round-1&other=demo-round-2", base=edited_url), "Then and now")
    *_shipped, kept, asked, compared = talks.load(edited_store, "demo-round-2").scenes
    assert (kept.view, kept.title, kept.filters.component_ids, kept.filters.at_least) == (
        "map", "Shared by others", ("video_calls",), 2,
    )  # fmt: skip
    assert (asked.view, asked.steps) == ("estimate", ("V05",))
    assert (compared.view, dict(compared.choices)) == (
        "compare", {"by": "rounds", "one": "demo-round-1", "other": "demo-round-2"},
    )  # fmt: skip
    overview = opened("/?tool=video_calls&voices=2", base=edited_url)
    present = opened(f"/present?scene={kept.scene_id}", base=edited_url)
    assert present.all(".preview .scene-sentence") == [overview.sentence]
    assert present.all(".preview .tile") == [n for _step, n, _label in overview.tiles()]


def test_a_scene_is_changed_moved_and_taken_out(opened: Opened, edited_url: str, edited_store: Path) -> None:
    view = opened("/present?scene=why-safety-ii", base=edited_url)
    titles = view.all(".scene-title")
    assert titles[:3] == ["Beyond the Protocol", "Why Safety-II", "Written and done"]
    sentence = view.page.get_by_label("The one sentence", exact=True)
    sentence.fill("{voices} people, **one** <b>question</b>")
    view.page.get_by_role("button", name="Save the scene").click()
    expect(view.page.get_by_text("Saved.", exact=True)).to_be_visible()
    assert view.settle().all(".preview .scene-sentence") == ["16 people, one <b>question</b>"]

    sentence.fill("9 of 10 people")
    view.page.get_by_role("button", name="Save the scene").click()
    expect(view.page.get_by_text("Nothing was saved.")).to_be_visible()
    expect(view.page.get_by_text("'9' is a number of its own; a scene may say only the study's.")).to_be_visible()
    assert view.settle().all(".preview .scene-sentence") == ["16 people, one <b>question</b>"]

    view.page.get_by_role("button", name="Later", exact=True).click()
    expect(view.page.get_by_text("Moved.", exact=True)).to_be_visible()
    assert view.settle().all(".scene-title")[:3] == ["Beyond the Protocol", "Written and done", "Why Safety-II"]
    view.page.get_by_role("button", name="Take out").click()
    view.page.get_by_role("button", name="Yes, take this scene out").click()
    expect(view.page.locator(".scene-title", has_text="Why Safety-II")).to_have_count(0)
    assert talks.load(edited_store, "demo-round-2").at("why-safety-ii") == -1

    view.settle().page.get_by_role("button", name="Back to the talk that came with the study").click()
    view.page.get_by_role("button", name="Yes, put my changes aside").click()
    expect(view.page.locator(".scene-title", has_text="Why Safety-II")).to_have_count(1)
    assert view.settle().all(".scene-title")[:2] == titles[:2]
    assert view.errors == []


def test_the_room_is_opened_followed_and_closed_and_a_talk_tried_before_makes_nobody_late(
    opened: Opened, edited_url: str, browser: Browser
) -> None:
    alone = browser.new_context(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
    stage = alone.new_page()
    stage.goto(f"{edited_url}/stage?study=demo-round-2&lang=en#guess-the-place")
    stage.keyboard.press("ArrowRight")  # the answer is shown, and no room is open yet
    stage.keyboard.press("ArrowLeft")
    stage.wait_for_timeout(1000)

    view = opened("/present", base=edited_url)
    view.page.locator(".st-key-room summary").click()
    view.settle()
    view.pick("room_address", "127.0.0.1")
    port = free_port()
    field = view.page.locator(".st-key-room_port input")
    field.fill(str(port))
    field.press("Tab")
    view.settle()
    view.page.locator(".st-key-room_open button").click()
    expect(view.page.get_by_text(f"http://127.0.0.1:{port}/")).to_be_visible()

    phone = alone.new_page()
    phone.goto(f"http://127.0.0.1:{port}/?lang=en")
    phone.locator(".slider").focus()
    phone.keyboard.press("ArrowRight")
    phone.locator(".send").click()
    expect(phone.locator(".said")).to_contain_text("Sent: ")
    expect(view.page.get_by_text("1 phone follows")).to_be_visible(timeout=10_000)
    stage.bring_to_front()
    stage.keyboard.press("h")
    stage.locator(".fields input").nth(2).fill("3")
    stage.keyboard.press("Escape")
    expect(stage.locator(".answered")).to_have_text("4 answers from the room")  # hands and phones together

    view.page.bring_to_front()
    view.page.locator(".st-key-room_close button").click()
    expect(view.page.locator(".st-key-room_open button")).to_be_visible()
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5)
    alone.close()
