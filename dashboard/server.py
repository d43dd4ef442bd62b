"""What stands between the browser and the pages: compressed scripts, the page's language, a few headers.

Started by `beyond serve` through `streamlit run`, which finds `app` here.
"""

import gzip
import mimetypes
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs

import streamlit as st
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import i18n, room_server, stage
from dashboard.measures import firmness

BUNDLES = Path(st.__file__).parent / "static" / "static"
COMPRESSED = {".js", ".css"}
LANGUAGE_MARK = b'<html lang="en"'
HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"SAMEORIGIN"),
]


class CompressedBundles:
    """Serve Streamlit's own scripts compressed: 2.9 MB on a first visit where it would be 9."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for a bundle that the browser takes compressed; pass on everything else."""
        body = _bundle(scope) if scope["type"] == "http" else None
        if body is None:
            await self.app(scope, receive, send)
            return
        kind = mimetypes.guess_type(scope["path"])[0] or "text/javascript"
        headers = [
            (b"content-type", kind.encode()),
            (b"content-encoding", b"gzip"),
            (b"vary", b"accept-encoding"),
            (b"cache-control", b"public, immutable, max-age=31536000"),
            (b"content-length", str(len(body)).encode()),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": [*headers, *HEADERS]})
        await send({"type": "http.response.body", "body": body if scope["method"] == "GET" else b""})


class SpokenLanguage:
    """Name the language of the page in its markup, so that a screen reader pronounces it as such."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Put the reader's language in place of the fixed one; the two names have the same length."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        spoken = _language(scope)

        async def rewritten(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *HEADERS]
            elif message["type"] == "http.response.body" and LANGUAGE_MARK in message.get("body", b""):
                mark = f'<html lang="{spoken}"'.encode()
                message["body"] = message["body"].replace(LANGUAGE_MARK, mark, 1)
            await send(message)

        if not scope["path"].startswith("/static/"):  # what is compressed cannot be rewritten
            plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
            scope = dict(scope, headers=plain)
        await self.app(scope, receive, rewritten)


def _bundle(scope: Scope) -> bytes | None:
    if scope["method"] not in ("GET", "HEAD") or not scope["path"].startswith("/static/"):
        return None
    headers = dict(scope["headers"])
    if b"gzip" not in headers.get(b"accept-encoding", b"") or b"range" in headers:
        return None
    return _compressed(scope["path"].removeprefix("/static/"))


@lru_cache(maxsize=512)
def _compressed(name: str) -> bytes | None:
    path = (BUNDLES / name).resolve()
    if not path.is_relative_to(BUNDLES) or path.suffix not in COMPRESSED or not path.is_file():
        return None
    return gzip.compress(path.read_bytes(), 6)


def _language(scope: Scope) -> str:
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("lang", [""])[-1]
    if asked in i18n.LANGUAGES:
        return str(asked)
    accepted = dict(scope["headers"]).get(b"accept-language", b"").decode("latin-1")
    return i18n.preferred(accepted.split(",")[0].split(";")[0].strip() or None)


@asynccontextmanager
async def _warmed(_app: st.App) -> AsyncIterator[None]:
    """Take up the talk where it stood, and load in the background what the first page would otherwise wait for."""
    Thread(target=room_server.hall().come_back, daemon=True).start()
    Thread(target=_warm, daemon=True).start()
    yield


def _warm() -> None:
    firmness.wilson_interval(1, 2)
    import_module("plotly.graph_objects")


app = st.App(
    Path(__file__).with_name("app.py"),
    lifespan=_warmed,
    routes=stage.routes(),
    middleware=[Middleware(SpokenLanguage), Middleware(CompressedBundles)],
)
