"""A file that takes longer than a moment: it says how far it is, and stops when it is no longer wanted."""

import csv
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from dashboard import intake
from tests.browser.conftest import Opened, serving

pytestmark = pytest.mark.browser
STEPS, VOICES = 400, 8


@pytest.fixture(scope="module")
def large_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server on a study with so many steps that a file of all its gaps takes a while."""
    folder = tmp_path_factory.mktemp("large")
    protocol, practice = folder / "protocol.csv", folder / "practice.csv"
    with protocol.open("w", newline="") as file:
        csv.writer(file).writerows(
            [["step_id", "component", "text"], *([f"S{n:03}", "Tool", f"Do statement {n}"] for n in range(STEPS))]
        )
    with practice.open("w", newline="") as file:
        rows = (
            [f"P{voice:02}", "Tool", "adapted", f"S{n:03}", f"Way {voice % 3} of {n}", "helps", f"So I do {n}."]
            for n in range(STEPS)
            for voice in range(VOICES)
        )
        names = ["participant", "component", "stance", "step_id", "practice", "effect", "quote"]
        csv.writer(file).writerows([names, *rows])
    intake.publish(folder / "store", [intake.prepare(intake.Request("large", [practice], protocol=protocol))])
    with serving(folder / "store", folder / "server.log") as base:
        yield base


def test_a_file_that_takes_a_while_says_how_far_it_is_and_can_be_stopped(opened: Opened, large_url: str) -> None:
    """Two are made at a time, so the last of four that are asked for at once waits for its turn."""
    view = opened("/component?study=large", base=large_url)
    view.page.locator(".st-key-take button").first.click()
    for kind in ("pptx", "xlsx", "docx", "html"):
        view.page.locator(f".st-key-take_{kind} button").click()
    box = view.page.locator("[data-testid=stPopoverBody]")
    view.page.get_by_role("button", name="Cancel HTML").click()
    expect(box).to_contain_text("HTML: Stopped, as you asked.", timeout=20_000)
    expect(view.page.locator("[class*=st-key-making_]")).to_have_count(0, timeout=20_000)
    expect(box).not_to_contain_text("Failed")
    expect(view.page.locator(".st-key-take_html button")).to_be_enabled()
