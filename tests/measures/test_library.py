"""The facets of the library: which practices a reader's choices leave."""

import pandas as pd
import pytest

from dashboard.measures import practice_library
from dashboard.measures.library import FACETS, chosen
from dashboard.model import Filters


@pytest.fixture
def rows():
    """Three practices that differ in all that a reader can choose by."""
    return pd.DataFrame(
        {
            "practice": ["A", "B", "C"],
            "stance": ["adapted", "worked_around", "added"],
            "alliance_aspect": ["bond", "task", "bond"],
            "frame_nature": ["tailoring", "substituting", "adding"],
            "fidelity": ["consistent", "inconsistent", "unknown"],
            "reason_level": ["provider", "organisation", ""],
            "resilience_potential": ["respond", "learn", "respond"],
            "n_helps": [2, 1, 0], "n_mixed": [0, 1, 0], "n_harms": [0, 1, 0], "n_not_known": [0, 0, 1],
            "is_fragile": [True, False, False],
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    ("facets", "left"),
    [
        ({}, "ABC"),
        (dict.fromkeys((*FACETS, "effect", "fragile"), ()), "ABC"),
        ({"stance": ("adapted", "added")}, "AC"),
        ({"aspect": ("bond",)}, "AC"),
        ({"aspect": ("bond",), "stance": ("added",)}, "C"),  # within a facet any of them, over the facets all
        ({"nature": ("tailoring", "nobody has this")}, "A"),
        ({"fidelity": ("inconsistent",)}, "B"),
        ({"reason": ("organisation",)}, "B"),
        ({"potential": ("learn",)}, "B"),
        ({"effect": ("helps",)}, "AB"),
        ({"effect": ("harms", "not_known")}, "BC"),
        ({"fragile": ("1",)}, "A"),
        ({"fragile": "1", "aspect": ("task",)}, ""),
    ],
)
def test_a_facet_without_a_choice_leaves_all(rows, facets, left):
    assert "".join(chosen(rows, facets)["practice"]) == left


def test_an_empty_library_stays_empty(tiny, only, within):
    rows = practice_library(tiny("participant | step_id | stance\nP1 | V1 | as_written"), within())
    assert rows.empty
    assert chosen(rows, {"stance": ("adapted",), "effect": ("helps",), "fragile": "1"}).empty


def test_each_choice_of_the_shipped_study_leaves_what_holds_it(shipped):
    rows = practice_library(shipped, Filters("demo-round-2"))
    for facet, column in FACETS.items():
        sizes = [len(chosen(rows, {facet: (value,)})) for value in rows[column].unique()]
        assert sum(sizes) == len(rows), facet
    assert len(chosen(rows, {"fragile": "1"})) == rows["is_fragile"].sum() > 0
