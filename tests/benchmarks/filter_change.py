"""How long from a choice to the new picture? The dashboard's overview against the smallest Streamlit page.

`python tests/benchmarks/filter_change.py [--changes 40] [--store FOLDER]`, from the project's folder.

Both are measured in the same Chromium, in the same run, taking turns change by change, so that what else the machine
does falls on both. The dashboard is started by `beyond serve` on the shipped studies, with our settings; the floor
(`floor.py` beside this file: one select box, one heatmap) by `streamlit run` from an empty folder, so with
Streamlit's defaults.

One change is one pick of a tool type: a pill in the filter's popover there, an option of the select box here. The
clock starts in the page, at the browser's own `pointerdown` on that pill or option (the popover and the list are open
by then), and stops two animation frames after everything that has to change has changed:

- the dashboard: the sentence, the map, the ranked gaps, and the points of the Plotly chart;
- the floor: the title of its Plotly chart.

Changes are noticed by a MutationObserver on the document and on the shadow roots of the drawings; only a frame with a
mutation compares, so that watching costs next to nothing and the same on both. Playwright's own time is outside of
the clock. Both pages are warm: each pick of the cycle was made once before. The cycles hold as many different views
as each page has (dashboard: six tools, each on and off again; floor: four options), so that neither is asked for the
same picture all the time.

The WebSocket is watched too, so that a figure can be taken apart: pick → message sent → last answer → drawn.
"""

import argparse
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
LIMIT = 1.3  # a rich page may cost this much more than the smallest one
WARM_UP = 14
PARTS = ("sent", "answered", "drawn")

# Notes when messages leave and arrive, on both pages.
SOCKET = """
window.wire = {sent: 0, answered: 0};
const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (data) {
  if (!this.isWatched) {
    this.isWatched = true;
    this.addEventListener('message', () => { window.wire.answered = performance.now(); });
  }
  if (!window.wire.sent) window.wire.sent = performance.now();
  return send.call(this, data);
};
"""
# Arms one measurement: `looks` gives what has to change, each as a string; all of them must.
ARM = """(looks) => {
  const pierced = () => [...document.querySelectorAll('[data-testid=stBidiComponentIsolated]')]
    .map((box) => box.shadowRoot);
  const find = (css) => {
    for (const root of [document, ...pierced()]) {
      const node = root && root.querySelector(css);
      if (node) return node;
    }
    return null;
  };
  const look = () => looks.map(([css, what]) => {
    const node = find(css);
    return node ? (what === 'text' ? node.textContent : node.innerHTML) : '';
  });
  const before = look();
  window.result = null;
  window.wire = {sent: 0, answered: 0};
  let start = 0, dirty = false;
  const observer = new MutationObserver(() => { dirty = true; });
  const watched = new Set();
  const watch = () => [document.body, ...pierced()].forEach((root) => {
    if (root && !watched.has(root)) {
      watched.add(root);
      observer.observe(root, {subtree: true, childList: true, attributes: true, characterData: true});
    }
  });
  watch();
  window.addEventListener('pointerdown', () => { start = performance.now(); window.wire.sent = 0; },
    {capture: true, once: true});
  const frame = () => {
    if (dirty && start) {
      dirty = false;
      watch();
      const now = look();
      if (now.every((text, at) => text && text !== before[at])) {
        const wire = {...window.wire};
        requestAnimationFrame(() => requestAnimationFrame(() => {
          observer.disconnect();
          const end = performance.now();
          window.result = {total: end - start, sent: wire.sent - start, answered: wire.answered - wire.sent,
            drawn: end - wire.answered};
        }));
        return;
      }
    }
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}"""
RESTS = "() => document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'"
OURS = [["h1.sentence", "text"], ["table.map", "markup"], ["ol.gaps", "markup"], [".scatterlayer .points", "markup"]]
FLOOR = [[".g-gtitle", "text"]]


def main() -> None:
    """Measure, and print medians, the 95th percentiles and the ratio; exit status 1 where it is above the limit."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--changes", type=int, default=40)
    parser.add_argument("--store", type=Path, help="the dashboard's store; a new one otherwise")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        folder = Path(scratch)
        (folder / "empty").mkdir()
        port, floor_port = free_port(), free_port()
        program = [sys.executable, "-c", "from dashboard.cli import main; main()"]
        ours = [*program, "serve", "--store", str(given.store or folder / "store"), "--port", str(port)]
        floor = [
            *(sys.executable, "-m", "streamlit", "run", str(HERE / "floor.py"), "--server.headless", "true"),
            *("--server.address", "127.0.0.1", "--server.port", str(floor_port)),
        ]
        with (
            running(ours, port, folder / "ours.log"),
            running(floor, floor_port, folder / "floor.log", folder / "empty"),
        ):
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            times = measured(browser.new_page, port, floor_port, given.changes)
            browser.close()
    ratio = report(times)
    raise SystemExit(0 if ratio <= LIMIT else 1)


def measured(
    new_page: Callable[..., Page], port: int, floor_port: int, changes: int
) -> dict[str, list[dict[str, float]]]:
    """Return the changes measured on both pages, taken in turns after a warm-up."""
    pages = {}
    for name, at in (("ours", port), ("floor", floor_port)):
        page = new_page(viewport={"width": 1440, "height": 1000}, locale="en-GB")
        page.add_init_script(SOCKET)
        page.goto(f"http://127.0.0.1:{at}/")
        page.locator(".js-plotly-plot .main-svg .xtick").first.wait_for(state="attached")
        page.wait_for_timeout(1000)
        pages[name] = page
    pages["ours"].locator(".st-key-pop_tool button").first.click()
    pages["ours"].locator(".st-key-tool button").first.wait_for()
    times: dict[str, list[dict[str, float]]] = {"ours": [], "floor": []}
    for at in range(-WARM_UP, changes):
        for name, change in (("ours", change_ours), ("floor", change_floor)):
            page = pages[name]
            page.bring_to_front()
            page.wait_for_function(RESTS)
            page.wait_for_timeout(200)
            change(page, at + WARM_UP)
            page.wait_for_function("() => window.result !== null")
            if at >= 0:
                times[name].append(page.evaluate("() => window.result"))
    return times


def change_ours(page: Page, at: int) -> None:
    """Choose one tool, or take it back: all → one → all → the next one."""
    pills = page.locator(".st-key-tool button")
    page.evaluate(ARM, OURS)
    pills.nth(at // 2 % pills.count()).click()


def change_floor(page: Page, at: int) -> None:
    """Choose the next option of the select box; its list is open before the clock starts."""
    page.locator(".st-key-tool input").click()
    options = page.get_by_role("option")
    options.first.wait_for()
    page.wait_for_timeout(100)
    page.evaluate(ARM, FLOOR)
    options.nth((at + 1) % 4).click()


def report(times: dict[str, list[dict[str, float]]]) -> float:
    """Print both, and where the time goes; return how many times the floor the dashboard takes."""
    print(
        f"{'':8}{'changes':>8}{'median':>10}{'p95':>10}   medians of: {'pick→sent':>12}{'→answered':>12}{'→drawn':>12}"
    )
    medians = {}
    for name, rows in times.items():
        totals = sorted(row["total"] for row in rows)
        medians[name] = statistics.median(totals)
        p95 = totals[min(len(totals) - 1, round(0.95 * len(totals)) - 1)]
        parts = "".join(f"{statistics.median(row[part] for row in rows):>9.0f} ms" for part in PARTS)
        print(f"{name:8}{len(rows):>8}{medians[name]:>7.0f} ms{p95:>7.0f} ms   {'':12}{parts}")
    ratio = medians["ours"] / medians["floor"]
    print(f"ratio of the medians, ours / floor: {ratio:.2f} (at most {LIMIT})")
    return ratio


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def running(command: list[str], port: int, log: Path, folder: Path | None = None) -> Iterator[None]:
    """Run a server until the block ends."""
    with log.open("w") as out:
        server = subprocess.Popen(command, cwd=folder, stdout=out, stderr=subprocess.STDOUT, start_new_session=True)
        try:
            for _ in range(300):
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2).close()
                    break
                except OSError:
                    time.sleep(0.2)
            else:
                raise SystemExit(log.read_text())
            yield
        finally:
            os.killpg(server.pid, signal.SIGINT)
            server.wait(20)


if __name__ == "__main__":
    main()
