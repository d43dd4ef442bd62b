"""From files to a study: which files make one, what is reported, and what is left alone."""

import csv
import hashlib
import io
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from dashboard import generations, intake, shipped_studies, store
from dashboard.errors import ImportProblem

HERE = Path(__file__).resolve().parent / "importers"
PROTOCOL = "step_id,component,text,valid_from\nV1,Video calls,old words,1\nV1,Video calls,new words,2\n"
PRACTICE = "participant,component,stance,step_id\nP1,Video calls,adapted,V1\nP2,Video calls,as_written,V1\n"
PARTICIPANTS = "participant,site\nP1,North\nP2,South\nP3,South\n"


@pytest.fixture
def files(tmp_path):
    for name, text in (("protocol", PROTOCOL), ("practice", PRACTICE), ("participants", PARTICIPANTS)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return lambda name: tmp_path / f"{name}.csv"


def request(files, study="north", **more):
    return intake.Request(study, [files("practice")], files("protocol"), files("participants"), **more)


def refusal(asked):
    with pytest.raises(ImportProblem) as caught:
        intake.prepare(asked)
    return str(caught.value)


def ask(folder, question):
    connection = store.open_generation(generations.current(folder))
    try:
        return connection.execute(question).fetchall()
    finally:
        connection.close()


def test_three_tables_make_a_study(files, tmp_path):
    [report] = intake.publish(tmp_path / "store", [intake.prepare(request(files))])
    assert report == {
        "study": "north", "generation": 1, "producer": "table template", "documents": 0, "codes": 8, "excerpts": 0,
        "codings": 0, "participants": 3, "practices": 2, "quotes_verified": 0, "quotes_total": 0, "changes": {},
        "warnings": [],
    }  # fmt: skip
    assert ask(tmp_path / "store", "select participant_id, state from cell order by all") == [
        ("P1", "differently"),
        ("P2", "as_written"),
        ("P3", "not_raised"),
    ]


def test_the_tables_of_one_workbook_are_told_apart(files, tmp_path):
    book = Workbook()
    book.remove(book.active)
    for name in ("practice", "protocol", "participants"):
        page = book.create_sheet(name)
        for line in csv.reader(io.StringIO(files(name).read_text(encoding="utf-8"))):
            page.append(line)
    book.save(tmp_path / "study.xlsx")
    prepared = intake.prepare(intake.Request("north", [tmp_path / "study.xlsx"]))
    assert len(prepared.bundle.steps) == 1
    assert [(p.participant_id, p.attributes) for p in prepared.bundle.participants] == [
        ("P1", {"site": "North"}),
        ("P2", {"site": "South"}),
        ("P3", {"site": "South"}),
    ]
    assert [t.participant_id for t in prepared.bundle.tellings] == ["P1", "P2"]


@pytest.mark.parametrize(("number", "text"), [(1, "old words"), (2, "new words")])
def test_the_round_of_the_study_picks_the_wording(files, tmp_path, number, text):
    (tmp_path / "study.toml").write_text(f"round = {number}\n", encoding="utf-8")
    prepared = intake.prepare(request(files, about=tmp_path / "study.toml"))
    assert [step.text for step in prepared.bundle.steps] == [text]


def test_the_log_tells_what_was_imported_and_when(files, tmp_path):
    intake.publish(tmp_path / "store", [intake.prepare(request(files))])
    [(generation, study, at, source, sha, listed)] = ask(
        tmp_path / "store", "select generation, study_id, imported_at, source_name, sha256, files from import_log"
    )
    assert (generation, study, source, len(sha)) == (1, "north", "practice.csv", 64)
    assert isinstance(at, datetime)
    found = {name: sha for _role, name, sha in (line.split("\t") for line in listed.splitlines())}
    given = [files(name) for name in ("practice", "protocol", "participants")]
    assert found == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in given}


def test_the_same_files_again_change_nothing(files, tmp_path):
    folder = tmp_path / "store"
    intake.publish(folder, [intake.prepare(request(files))])
    [report] = intake.publish(folder, [intake.prepare(request(files))])
    assert (report["generation"], report["warnings"]) == (
        1, ["Already imported as generation 1; nothing changed."],
    )  # fmt: skip
    assert generations.current(folder).number == 1


@pytest.mark.parametrize("name", ["practice", "protocol", "participants"])
def test_any_changed_file_makes_a_new_generation(files, tmp_path, name):
    folder = tmp_path / "store"
    intake.publish(folder, [intake.prepare(request(files))])
    changed = files(name).read_text(encoding="utf-8") + "\n"
    files(name).write_text(changed, encoding="utf-8")
    [report] = intake.publish(folder, [intake.prepare(request(files))])
    assert report["generation"] == 2


def test_a_renamed_file_is_another_import_because_a_voice_may_be_called_by_it(tmp_path):
    rules = tmp_path / "rules.toml"
    rules.write_text('[columns]\nquote = "Quote"\ncode = "Code"\nsheet_is = "participant"\n', encoding="utf-8")
    for generation, voice in enumerate(("P1", "P2"), start=1):
        (tmp_path / f"{voice}.csv").write_text("Quote,Code\nhello,Trust\n", encoding="utf-8")
        prepared = intake.prepare(intake.Request("north", [tmp_path / f"{voice}.csv"], mapping=rules))
        [report] = intake.publish(tmp_path / "store", [prepared])
        assert report["generation"] == generation
    assert ask(tmp_path / "store", "select name from document") == [("P2",)]


def test_the_same_table_in_another_role_is_another_import(files):
    def fingerprint(**more):
        return intake.prepare(intake.Request("north", [files("practice")], files("protocol"), **more)).bundle.sha256

    def among_the_files():
        given = [files("practice"), files("participants")]
        return intake.prepare(intake.Request("north", given, files("protocol"))).bundle.sha256

    assert fingerprint(participants=files("participants")) != among_the_files()


def test_going_back_to_earlier_files_is_an_import_too(files, tmp_path):
    folder, first = tmp_path / "store", PRACTICE
    for text in (first, first + "P3,Video calls,left_out,V1\n", first):
        files("practice").write_text(text, encoding="utf-8")
        intake.publish(folder, [intake.prepare(request(files))])
    assert ask(folder, "select generation from import_log order by all") == [(1,), (2,), (3,)]
    assert ask(folder, "select count(*) from practice_voice") == [(2,)]


def test_the_same_files_as_another_study_are_another_study(files, tmp_path):
    folder = tmp_path / "store"
    for study in ("north", "south"):
        intake.publish(folder, [intake.prepare(request(files, study))])
    assert ask(folder, "select study_id from study order by all") == [("north",), ("south",)]


def test_preparing_touches_no_store(files, tmp_path):
    before = sorted(tmp_path.rglob("*"))
    assert intake.prepare(request(files)).report(None)["generation"] is None
    assert sorted(tmp_path.rglob("*")) == before


def test_progress_names_the_file_that_is_read(files):
    said = []
    intake.prepare(request(files), lambda what, share: said.append((what, share)))
    assert said == [("reading practice.csv", 0.05)]


# --- coded projects ---------------------------------------------------------------------------------------


def project(real, **more):
    return intake.Request("coded", [real / "qualcoder" / "psych_synthetic_lf.qdpx"], **more)


def test_a_project_without_a_mapping_brings_its_words_but_no_gaps(real, tmp_path):
    prepared = intake.prepare(project(real))
    assert (len(prepared.bundle.documents), prepared.bundle.tellings) == (3, ())
    assert any(warning.startswith("No mapping was given") for warning in prepared.bundle.warnings)
    intake.publish(tmp_path, [prepared])
    assert ask(tmp_path, "select count(*) from document") == [(3,)]


def test_a_project_with_a_mapping_and_a_protocol_has_gaps(real, tmp_path):
    mapped = {"mapping": HERE / "mapping_psych_synthetic.toml", "protocol": HERE / "protocol_psych_synthetic.csv"}
    intake.publish(tmp_path, [intake.prepare(project(real, **mapped))])
    states = dict(ask(tmp_path, "select state, count(*) from cell group by all"))
    assert sum(states.values()) == 3 * 7
    assert states["differently"] > 0


def test_a_participants_table_adds_attributes_and_silent_voices_to_a_project(real, tmp_path):
    (tmp_path / "p.csv").write_text("participant,site\nP01,N\nP02,S\nP03,S\nP04,N\n", encoding="utf-8")
    mapped = {"mapping": HERE / "mapping_psych_synthetic.toml", "protocol": HERE / "protocol_psych_synthetic.csv"}
    voices = intake.prepare(project(real, participants=tmp_path / "p.csv", **mapped)).bundle.participants
    assert [(v.participant_id, v.attributes["site"]) for v in voices] == [
        ("P01", "N"), ("P02", "S"), ("P03", "S"), ("P04", "N"),
    ]  # fmt: skip


def test_a_participants_table_that_lacks_a_voice_of_the_project_is_refused(real, tmp_path):
    (tmp_path / "p.csv").write_text("participant,site\nP01,N\n", encoding="utf-8")
    mapped = {"mapping": HERE / "mapping_psych_synthetic.toml", "protocol": HERE / "protocol_psych_synthetic.csv"}
    assert "The participants table lacks P02, P03." in refusal(project(real, participants=tmp_path / "p.csv", **mapped))


# --- what is refused --------------------------------------------------------------------------------------


def test_no_files_are_no_study():
    assert "given: nothing" in refusal(intake.Request("north", []))


def test_two_protocols_are_refused(files, tmp_path):
    asked = intake.Request("north", [files("practice"), files("protocol"), files("protocol")])
    assert "There are 2 protocols: protocol.csv, protocol.csv. Give one." in refusal(asked)


def test_two_participants_tables_are_refused(files):
    asked = intake.Request(
        "north", [files("practice"), files("participants"), files("participants")], files("protocol")
    )
    assert "There is more than one participants table." in refusal(asked)


def test_a_protocol_that_is_no_table_is_refused(files, tmp_path):
    (tmp_path / "protocol.csv").write_text("<Project/>", encoding="utf-8")
    assert "protocol.csv: The protocol is not a table. Give it as CSV or XLSX." in refusal(request(files))


def test_a_step_in_the_practice_needs_a_protocol(files):
    said = refusal(intake.Request("north", [files("practice")]))
    assert "The step 'V1' is not in the protocol. None is known." in said


# --- the store that everybody starts with -----------------------------------------------------------------


def test_each_described_folder_of_the_data_is_a_shipped_study():
    assert [r.study_id for r in shipped_studies.requests()] == ["demo-round-1", "demo-round-2", "evidence"]


def test_a_missing_store_is_made_with_the_shipped_studies(tmp_path):
    shipped_studies.ensure_store(tmp_path / "new")
    assert ask(tmp_path / "new", "select study_id, generation from import_log order by all") == [
        ("demo-round-1", 1),
        ("demo-round-2", 1),
        ("evidence", 1),
    ]
