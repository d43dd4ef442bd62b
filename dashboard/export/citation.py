"""How to cite a study as this program shows it, and which versions of data and program made the page."""

import re
from datetime import datetime

from dashboard import settings
from dashboard.export import document
from dashboard.export.document import Section
from dashboard.export.facts import Facts
from dashboard.i18n import Translator
from dashboard.importers import checklists

SHORT = 12  # signs of a fingerprint that tell imports apart
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
LATEX = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "{}&%$#_"},
}  # fmt: skip


def citation(facts: Facts, t: Translator) -> Section:
    """Return how to cite the study and the program, the same as BibTeX, and what the method rests on."""
    terms = [(t("method.cite.study"), study(facts, t), ""), (t("method.cite.program"), program(t), "")]
    return document.section(
        "cite",
        t("method.cite"),
        [
            document.terms(terms),
            document.heading(t("method.cite.bibtex")),
            document.code(bibtex(facts, t)),
            document.heading(t("method.cite.works")),
            document.listing(checklists.works()),
        ],
    )


def study(facts: Facts, t: Translator) -> str:
    """Return the study's reference: organisation, title, kind, round, year, and the version of its data."""
    who = t.of(facts.study, "organisation")
    return t(
        "method.cite.study.text",
        who=f"{who}. " if who else "",
        title=t.of(facts.study, "title"),
        kind=t(f"chip.{facts.study['kind']}"),
        round=t("method.cite.round", n=facts.study["round"], series=facts.study["series"]),
        year=_year(facts),
        data=_data(facts, t),
    )


def program(t: Translator) -> str:
    """Return the program's reference."""
    return t("method.cite.program.text", program=t("product"), version=settings.PROGRAM_VERSION)


def bibtex(facts: Facts, t: Translator) -> str:
    """Return both references as BibTeX."""
    note = "; ".join((
        t("method.cite.round", n=facts.study["round"], series=facts.study["series"]),
        t(f"chip.{facts.study['kind']}"), _data(facts, t),
    ))  # fmt: skip
    entries = (
        (str(facts.study["study_id"]), {
            "author": t.of(facts.study, "organisation"), "title": t.of(facts.study, "title"), "year": _year(facts),
            "note": note,
        }),
        ("beyond-the-protocol", {"title": t("product"), "note": program(t)}),
    )  # fmt: skip
    return "\n\n".join(
        "\n".join([f"@misc{{{key},", *(f"  {name} = {{{{{_latex(v)}}}}}," for name, v in fields.items() if v), "}"])
        for key, fields in entries
    )


def versions(facts: Facts, t: Translator) -> Section:
    """Return which program, which generation and which files the page was made from, and what their import said."""
    check = facts.check
    producer = t("method.version.typed") if facts.is_typed else str(check.get("producer", ""))
    items = [(t("method.version.program"), f"{t('product')} {settings.PROGRAM_VERSION}", "")]
    items.append((t("method.version.store"), facts.generation, ""))
    if check:
        at = t("method.version.imported.text", at=f"{_at(facts):%Y-%m-%d %H:%M}")
        items += [
            (t("method.version.generation"), str(check["generation"]), ""),
            (t("method.version.imported"), at, ""),
            (t("method.version.file"), str(check["source_name"]), ""),
            (t("method.version.producer"), producer, ""),
            (t("method.version.sha"), str(check["sha256"]), ""),
        ]
    warnings = [line for line in str(check.get("warnings", "")).splitlines() if line]
    return document.section(
        "versions",
        t("method.versions"),
        [
            document.terms(items),
            document.heading(t("method.version.warnings")),
            document.listing(warnings) or document.paragraph(t("method.version.no_warnings")),
        ],
    )


def _data(facts: Facts, t: Translator) -> str:
    if not facts.check:
        return facts.generation
    generation, sha = facts.check["generation"], str(facts.check["sha256"])[:SHORT]
    return t("method.cite.data", generation=generation, sha=sha, date=f"{_at(facts):%Y-%m-%d}")


def _year(facts: Facts) -> str:
    """Return the last year that the study names for its collection, else the year of its import."""
    named = YEAR.findall(str(facts.study["collected"]))
    return named[-1] if named else (f"{_at(facts):%Y}" if facts.check else "")


def _at(facts: Facts) -> datetime:
    at: datetime = facts.check["imported_at"]
    return at


def _latex(text: str) -> str:
    return "".join(LATEX.get(sign, sign) for sign in " ".join(text.split()))
