"""The study page's list of what was imported: each event by its name, and each file by its own fingerprint."""

from datetime import datetime

import pytest

from dashboard.export.study_page import study_page
from dashboard.i18n import translator

STUDY = {
    "organisation": "", "collected": "", "method": "", "disclosure": "team", "ethics_note": "", "title": "North",
}  # fmt: skip


def row(event, sha="", files=""):
    counts = dict.fromkeys(("documents", "codes", "excerpts", "codings", "participants", "practices"), 1)
    return {
        **counts, "generation": 1, "imported_at": datetime(2026, 5, 7, 8), "source_name": "a.qdpx", "sha256": sha,
        "producer": "QualCoder", "quotes_verified": 1, "quotes_total": 1, "warnings": "", "files": files,
        "event": event,
    }  # fmt: skip


def listed(*imports):
    drawing = study_page(STUDY, imports, 1, {}, translator("en"))
    section = next(one for one in drawing["sections"] if one["title"] == "Where it comes from")
    return [cells[0]["text"] for block in section["blocks"] for cells in block["rows"]]


@pytest.mark.parametrize(
    ("event", "sha", "said"),
    [
        ("import", "f7", "a.qdpx"),
        ("review", "", "Held-back quotes were looked at"),
        ("withdrawal", "", "A voice was taken out"),
        ("", "f7", "a.qdpx"),  # of a program that did not write what happened
        ("", "", "A voice was taken out"),
    ],
)
def test_what_happened_is_said_by_its_own_name(event, sha, said):
    assert listed(row(event, sha)) == [said]
