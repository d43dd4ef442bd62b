"""Take-aways of the shipped studies, and what reads files back."""

import shutil
import subprocess
from datetime import date
from functools import cache

import pytest

from dashboard.export import change_request, compose, compose_guidance, compose_library
from dashboard.export.view import view_of
from dashboard.model import Filters

ON = date(2026, 11, 24)
PAGES = ("overview", "component", "step", "practice", "guidance", "themes")


@pytest.fixture(scope="session")
def looking(shipped):
    """Return a function that gives a reader's view of a shipped study."""

    def view(study="demo-round-2", language="en", **filters):
        return view_of(shipped, Filters(study, **filters), language, "gen-000001", ON, "team")

    return view


@pytest.fixture(scope="session")
def taken(looking):
    """Return a function that gives one page of a shipped study as a take-away, and its words."""

    @cache
    def take(page="overview", study="demo-round-2", language="en", top=3):
        tool = ("video_calls",) if page == "component" else ()
        view = looking(study, language, component_ids=tool)
        made = {
            "overview": lambda: compose.overview(view, top),
            "component": lambda: compose.component(view),
            "step": lambda: change_request.steps(view, ["V06", "M02"]),
            "practice": lambda: compose_library.practice(view),
            "guidance": lambda: compose_guidance.guidance(view),
            "themes": lambda: compose_library.themes(view),
        }
        return made[page](), view.t

    return take


@pytest.fixture(scope="session")
def as_pdf(tmp_path_factory):
    """Return a function that has LibreOffice open a file and gives the PDF that it makes."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("soffice is not installed: only LibreOffice can tell that an office file opens")

    def convert(data, name):
        folder = tmp_path_factory.mktemp("office")
        (folder / name).write_bytes(data)
        settings = f"-env:UserInstallation=file://{folder}/settings"
        command = [office, settings, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(folder / name)]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
        made = folder / f"{name.rpartition('.')[0]}.pdf"
        assert made.is_file(), ended.stderr
        return made

    return convert
