"""The address is the view: who opens a copied one sees what the sender saw."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opened

NONSENSE = "study=nope&tool=x&tool=%3Cb%3E&phase=y&duty=z&place=q&voices=99&lang=xx&step=Z99&component=zzz&more=1"


def test_a_copied_address_shows_the_same_view(opened: Opened) -> None:
    sender = opened()
    whole = (sender.sentence, sender.tiles())
    sender.choose("tool", "Video calls", "iCBT programs")
    sender.choose("phase", "Before", "During")
    sender.choose("duty", "professional guidance", "national guidance", "research-based recommendation")
    sender.choose("voices", "2 voices")
    seen = (sender.sentence, sender.tiles(), sender.all(".gaps .gap .name"), sender.filters())
    assert seen[:2] != whole
    assert seen[1], "the choice leaves no step"
    assert sender.parameter("tool") == ["video_calls", "icbt_programs"]
    assert sender.parameter("voices") == ["2"]
    reader = opened(sender.page.url, fresh=True)
    assert (reader.sentence, reader.tiles(), reader.all(".gaps .gap .name"), reader.filters()) == seen
    assert sorted(reader.page.url.split("?")[1].split("&")) == sorted(sender.page.url.split("?")[1].split("&"))


def test_the_jurisdiction_is_in_the_address_too(opened: Opened) -> None:
    sender = opened()
    sender.page.locator(".st-key-pop_place button").first.click()
    sender.page.locator(".st-key-place button").first.click()
    sender.settle().page.keyboard.press("Escape")
    sender.settle()
    assert len(sender.parameter("place")) == 1
    reader = opened(sender.page.url, fresh=True)
    assert (reader.sentence, reader.tiles(), reader.filters()) == (sender.sentence, sender.tiles(), sender.filters())


@pytest.mark.parametrize("locale", ["en-GB", "sv-SE"])
def test_a_filtered_step_opens_the_same_for_a_fresh_reader(opened: Opened, locale: str) -> None:
    sender = opened("/?study=demo-round-1").choose("tool", "Automated outcome measures").choose("voices", "2 voices")
    step = sender.tiles()[1][0]
    sender.page.locator(f'.tile[data-step="{step}"]').click()
    expect(sender.page.locator(".st-key-step")).to_be_visible()
    sender.settle()
    reader = opened(sender.page.url, locale=locale, fresh=True)
    for name, value in (("study", "demo-round-1"), ("step", step), ("lang", "en"), ("voices", "2")):
        assert reader.parameter(name) == [value]
        assert sender.parameter(name) == [value]
    assert reader.sentence == sender.sentence
    assert reader.filters() == sender.filters()
    assert reader.page.locator(".st-key-step input").input_value().startswith(f"{step} ·")
    assert reader.all(".practice h3") == sender.all(".practice h3")


def test_a_link_in_a_drawing_can_be_copied(opened: Opened) -> None:
    view = opened("/?study=demo-round-1&tool=video_calls&voices=2")
    link = view.page.locator('.tile[data-step="V05"]').evaluate("tile => tile.href")
    reader = opened(link, locale="sv-SE", fresh=True)
    assert reader.parameter("step") == ["V05"]
    assert reader.filters() == view.filters()


@pytest.mark.parametrize("page", ["/", "/component", "/step"])
def test_an_address_with_unknown_values_opens_and_says_what_is_missing(opened: Opened, page: str) -> None:
    view = opened(f"{page}?{NONSENSE}")
    assert view.sentence
    assert view.parameter("study") == ["demo-round-2"]
    for dropped in ("tool", "phase", "duty", "place", "voices"):
        assert view.parameter(dropped) == []
    assert view.page.locator("[data-testid=stException]").count() == 0
    assert view.page.locator("[data-testid=stAlert]").all_inner_texts() == [
        "The link asks for a study that is not here. You see another one instead."
    ]
    assert not view.errors


def test_another_study_drops_what_it_does_not_have(opened: Opened, own_url: str) -> None:
    view = opened("/?study=demo-round-2&tool=icbt_programs&phase=before&place=SE&voices=2", base=own_url)
    assert view.filters()["tool"] == "Tool type: iCBT programs"
    view.pick("study", "one-voice")
    expect(view.page.locator(".st-key-pop_tool button p")).to_have_text("Tool type: all")
    view.settle()
    assert view.parameter("tool") == []
    assert view.parameter("place") == []
    assert view.parameter("phase") == ["before"]
    assert view.parameter("study") == ["one-voice"]
    assert [step for step, _n, _label in view.tiles()] == ["A1"]


def test_the_step_of_another_study_is_dropped(opened: Opened, own_url: str) -> None:
    view = opened("/step?study=demo-round-2&step=V05", base=own_url).pick("study", "one-voice")
    assert view.page.locator(".st-key-step input").input_value().startswith("A1 ·")
    assert view.parameter("step") == ["A1"]


def test_the_language_and_the_filters_come_along_to_another_page(opened: Opened) -> None:
    view = opened("/?tool=video_calls&voices=2").speak("SV")
    view.page.get_by_role("link", name="Steg", exact=True).click()
    expect(view.page.locator(".st-key-step")).to_be_visible()
    view.settle()
    assert view.parameter("lang") == ["sv"]
    assert view.parameter("tool") == ["video_calls"]
    assert view.parameter("voices") == ["2"]


def test_back_from_another_page_goes_back_once_to_the_very_view(opened: Opened) -> None:
    view = opened("/practice?study=demo-round-2&stance=added&effect=helps", fresh=True)
    cards = view.page.locator("h1").inner_text()
    before = view.page.evaluate("history.length")
    view.page.locator("section a[data-page=step]").first.click()
    view.page.wait_for_url("**/step?**")
    view.settle()
    assert view.page.evaluate("history.length") == before + 1
    view.page.go_back()
    view.page.wait_for_url("**/practice?**")
    view.settle()
    assert (view.parameter("stance"), view.parameter("effect")) == (["added"], ["helps"])
    assert view.page.locator("h1").inner_text() == cards
