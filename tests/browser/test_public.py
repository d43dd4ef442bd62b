"""A server for the public shows the studies whose policy is open, and does not say that there are others."""

import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError

import pytest

from tests.browser.conftest import Opened, serving


@pytest.fixture(scope="module")
def public_url(own_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(own_store, tmp_path_factory.mktemp("log") / "server.log", "--public") as base:
        yield base


def test_only_open_studies_are_offered(opened: Opened, own_url: str, public_url: str) -> None:
    team, public = opened(base=own_url), opened(base=public_url)
    offered = {}
    for name, view in (("team", team), ("public", public)):
        view.page.locator(".st-key-study input").click()
        view.page.get_by_role("option").first.wait_for()
        offered[name] = set(view.all("[role=option]"))
    assert offered["public"] == {"Psychologists, round 2", "Psychologists, round 1", "Published studies"}
    assert "one-voice" in offered["team"] - offered["public"]


@pytest.mark.parametrize("page", ["/", "/component", "/step"])
def test_the_address_of_a_closed_study_opens_another_one(opened: Opened, public_url: str, page: str) -> None:
    view = opened(f"{page}?study=one-voice&step=A1&component=video_calls", base=public_url)
    assert view.parameter("study") == ["demo-round-2"]
    assert view.filters()["study"] == "Psychologists, round 2"
    assert "only voice" not in view.words()
    assert "one-voice" not in view.words()


def test_the_public_has_no_control_room_and_keeps_nothing(opened: Opened, public_url: str) -> None:
    view = opened("/step?step=V05", base=public_url)
    assert "Method" in view.all("nav .page")
    assert "Present" not in view.all("nav .page")
    assert view.page.locator(".st-key-take").count() == 1
    assert view.page.locator(".st-key-keep").count() == 0


@pytest.mark.parametrize("path", ["/stage?study=demo-round-2", "/stage/stage.js", "/stage?study=one-voice&notes=1"])
def test_the_public_has_no_stage(public_url: str, path: str) -> None:
    with pytest.raises(HTTPError, match="404"):
        urllib.request.urlopen(public_url + path, timeout=20)
