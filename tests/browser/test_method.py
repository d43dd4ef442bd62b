"""The method page in a browser: the contents lead to their sections, the file says what the page says."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opened, View
from tests.browser.test_accessible import sideways, violations

SECTIONS = ["what", "who", "how", "written", "defined", "silent", "limits", "report", "cite", "versions"]
PAGE = "/method?study=demo-round-2"
IN_SIGHT = """node => { const box = node.getBoundingClientRect(); return box.top >= 0 && box.top < innerHeight; }"""


def complaints(view: View) -> list[str]:
    """Return what went wrong on the page, without what Streamlit asks below a page's own path at the start."""
    return [error for error in view.errors if "/_stcore/" not in error]


def taken(page: Page) -> str:
    with page.expect_download() as waiting:
        page.locator(".st-key-file_method button").click()
    return Path(waiting.value.path()).read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [1440, 390])
def test_the_contents_lead_to_their_sections(opened: Opened, width: int) -> None:
    view = opened(PAGE, width=width)
    sections = view.page.locator(".read section")
    assert sections.evaluate_all("all => all.map(node => node.dataset.section)") == SECTIONS
    titles = view.all(".read h2")
    assert view.all(".contents button") == titles
    for at in (9, 4, 0):
        view.page.locator(".contents button").nth(at).press("Enter")
        title = view.page.locator(".read h2").nth(at)
        expect(title).to_be_focused()
        assert title.evaluate(IN_SIGHT)
    assert complaints(view) == []
    assert view.outside == []


def test_the_sentence_the_page_and_the_file_have_the_same_numbers(opened: Opened) -> None:
    view = opened(PAGE)
    text = re.sub(r"\\(.)", r"\1", taken(view.page)).replace("**", "")
    assert view.sentence in text
    for paragraph in view.all(".read p, .read li, .read dt, .read h2, .read h3"):
        assert paragraph in " ".join(text.split())
    pieces = "cells => cells.flatMap(cell => [...cell.childNodes].map(node => node.textContent.trim()))"
    cells = view.page.locator(".read table").locator("th, td").evaluate_all(pieces)
    assert len(cells) > 200
    assert [cell for cell in cells if cell not in text] == []


def test_filters_do_not_change_how_it_was_made(opened: Opened) -> None:
    whole = opened(PAGE)
    filtered = opened(f"{PAGE}&tool=video_calls&voices=3")
    assert filtered.all(".read section") == whole.all(".read section")
    assert filtered.sentence == whole.sentence
    assert "whatever the filters above say" in filtered.words()
    assert "whatever the filters above say" not in whole.words()


@pytest.mark.parametrize("language", ["en", "sv"])
def test_the_checklists_are_taken_away(opened: Opened, language: str) -> None:
    view = opened(f"{PAGE}&lang={language}")
    files = view.downloads()
    assert set(files) == {"coreq", "srqr"}
    assert len(re.findall(r"^\d+,", files["coreq"], re.M)) == 32
    assert len(re.findall(r"^S\d+,", files["srqr"], re.M)) == 21


@pytest.mark.parametrize("language", ["en", "sv"])
def test_publications_are_not_called_voices_here_either(opened: Opened, language: str) -> None:
    view = opened(f"/method?study=evidence&lang={language}")
    for text in (taken(view.page), *view.downloads().values(), *view.all(".drawing")):
        assert re.search(r"\b(voices?|röst(en|er|erna)?)\b", text, re.IGNORECASE) is None


@pytest.mark.parametrize("study", ["one-voice", "no-steps", "markup"])
def test_a_study_of_ones_own_is_a_whole_page(opened: Opened, own_url: str, study: str) -> None:
    view = opened(f"/method?study={study}", base=own_url)
    assert len(view.all(".read section")) == len(SECTIONS)
    assert (
        view.page.locator("[data-testid=stException], [data-testid=stAlert], .drawing img, .drawing script").count()
        == 0
    )
    assert view.page.evaluate("window.ran") is None
    assert complaints(view) == []
    assert view.outside == []


@pytest.mark.parametrize("width", [1440, 390, 320])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_it_can_be_read_by_everybody(opened: Opened, dark: bool, width: int) -> None:
    view = opened(PAGE, width=width, dark=dark)
    for summary in view.page.locator(".read summary").all():
        summary.click()
    assert sideways(view) == []
    assert violations(view) == []
