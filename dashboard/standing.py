"""Where each talk stands, and whether its room is open: small files beside the talks, for a killed server.

No answer of anybody is ever in them.
"""

import json
import os
import secrets
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from dashboard.talks import FOLDER

ENDING = ".stage.json"
ROOM = "room.json"
FRESH = 12 * 3600.0
"""Seconds after which a room that nobody closed is not opened again by itself."""


def place(folder: Path, study_id: str) -> Mapping[str, Any]:
    """Return what was kept of a talk: scene, reveal, began; empty where nothing was."""
    return _read(folder / FOLDER / f"{study_id}{ENDING}")


def keep_place(
    folder: Path, study_id: str, scene_id: str, reveal: int, began: int, room: Mapping[str, Any] | None = None
) -> None:  # fmt: skip
    """Keep where a talk stands; `began` is the presenter's clock in milliseconds, `room` what Room.kept tells."""
    known: dict[str, Any] = {"study": study_id, "scene": scene_id, "reveal": reveal, "began": began}
    if room:
        known["room"] = {**room, "kept": time.time()}
    _write(folder / FOLDER / f"{study_id}{ENDING}", known)


def room_of(kept: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what was kept of a talk's room: book, shown, is_rehearsal; empty where it is damaged or long ago."""
    known = kept.get("room")
    if not isinstance(known, dict) or not isinstance(known.get("book"), str):
        return {}
    shown, at = known.get("shown"), known.get("kept")
    if not isinstance(at, int | float) or time.time() - at > FRESH:
        return {}
    if not isinstance(shown, dict) or not all(type(reveal) is int for reveal in shown.values()):
        return {}
    return {"book": known["book"], "shown": shown, "is_rehearsal": known.get("is_rehearsal") is True}


def latest(folder: Path) -> Mapping[str, Any]:
    """Return the place of the talk that was given last."""
    found = sorted((folder / FOLDER).glob(f"*{ENDING}"), key=lambda path: path.stat().st_mtime)
    return _read(found[-1]) if found else {}


def keep_room(folder: Path, address: str, port: int) -> None:
    """Keep that the room is open, and where."""
    _write(folder / FOLDER / ROOM, {"address": address, "port": port})


def forget_room(folder: Path) -> None:
    """Keep that the room is closed."""
    with suppress(OSError):
        (folder / FOLDER / ROOM).unlink()


def open_room(folder: Path) -> Mapping[str, Any]:
    """Return address and port of the room that was open when the program ended; empty where none was, or long ago."""
    path = folder / FOLDER / ROOM
    with suppress(OSError):
        if time.time() - path.stat().st_mtime < FRESH:
            return _read(path)
    return {}


def _read(path: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(path: Path, known: Mapping[str, Any]) -> None:
    """Write a file whole or not at all; a disk that is full ends no talk."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(known), encoding="utf-8")
        os.replace(beside, path)
    with suppress(OSError):
        beside.unlink()
