"""What is in a study and whether it can be trusted, as a document to read: worked out from its own rows."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.charts.words import Drawing, Row
from dashboard.export import document
from dashboard.export.document import Cell, Section
from dashboard.i18n import Parts, Translator
from dashboard.importers.template import PRODUCER

SHORT = 12  # signs of a SHA-256 that tell one file from another by eye
HELD = ("documents", "codes", "excerpts", "codings", "participants", "practices")


def study_sentence(imports: Sequence[Row], t: Translator) -> Parts:
    """Say how far the quotes are checked, which is what trust begins with."""
    if not imports or not imports[0]["quotes_total"]:
        return t.parts("study.sentence.none")
    last = imports[0]
    total, verified = int(last["quotes_total"]), int(last["quotes_verified"])
    if last["producer"] == PRODUCER:
        return t.parts("study.sentence.typed", total=total)
    return t.parts("study.sentence.all" if verified == total else "study.sentence.some", n=verified, total=total)


def study_page(
    study: Mapping[str, Any], imports: Sequence[Row], n_steps: int, broken: Mapping[str, int], t: Translator
) -> Drawing:
    """Return the document's description: what it holds, how far it is checked, where it comes from, who may see it."""
    sections = [_held(study, imports, n_steps, t), _checked(imports, broken, t), _from(imports, t), _seen(study, t)]
    return {"kind": "document", "contents": t("method.contents"), "sections": sections}


def _held(study: Mapping[str, Any], imports: Sequence[Row], n_steps: int, t: Translator) -> Section:
    last = imports[0] if imports else {}
    items = [(t("study.held.steps"), str(n_steps), "")]
    items += [(t(f"study.held.{name}"), str(last[name]), "") for name in HELD if name in last]
    of = [(t(f"study.of.{name}"), t.of(study, name), "") for name in ("organisation", "collected", "method")]
    return document.section("held", t("study.held"), [document.terms(items), document.terms(of)])


def _checked(imports: Sequence[Row], broken: Mapping[str, int], t: Translator) -> Section:
    bad = [name for name, n in broken.items() if n]
    said = t("study.checks.broken", names=", ".join(bad)) if bad else t("study.checks.sound", n=len(broken))
    warnings = str(imports[0]["warnings"]).splitlines() if imports else []
    noted = document.paragraph(t("study.warnings" if warnings else "study.warnings.none"))
    return document.section(
        "checked", t("study.checked"), [document.paragraph(said), noted, document.listing(warnings)]
    )


def _from(imports: Sequence[Row], t: Translator) -> Section:
    columns = [t(f"study.import.{name}") for name in ("file", "producer", "quotes")]
    rows: list[list[Cell]] = [[_file(row, t), str(row["producer"]), _quotes(row, t)] for row in imports]
    return document.section("from", t("study.from"), [document.table(t("study.imports"), columns, rows, wide=True)])


def _file(row: Row, t: Translator) -> Cell:
    at = f"{row['imported_at']:%Y-%m-%d %H:%M}"
    under = t("study.import.at", at=at, generation=row["generation"])
    event = str(row["event"]) or ("import" if row["sha256"] else "withdrawal")
    if event != "import":
        return {"text": t(f"study.import.{event}"), "under": under}
    files = [line.split("\t") for line in str(row["files"]).splitlines() if line.count("\t") == 2]
    listed = [t("study.import.of", name=name, sha=sha[:SHORT]) for _role, name, sha in files]
    listed = listed or [t("study.import.together", sha=str(row["sha256"])[:SHORT])]
    return {"text": str(row["source_name"]), "under": " · ".join([under, *listed])}


def _quotes(row: Row, t: Translator) -> str:
    n, total = int(row["quotes_verified"]), int(row["quotes_total"])
    return t("study.import.typed", total=total) if row["producer"] == PRODUCER else t("bring.of", n=n, total=total)


def _seen(study: Mapping[str, Any], t: Translator) -> Section:
    policy = str(study["disclosure"])
    blocks = [document.paragraph(t.parts(f"study.policy.{policy}")), document.paragraph(t.of(study, "ethics_note"))]
    return document.section("seen", t("study.seen"), blocks)
