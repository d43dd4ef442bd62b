"""Colours, signs and type: one hue per stance, one sign per effect, the same in every chart."""

from collections.abc import Mapping

STANCE_COLOURS: Mapping[str, Mapping[str, str]] = {
    "light": {
        "as_written": "#8C9099",
        "adapted": "#0B5D4B",
        "worked_around": "#D9660A",
        "left_out": "#6B1F7C",
        "added": "#1F7AE0",
    },
    "dark": {
        "as_written": "#9A9A94",
        "adapted": "#5BE3B2",
        "worked_around": "#F5A524",
        "left_out": "#A061AC",
        "added": "#7D9BFF",
    },
}
EFFECT_SIGNS: Mapping[str, str] = {"helps": "▲", "mixed": "◆", "harms": "▼", "not_known": "○"}
INK: Mapping[str, str] = {"light": "#101923", "dark": "#E8ECF1"}
QUIET: Mapping[str, str] = {"light": "#55606E", "dark": "#A7B1BD"}
LINE: Mapping[str, str] = {"light": "#E3E7EC", "dark": "#2B323A"}
POINT: Mapping[str, str] = {"light": "#1F3A5F", "dark": "#C2DAF7"}
PAPER: Mapping[str, str] = {"light": "#FFFFFF", "dark": "#14181D"}
FONT = "IBM Plex Sans, sans-serif"
FONT_SIZE = 14  # px, the smallest that a chart uses
LEVELS = 5  # shades of the map, from nobody differs to all do
STRIP_STANCES = ("as_written", "adapted", "worked_around", "left_out", "unclear", "not_raised")


def level(gap: float | None) -> int | None:
    """Return the map's shade for a gap, 0 for none to 4 for more than three quarters; None where there is no gap."""
    if gap is None or gap != gap:
        return None
    return 0 if gap == 0 else min(LEVELS - 1, 1 + int((gap - 1e-9) * (LEVELS - 1)))
