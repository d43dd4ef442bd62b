"""A quote with personal data counts and is not shown, until somebody releases it."""

import json
import sys

import pytest

from dashboard import cli, generations, intake, query, review, store
from dashboard.charts.step_words import quote
from dashboard.errors import GapError
from dashboard.i18n import translator
from dashboard.model import Filters

PRIVATE = "Hon skrev 811228-9874 och anna@example.org i chatten"
PRACTICE = (
    "participant,component,stance,step_id,quote\n"
    f"P1,Video calls,adapted,V1,{PRIVATE}\nP2,Video calls,adapted,V1,PHQ-9 12-15 varje gång\n"
)


@pytest.fixture
def request_(tmp_path):
    (tmp_path / "practice.csv").write_text(PRACTICE, encoding="utf-8")
    (tmp_path / "protocol.csv").write_text("step_id,component,text\nV1,Video calls,Ring\n", encoding="utf-8")
    return intake.Request("north", [tmp_path / "practice.csv"], tmp_path / "protocol.csv")


@pytest.fixture
def folder(request_, tmp_path):
    intake.publish(tmp_path / "store", [intake.prepare(request_)])
    return tmp_path / "store"


def words(folder):
    connection = store.open_generation(generations.current(folder))
    everything = {name: ["*"] for name in ("component_ids", "phases", "obligation_levels", "jurisdictions", "step_ids",
                                           "practice_ids", "participant_ids")}  # fmt: skip
    try:
        rows = query.run(
            connection, "lists/words", {"study_id": Filters("north").study_id, "at_least": 1, **everything}
        )
        return {row["participant_id"]: row for row in query.records(rows)}
    finally:
        connection.close()


def test_its_voice_counts_and_its_words_are_not_there(folder):
    found = words(folder)
    assert [(who, r["quote"], r["verification"]) for who, r in found.items()] == [
        ("P1", "", "held_back"),
        ("P2", "PHQ-9 12-15 varje gång", "as_typed"),
    ]
    assert quote(found["P1"], translator("en"))["text"] == "(held back for review: personal data in it)"


def test_the_report_lists_the_place_and_not_the_data(request_, tmp_path):
    report = intake.beside_store(tmp_path / "none", intake.prepare(request_)).report(None)
    [warning] = [w for w in report["warnings"] if "held back" in w]
    assert warning.startswith("1 quote with personal data held back for review: e1 in 'P1' (identity number, e mail).")
    assert "811228" not in warning
    assert "@" not in warning


def test_a_released_quote_is_shown_and_stays_released_through_later_imports(folder, request_):
    review.decide(folder, "north", ["e1"], [])
    assert words(folder)["P1"]["quote"] == PRIVATE
    request_.files[0].write_text(PRACTICE + "P3,Video calls,adapted,V1,mer\n", encoding="utf-8")
    [report] = intake.publish(folder, [intake.prepare(request_)])
    assert not [w for w in report["warnings"] if "held back" in w]
    assert words(folder)["P1"]["quote"] == PRIVATE


def test_a_quote_kept_back_is_never_shown_again(folder, request_):
    review.decide(folder, "north", [], ["e1"])
    request_.files[0].write_text(PRACTICE + "P3,Video calls,adapted,V1,mer\n", encoding="utf-8")
    intake.publish(folder, [intake.prepare(request_)])
    assert words(folder)["P1"]["quote"] == ""


def test_only_what_is_held_back_can_be_released(folder):
    with pytest.raises(GapError, match="'e2' is not held back in 'north'"):
        review.decide(folder, "north", ["e2"], [])
    assert generations.current(folder).number == 1


def test_the_command_lists_places_and_shows_words_only_when_asked(folder, monkeypatch, capsys):
    def run(*more):
        monkeypatch.setattr(sys, "argv", ["beyond", "review", "--study", "north", "--store", str(folder), *more])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        assert ended.value.code == 0
        return capsys.readouterr().out

    assert run() == "north: 1 with personal data, 1 waiting\n  e1 held: identity_number e_mail in 'P1'\n"
    assert PRIVATE in run("--show")
    [found] = json.loads(run("--keep", "e1", "--json"))["quotes"]
    assert (found["excerpt_id"], found["release_state"], "quote" in found) == ("e1", "withheld", False)
