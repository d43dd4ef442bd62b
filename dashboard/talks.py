"""Where talks lie: a file a study in the store's folder, beside the generations, so that no import can lose an edit.

`talks/<study>.toml` is the talk as it was edited here; `talks/<study>.came.toml` the one that came with the study.
A file is written whole beside the old one, made durable, and only then put in its place.
"""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from dashboard.errors import StoreProblem
from dashboard.importers import scenes
from dashboard.talk import Talk

FOLDER = "talks"
EDITED, CAME = ".toml", ".came.toml"


def load(folder: Path, study_id: str) -> Talk:
    """Return a study's talk: the edited one, else the one that came with the study, else one without scenes."""
    for ending in (EDITED, CAME):
        path = _path(folder, study_id, ending)
        if (data := _bytes(path)) is not None:
            return scenes.read(data, str(path), study_id)
    return Talk(study_id)


def save(folder: Path, talk: Talk) -> None:
    """Keep an edited talk durably; when this returns, it is kept. Raises where it breaks a rule, and keeps the old."""
    data = scenes.written(talk)
    scenes.read(data, f"{talk.study_id}{EDITED}", talk.study_id)
    _write(_path(folder, talk.study_id, EDITED), data)


def keep_shipped(folder: Path, study_id: str, data: bytes) -> None:
    """Keep the talk that came with a study's files; an edited one stays what it is and goes first."""
    path = _path(folder, study_id, CAME)
    if _bytes(path) != data:
        _write(path, data)


def is_edited(folder: Path, study_id: str) -> bool:
    """Tell whether the talk of a study was edited here."""
    return _path(folder, study_id, EDITED).is_file()


def came(folder: Path, study_id: str) -> bool:
    """Tell whether a talk came with the study."""
    return _path(folder, study_id, CAME).is_file()


def discard(folder: Path, study_id: str) -> None:
    """Give up the edited talk for the one that came with the study; the edited file stays beside it, as `.old`."""
    path = _path(folder, study_id, EDITED)
    with suppress(FileNotFoundError):
        path.replace(path.with_name(f"{study_id}.toml.old"))


def stamp(folder: Path, study_id: str) -> tuple[int, ...]:
    """Return what changes whenever a study's talk does: size and time of its files."""
    found: list[int] = []
    for ending in (EDITED, CAME):
        try:
            known = _path(folder, study_id, ending).stat()
        except OSError:
            found += (0, 0)
        else:
            found += (known.st_size, known.st_mtime_ns)
    return tuple(found)


def _path(folder: Path, study_id: str, ending: str) -> Path:
    if not study_id or not all(sign.isalnum() or sign in "-_" for sign in study_id):
        raise StoreProblem(f"{study_id!r} cannot be a study's id.", remedy="Use letters, digits, hyphens, underscores.")
    return folder / FOLDER / f"{study_id}{ending}"


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as problem:
        raise StoreProblem(
            f"The talk cannot be read ({problem.strerror}).", where=str(path),
            remedy="Give the program the right to read this file.",
        ) from None  # fmt: skip


def _write(path: Path, data: bytes) -> None:
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        _sync(path.parent)
    except OSError as problem:
        with suppress(OSError):
            beside.unlink()
        raise StoreProblem(
            f"The talk could not be written ({problem.strerror}).", where=str(path),
            remedy="The old one stands; make room or give the program the right to write here, and try again.",
        ) from None  # fmt: skip


def _sync(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows cannot sync a folder; a file is durable with its own name
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
