"""Whole projects in every way of counting, read back: each quote is the coder's own, or marked not verified.

The texts are what breaks peers: emoji, combining marks, right-to-left, byte order marks, either line end. The spans are
random, so that they cut words; the file names its quotes whole, cut short, or now and then. Where it never does, where
words begin and end is all that speaks, and people code whole words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.importers import qualcoder, refi_qda, taguette
from dashboard.importers.offsets import MODELS, OffsetModel, lf_text
from dashboard.model import Bundle
from tests.importers import refi
from tests.importers import test_qualcoder as qualcoder_tables
from tests.importers import test_taguette as taguette_tables
from tests.importers.databases import database
from tests.importers.test_offsets import BOM, position, words_of

CONVENTIONS = [model for model in MODELS if model.boms < 2]
NAMED = ("whole", "cut short", "some", "never")
"""How a file names its selections."""
# What XML cannot hold, and line ends that are none for a program, are out of reach of any project file.
LETTERS = st.one_of(
    st.sampled_from(
        [*"ab \n.", "å", "e\u0301", "😅", "👩\u200d⚕️", "שלום", "مرحبا", "\u200f", "漢字", "…", "&", "<", "\t"]
    ),
    st.characters(exclude_categories=["Cs", "Cc", "Cn", "Zl", "Zp"], exclude_characters=BOM),
)
TEXTS = st.lists(LETTERS, min_size=1, max_size=80).map("".join)


@dataclass(frozen=True)
class Coded:
    """One document as its program holds it, and the places that were coded, in code points of its LF text."""

    raw: str
    places: tuple[tuple[int, int], ...]
    quotes: tuple[str, ...]

    @property
    def text(self) -> str:
        return lf_text(self.raw)

    def words(self, at: int) -> str:
        return self.text[slice(*self.places[at])]


@st.composite
def documents(draw, named: str, line_end: str) -> Coded:
    text = draw(TEXTS)
    raw = BOM * draw(st.integers(0, 1)) + text.replace("\n", line_end)
    text, ends = lf_text(raw), st.integers(0, len(lf_text(raw)))
    pairs = [tuple(sorted(pair)) for pair in draw(st.lists(st.tuples(ends, ends), max_size=10))]
    words = words_of(text)
    places = words if named == "never" else [(a, b) for a, b in dict.fromkeys(pairs) if a < b]
    quotes = []
    for a, b in places:
        quote = "" if named == "never" or (named == "some" and draw(st.booleans())) else text[a:b]
        if named == "cut short" and len(quote) > 5:
            quote = f"{quote[: draw(st.integers(3, len(quote)))]}…"
        quotes.append(quote)
    return Coded(raw, tuple(places), tuple(quotes))


PROJECTS = st.tuples(st.sampled_from(NAMED), st.sampled_from(["\n", "\r\n"])).flatmap(
    lambda of: st.lists(documents(*of), min_size=1, max_size=4)
)


def code(document: int, at: int) -> str:
    return f"c{document}-{at}"


def as_refi(project: Sequence[Coded], model: OffsetModel, *, is_inline: bool) -> bytes:
    codes = "".join(
        f'<Code guid="{code(d, at)}" name="{code(d, at)}"/>'
        for d, one in enumerate(project)
        for at in range(len(one.places))
    )
    sources, texts = [], {}
    for d, one in enumerate(project):
        inside = [
            refi.selection(
                position(one.raw, a, model), position(one.raw, b, model), code(d, at), quote=one.quotes[at],
                guid=f"s{d}-{at}",
            )
            for at, (a, b) in enumerate(one.places)
        ]  # fmt: skip
        if is_inline:
            inside.insert(0, f"<PlainTextContent>{escape(one.raw, quote=False)}</PlainTextContent>")
            sources.append(refi.source(*inside, name=f"d{d}", guid=f"t{d}", path="").replace(' plainTextPath=""', ""))
        else:
            texts[f"{d}.txt"] = one.raw
            sources.append(refi.source(*inside, name=f"d{d}", guid=f"t{d}", path=f"internal://{d}.txt"))
    return refi.qdpx(refi.project("".join(sources), codes=codes), texts)


def as_qualcoder(project: Sequence[Coded]) -> bytes:
    return database(
        qualcoder_tables.TODAY,
        project=[{"databaseversion": "v17", "about": "QualCoder 4.0"}],
        source=[{"id": d, "name": f"d{d}", "fulltext": one.text, "owner": "x"} for d, one in enumerate(project)],
        code_name=[
            {"cid": 100 * d + at + 1, "name": code(d, at)}
            for d, one in enumerate(project) for at in range(len(one.places))
        ],
        code_text=[
            {"cid": 100 * d + at + 1, "fid": d, "seltext": one.words(at), "pos0": a, "pos1": b, "owner": "x"}
            for d, one in enumerate(project) for at, (a, b) in enumerate(one.places)
        ],
    )  # fmt: skip


def as_taguette(project: Sequence[Coded]) -> bytes:
    coded = [(d, at, place) for d, one in enumerate(project) for at, place in enumerate(one.places)]
    bytes_before = {(d, i): len(project[d].text[:i].encode()) for d, _at, place in coded for i in place}
    return database(
        taguette_tables.SCHEMA,
        projects=[{"id": 1, "name": "p"}],
        documents=[
            {"id": d, "name": f"d{d}", "project_id": 1, "contents": f"<p>{escape(one.text)}</p>"}
            for d, one in enumerate(project)
        ],
        tags=[{"id": n, "project_id": 1, "path": code(d, at)} for n, (d, at, _place) in enumerate(coded)],
        highlights=[
            {"id": n, "document_id": d, "start_offset": bytes_before[d, a], "end_offset": bytes_before[d, b],
             "snippet": f"<p>{escape(project[d].words(at))}</p>"}
            for n, (d, at, (a, b)) in enumerate(coded)
        ],
        highlight_tags=[{"highlight_id": n, "tag_id": n} for n in range(len(coded))],
    )  # fmt: skip


def judge(bundle: Bundle, project: Sequence[Coded]) -> dict[str, bool]:
    """Return for each code whether its quote is verified; fail where one that is verified is not the coder's."""
    by_id = {excerpt.excerpt_id: excerpt for excerpt in bundle.excerpts}
    texts = {document.document_id: document.text for document in bundle.documents}
    verified = {}
    for coding in bundle.codings:
        excerpt = by_id[coding.excerpt_id]
        document, at = map(int, coding.code_path.removeprefix("c").split("-"))
        verified[coding.code_path] = excerpt.verification == "verified"
        if verified[coding.code_path]:
            assert excerpt.text == project[document].words(at)
            assert texts[excerpt.document_id][excerpt.start : excerpt.end] == excerpt.text
    assert set(verified) == {code(d, at) for d, one in enumerate(project) for at in range(len(one.places))}
    assert bundle.quotes_verified <= bundle.quotes_total
    return verified


@given(PROJECTS, st.sampled_from(CONVENTIONS), st.booleans())
@settings(max_examples=200, deadline=None)
def test_an_exchanged_project_is_never_silently_wrong(project, model, is_inline):
    judge(refi_qda.read(as_refi(project, model, is_inline=is_inline), "study.qdpx"), project)


@given(PROJECTS)
@settings(max_examples=60, deadline=None)
def test_a_project_of_qualcoder_comes_back_whole(project):
    verified = judge(qualcoder.read(as_qualcoder(project), "data.qda"), project)
    has_blank = any(not one.words(at).strip() for one in project for at in range(len(one.places)))
    assert all(verified.values()) or has_blank


@given(PROJECTS)
@settings(max_examples=60, deadline=None)
def test_a_project_of_taguette_is_never_silently_wrong(project):
    judge(taguette.read(as_taguette(project), "study.sqlite3"), project)
