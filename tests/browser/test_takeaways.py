"""From a page on screen to a file: chosen gaps, the formats of each page, and the same numbers in all of them."""

import io
from pathlib import Path

import docx
import openpyxl
import pytest
from playwright.sync_api import expect
from pptx import Presentation

from tests.browser.conftest import Opened, View

pytestmark = pytest.mark.browser
KINDS = ("pptx", "docx", "xlsx", "html")


def offered(view: View) -> View:
    """Open what a page offers to take away."""
    view.page.locator(".st-key-take button").first.click()
    expect(view.page.locator(".st-key-take_xlsx button")).to_be_visible()
    return view.settle()


def fetched(view: View, kind: str) -> bytes:
    with view.page.expect_download() as waiting:
        view.page.locator(f".st-key-take_{kind} button").click()
    return Path(waiting.value.path()).read_bytes()


def test_a_manager_chooses_three_gaps_and_leaves_with_one_deck(opened: Opened) -> None:
    view = offered(opened("/?study=demo-round-2"))
    for step in ("V06", "B02", "I07"):
        view.page.locator(".st-key-take_steps input").fill(step)
        view.page.get_by_role("option").filter(has_text=f"{step} ·").click()
        view.settle()
    view.page.get_by_text("Gaps to take along").click()  # closes the list of options
    slides = list(Presentation(io.BytesIO(fetched(view, "pptx"))).slides)
    assert slides[0].shapes.title.text_frame.text == view.sentence
    said = [" ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame) for slide in slides]
    assert [step for step in ("V06", "B02", "I07") if not any(f"{step} ·" in text for text in said)] == []
    assert len(slides) == 1 + 2 + 3 * 2 + 1
    assert view.errors == []


@pytest.mark.parametrize(
    ("path", "kinds"),
    [
        ("/component?study=demo-round-2&component=icbt_programs", KINDS),
        ("/step?study=demo-round-2&step=V06", KINDS),
        ("/practice?study=evidence", KINDS),
        ("/compare?study=demo-round-2", KINDS),
        ("/guidance?study=demo-round-2", ("docx", "xlsx", "html")),
    ],
)
def test_each_page_in_its_formats(opened: Opened, path: str, kinds: tuple[str, ...]) -> None:
    view = offered(opened(path))
    assert [kind for kind in KINDS if view.page.locator(f".st-key-take_{kind}").count()] == list(kinds)
    for kind in kinds:
        data = fetched(view, kind)
        assert data[:2] == (b"<!" if kind == "html" else b"PK")
    assert view.errors == []


def test_the_files_of_a_filtered_view_hold_its_steps_and_its_sentence(opened: Opened) -> None:
    view = offered(opened("/guidance?study=demo-round-2&tool=video_calls&duty=law+or+regulation"))
    book = openpyxl.load_workbook(io.BytesIO(fetched(view, "xlsx")))
    head, *rows = book["guidance_by_step"].iter_rows(values_only=True)
    steps = {row[head.index("step_id")] for row in rows}
    assert steps
    assert steps == {step for step, _n, _label in view.tiles() if step}
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(fetched(view, "docx"))).paragraphs)
    assert view.sentence in text
    assert "Tool type: Video calls; Obligation: law or regulation" in text


def test_the_steps_of_a_brief_make_one_change_request_each(opened: Opened) -> None:
    view = offered(opened("/step?study=demo-round-2&step=V06&brief=M02&brief=V06&lang=sv"))
    made = docx.Document(io.BytesIO(fetched(view, "docx")))
    assert sum(p.style.name == "Heading 1" for p in made.paragraphs) >= 2
    assert "Texten i dag" in {cell.text for table in made.tables for cell in table.rows[0].cells}


def test_a_page_without_numbers_offers_nothing(opened: Opened) -> None:
    view = opened("/method?study=demo-round-2")
    expect(view.page.locator(".st-key-take")).to_have_count(0)
