"""The words: what is invented says so, publications are not called voices, and a page speaks one language."""

import re

import pytest

from dashboard.i18n import catalogue
from tests.browser.conftest import EVERY_PAGE, Opened, View

INVENTED = {"en": "invented interviews", "sv": "påhittade intervjuer"}
VOICES = re.compile(r"\b(voices?|röst(en|er|erna)?)\b", re.IGNORECASE)
PSEUDONYM = re.compile(r"\bP\d\d\b")
LONG = 12


def foreign(spoken: str, other: str) -> list[str]:
    """Return the longest fixed stretch of each text of the other language that this one does not have."""
    own, theirs = catalogue(spoken), catalogue(other)
    every = "\n".join(own.values()).replace("**", "").lower()
    longest = {key: max(re.split(r"\{\w+\}", text.replace("**", "")), key=len).strip() for key, text in theirs.items()}
    return [text for key, text in longest.items() if len(text) > LONG and text.lower() not in every]


def everything(view: View) -> str:
    """Return the words of a page without what people said, and on the overview those of the filters that open."""
    found = [view.words(quotes=False)]
    keys = ("tool", "phase", "duty", "place", "voices")
    for key in keys if view.page.locator(".tile").count() else ():
        view.page.locator(f".st-key-pop_{key} button").first.click()
        view.page.locator(f".st-key-{key}").wait_for()
        found.append(view.words(quotes=False))
        view.page.keyboard.press("Escape")
        view.page.locator(f".st-key-{key}").wait_for(state="detached")
    return " ".join("\n".join(found).split())


def is_in_one_language(view: View, language: str, words: str) -> None:
    """Check that a page says nothing of the other language, asks only this machine, and complains of nothing."""
    other = "en" if language == "sv" else "sv"
    assert [text for text in foreign(language, other) if text.lower() in words.lower()] == []
    assert len(view.requests) > 5
    assert view.outside == []
    assert view.errors == []


@pytest.mark.parametrize("language", ["en", "sv"])
@pytest.mark.parametrize(("page", "study"), [*((page, "demo-round-2") for page in EVERY_PAGE), ("/?", "demo-round-1")])
def test_invented_interviews_say_so_in_one_language(opened: Opened, page: str, study: str, language: str) -> None:
    view = opened(f"{page}study={study}&lang={language}", dark=language == "sv")
    words = everything(view)
    assert INVENTED[language] in words
    is_in_one_language(view, language, words)
    files = view.downloads()
    assert bool(files) == (page != "/present?")  # a talk is a file of scenes; it has no table
    for name, text in files.items():
        assert INVENTED[language] in text, name


@pytest.mark.parametrize("language", ["en", "sv"])
@pytest.mark.parametrize("page", [*EVERY_PAGE, "/step?step=V06&"])
def test_publications_are_not_called_voices(opened: Opened, page: str, language: str) -> None:
    view = opened(f"{page}study=evidence&lang={language}")
    words = everything(view)
    is_in_one_language(view, language, words)
    if page == "/compare?":
        return  # it offers the other studies too, which have voices
    for text in (words, *view.downloads().values()):
        # The identifiers of columns, such as n_voices, are the same in every study.
        assert [found[0] for found in VOICES.finditer(text)] == []
        assert PSEUDONYM.findall(text) == []
        assert not any(invented in text for invented in INVENTED.values())


@pytest.mark.parametrize("language", ["en", "sv"])
def test_publications_are_cited_with_their_addresses(opened: Opened, language: str) -> None:
    view = opened(f"/step?study=evidence&step=V08&lang={language}")
    cited = view.page.locator("blockquote footer a")
    assert cited.count() >= 1
    for link in cited.all():
        assert re.match(r"https?://", link.get_attribute("href") or "")
        assert "noopener" in (link.get_attribute("rel") or "")
    assert any("Song & Foster 2022" in text for text in view.all("blockquote footer a"))
    assert view.page.locator(".quote").count() == 0, "what a reader wrote down of a publication is no quote"
