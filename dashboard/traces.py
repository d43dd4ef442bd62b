"""What is left of a voice that withdrew: their name and their words, looked for in all that a store's folder holds."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from dashboard.withdrawn import WORDS, whole

SEARCHED = 200  # of the longest quotes, and as many of the longest sentences
SENTENCE = re.compile(r"[.!?…]+(?:\s|$)|[\r\n\u2028\u2029]+")
GAP = re.compile(r"\s+|\\[nrt]")
"""White space, and how it is written within quotes in JSON and TOML."""
Row = Mapping[str, object]


def named_in(folder: Path, voice: str) -> list[str]:
    """Return the lines of other files (decisions, talks) that name the voice; those are for people to mend."""
    name = whole(voice)
    places = []
    for path in _files(folder):
        if not _is_of_store(path):
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
            found = (number for number, line in enumerate(lines, start=1) if name.search(line))
            places += [f"{path.relative_to(folder)}, line {number}" for number in found]
    return places


def words_of(quotes: Iterable[str], theirs: Iterable[str], others: Iterable[str]) -> list[str]:
    """Return what of a voice's words tells them: their longest quotes, and the longest sentences of their transcripts.

    A sentence that stands in another transcript as well, as an interviewer's questions do, tells nobody.
    """
    shared = {sentence for text in others for sentence in _sentences(text)}
    spoken = {sentence for text in theirs for sentence in _sentences(text)} - shared
    return list(dict.fromkeys([*_longest(_spaced(quote) for quote in quotes), *_longest(spoken)]))


def words_in(folder: Path, words: Sequence[str], studies: Mapping[str, Mapping[str, Collection[Row]]]) -> list[str]:
    """Return the files in which such words still stand, and the tables of the studies as they are kept now."""
    places = [str(path.relative_to(folder)) for path in _files(folder) if _holds(path, words)]
    for study, tables in studies.items():
        for name, rows in tables.items():
            told = _spaced("\0".join(str(value) for row in rows for value in row.values() if isinstance(value, str)))
            places += [f"{study}: {name}"] if any(one in told for one in words) else []
    return places


def _holds(path: Path, words: Sequence[str]) -> bool:
    data = path.read_bytes()
    if any(one.encode(code) in data for one in words for code in ("utf-8", "utf-16-le")):
        return True
    if _is_of_store(path):
        return False
    text = _spaced(data.decode("utf-8", errors="replace").replace('\\"', '"'))
    return any(one in text for one in words)


def _sentences(text: str) -> Iterator[str]:
    for sentence in SENTENCE.split(text):
        yield _spaced(sentence)


def _longest(texts: Iterable[str]) -> list[str]:
    return sorted({text for text in texts if len(text) >= WORDS}, key=lambda text: (-len(text), text))[:SEARCHED]


def _spaced(text: str) -> str:
    return GAP.sub(" ", text).strip()


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _is_of_store(path: Path) -> bool:
    return path.name == "CURRENT" or path.name.startswith("gen-") or path.suffix == ".lock"
