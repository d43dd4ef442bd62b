"""A study of one's own: a coded project, one that lacks something, and words that try to be more than text."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import REAL, Opened, View, run_program, serving

IMPORTERS = Path(__file__).parents[1] / "importers"
IMG, PICTURE, BOLD = '<img src=x onerror="window.ran=1">', "![x](http://example.com/x.png)", "**bold**"
SCRIPT = "<script>window.ran=1</script>"
ALL = f"{IMG} {PICTURE} {BOLD} {SCRIPT}"


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, object]]]:
    """A QualCoder project with its mapping, and the same one without; the server's address and the import's report."""
    if not REAL.exists():
        pytest.skip(f"The QualCoder project is not on this machine ({REAL}).")
    folder = tmp_path_factory.mktemp("coded")
    given = ["--protocol", IMPORTERS / "protocol_psych_synthetic.csv", "--json", "--store", folder / "store"]
    mapping = ["--mapping", IMPORTERS / "mapping_psych_synthetic.toml"]
    report = json.loads(run_program("import", REAL, "--study", "psych", *given, *mapping))
    run_program("import", REAL, "--study", "unmapped", *given[2:])
    with serving(folder / "store", folder / "server.log") as base:
        yield base, report


def nothing_went_wrong(view: View) -> None:
    assert view.errors == []
    assert view.outside == []
    assert view.page.locator("[data-testid=stException], [data-testid=stAlert]").count() == 0


def test_a_coded_project_shows_its_gaps_and_its_words(opened: Opened, coded: tuple[str, dict[str, object]]) -> None:
    base, report = coded
    view = opened("/?study=psych", base=base)
    with (IMPORTERS / "protocol_psych_synthetic.csv").open(encoding="utf-8", newline="") as file:
        assert {step for step, _n, _label in view.tiles()} == {row["step_id"] for row in csv.DictReader(file)}
    assert view.page.locator(".gaps .gap").count() >= 1
    verified = f"{report['quotes_verified']} of {report['quotes_total']}"
    assert f"quotes verified: {verified}" in view.words()
    view.page.locator(".gaps .gap .name").first.click()
    expect(view.page.locator(".quote").first).to_be_visible()
    view.settle()
    assert len(view.all(".quote")[0]) > 10
    assert f"quotes verified: {verified}" in view.words()
    nothing_went_wrong(view)


def test_a_project_without_a_mapping_says_what_is_missing(opened: Opened, coded: tuple[str, dict[str, object]]) -> None:
    view = opened("/?study=unmapped", base=coded[0])
    assert "import a protocol and a mapping" in view.sentence
    assert view.page.locator(".tile, .gap, [data-testid=stPlotlyChart]").count() == 0
    nothing_went_wrong(view)
    for page in ("/component", "/step"):
        other = view.goto(f"{page}?study=unmapped")
        assert other.page.locator("[data-testid=stException], [data-testid=stPlotlyChart]").count() == 0
        assert other.errors == []
        assert len(other.words()) > 100


def test_one_voice_is_said_as_one_voice(opened: Opened, own_url: str) -> None:
    view = opened("/?study=one-voice", base=own_url)
    assert view.all(".facts")[0].startswith("1 voice ·")
    assert {step: n for step, n, _label in view.tiles()} == {"A1": "1", "A2": "–"}
    assert view.page.locator("[data-testid=stPlotlyChart] .point").count() in (0, 1)
    nothing_went_wrong(view)
    assert "Only one voice" in view.goto("/step?study=one-voice&step=A1").sentence
    assert view.all(".quote") == ["The only voice says: I test with the new ones."]
    assert "Nobody raised this step" in view.goto("/step?study=one-voice&step=A2").sentence
    assert view.goto("/component?study=one-voice").sentence
    nothing_went_wrong(view)


def test_a_study_with_no_steps_shows_sentences(opened: Opened, own_url: str) -> None:
    view = opened("/?study=no-steps", base=own_url)
    assert "no written steps" in view.sentence
    assert view.page.locator(".tile, [data-testid=stPlotlyChart]").count() == 0
    nothing_went_wrong(view)
    view.goto("/component?study=no-steps")
    assert "Sends a picture of the room" in view.words()
    nothing_went_wrong(view)
    view.goto("/step?study=no-steps")
    assert "There are no written steps" in view.words()
    nothing_went_wrong(view)


PLACES = {
    "/": [f"Tool {ALL}", f"Text {ALL}", f"Practice worked_around {ALL}"],
    "/component": [f"Tool {ALL}", f"Text {ALL}", f"Unwritten {ALL}", f"Level {ALL}"],
    "/step": [
        f"Tool {ALL}", f"Text {ALL}", f"Why it matters: Why {ALL}", f"Document {ALL}", f"Land {ALL}", f"Place {ALL}",
        f"Practice worked_around {ALL}", f"Practice left_out {ALL}", f"Quote of V2 {ALL}",
        f"Quote of V1 {PICTURE} {ALL}", f"Transcript {ALL}", f"V1 {PICTURE}", f"nature {PICTURE}",
    ],
}  # fmt: skip
FILTERS = ("tool", "phase", "duty", "place")


@pytest.mark.parametrize("page", PLACES)
def test_words_of_a_study_are_shown_as_text(opened: Opened, own_url: str, page: str) -> None:
    view = opened(f"{page}?study=markup&step=M1", base=own_url)
    words = view.words()
    for text in PLACES[page]:
        assert text in words
    assert view.page.locator(".drawing img, .drawing script, img[src*='example.com']").count() == 0
    assert view.page.evaluate("window.ran") is None
    nothing_went_wrong(view)


@pytest.mark.parametrize("key", FILTERS)
def test_words_of_a_study_are_text_in_the_filters_too(opened: Opened, own_url: str, key: str) -> None:
    view = opened("/?study=markup", base=own_url)
    view.page.locator(f".st-key-pop_{key} button").first.click()
    view.page.locator(f".st-key-{key} button").first.wait_for()
    for choice in view.page.locator(f".st-key-{key} button").all():
        choice.click()
        view.settle()
    assert view.page.evaluate("window.ran") is None
    nothing_went_wrong(view)


def test_words_of_a_study_are_text_in_its_tables(opened: Opened, own_url: str) -> None:
    view = opened("/?study=markup", base=own_url).open_numbers("gap_by_step")
    view.page.locator("[data-testid=stPlotlyChart] .point").first.hover(force=True)
    view.page.wait_for_timeout(300)
    assert view.page.evaluate("window.ran") is None
    nothing_went_wrong(view)
