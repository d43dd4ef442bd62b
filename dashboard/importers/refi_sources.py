"""The sources of a REFI-QDA project: texts as they lie in the file, and the selections coded in them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from dashboard.errors import ImportProblem
from dashboard.importers import docx_text
from dashboard.importers.archive import Archive
from dashboard.importers.excerpts import CodedText, Given, Selection
from dashboard.importers.names import counted, listed, unique
from dashboard.importers.offsets import Span
from dashboard.importers.refi_xml import children, descriptions, guid, local

TEXTUAL = ("TextSource", "PDFSource")
PICTORIAL = ("PictureSource", "AudioSource", "VideoSource")
REGIONS = (
    "PDFSelection", "PictureSelection", "AudioSelection", "VideoSelection", "TranscriptSelection",
)  # fmt: skip
_FARTHEST = 2**53  # beyond any text; keeps an absurd number out of the arrays


@dataclass(frozen=True)
class RefiSource(CodedText):
    """A text source with its GUID, "" where it has none, and its element."""

    guid: str = ""
    element: Element = field(default_factory=lambda: Element("TextSource"), repr=False)

    @property
    def selection_guids(self) -> Iterator[str]:
        """Return the GUIDs of all its selections, coded or not: a case may name either."""
        return (guid(part.get("guid")) for part in self.element.iter() if local(part).endswith("Selection"))


@dataclass
class LeftOut:
    """What the project holds and a study does not take, counted so that it can be told."""

    counts: Counter[str] = field(default_factory=Counter)
    bad_positions: list[str] = field(default_factory=list)


def read_sources(project: Element, archive: Archive, left_out: LeftOut) -> Iterator[RefiSource]:
    """Return each source that has text, in the file's order, with its coded selections.

    A recording with a transcript is such a source. Where the plain text is missing, a Word document beside it gives
    the words, and quotes are looked for in them.
    """
    taken: set[str] = set()
    for sources in children(project, "Sources"):
        for number, element in enumerate(children(sources, *TEXTUAL, *PICTORIAL), start=1):
            holders = _holders(element)
            if not holders:
                _leave_out(element, left_out)
            for holder in holders:
                is_first = holder is holders[0]
                called = (element if is_first else holder).get("name") or element.get("name") or ""
                name = unique(called.strip() or f"Document {number}", taken)
                where = f"{archive.name}, source {name!r}"
                raw = _text(element, holder, archive, where)
                rich = _rich_text(holder, archive, where) if raw is None else None
                yield RefiSource(
                    name,
                    rich if raw is None else raw,
                    tuple(_selections(element, holder, name, left_out, is_first)),
                    keeps_quotes=rich is not None,
                    has_positions=rich is None,
                    guid=guid((element if is_first else holder).get("guid")),
                    element=element,
                )


def _holders(element: Element) -> list[Element]:
    """Return the elements that hold the text of a source: itself, a PDF's text, or the transcripts of a recording."""
    if local(element) == "TextSource":
        return [element]
    return list(children(element, "Representation" if local(element) == "PDFSource" else "Transcript"))


def _leave_out(element: Element, left_out: LeftOut) -> None:
    left_out.counts["source"] += 1
    left_out.counts["region"] += sum(local(part) in REGIONS for part in element.iter())
    left_out.counts["coding"] += sum(local(part) == "Coding" for part in element.iter())


def _text(element: Element, holder: Element, archive: Archive, where: str) -> str | None:
    for content in children(holder, "PlainTextContent"):
        inline = content.text or ""
        # XML turns CRLF into LF on reading; putting it back keeps "CRLF counts as two" among the candidates.
        return inline if "\r" in inline else inline.replace("\n", "\r\n")
    data = archive.source(holder.get("plainTextPath") or "")
    if data is None and not holder.get("plainTextPath"):
        named = guid((holder if holder.get("guid") else element).get("guid"))  # as the standard names the file
        data = archive.source(f"{named}.txt") if named else None
    if data is None:
        return None
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as foreign:
        raise _not_text(where) from foreign
    if "\x00" in text:
        raise _not_text(where)
    if not text.strip("\ufeff \r\n\t") and holder.get("richTextPath"):
        return None  # NVivo for Mac leaves an empty .txt beside the .docx that holds the words
    return text


def _rich_text(holder: Element, archive: Archive, where: str) -> str | None:
    data = archive.source(holder.get("richTextPath") or "")
    return docx_text.text_of(data, where) if data else None


def _not_text(where: str) -> ImportProblem:
    return ImportProblem(
        "The text is not UTF-8.", where=where, remedy="Export the project again, or save the text as UTF-8."
    )


def _selections(element: Element, holder: Element, name: str, left_out: LeftOut, is_first: bool) -> Iterator[Selection]:
    """Return the coded selections; ATLAS.ti writes one in a PDF twice, as region and as text, by one GUID."""
    written = [*children(holder, "PlainTextSelection"), *_transcribed(holder)]
    written += children(element, "PlainTextSelection") if holder is not element and is_first else ()
    regions: dict[str, list[Element]] = {}
    for region in children(element, *REGIONS) if is_first else ():
        regions.setdefault(guid(region.get("guid")), []).append(region)
    whole = (_given(element, "") if is_first else ()) + (_given(holder, "") if holder is not element else ())
    if whole:
        yield Selection("", None, "", whole)
    seen: set[tuple[object, ...]] = set()
    for selected in written:
        selection = _selection(selected, regions, name, left_out)
        fresh = tuple(g for g in selection.given if not selection.guid or (_key(selection, g) not in seen))
        # Only what an earlier element of the same GUID and span said is a repetition.
        seen.update(_key(selection, g) for g in selection.given)
        if fresh and selected.get("startPosition") == selected.get("endPosition"):
            left_out.counts["empty"] += 1
        elif fresh:
            yield replace(selection, given=fresh)
        elif not selection.given:
            left_out.counts["annotation"] += 1
    twins = {guid(selected.get("guid")) for selected in written}
    lost = [r for key, same in regions.items() if key not in twins or not key for r in same]
    left_out.counts["region"] += len(lost)
    left_out.counts["coding"] += sum(len(_given(region, "")) for region in lost)


def _transcribed(holder: Element) -> Iterator[Element]:
    """Return the selections of a transcript as selections of its text: they name the points of time that bound them."""
    points = {guid(point.get("guid")): point.get("position") or "" for point in children(holder, "SyncPoint")}
    for selected in children(holder, "TranscriptSelection"):
        start, end = (points.get(guid(selected.get(which)), "") for which in ("fromSyncPoint", "toSyncPoint"))
        written = Element("PlainTextSelection", {**selected.attrib, "startPosition": start, "endPosition": end})
        written.extend(selected)
        yield written


def _key(selection: Selection, given: Given) -> tuple[object, ...]:
    return (selection.guid, selection.span, given)


def _selection(selected: Element, regions: dict[str, list[Element]], name: str, left_out: LeftOut) -> Selection:
    own = guid(selected.get("guid"))
    given = _given(selected, selected.get("creatingUser"))
    for twin in regions.get(own, ()) if own else ():
        given += tuple(g for g in _given(twin, twin.get("creatingUser")) if g not in given)
    start, end = _position(selected, "startPosition"), _position(selected, "endPosition")
    if given and (start is None or end is None):
        left_out.bad_positions.append(f"{name} {selected.get('startPosition')!r}–{selected.get('endPosition')!r}")
    span = Span(start or 0, end or 0, selected.get("name") or "")
    return Selection(own, span, descriptions(selected), given)


def _given(element: Element, otherwise: str | None) -> tuple[Given, ...]:
    found = []
    for coding in children(element, "Coding"):
        codes = [guid(ref.get("targetGUID") or ref.get("guid")) for ref in children(coding, "CodeRef")]
        coder = guid(coding.get("creatingUser") or otherwise)
        found += [Given(code, coder) for code in codes or [""]]
    return tuple(found)


def _position(element: Element, attribute: str) -> int | None:
    try:
        number = int(element.get(attribute) or "")
    except ValueError:
        return None
    return number if abs(number) < _FARTHEST else None


def refuse_positions(places: list[str], name: str) -> None:
    """Raise with the first places that lie in no text; nothing is imported around them."""
    if places:
        which = counted(
            len(places),
            "selection lies outside its text or ends",
            "selections lie outside their text or end",
        )
        raise ImportProblem(
            f"{which} before the start: {listed(places)}.",
            where=name,
            remedy="Export the project again from the program that coded it, without editing the texts.",
        )
