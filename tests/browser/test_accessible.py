"""Every page can be read and used: axe finds no WCAG violation, nothing scrolls sideways, every chart has a name."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import EVERY_PAGE, Opened, View

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# (rule, part of the element's markup) of findings in Streamlit's own elements that no setting of ours can mend.
OF_THE_FRAMEWORK: tuple[tuple[str, str], ...] = ()
NARROW, NARROWEST = 390, 320  # phones
SIDEWAYS = "() => [document.documentElement.scrollWidth, document.body.scrollWidth, innerWidth]"
# Streamlit's page scrolls inside its main section, which must be no wider than the window either.
WIDER = """() => [...document.querySelectorAll('section, [data-testid=stMain], [data-testid=stAppViewContainer]')]
  .filter((box) => box.scrollWidth > box.clientWidth + 1).map((box) => [box.dataset.testid, box.scrollWidth])"""
# Elements of the drawings that stand out of the window on the right, unless they are in a box that scrolls by itself.
OUTSIDE = """() => [...document.querySelectorAll('[data-testid=stBidiComponentIsolated]')]
  .flatMap((box) => [...box.shadowRoot.querySelectorAll('.drawing *:not(.unseen)')])
  .filter((node) => { const r = node.getBoundingClientRect(); return r.width && r.right > innerWidth + 1; })
  .filter((node) => { for (let box = node.parentElement; box; box = box.parentElement)
    if (['auto', 'scroll'].includes(getComputedStyle(box).overflowX)) return false; return true; })
  .map((node) => `${node.tagName}.${node.className}: ${Math.round(node.getBoundingClientRect().right)}`).slice(0, 10)"""


def violations(view: View) -> list[str]:
    found = Axe().run(view.page, options={"runOnly": {"type": "tag", "values": TAGS}}).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:240]} {node['any'][0]['message'][:160] if node['any'] else ''}"
        for rule in found
        for node in rule["nodes"]
        if not any(rule["id"] == known and part in node["html"] for known, part in OF_THE_FRAMEWORK)
    ]


def sideways(view: View) -> list[object]:
    """Return what is wider than the window: the page, one of its scrolling parts, or something in a drawing."""
    *widths, window = view.page.evaluate(SIDEWAYS)
    return [
        *(width for width in widths if width > window),
        *view.page.evaluate(WIDER),
        *view.page.evaluate(OUTSIDE),
    ]


def has_names(view: View) -> None:
    """Check that what is drawn can be called by a name."""
    for table in view.page.locator("[class*=st-key-table_]").all():
        table.locator("summary, label").first.click()
    for chart in view.settle().page.locator("[data-testid=stPlotlyChart], [data-testid=stDataFrame]").all():
        label = chart.get_attribute("aria-label") or chart.locator("[aria-label]").first.get_attribute("aria-label")
        assert len(label or "") > 10
    for name in view.page.locator(".drawing [role=img]").evaluate_all("all => all.map(e => e.ariaLabel)"):
        assert name
    for table in view.page.locator(".drawing table").evaluate_all("all => all.map(e => e.ariaLabel)"):
        assert table
    assert all(text.strip() for text in view.page.locator(".tile").all_text_contents())


@pytest.mark.parametrize("width", [1440, NARROW])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("page", [page + "scene=guess-the-place&" * (page == "/present?") for page in EVERY_PAGE])
def test_axe_finds_nothing(opened: Opened, page: str, dark: bool, width: int) -> None:
    view = opened(page, width=width, dark=dark)
    assert violations(view) == []
    assert sideways(view) == []
    if width == NARROW:
        view.page.set_viewport_size({"width": NARROWEST, "height": 844})
        assert sideways(view.settle()) == []
    elif not dark:
        has_names(view)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_in_what_opens(opened: Opened, dark: bool) -> None:
    view = opened("/?tool=video_calls", dark=dark).open_numbers("gap_by_step")
    for expander in view.page.locator("[data-testid=stExpander] summary").all():
        expander.click()
    view.page.locator(".st-key-pop_tool button").first.click()
    view.page.locator(".st-key-tool button").first.wait_for()
    assert violations(view.settle()) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_at_the_door_of_the_room(opened: Opened, dark: bool) -> None:
    view = opened("/present?", dark=dark)
    view.page.locator(".st-key-room summary").click()
    view.page.locator(".st-key-room_open button").wait_for()
    assert violations(view.settle()) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_in_the_published_studies(opened: Opened, dark: bool) -> None:
    assert violations(opened("/step?study=evidence&step=V06", dark=dark)) == []


@pytest.mark.parametrize(("page", "locale", "asked", "spoken"), [
    ("/", "en-GB", "", "en"), ("/", "sv-SE", "", "sv"), ("/", "sv-SE", "en", "en"), ("/", "en-GB", "sv", "sv"),
    ("/", "fi-FI", "", "en"), ("/component", "sv-SE", "", "sv"), ("/step", "en-GB", "sv", "sv"),
])  # fmt: skip
def test_the_markup_names_the_language_on_screen(
    opened: Opened, page: str, locale: str, asked: str, spoken: str
) -> None:
    joint = "&" if "?" in page else "?"
    view = opened(page + (f"{joint}lang={asked}" if asked else ""), locale=locale)
    assert view.page.evaluate("document.documentElement.lang") == spoken
    assert view.filters()["lang"] == spoken.upper()


def test_the_markup_follows_when_the_reader_changes_the_language(opened: Opened) -> None:
    view = opened().speak("SV")
    expect(view.page.locator("html")).to_have_attribute("lang", "sv")
    view.speak("EN")
    expect(view.page.locator("html")).to_have_attribute("lang", "en")
