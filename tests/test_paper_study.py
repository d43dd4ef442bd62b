"""A study that anyone can count with pencil and paper: two rounds of invented interviews, three tools, twelve steps.

Its files are in tests/paper/. The tables below were worked out by hand, from docs/glossary.md, docs/decisions.md and
data/placement_rules.toml, and the program has to say the same; every share stands as the fraction that was counted.
Voices: 01 to 10 speak in both rounds, 11 and 12 only before, 13, 14 and 15 only after.

Above a step stands who said what of it:
  w as written · a adapted · r worked around · o left out · ? unclear · all others are silent
  + helps · ± mixed · - harms, nothing where the effect is not known; (w) tells it as written, too
"""

from pathlib import Path

import pytest

from dashboard import generations, intake, store
from dashboard.measures import gap_by_component, gap_by_step, placement_by_step, practice_by_step, unwritten_practice
from dashboard.measures.compare import compare_by_step, groups, state_by_voice
from dashboard.measures.placement import ranked
from dashboard.model import Filters, Side
from dashboard.query import records
from tests.paper.reading import paper, program, who

PAPER = Path(__file__).parent / "paper"
NORTH = ("P01", "P02", "P03", "P04", "P05", "P13")
SOUTH = ("P06", "P07", "P08", "P09", "P10", "P14", "P15")

# --- each step, in the order of the work ------------------------------------------------------------------
# w a r o ? and silent | clear, of them differ, (w) | gap, its least and its most without any one voice |
# helps, mixed, harms, not known | keeps to the purpose, goes against it, bound by the organisation |
# placement and the rule that gave it | priority, mean effect
GAP = (
    "step_id n_as_written n_adapted n_worked_around n_not_done n_unclear n_not_raised n_clear n_differ "
    "n_also_as_written gap gap_min_without_one gap_max_without_one"
)
PLACED = (
    "n_helps n_mixed n_harms n_not_known n_consistent n_inconsistent n_condition placement placement_rank "
    "priority mean_effect"
)

# 12 voices; 12 tells only what nobody wrote.
BEFORE = """
    # w 01 04 07 · a 03± 11+ · o 02- 05± 06-
    V1 | 3 2 0 3 0  4 |  8 5 0 | 5/8  4/7 5/7 | 1 2 2 0 | 0 3 0 | guard       2  | 9 -1/5
    # w 04 06 10 · a 01+ 02+ 03± 05+ 07+ 11+ · r 09+ · ? 08
    V2 | 3 6 1 0 1  1 | 10 7 0 | 7/10 2/3 7/9 | 6 1 0 0 | 1 6 0 | revise      7  | 8  6/7
    # w 04 08 11 · r 01+ 02 03+ 10+
    V4 | 3 0 4 0 0  5 |  7 4 0 | 4/7  1/2 2/3 | 3 0 0 1 | 3 0 4 | support     6  | 4  1
    # w 01 06 07 10 11 · a 02+ 04+
    V3 | 5 2 0 0 0  5 |  7 2 0 | 2/7  1/6 1/3 | 2 0 0 0 | 0 2 0 | holds       9  | 2  1
    # w 01 06 07 · a 05+
    V5 | 3 1 0 0 0  8 |  4 1 0 | 1/4  0   1/3 | 1 0 0 0 | 1 0 0 | holds       4  | 1  1
    # ? 11
    M1 | 0 0 0 0 1 11 |  0 0 0 | none none none | 0 0 0 0 | 0 0 0 | not_raised 0 | 0  none
    # w 04 05 06 07 09 · a 01
    M3 | 5 1 0 0 0  6 |  6 1 0 | 1/6  0   1/5 | 0 0 0 1 | 0 0 1 | holds       4  | 1  none
    # w 01 03 04 · a 10+ · r 02- 05-
    M2 | 3 1 2 0 0  6 |  6 3 0 | 1/2  2/5 3/5 | 1 0 2 0 | 0 2 0 | guard       3  | 5 -1/3
    # w 01 09 · a 06+ 07± 08-
    M4 | 2 3 0 0 0  7 |  5 3 0 | 3/5  1/2 3/4 | 1 1 1 0 | 0 0 0 | look_closer 10 | 5  0
    # a 03+
    C1 | 0 1 0 0 0 11 |  1 1 0 | 1 none none  | 1 0 0 0 | 1 0 0 | look_closer 1  | 1  1
    # w 02 06 10 · o 05
    C2 | 3 0 0 1 0  8 |  4 1 0 | 1/4  0   1/3 | 0 0 0 1 | 0 0 0 | holds       4  | 1  none
    # nobody
    C3 | 0 0 0 0 0 12 |  0 0 0 | none none none | 0 0 0 0 | 0 0 0 | not_raised 0 | 0  none
"""
# 13 voices; 15 raises only V2, and unclearly.
AFTER = """
    # w 01 02 08 · a 03± 04+ 07+(w) · o 05± 06- · ? 13
    V1 | 3 3 0 2 1  4 |  8 5 1 | 5/8  4/7 5/7 | 2 2 1 0 | 0 2 0 | guard       2  | 8  1/5
    # w 01 02 03 04 06 09 · a 05+ 07± · ? 15 (one practice, once it helps 07 and once it harms)
    V2 | 6 2 0 0 1  4 |  8 2 0 | 1/4  1/7 2/7 | 1 1 0 0 | 2 0 0 | holds       4  | 3  1/2
    # w 04 13 · a 02+ · r 01+ 03+ 08 10+(w) 14± (one practice of 14 harms, another, left out, helps)
    V4 | 2 1 5 0 0  5 |  8 6 1 | 3/4  5/7 6/7 | 4 1 0 1 | 4 1 5 | support     6  | 7  4/5
    # w 01 05 07 · a 02+ 04+ 06+ 09± 10+ 14
    V3 | 3 6 0 0 0  4 |  9 6 0 | 2/3  5/8 3/4 | 4 1 0 1 | 3 3 0 | revise      7  | 7  4/5
    # w 01 06 07 10 · a 02± 05+ 13+ · ? 03
    V5 | 4 3 0 0 1  5 |  7 3 0 | 3/7  1/3 1/2 | 2 1 0 0 | 2 0 0 | spread      8  | 4  2/3
    # nobody
    M1 | 0 0 0 0 0 13 |  0 0 0 | none none none | 0 0 0 0 | 0 0 0 | not_raised 0 | 0  none
    # w 04 05 06 07 13 · a 01 03 09+ · o 08+
    M3 | 5 3 0 1 0  4 |  9 4 0 | 4/9  3/8 1/2 | 2 0 0 2 | 0 1 3 | look_closer 5  | 4  1
    # w 01 03 04 · a 10+ 14± · r 02- 05- · ? 06
    M2 | 3 2 2 0 1  5 |  7 4 0 | 4/7  1/2 2/3 | 1 1 2 0 | 0 2 0 | guard       3  | 7 -1/4
    # w 01 02 03 04 13 · a 06+ 07± 09-
    M4 | 5 3 0 0 0  5 |  8 3 0 | 3/8  2/7 3/7 | 1 1 1 0 | 0 0 0 | holds       9  | 5  0
    # w 08 · a 03+ · ? 10
    C1 | 1 1 0 0 1 10 |  2 1 0 | 1/2  0   1   | 1 0 0 0 | 1 0 0 | look_closer 1  | 1  1
    # w 02 05 06 10 14 (14 is unclear, too)
    C2 | 5 0 0 0 0  8 |  5 0 0 | 0    0   0   | 0 0 0 0 | 0 0 0 | holds       4  | 0  none
    # w 04 13 · a 01+ 07+ · o 02- 09± · ? 05
    C3 | 2 2 0 2 1  6 |  6 4 0 | 2/3  3/5 4/5 | 2 1 1 0 | 2 2 2 | look_closer 10 | 6  1/4
"""
# At least 2 voices: every unclear telling goes, and what else only one voice told.
SHARED = """
    V1 | 3 3 0 2 0  5 |  8 5 1 | 5/8  4/7 5/7 | 2 2 1 0 | 0 2 0 | guard       2  | 8  1/5
    V2 | 6 2 0 0 0  5 |  8 2 0 | 1/4  1/7 2/7 | 1 1 0 0 | 2 0 0 | holds       4  | 3  1/2
    # w 04 10 13 · r 01+ 03+ 08 14- (10 falls back on what it told as written, 02 is silent, 14 only harms)
    V4 | 3 0 4 0 0  6 |  7 4 0 | 4/7  1/2 2/3 | 2 0 1 1 | 4 0 4 | support     6  | 5  1/3
    V3 | 3 6 0 0 0  4 |  9 6 0 | 2/3  5/8 3/4 | 4 1 0 1 | 3 3 0 | revise      7  | 7  4/5
    # w 01 06 07 10 · a 05+ 13+ (02 is silent)
    V5 | 4 2 0 0 0  7 |  6 2 0 | 1/3  1/5 2/5 | 2 0 0 0 | 2 0 0 | spread      8  | 2  1
    M1 | 0 0 0 0 0 13 |  0 0 0 | none none none | 0 0 0 0 | 0 0 0 | not_raised 0 | 0  none
    # w 04 05 06 07 13 · a 01 03 09+ (08 is silent)
    M3 | 5 3 0 0 0  5 |  8 3 0 | 3/8  2/7 3/7 | 1 0 0 2 | 0 0 3 | look_closer 5  | 3  1
    M2 | 3 2 2 0 0  6 |  7 4 0 | 4/7  1/2 2/3 | 1 1 2 0 | 0 2 0 | guard       3  | 7 -1/4
    M4 | 5 3 0 0 0  5 |  8 3 0 | 3/8  2/7 3/7 | 1 1 1 0 | 0 0 0 | holds       9  | 5  0
    # nobody (03 and 08 each stood alone)
    C1 | 0 0 0 0 0 13 |  0 0 0 | none none none | 0 0 0 0 | 0 0 0 | not_raised 0 | 0  none
    C2 | 5 0 0 0 0  8 |  5 0 0 | 0    0   0   | 0 0 0 0 | 0 0 0 | holds       4  | 0  none
    C3 | 2 2 0 2 0  7 |  6 4 0 | 2/3  3/5 4/5 | 2 1 1 0 | 2 2 2 | look_closer 10 | 6  1/4
"""
# By priority, then core steps (V1 V2), then the larger gap, then the order of the work.
RANKED = {
    ("before", 1): "V1 V2 M4 M2 V4 V3 C1 V5 C2 M3",
    ("after", 1): "V1 V4 V3 M2 C3 M4 M3 V5 V2 C1",
    ("after", 2): "V1 V3 M2 C3 V4 M4 V2 M3 V5",
}

# --- each tool, after: a voice differs that differs on at least half of the steps on which it was clear -----
# steps, of them raised, at least half differ | differ, as written, unclear, silent | clear, gap, least, most
TOOLS = (
    "component_id n_steps n_steps_raised n_steps_half n_mostly_differ n_mostly_as_written n_unclear n_not_raised "
    "n_clear gap gap_min_without_one gap_max_without_one"
)
AFTER_TOOLS = """
    video_calls      | 5 5 3 | 11 1 1 0 | 12 11/12 10/11 1     # not 01 (1 of 5); 15 is unclear
    outcome_measures | 4 3 1 |  8 4 0 1 | 12 2/3   7/11  8/11  # not 01 03 (1 of 3) 04 13 (none)
    icbt_program     | 3 3 2 |  5 7 0 1 | 12 5/12  4/11  5/11  # 01 02 03 07 09
"""
SHARED_TOOLS = """
    video_calls      | 5 5 3 |  9 3 0 1 | 12 3/4   8/11  9/11  # 02 and 10 (1 of 3) go with 01; 15 is silent
    outcome_measures | 4 3 1 |  7 4 0 2 | 11 7/11  3/5   7/10  # 08 is silent, too
    icbt_program     | 3 2 1 |  4 6 0 3 | 10 2/5   1/3   4/9   # 03 and 08 are silent, too
"""

# --- each practice, after: voices | helps, mixed, harms, not known ------------------------------------------
# The unclear tellings have no name; each has one voice, whose effect is not known.
UNCLEAR = "V1 V2 V5 M2 C1 C2 C3"
PRACTICES = "step_id stance practice n_voices n_helps n_mixed n_harms n_not_known"
AFTER_PRACTICES = """
    V1 | as_written    | Writes it down                          | 4 | 0 0 2 2
    V1 | adapted       | Asks for the town only                  | 3 | 2 1 0 0  # 03 says it twice and is one voice
    V1 | left_out      | Skips it with a patient already known   | 2 | 0 1 1 0
    V2 | as_written    | Asks who else is there                  | 6 | 0 0 0 6
    V2 | adapted       | Asks about headphones                   | 2 | 1 1 0 0
    V4 | worked_around | Calls on the phone instead              | 4 | 2 0 1 1
    V4 | worked_around | Takes out an own tablet                 | 1 | 1 0 0 0
    V4 | adapted       | Turns the picture off                   | 1 | 1 0 0 0
    V4 | left_out      | Ends the session                        | 1 | 1 0 0 0
    V4 | as_written    | Stays on video                          | 3 | 0 0 0 3
    V3 | adapted       | Starts with the week that was           | 3 | 3 0 0 0
    V3 | adapted       | Keeps two manuals side by side          | 3 | 1 1 0 1
    V3 | as_written    | Follows the manual's order              | 3 | 0 0 0 3
    V5 | as_written    | Ends on the minute                      | 4 | 0 0 0 4
    V5 | adapted       | Keeps two minutes for goodbye           | 2 | 2 0 0 0
    V5 | adapted       | Ends in silence                         | 1 | 0 1 0 0
    M3 | as_written    | Reads them together                     | 5 | 0 0 0 5
    M3 | adapted       | Reads them alone                        | 3 | 1 0 0 2
    M3 | left_out      | Leaves them unopened                    | 1 | 1 0 0 0
    M2 | as_written    | Sends it every week                     | 3 | 0 0 0 3
    M2 | worked_around | Fills it in over the phone              | 2 | 0 0 2 0
    M2 | adapted       | Sends it once a month                   | 2 | 1 1 0 0
    M4 | as_written    | Shows the curve                         | 5 | 0 0 0 5
    M4 | adapted       | Tells it in words                       | 3 | 1 1 1 0
    C1 | as_written    | Chooses together                        | 1 | 0 0 0 1
    C1 | adapted       | Picks a program alone                   | 1 | 1 0 0 0
    C2 | as_written    | Answers within two days                 | 5 | 0 0 0 5
    C3 | as_written    | Makes a plan                            | 2 | 0 0 0 2
    C3 | adapted       | Leaves the program open                 | 2 | 2 0 0 0
    C3 | left_out      | Ends without a plan                     | 2 | 0 1 1 0
"""
# What nobody wrote. A step beside it says where it happens: 13 drinks tea at V3, and is silent on V3 all the same.
UNWRITTEN = "component_id phase near_step_id practice n_voices n_helps n_mixed n_harms n_not_known"
BEFORE_UNWRITTEN = """
    video_calls | before | none | Sends a picture of the room            | 1 | 0 0 0 1  # 12
    video_calls | during | V3   | Drinks tea together on screen          | 2 | 2 0 0 0  # 01+ 06+
"""
AFTER_UNWRITTEN = """
    video_calls | session_start | none | Lets the dog be seen            | 1 | 1 0 0 0  # 02+
    video_calls | during | V3   | Drinks tea together on screen          | 3 | 2 0 0 1  # 01+ 06+ 13
    outcome_measures | between | none | Keeps an own sheet of scores     | 2 | 1 1 0 0  # 03± (helps, later harms) 08+
    icbt_program | between | C2 | Writes a line of her own to each module | 2 | 1 0 1 0  # 05+ 09-
"""

# --- then and now, the largest change first -----------------------------------------------------------------
# raised, clear, differ then | the same now | change, its least and its most without any one voice | text revised |
# clear both times, of them differ then, now | clear only then, only now
COMPARED = (
    "step_id n_raised_one n_clear_one n_differ_one n_raised_other n_clear_other n_differ_other change "
    "change_min_without_one change_max_without_one is_revised n_both_clear n_both_differ_one n_both_differ_other "
    "n_only_one n_only_other"
)
THEN_NOW = """
    C1 |  1  1 1 | 3 2 1 |  -1/2  none   none  | no  | 1 1 1 | 0 1  # without 03 nobody is left then
    V2 | 11 10 7 | 9 8 2 |  -9/20 -19/36 -8/21 | yes | 8 6 2 | 2 0  # least without 10, most without 01 02 03 or 09
    V3 |  7  7 2 | 9 9 6 |   8/21  7/24  13/28 | no  | 6 2 4 | 1 3  # least without 06 or 10, most without 05
    M3 |  6  6 1 | 9 9 4 |   5/18  7/40   3/8  | no  | 6 1 2 | 0 3  # least without 09, most without 01
    C2 |  4  4 1 | 5 5 0 |  -1/4  -1/3    0    | no  | 4 1 0 | 0 1  # least without 02 06 or 10, most without 05
    # Those who spoke both times differ more now; the gap shrinks by those who speak of it for the first time.
    M4 |  5  5 3 | 8 8 3 |  -9/40 -13/28 -1/8  | no  | 4 2 3 | 1 4  # least without 09, most without 08
    V4 |  7  7 4 | 8 8 6 |   5/28  1/21   2/7  | no  | 6 4 5 | 1 2  # least without 08, most without 13
    V5 |  4  4 1 | 8 7 3 |   5/28  1/12   1/3  | no  | 4 1 1 | 0 3  # least without 02 or 13, most without 05
    M2 |  6  6 3 | 8 7 4 |   1/14  0      1/10 | no  | 6 3 3 | 0 1  # least without 14, most without 02 05 or 10
    V1 |  8  8 5 | 9 8 5 |   0    -1/7    1/7  | no  | 7 4 5 | 1 1  # least without 04 or 07, most without 02
    M1 |  1  0 0 | 0 0 0 |   none  none   none | no  | 0 0 0 | 0 0
    C3 |  0  0 0 | 7 6 4 |   none  none   none | no  | 0 0 0 | 0 6
"""
NORTH_SOUTH = """
    M4 | 5 5 0 | 3 3 3 |  1     1     1    | no | 0 0 0 | 5 3
    C1 | 1 1 1 | 2 1 0 | -1     none  none | no | 0 0 0 | 1 1
    V5 | 5 4 3 | 3 3 0 | -3/4  -1    -2/3  | no | 0 0 0 | 4 3
    M2 | 5 5 2 | 3 2 2 |  3/5   1/2   3/4  | no | 0 0 0 | 5 2
    C3 | 5 4 2 | 2 2 2 |  1/2   1/3   2/3  | no | 0 0 0 | 4 2
    V4 | 5 5 3 | 3 3 3 |  2/5   1/4   1/2  | no | 0 0 0 | 5 3
    V3 | 4 4 2 | 5 5 4 |  3/10  2/15  1/2  | no | 0 0 0 | 4 5
    V2 | 5 5 1 | 4 3 1 |  2/15 -1/5   1/3  | no | 0 0 0 | 5 3
    M3 | 5 5 2 | 4 4 2 |  1/10 -1/15  4/15 | no | 0 0 0 | 5 4
    V1 | 6 5 3 | 3 3 2 |  1/15 -1/10  2/5  | no | 0 0 0 | 5 3
    C2 | 2 2 0 | 3 3 0 |  0     0     0    | no | 0 0 0 | 2 3
    M1 | 0 0 0 | 0 0 0 |  none  none  none | no | 0 0 0 | 0 0
"""
STEP_TABLES = [("before", 1, BEFORE), ("after", 1, AFTER), ("after", 2, SHARED)]
each_step_table = pytest.mark.parametrize(("study", "at_least", "table"), STEP_TABLES)


@pytest.fixture(scope="module")
def rounds(tmp_path_factory):
    folder = tmp_path_factory.mktemp("paper")
    intake.publish(folder, [intake.prepare(request_of(study)) for study in ("before", "after")])
    connection = store.open_generation(generations.current(folder))
    yield connection
    connection.close()


def request_of(study: str) -> intake.Request:
    here = PAPER / study
    return intake.Request(
        study, [here / "practice.csv"], PAPER / "protocol.csv", here / "participants.csv", about=here / "study.toml"
    )


def test_the_files_are_read_with_nothing_to_say_but_that_quotes_come_as_typed(rounds):
    asked = "select study_id, participants, practices, excerpts, contains(warnings, chr(10)) from import_log order by 2"
    assert rounds.execute(asked).fetchall() == [("before", 12, 27, 63, False), ("after", 13, 41, 98, False)]


@each_step_table
def test_who_says_what(rounds, study, at_least, table):
    found: dict[str, dict[str, tuple]] = {step: {} for step in who(table)}
    for row in records(state_by_voice(rounds, Filters(study, at_least=at_least))):
        if row["step_id"] in found:
            found[row["step_id"]][row["participant_id"]] = (row["stance"], row["effect"])
    assert found == who(table)


@each_step_table
def test_each_step_has_its_counts_its_range_and_its_placement(rounds, study, at_least, table):
    filters = Filters(study, at_least=at_least)
    assert program(gap_by_step(rounds, filters), GAP) == [row[: len(GAP.split())] for row in paper(table)]
    placed = placement_by_step(rounds, filters)
    assert program(placed, f"{GAP} {PLACED}") == paper(table)
    assert " ".join(ranked(placed)["step_id"]) == RANKED[study, at_least]


def test_every_rule_places_a_step_after():
    assert {row[-3] for row in paper(AFTER)} == set(range(11))


@pytest.mark.parametrize(("at_least", "table"), [(1, AFTER_TOOLS), (2, SHARED_TOOLS)])
def test_each_tool_counts_each_voice_once(rounds, at_least, table):
    assert program(gap_by_component(rounds, Filters("after", at_least=at_least)), TOOLS) == paper(table)


@pytest.mark.parametrize("at_least", [1, 2])
def test_each_practice_has_its_voices(rounds, at_least):
    unclear = [(step, "unclear", None, 1, 0, 0, 0, 1) for step in UNCLEAR.split()]
    told = [row for row in paper(AFTER_PRACTICES) + unclear if row[3] >= at_least]
    found = program(practice_by_step(rounds, Filters("after", at_least=at_least)), PRACTICES)
    assert sorted(found, key=lambda row: row[:3]) == sorted(told, key=lambda row: row[:3])


@pytest.mark.parametrize(("study", "table"), [("before", BEFORE_UNWRITTEN), ("after", AFTER_UNWRITTEN)])
def test_what_nobody_wrote_has_its_voices(rounds, study, table):
    assert program(unwritten_practice(rounds, Filters(study)), UNWRITTEN) == paper(table)
    shared = [row for row in paper(table) if row[4] >= 2]
    assert program(unwritten_practice(rounds, Filters(study, at_least=2)), UNWRITTEN) == shared


def test_the_rounds_compared(rounds):
    rows = compare_by_step(rounds, Side(Filters("before")), Side(Filters("after")), same_people=True)
    assert program(rows, COMPARED) == paper(THEN_NOW)


def test_the_sites_compared(rounds):
    assert groups(rounds, "after") == {"site": {"North": NORTH, "South": SOUTH}}
    rows = compare_by_step(rounds, Side(Filters("after"), NORTH), Side(Filters("after"), SOUTH))
    assert program(rows, COMPARED) == paper(NORTH_SOUTH)
