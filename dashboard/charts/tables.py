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
    "practice_by_step": (
        "step_id", "practice_id", "practice", "stance", "n_voices", *_EFFECTS, "reason", "frame_nature", "fidelity",
        "alliance_aspect", "resilience_potential",
    ),
    "unwritten_practice": (
        "practice_id", "component", "phase", "near_step_id", "practice", "n_voices", *_EFFECTS, "alliance_aspect",
    ),
    "alliance_by_component": ("component", "alliance_aspect", "n_voices", "n_practices", "n_unwritten"),
    "gap_by_component": (
        "component", "n_steps", "n_steps_raised", "n_steps_half", "n_voices", "n_raised", "n_mostly_as_written",
        "n_mostly_differ", "n_unclear", "n_not_raised", *_FIRMNESS,
    ),
    "voices_on_step": ("participant_id", "stance", "is_also_as_written"),
}  # fmt: skip
