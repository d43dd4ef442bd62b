"""The 29 bad inputs that an import must survive, as one table: what is said, and that the store is as it was.

Inputs that are taken with a note stand below the refusals.
"""

import io
import shutil
import stat
import zipfile

import duckdb
import pytest

from dashboard import generations, intake, store, withdrawing
from dashboard.errors import ImportProblem
from dashboard.export.table import as_csv
from dashboard.importers import archive, grid
from dashboard.intake import Upload
from dashboard.measures import DERIVED, MEASURES
from dashboard.model import Filters
from tests.importers.databases import database
from tests.importers.refi import project, qdpx, selection, source

HEADER = "participant,component,stance,step_id,quote\n"
PROTOCOL = "step_id,component,text\nV01,Video calls,Ring\n"
GOOD = f"{HEADER}P1,Video calls,adapted,V01,Yes\nP2,Video calls,as_written,V01,No\n"
TEXT = {"a.txt": "one two three"}
AGAIN = "Export the project again as REFI-QDA (.qdpx) and import that file."
DAMAGED = "Not a valid REFI-QDA project (zip damaged)."
BILLION = '<!DOCTYPE p [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def zipped(*members, packing=zipfile.ZIP_DEFLATED):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", packing) as into:
        for name, content in members:
            into.writestr(name, content)
    return packed.getvalue()


def rows(*lines, header=HEADER):
    return (header + "".join(f"{line}\n" for line in lines)).encode()


def lying():
    content = project().encode() + b" " * 5000
    data = zipped(("p.qde", content))
    return data.replace(len(content).to_bytes(4, "little"), (100).to_bytes(4, "little"))


def linked():
    link = zipfile.ZipInfo("sources/link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    return zipped(("p.qde", project()), (link, "/etc/passwd"))


def encrypted():
    data = bytearray(zipped(("p.qde", project())))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + flags] |= 1
    return bytes(data)


def dangling():
    lost = "".join(selection(4, 7, f"lost-{i}", guid=f"s{i}") for i in range(25))
    return qdpx(project(source(lost)), TEXT)


def at(start, end, texts=TEXT):
    return qdpx(project(source(selection(start, end))), texts)


def database_of_duckdb(tmp_path):
    duckdb.connect(str(tmp_path / "a.duckdb")).close()
    return (tmp_path / "a.duckdb").read_bytes()


def workbook(*members):
    return zipped(("[Content_Types].xml", "x"), ("xl/workbook.xml", "x"), *members)


# Number and name, the file's name, how its bytes are made, and how the message begins.
REFUSED = [
    ("01 empty file", "a.csv", lambda: b"", "a.csv: The file is empty. Export it again."),
    ("01 empty project", "a.qdpx", lambda: b"\r\n", "a.qdpx: The file is empty. Export it again."),
    ("02 no zip", "a.qdpx", lambda: b"words",
     "a.qdpx: Not a valid REFI-QDA project or workbook (zip damaged). Export it again."),
    ("02 truncated zip", "a.qdpx", lambda: qdpx(project())[:-30], f"a.qdpx: {DAMAGED} Export or copy it again."),
    ("03 zip bomb", "a.qdpx", lambda: zipped(("p.qde", project()), ("sources/a.txt", bytes(60 * 2**20))),
     "a.qdpx: The zip unpacks to more than 100 times its size and more than 50 MB: this is how a zip bomb looks. "
     + AGAIN),
    ("04 lying sizes", "a.qdpx", lying, f"a.qdpx, p.qde: {DAMAGED} {AGAIN}"),
    ("05 nested zip", "a.zip", lambda: zipped(("inner.qdpx", qdpx(project()))),
     "a.zip: A project is packed within this zip: inner.qdpx. Unpack it first."),
    *[(f"06 name {what}", "a.qdpx", lambda name=name: zipped(("p.qde", project()), (name, b"x")),
       f"a.qdpx, {name}: A member's name leads outside the project. {AGAIN}")
      for what, name in (("upwards", "../evil.txt"), ("absolute", "/etc/passwd"), ("drive", "C:\\evil.txt"))],
    ("07 symbolic link", "a.qdpx", linked, f"a.qdpx, sources/link.txt: A member is a symbolic link. {AGAIN}"),
    ("08 two projects", "a.qdpx", lambda: zipped(("a.qde", project()), ("b.qde", project())),
     "a.qdpx: Expected exactly one project file (*.qde) at the root of the zip, found 2 (at the root: a.qde, b.qde). "
     + AGAIN),
    ("08 same name twice", "a.qdpx", lambda: zipped(("project.qde", project()), ("Project.qde", project())),
     f"a.qdpx, Project.qde: Two members have the same name. {AGAIN}"),
    ("09 encrypted zip", "a.qdpx", encrypted,
     "a.qdpx, p.qde: The zip is encrypted. Export the project without a password."),
    ("10 billion laughs", "a.qdpx", lambda: qdpx(BILLION + project()), "a.qdpx: DTD not allowed"),
    ("11 entity from a file", "a.qdpx",
     lambda: qdpx('<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + project()), "a.qdpx: DTD not allowed"),
    ("11 external DTD", "a.qdpx", lambda: qdpx('<!DOCTYPE p SYSTEM "http://127.0.0.1/evil.dtd">' + project()),
     "a.qdpx: DTD not allowed"),
    ("12 nested tags", "a.qdpx", lambda: qdpx("<Project>" + "<a>" * 200_000 + "</a>" * 200_000),
     "a.qdpx: The project XML is nested deeper than 100 levels. Export the project again as REFI-QDA (.qdpx)."),
    ("13 wrong root", "a.qdpx", lambda: qdpx("<html/>"),
     "a.qdpx: Expected a REFI-QDA project (root element Project"),
    ("13 wrong version", "a.qdpx", lambda: qdpx(project(namespace="urn:example:project:9.0")),
     "a.qdpx: Expected a REFI-QDA project (root element Project"),
    ("14 codes that are not there", "a.qdpx", dangling,
     "a.qdpx: 25 codings refer to a code that is not in the codebook: lost-0 in P01.txt 4–7, lost-1"),
    ("15 outside the text", "a.qdpx", lambda: at(4, 99), "a.qdpx: 1 selection lies outside its text or ends before"),
    ("15 end before start", "a.qdpx", lambda: at(7, 4), "a.qdpx: 1 selection lies outside its text or ends before"),
    ("15 UTF-16 beyond the end", "a.qdpx", lambda: at(0, 6, {"a.txt": "one 😅"[:3]}),
     "a.qdpx: 1 selection lies outside its text or ends before"),
    ("16 Latin-1 table", "a.csv", lambda: rows("P1,Video calls,adapted,V01,på").decode().encode("latin-1"),
     "a.csv: The file is not UTF-8: byte 0xE5 on line 2. Save it as “CSV UTF-8” and import it again"),
    ("16 UTF-16 without a mark", "a.csv", lambda: rows("P1,Video calls,adapted,V01,x").decode().encode("utf-16-le"),
     "a.csv: There is a NUL character on line 1. Export it again as text."),
    ("17 NUL in a quote", "a.csv", lambda: rows("P1,Video calls,adapted,V01,a\x00b"),
     "a.csv: There is a NUL character on line 2. Export it again as text."),
    ("18 unclosed quotation mark", "a.csv", lambda: rows('P1,Video calls,adapted,V01,"open'),
     "a.csv: The table cannot be read (unexpected end of data). Check for an unclosed quotation mark."),
    ("19 missing column", "a.csv", lambda: b"participant,component,step_id\nP1,Video calls,V01\n",
     "a.csv: The column 'stance' is missing. Found: participant, component, step_id."),
    ("19 renamed column", "a.csv", lambda: b"participant,component,stanse,step_id\nP1,Video calls,adapted,V01\n",
     "a.csv: The column 'stance' is missing. Found: participant, component, stanse, step_id. Did you mean 'stanse'?"),
    ("19 duplicate column", "a.csv", lambda: rows("P1,Video calls,adapted,V01,x,y", header=f"{HEADER[:-1]},Quote\n"),
     "a.csv: The column 'quote' stands twice. Rename or remove one."),
    ("24 quote beyond the limit", "a.csv", lambda: rows(f"P1,Video calls,adapted,V01,{'x' * 1_000_001}"),
     "a.csv, line 2: A cell has more than 1,000,000 characters. Check for an unclosed quotation mark, or shorten"),
    ("25 component of another step", "a.csv", lambda: rows("P1,Vidoe calls,adapted,V01,x"),
     "a.csv, row 2, column component: The step 'V01' belongs to 'Video calls', not to 'Vidoe calls'."),
    ("25 unknown step", "a.csv", lambda: rows("P1,Video calls,adapted,V1,x"),
     "a.csv, row 2, column step_id: The step 'V1' is not in the protocol. Did you mean 'V01'?"),
    ("25 unknown stance", "a.csv", lambda: rows("P1,Video calls,adaptated,V01,x"),
     "a.csv, row 2, column stance: 'adaptated' is not a known stance. Did you mean 'adapted'?"),
    ("28 SQLite by another name", "a.csv", lambda: database("create table t (x)"),
     "a.csv: This is a program's own database, and not one of"),
    ("28 macros", "a.xlsx", lambda: workbook(("xl/vbaProject.bin", b"\xd0\xcf")),
     "a.xlsx: The workbook holds macros. Save it as .xlsx without them."),
    ("28 external links", "a.xlsx", lambda: workbook(("xl/externalLinks/externalLink1.xml", "<x/>")),
     "a.xlsx: The workbook takes cells from other files (external links). Break the links"),
]  # fmt: skip
# The same for the protocol (row 20, 26) and the participants (row 20).
REFUSED_BESIDE = [
    ("20 step twice", {"protocol": PROTOCOL + "V01,Video calls,Again\n"},
     "protocol.csv: The step 'V01' stands twice, in rows 2 and 3. Give each step an id of its own"),
    ("20 participant twice", {"participants": "participant\nP1\nP2\nP1\n"},
     "participants.csv: The participant 'P1' stands twice, in rows 2 and 4."),
    ("21 consent that says neither", {"participants": "participant,consent\nP1,maybe\nP2,yes\n"},
     "participants.csv, row 2, column consent: 'maybe' is neither yes nor no."),
    *[(f"26 {what}", {"protocol": f"step_id,component,text,year\nV01,Video calls,Ring,{written}\n"},
       f"protocol.csv, row 2, column year: '{written}' {problem}. Write a year (2018) or a day (2018-03-09).")
      for what, written, problem in (
          ("no such day", "2026-02-30", "is not a day of the calendar"),
          ("another format", "03/04/2018", "is not written as YYYY-MM-DD"),
          ("future year", "2999", "lies in the future"),
          ("future day", "2999-01-01", "lies in the future"))],
]  # fmt: skip


def named(table):
    return [pytest.param(*row[1:], id=row[0]) for row in table]


def request(practice=GOOD, study="kept", *, name="a.csv", **beside):
    files = {"protocol": PROTOCOL} | beside
    return intake.Request(
        study,
        [Upload(name, practice if isinstance(practice, bytes) else practice.encode())],
        **{role: Upload(f"{role}.csv", text.encode()) for role, text in files.items()},
    )


def put(folder, *asked):
    return intake.publish(folder, [intake.prepare(one) for one in asked])


def state(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A store with one study, and its files as they were."""
    folder = tmp_path_factory.mktemp("bad") / "store"
    put(folder, request())
    return folder, state(folder)


def refusal(kept, asked):
    folder, before = kept
    with pytest.raises(ImportProblem) as caught:
        put(folder, asked)
    assert state(folder) == before
    assert "CURRENT" in before
    return str(caught.value)


@pytest.mark.parametrize(("name", "make", "message"), named(REFUSED))
def test_it_is_refused_and_the_store_is_as_it_was(kept, name, make, message):
    assert refusal(kept, request(make(), name=name)).startswith(message)


@pytest.mark.parametrize(("beside", "message"), named(REFUSED_BESIDE))
def test_a_table_beside_is_refused_and_the_store_is_as_it_was(kept, beside, message):
    assert refusal(kept, request(**beside)).startswith(message)


def test_14_the_first_twenty_are_listed(kept):
    said = refusal(kept, request(dangling(), name="a.qdpx"))
    assert ("lost-19" in said, "lost-20" in said, "and 5 more" in said) == (True, False, True)


def test_05_and_24_limits_are_said_with_their_number(kept, monkeypatch):
    monkeypatch.setattr(archive, "MEMBER_LIMIT", 3)
    many = zipped(("p.qde", project()), *((f"{n}.txt", "") for n in range(3)))
    said = refusal(kept, request(many, name="a.qdpx"))
    assert said == f"a.qdpx: The zip holds 4 members, more than the limit of 3. {AGAIN}"
    monkeypatch.setattr(grid, "MAX_ROWS", 2)
    assert refusal(kept, request()) == "a.csv: The table has more than 2 rows. Split it into several files."


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.qdpx"])
def test_28_a_duckdb_file_by_another_name(kept, tmp_path, name):
    said = refusal(kept, request(database_of_duckdb(tmp_path), name=name))
    assert said.startswith(f"{name}: A DuckDB file is never opened from outside.")


# --- taken, and what is said of it ------------------------------------------------------------------------

PRIVATE = {"811228-9874": "identity number", "070-174 06 05": "telephone", "anna@example.org": "e mail"}
WORDS = ("=HYPERLINK(1)", "@SUM(A1)", "<script>x</script>", "![x](http://example.org)")
EMOJI = selection(0, 3, quote="one") + selection(7, 10, quote="two", guid="s2")
MARKS = "P1,Video calls,adapted,V01,se\u202eif\u202cty \x07\x1b5 \u200fא"
NO_CONSENT = {"P2": "", "P3": "no", "P4": "withdrawn"}


@pytest.fixture(scope="module")
def taken(kept, tmp_path_factory):
    """Import all that is taken into a copy of the store, in which P2 has withdrawn; return it and the reports."""
    folder = shutil.copytree(kept[0], tmp_path_factory.mktemp("taken") / "store")
    withdrawing.withdraw(folder, "kept", "P2")
    said = "".join(f"{voice},{cell},S\n" for voice, cell in NO_CONSENT.items())
    reports = put(
        folder,
        request(rows(MARKS, *["P1,Video calls,adapted,V01,Yes"] * 2), "noted"),
        request(rows(*[f"P1,Video calls,adapted,V01,Hon sa {data} då" for data in PRIVATE]), "private"),
        request(rows(*[f"P1,Video calls,adapted,V01,{text}" for text in WORDS]), "words"),
        request(
            GOOD + "P3,Video calls,adapted,V01,Maybe\nP4,Video calls,adapted,V01,Never\n",
            "consent",
            participants=f"participant,consent,site\nP1,yes,N\n{said}",
        ),
        request(GOOD + "P3,Video calls,adapted,V01,More\n"),
    )
    connection = store.open_generation(generations.current(folder))
    yield connection, {report["study"]: report["warnings"] for report in reports}
    connection.close()


def ask(taken, study, question):
    return taken[0].execute(f"{question} where study_id = ? order by all", [study]).fetchall()


def quotes(asked):
    return [(excerpt.text, excerpt.verification) for excerpt in intake.prepare(asked).bundle.excerpts]


def test_15_utf16_positions_with_an_emoji_are_read_as_such():
    data = qdpx(project(source(EMOJI)), {"a.txt": "one 😅 two"})
    assert quotes(request(data, name="a.qdpx")) == [("one", "verified"), ("two", "verified")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_16_a_byte_order_mark_is_read(encoding):
    assert quotes(request(GOOD.replace("Yes", "på 😅").encode(encoding)))[0] == ("på 😅", "as_typed")


def test_17_control_and_direction_marks_are_taken_out_and_counted(taken):
    assert "a.csv: 4 control or direction marks taken out of the cells." in taken[1]["noted"]
    assert ask(taken, "noted", "select text from excerpt") == [("Yes",), ("seifty 5 \u200fא",)]


def test_17_marks_in_a_transcript_stay_where_they_stand_and_are_counted():
    data = qdpx(project(source(selection(0, 8, quote="se\u202eif\u202cty"))), {"a.txt": "se\u202eif\u202cty 5"})
    bundle = intake.prepare(request(data, name="a.qdpx")).bundle
    assert [(e.text, e.verification) for e in bundle.excerpts] == [("se\u202eif\u202cty", "verified")]
    assert any(said.startswith("2 control or direction marks in the texts: kept") for said in bundle.warnings)


def test_18_semicolons_decimal_commas_and_lines_in_a_quote():
    table = HEADER.replace(",", ";") + 'P1;Video calls;adapted;V01;"0,5 av\n""dem"""\n'
    assert quotes(request(table)) == [('0,5 av\n"dem"', "as_typed")]


def test_20_the_same_row_twice_counts_once_and_is_told(taken):
    assert "1 row word for word like another row; each was counted once." in taken[1]["noted"]
    assert ask(taken, "noted", "select excerpt_id from practice_voice") == [("e1",), ("e2",)]


def test_21_a_voice_without_consent_is_kept_out_and_counted(taken):
    said = "Participant without consent: 3 rows kept out (3 voices, 3 documents, 3 excerpts, 6 codings)."
    assert said in taken[1]["consent"]
    assert ask(taken, "consent", "select participant_id from participant") == [("P1",)]
    assert ask(taken, "consent", "select name from document") == [("P1",)]
    assert ask(taken, "consent", "select text from excerpt") == [("Yes",)]
    assert ask(taken, "consent", "select attribute, value from participant_attribute") == [("site", "N")]


def test_21_without_a_mapping_nobody_can_be_kept_out_of_a_project(kept):
    people = {"participants": "participant,consent\nP01,no\n"}
    assert refusal(kept, request(qdpx(project(source()), TEXT), name="a.qdpx", **people)) == (
        "participants: Whose words a document holds is not said, so a voice without consent cannot be kept out. "
        "Give a mapping."
    )


def test_21_a_voice_that_withdrew_is_kept_out_and_counted(taken):
    said = "Participant withdrawn: 1 row kept out (1 voice, 1 document, 1 excerpt, 2 codings)."
    assert said in taken[1]["kept"]
    assert ask(taken, "kept", "select participant_id from participant") == [("P1",), ("P3",)]


def test_22_personal_data_is_held_back_with_its_place_and_not_repeated(taken):
    [held] = [warning for warning in taken[1]["private"] if "held back" in warning]
    assert held.startswith("3 quotes with personal data held back for review: ")
    for number, (data, kind) in enumerate(PRIVATE.items(), start=1):
        assert f"e{number} in 'P1' ({kind})" in held
        assert data not in held
    assert ask(taken, "private", "select release_state from excerpt") == [("held",)] * 3


def test_23_words_are_stored_as_they_are_and_neutralised_on_export(taken):
    assert ask(taken, "words", "select text from excerpt") == sorted((text,) for text in WORDS)
    table = as_csv(taken[0].execute("select text from excerpt where study_id = 'words' order by excerpt_id").df())
    assert table.decode("utf-8-sig").splitlines()[1:] == ["'=HYPERLINK(1)", "'@SUM(A1)", *WORDS[2:]]


def test_25_a_component_that_no_step_has_is_told_with_the_nearest():
    said = intake.prepare(request(GOOD + "P1,Vido calls,adapted,,Now and then\n")).bundle.warnings
    assert "The component 'Vido calls' has no step in the protocol. Did you mean 'Video calls'?" in said


def test_27_the_same_files_again_change_nothing(kept):
    folder, before = kept
    [report] = put(folder, request())
    assert report["generation"] == 1
    assert report["warnings"][-1] == "Already imported as generation 1; nothing changed."
    assert state(folder) == before


def test_29_where_all_voices_are_fewer_than_k_it_is_imported_and_what_is_hidden_is_told(taken):
    few = Filters("consent", at_least=2)
    assert MEASURES["practice_by_step"](taken[0], few).empty
    hidden = DERIVED["hidden_practice"](taken[0], few)
    assert list(hidden[["step_id", "n_voices"]].itertuples(index=False, name=None)) == [("V01", 1)]
