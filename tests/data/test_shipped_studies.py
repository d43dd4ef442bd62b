"""The studies that come with the program keep their promises: two rounds of invented interviews, and the evidence."""

import re
import tomllib

import pytest

from dashboard import settings
from dashboard.measures import gap_by_step, placement_by_step, unwritten_practice
from dashboard.model import PLACEMENTS, STATES, Filters

ROUNDS = ("demo-round-1", "demo-round-2")
SWEDISH = re.compile(r"\b(och|jag|inte|det|att|som)\b")


@pytest.fixture
def ask(shipped):
    def rows(question, *values):
        return shipped.execute(question, list(values)).fetchall()

    return rows


@pytest.fixture
def one(ask):
    def value(question, *values):
        [(found,)] = ask(question, *values)
        return found

    return value


def described(study_id):
    path = settings.shipped_studies_folder().joinpath(*study_id.split("-", 1)) / "study.toml"
    return path.read_text(encoding="utf-8")


# --- the invented interviews ------------------------------------------------------------------------------


@pytest.mark.parametrize("study", ROUNDS)
def test_a_round_has_sixteen_voices_at_two_sites(one, study):
    assert one("select count(*) from participant where study_id = ?", study) == 16
    sites = "select count(distinct value) from participant_attribute where study_id = ? and attribute = 'site'"
    assert one(sites, study) == 2


def test_twelve_voices_are_in_both_rounds(one):
    both = "select participant_id from participant where study_id = ?"
    assert one(f"select count(*) from ({both} intersect {both})", *ROUNDS) == 12  # noqa: S608 - the text is this test's own


@pytest.mark.parametrize("study", ROUNDS)
def test_a_round_is_about_six_tools_and_forty_eight_steps(one, study):
    assert one("select count(*) from digital_component where study_id = ?", study) == 6
    assert one("select count(*) from written_step where study_id = ?", study) == 48


def test_the_interviews_tell_many_practices_in_many_words(one):
    practices = "select count(distinct lower(name)) from practice where study_id in (?, ?) and name <> ''"
    assert one(practices, *ROUNDS) >= 90
    assert one("select count(*) from coding where study_id in (?, ?)", *ROUNDS) >= 700
    assert one("select count(distinct text) from excerpt where study_id in (?, ?)", *ROUNDS) >= 220


@pytest.mark.parametrize("study", ROUNDS)
def test_some_speak_swedish_and_each_of_those_has_an_english_twin(ask, study):
    quotes = ask("select text, text_en from excerpt where study_id = ?", study)
    swedish = [(text, english) for text, english in quotes if len(set(SWEDISH.findall(text.lower()))) >= 2]
    assert len(swedish) >= 5
    assert [text for text, english in swedish if not english] == []


@pytest.mark.parametrize("study", ROUNDS)
def test_every_state_of_a_cell_occurs(ask, study):
    assert {state for (state,) in ask("select distinct state from cell where study_id = ?", study)} == set(STATES)


@pytest.mark.parametrize("study", ROUNDS)
def test_every_placement_occurs(shipped, study):
    placed = set(placement_by_step(shipped, Filters(study))["placement"])
    assert placed == {*PLACEMENTS, "not_raised"}


@pytest.mark.parametrize("study", ROUNDS)
def test_some_steps_are_raised_by_nobody(shipped, study):
    silent = (gap_by_step(shipped, Filters(study))["n_raised"] == 0).sum()
    assert 1 <= silent <= 12


@pytest.mark.parametrize("study", ROUNDS)
def test_several_practices_are_written_nowhere(shipped, study):
    told = unwritten_practice(shipped, Filters(study))
    assert len(told) >= 5
    assert (told["n_voices"] >= 2).any()


def test_two_texts_were_revised_between_the_rounds_and_both_gaps_shrink(shipped, ask):
    revised = ask(
        "select now.step_id from written_step now join written_step before using (step_id) "
        "where before.study_id = ? and now.study_id = ? and before.step <> now.step order by all",
        *ROUNDS,
    )
    assert len(revised) == 2
    before, now = (gap_by_step(shipped, Filters(study)).set_index("step_id")["gap"] for study in ROUNDS)
    for (step_id,) in revised:
        assert now[step_id] < before[step_id]


@pytest.mark.parametrize("study", ROUNDS)
def test_the_interviews_say_of_themselves_that_they_are_invented(one, study):
    assert one("select kind from study where study_id = ?", study) == "synthetic"
    assert one("select disclosure from study where study_id = ?", study) == "open"
    assert "invented" in one("select method from study where study_id = ?", study)
    assert "påhittade" in one("select method_sv from study where study_id = ?", study)
    assert "Invented interviews" in described(study)


@pytest.mark.parametrize("study", ROUNDS)
def test_every_text_of_the_protocol_has_a_swedish_twin(ask, study):
    missing = "select step_id from written_step where study_id = ? and (step_sv = '' or component_sv = '')"
    assert ask(missing, study) == []


# --- the evidence -----------------------------------------------------------------------------------------


def test_the_evidence_is_published_findings_and_says_so(ask):
    [found] = ask("select kind, disclosure from study where study_id = 'evidence'")
    assert found == ("evidence", "open")
    toml = settings.shipped_studies_folder() / "evidence" / "study.toml"
    assert "published" in tomllib.loads(toml.read_text(encoding="utf-8"))["method"]


def test_the_evidence_has_thirty_seven_rows(one):
    assert one("select count(*) from practice_voice where study_id = 'evidence'") == 37


def test_a_voice_of_the_evidence_is_one_publication_with_citation_and_address(ask, one):
    assert one("select count(*) from participant where study_id = 'evidence'") == 28
    assert one("select count(distinct address) from participant where study_id = 'evidence'") == 28
    lacking = (
        "select participant_id from participant where study_id = 'evidence' "
        "and (citation = '' or not regexp_matches(address, '^https?://'))"
    )
    assert ask(lacking) == []


def test_every_publication_is_read_for_something(ask):
    silent = (
        "select participant_id from participant anti join practice_voice using (study_id, participant_id) "
        "where participant.study_id = 'evidence'"
    )
    assert ask(silent) == []


def test_an_effect_is_given_only_with_the_words_that_report_it(ask):
    unfounded = (
        "select practice_id from practice_voice left join excerpt using (study_id, excerpt_id) "
        "where practice_voice.study_id = 'evidence' and effect <> 'not_known' and coalesce(excerpt.text, '') = ''"
    )
    assert ask(unfounded) == []
    told = "select effect, count(*) from practice_voice where study_id = 'evidence' group by effect"
    assert dict(ask(told)) == {"helps": 12, "mixed": 8, "harms": 3, "not_known": 14}


def test_nobodys_words_point_to_a_transcript_that_is_not_there(one):
    assert one("select count(*) from excerpt where start_at is not null or verification <> 'as_typed'") == 0
