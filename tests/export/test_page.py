"""The HTML file: opened in a browser without a network, its drawings drawn, nothing asked for, nothing run."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pandas as pd
import pytest
from playwright.sync_api import sync_playwright

from dashboard.export.page import as_data, as_html, inward
from dashboard.export.takeaway import Data
from tests.export.conftest import PAGES

TROUBLE = "</script><script>alert(1)</script><img src=x onerror=alert(2)> **bold** &amp;"


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


def parsed(page):
    tags = Tags()
    tags.feed(page.decode())
    return tags.found


def data_of(page):
    found = re.search(r'<script type="application/json" id="taken">(.*?)</script>', page.decode(), re.S)
    return json.loads(found[1])


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """Return a function that opens a file in Chromium without a network, with what it asked for and complained of."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])

        def open_(page, width=1440, dark=False):
            path = tmp_path_factory.mktemp("page") / "page.html"
            path.write_bytes(page)
            scheme = "dark" if dark else "light"
            made = chromium.new_context(viewport={"width": width, "height": 900}, offline=True, color_scheme=scheme)
            view, said, asked = made.new_page(), [], []
            view.on("console", lambda message: said.append(message.text))
            view.on("pageerror", lambda error: said.append(str(error)))
            view.on("dialog", lambda dialog: said.append(dialog.message))
            view.on("request", lambda request: asked.append(request.url))
            view.goto(path.as_uri())
            view.wait_for_selector("h1", timeout=10_000)
            return view, said, asked

        yield open_
        chromium.close()


@pytest.mark.parametrize("page", PAGES)
def test_nothing_in_it_is_fetched_from_anywhere(taken, page):
    made, t = taken(page)
    for _tag, attributes in parsed(as_html(made, t)):
        assert not {"src", "href", "srcset", "action", "data", "poster"} & set(attributes)
    style = re.search(r"<style>(.*?)</style>", as_html(made, t).decode(), re.S)[1]
    assert not re.search(r"url\(|@import|https?:", style)


def test_its_policy_lets_only_its_own_script_run(taken):
    page = as_html(*taken())
    policy = next(a["content"] for tag, a in parsed(page) if a.get("http-equiv") == "Content-Security-Policy")
    script = re.findall(r"<script>(.*?)</script>", page.decode(), re.S)[0]
    given = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert policy.startswith("default-src 'none'; ")
    assert f"script-src 'sha256-{given}'" in policy


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("study", ["demo-round-2", "evidence"])
def test_it_opens_without_a_network_and_draws(taken, opened, page, study):
    if (page, study) == ("step", "evidence"):
        pytest.skip("the steps of the evidence study are covered by the overview")
    made, t = taken(page, study)
    view, said, asked = opened(as_html(made, t))
    assert (said, len(asked)) == ([], 1)
    assert view.locator("h1").inner_text() == made.sentence
    assert view.title() == f"{made.question} · {made.title}"
    assert view.locator(".part").count() == sum(not section.is_drawn for section in made.sections)
    for line in made.stamp:
        assert line in view.locator(".stamp").inner_text()


def test_the_map_shows_the_measures_numbers_and_opens_the_steps_that_are_here(taken, opened):
    made, t = taken()
    view, _said, _asked = opened(as_html(made, t))
    raised = dict(zip(made.data[0].rows["step_id"], made.data[0].rows["n_raised"], strict=True))
    shown = view.eval_on_selector_all(
        ".map .tile", "nodes => nodes.map(n => [n.dataset.step, n.querySelector('.n').innerText])"
    )
    assert {step: int(n) if n != "–" else 0 for step, n in shown} == raised
    links = view.eval_on_selector_all("a[href]", "nodes => nodes.map(n => n.getAttribute('href'))")
    here = {f"#{section.key}" for section in made.sections if not section.is_drawn}
    assert links
    assert set(links) <= here


def test_a_tables_numbers_are_made_when_it_is_opened(taken, opened):
    made, t = taken()
    view, _said, _asked = opened(as_html(made, t))
    view.locator("details.numbers summary").first.click()
    view.locator("details.numbers table tbody tr").first.wait_for()
    assert view.locator("details.numbers table tbody tr").count() == len(made.data[0].rows)


def test_a_studys_words_are_words(taken, opened):
    made, t = taken()
    first = replace(made.sections[2], name=TROUBLE, sentence=TROUBLE, source=TROUBLE)
    page = as_html(replace(made, question=TROUBLE, title=TROUBLE, sections=(first,), stamp=(TROUBLE,)), t)
    view, said, asked = opened(page)
    assert (said, len(asked)) == ([], 1)
    assert view.locator(".part h2").inner_text() == " ".join(TROUBLE.split())
    assert view.locator("img").count() == 0


def test_data_cannot_end_its_own_script():
    assert "<" not in as_data({"text": TROUBLE})
    assert json.loads(as_data({"text": TROUBLE})) == {"text": TROUBLE}


def test_missing_numbers_and_letters_that_are_none_do_not_break_it(taken):
    made, t = taken()
    rows = pd.DataFrame({"gap": [float("nan"), 0.5], "step": pd.Series(["\ud800", None], dtype="object")})
    page = as_html(replace(made, data=(Data("gap_by_step", rows),)), t)
    assert data_of(page)["tables"][0]["rows"][0][0] is None


def test_an_address_outside_stands_as_text():
    found = inward(
        {"quotes": [{"who": "A", "to": "https://x.org", "notes": []}], "texts": [{"text": "Read", "to": "u"}]}
    )
    assert found["quotes"][0] == {"who": "A", "to": None, "notes": ["https://x.org"]}
    assert found["texts"][0] == {"text": "Read: u", "to": None}


@pytest.mark.parametrize("dark", [False, True])
def test_on_a_phone_nothing_scrolls_sideways(taken, opened, dark):
    view, _said, _asked = opened(as_html(*taken()), 390, dark)
    assert view.evaluate("document.documentElement.scrollWidth") <= 390


def test_it_prints_on_a4_in_light_colours(taken, opened, tmp_path):
    view, _said, _asked = opened(as_html(*taken()), dark=True)
    view.pdf(path=str(tmp_path / "page.pdf"), prefer_css_page_size=True)
    pypdfium2 = pytest.importorskip("pypdfium2", reason="reads the size of the PDF's pages")
    pages = pypdfium2.PdfDocument(tmp_path / "page.pdf")
    assert {tuple(round(n) for n in page.get_size()) for page in pages} == {(595, 842)}
    assert pages[0].render().to_pil().getpixel((5, 5)) == (255, 255, 255)
    assert "tool" not in pages[0].get_textpage().get_text_range()[:20]


def test_libreoffice_opens_it(taken, as_pdf):
    assert as_pdf(as_html(*taken()), "overview.html").stat().st_size > 1_000
