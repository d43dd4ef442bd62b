"""What a phone can reach over the room's real port: what was shown, its own answer, open pages, and nothing else."""

import http.client
import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard import settings, shipped_studies, standing
from dashboard.drawn_talk import drawn
from dashboard.errors import GapError
from dashboard.room_server import Hall

STUDY, ASKING, FIRST = "demo-round-2", "guess-the-place", "welcome"
TEAM = [
    "/stage", "/stage/now", "/stage/at", "/stage/stage.js", "/stage/qr.svg", "/component", "/step?step=V05",
    "/practice", "/compare", "/themes", "/method", "/guidance", "/words", "/present", "/overview",
    "/_stcore/health", "/_stcore/stream", "/_stcore/host-config", "/_stcore/upload_file/a/b", "/_stcore/metrics",
    "/media/abc.csv", "/static/js/index.js", "/app/static/fonts/ibm-plex-sans-latin-wght-normal.woff2",
    "/bidi-components/x",
    "/component/x", "/docs", "/openapi.json", "/favicon.ico", "/index.html", "/healthz", "/script-health-check",
    "/fonts/icon.png", "/fonts/..%2f..%2fstore.py", "/fonts/%2e%2e/icon.png", "/../stage", "//stage", "/./stage",
    "/%2e%2e/stage", "/room.js/../stage", "/scene/../stage", "/study/..%2f..%2fstage", "/study/step", "/scene/-1",
    "/now/", "/events/x", "/answer",
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("room") / "store"
    shipped_studies.ensure_store(place)
    return place


@pytest.fixture(scope="module")
def hall(folder: Path) -> Iterator[Hall]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv(settings.STORE_VARIABLE, str(folder))
        made = Hall()
        made.open("127.0.0.1", 0)
        yield made
        made.close()


@pytest.fixture(autouse=True)
def at_the_beginning(hall: Hall) -> None:
    hall.room.reset()
    assert hall.stand(STUDY, FIRST, 0)


def ask(hall: Hall, path: str, method: str = "GET", body: str = "", **headers: str) -> tuple[int, str]:
    there = hall.address.removeprefix("http://").rstrip("/")
    connection = http.client.HTTPConnection(there, timeout=60)
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body=body or None, headers=given)
    answer = connection.getresponse()
    found = answer.status, answer.read().decode("utf-8", "replace")
    connection.close()
    return found


def guess(hall: Hall, value: object, device: str = "a" * 32, scene: str = ASKING, **headers: str) -> tuple[int, str]:
    body = json.dumps({"device": device, "scene": scene, "value": value})
    return ask(hall, "/answer", "POST", body, **({"content_type": "application/json"} | headers))


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
@pytest.mark.parametrize("path", TEAM)
def test_every_address_of_the_team_is_unknown_here(hall: Hall, path: str, method: str) -> None:
    if (path, method) != ("/answer", "POST"):
        assert ask(hall, path, method) == (404, "Not Found")


def test_no_websocket_is_opened(hall: Hall) -> None:
    there = ("127.0.0.1", int(hall.address.rstrip("/").rpartition(":")[2]))
    with socket.create_connection(there, timeout=20) as raw:
        raw.sendall(
            b"GET /_stcore/stream HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        )
        assert raw.recv(100).split(b"\r\n")[0] == b"HTTP/1.1 404 Not Found"


def test_a_phone_has_the_scene_without_notes_and_no_scene_before_its_time(hall: Hall) -> None:
    status, said = ask(hall, "/now?lang=en")
    state = json.loads(said)
    assert (status, state["scene"]["id"], state["scene"]["notes"], state["shown"]) == (200, FIRST, [], [0])
    assert ask(hall, "/scene/0")[0] == 200
    assert ask(hall, "/scene/1") == (404, "Not Found")


def test_a_move_that_a_later_one_overtook_changes_nothing_and_another_window_moves_freely(
    hall: Hall, folder: Path
) -> None:
    def stands() -> tuple[str, object]:
        return hall.room.place.scene_id, standing.place(folder, STUDY)["scene"]

    assert hall.take(STUDY, ASKING, 0, 5, "stage", 1)
    assert hall.take(STUDY, FIRST, 0, 5, "stage", 0)  # sent before, and read by a slow server after
    assert stands() == (ASKING, ASKING)
    assert hall.take(STUDY, FIRST, 0, 5, "notes", 0)
    assert stands() == (FIRST, FIRST)
    assert not hall.take(STUDY, "no such scene", 0, 5, "stage", 2)
    assert stands() == (FIRST, FIRST)


def test_neither_the_answer_nor_the_room_nor_a_page_is_told_before_the_reveal(hall: Hall) -> None:
    hall.stand(STUDY, ASKING, 0)
    assert guess(hall, 3)[0] == 200
    state = json.loads(ask(hall, "/now")[1])
    assert (state["scene"]["body"]["answer"], state["counts"], state["pages"]) == (None, None, [])
    assert ask(hall, "/study/overview") == (404, "Not Found")
    hall.stand(STUDY, ASKING, 1)
    assert json.loads(ask(hall, "/now")[1])["pages"] == []  # another estimate of the talk is still to come
    for scene in drawn(STUDY, "en", "team")["scenes"]:
        if scene["estimate"]:
            hall.stand(STUDY, scene["id"], 1)
    hall.stand(STUDY, ASKING, 1)
    state = json.loads(ask(hall, "/now")[1])
    assert (state["scene"]["body"]["answer"]["n"], state["counts"][3], sum(state["counts"])) == (3, 1, 1)
    assert [page["name"] for page in state["pages"]][:2] == ["overview", "video_calls"]
    assert ask(hall, "/study/overview")[0] == 200


def test_an_answer_comes_from_the_rooms_own_page_and_is_a_number_of_the_question(hall: Hall) -> None:
    hall.stand(STUDY, ASKING, 0)
    assert guess(hall, 3, origin="http://elsewhere.example")[0] == 404
    assert guess(hall, 3, content_type="text/plain")[0] == 404
    assert [guess(hall, value)[0] for value in ("3", 3.0, True, None)] == [400] * 4
    assert [guess(hall, value)[0] for value in (-1, 99)] == [409] * 2
    assert guess(hall, 3, device="x" * 1000)[0] == 413
    assert guess(hall, 3, scene=FIRST)[0] == 409
    assert hall.room.totals() == []


def test_a_study_for_the_team_only_shows_nothing_of_itself_on_a_phone(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dashboard import drawn_talk, open_pages

    words = json.loads(ask(hall, "/now")[1])["scene"]["sentence"][0][0]

    def closed(_scope: str, _disclosure: str) -> bool:
        return _scope == "team"

    monkeypatch.setattr("dashboard.access.can_see_study", closed)
    for cached in (drawn_talk._drawn, open_pages._offered, open_pages._page):
        cached.cache_clear()
    hall.room.reset()
    assert hall.stand(STUDY, FIRST, 0)
    for path in ("/", "/now", "/scene/0", "/study/overview", "/study/video_calls"):
        assert words not in ask(hall, path)[1]
    assert guess(hall, 3)[0] == 409
    for cached in (drawn_talk._drawn, open_pages._offered, open_pages._page):
        cached.cache_clear()


def test_after_the_end_and_back_only_what_was_shown_is_open(hall: Hall) -> None:
    scenes = drawn(STUDY, "en", "team")["scenes"]
    hall.stand(STUDY, scenes[-1]["id"], 0)
    hall.stand(STUDY, FIRST, 0)
    assert json.loads(ask(hall, "/now")[1])["shown"] == [0, len(scenes) - 1]
    assert [ask(hall, f"/scene/{at}")[0] for at in (0, 1, len(scenes) - 2, len(scenes) - 1)] == [200, 404, 404, 200]


def test_a_scene_is_found_by_its_name_and_phones_wait_where_it_is_no_more(hall: Hall) -> None:
    hall.room.stand(STUDY, ASKING, 0, 0)  # edited: the scene stood first when the presenter went there
    assert json.loads(ask(hall, "/now")[1])["scene"]["id"] == ASKING
    hall.room.stand(STUDY, "struck-out", 0, 0)
    assert json.loads(ask(hall, "/now")[1])["scene"] is None


def test_a_page_of_the_study_may_load_nothing_from_elsewhere(hall: Hall) -> None:
    for scene in drawn(STUDY, "en", "team")["scenes"]:
        hall.stand(STUDY, scene["id"], 1)
    there = hall.address.removeprefix("http://").rstrip("/")
    connection = http.client.HTTPConnection(there, timeout=60)
    connection.request("GET", "/study/overview")
    answer = connection.getresponse()
    answer.read()
    assert (answer.status, answer.headers["content-security-policy"][:18]) == (200, "default-src 'none'")
    connection.close()


def test_one_phone_too_many_is_not_listened_to_but_may_ask(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.room_app.MOST_FOLLOWERS", 1)
    there = ("127.0.0.1", int(hall.address.rstrip("/").rpartition(":")[2]))
    with socket.create_connection(there, timeout=20) as first:
        first.sendall(b"GET /events?lang=en HTTP/1.1\r\nHost: x\r\n\r\n")
        assert first.recv(12) == b"HTTP/1.1 200"
        assert ask(hall, "/events?lang=en")[0] == 503
        assert json.loads(ask(hall, "/now?lang=en")[1])["scene"]["id"] == FIRST


def test_a_body_in_parts_is_not_taken(hall: Hall) -> None:
    there = ("127.0.0.1", int(hall.address.rstrip("/").rpartition(":")[2]))
    body = json.dumps({"device": "a" * 32, "scene": FIRST, "value": 3}).encode()
    with socket.create_connection(there, timeout=20) as raw:
        raw.sendall(
            b"POST /answer HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
            + f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n"
        )  # fmt: skip
        assert raw.recv(12) == b"HTTP/1.1 413"


@pytest.mark.parametrize("kept", ['{"study": 3}', '{"study": "demo-round-2", "scene": "welcome", "reveal": null}', "["])
def test_a_damaged_place_is_the_beginning(kept: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(settings.STORE_VARIABLE, str(tmp_path))
    (tmp_path / standing.FOLDER).mkdir()
    (tmp_path / standing.FOLDER / "x.stage.json").write_text(kept)
    made = Hall()
    made.come_back()
    assert made.room.place.scene_id == ""


@pytest.mark.parametrize(("was_open", "furthest"), [(True, 1), (False, 0)])
def test_only_a_room_that_was_open_has_seen_what_a_talk_showed(
    was_open: bool, furthest: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(settings.STORE_VARIABLE, str(tmp_path))
    shipped_studies.ensure_store(tmp_path)
    before = Hall()
    for reveal in (1, 0):
        before.stand("demo-round-2", "guess-the-place", reveal)
    kept = before.room.kept("demo-round-2")
    standing.keep_place(tmp_path, "demo-round-2", "guess-the-place", 0, 0, kept)
    if was_open:
        standing.keep_room(tmp_path, "127.0.0.1", 0)
    after = Hall()
    after.come_back()
    assert (after.room.shown("guess-the-place"), after.is_open) == (furthest, was_open)
    after.close()


@pytest.mark.parametrize("port", ["eighty", "0x50"])
def test_a_port_that_is_no_number_ends_no_start(
    port: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(settings.STORE_VARIABLE, str(tmp_path))
    monkeypatch.setenv(settings.ROOM_PORT_VARIABLE, port)
    made = Hall()
    made.come_back()
    assert not made.is_open
    assert port in capsys.readouterr().err


def test_a_port_that_is_taken_is_told(hall: Hall) -> None:
    port = int(hall.address.rstrip("/").rpartition(":")[2])
    with pytest.raises(GapError, match=f"The room cannot be opened at 127.0.0.1:{port}"):
        Hall().open("127.0.0.1", port)
