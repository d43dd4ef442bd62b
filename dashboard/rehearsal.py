"""A talk looked at in a real browser before anybody sees it: every scene and reveal, on the stage and on a phone."""

import io
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

STAGE, PHONE = (1920, 1080), (390, 844)
SLOWEST = 1.0
"""Seconds from the key to the scene on the stage."""
PHONE_SLOWEST = 2.0
SMALLEST = {"stage": 23.9, "phone": 12.0}
"""Pixels of type, at 1920 pixels of breadth and on the phone."""
LOCAL = ("http://127.0.0.1:", "http://localhost:", "data:", "blob:")
COLUMNS = {"stage": 4, "phone": 8}
SHRUNK = {"stage": 4, "phone": 2}

WATCH = """() => addEventListener('keydown', () => {
  const began = performance.now();
  window.took = null;
  requestAnimationFrame(() => requestAnimationFrame(() => { window.took = (performance.now() - began) / 1000; }));
}, true)"""
LOOK = """(smallest) => {
  const seen = (node) => !node.closest('.unseen') && node.checkVisibility({ visibilityProperty: true })
    && node.getBoundingClientRect().width > 1;
  const said = (node) => [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
  const texts = [...document.querySelectorAll('.scene *')].filter((node) => seen(node) && said(node));
  const scale = document.querySelector('.on-stage') ? 1920 / innerWidth : 1;
  const short = (node) => node.textContent.trim().slice(0, 60);
  const box = (part) => document.querySelector(`.scene-${part}`)?.getBoundingClientRect();
  const isStage = Boolean(document.querySelector('.on-stage'));
  const isCut = (node) => {
    const at = node.getBoundingClientRect();
    return at.left < -1 || at.right > innerWidth + 1 || isStage && (at.bottom > innerHeight + 1 || at.top < -1);
  };
  const found = [
    ...texts.filter(isCut).map((node) => `cut off: ${short(node)}`),
    ...texts.filter((node) => parseFloat(getComputedStyle(node).fontSize) * scale < smallest)
      .map((node) => `too small: ${short(node)}`),
  ];
  const [head, body, foot] = ['head', 'body', 'foot'].map(box);
  if (isStage && body && (body.top < head.bottom - 1 || body.bottom > foot.top + 1)) {
    found.push('parts lie on each other');
  }
  if (document.documentElement.scrollWidth > innerWidth + 1) found.push('wider than the screen');
  const problem = document.querySelector('.of-problem .scene-problem');
  if (problem) found.push(`cannot be drawn: ${short(problem)}`);
  return found;
}"""


@dataclass
class Look:
    """One scene, so far revealed, on the stage or on a phone."""

    where: str
    number: int
    reveal: int
    seconds: float
    """From the key to the drawn scene."""
    picture: bytes = b""
    wrong: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """How a report names it."""
        return f"{self.where} {self.number}" + (f".{self.reveal}" if self.reveal else "")


def watched(browser: "Browser", size: tuple[int, int], wrong: list[str]) -> "Page":
    """Return a page that reaches this machine only; what it asks of others, and what breaks in it, is noted."""
    page = browser.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce").new_page()

    def let(route: Any) -> None:
        if route.request.url.startswith(LOCAL):
            route.continue_()
        else:
            wrong.append(f"reaches outside: {route.request.url}")
            route.abort()

    page.route("**/*", let)
    page.on("console", lambda told: wrong.append(f"console: {told.text}") if told.type == "error" else None)
    page.on("pageerror", lambda told: wrong.append(f"script: {told}"))
    return page


def perform(
    browser: "Browser", stage_address: str, room_address: str, scenes: Sequence[Mapping[str, Any]]
) -> tuple[list[Look], float]:
    """Go through a talk by keyboard; return every look, and how many seconds the stage took to open a second time.

    Without an address of the room no phone follows.
    """
    wrong: list[str] = []
    stage = watched(browser, STAGE, wrong)
    phone = watched(browser, PHONE, wrong) if room_address else None
    stage.goto(stage_address)
    stage.locator(".frame .scene").wait_for()
    stage.keyboard.press("Home")
    if phone is not None:
        phone.goto(room_address)
        _followed(phone, 1)
    began = time.perf_counter()
    stage.reload()
    stage.locator(".frame .scene").wait_for()
    opened = time.perf_counter() - began
    stage.evaluate(WATCH)
    looks: list[Look] = []
    for scene in scenes:
        for reveal in range(int(scene["reveals"]) + 1):
            pressed = time.perf_counter()
            stage.keyboard.press("ArrowRight" if looks else "Home")
            looks.append(_on_stage(stage, int(scene["number"]), reveal))
            if phone is not None:
                looks.append(_on_phone(phone, int(scene["number"]), reveal, pressed))
            looks[-1].wrong += wrong
            wrong.clear()
    return looks, opened


def _on_stage(page: "Page", number: int, reveal: int) -> Look:
    page.wait_for_function("() => window.took !== null && window.took !== undefined")
    found = Look("stage", number, reveal, float(page.evaluate("() => window.took")))
    shown = page.locator(".frame .scene-number").inner_text().split(" ")[0]
    if shown != str(number):
        found.wrong.append(f"shows scene {shown}")
    page.evaluate("() => document.fonts.ready")
    found.wrong += page.evaluate(LOOK, SMALLEST["stage"])
    if found.seconds > SLOWEST:
        found.wrong.append(f"slow: {found.seconds:.2f} s after the key")
    found.picture = page.screenshot()
    return found


def _on_phone(page: "Page", number: int, reveal: int, pressed: float) -> Look:
    came = _followed(page, number)
    found = Look("phone", number, reveal, time.perf_counter() - pressed)
    if not came:
        found.wrong.append("the phone did not follow")
    page.wait_for_timeout(250 if reveal else 50)  # a reveal on a phone is no new scene: nothing to wait for by name
    found.wrong += page.evaluate(LOOK, SMALLEST["phone"])
    found.picture = page.screenshot()
    return found


def _followed(page: "Page", number: int) -> bool:
    shown = "n => document.querySelector('.scene-number')?.textContent.startsWith(`${n} /`)"
    try:
        page.wait_for_function(shown, arg=number, timeout=10_000)
    except Exception as problem:
        if type(problem).__name__ != "TimeoutError":
            raise
        return False
    return True


def sheet(looks: Sequence[Look], where: str) -> bytes:
    """Return one picture of every look at the stage, or at the phone; what is wrong has a thick frame."""
    from PIL import Image, ImageDraw

    shown = [look for look in looks if look.where == where]
    size = STAGE if where == "stage" else PHONE
    width, height, gap, label = size[0] // SHRUNK[where], size[1] // SHRUNK[where], 16, 22
    columns = COLUMNS[where]
    rows = -(-len(shown) // columns)
    whole = Image.new("RGB", (columns * (width + gap) + gap, rows * (height + gap + label) + gap), "#C9D0D8")
    pen = ImageDraw.Draw(whole)
    for at, look in enumerate(shown):
        x, y = gap + at % columns * (width + gap), gap + at // columns * (height + gap + label)
        with Image.open(io.BytesIO(look.picture)) as picture:
            whole.paste(picture.convert("RGB").resize((width, height)), (x, y + label))
        pen.text((x, y + 4), f"{look.name}   {look.seconds:.2f} s" + ("   !" * bool(look.wrong)), fill="#101923")
        if look.wrong:
            pen.rectangle((x - 4, y + label - 4, x + width + 3, y + label + height + 3), outline="#101923", width=4)
    out = io.BytesIO()
    whole.save(out, "PNG", optimize=True)
    return out.getvalue()
