"""The stage: a talk full screen, as one small page that needs the server once and then nobody any more.

Served beside the pages, on this machine and in the team's scope only. The page holds the whole talk, so that a server
that stops, or a network that fails, ends nothing.
"""

import json
from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from functools import lru_cache
from html import escape
from importlib import resources
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard import generations, i18n, settings, store, talks
from dashboard.charts.words import Drawing
from dashboard.errors import GapError
from dashboard.export.scene import talk_drawing
from dashboard.export.view import view_of
from dashboard.i18n import Translator
from dashboard.model import Filters

LOCAL = ("127.0.0.1", "::1", "localhost", "[::1]")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
SAID = "stage.js."
"""The words of the stage's own controls, by what their keys in the catalogue begin with."""
Answer = Callable[[Request], Awaitable[Response]]


def routes() -> Sequence[Route]:
    """Return what the server answers beside the pages."""
    return [
        Route("/stage", _only_here(_page)),
        Route("/stage/stage.js", _only_here(_script)),
        Route("/stage/stage.css", _only_here(_style)),
    ]


def _only_here(answer: Answer) -> Answer:
    """Answer this machine only, in the team's scope only; everybody else learns nothing, not even that it is there."""

    async def checked(request: Request) -> Response:
        host = request.client.host if request.client else ""
        if settings.scope() != "team" or host not in LOCAL or request.url.hostname not in LOCAL:
            return PlainTextResponse("Not Found", 404)
        return await answer(request)

    return checked


async def _page(request: Request) -> Response:
    study = request.query_params.get("study", "")
    asked = request.query_params.get("lang", "")
    accepted = request.headers.get("accept-language", "").split(",")[0].split(";")[0].strip()
    language = asked if asked in i18n.LANGUAGES else i18n.preferred(accepted or None)
    t = i18n.translator(language)
    try:
        body = _html(drawn(study, language), t, is_notes="notes" in request.query_params)
    except GapError as problem:
        return PlainTextResponse(str(problem), 404)
    headers = {"content-security-policy": POLICY, "cache-control": "no-store"}
    return Response(body, media_type="text/html; charset=utf-8", headers=headers)


async def _script(_request: Request) -> Response:
    return Response(_files(".js", "pieces.js"), media_type="text/javascript; charset=utf-8")


async def _style(_request: Request) -> Response:
    return Response(_files(".css", "drawing.css"), media_type="text/css; charset=utf-8")


def drawn(study: str, language: str) -> Drawing:
    """Return a study's talk as it is drawn. Raises where there is no such study."""
    folder = settings.store_folder()
    path = generations.current(folder).path
    known = talks.stamp(folder, study) if study else ()
    return _drawn(str(path), study, language, known, date.today())


@lru_cache(maxsize=8)
def _drawn(path: str, study: str, language: str, _stamp: tuple[int, ...], day: date) -> Drawing:
    connection = store.open_generation(generations.Generation(0, Path(path)))
    try:
        view = view_of(connection, Filters(study), language, Path(path).stem, day, "team")
        return talk_drawing(talks.load(settings.store_folder(), study), view)
    finally:
        connection.close()


@lru_cache(maxsize=2)
def _files(ending: str, first: str) -> str:
    """Return the scripts, or the styles, of a stage as one file: the pieces, the scenes, then the stage itself."""
    folder = resources.files("dashboard") / "drawings"
    scenes = sorted((file for file in (folder / "scene").iterdir()), key=lambda file: file.name)
    found = [folder / first, *(f for f in scenes if f.name.endswith(ending)), folder / "stage" / f"stage{ending}"]
    return "\n".join(file.read_text(encoding="utf-8") for file in found)


def _html(talk: Drawing, t: Translator, *, is_notes: bool) -> str:
    words = {key.removeprefix(SAID): text for key, text in t.words.items() if key.startswith(SAID)}
    data = json.dumps(talk | {"words": words, "isNotes": is_notes}, ensure_ascii=False).replace("<", "\\u003c")
    return (
        f'<!doctype html><html lang="{t.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(str(talk['title']))}</title>"
        '<link rel="icon" href="data:,"><link rel="stylesheet" href="/stage/stage.css"></head><body>'
        f'<script type="application/json" id="talk">{data}</script>'
        '<script src="/stage/stage.js"></script></body></html>'
    )
