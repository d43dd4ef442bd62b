"""`beyond rehearse`: the whole talk in a real browser, with a picture of every scene and a list of what is wrong."""

import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated, Any

import typer

from dashboard import generations, rehearsal, settings, shipped_studies, talks
from dashboard.drawn_talk import drawn
from dashboard.errors import GapError
from dashboard.export_command import write_whole
from dashboard.terminal import notes, progress

PROGRAM = [sys.executable, "-c", "from dashboard.cli import main; main()"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
STARTS_WITHIN = 60.0  # seconds


def rehearse(
    study: Annotated[str, typer.Option("--study", help="The study's id in the store.")] = "demo-round-2",
    out: Annotated[Path, typer.Option("-o", "--output", help="The folder for pictures and report.")] = Path(
        "rehearsal"
    ),
    language: Annotated[str, typer.Option("--language", help="The language of the talk.")] = "en",
    folder: Annotated[Path | None, typer.Option("--store", help="The store's folder (BEYOND_STORE otherwise).")] = None,
) -> None:
    """Look at every scene of a talk, on a stage and on a phone; exit status 2 where something is wrong."""
    place = settings.store_folder(folder)
    with progress() as say:
        shipped_studies.ensure_store(place, say)
    with tempfile.TemporaryDirectory() as kept, _browser() as browser:
        copy = _copied(place, Path(kept) / "store")
        with settings.instead(copy):
            talk = drawn(study, language, "team")
            is_open = _is_open(study, language)
        if not talk["scenes"]:
            raise GapError(f"The study {study!r} has no talk.", remedy="Make its scenes on the page Present.")
        with _serving(copy) as (stage, room):
            address = f"{stage}/stage?study={study}&lang={language}"
            follows = f"{room}/?lang={language}" if is_open else ""
            with suppress(OSError):
                urllib.request.urlopen(address, timeout=STARTS_WITHIN).read()
            looks, opened = rehearsal.perform(browser, address, follows, talk["scenes"])
    report = _report(talk, looks, opened, is_open)
    out.mkdir(parents=True, exist_ok=True)
    for where in ("stage", "phone") if is_open else ("stage",):
        write_whole(out / f"{where}.png", rehearsal.sheet(looks, where))
    write_whole(out / "report.txt", report.encode("utf-8"))
    print(report, end="")
    print(out)
    if any(look.wrong for look in looks):
        raise typer.Exit(2)


def _is_open(study: str, language: str) -> bool:
    try:
        drawn(study, language, "public")
    except GapError:
        notes.print(f"{study}: its policy is not open, so phones cannot follow; only the stage is looked at.")
        return False
    return True


def _copied(place: Path, copy: Path) -> Path:
    """Return a copy of what the store shows now: a rehearsal moves nobody's talk."""
    copy.mkdir()
    current = generations.current(place).path
    for path in (current, place / "CURRENT"):
        shutil.copy2(path, copy / path.name)
    if (place / talks.FOLDER).is_dir():
        shutil.copytree(place / talks.FOLDER, copy / talks.FOLDER, ignore=shutil.ignore_patterns("*.json"))
    return copy


def _report(talk: Mapping[str, Any], looks: Sequence[rehearsal.Look], opened: float, is_open: bool) -> str:
    on = {where: [look for look in looks if look.where == where] for where in ("stage", "phone")}
    wrong = [f"  {look.name}: {what}" for look in looks for what in look.wrong]
    slowest = {where: max((look.seconds for look in found), default=0.0) for where, found in on.items()}
    lines = [
        f"{talk['title']}: {len(talk['scenes'])} scenes, {len(on['stage'])} pictures with their reveals",
        f"the stage opens again in {opened:.2f} s",
        f"key to scene on the stage: at most {slowest['stage']:.2f} s",
        *([f"key to scene on a phone: at most {slowest['phone']:.2f} s"] if is_open else []),
        f"wrong: {len(wrong) or 'nothing'}",
        *wrong,
    ]
    return "\n".join(lines) + "\n"


@contextmanager
def _browser() -> Iterator[Any]:
    """Give a browser without a window. Raises, in one message, where there is none."""
    try:
        import PIL  # noqa: F401
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        raise GapError(
            "A rehearsal needs Playwright and Pillow.",
            remedy="Install them with: pip install 'beyond-the-protocol[rehearse]'",
        ) from None
    with sync_playwright() as playwright:
        found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
        try:
            browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-sync"])
        except Error:
            raise GapError(
                "A rehearsal needs a Chromium, and none starts here.",
                remedy="Install Chromium or Chrome, or run: playwright install chromium",
            ) from None
        yield browser
        browser.close()


@contextmanager
def _serving(store: Path) -> Iterator[tuple[str, str]]:
    """Run the program on two free ports; give the addresses of the pages and of the room."""
    ports = []
    with socket.socket() as one, socket.socket() as other:
        for asking in (one, other):
            asking.bind(("127.0.0.1", 0))
            ports.append(str(asking.getsockname()[1]))
    pages, room = (f"http://127.0.0.1:{port}" for port in ports)
    command = [*PROGRAM, "serve", "--store", str(store), "--port", ports[0], "--room-port", ports[1]]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(f"{pages}/_stcore/health", running)
        _wait(f"{room}/", running)
        yield pages, room
    finally:
        running.send_signal(signal.SIGINT if sys.platform != "win32" else signal.SIGTERM)
        try:
            running.wait(10)
        except subprocess.TimeoutExpired:
            running.kill()


def _wait(address: str, running: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and running.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise GapError("The program did not start for the rehearsal.", remedy="Try `beyond serve` and see what it says.")
