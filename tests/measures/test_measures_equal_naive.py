"""Every measure, column by column, against the second implementation in naive.py, on random small studies."""

import os
import string
from dataclasses import dataclass, replace

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dashboard import model, store
from dashboard import settings as program
from dashboard.importers import rows as bundle_rows
from dashboard.intake import default_placement_rules
from dashboard.measures import MEASURES
from dashboard.model import Bundle, Filters, Participant, PlacementCondition, Step, Study, Telling
from dashboard.query import records
from tests.measures import naive, naive_compare, naive_lens, naive_library, naive_themes

TWINS = (naive, naive_compare, naive_lens, naive_library, naive_themes)
NAIVE = {name: twin for module in TWINS for name, twin in vars(module).items() if name in MEASURES}
LISTED = (("icbt", "iCBT programs", "iKBT-program"), ("video", "Video calls", "Videosamtal"))
TOOLS = ("Video calls", "iCBT programs", "Online booking")  # the third is never listed by the study
OWN_RULES = (
    PlacementCondition(1, "guard", "share_harms", 0.5, None),
    PlacementCondition(2, "revise", "gap", 0.5, 0.8),
    PlacementCondition(2, "revise", "n_differ", 2, None),
)
DUTIES, PLACES = ("law", "advice", ""), ("SE", "EU")
WAYS = ("", "By phone", "BY PHONE", "Tablet", "Lingers")
REASONS = ("", "organisation: no time", "Organisation", "provider: organisation")
IS_THOROUGH = bool(os.environ.get("BEYOND_THOROUGH"))
RANDOM = settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def examples(n):
    """How many random studies to draw: a third of n, so that all tests fit their time; n with BEYOND_THOROUGH=1."""
    return n if IS_THOROUGH else n // 3


@dataclass(frozen=True)
class Case:
    """A study, what was told in it, and what a reader looks at."""

    study: Study
    bundle: Bundle
    filters: Filters


def case_of(*told, voices=("P1", "P2", "P3"), steps=("V1", "V2"), rules=None, **filters):
    """Return a case; each telling is a voice, a step and a stance."""
    return Case(
        Study("s", "S", components=LISTED, placement_rules=rules or default_placement_rules()),
        Bundle(
            "Test",
            "test",
            "",
            participants=tuple(Participant(voice) for voice in voices),
            steps=tuple(Step(step, "Video calls", f"Do {step}", phase="during") for step in steps),
            tellings=tuple(
                Telling(voice, "Video calls", stance, step, "during", "x", effect="helps", alliance_aspect="bond")
                for voice, step, stance in told
            ),
        ),
        Filters("s", **filters),
    )


@st.composite
def cases(draw):
    """Draw a study with at most 12 voices and 8 steps, and filters that may choose anything or nothing."""
    one = st.sampled_from
    voices = tuple(Participant(f"P{n:02}") for n in range(draw(st.integers(0, 12))))
    steps = tuple(draw(written(letter)) for letter in string.ascii_uppercase[: draw(st.integers(0, 8))])
    told = draw(st.lists(tellings(voices, steps), min_size=draw(st.integers(0, 30)), max_size=40)) if voices else ()
    study = Study(
        "s",
        "S",
        components=draw(one((LISTED, LISTED[1:], ()))),
        placement_rules=draw(one((default_placement_rules(), OWN_RULES))),
    )
    chosen = [
        draw(st.one_of(st.just(()), st.just(()), st.lists(one(known), max_size=3, unique=True).map(tuple)))
        for known in (("icbt", "video", "video_calls", "online_booking"), model.PHASES, DUTIES, PLACES)
    ]
    bundle = Bundle("Test", "test", "", participants=voices, steps=steps, tellings=tuple(told))
    return Case(study, bundle, Filters("s", *chosen, draw(st.integers(1, 4))))


def written(letter):
    """Draw a step; the numbers are drawn so that the order of ids is not that of the work."""
    one = st.sampled_from
    return st.builds(
        Step,
        step_id=st.integers(1, 3).map(lambda number: f"{number}{letter}"),
        component=one(TOOLS),
        text=st.just(f"Do {letter}"),
        text_sv=st.just(f"Gör {letter}"),
        phase=one((*model.PHASES, "", "later")),
        position=st.integers(0, 2),
        obligation_level=one(DUTIES),
        jurisdiction=one(PLACES),
        is_core=st.booleans(),
    )


@st.composite
def tellings(draw, voices, steps):
    """Draw a row of the practice table, sound as the importer leaves it: a step's row is of the step's tool."""
    one = st.sampled_from
    step = draw(one([*steps, None]))
    return Telling(
        draw(one(voices)).participant_id,
        step.component if step else draw(one(TOOLS)),
        draw(one(model.STANCES)),
        step.step_id if step else "",
        phase=draw(one((step.phase if step else "", "during", "later"))),
        practice=draw(one(WAYS)),
        practice_sv=draw(one(("", "På svenska"))),
        effect=draw(one(model.EFFECTS)),
        alliance_aspect=draw(one(("", *model.ALLIANCE_ASPECTS))),
        frame_nature=draw(one(("", "tailoring"))),
        fidelity=draw(one(model.FIDELITIES)),
        reason=draw(one(REASONS)),
        reason_sv=draw(one(("", "tidsbrist"))),
        resilience_potential=draw(one(("", "learn"))),
        rests_on=draw(one(("", "private_tools"))),
        excerpt_id=draw(one(("", "e1", "e2"))),
    )


def built(case):
    """Return a store in memory with the case's study, and another study that uses the same ids."""
    connection = duckdb.connect(":memory:", config={"threads": "1"})
    folder = program.queries_folder()
    for path in sorted((folder / "schema").glob("*.sql")):
        connection.execute(path.read_text(encoding="utf-8"))
    voices, steps = case.bundle.participants, case.bundle.steps
    left_out = [
        Telling(v.participant_id, s.component, "left_out", s.step_id, s.phase, alliance_aspect="bond")
        for v in voices
        for s in steps
    ]
    other = replace(case.bundle, tellings=tuple(left_out))
    own, others = bundle_rows.of(case.study, case.bundle), bundle_rows.of(replace(case.study, study_id="other"), other)
    for table, values in own.items():
        if both := [*values, *others[table]]:
            connection.append(table, pd.DataFrame(both, dtype=object))
    for view in store.VIEWS:
        connection.execute((folder / "views" / f"{view}.sql").read_text(encoding="utf-8"))
    return connection


def without(bundle: Bundle, voice: str) -> Bundle:
    """The study as if this voice had never been in it."""
    return replace(
        bundle,
        participants=tuple(p for p in bundle.participants if p.participant_id != voice),
        tellings=tuple(t for t in bundle.tellings if t.participant_id != voice),
    )


def plain(rows: pd.DataFrame) -> list[dict]:
    """Return a table's rows with None where a value is missing."""
    return [{key: None if value != value else value for key, value in row.items()} for row in records(rows)]


def about(expected: list[dict]) -> list[dict]:
    """Return the rows with each fraction good to twelve digits."""
    return [
        {key: pytest.approx(value, abs=1e-12) if isinstance(value, float) else value for key, value in row.items()}
        for row in expected
    ]


ALL_ADDED = [("P1", "V1", "added"), ("P2", "", "added"), ("P2", "V1", "added")]
AS_WRITTEN = [(voice, step, "as_written") for voice in ("P1", "P2", "P3") for step in ("V1", "V2")]


@settings(RANDOM, max_examples=examples(200))
@given(case=cases())
@example(case=case_of(voices=(), steps=()))
@example(case=case_of(voices=()))
@example(case=case_of(steps=()))
@example(case=case_of())  # nobody raised anything
@example(case=case_of(("P1", "V1", "adapted"), voices=("P1",)))  # one voice
@example(case=case_of(("P1", "V1", "adapted"), at_least=2))
@example(case=case_of(*AS_WRITTEN))
@example(case=case_of(*ALL_ADDED))
@example(case=case_of(*ALL_ADDED, at_least=2))
@example(case=case_of(("P1", "V1", "adapted"), ("P2", "V1", "unclear"), rules=OWN_RULES))
def test_every_measure_equals_its_naive_twin(case):
    connection = built(case)
    cells = connection.execute("from cell where study_id = 's' order by participant_id, step_id").df()
    assert plain(cells) == naive.cell(case.study, case.bundle)
    for name, measure in MEASURES.items():
        expected = NAIVE[name](case.study, case.bundle, case.filters)
        assert plain(measure(connection, case.filters)) == about(expected), name
    connection.close()


@settings(RANDOM, max_examples=examples(50))
@given(case=cases())
@example(case=case_of(("P1", "V1", "adapted"), ("P2", "V1", "as_written"), ("P3", "V1", "unclear")))
def test_the_range_is_what_taking_each_voice_out_of_the_study_gives(case):
    everything = Filters("s")
    connection = built(case)
    rows = plain(MEASURES["gap_by_step"](connection, everything))
    connection.close()
    fewer = [without(case.bundle, voice.participant_id) for voice in case.bundle.participants]
    after = [naive.gap_by_step(case.study, bundle, everything) for bundle in fewer]
    for at, row in enumerate(rows):
        gaps = [rest[at]["gap"] for rest in after] if row["n_clear"] > 1 else []
        assert row["gap_min_without_one"] == pytest.approx(min(gaps, default=None))
        assert row["gap_max_without_one"] == pytest.approx(max(gaps, default=None))
