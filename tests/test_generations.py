"""The files of a store: one pointer, three generations, one writer, and a way back from every damage."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard import generations, shipped_studies, store
from dashboard.errors import StoreProblem

HOLD = """
import pathlib, sys
from dashboard import generations
with generations.only_writer(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="module")
def published_three_times(tmp_path_factory):
    made = tmp_path_factory.mktemp("made")
    for _time in range(3):
        store.publish(made, {}, {})
    return made


@pytest.fixture
def folder(published_three_times, tmp_path):
    """A store that was published three times, without any study."""
    return Path(shutil.copytree(published_three_times, tmp_path / "store"))


def files(folder):
    return sorted(path.name for path in folder.iterdir() if path.name != "import.lock")


def point_at(folder, name):
    (folder / "CURRENT").write_text(f'{{"file": "{name}"}}', encoding="utf-8")


def refusal(folder):
    with pytest.raises(StoreProblem) as caught:
        generations.current(folder)
    return str(caught.value)


def way_back(folder, name):
    return f'To go back to an earlier one, write {{"file": "{name}"}} into {folder / "CURRENT"}.'


def test_three_generations_are_kept(folder):
    assert files(folder) == ["CURRENT", "gen-000001.duckdb", "gen-000002.duckdb", "gen-000003.duckdb"]
    store.publish(folder, {}, {})
    assert files(folder) == ["CURRENT", "gen-000002.duckdb", "gen-000003.duckdb", "gen-000004.duckdb"]
    assert generations.current(folder).number == 4


def test_a_published_generation_is_not_for_writing(folder):
    assert {path.stat().st_mode & 0o777 for path in folder.glob("gen-*")} == {0o440}


# --- the pointer ------------------------------------------------------------------------------------------


def test_no_store_yet(tmp_path):
    assert generations.exists(tmp_path) is False
    assert refusal(tmp_path) == f"{tmp_path}: There is no store here yet. Run `beyond demo` or `beyond import`."


def test_a_missing_pointer_names_the_way_back(folder):
    (folder / "CURRENT").unlink()
    assert refusal(folder) == f"{folder}: CURRENT is missing. {way_back(folder, 'gen-000003.duckdb')}"


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"{}", b'"gen-000003.duckdb"', b"\xff\xfe\x00", b"gen-000003.duckdb"]
)
def test_a_damaged_pointer_names_the_way_back(folder, content):
    (folder / "CURRENT").write_bytes(content)
    assert refusal(folder) == (f"{folder / 'CURRENT'}: CURRENT cannot be read. {way_back(folder, 'gen-000003.duckdb')}")


@pytest.mark.parametrize("name", ["gen-000009.duckdb", "", ".", "../elsewhere.duckdb", "/etc/hostname"])
def test_a_pointer_to_what_is_not_here_names_the_way_back(folder, name):
    point_at(folder, name)
    assert refusal(folder) == (
        f"{folder / 'CURRENT'}: CURRENT names {name}, which is missing. {way_back(folder, 'gen-000003.duckdb')}"
    )


def test_the_way_back_is_a_way_back(folder):
    point_at(folder, "gen-000002.duckdb")
    assert generations.current(folder) == generations.Generation(2, folder / "gen-000002.duckdb")


def test_after_going_back_a_number_is_never_used_for_something_else(folder):
    """A reader may still hold the generation that was left."""
    point_at(folder, "gen-000001.duckdb")
    assert store.publish(folder, {}, {}).number == 4
    assert files(folder) == ["CURRENT", "gen-000002.duckdb", "gen-000003.duckdb", "gen-000004.duckdb"]


@pytest.mark.parametrize("damage", ["missing", "damaged", "pointing nowhere"])
def test_a_store_with_a_lost_pointer_is_never_begun_anew(folder, damage):
    if damage == "missing":
        (folder / "CURRENT").unlink()
    elif damage == "damaged":
        (folder / "CURRENT").write_bytes(b"{")
    else:
        point_at(folder, "gen-000009.duckdb")
    before = files(folder)
    for attempt in (shipped_studies.ensure_store, shipped_studies.publish, lambda f: store.publish(f, {}, {})):
        with pytest.raises(StoreProblem, match="To go back to an earlier one"):
            attempt(folder)
    assert files(folder) == before


def test_a_first_import_killed_before_its_pointer_was_written_is_begun_anew(tmp_path):
    store.publish(tmp_path, {}, {})
    (tmp_path / "CURRENT").unlink()
    assert generations.exists(tmp_path) is False
    shipped_studies.ensure_store(tmp_path)
    assert generations.current(tmp_path).number == 2


# --- damaged generations ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content", [b"", b"not a store", b"\x00" * 5000, b"SQLite format 3\x00" + bytes(5000)], ids=len
)
def test_a_corrupt_generation_names_itself_and_the_way_back(folder, content):
    path = folder / "gen-000003.duckdb"
    path.chmod(0o640)
    path.write_bytes(content)
    with pytest.raises(StoreProblem) as caught:
        store.open_generation(generations.current(folder))
    assert str(caught.value).startswith(f"{path}: The generation cannot be opened")
    assert str(caught.value).endswith(way_back(folder, "gen-000002.duckdb"))


def test_a_truncated_generation_names_the_way_back(folder):
    path = folder / "gen-000003.duckdb"
    path.chmod(0o640)
    path.write_bytes(path.read_bytes()[:4096])
    with pytest.raises(StoreProblem, match=r"gen-000002\.duckdb"):
        store.open_generation(generations.current(folder))


def test_where_nothing_else_is_kept_the_way_out_begins_anew(tmp_path):
    generation = store.publish(tmp_path, {}, {})
    generation.path.chmod(0o640)
    generation.path.write_bytes(b"not a store")
    with pytest.raises(StoreProblem) as caught:
        shipped_studies.publish(tmp_path)
    assert caught.value.remedy == (
        f"No other generation is kept. Move {tmp_path} away, run `beyond demo` and import your studies again."
    )
    tmp_path.rename(tmp_path.with_name("away"))
    shipped_studies.publish(tmp_path)
    assert generations.current(tmp_path).number == 1


# --- one writer, and what killed ones leave ---------------------------------------------------------------


def test_a_second_importer_is_refused_at_once_and_a_killed_one_lets_go(folder):
    before = files(folder)
    command = [sys.executable, "-c", HOLD, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout.readline() == "held\n"
        with pytest.raises(StoreProblem, match=r"Another import is running\. Wait until it has ended and try again\."):
            store.publish(folder, {}, {})
        assert files(folder) == before
        first.kill()
    assert store.publish(folder, {}, {}).number == 4


def test_readers_do_not_wait_for_the_writer(folder):
    with generations.only_writer(folder):
        store.open_generation(generations.current(folder)).close()


def test_what_a_killed_import_left_is_swept_by_the_next(folder):
    for name in ("gen-000004.duckdb.tmp", "gen-000004.duckdb.tmp.wal", "CURRENT.tmp", "gen-000007.duckdb"):
        (folder / name).write_bytes(b"half")
    spilled = folder / "gen-000004.duckdb.tmp.tmp"
    spilled.mkdir()
    (spilled / "duckdb_temp_storage-0.tmp").write_bytes(b"half")
    (folder / "notes.txt").write_text("a person's own")
    store.publish(folder, {}, {})
    assert files(folder) == [
        "CURRENT", "gen-000003.duckdb", "gen-000007.duckdb", "gen-000008.duckdb", "notes.txt",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "number"), [("gen-000012.duckdb", 12), ("gen-.duckdb", 0), ("gen-x.duckdb", 0), ("other", 0)]
)
def test_the_number_of_a_generation_is_in_its_name(tmp_path, name, number):
    assert generations.number_of(tmp_path / name) == number
