"""A voice withdraws: no byte of theirs is kept, the others stay as they were, and no import brings them back."""

import io
import json
import shutil
import signal
import subprocess
import sys
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from dashboard import cli, generations, intake, ledger, shipped_studies, store, traces, withdrawing, withdrawn
from dashboard.errors import GapError, StoreProblem
from dashboard.model import Decision

HERE = Path(__file__).parent / "importers"
THEIRS = "Jag ringer alltid upp patienten i förväg för säkerhets skull 😅"
SILENT = "Ingen har kodat den här meningen som de sade i förbigående"
OTHERS = "Vi följer rutinen till punkt och pricka varje gång"
QDE = (
    '<?xml version="1.0"?><Project xmlns="urn:QDA-XML:project:1.0" name="p" origin="T 1">'
    '<CodeBook><Codes><Code guid="c1" name="phones first" isCodable="true">'
    '<Description>As one says: {theirs}</Description></Code><Code guid="c2" name="follows" isCodable="true"/>'
    '<Code guid="c3" name="alltid upp patienten" '
    'isCodable="true"/></Codes></CodeBook><Sources>{sources}</Sources></Project>'
)
SOURCE = (
    '<TextSource guid="{n}" name="{name}" plainTextPath="internal://{n}.txt">'
    '<PlainTextSelection guid="s{n}" name="{quote}" startPosition="0" endPosition="{end}">{codings}'
    "</PlainTextSelection></TextSource>"
)
MAPPING = """participants = "document"
[participant_of]
"Anna Ek" = "P01"
"Second talk" = "P01"
"Third talk" = "P02"
[[code]]
path = "phones first"
set = { step = "V1", stance = "adapted" }
[[code]]
path = "follows"
set = { step = "V1", stance = "as_written" }
"""


def coded(*codes):
    return "".join(f'<Coding guid="k{c}"><CodeRef targetGUID="{c}"/></Coding>' for c in codes)


def units(text):
    return len(text.encode("utf-16-le")) // 2


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Write a project of three talks, two of them P01's; the second of those is coded nowhere."""
    sources = [
        SOURCE.format(n="t1", name="Anna Ek", quote=THEIRS, end=units(THEIRS), codings=coded("c1", "c3")),
        '<TextSource guid="t2" name="Second talk" plainTextPath="internal://t2.txt"/>',
        SOURCE.format(n="t3", name="Third talk", quote=OTHERS, end=units(OTHERS), codings=coded("c2")),
    ]
    tmp_path = tmp_path_factory.mktemp("made")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as into:
        into.writestr("project.qde", QDE.format(sources="".join(sources), theirs=THEIRS))
        for n, text in (("t1", THEIRS), ("t2", SILENT), ("t3", OTHERS)):
            into.writestr(f"sources/{n}.txt", text + ".")
    (tmp_path / "talks.qdpx").write_bytes(packed.getvalue())
    (tmp_path / "map.toml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "protocol.csv").write_text("step_id,component,text\nV1,Video calls,Ring\n", encoding="utf-8")
    for study, round_ in (("round-1", 1), ("round-2", 2)):
        intake.publish(tmp_path / "store", [intake.prepare(request(tmp_path, study, round_=round_))])
    small = tmp_path / "small.csv"
    small.write_text(f"participant,component,stance,step_id,quote\nP01,Video calls,adapted,V1,{OTHERS}\n", "utf-8")
    other = intake.Request("other", [small], tmp_path / "protocol.csv")
    intake.publish(tmp_path / "store", [intake.prepare(other)])
    return tmp_path


@pytest.fixture
def files(made, tmp_path):
    return shutil.copytree(made, tmp_path / "files")


def request(files, study="round-1", mapping="map.toml", round_=1):
    about = files / f"{study}.toml"
    about.write_text(f'series = "talks"\nround = {round_}\n', encoding="utf-8")
    return intake.Request(
        study, [files / "talks.qdpx"], files / "protocol.csv", mapping=files / mapping if mapping else None, about=about
    )


@pytest.fixture
def folder(files):
    """A store with two rounds, in three generations, so that old ones lie beside the current one."""
    return files / "store"


def ask(folder, question):
    connection = store.open_generation(generations.current(folder))
    try:
        return connection.execute(question).fetchall()
    finally:
        connection.close()


def holds(folder, *texts):
    """Return the files of a folder in whose bytes one of the texts stands."""
    needles = [text.encode(code) for text in texts for code in ("utf-8", "utf-16-le", "utf-16-be")]
    return sorted(p.name for p in folder.rglob("*") if p.is_file() and any(n in p.read_bytes() for n in needles))


def cells_with(folder, *texts):
    """Return (table, column) wherever one of the texts is stored: compression may hide it from a search of bytes."""
    connection = store.open_generation(generations.current(folder))
    found = []
    try:
        columns = connection.execute(
            "select table_name, column_name from duckdb_columns() where data_type = 'VARCHAR' and not internal"
        )
        for table, column in columns.fetchall():
            values = connection.table(table).select(column).fetchall()
            found += [(table, column) for (value,) in values if value and any(text in value for text in texts)]
    finally:
        connection.close()
    return found


def names_left(folder):
    return sorted(path.name for path in folder.glob("gen-*"))


def test_before_a_withdrawal_the_words_are_found(folder):
    assert len(holds(folder, THEIRS)) == len(names_left(folder)) == 3, "the search can find them"
    assert cells_with(folder, SILENT) == [("document", "text")] * 2


def test_after_a_withdrawal_their_text_is_in_no_byte_of_any_file(folder):
    report = withdrawing.withdraw(folder, "round-1", "P01")
    assert names_left(folder) == ["gen-000004.duckdb"]
    for part in (THEIRS, SILENT, THEIRS[5:30], SILENT[5:30], "Anna Ek", "Second talk", "alltid upp patienten"):
        assert holds(folder, part) == []
        assert cells_with(folder, part) == []
    assert report["words_found_in"] == []
    assert holds(folder, OTHERS) == ["gen-000004.duckdb"]


def test_a_withdrawal_takes_what_is_theirs_from_all_rounds_and_leaves_the_rest(folder):
    report = withdrawing.withdraw(folder, "round-2", "P01")
    gone = {"document": 2, "code": 1, "excerpt": 1, "coding": 2, "participant": 1, "practice": 1, "practice_voice": 1}
    assert report["removed"] == {"round-2": gone, "round-1": gone}
    assert ask(folder, "select study_id, participant_id, state from cell order by all") == [
        ("other", "P01", "differently"),
        ("round-1", "P02", "as_written"),
        ("round-2", "P02", "as_written"),
    ]
    assert ask(folder, "select distinct code_id, description from code where study_id <> 'other' order by all") == [
        ("follows", ""),
        ("phones first", "As one says: [withdrawn]"),
    ]
    assert ask(folder, "select count(*) from participant_attribute") == [(0,)]


def test_the_log_of_a_withdrawal_counts_what_is_left_and_names_nobody(folder):
    withdrawing.withdraw(folder, "round-1", "P01")
    [(documents, excerpts, voices, verified, total, sha, warnings)] = ask(
        folder,
        "select documents, excerpts, participants, quotes_verified, quotes_total, sha256, warnings from import_log "
        "where study_id = 'round-1' and generation = 4",
    )
    assert (documents, excerpts, voices, verified, total, sha) == (1, 1, 1, 1, 1, "")
    assert warnings.endswith("A voice withdrew; what they said was taken out.")
    assert "P01" not in warnings


def test_where_a_program_checks_each_coding_the_checks_left_are_those_of_the_codings_left(tmp_path, real):
    project = real / "qualcoder" / "psych_synthetic_lf.qdpx"
    mapping, protocol = (HERE / name for name in ("mapping_psych_synthetic.toml", "protocol_psych_synthetic.csv"))
    asked = intake.Request("north", [project], protocol, mapping=mapping)
    intake.publish(tmp_path, [intake.prepare(asked)])
    counted = "select quotes_verified, quotes_total, codings, excerpts from import_log order by generation"
    assert ask(tmp_path, counted) == [(15, 15, 15, 7)]
    withdrawing.withdraw(tmp_path, "north", "P02")
    verified, total, codings, excerpts = ask(tmp_path, counted)[-1]
    assert (verified, total) == (codings, codings)
    assert excerpts < codings < 15


def test_a_dry_run_tells_the_same_and_changes_nothing(folder):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    planned = withdrawing.plan(folder, "round-1", "P01")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    done = withdrawing.withdraw(folder, "round-1", "P01")
    assert planned | {"generation": 4} == done


def test_the_same_files_again_do_not_bring_them_back(folder, files):
    withdrawing.withdraw(folder, "round-1", "P01")
    [report] = intake.publish(folder, [intake.prepare(request(files))])
    assert "Participant withdrawn: 1 row kept out (1 voice, 2 documents, 1 excerpt, 2 codings)." in report["warnings"]
    assert (report["generation"], report["participants"], report["documents"], report["excerpts"]) == (5, 1, 1, 1)
    assert holds(folder, THEIRS, SILENT) == []
    assert ask(folder, "select participant_id from participant where study_id = 'round-1'") == [("P02",)]


def test_not_even_without_a_mapping_or_under_another_name(folder, files):
    withdrawing.withdraw(folder, "round-1", "P01")
    (files / "renamed.toml").write_text(MAPPING.replace('"P01"', '"P77"'), encoding="utf-8")
    for mapping in ("", "renamed.toml"):
        [report] = intake.publish(folder, [intake.prepare(request(files, mapping=mapping))])
        assert any(w.startswith("Participant withdrawn: 1 row kept out") for w in report["warnings"])
        assert holds(folder, THEIRS, SILENT) == cells_with(folder, THEIRS, SILENT, "P77") == []


def test_not_even_where_the_file_that_names_the_series_is_forgotten(folder, files):
    withdrawing.withdraw(folder, "round-1", "P01")
    again = intake.Request("round-1", [files / "talks.qdpx"], files / "protocol.csv", mapping=files / "map.toml")
    [report] = intake.publish(folder, [intake.prepare(again)])
    assert report["participants"] == 1
    assert holds(folder, THEIRS, SILENT) == cells_with(folder, THEIRS, SILENT) == []


def test_a_later_round_of_the_series_keeps_them_out_and_another_series_does_not(folder, files):
    withdrawing.withdraw(folder, "round-1", "P01")
    [third] = intake.publish(folder, [intake.prepare(request(files, "round-3", round_=3))])
    assert third["participants"] == 1
    assert ask(folder, "select count(*) from participant where study_id = 'other' and participant_id = 'P01'") == [(1,)]


def test_a_dry_run_of_an_import_tells_what_would_be_kept_out(folder, files):
    withdrawing.withdraw(folder, "round-1", "P01")
    prepared = intake.beside_store(folder, intake.prepare(request(files)))
    assert prepared.report(None)["participants"] == 1


def test_what_people_wrote_about_them_elsewhere_is_told_with_its_place(folder):
    ledger.append(folder, Decision("round-1", "V1", "adopt", "the team", "because P01 does it"))
    ledger.append(folder, Decision("round-1", "V1", "adopt", "the team", "because P010 does it"))
    (folder / "talks").mkdir()
    (folder / "talks" / "round-1.json").write_text(f'{{"quote": "{THEIRS}"}}', encoding="utf-8")
    report = withdrawing.withdraw(folder, "round-1", "P01")
    assert report["named_elsewhere"] == ["decisions.jsonl, line 1"]
    assert report["words_found_in"] == ["talks/round-1.json"]


def test_their_uncoded_sentences_are_searched_for_as_well_however_a_file_writes_them(folder):
    spaced = SILENT.replace(" ", "\n", 1).replace(" ", "  ", 2)
    ledger.append(folder, Decision("round-1", "V1", "adopt", "the team", f'They said "{spaced}".'))
    report = withdrawing.withdraw(folder, "round-1", "P01")
    assert report["words_found_in"] == ["decisions.jsonl"]
    assert report["searched_for"] == 2  # their quote, and the sentence that nobody coded


def test_what_an_interviewer_asks_everybody_tells_nobody():
    asked, own = "How do you begin a session on video?", "I ring them up first, whatever the routine says."
    words = traces.words_of([], [f"{asked} {own}\nYes."], [f"{asked} I do not."])
    assert words == ["I ring them up first, whatever the routine says"]


def test_a_voice_is_named_as_a_word_and_not_as_a_part_of_one():
    lines = ["P1.docx\tab12", "P10.csv\tP1a", "07f7\tx"]
    assert withdrawn.unnamed(lines, ["P1"])[:-1] == ("P10.csv\tP1a", "07f7\tx")
    assert withdrawn.unnamed(lines, ["7"]) == tuple(lines)


def test_a_talk_that_others_speak_in_loses_its_text_and_keeps_their_quotes(folder):
    connection = store.open_generation(generations.current(folder))
    tables = store.rows_of(connection, "round-1")
    connection.close()
    for row in (*tables["document"], *tables["excerpt"]):
        row["document_id"] = "d1"
    tables["document"] = [tables["document"][0] | {"participant_id": "", "name": "Focus group"}]
    rows = {name: [tuple(row.values()) for row in table] for name, table in tables.items()}
    log = ("round-1", datetime(2026, 5, 7), "x", "y", "z", *[0] * 8, "", "", "import")
    store.publish(folder, {"round-1": rows}, {"round-1": log})
    report = withdrawing.withdraw(folder, "round-1", "P01")
    assert report["transcripts_emptied"] == ["Focus group"]
    assert ask(folder, "select name, text from document where study_id = 'round-1'") == [("Focus group", "")]
    assert ask(folder, "select text, start_at, end_at from excerpt where study_id = 'round-1'") == [
        (OTHERS, None, None)
    ]


@pytest.mark.parametrize(
    ("study", "voice", "message"),
    [
        ("rund-1", "P01", "There is no study 'rund-1'. Did you mean 'round-1'?"),
        ("round-1", "P1", "There is no voice 'P1' in 'round-1'. Did you mean 'P01'?"),
    ],
)
def test_a_wrong_name_is_refused(folder, study, voice, message):
    with pytest.raises(GapError, match=message.replace("?", r"\?")):
        withdrawing.withdraw(folder, study, voice)
    assert len(names_left(folder)) == 3


def test_a_second_withdrawal_says_that_it_was_done(folder):
    withdrawing.withdraw(folder, "round-1", "P01")
    with pytest.raises(GapError, match="P01 has withdrawn from 'round-1' already"):
        withdrawing.withdraw(folder, "round-1", "P01")


def test_an_older_file_that_cannot_be_removed_is_told(folder, monkeypatch):
    monkeypatch.setattr(generations, "_drop", lambda _path: None)
    with pytest.raises(StoreProblem, match=r"cannot be removed: gen-00000\d"):
        withdrawing.withdraw(folder, "round-1", "P01")
    monkeypatch.undo()
    shipped_studies.ensure_store(folder)
    assert names_left(folder) == ["gen-000004.duckdb"]


# --- killed at any moment ---------------------------------------------------------------------------------

KILLED = """
import os, signal, sys
from pathlib import Path
from dashboard import generations, store, withdrawing
owner, name, when = sys.argv[2:]
real = getattr({"generations": generations, "store": store, "Path": Path}[owner], name)
def dying(*given, **named):
    if when == "after":
        real(*given, **named)
    os.kill(os.getpid(), signal.SIGKILL)
setattr({"generations": generations, "store": store, "Path": Path}[owner], name, dying)
withdrawing.withdraw(Path(sys.argv[1]), "round-1", "P01")
"""


@pytest.mark.parametrize(
    ("moment", "happened"),
    [
        (("store", "_insert", "after"), False),
        (("generations", "reveal", "before"), False),
        (("Path", "rename", "after"), False),
        (("Path", "replace", "after"), True),
        (("generations", "_drop", "after"), True),
    ],
)
def test_killed_at_any_moment_it_has_happened_or_it_has_not(folder, moment, happened):
    ended = subprocess.run([sys.executable, "-c", KILLED, str(folder), *moment], check=False)
    assert ended.returncode == -signal.SIGKILL
    shipped_studies.ensure_store(folder)
    voices = ask(folder, "select participant_id from participant where study_id = 'round-1' order by all")
    assert voices == ([("P02",)] if happened else [("P01",), ("P02",)])
    if not happened:
        withdrawing.withdraw(folder, "round-1", "P01")
    assert len(names_left(folder)) == 1
    assert holds(folder, THEIRS, SILENT) == cells_with(folder, THEIRS, SILENT) == []


# --- by command -------------------------------------------------------------------------------------------


def run(monkeypatch, capsys, *arguments):
    monkeypatch.setattr(sys, "argv", ["beyond", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    printed = capsys.readouterr()
    return ended.value.code, printed.out, printed.err


def test_the_command_does_it_once_it_is_told_that_it_cannot_be_undone(folder, monkeypatch, capsys):
    given = ("withdraw", "P01", "--study", "round-1", "--store", folder)
    code, out, err = run(monkeypatch, capsys, *given)
    assert (code, out) == (2, "")
    assert "A withdrawal cannot be undone, so it is not done unasked. Add --yes, or --dry-run." in err
    assert len(names_left(folder)) == 3
    code, out, _err = run(monkeypatch, capsys, *given, "--dry-run")
    assert (code, out.splitlines()[0]) == (0, "nothing changed (dry run)")
    code, out, _err = run(monkeypatch, capsys, *given, "--yes", "--json")
    assert (code, json.loads(out)["generation"]) == (0, 4)
    assert len(names_left(folder)) == 1
