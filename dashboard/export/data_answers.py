"""What a study's own data can answer of a reporting checklist: one sentence a fact, "" where they cannot."""

from collections.abc import Callable, Mapping
from itertools import groupby

from dashboard import settings
from dashboard.export.facts import Facts
from dashboard.i18n import Translator
from dashboard.model import PLACEMENTS

HALF = 0.5
LAST = 3  # the interviews at the end that show whether new practices still came


def quotes(facts: Facts, t: Translator) -> str:
    """Return how far the quotes are verified, in a sentence."""
    total = int(facts.check.get("quotes_total", 0))
    if not total:
        return t("method.who.no_quotes")
    if facts.is_typed:
        return t("method.who.typed")
    said = t.parts("method.who.verified", n=facts.check["quotes_verified"], total=total)
    return "".join(text for text, _strong in said)


def _orientation(facts: Facts, t: Translator) -> str:
    school, method = str(facts.study["school"]), t.of(facts.study, "method")
    if not school and not method:
        return ""
    named = t("method.fact.school", school=t(f"method.school.{school}")) if school else ""
    return " ".join(text for text in (method, named, t("method.fact.compared")) if text)


def _sample_size(facts: Facts, t: Translator) -> str:
    return t("method.fact.sample_size", voices=t.count("voices", facts.n_voices)) if facts.n_voices else ""


def _sample(facts: Facts, t: Translator) -> str:
    groups = [
        f"{t.word('compare.attribute', name)}: "
        + ", ".join(f"{t.word('compare.group', str(row['value']))} ({row['n_voices']})" for row in rows)
        for name, rows in groupby(facts.attributes, key=lambda row: str(row["attribute"]))
    ]
    return t("method.fact.sample", groups="; ".join(groups)) if groups else ""


def _repeat(facts: Facts, t: Translator) -> str:
    return " ".join(
        t("method.fact.repeat", n=row["n_shared"], total=facts.n_voices, round=row["round"])
        for row in facts.rounds
        if row["n_shared"]
    )


def _coders(facts: Facts, t: Translator) -> str:
    n = int(facts.counts["n_coders"])
    return t("method.fact.coders", n=n) if n else ""


def _coding_tree(facts: Facts, t: Translator) -> str:
    counts, typed = facts.counts, ".typed" if facts.is_typed else ""
    values = {"n": counts["n_codes"], "defined": counts["n_codes_defined"]}
    return t(f"method.fact.coding_tree{typed}", **values) if counts["n_codes"] else ""


def _software(facts: Facts, t: Translator) -> str:
    if not facts.check:
        return ""
    names = {"program": t("product"), "version": settings.PROGRAM_VERSION}
    if facts.is_typed:
        return t("method.fact.software.typed", **names)
    return t("method.fact.software", producer=facts.check["producer"], **names)


def _quotations(facts: Facts, t: Translator) -> str:
    n = int(facts.counts["n_quotes"])
    return t("method.fact.quotations", n=n, checked=quotes(facts, t)) if n else ""


def _consistency(facts: Facts, t: Translator) -> str:
    n, total = facts.counts["n_tellings_with_words"], facts.counts["n_tellings"]
    return t("method.fact.consistency", n=n, total=total) if n else ""


def _major_themes(facts: Facts, t: Translator) -> str:
    if not facts.raised:
        return ""
    tools = t.count("method.tools", len(facts.components))
    return t("method.fact.major_themes", tools=tools, raised=len(facts.raised), steps=facts.n_steps)


def _minor_themes(facts: Facts, t: Translator) -> str:
    n, total = facts.counts["n_one_voice"], facts.counts["n_practices"]
    return t("method.fact.minor_themes", n=n, total=total) if total else ""


def _title(facts: Facts, t: Translator) -> str:
    return t("method.fact.title", title=t.of(facts.study, "title"), kind=t(f"chip.{facts.study['kind']}"))


def _context(facts: Facts, t: Translator) -> str:
    country = t.word("method.country", str(facts.study["country"]))
    place = ", ".join(part for part in (t.of(facts.study, "organisation"), country) if part)
    return t("method.fact.context", place=place) if place else ""


def _ethics(facts: Facts, t: Translator) -> str:
    note, policy = t.of(facts.study, "ethics_note"), t(f"method.policy.{facts.study['disclosure']}")
    return t("method.fact.ethics", note=note, policy=policy) if note else ""


def _collection(facts: Facts, t: Translator) -> str:
    collected, kind = t.of(facts.study, "collected"), t(f"chip.{facts.study['kind']}")
    return t("method.fact.collection", kind=_sentence_case(kind), collected=collected) if collected else ""


def _units(facts: Facts, t: Translator) -> str:
    counts = facts.counts
    parts = {
        name: t.count(f"method.{name}", int(counts[f"n_{name}"])) for name in ("documents", "excerpts", "practices")
    }
    return t("method.fact.units", voices=t.count("voices", facts.n_voices), **parts) if facts.n_voices else ""


def _processing(facts: Facts, t: Translator) -> str:
    return t("method.fact.processing", checked=quotes(facts, t)) if facts.counts["n_excerpts"] else ""


def _analysis(facts: Facts, t: Translator) -> str:
    if not facts.study["school"] or not facts.counts["n_tellings"]:
        return ""
    school = _sentence_case(t(f"method.school.{facts.study['school']}"))
    tellings = t.count("method.how.tellings", int(facts.counts["n_tellings"]))
    return t("method.fact.analysis", school=school, tellings=tellings)


def _trust(facts: Facts, t: Translator) -> str:
    return t("method.fact.trust", checked=quotes(facts, t)) if facts.raised else ""


def _synthesis(facts: Facts, t: Translator) -> str:
    if not facts.raised:
        return ""
    half = sum(row["gap"] >= HALF for row in facts.raised)
    placed = [(t(f"placement.{name}").lower(), facts.n_placed(name)) for name in PLACEMENTS]
    said = ", ".join(f"{name} {n}" for name, n in placed if n)
    return t("method.fact.synthesis", half=half, raised=len(facts.raised), placed=said)


def _links(facts: Facts, t: Translator) -> str:
    counts = facts.counts
    if not counts["n_tellings_with_words"]:
        return ""
    excerpts = t.count("method.excerpts", int(counts["n_excerpts"]))
    return t("method.fact.links", n=counts["n_tellings_with_words"], total=counts["n_tellings"], excerpts=excerpts)


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


FACTS: Mapping[str, Callable[[Facts, Translator], str]] = {
    "orientation": _orientation,
    "sample_size": _sample_size,
    "sample": _sample,
    "repeat": _repeat,
    "coders": _coders,
    "coding_tree": _coding_tree,
    "software": _software,
    "quotations": _quotations,
    "consistency": _consistency,
    "major_themes": _major_themes,
    "minor_themes": _minor_themes,
    "title": _title,
    "context": _context,
    "ethics": _ethics,
    "collection": _collection,
    "units": _units,
    "processing": _processing,
    "analysis": _analysis,
    "trust": _trust,
    "synthesis": _synthesis,
    "links": _links,
}
"""What a study's own data can answer of a checklist, by the name that the checklist's file gives it."""
