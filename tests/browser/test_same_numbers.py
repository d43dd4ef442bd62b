"""One set of numbers: the picture, its table, its download and the command line say the same."""

import csv
import io
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.browser.conftest import Opened, View, run_program

STUDY = "demo-round-2"
Numbers = tuple[str, dict[str, list[dict[str, str]]]]
VIEWS = {
    "all": ("", []),
    "filtered": ("&tool=video_calls&voices=2", ["--filter", "component=video_calls", "--filter", "at_least=2"]),
}
# The table is drawn on a canvas; beside it stands what a screen reader reads, for the rows and columns in view.
IN_VIEW = """() => {
  const box = document.querySelector('[data-testid=stDataFrame]');
  const grid = box.querySelector('[role=grid]');
  const cells = [...grid.querySelectorAll('tbody tr')].flatMap((row) => [...row.querySelectorAll('td')].map((cell) =>
    [Number(row.getAttribute('aria-rowindex')), Number(cell.getAttribute('aria-colindex')), cell.textContent]));
  const heads = [...grid.querySelectorAll('thead th')].map((th) =>
    [Number(th.getAttribute('aria-colindex')), th.textContent]);
  const scroller = box.querySelector('.dvn-scroller');
  return {cells, heads, rows: Number(grid.getAttribute('aria-rowcount')),
    at: [scroller.scrollTop, scroller.scrollLeft],
    most: [scroller.scrollHeight - scroller.clientHeight, scroller.scrollWidth - scroller.clientWidth],
    size: [scroller.clientHeight, scroller.clientWidth]};
}"""
LAID_OUT = """() => {
  const box = document.querySelector('[data-testid=stDataFrame]');
  const [grid, scroller] = [box.querySelector('[role=grid]'), box.querySelector('.dvn-scroller')];
  const inView = grid ? grid.querySelectorAll('tbody tr').length : 0;
  const all = grid ? Number(grid.getAttribute('aria-rowcount')) : 0;
  return inView && (inView + 1 >= all || scroller.scrollHeight > scroller.clientHeight + 10);
}"""
SCROLL = "([top, left]) => document.querySelector('[data-testid=stDataFrame] .dvn-scroller').scrollTo(left, top)"


def rows_of(text: str) -> list[dict[str, str]]:
    lines = [line for line in text.splitlines(keepends=True) if not line.startswith("#")]
    return list(csv.DictReader(io.StringIO("".join(lines))))


def same(left: str, right: str) -> bool:
    """Compare two cells; the table on screen rounds."""
    try:
        return abs(float(left) - float(right)) < 0.006
    except ValueError:
        return left.strip().lower().replace("none", "") == right.strip().lower()


def table_on_screen(view: View) -> list[dict[str, str]]:
    view.page.wait_for_function(LAID_OUT)
    cells: dict[tuple[int, int], str] = {}
    heads: dict[int, str] = {}
    top = left = 0
    while True:
        view.page.evaluate(SCROLL, [top, left])
        view.page.wait_for_timeout(320)  # what a screen reader reads follows the canvas after 200 ms
        found = view.page.evaluate(IN_VIEW)
        cells |= {(row, column): text for row, column, text in found["cells"]}
        heads |= dict(found["heads"])
        if found["at"][0] < found["most"][0] - 1 and top < found["most"][0]:
            top += max(100, int(found["size"][0] * 0.8))
        elif found["at"][1] < found["most"][1] - 1 and left < found["most"][1]:
            top, left = 0, left + int(found["size"][1] * 0.5)
        else:
            break
    rows = sorted({row for row, _column in cells})
    assert len(rows) == found["rows"] - 1
    return [{name: cells[row, column] for column, name in heads.items()} for row in rows]


@pytest.fixture(scope="module", params=VIEWS)
def numbers(request: pytest.FixtureRequest, base_url: str, store: Path) -> Numbers:
    """The address of a view, and what the command line says for the same filters."""
    address, filters = VIEWS[request.param]
    names = ("gap_by_step", "placement_by_step")
    given = [*("--filter", f"study={STUDY}"), *filters, *("--format", "csv", "--store", store)]
    with ThreadPoolExecutor() as both:
        printed = both.map(lambda name: run_program("measure", name, *given), names)
        said = {name: rows_of(text) for name, text in zip(names, printed, strict=True)}
    return f"/?study={STUDY}&lang=en{address}", said


def test_the_picture_and_the_program_agree(opened: Opened, numbers: Numbers) -> None:
    address, said = numbers
    view = opened(address)
    rows = {row["step_id"]: row for row in said["gap_by_step"]}
    tiles = view.tiles()
    assert {step for step, _n, _label in tiles} == set(rows)
    for step, n, label in tiles:
        row = rows[step]
        assert n == (row["n_raised"] if row["n_raised"] != "0" else "–")
        if row["n_clear"] != "0":
            assert f"{row['n_differ']} of {row['n_clear']} differ" in label

    placed = {row["step_id"]: row for row in said["placement_by_step"]}
    shown = view.page.locator(".gaps .gap").evaluate_all(
        "gaps => gaps.map(g => "
        "[JSON.parse(g.querySelector('.name').dataset.values).step, g.querySelector('.count').textContent])"
    )
    order = [placed[step] for step, _count in shown]
    assert len(shown) >= 3
    for (_step, count), row in zip(shown, order, strict=True):
        assert f"{row['n_differ']} of {row['n_clear']} differ" in count
        for sign, name in (("▲", "n_helps"), ("◆", "n_mixed"), ("▼", "n_harms"), ("○", "n_not_known")):
            marked = re.search(rf"{sign}\s*(\d+)", count)
            assert (marked[1] if marked else "0") == row[name]
    priorities = [int(row["priority"]) for row in order]
    assert priorities == sorted((int(r["priority"]) for r in placed.values()), reverse=True)[: len(order)]
    raised = [row for row in rows.values() if row["n_raised"] != "0"]
    half = [row for row in raised if row["gap"] and float(row["gap"]) >= 0.5]
    assert f"{len(half)} of the {len(raised)} steps" in view.sentence


def test_the_download_and_the_program_agree(opened: Opened, numbers: Numbers) -> None:
    address, said = numbers
    files = opened(address).downloads()
    for name in ("gap_by_step", "placement_by_step"):
        taken = {row["step_id"]: row for row in rows_of(files[name])}
        printed = {row["step_id"]: row for row in said[name]}
        if name == "placement_by_step":  # the list of gaps leaves out the steps on which nobody differs
            printed = {step: row for step, row in printed.items() if row["n_differ"] != "0"}
        assert set(taken) == set(printed)
        for step, row in taken.items():
            assert row == {column: printed[step][column] for column in row}


def test_the_table_and_the_download_agree(opened: Opened, numbers: Numbers) -> None:
    view = opened(numbers[0], width=1920)
    taken = rows_of(view.downloads()["gap_by_step"])
    shown = table_on_screen(view.open_numbers("gap_by_step"))
    assert len(shown) == len(taken)
    for on_screen, row in zip(shown, taken, strict=True):
        assert set(on_screen) == set(row)
        assert [c for c in row if not same(on_screen[c], row[c])] == [], (on_screen, row)


def test_the_placement_chart_has_a_point_for_each_step_that_differs(opened: Opened, numbers: Numbers) -> None:
    address, said = numbers
    view = opened(address)
    differ = [row for row in said["placement_by_step"] if row["n_differ"] != "0"]
    label = view.page.locator("[data-testid=stPlotlyChart]").get_attribute("aria-label") or ""
    assert label.startswith(f"{len(differ)} steps")
    assert view.page.locator("[data-testid=stPlotlyChart] .point").count() == len(differ)
