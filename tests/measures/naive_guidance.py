"""What becomes of each written source a second time, in plain Python: its steps that hold, bend, or nobody raised."""

from collections import defaultdict
from collections.abc import Sequence

from dashboard.model import Bundle, Filters, Step, Study
from tests.measures import naive

ORDER = {
    "law or regulation": "1", "national guidance": "2", "professional guidance": "3",
    "research-based recommendation": "4", "service routine": "5", "": "7",
}  # fmt: skip
ASKS = ("guard", "revise", "support", "spread", "look_closer")


def source_of(step: Step) -> dict[str, str]:
    return {
        "document": step.document, "issuer": step.issuer, "obligation_level": step.obligation_level,
        "jurisdiction": step.jurisdiction, "version": step.version, "year": step.year, "address": step.address,
    }  # fmt: skip


def guidance_by_step(study: Study, bundle: Bundle, filters: Filters, issuers: Sequence[str] = ()) -> list[dict]:
    written = {step.step_id: step for step in bundle.steps}
    return [
        row | {"place": written[row["step_id"]].place} | source_of(written[row["step_id"]])
        for row in naive.placement_by_step(study, bundle, filters)
        if not issuers or written[row["step_id"]].issuer in issuers
    ]


def guidance_by_document(study: Study, bundle: Bundle, filters: Filters, issuers: Sequence[str] = ()) -> list[dict]:
    of_source: dict[tuple, list[dict]] = defaultdict(list)
    written = {step.step_id: step for step in bundle.steps}
    for row in guidance_by_step(study, bundle, filters, issuers):
        of_source[tuple(source_of(written[row["step_id"]]).items())].append(row)
    rows = [dict(source) | fate(steps) for source, steps in of_source.items()]
    for column in ("address", "year", "version", "jurisdiction", "obligation_level", "issuer", "document"):
        rows.sort(key=lambda row: row[column])
    rows.sort(key=lambda row: row["n_bend"], reverse=True)
    rows.sort(key=lambda row: ORDER.get(row["obligation_level"], "6" + row["obligation_level"]))
    return rows


def fate(steps: list[dict]) -> dict[str, int]:
    found = dict.fromkeys(("n_steps", "n_raised", "n_hold", "n_bend", "n_open", "n_not_raised"), 0)
    found |= {f"n_{name}": 0 for name in ASKS}
    for step in steps:
        found["n_steps"] += 1
        if step["n_voices"] > step["n_not_raised"]:
            found["n_raised"] += 1
        if step["n_clear"] == 0:
            found["n_not_raised"] += 1
        elif step["placement"] == "holds":
            found["n_hold"] += 1
        else:
            found["n_bend" if step["n_differ"] else "n_open"] += 1
            found[f"n_{step['placement']}"] += 1
    return found
