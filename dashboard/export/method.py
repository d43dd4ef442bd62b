"""How a study was made, as sections worked out from its own data; one structure for the page and for its file."""

from collections.abc import Sequence
from datetime import date

from dashboard import settings
from dashboard.export import citation, data_answers, document, reporting
from dashboard.export.definitions import definitions
from dashboard.export.document import Block, Cell, Section
from dashboard.export.facts import Facts, Row
from dashboard.i18n import Parts, Translator

FEW_CLEAR = 2  # up to so many clear voices one of them can turn a gap


def sentence(facts: Facts, t: Translator) -> Parts:
    """Return the page's answer in one sentence: voices, steps and sources, practices, school and kind."""
    return t.parts(
        "method.sentence",
        voices=t.count("voices", facts.n_voices),
        steps=t.count("steps", facts.n_steps),
        sources=t.count("method.sources", len(facts.named_sources)),
        practices=t.count("method.practices", int(facts.counts["n_practices"])),
        school=t(f"method.school.{facts.study['school']}"),
        kind=t(f"chip.{facts.study['kind']}"),
    )


def sections(facts: Facts, t: Translator) -> list[Section]:
    """Return the whole document, in reading order."""
    return [
        what(facts, t),
        who(facts, t),
        how(facts, t),
        written(facts, t),
        definitions(facts, t),
        silent(facts, t),
        limits(facts, t),
        reporting.checklist_section(facts, _n_limits(facts, t), t),
        citation.citation(facts, t),
        citation.versions(facts, t),
    ]


def as_file(facts: Facts, t: Translator) -> bytes:
    """Return the document as a Markdown file that says of what, by what and when it was made."""
    title, kind = t.of(facts.study, "title"), t(f"chip.{facts.study['kind']}")
    made = t("method.written_on", program=t("product"), version=settings.PROGRAM_VERSION, date=date.today())
    lead = [
        document.paragraph([(f"{t('question.method')} · {kind}", True)]),
        document.paragraph(sentence(facts, t)),
        document.paragraph(made),
        document.paragraph(t("footer")),
    ]
    return document.as_markdown(title, lead, sections(facts, t))


def checklist_file(key: str, facts: Facts, t: Translator) -> bytes:
    """Return one checklist, "coreq" or "srqr", as a CSV file with the same answers as the document."""
    return reporting.as_file(key, facts, _n_limits(facts, t), t)


def what(facts: Facts, t: Translator) -> Section:
    """Return what kind of study this is, and what is compared with what."""
    study, stated = facts.study, t("method.not_stated")
    said = {
        "study": t.of(study, "title"),
        "organisation": t.of(study, "organisation") or stated,
        "country": t.word("method.country", str(study["country"])) or stated,
        "kind": t(f"chip.{study['kind']}"),
        "round": t("method.what.round.text", n=study["round"], series=study["series"]),
        "collected": t.of(study, "collected") or stated,
        "ethics": t.of(study, "ethics_note") or stated,
        "policy": t(f"method.policy.{study['disclosure']}"),
        "tools": ", ".join(t.of(row, "component") for row in facts.components) or stated,
    }
    return document.section(
        "what",
        t("method.what"),
        [
            document.paragraph(t.parts("method.what.invented")) if study["kind"] == "synthetic" else None,
            document.terms((t(f"method.what.{key}"), text, "") for key, text in said.items()),
            document.paragraph(t("method.what.compares")),
        ],
    )


def who(facts: Facts, t: Translator) -> Section:
    """Return who told it: voices, excerpts, practices, how far the quotes are verified, and which groups there are."""
    rounds = [
        t("method.who.round", n=row["n_shared"], total=facts.n_voices, title=t.of(row, "title"), round=row["round"])
        for row in facts.rounds
    ]
    return document.section(
        "who",
        t("method.who"),
        [
            document.paragraph(_told(facts, t)),
            document.paragraph(data_answers.quotes(facts, t)),
            document.listing(rounds),
            _groups(facts, t),
            _publications(facts, t),
        ],
    )


def how(facts: Facts, t: Translator) -> Section:
    """Return how it was analysed: the school and what follows from it, the study's own words, codes and coders."""
    counts, school = facts.counts, str(facts.study["school"])
    own = t.of(facts.study, "method")
    typed = ".typed" if facts.is_typed else ""
    codes = t(f"method.how.codes{typed}", n=counts["n_codes"], defined=counts["n_codes_defined"])
    n_coders = int(counts["n_coders"])
    coders = t("method.how.coders", n=n_coders) if n_coders else t("method.how.coders.none")
    expected = ".expected" if school == "coding_reliability" else ""
    return document.section(
        "how",
        t("method.how"),
        [
            document.paragraph(t("method.how.own", text=own) if own else t("method.how.own.none")),
            document.paragraph(t("method.how.schools")),
            document.paragraph(t.parts(f"method.how.{school}")),
            document.paragraph(t.count("method.how.tellings", int(counts["n_tellings"]))),
            document.paragraph(f"{codes} {coders}"),
            document.paragraph(t(f"method.how.agreement{expected}")),
        ],
    )


def written(facts: Facts, t: Translator) -> Section:
    """Return the written sources with their obligation, and how many of their steps were raised and hold."""
    if not facts.n_steps:
        return document.section("written", t("method.written"), [document.paragraph(t("method.written.none"))])
    said = t.parts(
        "method.written.sum",
        steps=t.count("steps", facts.n_steps),
        sources=t.count("method.sources", len(facts.named_sources)),
        raised=len(facts.raised),
        holds=facts.n_placed("holds"),
        core=facts.counts["n_core"],
    )
    columns = [t(f"method.written.{key}") for key in ("source", "obligation", "steps", "raised", "holds")]
    rows = [_source(row, t) for row in facts.sources]
    return document.section(
        "written",
        t("method.written"),
        [
            document.paragraph(said),
            document.paragraph(t("method.written.note")),
            _levels(facts, t),
            document.table(t("method.written.table", n=len(facts.sources)), columns, rows, wide=True, folded=True),
        ],
    )


def silent(facts: Facts, t: Translator) -> Section:
    """Return the steps that nobody raised, tool by tool."""
    if not facts.n_steps:
        blocks: list[Block | None] = [document.paragraph(t("method.written.none"))]
    elif not facts.silent:
        blocks = [document.paragraph(t("method.silent.none", total=facts.n_steps))]
    else:
        blocks = [document.paragraph(t.parts("method.silent.some", n=len(facts.silent), total=facts.n_steps))]
    for component_id in dict.fromkeys(str(row["component_id"]) for row in facts.silent):
        steps = [row for row in facts.silent if row["component_id"] == component_id]
        blocks.append(document.heading(t.of(steps[0], "component")))
        blocks.append(document.listing(f"{row['step_id']} · {t.of(row, 'step')}" for row in steps))
    return document.section("silent", t("method.silent"), blocks)


def limits(facts: Facts, t: Translator) -> Section:
    """Return what limits the findings, each with its number where it has one."""
    counts, check = facts.counts, facts.check
    few = sum(0 < row["n_clear"] <= FEW_CLEAR for row in facts.raised)
    total = int(check.get("quotes_total", 0))
    unverified = total - int(check.get("quotes_verified", 0))
    coders = {0: "method.limit.coders", 1: "method.limit.one_coder"}.get(int(counts["n_coders"]), "")
    n_single, n_practices = counts["n_one_voice"], counts["n_practices"]
    found = [
        t("method.limit.invented") if facts.study["kind"] == "synthetic" else "",
        t("method.limit.sample"),
        t("method.limit.effect"),
        t("method.limit.disclosed"),
        t("method.limit.small", few=few, raised=len(facts.raised)) if few else "",
        t("method.limit.single", n=n_single, total=n_practices) if n_single else "",
        t("method.limit.reworded", n=counts["n_unchecked"], total=facts.n_steps) if facts.n_steps else "",
        t("method.limit.typed") if facts.is_typed and total else "",
        t("method.limit.unverified", n=unverified, total=total) if unverified and not facts.is_typed else "",
        t(coders) if coders and counts["n_tellings"] and ("coreq", "24") not in facts.answers else "",
    ]
    return document.section("limits", t("method.limits"), [document.listing(found)])


def _n_limits(facts: Facts, t: Translator) -> int:
    return sum(len(block["items"]) for block in limits(facts, t)["blocks"])


def _told(facts: Facts, t: Translator) -> Parts | str:
    if not facts.n_voices:
        return t("method.who.nobody")
    counts = facts.counts
    return t.parts(
        "method.who.sum",
        voices=t.count("voices", facts.n_voices),
        practices=t.count("method.practices", int(counts["n_practices"])),
        excerpts=t.count("method.excerpts", int(counts["n_excerpts"])),
        documents=t.count("method.documents", int(counts["n_documents"])),
        unwritten=counts["n_unwritten"],
        single=counts["n_one_voice"],
    )


def _groups(facts: Facts, t: Translator) -> Block | None:
    rows: list[list[Cell]] = []
    for attribute in dict.fromkeys(str(row["attribute"]) for row in facts.attributes):
        values = [row for row in facts.attributes if row["attribute"] == attribute]
        name = t.word("compare.attribute", attribute)
        rows += [[name, t.word("compare.group", str(row["value"])), str(row["n_voices"])] for row in values]
        if missing := facts.n_voices - sum(int(row["n_voices"]) for row in values):
            rows.append([name, t("method.who.unknown"), str(missing)])
    return document.table(t("method.who.groups"), [t(f"method.who.{key}") for key in ("attribute", "value", "n")], rows)


def _publications(facts: Facts, t: Translator) -> Block | None:
    rows: Sequence[Sequence[Cell]] = [
        [str(row["participant_id"]), {"text": str(row["citation"]), "to": str(row["address"])}]
        for row in facts.publications
    ]
    columns = [t("method.who.name"), t("method.who.citation")]
    label = t("method.who.publications", n=len(rows))
    return document.table(label, columns, rows, wide=True, folded=True)


def _levels(facts: Facts, t: Translator) -> Block | None:
    """Return the sources counted by their obligation level, the level with the most steps first."""
    levels = dict.fromkeys(str(row["obligation_level"]) for row in facts.sources)
    of = {level: [row for row in facts.sources if row["obligation_level"] == level] for level in levels}
    counts = {
        level: [
            sum(bool(row["guidance_document_id"]) for row in rows),
            *(sum(int(row[column]) for row in rows) for column in ("n_steps", "n_raised", "n_holds")),
        ]
        for level, rows in of.items()
    }
    columns = [t(f"method.written.{key}") for key in ("obligation", "sources", "steps", "raised", "holds")]
    ordered = sorted(counts.items(), key=lambda level: -level[1][1])
    listed = [[t.word("obligation", level), *(str(n) for n in numbers)] for level, numbers in ordered]
    return document.table(t("method.written.levels"), columns, listed)


def _source(row: Row, t: Translator) -> list[Cell]:
    """Return one row of the table of sources: its title, and below it issuer, jurisdiction, version and year."""
    version = t("method.written.version", version=row["version"]) if row["version"] else ""
    issuer, jurisdiction = t.word("issuer", str(row["issuer"])), t.word("jurisdiction", str(row["jurisdiction"]))
    under = " · ".join(part for part in (issuer, jurisdiction, version, str(row["year"])) if part)
    title = str(row["document"]) or issuer or t("method.written.unnamed")
    cell: Cell = {"text": title, "under": under, "to": str(row["address"])}
    duty = t.word("obligation", str(row["obligation_level"]))
    return [cell, duty, *(str(row[column]) for column in ("n_steps", "n_raised", "n_holds"))]
