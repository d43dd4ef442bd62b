"""The room's own port: opened by the presenter, closed by the presenter, in a thread of its own."""

import asyncio
import os
import socket
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache, partial
from io import BytesIO
from threading import RLock, Thread
from typing import Any

import segno
import uvicorn

from dashboard import settings, standing
from dashboard.drawn_talk import drawn, warm
from dashboard.errors import GapError
from dashboard.room import Room
from dashboard.room_app import MOST_FOLLOWERS, Followers, application

if sys.platform != "win32":  # which has no such limits
    import resource

PORT = 8600
MOST_WINDOWS = 64  # of the stage, whose moves are told apart
MOST_CONNECTIONS = 3 * MOST_FOLLOWERS
EVERYWHERE, HERE = "0.0.0.0", "127.0.0.1"
UNROUTED = ("192.168.1.1", "10.0.0.1", "172.16.0.1", "192.0.2.1")
"""Asked only which of our own addresses would lead there: no packet is sent."""


@dataclass
class _Open:
    server: uvicorn.Server
    thread: Thread
    address: str
    port: int
    followers: Followers
    quiet: Callable[[], None]


class Hall:
    """The room of this program: its state, and its door where that is open."""

    def __init__(self) -> None:
        self.room = Room()
        self._lock = RLock()
        self._open: _Open | None = None
        self._turns: dict[str, int] = {}
        """Window of the stage → the number of the last move that was taken from it."""

    @property
    def is_open(self) -> bool:
        """Whether phones can come in."""
        return self._open is not None

    @property
    def address(self) -> str:
        """The address for the phones; empty while the room is closed."""
        return f"http://{self._open.address}:{self._open.port}/" if self._open else ""

    @property
    def n_phones(self) -> int:
        """How many phones follow now."""
        return len(self._open.followers.listening) if self._open else 0

    def open(self, address: str, port: int = PORT) -> None:
        """Let phones in at one address of this machine. Raises where it or its port cannot be had."""
        with self._lock:
            self.close()
            listening = _bound(address, port)
            _widen()
            followers = Followers(self.room)
            config = uvicorn.Config(
                application(self.room, followers), log_level="warning", access_log=False, lifespan="off", ws="none",
                timeout_graceful_shutdown=1, backlog=2048, proxy_headers=False, server_header=False, http="h11",
                limit_concurrency=MOST_CONNECTIONS,
            )  # fmt: skip
            server = uvicorn.Server(config)
            loop = asyncio.new_event_loop()
            quiet = self.room.hear(partial(_wake, loop, followers))
            thread = Thread(target=_serve, args=(loop, server, listening), name="room", daemon=True)
            thread.start()
            port = int(listening.getsockname()[1])
            self._open = _Open(server, thread, address, port, followers, quiet)
            standing.keep_room(settings.store_folder(), address, port)

    def close(self) -> None:
        """Let nobody in any more; what was answered stays in memory until the program ends or it is reset."""
        with self._lock:
            if (known := self._open) is None:
                return
            known.quiet()
            known.followers.closes = True
            known.server.should_exit = True
            known.thread.join(3)
            self._open = None
            standing.forget_room(settings.store_folder())

    def come_back(self) -> None:
        """Take up the talk where it stood when the program ended, and its room where that was open then."""
        folder = settings.store_folder()
        kept = standing.latest(folder)
        study, scene_id, reveal = kept.get("study"), kept.get("scene"), kept.get("reveal")
        was_open = standing.open_room(folder)
        if (
            isinstance(study, str) and isinstance(scene_id, str) and type(reveal) is int
        ):  # a damaged file: from the start
            if was_open and (known_room := standing.room_of(kept)):
                self.room.take_up(study, **known_room)
            warm(study)
            self.stand(study, scene_id, reveal)
        asked = os.environ.get(settings.ROOM_PORT_VARIABLE)
        address = os.environ.get(settings.ROOM_ADDRESS_VARIABLE) or HERE
        known: Mapping[str, Any] = {"address": address, "port": asked} if asked else was_open
        if known and settings.scope() == "team":
            try:
                self.open(str(known["address"]), int(known["port"]))
            except (GapError, KeyError, ValueError, TypeError) as problem:
                print(f"beyond: {problem}", file=sys.stderr)  # the talk itself needs no room

    def take(self, study_id: str, scene_id: str, reveal: int, began: int, window: str = "", turn: int = 0) -> bool:
        """Go where a window of the stage says that its talk stands, and keep it; tell whether there is such a scene.

        A window counts its moves. One that is overtaken by a later move, because this machine was slow and the window
        did not wait for it, changes nothing.
        """
        drawn_at = self._place_of(study_id, scene_id)
        with self._lock:
            if drawn_at is None:
                return False
            if window and turn <= self._turns.get(window, -1):
                return True
            self._turns.pop(window, None)
            self._turns[window] = turn
            if len(self._turns) > MOST_WINDOWS:
                del self._turns[next(iter(self._turns))]  # the one that has not moved for longest
            self.stand(study_id, scene_id, reveal)
            standing.keep_place(settings.store_folder(), study_id, scene_id, reveal, began, self.room.kept(study_id))
        return True

    def stand(self, study_id: str, scene_id: str, reveal: int) -> bool:
        """Go to a scene of a study's talk; tell whether there is such a scene."""
        found = self._place_of(study_id, scene_id)
        if found is None:
            return False
        at, reveals = found
        self.room.stand(study_id, scene_id, at, max(0, min(reveal, reveals)))
        return True

    def _place_of(self, study_id: str, scene_id: str) -> tuple[int, int] | None:
        """Return a scene's place in its talk and how many reveals it has; None where there is none."""
        try:
            scenes = drawn(study_id, "en", "team")["scenes"]
        except GapError:
            return None
        return next(((at, int(s["reveals"])) for at, s in enumerate(scenes) if s["id"] == scene_id), None)


@lru_cache(maxsize=1)
def hall() -> Hall:
    """Return the one room of this program."""
    return Hall()


def addresses() -> Sequence[str]:
    """Return this machine's own addresses, those first that a phone is likely to reach; its loopback is the last."""
    found: dict[str, None] = {}
    for there in UNROUTED:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
            if asking.connect_ex((there, 9)) == 0:
                found[asking.getsockname()[0]] = None
    with suppress(OSError):
        found |= dict.fromkeys(
            str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
        )
    near = [address for address in found if not address.startswith("127.") and address != EVERYWHERE]
    return [*near, HERE]


def qr(address: str) -> str:
    """Return an address as a QR code, a drawing that is made here."""
    out = BytesIO()
    segno.make_qr(address, error="m").save(
        out, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=4, light="#FFFFFF", dark="#000000"
    )
    return out.getvalue().decode("utf-8")


def _widen() -> None:
    """Let this program hold as many connections as the machine allows it, up to what the room takes."""
    if sys.platform == "win32":
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * MOST_CONNECTIONS
    wished = wanted if hard == resource.RLIM_INFINITY else min(hard, wanted)
    if soft != resource.RLIM_INFINITY and soft < wished:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wished, hard))


def _bound(address: str, port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name != "nt":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((address, port))
        listening.listen(2048)
    except (OSError, OverflowError) as problem:
        listening.close()
        raise GapError(
            f"The room cannot be opened at {address}:{port} ({getattr(problem, 'strerror', '') or problem}).",
            remedy="Choose another address of this machine, or another port.",
        ) from None
    return listening


def _wake(loop: asyncio.AbstractEventLoop, followers: Followers) -> None:
    with suppress(RuntimeError):  # the loop has ended: nobody listens any more
        loop.call_soon_threadsafe(followers.wake)


def _serve(loop: asyncio.AbstractEventLoop, server: uvicorn.Server, listening: socket.socket) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_until_complete(server.serve([listening]))
    finally:
        loop.close()
