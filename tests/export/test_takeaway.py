"""A page as a take-away: its numbers are the measures', its words those of the page, its stamp says what it is."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard import access
from dashboard.charts.tables import COLUMNS
from dashboard.decided import OnStep
from dashboard.errors import GapError
from dashboard.export import change_request, compose, compose_guidance
from dashboard.export.gap_section import worst_first
from dashboard.export.takeaway import Quote, filters_in_words, stamp_of
from dashboard.export.view import view_of
from dashboard.i18n import LANGUAGES, translator
from dashboard.measures import guidance_by_step, placement_by_step, practice_by_step
from dashboard.measures.guidance import bends
from dashboard.measures.placement import ranked
from dashboard.model import Decision, Filters
from dashboard.query import records
from tests.export.conftest import ON, PAGES


def test_a_stamp_says_study_kind_filters_versions_date_and_what_interviews_are(looking):
    view = looking(component_ids=("video_calls",), phases=("before",), at_least=2)
    own, chosen, versions, footer = view.stamp()
    assert own == "Psychologists, round 2 (demo-round-2) · invented interviews"
    assert chosen == "Filters: Tool type: Video calls; Phase: Before; practices that at least 2 share"
    assert versions == "Beyond the Protocol 0.1.0 · data gen-000001 · 2026-11-24"
    assert "disclose practice" in footer


def test_without_filters_it_is_all_of_the_study(looking):
    assert looking().stamp()[1] == "Filters: all of the study"
    assert filters_in_words(Filters("x"), translator("sv"), {}) == "hela studien"


def test_a_stamp_of_two_sides_names_both(looking):
    view = looking()
    stamp = stamp_of(view.study, view.filters, date(2026, 1, 2), "gen-000001", view.t, {}, ["one = A", "other = B"])
    assert stamp[0] == "one = A · other = B"


def test_the_overview_takes_the_first_gaps_along_in_their_order(looking, shipped):
    made = compose.overview(looking(), 4)
    first = ranked(placement_by_step(shipped, Filters("demo-round-2"))).head(4)
    gaps = [section for section in made.sections if section.asks_for]
    assert [section.key for section in gaps] == [f"step-{step_id}" for step_id in first["step_id"]]


def test_the_overview_takes_along_the_gaps_that_were_chosen(looking):
    made = compose.overview(looking(), chosen=["V06", "B02"])
    assert {section.key for section in made.sections if section.asks_for} == {"step-B02", "step-V06"}


@pytest.mark.parametrize("study", ["demo-round-2", "evidence"])
@pytest.mark.parametrize("at_least", [1, 2])
def test_a_gap_has_the_measures_numbers(looking, shipped, study, at_least):
    filters = Filters(study, at_least=at_least)
    placed = {str(row["step_id"]): row for row in records(placement_by_step(shipped, filters))}
    practices = practice_by_step(shipped, filters)
    for section in compose.overview(looking(study, at_least=at_least), 50).sections:
        if not section.asks_for:
            continue
        row = placed[section.key.removeprefix("step-")]
        voices = {series.colour: series.values[0] for series in section.chart.series}
        assert voices == {
            name: n
            for name, n in (
                ("as_written", row["n_as_written"]), ("adapted", row["n_adapted"]), ("left_out", row["n_not_done"]),
                ("worked_around", row["n_worked_around"]), ("unclear", row["n_unclear"]),
                ("not_raised", row["n_not_raised"]),
            ) if n
        }  # fmt: skip
        assert {stance: n for stance, n, _word in section.dots} == voices
        assert section.facts[0].startswith(f"{row['n_differ']} of {row['n_clear']} differ")
        own = practices[practices["step_id"] == row["step_id"]]
        own = own[own["stance"].isin(["adapted", "worked_around", "left_out"])]
        assert list(section.table.iloc[:, 2]) == list(own["n_voices"])
        assert list(section.table.iloc[:, 5]) == list(own["n_harms"])


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tables_are_those_of_the_page(taken, page, language):
    made, _t = taken(page, language=language)
    assert made.data
    for data in made.data:
        assert tuple(data.rows.columns) == COLUMNS[data.name]


def test_texts_stand_in_the_readers_language(taken):
    made, _t = taken("overview", language="sv")
    assert "Videosamtal" in set(made.data[0].rows["component"])
    assert all("Var skiljer" in text for text in [made.question])


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("language", "word"), [("en", "voice"), ("sv", "röst")])
def test_publications_are_never_called_voices(taken, looking, page, language, word):
    if page == "step":
        view = looking("evidence", language)
        made = change_request.steps(view, list(view.steps)[:3])
    else:
        made, _t = taken(page, "evidence", language)
    said = [made.question, made.sentence, *made.facts, *made.stamp, *made.limits]
    for section in made.sections:
        said += [section.title, section.sentence, section.notes, section.caption, section.why, *section.facts]
        said += [*map(str, section.table.columns), section.chart.alt if section.chart else ""]
    assert [text for text in said if word in text.lower()] == []


def test_a_change_request_has_three_columns_and_the_source_with_its_place(looking):
    proposal = Decision(
        "demo-round-2", "V06", "proposal", "A. Manager", "It is safer.", text="Ask when it matters.",
        who_decides="The board", at="2026-11-20T10:00:00+01:00", entry_id="one",
    )  # fmt: skip
    written = OnStep("demo-round-2", "V06", {"demo-round-2": 2}, (proposal,), {}, {}, 0)
    made = change_request.steps(looking(), ["V06"], decisions={"V06": written})
    (section,) = made.sections
    assert [column.title for column in section.columns][:2] == ["Text today", "Everyday practice"]
    assert section.columns[2].title == "Proposed text"
    assert section.columns[2].lines[0].text == "Ask when it matters."
    assert section.source
    assert section.quotes
    points = dict(section.points)
    assert (points["Why"], points["Who decides"]) == ("It is safer.", "The board")
    assert points["Proposed by"] == "A. Manager, 2026-11-20"


def test_what_nobody_proposed_is_left_to_be_filled_in(looking):
    (section,) = change_request.steps(looking(), ["V06"]).sections
    assert dict(section.points)["Who decides"] == "To be filled in."
    assert section.columns[2].title == "What could be done about it"


def test_a_change_request_is_of_the_whole_step_whatever_the_filters(looking):
    narrow = change_request.steps(looking(phases=("ending",)), ["V06"])
    assert (
        narrow.sections == () or narrow.sections[0].facts == change_request.steps(looking(), ["V06"]).sections[0].facts
    )
    assert narrow.stamp[1] == "Filters: all of the study"


def test_a_step_that_is_not_there_is_told(looking):
    with pytest.raises(GapError, match="V99"):
        change_request.steps(looking(), ["V99"])


def test_many_steps_have_the_words_that_each_has_alone(looking):
    together = change_request.steps(looking(), list(looking().steps)[:8])
    for section in together.sections:
        alone = change_request.steps(looking(), [section.key.removeprefix("step-")])
        assert alone.sections[0].quotes == section.quotes


def test_a_study_that_a_reader_may_not_see_is_not_taken_along(shipped, monkeypatch):
    monkeypatch.setattr(access, "can_see_study", lambda scope, policy: False)
    with pytest.raises(GapError, match="no study"):
        view_of(shipped, Filters("demo-round-2"), "en", "gen-000001", ON, "public")


def test_a_study_without_words_gives_a_sentence(tiny):
    connection = tiny("participant | component | stance | step_id\nP1 | Video calls | unclear | V1")
    view = view_of(connection, Filters("tiny"), "en", "gen-000001", ON, "team")
    made = compose.overview(view)
    assert made.sentence
    assert made.sections == ()
    assert replace(made, sections=()) == made


@pytest.mark.parametrize("study", ["demo-round-2", "evidence"])
def test_guidance_takes_along_the_steps_that_bend_and_no_others(looking, shipped, study):
    view = looking(study, obligation_levels=("national guidance",))
    made = compose_guidance.guidance(view)
    steps = guidance_by_step(shipped, view.filters)
    bending = [row["step_id"] for row in records(steps) if bends(row)]
    assert [s.key for s in made.sections if s.columns] == [f"step-{step_id}" for step_id in bending]
    assert list(made.data[1].rows["step_id"]) == list(steps["step_id"])
    assert sum(made.sections[0].table.iloc[:, 2]) == len(bending)


def test_guidance_of_an_issuer_says_so(looking):
    view = looking()
    issuer = next(str(step["issuer"]) for step in view.steps.values() if step["issuer"])
    made = compose_guidance.guidance(view, [issuer])
    assert issuer in made.stamp[0]
    assert {view.steps[step_id]["issuer"] for step_id in made.data[1].rows["step_id"]} == {issuer}


LAW = {"component_ids": ("video_calls",), "obligation_levels": ("law or regulation",)}


def test_guidance_where_nothing_bends_takes_along_every_step_of_the_view_with_its_source(looking, shipped):
    view = looking(**LAW)
    steps = guidance_by_step(shipped, view.filters)
    assert not any(bends(row) for row in records(steps))
    made = compose_guidance.guidance(view)
    assert list(made.sections[1].table["Id"]) == list(steps["step_id"])
    assert [s.key for s in made.sections if s.columns] == [f"step-{step_id}" for step_id in steps["step_id"]]
    assert all(s.source for s in made.sections if s.columns)
    assert made.facts[-1] == "Taken along: the one step of this view, which does not bend"


@pytest.mark.parametrize("named", ["proposal", "brief"])
def test_guidance_takes_along_what_was_proposed_or_put_into_the_brief_beside_what_bends(looking, named):
    proposal = Decision(
        "demo-round-2", "V04", "proposal", "A. Manager", "It is safer.", text="Ask when it matters.",
        at="2026-11-20T10:00:00+01:00", entry_id="one",
    )  # fmt: skip
    view = looking(component_ids=("video_calls",))
    asked = {"entries": [proposal]} if named == "proposal" else {"chosen": ["V04"]}
    made = compose_guidance.guidance(view, **asked)
    keys = [s.key for s in made.sections if s.columns]
    plain = [s.key for s in compose_guidance.guidance(view).sections if s.columns]
    assert (set(keys) - set(plain), set(plain) - set(keys)) == ({"step-V04"}, set())
    assert "have a proposal or decision, or were put into the brief" in made.facts[-1]
    every = made.sections[1].table
    said = dict(zip(every["Id"], every.get("Proposed, decided", every["Id"]), strict=True))
    assert said["V04"] == ("A text is proposed" if named == "proposal" else "V04")


@pytest.mark.parametrize("page", ["overview", "step", "guidance"])
def test_a_decision_stands_in_every_file_that_its_step_is_in(looking, page):
    decision = Decision(
        "demo-round-2", "M02", "guard", "Head of clinic", "Harm is told.", at="2026-11-26T10:00:00+01:00",
        entry_id="one",
    )  # fmt: skip
    view = looking()
    made = {
        "overview": lambda: compose.overview(view, entries=[decision]),
        "step": lambda: change_request.steps(view, ["M02"], decisions=compose.written([decision], view, ["M02"])),
        "guidance": lambda: compose_guidance.guidance(view, entries=[decision]),
    }[page]()
    section = next(s for s in made.sections if s.key == "step-M02")
    points = dict(section.points)
    assert points["Decided"] == "Guard the step, 2026-11-26, Head of clinic: Harm is told."
    assert "Who decides" not in points
    assert section.decided == "decided: guard the step, 2026-11-26"
    assert "Decided: Guard the step" in section.notes


def test_what_is_read_out_tells_of_harm_first_is_of_many_practices_and_has_words():
    def quote(text, practice, effect, is_held=False):
        return Quote(text, False, "", "P1", "", "", practice, effect, is_held)

    spoken = [
        quote("a", "rings", "helps"), quote("b", "rings", "helps"), quote("held", "skips", "harms", is_held=True),
        quote("c", "skips", "harms"), quote("d", "waits", "mixed"), quote("e", "asks", "helps"),
    ]  # fmt: skip
    assert [one.text for one in worst_first(spoken)] == ["c", "a", "d"]
    assert [one.text for one in worst_first(spoken[:3])] == ["a", "b"]
    assert worst_first(spoken[2:3]) == []


def test_doubts_of_those_who_follow_the_text_are_told_with_it(looking):
    (section,) = change_request.steps(looking(), ["V04"]).sections
    doubt = "Of those who work as it is written, 2 see a mixed effect."
    assert doubt in section.facts
    assert doubt in [line.text for line in section.columns[1].lines]
    assert any(quote.notes.endswith("◆ mixed") for quote in section.quotes)
