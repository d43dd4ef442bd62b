"""Real pages in a real Chromium: the program is started as a user starts it, and every page notes what it asks for.

One browser and one server serve the whole folder; contexts are kept by width, theme and language, so that only the
first page of each pays for loading the scripts. `fresh=True` gives a browser that has never been here.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, WebSocket, expect, sync_playwright

from dashboard import intake, shipped_studies

HERE = Path(__file__).parent
CHROMIUM = "/usr/bin/chromium"
# Each window of Chromium draws its address bar's list as two pages of their own, which cost more than many a test. A
# list of features takes the place of Playwright's, so that what matters of that stands here as well.
WITHOUT = (
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "AimEnabled", "DestroyProfileOnBrowserClose", "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning",
    "OptimizationHints", "NetworkTimeServiceQuerying", "PreconnectToSearch", "AvoidUnnecessaryBeforeUnloadCheckSync",
)  # fmt: skip
ARGUMENTS = [
    f"--disable-features={','.join(WITHOUT)}",
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
EVERY_PAGE = (
    "/?", "/component?", "/step?step=V05&", "/practice?", "/compare?", "/themes?", "/method?", "/guidance?", "/study?",
    "/words?step=V05&number=n_differ&", "/present?",
)  # fmt: skip
"""Every page, ready for further parameters."""
PROGRAM = [sys.executable, "-c", "from dashboard.cli import main; main()"]
REAL = HERE.parents[2] / "shared" / "real" / "qualcoder" / "psych_synthetic_lf.qdpx"

# Streamlit's page asks for its server below the page's own path first, gets 404 there, and asks at the root.
OF_THE_FRAMEWORK = re.compile(r"/[a-z]+/_stcore/(health|host-config)$")

# True once the script rests, nothing on the page is of an older run, and every drawing and chart has its content.
SETTLED = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  if (!app || app.dataset.testScriptState !== 'notRunning') return false;
  if (app.dataset.testConnectionState !== 'CONNECTED') return false;
  if (document.querySelector('[data-stale=true], [data-testid=stSkeleton]')) return false;
  const drawings = [...document.querySelectorAll('[data-testid=stBidiComponentIsolated]')];
  const charts = [...document.querySelectorAll('[data-testid=stPlotlyChart]')];
  return drawings.every((box) => box.shadowRoot && box.shadowRoot.querySelector('.drawing > *'))
    && charts.every((box) => box.querySelector('.main-svg .xtick'))
    && (drawings.length > 0 || document.querySelector('[data-testid=stAlert], [data-testid=stText]') !== null);
}"""

# All that a reader sees, hears or can hover, through the shadow roots of the drawings; quotes only where asked for.
WORDS = """(withQuotes) => {
  const found = [];
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) { if (node.data.trim()) found.push(node.data); return; }
    if (node.nodeType !== Node.ELEMENT_NODE && node.nodeType !== Node.DOCUMENT_FRAGMENT_NODE) return;
    if (node.matches && node.matches('script, style, noscript, template')) return;
    if (node.matches && !withQuotes && node.matches('.quote, .finding, .translation')) return;
    if (node.getAttribute) for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'value']) {
      if (node.getAttribute(name)) found.push(node.getAttribute(name));
    }
    if (node.shadowRoot) walk(node.shadowRoot);
    node.childNodes.forEach(walk);
    if (node.matches && node.matches('p, li, h1, h2, h3, div, td, th, section, button')) found.push('\\n');
  };
  walk(document.body);
  return found.join('').replace(/\\u200b/g, '');
}"""


expect.set_options(timeout=20_000)  # as long as every other wait: a machine may be busy with other tests


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass
class View:
    """A page on screen, with what it asked of any network and what went wrong in it."""

    page: Page
    base: str
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def settle(self) -> "View":
        """Wait until the page rests: twice in a row, so that a rerun that is about to start is waited for too."""
        for _ in range(2):
            self.page.wait_for_function(SETTLED)
            self.page.wait_for_timeout(70)
        self.page.wait_for_function(SETTLED)
        return self

    def goto(self, path: str) -> "View":
        self.page.goto(path if path.startswith("http") else self.base + path)
        return self.settle()

    def all(self, css: str) -> list[str]:
        return [" ".join(text.split()) for text in self.page.locator(css).all_text_contents()]

    @property
    def sentence(self) -> str:
        return self.all("h1.sentence")[0]

    def tiles(self) -> list[tuple[str, str, str]]:
        """Return each tile's step, its number and what it says to those who do not see it."""
        found: list[tuple[str, str, str]] = self.page.locator(".tile").evaluate_all(
            "tiles => tiles.map(t => [t.dataset.step, t.querySelector('.n').textContent, t.title])"
        )
        return [(step, n, label) for step, n, label in found]

    def filters(self) -> dict[str, str]:
        """Return what the filter bar says is chosen."""
        keys = ("tool", "phase", "duty", "place", "voices")
        said = {key: " ".join(self.all(f".st-key-pop_{key} button p")) for key in keys}
        said["study"] = self.page.locator(".st-key-study input").input_value()
        said["lang"] = self.all(".st-key-lang [aria-checked=true]")[0]
        return said

    def words(self, *, quotes: bool = True) -> str:
        return str(self.page.evaluate(WORDS, quotes))

    def parameter(self, name: str) -> list[str]:
        return list(self.page.evaluate("name => new URLSearchParams(location.search).getAll(name)", name))

    def choose(self, key: str, *names: str) -> "View":
        """Choose in a filter's popover as a reader does; the popover is closed again."""
        self.page.locator(f".st-key-pop_{key} button").first.click()
        for name in names:
            self.page.locator(f".st-key-{key}").get_by_text(name, exact=True).click()
            self.settle()
        self.page.keyboard.press("Escape")
        expect(self.page.locator("[data-testid=stPopoverBody]")).to_have_count(0)
        return self.settle()

    def pick(self, key: str, name: str) -> "View":
        """Pick from a select box by the beginning of an option."""
        self.page.locator(f".st-key-{key} input").click()
        self.page.get_by_role("option", name=re.compile(f"^{re.escape(name)}")).first.click()
        return self.settle()

    def speak(self, language: str) -> "View":
        self.page.locator(".st-key-lang").get_by_text(language, exact=True).click()
        expect(self.page.locator(".st-key-lang [aria-checked=true]")).to_have_text(language)
        return self.settle()

    def open_numbers(self, name: str) -> "View":
        self.page.locator(f".st-key-table_{name}").locator("summary, label").first.click()
        expect(self.page.locator("[data-testid=stDataFrame]").first).to_be_visible()
        return self.settle()

    def downloads(self) -> dict[str, str]:
        """Return every table that the page offers, by the name of its button."""
        found = {}
        for box in self.page.locator("[class*=st-key-csv_]").all():
            name = re.search(r"st-key-csv_(\w+)", box.get_attribute("class") or "")
            with self.page.expect_download() as waiting:
                box.locator("button").click()
            assert name
            found[name[1]] = waiting.value.path().read_text(encoding="utf-8-sig")
        return found

    @property
    def outside(self) -> list[str]:
        """Return the requests that left this machine."""
        inside = (self.base, self.base.replace("http", "ws", 1), "data:", "blob:")
        return [address for address in self.requests if not address.startswith(inside)]


Opened = Callable[..., View]


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def serving(store: Path, log: Path, *more: str, port: int = 0) -> Iterator[str]:
    """Run `beyond serve` on a port, a free one if none is given, until the block ends; give its address."""
    port = port or free_port()
    base = f"http://127.0.0.1:{port}"
    with log.open("w") as out:
        running = subprocess.Popen(
            [*PROGRAM, "serve", "--store", str(store), "--port", str(port), *more],
            stdout=out, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        try:
            _wait_until_healthy(base, running, log)
            yield base
        finally:
            os.killpg(running.pid, signal.SIGINT)  # as Ctrl+C does: the program and the server below it
            try:
                running.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(running.pid, signal.SIGKILL)
                running.wait()


def _wait_until_healthy(base: str, running: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and running.poll() is None:
        try:
            with urllib.request.urlopen(f"{base}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"The server did not start:\n{log.read_text()}")


def run_program(*arguments: str | Path) -> str:
    """Run `beyond` as a user does and return what it prints."""
    done = subprocess.run([*PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped studies, in a store that the server makes itself."""
    return tmp_path_factory.mktemp("shipped") / "store"


@pytest.fixture(scope="session")
def base_url(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(store, tmp_path_factory.mktemp("log") / "server.log") as base:
        yield base


@pytest.fixture(scope="session")
def own_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped studies and a few of our own: one voice, no steps, and words that try to be more than text."""
    folder = tmp_path_factory.mktemp("own") / "store"
    shipped_studies.ensure_store(folder)
    tables = HERE / "studies"
    intake.publish(folder, [intake.prepare(request) for request in _own_requests(tables)])
    return folder


def _own_requests(tables: Path) -> Sequence[intake.Request]:
    return [
        intake.Request(
            here.name,
            [here / "practice.csv"],
            protocol=here / "protocol.csv" if (here / "protocol.csv").exists() else None,
            about=here / "study.toml" if (here / "study.toml").exists() else None,
        )
        for here in sorted(path for path in tables.iterdir() if path.is_dir())
    ]


@pytest.fixture(scope="session")
def own_url(own_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(own_store, tmp_path_factory.mktemp("log") / "server.log") as base:
        yield base


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        try:
            chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        except Error as problem:
            if os.environ.get("REQUIRE_BROWSER") == "1":
                pytest.fail(f"REQUIRE_BROWSER=1, but Chromium does not start: {problem.message[:500]}")
            pytest.skip(f"No Chromium at {CHROMIUM}; set REQUIRE_BROWSER=1 to make this a failure.")
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> dict[tuple[int, bool, str], BrowserContext]:
    return {}


@pytest.fixture
def opened(
    browser: Browser, contexts: dict[tuple[int, bool, str], BrowserContext], request: pytest.FixtureRequest
) -> Iterator[Opened]:
    """Return a function that opens a page and waits until its drawings are there."""
    views: list[View] = []
    own: list[BrowserContext] = []

    def context_for(width: int, dark: bool, locale: str, fresh: bool) -> BrowserContext:
        key = (width, dark, locale)
        if not fresh and key in contexts:
            return contexts[key]
        made = browser.new_context(
            viewport={"width": width, "height": 1000 if width > 600 else 844},
            color_scheme="dark" if dark else "light", locale=locale, reduced_motion="reduce",
        )  # fmt: skip
        made.set_default_timeout(20_000)
        if fresh:
            own.append(made)
        else:
            contexts[key] = made
        return made

    def open_(
        path: str = "/", width: int = 1440, dark: bool = False, locale: str = "en-GB",
        *, base: str = "", fresh: bool = False,
    ) -> View:  # fmt: skip
        view = View(context_for(width, dark, locale, fresh).new_page(), base or request.getfixturevalue("base_url"))
        _watch(view)
        views.append(view)
        return view.goto(path)

    yield open_
    for view in views:
        view.page.close()
    for context in own:
        context.close()


def _watch(view: View) -> None:
    def console(message: ConsoleMessage) -> None:
        url = str(message.location.get("url", ""))
        if message.type == "error" and not OF_THE_FRAMEWORK.search(url):
            view.errors.append(f"console: {message.text} ({url})")

    def socket_opened(opened: WebSocket) -> None:
        view.requests.append(opened.url)

    view.page.on("request", lambda request: view.requests.append(request.url))
    view.page.on("websocket", socket_opened)
    view.page.on("console", console)
    view.page.on("pageerror", lambda error: view.errors.append(f"page: {error}"))
