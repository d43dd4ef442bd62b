"""The stage: a talk full screen, as one small page that needs the server once and then nobody any more.

Served beside the pages, on this machine and in the team's scope only. The page holds the whole talk, so that a server
that stops, or a network that fails, ends nothing; it tells the server where the talk stands, and hears of the room.
"""

import json
from collections.abc import Awaitable, Callable, Sequence
from html import escape
from typing import Any
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from dashboard import settings, standing
from dashboard.charts.words import Drawing
from dashboard.drawn_talk import assets, drawn, language_of, words_of
from dashboard.errors import GapError
from dashboard.export.page import as_data
from dashboard.room_server import hall, qr

LOCAL = ("127.0.0.1", "::1", "localhost", "[::1]")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
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
        Route("/stage/now", _only_here(_now)),
        Route("/stage/qr.svg", _only_here(_code)),
        Route("/stage/at", _only_here(_at), methods=["POST"]),
    ]


def _only_here(answer: Answer) -> Answer:
    """Answer this machine only, in the team's scope only; everybody else learns nothing, not even that it is there.

    The name that was asked for is looked at too, so that no site can reach here under a name of its own; and what
    changes something is taken from the stage's own page only.
    """

    async def checked(request: Request) -> Response:
        host = request.client.host if request.client else ""
        is_ours = settings.scope() == "team" and host in LOCAL and request.url.hostname in LOCAL
        if is_ours and request.method == "POST":
            origin = urlsplit(request.headers.get("origin", "")).netloc
            kind = request.headers.get("content-type", "").split(";")[0]
            is_ours = origin == request.headers.get("host") and kind == "application/json"
        return await answer(request) if is_ours else PlainTextResponse("Not Found", 404)

    return checked


async def _page(request: Request) -> Response:
    study = request.query_params.get("study", "") or str(standing.latest(settings.store_folder()).get("study", ""))
    language = language_of(request.query_params, request.headers)
    try:
        talk = await run_in_threadpool(drawn, study, language, "team")
    except GapError as problem:
        return PlainTextResponse(str(problem), 404)
    body = _html(talk, language, is_notes="notes" in request.query_params, is_alone="alone" in request.query_params)
    headers = {"content-security-policy": POLICY, "cache-control": "no-store"}
    return Response(body, media_type="text/html; charset=utf-8", headers=headers)


async def _script(_request: Request) -> Response:
    return Response(assets("stage", ".js"), media_type="text/javascript; charset=utf-8")


async def _style(_request: Request) -> Response:
    return Response(assets("stage", ".css"), media_type="text/css; charset=utf-8")


async def _code(_request: Request) -> Response:
    address = hall().address
    if not address:
        return PlainTextResponse("Not Found", 404)
    return Response(qr(address), media_type="image/svg+xml", headers={"cache-control": "no-store"})


async def _now(request: Request) -> Response:
    """Tell where the talk stands here, who follows, and what the room answered to the scene that is asked about."""
    study, scene_id = request.query_params.get("study", ""), request.query_params.get("scene", "")
    language = language_of(request.query_params, request.headers)
    found = await run_in_threadpool(_told, study, scene_id, language)
    return JSONResponse(found, headers={"cache-control": "no-store"})


def _told(study: str, scene_id: str, language: str) -> Drawing:
    known = hall()
    place = known.room.place
    found: Drawing = {
        "boot": known.room.boot, "book": known.room.book, "revision": place.revision,
        "study": place.study_id, "scene": place.scene_id,
        "reveal": place.reveal, "address": known.address, "phones": known.n_phones, "isRehearsal": place.is_rehearsal,
        "counts": None, "late": 0, "edition": "",
    }  # fmt: skip
    if study and study == place.study_id:
        talk = drawn(study, language, "team")
        found["edition"] = talk["edition"]
        scene = next((s for s in talk["scenes"] if s["id"] == scene_id), None)
        if scene and scene["estimate"]:
            found |= {"counts": known.room.tally(scene_id, scene["estimate"]["n"]), "late": known.room.n_late(scene_id)}
    return found


async def _at(request: Request) -> Response:
    """Take where the talk stands: the phones follow, and a server that is started again begins there."""
    try:
        asked: Any = json.loads(await request.body())
        study, scene_id = str(asked["study"]), str(asked["scene"])
        reveal, began = int(asked["reveal"]), int(asked.get("began", 0))
        window, turn = str(asked.get("window", ""))[:64], int(asked.get("turn", 0))
    except (ValueError, KeyError, TypeError):
        return PlainTextResponse("", 400)
    if not await run_in_threadpool(hall().take, study, scene_id, reveal, began, window, turn):
        return PlainTextResponse("", 409)
    return JSONResponse({"boot": hall().room.boot, "revision": hall().room.place.revision})


def _html(talk: Drawing, language: str, *, is_notes: bool, is_alone: bool) -> str:
    kept = {} if is_alone else standing.place(settings.store_folder(), str(talk["study"]))
    more = {"words": words_of(language, SAID), "isNotes": is_notes, "isAlone": is_alone, "kept": kept}
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(str(talk['title']))}</title>"
        '<link rel="icon" href="data:,"><link rel="stylesheet" href="/stage/stage.css"></head><body>'
        f'<script type="application/json" id="talk">{as_data({**talk, **more})}</script>'
        '<script src="/stage/stage.js"></script></body></html>'
    )
