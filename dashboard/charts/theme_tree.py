"""The codebook as a tree, voices and excerpts told apart, and the sentence above it. Draws voice_by_code."""

from collections.abc import Mapping

import pandas as pd

from dashboard.charts.words import Drawing, Row, To
from dashboard.i18n import Parts, Translator
from dashboard.importers import frame
from dashboard.importers.frame import DIMENSIONS, PRACTICE
from dashboard.query import records

AT_FIRST = 12  # codes of one folder before "show all"
ORDER = (PRACTICE, *DIMENSIONS)


def is_frame(codes: pd.DataFrame) -> bool:
    """Tell whether the codes are the coding frame of a practice table, and not a codebook that somebody wrote."""
    return frame.is_frame(codes.loc[~codes["is_codable"].astype(bool), "code_id"])


def themes_sentence(codes: pd.DataFrame, n_voices: int, t: Translator) -> Parts:
    """Say how many codes and themes the analysis holds and which code is told by most; a theme holds other codes."""
    if codes.empty:
        return t.parts("themes.none")
    framed, given = is_frame(codes), codes[codes["is_codable"].astype(bool)]
    practices = given[given["code_id"].str.startswith(f"{PRACTICE}/")] if framed else given[:0]
    n_themes = len(set(codes["parent_id"]) & set(codes.loc[codes["depth"] == 0, "code_id"]))
    said = {
        "codes": t.count("themes.codes", len(given) - len(practices)),
        "practices": t.count("themes.practices", len(practices)),
        "themes": t.count("themes.themes", n_themes),
    }
    start = "themes.holds.frame" if framed else "themes.holds" if n_themes else "themes.holds.flat"
    return [*t.parts(start, **said), *_most_told(practices if framed else given, n_voices, framed, t)]


def _most_told(codes: pd.DataFrame, n_voices: int, framed: bool, t: Translator) -> Parts:
    """Say which code most voices tell, in most excerpts; where the voices are not known, which one is given most."""
    if not int(codes["n_excerpts"].sum()):
        return t.parts("themes.most.none")
    ranked = codes.sort_values(["n_voices", "n_excerpts", "code_id"], ascending=[False, False, True])
    first = records(ranked)[0]
    same = (codes["n_voices"] == first["n_voices"]) & (codes["n_excerpts"] == first["n_excerpts"])
    excerpts = t.count("themes.excerpts", int(first["n_excerpts"]))
    values = {"code": t.of(first, "code"), "n": int(first["n_voices"]), "total": n_voices, "excerpts": excerpts}
    if int(same.sum()) > 1 and first["n_voices"] == 1:
        return t.parts("themes.most.single.practice" if framed else "themes.most.single")
    if int(same.sum()) > 1:
        key = "themes.most.tied" if first["n_voices"] else "themes.most.tied.excerpts"
        return t.parts(key, more=int(same.sum()) - 1, **values)
    key = "themes.most.excerpts" if not first["n_voices"] else "themes.most.practice" if framed else "themes.most"
    return t.parts(key, **values)


def theme_tree(codes: pd.DataFrame, n_voices: int, to: To, t: Translator) -> Drawing:
    """Return the codes as a tree, those told by most first; each line counts a code with everything below it.

    One dot a voice, the others hollow; the excerpts are a number beside them. Where the study does not say whose words
    they are, there are no dots.
    """
    if codes.empty:
        return {"kind": "empty", "text": t("themes.none.tree")}
    framed, rows = is_frame(codes), records(codes)
    known = {row["code_id"] for row in rows}
    below: dict[str, list[Row]] = {}
    for row in sorted(rows, key=_place):
        below.setdefault(row["parent_id"] if row["parent_id"] in known else "", []).append(row)
    has_voices = n_voices > 0 and bool(codes["n_voices"].sum())
    tree = _Tree(below, n_voices if has_voices else 0, framed, to, t)
    return {
        "kind": "themes",
        "title": t("themes.tree"),
        "note": t("themes.tree.note") if has_voices else t("themes.tree.voiceless"),
        "heads": [t("themes.head.code"), t("themes.head.voices") if has_voices else "", t("themes.head.excerpts")],
        "unit": t("themes.unit.voices"),
        "items": tree.nodes(""),
        "atFirst": AT_FIRST,
        "more": t("themes.more"),
    }


def _place(row: Row) -> tuple[object, ...]:
    own = ORDER.index(row["code_id"]) if row["code_id"] in ORDER else len(ORDER)
    return own, -int(row["n_voices_below"]), -int(row["n_excerpts_below"]), str(row["code_id"])


class _Tree:
    """The lines of the tree, from the top down."""

    def __init__(self, below: Mapping[str, list[Row]], n_voices: int, framed: bool, to: To, t: Translator) -> None:
        self.below, self.n_voices, self.framed, self.to, self.t = below, n_voices, framed, to, t

    def nodes(self, code_id: str) -> list[Drawing]:
        return [self._node(row) for row in self.below.get(code_id, [])]

    def _node(self, row: Row) -> Drawing:
        t, below = self.t, self.nodes(str(row["code_id"]))
        n, told = int(row["n_excerpts_below"]), int(row["n_voices_below"])
        alone = int(row["n_excerpts"]) if below else 0
        label = t("themes.voices", n=told, total=self.n_voices)
        return {
            "name": t.of(row, "code"),
            "definition": str(row["description"]) or (frame.meaning(str(row["code_id"]), t) if self.framed else ""),
            "alone": t.count("themes.alone", alone) if alone else "",
            "to": self.to("words", code=str(row["code_id"])) if n else None,
            "strip": {"counts": {"told": told, "not_raised": self.n_voices - told}, "label": label}
            if self.n_voices
            else None,
            "voices": label if self.n_voices else "",
            "n": n,
            "unit": t.count("themes.unit", n),
            "below": below,
            "open": not row["depth"],
        }
