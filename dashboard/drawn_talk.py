"""A talk as it is drawn for the stage or for the phones, and the scripts and styles that draw it."""

import gzip
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import lru_cache
from hashlib import sha256
from importlib import resources
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from dashboard import generations, i18n, settings, store, talks
from dashboard.charts.words import Drawing
from dashboard.errors import GapError
from dashboard.export.page import as_data
from dashboard.export.scene import talk_drawing
from dashboard.export.view import view_of
from dashboard.model import Filters, Scope


def drawn(study: str, language: str, scope: Scope, generation: str = "") -> Drawing:
    """Return a study's talk as it is drawn; do not change it. Raises where this reader may not see the study.

    Its `edition` changes with anything in it, so that a stage that is open knows when to draw it anew.

    `generation` is the path of the one that the reader looks at, where that is not the current one.
    """
    folder = settings.store_folder()
    path = generation or generations.current(folder).path
    known = talks.stamp(folder, study) if study else ()
    with _drawing:  # who asks while it is drawn waits for that, and draws nothing twice
        return _drawn(str(path), study, language, scope, known, date.today())


_drawing = Lock()


@lru_cache(maxsize=16)
def _drawn(
    path: str, study: str, language: str, scope: Scope, _stamp: tuple[int, ...], day: date
) -> Drawing:  # fmt: skip
    connection = store.open_generation(generations.Generation(0, Path(path)))
    try:
        view = view_of(connection, Filters(study), language, Path(path).stem, day, scope)
        talk = talk_drawing(talks.load(settings.store_folder(), study), view)
        return talk | {"edition": sha256(as_data(talk).encode("utf-8")).hexdigest()[:16]}
    finally:
        connection.close()


def warm(study: str, scopes: Sequence[Scope] = ("team", "public")) -> None:
    """Draw a talk in the background in every language, so that nobody waits for it later."""

    def draw() -> None:
        with suppress(GapError):
            for scope in scopes:
                for language in i18n.LANGUAGES:
                    drawn(study, language, scope)

    Thread(target=draw, name="warm", daemon=True).start()


@lru_cache(maxsize=4)
def assets(of: str, ending: str) -> str:
    """Return the scripts (".js") or the styles (".css") of the stage or the room: the pieces, the scenes, its own."""
    folder = resources.files("dashboard") / "drawings"
    parts = [(folder / "pieces.js") if ending == ".js" else (folder / "drawing.css")]
    for name in ("scene", of):
        parts += sorted((f for f in (folder / name).iterdir() if f.name.endswith(ending)), key=lambda file: file.name)
    return "\n".join(file.read_text(encoding="utf-8") for file in parts)


@lru_cache(maxsize=4)
def packed(of: str, ending: str) -> bytes:
    """Return the same, compressed."""
    return gzip.compress(assets(of, ending).encode("utf-8"), 9)


def language_of(query: Mapping[str, Any], headers: Mapping[str, str]) -> str:
    """Return the language that a reader asks for in the address, else the one that the browser prefers."""
    asked = str(query.get("lang", ""))
    accepted = headers.get("accept-language", "").split(",")[0].split(";")[0].strip()
    return asked if asked in i18n.LANGUAGES else i18n.preferred(accepted or None)


def words_of(language: str, begin: str) -> Mapping[str, str]:
    """Return the words whose keys begin so, without that beginning."""
    found = i18n.translator(language).words
    return {key.removeprefix(begin): text for key, text in found.items() if key.startswith(begin)}
