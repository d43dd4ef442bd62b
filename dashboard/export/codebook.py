"""The codebook as a table to take away: paths, themes, definitions, and how much stands behind each code."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from dashboard.export.table import as_csv
from dashboard.i18n import Translator
from dashboard.importers import frame
from dashboard.query import records


def codebook(codes: pd.DataFrame, t: Translator) -> pd.DataFrame:
    """Return one row a code, in the order of the paths, with its counts alone and with the codes below it."""
    framed = frame.is_frame(codes.loc[~codes["is_codable"].astype(bool), "code_id"])
    tops = {str(row["code_id"]): t.of(row, "code") for row in records(codes[codes["depth"] == 0])}
    rows = [_line(row, tops, framed, t) for row in records(codes)]
    names = ("path", "code", "theme", "definition", "voices", "excerpts", "voices_below", "excerpts_below")
    return pd.DataFrame(rows, columns=[t(f"codebook.{name}") for name in names])


def _line(row: Mapping[str, Any], tops: Mapping[str, str], framed: bool, t: Translator) -> tuple[object, ...]:
    path = str(row["code_id"])
    theme = tops.get(path.partition("/")[0], row["theme"])
    meaning = row["description"] or (frame.meaning(path, t) if framed else "")
    counts = [row[name] for name in ("n_voices", "n_excerpts", "n_voices_below", "n_excerpts_below")]
    return path, t.of(row, "code"), theme, meaning, *counts


def as_file(codes: pd.DataFrame, study: Mapping[str, Any], generation: str, t: Translator) -> bytes:
    """Return the codebook as CSV, stamped with its study and the data's version."""
    stamp = [
        f"{t('product')} · {t('codebook')} · {t.of(study, 'title')} ({study['study_id']}) · "
        f"{t('chip.' + str(study['kind']))}",
        f"{generation} · {date.today()}",
        t("footer"),
    ]
    return as_csv(codebook(codes, t), stamp)
