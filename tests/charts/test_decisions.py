"""What the Step page says of decisions, and how a proposal becomes a change request."""

from dataclasses import replace

import pandas as pd
import pytest

from dashboard import decided
from dashboard.charts.change_request import change_request
from dashboard.charts.decisions import decided_list, decisions, mark
from dashboard.i18n import translator
from dashboard.measures import placement_by_step, practice_by_step, words_behind
from dashboard.model import DECISIONS, Decision, Filters
from dashboard.query import records, run

EN, SV = translator("en", "synthetic"), translator("sv", "synthetic")
REVISE = Decision("r1", "V1", "revise", "The board", "It helps.", "2026-06-01", at="2026-03-05T10:00:00+01:00",
                  entry_id="e1")  # fmt: skip
PROPOSAL = replace(REVISE, study_id="r2", decision="proposal", text="Ask first.", who_decides="The region",
                   review_on="", entry_id="e2", at="2026-09-01T10:00:00+02:00")  # fmt: skip
ROW = {"entry_id": "e1", "is_written_now": True, "is_revised": True, "n_clear_then": 12, "n_differ_then": 9,
       "n_clear_now": 12, "n_differ_now": 3, "n_both": 9, "n_both_differ_then": 7, "n_both_differ_now": 2}  # fmt: skip
ROUNDS = {"r1": 1, "r2": 2}


def to(page, key="", **values):
    return {"page": page, "values": values, "href": page}


def drawn(*entries, row=None, today="2026-05-31", t=EN, unread=0, at="r2"):
    rows = pd.DataFrame([ROW | row]) if row is not None else pd.DataFrame({"entry_id": []})
    return decisions(decided.on_step(entries, rows, ROUNDS, at, "V1", unread), today, to, t)


def said(parts):
    return "".join(text for text, _strong in parts).strip()


def test_an_entry_says_what_by_whom_when_and_why():
    item = drawn(REVISE, at="r1")["items"][0]
    assert (item["what"], item["facts"], item["why"], item["after"], item["gone"]) == (
        "Revise the text", ["The board", "2026-03-05"], "It helps.", None, "",
    )  # fmt: skip


def test_an_entry_of_another_round_says_which_and_a_proposal_who_decides():
    drawing = drawn(REVISE, PROPOSAL)
    assert [item["facts"] for item in drawing["items"]] == [
        ["The board", "2026-09-01", "decides: The region"], ["The board", "2026-03-05", "round 1"],
    ]  # fmt: skip
    assert (drawing["items"][0]["text"], drawing["none"]) == ("Ask first.", "")


@pytest.mark.parametrize(
    ("today", "due"), [("2026-05-31", False), ("2026-06-01", False), ("2026-06-02", True), ("2027-01-01", True)]
)
def test_a_review_date_is_marked_once_it_has_passed(today, due):
    review = drawn(REVISE, today=today)["items"][0]["review"]
    text = "review date passed: 2026-06-01" if due else "to be looked at again on 2026-06-01"
    assert review == {"isDue": due, "text": text}


def test_what_is_withdrawn_says_so_and_has_no_review():
    gone = replace(REVISE, decision="withdrawal", withdraws="e1", by="Ann", why="Too early.", entry_id="e3",
                   at="2026-04-01T08:00:00+02:00", review_on="")  # fmt: skip
    items = drawn(REVISE, gone)["items"]
    assert [(item["gone"], item["review"]) for item in items] == [
        ("Withdrawn on 2026-04-01 by Ann: Too early.", None)
    ]  # fmt: skip


def test_nothing_decided_and_lines_that_cannot_be_read_are_said():
    drawing = drawn(unread=2)
    assert (drawing["none"], drawing["items"]) == ("Nothing is decided yet on this step.", [])
    assert drawing["unread"].startswith("2 lines")
    assert drawn()["unread"] == ""


@pytest.mark.parametrize(("row", "t", "told"), [
    ({}, EN, "Revision decided in 2026-03; 7 of 9 → 2 of 9 differ among the voices that were clear in both rounds. "
     "Of all who were clear in either: 9 of 12 → 3 of 12. The text has been revised since."),
    ({"n_clear_then": 9, "n_clear_now": 9, "is_revised": False}, EN,
     "Revision decided in 2026-03; 7 of 9 → 2 of 9 differ among the voices that were clear in both rounds. "
     "The text reads as it did."),
    ({"n_both": 0}, EN, "Revision decided in 2026-03; no voice was clear on it in both rounds, so nothing can be "
     "compared. The text has been revised since."),
    ({"is_written_now": False}, EN, "Revision decided in 2026-03; the step is no longer written in this round."),
    ({}, translator("en", "synthetic", 2), "Revision decided in 2026-03; 7 of 9 → 2 of 9 differ among those clear in "
     "both rounds, in what at least 2 share. Of all who were clear in either: 9 of 12 → 3 of 12. "
     "The text has been revised since."),
    ({"n_both": 1, "n_both_differ_then": 1, "n_both_differ_now": 0}, SV,
     "Ändring beslutades 2026-03; 1 av 1 → 0 av 1 gör annorlunda: bara en röst var tydlig i båda omgångarna. "
     "Av alla som var tydliga i någon av dem: 9 av 12 → 3 av 12. Texten har ändrats sedan dess."),
])  # fmt: skip
def test_what_became_of_a_decision_is_one_sentence(row, t, told):
    item = drawn(REVISE, row=row, t=t)["items"][0]
    assert said(item["after"]) == told
    assert (item["compare"] is None) == (not (ROW | row)["n_both"])


@pytest.mark.parametrize("t", [EN, SV, translator("en", "evidence"), translator("sv", "evidence", 2)])
@pytest.mark.parametrize("decision", DECISIONS)
def test_every_decision_can_be_said_in_every_language_and_kind_of_study(decision, t):
    item = drawn(replace(REVISE, decision=decision), row={"is_revised": False}, t=t)["items"][0]
    assert said(item["after"])
    assert t.kind != "evidence" or ("voice" not in said(item["after"]) and "röst" not in said(item["after"]))


def test_a_mark_names_the_decision_and_its_day():
    assert mark(REVISE, EN) == "decided: revise the text, 2026-03-05"
    assert mark(REVISE, SV) == "beslutat: ändra texten, 2026-03-05"
    assert mark(None, EN) == ""


# --- the change request -----------------------------------------------------------------------------------


def request(connection, study, step_id, *entries, t=EN, at_least=1):
    whole = Filters(study, at_least=at_least)
    proposal = replace(PROPOSAL, study_id=study, step_id=step_id)
    about = decided.on_step([proposal, *entries], pd.DataFrame({"entry_id": []}), {study: 2}, study, step_id, 0)
    step, placed = (
        next(row for row in records(rows) if row["step_id"] == step_id)
        for rows in (run(connection, "lists/steps", {"study_id": study}), placement_by_step(connection, whole))
    )
    practices = practice_by_step(connection, whole)
    told = words_behind(connection, whole, step=step_id)
    harms = words_behind(connection, whole, step=step_id, number="n_harms")
    own = practices[practices["step_id"] == step_id]
    return change_request(about.proposal, about, step, placed, own, told, harms, t), placed


def test_a_change_request_has_text_practice_and_proposal_with_their_numbers(shipped):
    drawing, placed = request(shipped, "demo-round-2", "V05")
    today, practice, proposed = drawing["columns"]
    assert today["texts"][0]["text"] == "Ask and note where the patient is, at the start of every session"
    assert said(practice["count"]) == f"{placed['n_differ']} of {placed['n_clear']} differ"
    assert proposed["texts"] == [{"text": "Ask first.", "style": "large"}]
    assert all(1 <= len(item["quotes"]) <= 2 for item in practice["practices"])
    assert drawing["state"] == "not decided yet"
    assert [fact["text"] for fact in drawing["facts"]] == ["It helps.", "The region", "The board, 2026-09-01"]


def test_its_risks_are_the_voices_that_tell_of_harm(shipped):
    placed = placement_by_step(shipped, Filters("demo-round-2"))
    for step_id, n, differ in placed[["step_id", "n_harms", "n_differ"]].itertuples(index=False):
        drawing, _row = request(shipped, "demo-round-2", step_id)
        assert len({quote["who"] for quote in drawing["risks"]["quotes"]}) == n
        start = f"{n} voice" if n else "Nobody tells of harm" if differ else "Nobody works differently here"
        assert drawing["risks"]["text"].startswith(start)


def test_a_later_decision_answers_it(shipped):
    later = replace(REVISE, study_id="demo-round-2", step_id="V05", decision="adopt", at="2026-10-01T08:00:00+02:00")
    drawing, _placed = request(shipped, "demo-round-2", "V05", later)
    assert drawing["state"] == "decided: adopt the practice, 2026-10-01"


@pytest.mark.parametrize(("language", "banned"), [("en", "voice"), ("sv", "röst")])
def test_publications_are_not_called_voices(shipped, language, banned):
    for at_least in (1, 2):
        drawing, _placed = request(
            shipped, "evidence", "V06", t=translator(language, "evidence", at_least), at_least=at_least
        )
        own = {key: value for key, value in drawing.items() if key != "columns"} | {
            "count": drawing["columns"][1]["count"]
        }
        assert banned not in str(own).lower()


def test_what_was_decided_so_far_leads_to_its_steps_the_newest_first_and_marks_what_is_due():
    steps = {"V1": {"step": "Check", "step_sv": ""}, "V2": {"step": "Close", "step_sv": ""}}
    entries = [
        Decision("s", "V1", "guard", "A", "why", review_on="2026-01-01", at="2026-01-01T10:00:00+01:00", entry_id="1"),
        Decision(
            "s", "V2", "proposal", "B", "why", text="x", who_decides="C", at="2026-01-03T10:00:00+01:00", entry_id="3"
        ),
    ]
    drawing = decided_list(entries, steps, "2026-02-01", lambda page, key, **_more: f"{page}/{key}", EN)
    found = [(item["what"], item["step"], item["to"], item["facts"], item["review"]) for item in drawing["items"]]
    assert found == [
        ("A text is proposed", "V2 · Close", "step/V2", "B, 2026-01-03", ""),
        ("Guard the step", "V1 · Check", "step/V1", "A, 2026-01-01", "review date passed: 2026-01-01"),
    ]
    assert [(item["text"], item["asks"]) for item in drawing["items"]] == [("x", "decides: C"), ("", "")]


def test_a_review_date_is_due_only_of_the_newest_decision_on_its_step():
    steps = {"V1": {"step": "Check", "step_sv": ""}}
    entries = [
        Decision(
            "s", "V1", "guard", "A", "why", review_on="2026-01-01", at=f"2026-01-0{n}T10:00:00+01:00", entry_id=str(n)
        )
        for n in (1, 2)
    ]
    drawing = decided_list(entries, steps, "2026-02-01", lambda *_a, **_m: "", EN)
    assert [item["review"] for item in drawing["items"]] == ["review date passed: 2026-01-01", ""]


def test_so_far_is_of_one_study_and_of_steps_that_are_written_and_without_what_was_withdrawn():
    at = {"at": "2026-01-01T10:00:00+01:00"}
    entries = [
        Decision("s", "V1", "guard", "A", "why", entry_id="1", **at),
        Decision("other", "V1", "guard", "A", "why", entry_id="2", **at),
        Decision("s", "gone", "guard", "A", "why", entry_id="3", **at),
        Decision("s", "V1", "adopt", "A", "why", entry_id="4", **at),
        Decision("s", "V1", "withdrawal", "A", "why", entry_id="5", withdraws="4", **at),
    ]
    assert [entry.entry_id for entry in decided.standing_on(entries, "s", {"V1"})] == ["1"]


def test_many_decisions_are_one_click_away_and_never_a_single_one():
    steps = {"V1": {"step": "Check", "step_sv": ""}}
    entry = Decision("s", "V1", "guard", "A", "why", at="2026-01-01T10:00:00+01:00")
    shown = {n: decided_list([entry] * n, steps, "2026-02-01", lambda *_a, **_m: "", EN)["shown"] for n in (6, 7, 8)}
    assert shown == {6: 6, 7: 7, 8: 6}
