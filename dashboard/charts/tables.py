"""Which columns the table beside each picture shows: all the numbers that the picture draws, and their firmness."""

_COUNTS = ("n_raised", "n_as_written", "n_differently", "n_not_done", "n_unclear", "n_not_raised")
_STRIP = ("n_adapted", "n_worked_around", "n_also_as_written", "n_clear", "n_differ")
_FIRMNESS = ("gap", "gap_min_without_one", "gap_max_without_one", "interval_low", "interval_high")
_EFFECTS = ("n_helps", "n_mixed", "n_harms", "n_not_known")

COLUMNS: dict[str, tuple[str, ...]] = {
    "gap_by_step": ("step_id", "component", "phase", "step", *_COUNTS, *_FIRMNESS, *_STRIP),
    "placement_by_step": (
        "step_id", "component", "step", *_COUNTS, *_STRIP, "gap", *_EFFECTS, "is_core", "placement",
        "placement_rank", "priority", "mean_effect",
    ),
    "guidance_by_document": (
        "document", "issuer", "obligation_level", "jurisdiction", "version", "year", "address", "n_steps", "n_raised",
        "n_hold", "n_bend", "n_open", "n_not_raised", "n_guard", "n_revise", "n_support", "n_spread", "n_look_closer",
    ),
    "guidance_by_step": (
        "step_id", "component", "step", "document", "issuer", "obligation_level", "jurisdiction", "place", *_COUNTS,
        *_STRIP, "gap", *_EFFECTS, "is_core", "placement", "placement_rank", "priority", "mean_effect",
        "version", "year", "address",
    ),
    "practice_by_step": (
        "step_id", "practice_id", "practice", "stance", "n_voices", *_EFFECTS, "reason", "frame_nature", "fidelity",
        "alliance_aspect", "resilience_potential",
    ),
    "doubt_by_step": ("step_id", "participant_id", "effect"),
    "unwritten_practice": (
        "practice_id", "component", "phase", "near_step_id", "practice", "n_voices", *_EFFECTS, "alliance_aspect",
    ),
    "practice_library": (
        "practice_id", "component", "phase", "step_id", "step", "stance", "practice", "n_voices", *_EFFECTS,
        "is_helpful", "is_fragile", "is_one_voice", "is_against_text", "is_on_private_tools", "frame_nature",
        "fidelity", "reason", "alliance_aspect", "resilience_potential", "rests_on",
    ),
    "practice_by_lens": (
        "lens", "category", "n_voices", "n_worked_around", "n_adapted", "n_left_out", "n_added", "n_practices",
        "n_unwritten", *_EFFECTS,
    ),
    "gap_by_component": (
        "component", "n_steps", "n_steps_raised", "n_steps_half", "n_voices", "n_raised", "n_mostly_as_written",
        "n_mostly_differ", "n_unclear", "n_not_raised", *_FIRMNESS,
    ),
    "words_behind": (
        "step_id", "practice", "stance", "participant_id", "citation", "effect", "quote", "quote_en", "verification",
        "document", "reason", "frame_nature", "fidelity", "alliance_aspect", "resilience_potential",
    ),
    "words_of_code": ("code", "participant_id", "citation", "quote", "quote_en", "verification", "document"),
    "hidden_practice": ("component_id", "step_id", "stance", "practice", "n_voices"),
    "sensitivity_by_k": (
        "k", "n_practices", "n_steps_raised", "n_steps_half", "n_moved", "n_guard", "n_revise", "n_support",
        "n_spread", "n_look_closer", "n_holds",
    ),
    "library_without_one": (
        "rank", "practice_id", "practice", "stance", "n_voices", "n_helps", "rank_best", "rank_worst", "n_needed",
        "needed",
    ),
    "ranking_without_one": (
        "rank", "step_id", "step", "placement", "rank_best", "rank_worst", "n_needed", "needed", "placements",
    ),
    "state_by_voice": (
        "step_id", "participant_id", "stance", "is_clear", "is_differ", "effect", "is_consistent", "is_inconsistent",
        "is_condition",
    ),
    "compare_by_step": (
        "step_id", "component", "phase", "step", "step_one", "is_in_one", "is_in_other", "is_revised",
        "n_raised_one", "n_clear_one", "n_differ_one", "gap_one", "n_raised_other", "n_clear_other",
        "n_differ_other", "gap_other", "change", "change_min_without_one", "change_max_without_one", "n_both_clear",
        "n_both_differ_one", "n_both_differ_other", "n_only_one", "n_only_other",
    ),
    "voice_by_code": (
        "code_id", "theme", "code", "description", "depth", "is_codable", "n_voices", "n_excerpts", "n_voices_below",
        "n_excerpts_below",
    ),
    "code_co_occurrence": (
        "down_id", "down", "across_id", "across", "n_down", "n_across", "n_both", "n_voices_both", "c",
    ),
    "new_by_interview": ("position", "participant_id", "citation", "n_practices", "n_new", "n_so_far"),
    "coder_agreement": ("code_id", "code", "n_units", "n_coders", "n_given", "alpha"),
    "voices_on_step": ("participant_id", "stance", "is_also_as_written"),
}  # fmt: skip
