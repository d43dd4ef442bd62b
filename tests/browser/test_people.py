"""The people in a study, on its page: a quote that may name somebody is released, and a voice withdraws."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from dashboard import intake
from tests.browser.conftest import Opened, serving

pytestmark = pytest.mark.browser
GONE = "I ring the phone when the picture freezes, every time."
TOLD = (
    ("participant", "component", "stance", "step_id", "practice", "quote"),
    ("P1", "Video calls", "adapted", "V1", "Asks by text", "I write to anna.berg@example.org and then we talk."),
    ("P1", "Video calls", "as_written", "V2", "", "I always close the door before we begin."),
    ("P2", "Video calls", "worked_around", "V1", "Rings the phone", GONE),
)
STEPS = (("step_id", "component", "text"), ("V1", "Video calls", "Ask"), ("V2", "Video calls", "Close the door"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store with one small study, two voices in it, and an e-mail address in one quote."""
    for name, rows in (("practice", TOLD), ("protocol", STEPS)):
        with (tmp_path / f"{name}.csv").open("w", newline="") as file:
            csv.writer(file).writerows(rows)
    request = intake.Request("mine", [tmp_path / "practice.csv"], protocol=tmp_path / "protocol.csv")
    intake.publish(tmp_path / "store", [intake.prepare(request)])
    return tmp_path / "store"


@pytest.fixture
def base(folder: Path, tmp_path: Path) -> Iterator[str]:
    with serving(folder, tmp_path / "server.log") as address:
        yield address


def holding(folder: Path, words: str) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]


def test_a_held_quote_is_released_and_a_voice_is_taken_out_for_good(opened: Opened, base: str, folder: Path) -> None:
    assert holding(folder, GONE) == ["gen-000001.duckdb"]
    view = opened("/study?study=mine&part=about", base=base)
    view.page.locator(".st-key-held summary").click()
    view.settle().page.get_by_role("button", name="Release").click()
    expect(view.page.get_by_text("Done. The store was built again.")).to_be_visible(timeout=20_000)
    expect(view.page.locator(".st-key-held")).to_have_count(0)
    view.settle().page.locator(".st-key-withdraw summary").click()
    expect(view.page.locator(".st-key-withdraw_voice")).to_be_visible()
    view.settle().pick("withdraw_voice", "P2")
    now = view.page.get_by_role("button", name="Take out P2")
    expect(now).to_be_disabled()
    view.page.get_by_text("I know that this cannot be undone").click()
    view.settle()
    now.click()
    expect(view.page.get_by_text("Done. The store was built again.")).to_be_visible(timeout=20_000)
    assert [path.name for path in folder.glob("gen-*.duckdb")] == ["gen-000003.duckdb"]
    assert holding(folder, GONE) == []
    assert view.settle().goto("/words?study=mine&step=V1&number=n_differ").words().count("anna.berg@example.org") == 1
    assert view.errors == []
