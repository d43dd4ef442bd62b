"""The measures: one question of queries/measures each, with its ratios and intervals, and what is derived from them.

Counts come from SQL; shares, ranges and placements are worked out here. Every measure takes a connection and the
reader's filters and returns a data frame.
"""

from collections.abc import Callable, Mapping

import pandas as pd

from dashboard.measures.agreement import coder_agreement
from dashboard.measures.compare import compare_by_step, state_by_voice
from dashboard.measures.gap import gap_by_component, gap_by_step
from dashboard.measures.guidance import guidance_by_document, guidance_by_step
from dashboard.measures.library import practice_library
from dashboard.measures.placement import placement_by_step
from dashboard.measures.practice import doubt_by_step, practice_by_lens, practice_by_step, unwritten_practice
from dashboard.measures.robustness import (
    hidden_practice,
    library_without_one,
    ranking_without_one,
    sensitivity_by_k,
)
from dashboard.measures.themes import code_co_occurrence, new_by_interview, voice_by_code
from dashboard.measures.words_behind import words_behind

Measure = Callable[..., pd.DataFrame]
"""(connection, filters, and by name what a measure takes besides) → rows."""

MEASURES: Mapping[str, Measure] = {
    measure.__name__: measure
    for measure in (
        gap_by_step,
        gap_by_component,
        placement_by_step,
        practice_by_step,
        doubt_by_step,
        unwritten_practice,
        practice_by_lens,
        practice_library,
        state_by_voice,
        voice_by_code,
        code_co_occurrence,
        new_by_interview,
        coder_agreement,
    )
}

DERIVED: Mapping[str, Measure] = {
    measure.__name__: measure
    for measure in (
        hidden_practice,
        sensitivity_by_k,
        ranking_without_one,
        library_without_one,
        words_behind,
        guidance_by_document,
        guidance_by_step,
    )
}
"""What is worked out from the measures above, without a question of its own to the store."""

__all__ = [
    "DERIVED",
    "MEASURES",
    "Measure",
    "code_co_occurrence",
    "coder_agreement",
    "compare_by_step",
    "doubt_by_step",
    "gap_by_component",
    "gap_by_step",
    "guidance_by_document",
    "guidance_by_step",
    "hidden_practice",
    "library_without_one",
    "new_by_interview",
    "placement_by_step",
    "practice_by_lens",
    "practice_by_step",
    "practice_library",
    "ranking_without_one",
    "sensitivity_by_k",
    "state_by_voice",
    "unwritten_practice",
    "voice_by_code",
    "words_behind",
]
