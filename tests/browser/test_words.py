"""From a number to the words that it is made of, and from a word to the numbers that it feeds."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opened, View

pytestmark = pytest.mark.browser
COUNT = re.compile(r"(\d+) of (\d+)")


def voices_shown(view: View) -> set[str]:
    """Return who speaks on a page of words."""
    view.page.evaluate("() => document.querySelectorAll('details').forEach(d => (d.open = true))")
    said = view.page.locator(".words blockquote > footer").all_text_contents()
    return {footer.split(" · ")[0] for footer in said}


def test_from_the_top_gap_s_number_to_its_words_and_back_to_the_step(opened: Opened) -> None:
    view = opened("/?study=demo-round-2")
    top = view.page.locator(".gaps .gap").first
    step = json.loads(str(top.locator("a.name").get_attribute("data-values")))["step"]
    counted = COUNT.search(top.locator(".count").inner_text())
    assert counted
    top.locator("a.number").click()
    view.page.wait_for_url("**/words?**")
    view.settle()
    assert (view.parameter("step"), view.parameter("number")) == ([step], ["n_differ"])
    assert len(voices_shown(view)) == int(counted[1])
    view.page.locator(".words a.at-step").first.click()
    view.page.wait_for_url("**/step?**")
    assert view.settle().parameter("step") == [step]


@pytest.mark.parametrize("number", ["n_as_written", "n_worked_around", "n_helps"])
def test_a_link_opens_exactly_the_voices_that_a_number_counts(opened: Opened, number: str) -> None:
    view = opened(f"/words?study=demo-round-2&step=M02&number={number}")
    sentence = view.page.locator("h1").inner_text()
    assert len(voices_shown(view)) == int(sentence.split()[0])


def test_each_quote_lists_the_numbers_that_it_feeds_and_each_leads_back_to_it(opened: Opened) -> None:
    view = opened("/step?study=demo-round-2&step=M02")
    article = view.page.locator(".practice.worked_around").first
    quote = article.locator(".quote").first.inner_text()
    article.locator(".feeds summary").first.click()
    fed = article.locator(".feeds").first.locator("a")
    names = fed.all_text_contents()
    assert any(name.startswith("M02: 7 of 11 differ") for name in names), names
    fed.nth(next(at for at, name in enumerate(names) if "differ" in name)).click()
    view.page.wait_for_url("**/words?**")
    view.settle()
    view.page.evaluate("() => document.querySelectorAll('details').forEach(d => (d.open = true))")
    expect(view.page.locator(".words").get_by_text(quote).first).to_be_visible()


def test_a_number_in_a_table_opens_its_words(opened: Opened) -> None:
    view = opened("/component?study=demo-round-2&component=video_calls")
    view.page.locator(".st-key-table_practice_by_lens").locator("label").first.click()
    grid = view.page.locator("[data-testid=stDataFrame]").last
    expect(grid).to_be_visible()
    view.settle()
    box = grid.bounding_box()
    assert box
    x = box["x"] + 150
    while "/words" not in view.page.url and x < box["x"] + box["width"]:
        view.page.mouse.click(x, box["y"] + 35 * 1.5)  # the first row, under the head
        view.settle()
        x += 60
    view.page.wait_for_url("**/words?**")
    view.settle()
    assert (view.parameter("through"), view.parameter("component")) == (["aspect"], ["video_calls"])
    assert len(voices_shown(view)) == int(view.page.locator("h1").inner_text().split()[0])


def test_the_lens_is_one_control_and_one_chart_that_stays_in_the_address(opened: Opened) -> None:
    view = opened("/component?study=demo-round-2&component=video_calls")
    assert [name.strip() for name in view.page.locator(".aspects .aspect").all_text_contents()] == [
        "Bond",
        "Task",
        "Goal",
    ]
    view.page.locator(".st-key-lens").get_by_text("reason", exact=True).click()
    view.settle()
    expect(view.page.locator(".aspects .aspect").first).not_to_have_text("Bond")
    assert view.parameter("lens") == ["reason"]
    reasons = view.page.locator(".aspects .aspect").all_text_contents()
    again = opened(view.page.url.removeprefix(view.base))
    assert again.page.locator(".aspects .aspect").all_text_contents() == reasons


@pytest.mark.parametrize("page", ["/", "/practice"])
def test_what_one_voice_could_change_is_one_click_away(opened: Opened, page: str) -> None:
    view = opened(f"{page}?study=demo-round-2")
    view.page.locator(".st-key-firm summary").click()
    expect(view.page.get_by_text(re.compile(r"\d+ of the first 10 depend on one voice"))).to_be_visible()
    expect(view.page.locator(".grid tbody tr")).to_have_count(5)


def test_what_k_hides_is_listed(opened: Opened) -> None:
    view = opened("/?study=demo-round-2&voices=3")
    said = view.page.locator(".facts").inner_text()
    view.page.locator(".st-key-hidden summary").click()
    expect(view.page.locator(".listed").last).to_be_visible()
    hidden = re.search(r"(\d+) practices hidden", said)
    assert hidden
    assert view.page.locator(".listed").last.locator("li").count() == int(hidden[1])


def test_a_publication_is_cited_and_never_called_a_voice(opened: Opened) -> None:
    view = opened("/words?study=evidence&step=V01")
    assert "voice" not in view.words(quotes=False).lower()
    assert view.page.locator(".words blockquote > footer a[href^=https]").count() > 0


def test_without_a_number_the_page_says_what_it_is_for(opened: Opened) -> None:
    view = opened("/words?study=demo-round-2")
    assert "Open this page from a number" in view.words()


@pytest.mark.parametrize(
    "asked", ["step=V05&number=nonsense", "through=stance&category=adapted&number=n_x", "step=V999&number=n_differ"]
)
def test_an_address_that_means_nothing_here_is_no_error(opened: Opened, asked: str) -> None:
    view = opened(f"/words?study=demo-round-2&{asked}")
    assert view.page.locator("h1").inner_text()
    assert view.page.locator("[data-testid=stException]").count() == 0
