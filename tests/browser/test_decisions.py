"""Deciding in a real browser: what is saved is kept and shown as it was typed, and nobody in public can write."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Page, expect

from dashboard import intake, ledger, shipped_studies
from dashboard.model import Decision
from tests.browser.conftest import HERE, Opened, View, run_program, serving
from tests.browser.test_accessible import sideways, violations

IMG, BOLD, PICTURE = "<img src=x onerror=window.ran=1>", "**bold**", "![x](http://example.com/x.png)"
TYPED = f"{IMG} {BOLD} {PICTURE} <script>window.ran=1</script>"
ROUND_1, ROUND_2 = "demo-round-1", "demo-round-2"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of our own, to write into: the shipped studies and one of one voice, which is not open."""
    made = tmp_path_factory.mktemp("decided") / "store"
    shipped_studies.ensure_store(made)
    intake.publish(made, [intake.prepare(one_voice())])
    return made


def one_voice() -> intake.Request:
    tables = HERE / "studies" / "one-voice"
    return intake.Request("one-voice", [tables / "practice.csv"], protocol=tables / "protocol.csv")


@pytest.fixture(scope="module")
def base(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(folder, tmp_path_factory.mktemp("log") / "server.log") as address:
        yield address


@pytest.fixture(scope="module")
def public(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(folder, tmp_path_factory.mktemp("log") / "server.log", "--public") as address:
        yield address


def step_page(opened: Opened, base: str, step: str, study: str = ROUND_2, **how: object) -> View:
    return opened(f"/step?study={study}&step={step}", base=base, **how)  # type: ignore[arg-type]


def begin(view: View, way: str = "Decide") -> Page:
    if not view.page.locator(".st-key-deciding_way").is_visible():
        view.page.locator(".st-key-deciding summary").click()
        view.page.locator(".st-key-deciding_way").wait_for()
    view.page.locator(".st-key-deciding_way").get_by_text(way, exact=True).click()
    view.settle()
    return view.page


def fill(page: Page, what: str, who: str, why: str) -> None:
    page.locator(".st-key-deciding").get_by_text(what, exact=True).click()
    page.get_by_label("Who: a name, a role or a group").fill(who)
    page.get_by_label("Why", exact=True).fill(why)


def save(view: View, name: str = "Save the decision") -> View:
    view.page.get_by_role("button", name=name).click()
    expect(view.page.locator("[data-testid=stAlert]")).to_be_visible()
    return view.settle()


def alerts(view: View) -> list[str]:
    return view.all("[data-testid=stAlert]")


def shown(view: View) -> list[str]:
    """Return the decisions on screen, each as one line."""
    return view.all(".decision")


def nothing_ran(view: View) -> None:
    assert view.page.evaluate("window.ran === undefined")
    assert [e for e in view.errors if "404" not in e] == []
    assert view.outside == []


# --- saving -----------------------------------------------------------------------------------------------


def test_a_decision_is_saved_and_stays_after_a_reload(opened: Opened, base: str, folder: Path) -> None:
    view = step_page(opened, base, "V06")
    assert "Nothing is decided yet on this step." in view.words()
    page = begin(view)
    fill(page, "Guard the step", "The board", "Somebody came to harm.")
    page.locator("[class*=st-key-review_] [role=spinbutton]").first.click()
    page.keyboard.type("20271124")
    save(view)
    assert alerts(view) == ["Saved. The decision is kept."]
    entry = ledger.read(folder)[-1]
    assert (entry.study_id, entry.step_id, entry.decision, entry.by) == (ROUND_2, "V06", "guard", "The board")
    assert (entry.review_on, entry.series) == ("2027-11-24", "demo")
    for seen in (view, view.goto(view.page.url)):
        assert seen.all(".decision strong") == ["Guard the step"]
        assert seen.all(".decision .facts") == [f"The board · {entry.at[:10]}"]
        assert seen.all(".decision .review") == ["to be looked at again on 2027-11-24"]
        assert seen.all(".decision .typed") == ["Somebody came to harm."]
    assert page.get_by_label("Why", exact=True).count() == 0, "a page that is loaded again shows no form"
    nothing_ran(view)


def test_two_tabs_save_at_the_same_moment_and_both_are_kept(opened: Opened, base: str, folder: Path) -> None:
    tabs = [step_page(opened, base, "V07", fresh=True) for _ in range(2)]
    for number, view in enumerate(tabs):
        fill(begin(view), "Look closer", f"Tab {number}", f"Reason {number}")
    for view in tabs:  # neither waits for the other
        view.page.get_by_role("button", name="Save the decision").evaluate("button => setTimeout(() => button.click())")
    for view in tabs:
        expect(view.page.get_by_text("Saved. The decision is kept.")).to_be_visible()
    for view in tabs:
        view.goto(view.page.url)
        assert sorted(view.all(".decision .typed")) == ["Reason 0", "Reason 1"]
    assert sorted(entry.by for entry in ledger.read(folder) if entry.step_id == "V07") == ["Tab 0", "Tab 1"]


def test_saved_is_said_only_once_it_is_kept(opened: Opened, base: str, folder: Path) -> None:
    view = step_page(opened, base, "V08")
    fill(begin(view), "Look closer", "Ann", "Too few voices.")
    with FileLock(folder / ledger.LOCK):  # as another writer holds it
        view.page.get_by_role("button", name="Save the decision").click()
        view.page.wait_for_timeout(1500)
        assert alerts(view) == []
        assert [entry for entry in ledger.read(folder) if entry.step_id == "V08"] == []
    expect(view.page.get_by_text("Saved. The decision is kept.")).to_be_visible()
    assert len([entry for entry in ledger.read(folder) if entry.step_id == "V08"]) == 1


def test_two_clicks_on_save_are_one_decision(opened: Opened, base: str, folder: Path) -> None:
    view = step_page(opened, base, "V09")
    fill(begin(view), "Look closer", "Ann", "Too few voices.")
    view.page.get_by_role("button", name="Save the decision").evaluate("button => { button.click(); button.click(); }")
    expect(view.page.locator(".decision")).to_have_count(1)
    view.settle().page.wait_for_timeout(500)
    assert len([entry for entry in ledger.read(folder) if entry.step_id == "V09"]) == 1


def test_what_is_missing_is_named_and_what_was_typed_stays(opened: Opened, base: str) -> None:
    view = step_page(opened, base, "V10")
    page = begin(view)
    save(view)
    assert alerts(view) == ["Nothing was saved: choose what is decided."]
    fill(page, "Accept the difference, change nothing", "Ann", " ")
    page.get_by_role("button", name="Save the decision").click()
    expect(page.get_by_text("Nothing was saved: say why, in a sentence or two.")).to_be_visible()
    assert page.get_by_label("Who: a name, a role or a group").input_value() == "Ann"
    view.goto(view.page.url)
    assert shown(view) == []


def test_a_decision_is_withdrawn_and_both_stay_to_be_seen(opened: Opened, base: str, folder: Path) -> None:
    ledger.append(folder, Decision(ROUND_2, "M01", "accept", "Ann", "It is fine.", series="demo"))
    view = step_page(opened, base, "M01")
    page = begin(view, "Withdraw")
    page.get_by_label("Who: a name, a role or a group").fill("The board")
    page.get_by_label("Why", exact=True).fill("It is not.")
    save(view, "Save the withdrawal")
    assert "Withdrawn on" in shown(view)[0]
    assert "It is fine." in shown(view)[0]
    assert "by The board: It is not." in shown(view)[0]
    assert page.locator(".decision.gone").count() == 1


# --- what is shown ----------------------------------------------------------------------------------------


def test_a_decision_survives_importing_the_study_again(opened: Opened, base: str, folder: Path, tmp_path: Path) -> None:
    tables = HERE / "studies" / "one-voice"
    step = (tables / "protocol.csv").read_text("utf-8").splitlines()[1].split(",")[0]
    ledger.append(folder, Decision("one-voice", step, "adopt", "Ann", "Kept all along."))
    changed = tmp_path / "practice.csv"
    changed.write_text((tables / "practice.csv").read_text("utf-8").replace("adapted", "worked_around"), "utf-8")
    run_program(
        "import", changed, "--protocol", tables / "protocol.csv", "--study", "one-voice", "--store", str(folder)
    )
    view = step_page(opened, base, step, "one-voice")
    assert view.all(".decision .typed") == ["Kept all along."]


def test_a_proposal_begins_with_the_text_of_today_and_has_to_change_it(opened: Opened, base: str, folder: Path) -> None:
    view = step_page(opened, base, "I05")
    page = begin(view, "Propose a text")
    text = page.get_by_label("The text that you propose for this step")
    today = view.all(".three .large")[0]
    assert text.input_value() == today
    page.get_by_label("Why the text should change").fill("It helps.")
    page.get_by_label("Who proposes it").fill("Ann")
    page.get_by_label("Who decides on it").fill("The board")
    save(view, "Save the proposal")
    assert alerts(view) == ["Nothing was saved: this is the text as it stands today. Change it first."]
    assert [entry for entry in ledger.read(folder) if entry.step_id == "I05"] == []
    text.fill(f"{today}, or ask on paper")
    save(view, "Save the proposal")
    assert [entry.text for entry in ledger.read(folder) if entry.step_id == "I05"] == [f"{today}, or ask on paper"]


def test_what_is_typed_is_shown_as_text(opened: Opened, base: str) -> None:
    view = step_page(opened, base, "M02")
    page = begin(view, "Propose a text")
    page.get_by_label("The text that you propose for this step").fill(TYPED)
    page.get_by_label("Why the text should change").fill(f"{TYPED}\nA second line.")
    page.get_by_label("Who proposes it").fill(TYPED)
    page.get_by_label("Who decides on it").fill(TYPED)
    save(view, "Save the proposal")
    begin(view, "Withdraw")  # lists the proposal by who proposed it
    said = view.words()
    for typed in (IMG, BOLD, PICTURE):
        assert typed in said
    assert page.locator(".request .proposal .typed").inner_text() == TYPED
    assert page.locator(".request .typed").filter(has_text="A second line.").first.inner_text().endswith("second line.")
    assert page.locator(".decisions img, .request img, .decisions .typed strong, .request .typed strong").count() == 0
    assert page.locator("[data-testid=stMain] img").count() == 0
    nothing_ran(view)


def test_a_change_request_has_its_three_columns_its_risks_and_who_decides(
    opened: Opened, base: str, folder: Path
) -> None:
    proposed = Decision(ROUND_2, "V05", "proposal", "Ann", "It helps.", text="Ask when it is new.", who_decides="All")
    ledger.append(folder, proposed)
    view = step_page(opened, base, "V05")
    assert view.all(".request h3") == ["Text today", "Everyday practice", "Proposed text", "Risks"]
    request = view.all(".request")[0]
    for part in ("Ask when it is new.", "It helps.", "All", "not decided yet"):
        assert part in request
    harmed = int(re.findall(r"▼ (\d+) harms", view.all(".facts")[0])[0])
    assert view.all(".risks > p")[0].startswith(f"{harmed} voice")
    assert view.page.locator(".risks .quote").count() == harmed
    assert view.all(".request .count strong")[0].replace("of", "of the") in view.sentence
    ledger.append(folder, Decision(ROUND_2, "V05", "adopt", "The board", "Agreed."))
    view.goto(view.page.url)
    assert re.match(r"decided: adopt the practice, \d{4}-\d\d-\d\d", view.all(".request .state")[0])


def test_a_decision_of_the_round_before_is_compared_with_this_one(opened: Opened, base: str, folder: Path) -> None:
    entry = ledger.append(
        folder, Decision(ROUND_1, "I04", "revise", "The board", "Most do so.", "2026-01-01", series="demo")
    )
    view = step_page(opened, base, "I04")
    assert "7 of 9 → 2 of 9 differ among the voices that were clear in both rounds." in view.all(".after")[0]
    assert f"Revision decided in {entry.at[:7]}" in view.all(".after")[0]
    assert "The text has been revised since." in view.all(".after")[0]
    assert view.all(".review.due") == ["review date passed: 2026-01-01"]
    assert "round 1" in view.all(".decision .facts")[0]
    before = step_page(opened, base, "I04", ROUND_1)
    assert before.page.locator(".decision .after").count() == 0
    view.page.locator(".after a").click()
    view.page.wait_for_url(re.compile("/compare"))
    assert view.settle().parameter("one") == [ROUND_1]


def test_the_overview_marks_what_is_decided(opened: Opened, base: str, folder: Path) -> None:
    view = opened(f"/?study={ROUND_2}", base=base)
    first = view.page.locator(".gaps .gap .name").first
    step = (first.get_attribute("href") or "").split("step=")[1].split("&")[0]
    entry = ledger.append(folder, Decision(ROUND_2, step, "support", "The board", "It is the tool."))
    view.goto(view.page.url)
    assert view.all(".gaps .gap")[0].endswith(f"decided: support the condition, {entry.at[:10]}".replace("-", "\u2011"))
    assert view.all(".so-far li")[0].startswith("Support the condition")
    view.page.locator(".so-far a").first.click()
    view.settle()
    assert view.parameter("step") == [step]
    other = opened(f"/?study={ROUND_1}", base=base)
    assert all("support the condition," not in line for line in other.all(".gaps .decided"))


def test_the_brief_goes_along_and_is_in_the_address(opened: Opened, base: str) -> None:
    view = step_page(opened, base, "V05", fresh=True)
    view.page.get_by_text("Put V05 into the brief").click()
    view.settle()
    assert view.parameter("brief") == ["V05"]
    view.page.locator(".st-key-step_next button").first.click()
    view.settle()
    view.page.get_by_text("Put V06 into the brief").click()
    view.settle()
    assert view.parameter("brief") == ["V05", "V06"]
    view.page.locator("nav a", has_text="Overview").first.click()
    view.page.locator(".tile").first.wait_for()
    view.settle()
    assert view.parameter("brief") == ["V05", "V06"]
    view.choose("voices", "2 voices")
    assert view.parameter("brief") == ["V05", "V06"]
    view.page.locator(".tile[data-step=V05]").click()
    view.page.locator(".st-key-brief").wait_for()
    view.settle()
    assert view.parameter("brief") == ["V05", "V06"]
    assert view.all(".st-key-brief button") == ["V05, this step", "V06"]
    view.page.locator(".st-key-brief").get_by_text("V05, this step").click()
    view.settle()
    assert view.parameter("brief") == ["V06"]
    reader = opened(view.page.url, base=base, fresh=True)
    assert "Your brief: 1 step" in reader.words()
    unknown = opened(f"/step?study={ROUND_2}&step=V05&brief=V06&brief=Z99", base=base)
    assert unknown.parameter("brief") == ["V06"]


# --- who may ----------------------------------------------------------------------------------------------


def test_the_public_reads_and_cannot_write(opened: Opened, public: str, folder: Path) -> None:
    before = ledger.append(folder, Decision(ROUND_2, "M03", "accept", "The board", "Open to all."))
    ledger.append(folder, Decision("one-voice", "M03", "accept", "Nobody", "Closed to the public."))
    view = step_page(opened, public, "M03")
    assert view.all(".decision .typed") == [before.why]
    assert view.page.locator(".st-key-deciding, form, [data-testid=stForm], textarea").count() == 0
    for page in ("/", "/step", "/step?deciding=1&deciding_way=decide"):
        assert opened(page, base=public).page.locator(".st-key-deciding, [data-testid=stForm], textarea").count() == 0
    assert "Closed to the public." not in step_page(opened, public, "M03", "one-voice").words()


# --- for everybody ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_in_decisions_and_forms(
    opened: Opened, base: str, folder: Path, dark: bool, width: int
) -> None:
    if not any(entry.step_id == "V01" for entry in ledger.read(folder)):
        for kind in (
            Decision(ROUND_1, "V01", "revise", "A name that is somewhat longer than others", "x" * 400, "2026-01-01"),
            Decision(ROUND_2, "V01", "proposal", "Ann", "It helps.", text="y" * 300, who_decides="The region"),
        ):
            ledger.append(folder, kind)
    view = step_page(opened, base, "V01", width=width, dark=dark)
    assert view.page.locator(".request").count() == 1
    for way in ("Decide", "Propose a text", "Withdraw"):
        begin(view, way)
        assert violations(view) == []
        assert sideways(view) == []
    view.page.get_by_role("button", name="Save the withdrawal").click()
    expect(view.page.locator("[data-testid=stAlert]")).to_be_visible()
    assert violations(view.settle()) == []


def test_the_page_speaks_swedish(opened: Opened, base: str) -> None:
    view = step_page(opened, base, "V01", locale="sv-SE")
    view.page.locator(".st-key-deciding summary").click()
    view.page.locator(".st-key-deciding_way").wait_for()
    said = view.settle().words()
    for text in ("Ändringsbegäran för V01", "Vad beslutas?", "Spara beslutet", "En text föreslås", "Lägg V01 i"):
        assert text in said
