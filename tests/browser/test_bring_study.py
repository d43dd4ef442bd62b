"""A researcher brings a study: drops a coded project, says what its codes mean, imports it; and the same by command."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import REAL, Opened, View, run_program, serving
from tests.browser.test_accessible import sideways, violations

PROTOCOL = Path(__file__).parents[1] / "importers" / "protocol_psych_synthetic.csv"
SET = (
    ("step", "V03", ["Video consultation / phone fallback"]),
    ("stance", "added", ["Automated outcome measures / shared graph"]),
    ("stance", "nothing", ["Automated outcome measures / missing PHQ-9"]),
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    if not REAL.exists():
        pytest.skip(f"The QualCoder project is not on this machine ({REAL}).")
    folder = tmp_path_factory.mktemp("bring")
    with serving(folder / "store", folder / "server.log") as base:
        yield base, folder


def drop(view: View, *files: Path) -> None:
    view.page.locator("[data-testid=stFileUploader] input").set_input_files([str(file) for file in files])
    view.page.get_by_text("In hand:").wait_for()
    view.settle()


def give(view: View, key: str, value: str, codes: list[str]) -> None:
    """Set one thing for several codes, as a reader does with the keyboard."""
    for code in codes:
        view.page.locator(".st-key-many_codes input").fill(code)
        view.page.get_by_role("option", name=code, exact=True).click()
        view.settle()  # a rerun closes the list that the next code is looked up in
    view.page.keyboard.press("Escape")
    view.settle()
    names = {"step": "Step", "stance": "Stance"}
    view.pick("many_key", names[key])
    view.pick(f"many_value_{key}", value)
    view.page.locator(".st-key-many_set button").click()
    view.settle()


def saved(view: View, key: str, folder: Path) -> Path:
    with view.page.expect_download() as waiting:
        view.page.locator(f".st-key-{key} button").click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def numbers(store: Path, study: str) -> object:
    """Return the gaps of a study, the study's id left aside."""
    return [
        json.loads(run_program("measure", name, "--filter", f"study={study}", "--store", store, "--format", "json"))[
            "rows"
        ]
        for name in ("gap_by_step", "practice_by_step", "unwritten_practice")
    ]


def test_from_a_dropped_project_to_its_gaps_and_again_by_command(opened: Opened, server: tuple[str, Path]) -> None:
    base, folder = server
    view = opened("/study?part=bring", base=base)
    drop(view, REAL, PROTOCOL)
    words = view.words()
    assert "3 documents, 16 codes (5 of them folders only), 7 excerpts in 15 codings" in words
    assert "15 of 15 stand so in their transcript" in words
    assert "No code names a stance yet." in words
    assert violations(view) == []
    assert sideways(view) == []

    view.page.get_by_text("suggestions from the names").click()
    view.page.locator(".st-key-take_all button").click()
    view.settle()
    for key, value, codes in SET:
        give(view, key, value, codes)
    view.page.locator("a[data-page=themes]").first.click()
    view.settle()
    view.page.locator("a[data-page=study]").first.click()
    view.settle()
    assert "7 excerpts" in view.words()  # the draft is still there

    view.page.get_by_text("I have looked at it: these are 3 voices").click()
    view.page.locator(".st-key-about_study_id input").fill("psych")
    view.page.locator(".st-key-about_title input").fill("My own study")
    view.page.keyboard.press("Tab")
    view.settle()
    mapping = saved(view, "save_mapping", folder)
    view.page.get_by_text("The same by command").click()
    view.settle()
    about = saved(view, "save_about", folder)
    view.page.locator(".st-key-import button").click()
    expect(view.page.locator(".tile").first).to_be_visible(timeout=40_000)
    view.settle()
    assert view.parameter("study") == ["psych"]
    assert len(view.tiles()) == 7
    assert view.page.locator(".gaps .gap").count() >= 1
    assert view.errors == []
    assert view.outside == []

    given = ["--study", "psych", "--mapping", mapping, "--about", about, "--json"]
    report = json.loads(run_program("import", REAL, PROTOCOL, *given, "--store", folder / "other"))
    assert report["practices"] >= 4
    assert numbers(folder / "other", "psych") == numbers(folder / "store", "psych")


def test_whose_words_they_are_is_as_the_reader_says(opened: Opened, server: tuple[str, Path]) -> None:
    base, folder = server
    view = opened("/study?part=bring", base=base)
    drop(view, REAL, PROTOCOL)
    assert "the files hold 3 voices" in view.words()
    table = view.page.locator("[class*=st-key-voices_] canvas").first
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    assert box
    view.page.mouse.dblclick(box["x"] + box["width"] * 0.75, box["y"] + box["height"] * 7 / 8)  # the third row's voice
    cell = view.page.locator("#portal textarea")
    cell.fill("P01")
    cell.press("Enter")
    expect(view.page.get_by_text("these are 2 voices")).to_be_visible()
    assert "the files hold 2 voices" in view.settle().words()
    assert ' = "P01"' in saved(view, "save_mapping", folder).read_text("utf-8")
    view.page.get_by_text("a document", exact=True).click()
    expect(view.page.get_by_text("these are 3 voices")).to_be_visible()
    assert "the files hold 3 voices" in view.settle().words()
    assert 'participants = "document"' in saved(view, "save_mapping", folder).read_text("utf-8")
    assert view.errors == []


def test_what_cannot_be_read_says_so_and_the_public_sees_no_import(opened: Opened, server: tuple[str, Path]) -> None:
    base, folder = server
    bad = folder / "notes.qdpx"
    bad.write_bytes(b"PK\x03\x04 broken")
    view = opened("/study?part=bring", base=base)
    view.page.locator("[data-testid=stFileUploader] input").set_input_files(str(bad))
    expect(view.page.locator("[data-testid=stAlert]")).to_contain_text("Nothing was changed")
    assert "notes.qdpx: Not a valid REFI-QDA project (zip damaged)." in view.settle().words()
    with serving(folder / "store", folder / "public.log", "--public") as public:
        shown = opened("/study?part=bring", base=public)
        assert "What it holds" in shown.words()
        assert shown.page.locator("[data-testid=stFileUploader]").count() == 0
