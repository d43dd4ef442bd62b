"""What the program says beside its results: notes and progress, on standard error."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from dashboard import model

notes = Console(stderr=True)
LINE_EVERY = 1.0  # seconds between two lines of progress in a log

Say = model.Progress


@contextmanager
def progress() -> Iterator[Say]:
    """Show progress on standard error: a bar for somebody who watches, a line now and then for a log."""
    if not notes.is_terminal:
        yield _lines()
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    with Progress(*columns, console=notes, transient=True) as bar:
        task = bar.add_task("starting", total=1.0)
        yield lambda what, share: bar.update(task, description=what, completed=share)


def _lines() -> Say:
    last = time.monotonic()

    def say(what: str, share: float) -> None:
        nonlocal last
        if time.monotonic() - last >= LINE_EVERY:
            last = time.monotonic()
            notes.print(f"{share:.0%} {what}", markup=False, highlight=False, soft_wrap=True)

    return say
