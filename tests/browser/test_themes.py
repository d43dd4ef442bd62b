"""The Themes page as a reader uses it: from a number to its words, folders, alpha on request, the codebook."""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import expect

from dashboard import intake
from tests.browser.conftest import REAL, Opened, View, serving
from tests.browser.test_accessible import sideways, violations

STUDY = "demo-round-2"
INPUTS = Path(__file__).parents[1] / "importers"


@pytest.fixture(scope="module")
def coded_url(tmp_path_factory):
    """A server with the invented project of two coders, once with a mapping and once without."""
    if not REAL.is_file():
        pytest.skip(f"{REAL} is missing: the real files are kept outside the repository")
    folder = tmp_path_factory.mktemp("coded")
    requests = [
        intake.Request(
            "mapped", [REAL], INPUTS / "protocol_psych_synthetic.csv", mapping=INPUTS / "mapping_psych_synthetic.toml"
        ),
        intake.Request("unmapped", [REAL]),
    ]
    intake.publish(folder / "store", [intake.prepare(request) for request in requests])
    with serving(folder / "store", folder / "server.log") as base:
        yield base


def matrix(view: View) -> list[list[str]]:
    return [
        [" ".join(cell.split()) for cell in row]
        for row in view.page.locator(".matrix tbody tr").evaluate_all(
            "rows => rows.map(r => [...r.querySelectorAll('.code-of, td')].map(c => c.firstChild.textContent))"
        )
    ]


def test_a_number_of_the_tree_opens_its_words(opened: Opened) -> None:
    view = opened(f"/themes?study={STUDY}&lang=en")
    line = view.page.locator(".code-line", has=view.page.get_by_text("Harms", exact=True))
    assert line.locator(".voices-of").inner_text().splitlines()[0] == "10 of 16"
    assert (line.locator(".dot.told").count(), line.locator(".dot.not_raised").count()) == (10, 6)
    line.locator(".excerpts").click()
    view.page.wait_for_url("**/words?*")
    view.settle()
    assert view.parameter("code") == ["Effect/harms"]
    assert "10 voices" in view.sentence
    assert view.page.locator("blockquote").count() == 23


def test_a_folder_opens_and_closes_with_the_mouse_and_the_keyboard(opened: Opened) -> None:
    view = opened(f"/themes?study={STUDY}&lang=en")
    folder = view.page.locator("button.name", has_text="Video calls")
    step = view.page.locator("button.name", has_text="V06 ·")
    expect(folder).to_have_attribute("aria-expanded", "false")
    expect(step).not_to_be_visible()
    folder.click()
    expect(folder).to_have_attribute("aria-expanded", "true")
    expect(step).to_be_visible()
    folder.press("Enter")
    expect(step).not_to_be_visible()


def test_the_folders_of_the_matrix_can_be_chosen_and_linked_to(opened: Opened) -> None:
    view = opened(f"/themes?study={STUDY}&lang=en")
    assert [row[0] for row in matrix(view)] == ["Bond", "Task", "Goal"]
    view.page.locator(".st-key-down").scroll_into_view_if_needed()  # a list that is open closes when the page scrolls
    view.settle()
    view.pick("down", "Perceived effect")
    rows = matrix(view)
    assert {row[0] for row in rows} == {"Helps", "Mixed", "Harms"}
    assert view.parameter("down") == ["Effect"]
    again = opened(view.page.url)
    assert matrix(again) == rows


def test_the_matrix_its_table_and_its_download_agree(opened: Opened) -> None:
    view = opened(f"/themes?study={STUDY}&lang=en")
    text = view.downloads()["code_co_occurrence"]
    rows = list(csv.DictReader(io.StringIO("".join(x for x in text.splitlines(True) if not x.startswith("#")))))
    taken = {(row["down"], row["across"]): row["n_both"] for row in rows}
    columns = [" ".join(name.split()) for name in view.all(".matrix thead .code-of")]
    shown = {(row[0], column): n for row in matrix(view) for column, n in zip(columns, row[1:], strict=True)}
    assert shown == taken


def test_the_codebook_can_be_taken(opened: Opened) -> None:
    text = opened(f"/themes?study={STUDY}&lang=sv").downloads()["codebook"]
    assert "påhittade intervjuer" in text
    assert "Stance/worked_around,På en omväg,Förhållningssätt," in text


def test_filters_change_the_interviews_and_the_page_says_so(opened: Opened) -> None:
    whole = opened(f"/themes?study={STUDY}&lang=en")
    view = opened(f"/themes?study={STUDY}&lang=en&tool=video_calls")
    assert view.sentence == whole.sentence
    assert "are of the whole study" in view.all(".more")[0]
    assert view.all(".saturation .so-far")[-1] != whole.all(".saturation .so-far")[-1]


def test_alpha_is_shown_on_request_beside_the_objection(opened: Opened, coded_url: str) -> None:
    view = opened("/themes?study=mapped&lang=en", base=coded_url)
    assert "Alpha is" not in view.words()
    assert "agreement is no mark of quality" in view.words()
    assert "2 coders: 1 excerpt" in view.words()
    view.page.locator(".st-key-agreement label").first.click()
    view.page.get_by_text("Alpha is not defined for 1 excerpt").wait_for()
    assert "coder_agreement" in view.settle().downloads()


def test_a_project_without_voices_or_practices_still_has_its_themes(opened: Opened, coded_url: str) -> None:
    view = opened("/themes?study=unmapped&lang=en", base=coded_url)
    assert view.sentence == "The analysis holds 11 codes in 4 themes; the most given is “adaptation”, in 4 excerpts."
    assert view.page.locator(".themes .dots").count() == 0
    assert "does not say whose words" in view.words()
    assert matrix(view)
    assert view.errors == []


@pytest.mark.parametrize("width", [1440, 390])
def test_what_opens_can_be_read_and_used(opened: Opened, width: int, coded_url: str) -> None:
    view = opened(f"/themes?study={STUDY}&lang=en&down=Practice%2FVideo%20calls", width=width)
    for name in ("Video calls", "iCBT programs"):
        view.page.locator("button.name", has_text=name).click()
    assert violations(view) == []
    assert sideways(view) == []
    coded = opened("/themes?study=mapped&lang=en", width=width, base=coded_url)
    coded.page.locator(".st-key-agreement label").first.click()
    coded.page.get_by_text("Alpha is not defined").wait_for()
    assert violations(coded.settle()) == []


@pytest.mark.parametrize("study", ["markup", "no-steps", "one-voice"])
def test_small_and_odd_studies_say_what_they_are(opened: Opened, own_url: str, study: str) -> None:
    view = opened(f"/themes?study={study}&lang=en", base=own_url)
    assert view.sentence.startswith("The analysis holds")
    assert view.page.locator(".drawing script, .drawing img, .drawing b.x").count() == 0
    assert (view.errors, view.outside) == ([], [])
