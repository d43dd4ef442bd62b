"""RQDA projects, in the tables that RQDA makes: nothing in them is ever deleted, only marked."""

from dashboard.importers import rqda, sniff
from tests.importers.databases import database

TEXT = "Å, vi ringer 📞 först. Sedan video."
SCHEMA = """
create table project (databaseversion text, date text, dateM text, memo text, about text, imageDir text);
create table source (name text, id integer, file text, memo text, owner text, date text, dateM text, status integer);
create table freecode (name text, memo text, owner text, date text, dateM text, id integer, status integer, color text);
create table codecat (name text, cid integer, catid integer, owner text, date text, dateM text, memo text,
    status integer);
create table treecode (cid integer, catid integer, date text, dateM text, memo text, status integer, owner text);
create table filecat (name text, fid integer, catid integer, owner text, date text, dateM text, memo text,
    status integer);
create table treefile (fid integer, catid integer, date text, dateM text, memo text, status integer, owner text);
create table coding (cid integer, fid integer, seltext text, selfirst real, selend real, status integer, owner text,
    date text, memo text);
create table coding2 (cid integer, fid integer, seltext text, selfirst real, selend real, status integer);
create table cases (name text, memo text, owner text, date text, dateM text, id integer, status integer);
create table caselinkage (caseid integer, fid integer, selfirst real, selend real, status integer, owner text);
create table attributes (name text, status integer, class text);
create table caseAttr (variable text, value text, caseID integer, status integer);
create table fileAttr (variable text, value text, fileID integer, status integer);
create table journal (name text, journal text, status integer);
create table annotation (fid integer, position integer, annotation text, owner text, status integer);
create table image (name text, id integer, status integer);
create table imageCoding (cid integer, iid integer, x1 integer, status integer);
"""


def coded(words, code=1, *, source=1, status=1, owner="siri"):
    start = TEXT.index(words)
    return {"cid": code, "fid": source, "seltext": words, "selfirst": float(start), "selend": float(start + len(words)),
            "status": status, "owner": owner}  # fmt: skip


def project(*codings, **more):
    rows = {
        "source": [{"id": 1, "name": "P01", "file": TEXT, "owner": "siri", "status": 1},
                   {"id": 2, "name": "P02 old", "file": TEXT, "status": 0}],
        "freecode": [{"id": 1, "name": "phone", "memo": "By phone", "status": 1},
                     {"id": 2, "name": "free", "status": 1}, {"id": 3, "name": "gone", "status": 0}],
        "codecat": [{"catid": 1, "name": "Video", "memo": "A tool", "status": 1},
                    {"catid": 2, "name": "Ways out", "status": 1}, {"catid": 3, "name": "Gone", "status": 0}],
        "treecode": [{"cid": 1, "catid": 1, "status": 1}, {"cid": 1, "catid": 2, "status": 1},
                     {"cid": 2, "catid": 2, "status": 0}],
    }  # fmt: skip
    return database(SCHEMA, **{**rows, "coding": codings, **more})


def read(*codings, **more):
    return rqda.read(project(*codings, **more), "study.rqda")


def test_codings_by_code_points_with_their_coders():
    bundle = read(coded("ringer 📞 först"), coded("ringer 📞 först", 2, owner="ola"), coded("video"))
    assert [(e.text, e.verification) for e in bundle.excerpts] == [
        ("ringer 📞 först", "verified"),
        ("video", "verified"),
    ]
    assert [(c.excerpt_id, c.code_path, c.coder) for c in bundle.codings] == [
        ("e1", "Video/phone", "coder 1"), ("e1", "free", "coder 2"), ("e2", "Video/phone", "coder 1")
    ]  # fmt: skip
    assert (bundle.producer, bundle.quotes_verified, bundle.quotes_total) == ("RQDA", 3, 3)


def test_a_code_in_two_categories_stands_in_the_first_and_in_a_set_of_each():
    bundle = read()
    assert [(c.path, c.description, c.is_codable) for c in bundle.codes] == [
        ("free", "", True), ("Video", "A tool", False), ("Video/phone", "By phone", True), ("Ways out", "", False)
    ]  # fmt: skip
    assert bundle.code_sets == {"Video": ("Video/phone",), "Ways out": ("Video/phone",)}


def test_what_was_deleted_in_rqda_stays_out_with_a_count():
    bundle = read(coded("ringer"), coded("video", status=0), coded("video", 3), coded("video", source=2))
    assert [d.name for d in bundle.documents] == ["P01"]
    assert [e.text for e in bundle.excerpts] == ["ringer"]
    assert bundle.warnings == ("3 codings deleted in RQDA but still in the file left out.",)


def test_cases_attributes_and_file_categories():
    bundle = read(
        cases=[{"id": 5, "name": "Anna", "status": 1}, {"id": 6, "name": "Gone", "status": 0}],
        caselinkage=[{"caseid": 5, "fid": 1, "selfirst": 0.0, "selend": 9.0, "status": 1},
                     {"caseid": 5, "fid": 2, "selfirst": 0.0, "selend": 9.0, "status": 1}],
        caseAttr=[{"variable": "clinic", "value": "Oslo", "caseID": 5, "status": 1}],
        fileAttr=[{"variable": "held", "value": "by video", "fileID": 1, "status": 1}],
        filecat=[{"catid": 1, "name": "Round 1", "status": 1}], treefile=[{"fid": 1, "catid": 1, "status": 1}],
    )  # fmt: skip
    assert [(c.name, dict(c.attributes), c.document_ids) for c in bundle.cases] == [
        ("Anna", {"held": "by video", "clinic": "Oslo"}, ("d1",))
    ]
    assert bundle.document_sets == {"Round 1": ("d1",)}


def test_notes_and_pictures_are_counted_and_nobodys_name_comes_along():
    bundle = read(
        coded("ringer"), annotation=[{"fid": 1, "annotation": "a", "owner": "siri", "status": 1}],
        journal=[{"journal": "b", "status": 0}], imageCoding=[{"cid": 1, "iid": 1, "status": 1}],
    )  # fmt: skip
    assert bundle.warnings == (
        "1 coding of pictures left out: only text can be quoted.", "1 annotation or journal left out.",
    )  # fmt: skip
    assert "siri" not in repr(bundle).casefold()


def test_its_kind_is_told_by_its_tables_and_an_early_version_lacks_many():
    early = database(
        "create table source (name text, id integer, file text, memo text, status integer);"
        "create table freecode (name text, memo text, id integer, status integer);"
        "create table coding (cid integer, fid integer, seltext text, selfirst real, selend real, status integer);",
        source=[{"id": 1, "name": "P01", "file": TEXT, "status": 1}],
        freecode=[{"id": 1, "name": "phone", "status": 1}],
        coding=[{"cid": 1, "fid": 1, "seltext": "video", "selfirst": 29.0, "selend": 34.0, "status": 1}],
    )
    assert sniff.kind_of(early, "x.db") == sniff.kind_of(project(), "x") == "rqda"
    assert [(e.text, e.verification) for e in rqda.read(early, "x.db").excerpts] == [("video", "verified")]


def test_file_categories_of_one_name_are_one_set():
    bundle = read(
        source=[{"id": 1, "name": "P01", "file": TEXT, "status": 1},
                {"id": 2, "name": "P02", "file": TEXT, "status": 1}],
        filecat=[{"catid": 1, "name": "North", "status": 1}, {"catid": 2, "name": "North", "status": 1}],
        treefile=[{"fid": 1, "catid": 1, "status": 1}, {"fid": 2, "catid": 2, "status": 1}],
    )  # fmt: skip
    assert bundle.document_sets == {"North": ("d1", "d2")}
