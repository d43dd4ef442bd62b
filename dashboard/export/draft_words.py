"""What files hold and what a mapping makes of them, said before anything changes."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from dashboard import drafting
from dashboard.charts.words import Drawing
from dashboard.drafting import Material, Yielded
from dashboard.export import document
from dashboard.export.document import Block
from dashboard.i18n import Parts, Translator
from dashboard.importers.clashes import Clash
from dashboard.model import Bundle, Excerpt

LONGEST = 320  # characters of a sample quote
LINES = 10  # excerpts to look at, named one by one


def inside_sentence(material: Material, t: Translator) -> str:
    """Say which program wrote it and how much is in it."""
    bundle = material.bundle
    if not material.needs_mapping:
        return t("bring.inside.tables", producer=bundle.producer, steps=t.count("steps", len(material.steps)))
    coded = {coding.code_path for coding in bundle.codings}
    n_folders = len({code.parent for code in bundle.codes if code.parent} - coded)
    codes = t.count("bring.codes", len(bundle.codes))
    return t(
        "bring.inside.sentence",
        producer=bundle.producer,
        documents=t.count("bring.documents", len(bundle.documents)),
        codes=t("bring.codes.folders", codes=codes, n=n_folders) if n_folders else codes,
        excerpts=t.count("bring.excerpts", len(bundle.excerpts)),
        codings=t.count("bring.codings", len(bundle.codings)),
        steps=t.count("steps", len(material.steps)),
        checked=_checked(bundle, t),
    )


def _checked(bundle: Bundle, t: Translator) -> str:
    """Say how many quotes stand so in their transcript; that none was checked where the file holds no transcript."""
    if all(excerpt.verification == "as_typed" for excerpt in bundle.excerpts):
        return t("bring.inside.checked.typed")
    total, codings = bundle.quotes_total, len(bundle.codings)
    of = "codings" if total == codings != len(bundle.excerpts) else "excerpts"
    return t(f"bring.inside.checked.{of}", n=bundle.quotes_verified, total=total)


def samples(bundle_samples: Mapping[str, Sequence[Excerpt]], t: Translator) -> Drawing:
    """Return three quotes of each document, each with its mark: found in the transcript or not."""
    rows = [
        [name, f"“{_short(excerpt.text)}”", t(f"bring.mark.{excerpt.verification}")]
        for name, found in bundle_samples.items()
        for excerpt in found
    ]
    columns = [t(f"bring.sample.{name}") for name in ("document", "quote", "mark")]
    return _plain([document.table(t("bring.samples"), columns, rows, wide=True)])


def notes(warnings: Sequence[str]) -> Drawing:
    """Return what the reader should know, as a list."""
    return _plain([document.listing(warnings)])


def yield_sentence(found: Yielded, t: Translator) -> Parts:
    """Say what the mapping makes of the files so far."""
    if not found.n_practices:
        return t.parts("bring.yield.none", voices=t.count("voices", found.n_voices))
    sentence = t.parts(
        "bring.yield.sentence",
        practices=t.count("bring.practices", found.n_practices),
        voices=t.count("voices", found.n_voices),
        differ=found.cells["differently"] + found.cells["not_done"],
    )
    told = sum(found.effects.values())
    known = told - found.effects["not_known"]
    return [*sentence, *(t.parts("bring.yield.effects", known=known, told=told) if told else [])]


def yields(found: Yielded, t: Translator) -> Drawing:
    """Return the counts behind that sentence, and first of all what a person should look at.

    Cells by state, effects, excerpts that stay out and why, what is known of the voices, codes not mapped yet.
    """
    blocks: list[Block | None] = [document.listing([t(f"bring.missing.{name}") for name in found.missing])]
    if found.clashes:
        lines = [_clash(clash, t) for clash in found.clashes[:LINES]]
        rest = len(found.clashes) - len(lines)
        blocks += [
            document.heading(t.count("bring.clashes", len(found.clashes))),
            document.listing([*lines, *([t("bring.clashes.more", n=rest)] if rest else [])]),
        ]
    cells = [(t(f"bring.state.{state}"), str(n), "") for state, n in found.cells.items()]
    out = [(t(f"bring.out.{why.replace(' ', '_')}"), str(n), "") for why, n in found.left_out.items() if n]
    told = (t("bring.told"), t("bring.of", n=found.n_told, total=found.n_excerpts), "")
    unwritten = (t("bring.unwritten"), str(found.n_unwritten), "")
    effects = [(t(f"effect.{effect}"), str(n), "") for effect, n in found.effects.items()]
    blocks += [document.heading(t("bring.cells")), document.terms(cells)]
    blocks += [document.heading(t("bring.effects")), document.terms(effects)]
    blocks += [document.heading(t("bring.excerpts.title")), document.terms([told, *out, unwritten])]
    if found.attributes:
        blocks += [document.heading(t("bring.attributes")), document.listing([", ".join(found.attributes)])]
    if found.unmapped:
        folders = groupby(found.unmapped, lambda path: path.partition("/")[0])
        lines = [
            f"{folder}: {', '.join(path.partition('/')[2] or path for path in paths)}" for folder, paths in folders
        ]
        blocks += [document.heading(t.count("bring.unmapped", len(found.unmapped))), document.listing(lines)]
    return _plain(blocks)


def _clash(clash: Clash, t: Translator) -> str:
    stances = [t(f"stance.{stance}") for stance in clash.stances]
    said = t("bring.clash", about=clash.about, stances=t.sequence(stances), first=stances[0])
    return f"{clash.place} · “{_short(clash.text, 90)}” · {said}"


def code_label(path: str) -> str:
    """Return a code's path as a list names it."""
    return path.replace("/", " / ")


def value_name(key: str, value: str, material: Material, t: Translator) -> str:
    """Return the screen's word for what a code sets."""
    groups = {"alliance_aspect": "aspect", "resilience_potential": "potential", "frame_nature": "nature"}
    if key == "step":
        step = next((step for step in material.steps if step.step_id == value), None)
        return f"{value} · {_short(step.text, 70)}" if step else value
    if key == drafting.PRACTICE:
        return t(f"bring.practice.{value}") if value else ""
    return t.word(groups.get(key, key), value) if value else ""


def _plain(blocks: Sequence[Block | None]) -> Drawing:
    return {"kind": "blocks", "blocks": [block for block in blocks if block is not None]}


def _short(text: str, most: int = LONGEST) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[: most - 1]}…"
