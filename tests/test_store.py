"""The store: what is published stays whole, what is not published changes nothing, and readers can only read."""

import shutil
from datetime import datetime

import duckdb
import pytest

from dashboard import generations, shipped_studies, store
from dashboard.errors import StoreProblem
from dashboard.importers import rows
from dashboard.model import Bundle, Document, Excerpt, Participant, Step, Study, Telling

AT = datetime(2026, 5, 7)


def published(folder, study_id, *, title="", voices=("P1", "P2"), told="P1"):
    """Publish a study of one step and one quote, and return its generation."""
    study = Study(study_id, title or study_id)
    bundle = Bundle(
        "table template", "t.csv", f"sha of {study_id} {title}",
        documents=(Document("d1", "Talk", "", "abc"),),
        excerpts=(Excerpt("e1", "d1", None, None, "Yes."),),
        participants=tuple(Participant(voice, attributes={"site": "North"}) for voice in voices),
        steps=(Step("V1", "Video calls", "Check the name", is_core=True),),
        tellings=(Telling(told, "Video calls", "adapted", "V1", excerpt_id="e1"),),
    )  # fmt: skip
    return store.publish(folder, {study_id: rows.of(study, bundle)}, {study_id: rows.log_row(study, bundle, AT)})


def ask(folder, question):
    connection = store.open_generation(generations.current(folder))
    try:
        return connection.execute(question).fetchall()
    finally:
        connection.close()


def state(folder):
    """Return what an import may not touch when it fails: the pointer, its time, and the generations."""
    pointer = folder / "CURRENT"
    kept = sorted((p.name, p.stat().st_mtime_ns, p.read_bytes()) for p in folder.glob("gen-*"))
    return pointer.read_bytes(), pointer.stat().st_mtime_ns, kept


# --- publishing -------------------------------------------------------------------------------------------


def test_the_first_study_makes_the_first_generation(tmp_path):
    generation = published(tmp_path / "made" / "here", "north")
    assert (generation.number, generation.path.name) == (1, "gen-000001.duckdb")
    assert generations.current(tmp_path / "made" / "here") == generation


def test_a_second_study_stands_beside_the_first(tmp_path):
    published(tmp_path, "north")
    published(tmp_path, "south")
    assert ask(tmp_path, "select study_id from study order by all") == [("north",), ("south",)]
    assert ask(tmp_path, "select study_id, participant_id, state from cell order by all") == [
        ("north", "P1", "differently"),
        ("north", "P2", "not_raised"),
        ("south", "P1", "differently"),
        ("south", "P2", "not_raised"),
    ]


def test_the_same_study_again_replaces_it_and_leaves_the_others(tmp_path):
    published(tmp_path, "north", title="old")
    published(tmp_path, "south")
    published(tmp_path, "north", title="new", voices=("P1",))
    assert ask(tmp_path, "select study_id, title from study order by all") == [("north", "new"), ("south", "south")]
    assert ask(tmp_path, "select study_id, count(*) from participant group by all order by all") == [
        ("north", 1),
        ("south", 2),
    ]


def test_what_is_carried_over_is_the_same_to_the_last_cell(tmp_path):
    published(tmp_path, "north")
    tables = [name for (name,) in ask(tmp_path, "select table_name from duckdb_tables() order by all")]
    before = {name: ask(tmp_path, f"select * from {name} order by all") for name in tables}  # noqa: S608
    published(tmp_path, "south")
    after = {
        name: ask(tmp_path, f"select * from {name} where study_id = 'north' order by all")  # noqa: S608
        for name in tables
        if name not in ("store_shape", "withdrawal")
    }
    assert after == {name: found for name, found in before.items() if name in after}
    assert set(before) - set(after) == {"store_shape", "withdrawal"}
    assert ask(tmp_path, "select distinct start_at, end_at from excerpt") == [(None, None)]
    assert ask(tmp_path, "select distinct guidance_document_id from protocol_step") == [(None,)]


def test_the_import_log_only_grows(tmp_path):
    for title in ("first", "second", "third"):
        published(tmp_path, "north", title=title)
    assert ask(tmp_path, "select generation, study_id, sha256 from import_log order by all") == [
        (1, "north", "sha of north first"),
        (2, "north", "sha of north second"),
        (3, "north", "sha of north third"),
    ]


def test_a_reader_keeps_what_it_opened_while_others_publish(tmp_path):
    reader = store.open_generation(published(tmp_path, "north", title="old"))
    for title in ("a", "b", "c", "d"):
        published(tmp_path, "north", title=title)
    assert reader.execute("select title from study").fetchall() == [("old",)]
    reader.close()


def test_progress_is_told_from_writing_to_published(tmp_path):
    said = []
    study, bundle = Study("north", "North"), Bundle("table template", "t.csv", "abc")
    store.publish(
        tmp_path,
        {"north": rows.of(study, bundle)},
        {"north": rows.log_row(study, bundle, AT)},
        progress=lambda what, share: said.append((what, share)),
    )
    assert [said[0][0], said[-1][0]] == ["writing north", "published"]
    assert [share for _what, share in said] == sorted(share for _what, share in said)
    assert said[-1] == ("published", 1.0)


# --- what fails changes nothing ---------------------------------------------------------------------------


def test_a_study_that_fails_a_check_leaves_the_store_as_it_was(tmp_path):
    published(tmp_path, "north")
    before = state(tmp_path)
    with pytest.raises(StoreProblem, match=r"fails the check points_nowhere: \[\('practice_voice.participant_id', 1\)"):
        published(tmp_path, "south", told="nobody")
    assert state(tmp_path) == before


def test_rows_that_the_schema_refuses_leave_the_store_as_it_was(tmp_path):
    published(tmp_path, "north")
    before = state(tmp_path)
    with pytest.raises(StoreProblem, match="The new generation could not be built"):
        published(tmp_path, "south", title=None, voices=(None,))
    assert state(tmp_path) == before


def test_a_full_disk_leaves_the_store_as_it_was(tmp_path, monkeypatch):
    published(tmp_path, "north")
    before = state(tmp_path)

    def full(_handle):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(generations.os, "fsync", full)
        with pytest.raises(StoreProblem, match="No space left on device"):
            published(tmp_path, "south")
    assert state(tmp_path) == before
    assert published(tmp_path, "south").number == 2


def test_a_store_cannot_be_where_a_file_is(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreProblem, match="The store's folder cannot be made"):
        published(tmp_path / "file", "north")


# --- older shapes -----------------------------------------------------------------------------------------


def made_older(folder):
    """Take a column, a table and the fingerprint from the current generation, as an older program wrote it."""
    path = generations.current(folder).path
    path.chmod(0o640)
    connection = duckdb.connect(str(path))
    for statement in (
        "alter table study drop column title_sv",
        "alter table excerpt drop column memo",
        "drop table participant_attribute",
        "alter table participant drop column position",
        "alter table excerpt drop column participant_id",
        "update store_shape set fingerprint = 'of an older program'",
        "checkpoint",
    ):
        connection.execute(statement)
    connection.close()


def test_an_older_store_is_brought_to_todays_shape_and_loses_nothing(tmp_path):
    published(tmp_path, "north")
    published(tmp_path, "south")
    made_older(tmp_path)
    shipped_studies.ensure_store(tmp_path)
    assert generations.current(tmp_path).number == 3
    assert ask(tmp_path, "select study_id, title, title_sv from study order by all") == [
        ("north", "north", ""),
        ("south", "south", ""),
    ]
    assert ask(tmp_path, "select study_id, text, memo from excerpt order by all") == [
        ("north", "Yes.", ""),
        ("south", "Yes.", ""),
    ]
    assert ask(tmp_path, "select study_id, participant_id, position from participant order by all") == [
        ("north", "P1", 1), ("north", "P2", 2), ("south", "P1", 1), ("south", "P2", 2),
    ]  # fmt: skip
    assert ask(tmp_path, "select study_id, participant_id from excerpt order by all") == [
        ("north", "P1"),
        ("south", "P1"),
    ]
    assert ask(tmp_path, "select count(*) from cell where state = 'differently'") == [(2,)]
    assert ask(tmp_path, "select generation, study_id from import_log order by all") == [(1, "north"), (2, "south")]


def test_a_store_of_todays_shape_is_left_alone(tmp_path):
    published(tmp_path, "north")
    before = state(tmp_path)
    shipped_studies.ensure_store(tmp_path)
    assert state(tmp_path) == before


def test_a_store_without_any_shape_is_not_of_this_program(tmp_path):
    path = tmp_path / "gen-000001.duckdb"
    duckdb.connect(str(path)).close()
    connection = store.open_generation(generations.Generation(1, path))
    assert store.is_of_this_program(connection) is False
    connection.close()


# --- readers ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def north(tmp_path_factory):
    return published(tmp_path_factory.mktemp("north"), "north")


@pytest.fixture
def reader(north):
    connection = store.open_generation(north)
    yield connection
    connection.close()


@pytest.mark.parametrize(
    "statement",
    [
        "select * from read_csv('{secret}')",
        "select * from read_text('{secret}')",
        "select * from '{secret}'",
        "select * from glob('{folder}/*')",
        "copy study to '{folder}/out.csv'",
        "export database '{folder}/out'",
        "attach '{folder}/other.duckdb' as other",
        "install httpfs",
        "load httpfs",
        "set enable_external_access = true",
        "set memory_limit = '8GB'",
        "reset lock_configuration",
        "create table mine (a integer)",
        "create view mine as select 1",
        "insert into study select * from study",
        "update study set title = 'mine'",
        "delete from study",
        "drop table cell",
    ],
)
def test_a_reader_can_do_nothing_but_read(reader, tmp_path, statement):
    secret = tmp_path / "secret.csv"
    secret.write_text("a,b\n1,2\n", encoding="utf-8")
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(duckdb.Error):
        reader.execute(statement.format(secret=secret, folder=tmp_path)).fetchall()
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert reader.execute("select title from study").fetchall() == [("north",)]


def test_a_reader_does_not_see_the_programs_own_variables(reader):
    mine = [1, 2, 3]
    with pytest.raises(duckdb.CatalogException):
        reader.execute("select * from mine")
    assert mine == [1, 2, 3]


def test_a_question_that_runs_too_long_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setitem(store.READER_CONFIG, "max_execution_time", "300")
    connection = store.open_generation(published(tmp_path, "north"))
    heavy = "select count(*) from range(10000000) a, range(10000000) b where (a.range * b.range) % 7 = 3"
    with pytest.raises(duckdb.Error):
        connection.execute(heavy).fetchall()
    assert connection.execute("select title from study").fetchall() == [("north",)]
    connection.close()


def test_a_copy_of_a_generation_opens_anywhere(tmp_path):
    generation = published(tmp_path / "a", "north")
    (tmp_path / "b").mkdir()
    shutil.copy(generation.path, tmp_path / "b" / "gen-000007.duckdb")
    (tmp_path / "b" / "CURRENT").write_text('{"file": "gen-000007.duckdb"}', encoding="utf-8")
    assert ask(tmp_path / "b", "select title from study") == [("north",)]
    assert published(tmp_path / "b", "south").number == 8
