"""The Guidance page as a policymaker uses it: narrowed to what concerns them, the same steps everywhere, a link."""

import csv
import io
from pathlib import Path

import docx
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opened, View
from tests.browser.test_accessible import sideways, violations
from tests.browser.test_own_study import ALL, nothing_went_wrong
from tests.browser.test_takeaways import fetched, offered
from tests.browser.test_words_on_screen import INVENTED, PSEUDONYM, VOICES, foreign

PROTOCOL = Path(__file__).parents[2] / "data" / "demo" / "protocol.csv"
PAGE = "/guidance?study=demo-round-2"
TWO_STEPS = "Barkham et al. 2023, Psychotherapy Research"
LAW = "law or regulation"


@pytest.fixture(scope="module")
def written() -> list[dict[str, str]]:
    """The written steps of the shipped file, each once, in its latest wording; read without the program."""
    with PROTOCOL.open(encoding="utf-8-sig", newline="") as file:
        return list({row["step_id"]: row for row in csv.DictReader(file)}.values())


def taken(text: str) -> list[dict[str, str]]:
    lines = [line for line in text.splitlines(keepends=True) if not line.startswith("#")]
    return list(csv.DictReader(io.StringIO("".join(lines))))


def listed(view: View) -> list[str]:
    """Return the steps whose tiles the list of documents shows, those behind "show the others" too."""
    found: list[str] = view.page.locator(".source .marks .tile").evaluate_all("all => all.map(t => t.dataset.step)")
    return found


def titles(view: View) -> list[str]:
    return view.all(".source h4")


@pytest.mark.parametrize(
    ("tool", "duty"),
    [("Video calls", LAW), ("iCBT programs", "service routine"), ("Video calls", "professional guidance")],
)
def test_the_list_the_sentence_and_the_file_hold_the_same_steps_and_the_address_brings_them_back(
    opened: Opened, written: list[dict[str, str]], tool: str, duty: str
) -> None:
    view = opened(PAGE).choose("tool", tool).choose("duty", duty)
    wanted = {row["step_id"] for row in written if row["component"] == tool and row["obligation_level"] == duty}
    assert wanted
    assert sorted(listed(view)) == sorted(wanted)
    files = {name: taken(text) for name, text in view.downloads().items()}
    steps, documents = files["guidance_by_step"], files["guidance_by_document"]
    assert sorted(row["step_id"] for row in steps) == sorted(wanted)
    assert {row["obligation_level"] for row in [*steps, *documents]} == {duty}
    assert sum(int(row["n_steps"]) for row in documents) == len(wanted)
    assert sorted(titles(view)) == sorted(row["document"] for row in documents)
    hold = sum(row["placement"] == "holds" for row in steps)
    bend = sum(row["placement"] not in ("holds", "not_raised") and row["n_differ"] != "0" for row in steps)
    assert (sum(int(row["n_hold"]) for row in documents), sum(int(row["n_bend"]) for row in documents)) == (hold, bend)
    if len(wanted) == 1:
        assert (
            view.sentence == f"The one written step in this view, asked for by a law, {'holds' if hold else 'bends'}."
        )
    else:
        holds = f"{hold or 'none'} hold{'' if hold > 1 else 's'}"
        assert view.sentence == f"Of the {len(wanted)} written steps, {holds} and {bend} bend{'' if bend > 1 else 's'}."

    reader = opened(view.page.url, fresh=True)
    assert (reader.sentence, listed(reader), reader.filters()) == (view.sentence, listed(view), view.filters())
    assert {name: taken(text) for name, text in reader.downloads().items()} == files
    brief = docx.Document(io.BytesIO(fetched(offered(view), "docx")))
    [every] = [table for table in brief.tables if [cell.text for cell in table.rows[0].cells][:2] == ["Id", "Step"]]
    assert sorted(row.cells[0].text for row in every.rows[1:]) == sorted(wanted)
    said = "\n".join(paragraph.text for paragraph in brief.paragraphs)
    requested = [row for row in written if row["step_id"] in wanted and f"\n{row['step_id']} ·" in said]
    assert len(requested) == (bend or len(wanted)), "a change request for each that bends, else for every step"
    assert said.count("\n[") >= len({row["document"] for row in requested}), "each with its numbered source"
    assert view.errors == []
    assert view.outside == []


def test_the_whole_study_counts_what_holds_what_bends_and_what_a_law_asks_for(
    opened: Opened, written: list[dict[str, str]]
) -> None:
    view = opened(PAGE)
    laws = [row for row in written if row["obligation_level"] == LAW]
    assert view.sentence.startswith(f"Of the {len(written)} written steps, ")
    assert f"; of the {len(laws)} that a law asks for, " in view.sentence
    assert sorted(listed(view)) == sorted(row["step_id"] for row in written)
    sources = {tuple(row[key] for key in ("document", "issuer", "address")) for row in written}
    assert f"· {len(sources)} documents ·" in view.all(".facts")[0]
    assert len(titles(view)) == len(sources)
    assert view.all(".level h3")[0] == "Law or regulation"


def test_a_law_that_bends_is_told_by_type_and_not_by_colour_alone(opened: Opened) -> None:
    view = opened(PAGE)

    def weight(css: str) -> str:
        return str(view.page.locator(css).first.evaluate("node => getComputedStyle(node).fontWeight"))

    assert weight(".law .source.bends h4") == weight(".law .source.bends .line strong") == "600"
    for css in (".law .source:not(.bends) h4", ".level:not(.law) .source.bends h4", ".level:not(.law) .line strong"):
        assert weight(css) == "400"


def test_a_cell_of_the_table_narrows_the_page_to_its_steps(opened: Opened, written: list[dict[str, str]]) -> None:
    view = opened(PAGE)
    row = view.page.locator(".weighed tbody tr", has_text="Service routine")
    cell = row.locator("td:not(.empty)", has_text="of 7").locator("a")
    cell.click()
    view.page.wait_for_url("**tool=icbt_programs**")
    view.settle()
    assert (view.parameter("tool"), view.parameter("duty")) == (["icbt_programs"], ["service routine"])
    assert view.filters()["duty"] == "Obligation: service routine"
    wanted = [
        row["step_id"]
        for row in written
        if (row["component"], row["obligation_level"]) == ("iCBT programs", "service routine")
    ]
    assert sorted(listed(view)) == sorted(wanted)
    assert view.page.locator(".weighed").count() == 0, "one cell is no table"
    assert view.errors == []


def test_a_document_opens_its_steps_in_order_and_each_step_its_page(opened: Opened) -> None:
    view = opened(PAGE)
    source = view.page.locator(".source", has=view.page.get_by_role("link", name=TWO_STEPS, exact=True))
    source.locator("summary").click()
    expect(source.locator(".asked")).to_have_count(2)
    names = [" ".join(text.split()) for text in source.locator(".asked .name").all_text_contents()]
    assert [mark.get_attribute("data-step") for mark in source.locator(".marks .tile").all()] == ["M05", "M06"]
    for asked in source.locator(".asked").all():
        assert asked.locator(".dots, .bar").count() == 1
        assert asked.locator(".place .why").first.inner_text().endswith(".")
    source.locator(".asked .name").nth(1).click()
    view.page.wait_for_url("**/step?**")
    view.settle()
    assert view.parameter("step") == ["M06"]
    assert names[1] in view.words()
    assert view.errors == []


def test_the_address_names_the_document_that_is_open(opened: Opened) -> None:
    view = opened(PAGE)
    view.page.get_by_role("link", name=TWO_STEPS, exact=True).click()
    view.page.wait_for_url("**document=**")
    view.settle()
    assert view.parameter("document") == [TWO_STEPS]
    reader = opened(view.page.url, fresh=True)
    assert reader.all(".source:has(details.its[open]) h4") == [TWO_STEPS]
    assert reader.page.locator(".asked").count() == 2
    assert reader.parameter("document") == [TWO_STEPS]


def test_a_reader_may_look_at_one_issuer(opened: Opened, written: list[dict[str, str]]) -> None:
    view = opened(PAGE).choose("issuer", "Socialstyrelsen")
    wanted = sorted(row["step_id"] for row in written if row["issuer"] == "Socialstyrelsen")
    assert sorted(listed(view)) == wanted
    assert view.parameter("issuer") == ["Socialstyrelsen"]
    for name, text in view.downloads().items():
        assert "issuer=Socialstyrelsen" in text, name
        assert "demo-round-2" in text, name
        assert INVENTED["en"] in text, name
    assert sorted(row["step_id"] for row in taken(view.downloads()["guidance_by_step"])) == wanted
    reader = opened(view.page.url, fresh=True)
    assert (reader.sentence, listed(reader)) == (view.sentence, listed(view))
    view.page.locator(".weighed tbody a.share").first.click()
    view.page.wait_for_url("**duty=**")
    view.settle()
    assert view.parameter("issuer") == ["Socialstyrelsen"]
    view.pick("study", "Published")
    assert set(listed(view)) <= {row["step_id"] for row in written}
    assert view.errors == []


def test_an_address_with_an_unknown_issuer_shows_all(opened: Opened) -> None:
    view = opened(f"{PAGE}&issuer=nobody&document=nothing")
    assert view.sentence == opened(PAGE).sentence
    assert view.parameter("issuer") == []
    assert view.errors == []


@pytest.mark.parametrize("language", ["en", "sv"])
def test_publications_are_not_called_voices(opened: Opened, language: str) -> None:
    view = opened(f"/guidance?study=evidence&lang={language}")
    for summary in view.page.locator(".its > summary").all():
        summary.evaluate("node => { node.parentElement.open = true; }")
    expect(view.page.locator(".source .asked").first).to_be_attached()
    for text in (view.words(), *view.downloads().values()):
        assert [found[0] for found in VOICES.finditer(text)] == []
        assert PSEUDONYM.findall(text) == []
    assert view.errors == []


@pytest.mark.parametrize(("spoken", "other"), [("sv", "en"), ("en", "sv")])
def test_the_page_speaks_one_language(opened: Opened, spoken: str, other: str) -> None:
    view = opened(f"{PAGE}&lang={spoken}&voices=2")
    for summary in view.page.locator(".its > summary").all():
        summary.evaluate("node => { node.parentElement.open = true; }")
    said = " ".join(view.words().split()).lower()
    assert [text for text in foreign(spoken, other) if text.lower() in said] == []


def test_one_voice_and_no_steps_are_sentences(opened: Opened, own_url: str) -> None:
    view = opened("/guidance?study=one-voice", base=own_url)
    assert view.sentence == "Of the 2 written steps, none holds and 1 bends."
    assert view.all(".facts")[0].startswith("1 voice · 0 documents · 2 written steps")
    assert "1 of those that bend needs a closer look first: too few voices" in view.all(".more")[0]
    assert titles(view) == ["No source given"]
    assert sorted(listed(view)) == ["A1", "A2"]
    assert view.page.locator(".asked").count() == 2, "the steps of an only document are shown at once"
    nothing_went_wrong(view)
    view.goto("/guidance?study=no-steps")
    assert "no written steps yet" in view.sentence
    assert view.page.locator(".guidance, .tile").count() == 0
    nothing_went_wrong(view)


def test_words_of_a_study_are_shown_as_text(opened: Opened, own_url: str) -> None:
    view = opened("/guidance?study=markup", base=own_url)
    words = view.words()
    for text in (f"Document {ALL}", f"Issuer {ALL}", f"Land {ALL}", f"Level {ALL}", f"Text {ALL}"):
        assert text in words
    view.page.locator(".its > summary").first.click()
    assert f"Place {ALL}" in view.settle().words()
    assert view.page.locator(".drawing img, .drawing script, img[src*='example.com']").count() == 0
    assert view.page.locator(".source a[href^=javascript]").count() == 0
    assert view.page.evaluate("window.ran") is None
    nothing_went_wrong(view)


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(opened: Opened, dark: bool, width: int) -> None:
    view = opened(f"{PAGE}&document=Patientdatalagen+(2008:355)", width=width, dark=dark)
    view.page.locator(".rest > summary").first.click()
    view.page.locator(".law .its > summary").first.click()
    expect(view.page.locator(".law .asked")).to_have_count(2)
    assert violations(view.settle()) == []
    assert sideways(view) == []


@pytest.mark.parametrize("address", ["study=demo-round-2&voices=2&lang=sv", "study=evidence"])
def test_nothing_scrolls_sideways_on_the_narrowest_phone(opened: Opened, address: str) -> None:
    view = opened(f"/guidance?{address}", width=320)
    for summary in view.page.locator(".its > summary").all():
        summary.evaluate("node => { node.parentElement.open = true; }")
    assert sideways(view.settle()) == []
