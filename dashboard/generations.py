"""The files of a store: generations side by side, the pointer to the current one, and one writer at a time."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from dashboard.errors import StoreProblem

KEPT = 3


@dataclass(frozen=True)
class Generation:
    """A published file of the store: its number and its path."""

    number: int
    path: Path


def exists(folder: Path) -> bool:
    """Tell whether a store has ever been published here.

    A first generation alone, without CURRENT, is an import that was killed just before it was published. Later ones
    without CURRENT are a store that lost its pointer, and nobody may quietly begin a new one over them.
    """
    return (folder / "CURRENT").is_file() or any(number_of(path) > 1 for path in folder.glob("gen-*.duckdb"))


def current(folder: Path) -> Generation:
    """Return the generation that readers are meant to open. Raises where there is none, with the way back."""
    pointer = folder / "CURRENT"
    try:
        named = str(json.loads(pointer.read_text(encoding="utf-8"))["file"])
    except FileNotFoundError:
        if exists(folder):
            raise StoreProblem("CURRENT is missing.", where=str(folder), remedy=way_back(folder)) from None
        raise StoreProblem(
            "There is no store here yet.", where=str(folder), remedy="Run `beyond demo` or `beyond import`."
        ) from None
    except (ValueError, KeyError, TypeError):
        raise StoreProblem("CURRENT cannot be read.", where=str(pointer), remedy=way_back(folder)) from None
    path = folder / named
    if path.parent != folder or not path.is_file():
        raise StoreProblem(f"CURRENT names {named}, which is missing.", where=str(pointer), remedy=way_back(folder))
    return Generation(number_of(path), path)


def following(folder: Path) -> Generation:
    """Return the generation that the next import would publish."""
    number = 1 + max([number_of(path) for path in folder.glob("gen-*.duckdb")], default=0)
    return Generation(number, folder / f"gen-{number:06d}.duckdb")


@contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """Hold the store for one import; a second one is refused at once. A killed holder lets go by itself."""
    try:
        with FileLock(folder / "import.lock", timeout=0):
            yield
    except Timeout:
        raise StoreProblem(
            "Another import is running.", where=str(folder), remedy="Wait until it has ended and try again."
        ) from None


def sweep(folder: Path, live: Generation | None) -> None:
    """Remove what a killed import left behind; without a live generation, none was ever published.

    A generation newer than the live one stays: somebody may have gone back, and it was published once.
    """
    for leftover in [*folder.glob("gen-*.tmp"), *folder.glob("gen-*.tmp.wal"), *folder.glob("CURRENT.tmp")]:
        if leftover.is_dir():  # where DuckDB puts what does not fit into memory
            shutil.rmtree(leftover)
        else:
            leftover.unlink(missing_ok=True)
    for path in folder.glob("gen-*.duckdb"):
        if live is None:
            _drop(path)


def reveal(folder: Path, draft: Path, final: Path, kept: int = KEPT) -> None:
    """Make a finished draft durable, give it its name, and point readers at it; then drop all but the newest."""
    with draft.open("r+b") as file:
        os.fsync(file.fileno())
    draft.chmod(0o440)
    draft.rename(final)
    _sync(folder)
    pointer = folder / "CURRENT.tmp"
    with pointer.open("w", encoding="utf-8") as file_:
        json.dump({"file": final.name}, file_)
        file_.flush()
        os.fsync(file_.fileno())
    pointer.replace(folder / "CURRENT")
    _sync(folder)
    for old in sorted(folder.glob("gen-*.duckdb"))[:-kept]:
        _drop(old)


def forget_before(folder: Path, number: int) -> list[Path]:
    """Remove every generation older than this one, and return those that cannot be removed now."""
    older = [path for path in folder.glob("gen-*.duckdb") if number_of(path) < number]
    for path in older:
        _drop(path)
    return [path for path in older if path.exists()]


def _drop(path: Path) -> None:
    """Remove a generation; one that a reader still holds on a system that forbids it goes with the next import."""
    with suppress(OSError):
        path.chmod(0o640)
        path.unlink(missing_ok=True)


def way_back(folder: Path, *, besides: str = "") -> str:
    """Return how to go back to an earlier generation, where one is kept."""
    kept = [path.name for path in sorted(folder.glob("gen-*.duckdb"), reverse=True) if path.name != besides]
    if not kept:
        return f"No other generation is kept. Move {folder} away, run `beyond demo` and import your studies again."
    return f'To go back to an earlier one, write {{"file": "{kept[0]}"}} into {folder / "CURRENT"}.'


def number_of(path: Path) -> int:
    """Return the number in a generation's file name."""
    try:
        return int(path.name.split("-")[1].split(".")[0])
    except (IndexError, ValueError):
        return 0


def _sync(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows cannot sync a folder; its rename is durable with the file
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
