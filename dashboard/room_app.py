"""What a phone in the room can reach, and nothing else: the scenes shown so far, its own answer, open pages.

An application of its own, on a port of its own: no page, download or address of the dashboard is behind it. Everything
is drawn in the public scope.
"""

import asyncio
import gzip
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from functools import lru_cache
from html import escape
from importlib import resources
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from dashboard import i18n, open_pages
from dashboard.charts.words import Drawing
from dashboard.drawn_talk import drawn, language_of, packed, words_of
from dashboard.errors import GapError
from dashboard.export.page import as_data
from dashboard.export.scene import for_room
from dashboard.room import Place, Room

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; "
    "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
PAGE_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; font-src data:; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {"x-content-type-options": "nosniff", "referrer-policy": "no-referrer", "cache-control": "no-store"}
FONTS = ("ibm-plex-sans-latin-wght-normal.woff2", "source-serif-4-latin-wght-normal.woff2")
SAID = "room.js."
MOST_FOLLOWERS = 1500
BEAT = 15.0  # seconds of silence after which a phone is told that it is still connected
LONGEST_ANSWER = 400  # bytes
Answer = Callable[[Request], Awaitable[Response]]


class Followers:
    """The phones that listen, and what they are told: each change once, written once a language."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.listening: set[asyncio.Event] = set()
        self.closes = False
        self._told: dict[str, tuple[int, bytes]] = {}
        self._lock = Lock()

    def said(self, language: str) -> bytes:
        """Return what stands on a phone now, as JSON."""
        with self._lock:
            if known := self._known(language):
                return known
            place = self.room.place
            said = as_data(now(self.room, place, language)).encode("utf-8")
            self._told[language] = (place.revision, said)
            return said

    def _known(self, language: str) -> bytes | None:
        revision, said = self._told.get(language, (-1, b""))
        return said if revision == self.room.place.revision else None

    def wake(self) -> None:
        """Let every phone look again; from the loop that serves them."""
        for waiting in self.listening:
            waiting.set()

    async def events(self, language: str) -> AsyncIterator[bytes]:
        """Yield the state now and after every change, as Server-Sent Events."""
        waiting = asyncio.Event()
        self.listening.add(waiting)
        try:
            yield b"retry: 1000\n\n"
            told = b""
            while not self.closes:
                said = self._known(language)
                if said is None:
                    said = await run_in_threadpool(self.said, language)
                yield b": beat\n\n" if said == told else b"data: " + said + b"\n\n"
                told = said
                try:
                    await asyncio.wait_for(waiting.wait(), BEAT)
                except TimeoutError:
                    continue
                waiting.clear()
        finally:
            self.listening.discard(waiting)


def now(room: Room, place: Place, language: str) -> Drawing:
    """Return where the talk stands as a phone may know it; the counts of an estimate only once it is shown."""
    state: Drawing = {
        "boot": room.boot, "book": room.book, "revision": place.revision, "at": place.at, "reveal": place.reveal,
        "shown": [], "isRehearsal": place.is_rehearsal,
        "scene": None, "counts": None, "pages": [], "title": "", "chip": "",
    }  # fmt: skip
    try:
        talk = drawn(place.study_id, language, "public") if place.study_id else None
    except GapError:
        talk = None  # a study that is not open to everybody is not shown to anybody here
    scenes = talk["scenes"] if talk else []
    at = next((at for at, scene in enumerate(scenes) if scene["id"] == place.scene_id), -1)
    if talk is None or at < 0:
        return state  # the talk was edited, and the scene is no more: the phones wait
    pages = open_pages.offered(place.study_id, language) if _is_guessed(talk, room) else []
    shown = [at for at, scene in enumerate(scenes) if room.shown(scene["id"]) >= 0]
    return state | _scene(room, talk, at, place.reveal) | {
        "title": talk["title"], "chip": talk["chip"], "pages": pages, "shown": shown}  # fmt: skip


def _scene(room: Room, talk: Drawing, at: int, reveal: int) -> Drawing:
    scene = talk["scenes"][at]
    counts = room.tally(scene["id"], scene["estimate"]["n"]) if scene["estimate"] and reveal >= 1 else None
    return {"scene": for_room(scene, reveal), "counts": counts, "at": at, "reveal": reveal}


def _is_guessed(talk: Drawing, room: Room) -> bool:
    """Tell whether every estimate of the talk is over: a page of the study would answer it too soon."""
    return all(room.shown(scene["id"]) >= 1 for scene in talk["scenes"] if scene["estimate"])


def application(room: Room, followers: Followers) -> Starlette:
    """Return the application of the room's port."""
    phone = _Phone(room, followers)
    routes = [
        _route("/", phone.page), _route("/room.js", phone.script), _route("/room.css", phone.style),
        _route("/fonts/{name}", phone.font), _route("/now", phone.now), _route("/events", phone.events),
        _route("/scene/{at:int}", phone.scene), _route("/study/{name}", phone.study),
        _route("/answer", phone.answer, "POST"),
    ]  # fmt: skip
    made = Starlette(routes=routes, exception_handlers={404: _no, 405: _no, HTTPException: _no})
    made.router.redirect_slashes = False
    return made


class _Phone:
    """What each address of the room answers."""

    def __init__(self, room: Room, followers: Followers) -> None:
        self.room, self.followers = room, followers

    async def page(self, request: Request) -> Response:
        return _answered(_html(_language(request)), "text/html", request)

    async def script(self, request: Request) -> Response:
        return _answered(packed("room", ".js"), "text/javascript", request, is_packed=True)

    async def style(self, request: Request) -> Response:
        return _answered(packed("room", ".css"), "text/css", request, is_packed=True)

    async def font(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in FONTS:
            return _nothing()
        return Response(_font(name), media_type="font/woff2", headers=HEADERS | {"cache-control": "max-age=86400"})

    async def now(self, request: Request) -> Response:
        found = await run_in_threadpool(self.followers.said, _language(request))
        return _answered(found, "application/json", request)

    async def events(self, request: Request) -> Response:
        if len(self.followers.listening) >= MOST_FOLLOWERS:
            return PlainTextResponse("", 503)
        events = self.followers.events(_language(request))
        return StreamingResponse(events, media_type="text/event-stream", headers=HEADERS)

    async def scene(self, request: Request) -> Response:
        found = await run_in_threadpool(_shown_before, self.room, request.path_params["at"], _language(request))
        return _nothing() if found is None else _answered(as_data(found).encode(), "application/json", request)

    async def study(self, request: Request) -> Response:
        found = await run_in_threadpool(_open_page, self.room, request.path_params["name"], _language(request))
        return (
            _nothing() if found is None else _answered(found, "text/html", request, is_packed=True, policy=PAGE_POLICY)
        )

    async def answer(self, request: Request) -> Response:
        return await _taken(self.room, request)


def _language(request: Request) -> str:
    return language_of(request.query_params, request.headers)


def _route(path: str, answer: Answer, method: str = "GET") -> Route:
    return Route(path, answer, methods=[method])


async def _no(_request: Request, _problem: Exception) -> Response:
    return _nothing()


def _nothing() -> Response:
    return PlainTextResponse("Not Found", 404, headers=HEADERS)


def _answered(
    body: bytes, kind: str, request: Request, *, is_packed: bool = False, policy: str = POLICY
) -> Response:  # fmt: skip
    headers = HEADERS | {"content-security-policy": policy}
    if is_packed and "gzip" in request.headers.get("accept-encoding", ""):
        headers |= {"content-encoding": "gzip"}
    elif is_packed:
        body = gzip.decompress(body)
    return Response(body, media_type=f"{kind}; charset=utf-8", headers=headers)


@lru_cache(maxsize=len(i18n.LANGUAGES))
def _html(language: str) -> bytes:
    words = words_of(language, SAID)
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f'<title>{escape(words["title"])}</title><link rel="icon" href="data:,">'
        '<link rel="stylesheet" href="/room.css"></head><body>'
        f'<script type="application/json" id="words">{as_data(words)}</script>'
        f'<noscript>{escape(words["script"])}</noscript><script src="/room.js"></script></body></html>'
    ).encode()


@lru_cache(maxsize=len(FONTS))
def _font(name: str) -> bytes:
    return (resources.files("dashboard") / "static" / "fonts" / name).read_bytes()


def _shown_before(room: Room, at: int, language: str) -> Drawing | None:
    """Return a scene that the room has seen, as far as it saw it; nothing of one that is still to come."""
    place = room.place
    try:
        talk = drawn(place.study_id, language, "public") if place.study_id else {"scenes": []}
    except GapError:
        return None
    if not 0 <= at < len(talk["scenes"]) or (reveal := room.shown(talk["scenes"][at]["id"])) < 0:
        return None
    return _scene(room, talk, at, reveal)


def _open_page(room: Room, name: str, language: str) -> bytes | None:
    offered: list[Mapping[str, str]] = now(room, room.place, language)["pages"]
    return open_pages.page(room.place.study_id, name, language) if name in [one["name"] for one in offered] else None


async def _taken(room: Room, request: Request) -> Response:
    """Take an answer from the room's own page; another site's page in the same browser is refused."""
    origin, kind = request.headers.get("origin"), request.headers.get("content-type", "")
    if kind.split(";")[0] != "application/json":
        return _nothing()
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        return _nothing()
    if "transfer-encoding" in request.headers or (sent := await _short(request)) is None:
        return PlainTextResponse("", 413, headers={"connection": "close"})
    try:
        asked: Any = json.loads(sent)
        device, scene_id, value = str(asked["device"]), str(asked["scene"]), asked["value"]
        if type(value) is not int:
            raise ValueError
    except (ValueError, KeyError, TypeError):
        return PlainTextResponse("", 400)
    try:
        n = await run_in_threadpool(_most, room, scene_id)
        given = room.answer(device, scene_id, value, n)
    except GapError:
        known = room.given(device, scene_id)
        body = {"isTaken": False, "value": known.value if known else None}
        return Response(json.dumps(body), 409, media_type="application/json", headers=HEADERS)
    body = {"isTaken": True, "value": given.value, "isLate": given.is_late}
    return Response(json.dumps(body), media_type="application/json", headers=HEADERS)


async def _short(request: Request) -> bytes | None:
    """Return what was sent, or None, without reading on, where it is longer than an answer."""
    sent = b""
    async for part in request.stream():
        sent += part
        if len(sent) > LONGEST_ANSWER:
            return None
    return sent


def _most(room: Room, scene_id: str) -> int:
    """Return the largest answer to a scene's question. Raises where it asks nothing."""
    talk = drawn(room.place.study_id, "en", "public")
    asked = next((s["estimate"] for s in talk["scenes"] if s["id"] == scene_id and s["estimate"]), None)
    if asked is None:
        raise GapError("This scene asks nothing.")
    return int(asked["n"])
