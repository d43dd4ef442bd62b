"""Where things lie and how the program is set: read from the environment here only."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

STORE_VARIABLE = "BEYOND_STORE"
SCOPE_VARIABLE = "BEYOND_SCOPE"
ROOM_PORT_VARIABLE, ROOM_ADDRESS_VARIABLE = "BEYOND_ROOM_PORT", "BEYOND_ROOM_ADDRESS"
PROGRAM_VERSION = "0.1.0"


def house() -> Path:
    """Return the folder that holds queries/, data/ and .streamlit/: the wheel's package, or the checkout."""
    package = Path(str(resources.files("dashboard")))
    return package if (package / "queries").is_dir() else package.parent


def queries_folder() -> Path:
    """Return the folder of SQL files."""
    return house() / "queries"


def shipped_studies_folder() -> Path:
    """Return the folder of the studies that come with the program."""
    return house() / "data"


def store_folder(given: Path | None = None) -> Path:
    """Return the store's folder: the one given, else BEYOND_STORE, else the user's data folder."""
    if given is not None:
        return given.expanduser().resolve()
    if named := os.environ.get(STORE_VARIABLE):
        return Path(named).expanduser().resolve()
    return _user_data_folder() / "beyond-the-protocol"


@contextmanager
def instead(folder: Path) -> Iterator[None]:
    """Let another store be the one meant until the block ends."""
    before = os.environ.get(STORE_VARIABLE)
    os.environ[STORE_VARIABLE] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ[STORE_VARIABLE]
        else:
            os.environ[STORE_VARIABLE] = before


def scope() -> str:
    """Return "team", or "public" where the server was started with any other word: deny by default."""
    return "team" if os.environ.get(SCOPE_VARIABLE, "team") == "team" else "public"


def _user_data_folder() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
