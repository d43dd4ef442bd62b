"""QualCoder's own database: what its exchange file loses is here."""

import pytest

from dashboard.importers import qualcoder, refi_qda, sniff
from tests.importers.databases import database

TEXT = "Å, vi ringer 📞 först. Sedan video."
TODAY = """
create table project (databaseversion text, about text, codername text);
create table source (id integer primary key, name text, fulltext text, mediapath text, memo text, owner text);
create table code_cat (catid integer primary key, name text, memo text, supercatid integer);
create table code_name (cid integer primary key, name text, memo text, catid integer, color text, supercid integer);
create table code_text (ctid integer primary key, cid integer, fid integer, seltext text, pos0 integer, pos1 integer,
    owner text, memo text, important integer);
create table cases (caseid integer primary key, name text, memo text);
create table case_text (id integer primary key, caseid integer, fid integer, pos0 integer, pos1 integer);
create table attribute (attrid integer primary key, name text, attr_type text, value text, id integer);
create table annotation (anid integer primary key, fid integer, memo text);
create table journal (jid integer primary key, jentry text);
create table code_image (imid integer primary key, id integer, cid integer);
create table code_av (avid integer primary key, id integer, cid integer);
"""
VERSION_8 = """
create table project (databaseversion text, about text);
create table source (id integer primary key, name text, fulltext text, owner text);
create table code_cat (catid integer primary key, name text, memo text, supercatid integer);
create table code_name (cid integer primary key, name text, memo text, catid integer, color text);
create table code_text (cid integer, fid integer, seltext text, pos0 integer, pos1 integer, owner text, memo text,
    ctid integer);
create table cases (caseid integer primary key, name text);
create table case_text (id integer primary key, caseid integer, fid integer, pos0 integer, pos1 integer);
"""


def coded(words, code=1, *, source=1, owner="siri", memo="", moved=0, seltext=None):
    start = TEXT.index(words) + moved
    return {
        "cid": code, "fid": source, "seltext": words if seltext is None else seltext, "pos0": start,
        "pos1": start + len(words), "owner": owner, "memo": memo,
    }  # fmt: skip


def project(*codings, schema=TODAY, **more):
    rows = {
        "project": [{"databaseversion": "v17", "about": "QualCoder 4.0"}],
        "source": [{"id": 1, "name": "P01.txt", "fulltext": TEXT, "owner": "siri"}],
        "code_cat": [{"catid": 1, "name": "Video", "memo": "A tool"}, {"catid": 2, "name": "Start", "supercatid": 1}],
        "code_name": [{"cid": 1, "name": "phone", "memo": "By phone", "catid": 2, "color": "#F00"},
                      {"cid": 2, "name": "free", "memo": None}],
    }  # fmt: skip
    return database(schema, **{**rows, "code_text": codings, **more})


def read(*codings, **more):
    return qualcoder.read(project(*codings, **more), "data.qda")


def test_words_memos_coders_and_the_tree_of_codes():
    bundle = read(coded("ringer 📞 först", memo="why"), coded("ringer 📞 först", 2, owner="ola"), coded("video"))
    assert bundle.producer == "QualCoder 4.0"
    assert [(e.text, e.verification, e.memo) for e in bundle.excerpts] == [
        ("ringer 📞 först", "verified", "why"), ("video", "verified", "")
    ]  # fmt: skip
    assert [(c.excerpt_id, c.code_path, c.coder) for c in bundle.codings] == [
        ("e1", "Video/Start/phone", "coder 1"), ("e1", "free", "coder 2"), ("e2", "Video/Start/phone", "coder 1")
    ]  # fmt: skip
    assert [(c.path, c.description, c.is_codable, c.colour, c.theme) for c in bundle.codes] == [
        ("free", "", True, "", ""), ("Video", "A tool", False, "", ""), ("Video/Start", "", False, "", "Video"),
        ("Video/Start/phone", "By phone", True, "#F00", "Video"),
    ]  # fmt: skip
    assert (bundle.quotes_verified, bundle.quotes_total) == (3, 3)


def test_an_old_version_without_todays_columns_is_read():
    assert [e.text for e in read(coded("ringer"), schema=VERSION_8).excerpts] == ["ringer"]


def test_a_code_below_a_code_and_one_in_a_ring():
    codes = [{"cid": 1, "name": "a", "catid": None, "supercid": None}, {"cid": 2, "name": "b", "supercid": 1},
             {"cid": 3, "name": "c", "supercid": 4}, {"cid": 4, "name": "d", "supercid": 3}]  # fmt: skip
    assert [c.path for c in read(code_name=codes, code_cat=[]).codes] == ["a", "a/b", "c", "c/d"]


def test_a_text_edited_after_coding_is_quoted_by_its_words():
    bundle = read(coded("Å, vi"), coded("ringer", moved=-4), coded("video", seltext="gone from the text"))
    assert [(e.text, e.verification) for e in bundle.excerpts] == [
        ("Å, vi", "verified"), ("ringer", "verified"), ("gone from the text", "not_verified")
    ]  # fmt: skip
    assert (bundle.quotes_verified, bundle.quotes_total) == (2, 3)


def test_words_that_stand_twice_are_not_guessed():
    source = [{"id": 1, "name": "P01", "fulltext": "ringa och ringa och skriva"}]
    codings = [{"cid": 1, "fid": 1, "seltext": "ringa", "pos0": 2, "pos1": 7, "owner": ""},
               {"cid": 1, "fid": 1, "seltext": "skriva", "pos0": 20, "pos1": 26, "owner": ""}]  # fmt: skip
    found = {(e.text, e.start, e.verification) for e in read(*codings, source=source).excerpts}
    assert found == {("ringa", None, "not_verified"), ("skriva", 20, "verified")}


def test_a_mark_at_the_start_and_crlf_in_the_text():
    text = "\ufeffett\r\ntvå\r\ntre"
    codings = [{"cid": 1, "fid": 1, "seltext": w, "pos0": text.index(w), "pos1": text.index(w) + 3, "owner": ""}
               for w in ("ett", "två", "tre")]  # fmt: skip
    bundle = read(*codings, source=[{"id": 1, "name": "P01", "fulltext": text}])
    assert [(e.text, e.verification) for e in bundle.excerpts] == [(w, "verified") for w in ("ett", "två", "tre")]
    assert bundle.documents[0].text == "ett\ntvå\ntre"


def test_cases_with_attributes_of_cases_and_of_files():
    more = {
        "source": [{"id": n, "name": f"P0{n}.txt", "fulltext": TEXT} for n in (1, 2, 3)],
        "cases": [{"caseid": 7, "name": "Anna"}, {"caseid": 8, "name": "P02"}],
        "case_text": [{"caseid": 7, "fid": 1, "pos0": 0, "pos1": 30}, {"caseid": 7, "fid": 99, "pos0": 0, "pos1": 0}],
        "attribute": [
            {"name": "clinic", "attr_type": "case", "value": "Oslo", "id": 7},
            {"name": "years", "attr_type": "case", "value": "", "id": 7},
            {"name": "held", "attr_type": "file", "value": "by video", "id": 1},
            {"name": "held", "attr_type": "file", "value": "in person", "id": 3},
        ],
    }
    bundle = read(**more)
    assert [(c.name, dict(c.attributes), c.document_ids) for c in bundle.cases] == [
        ("Anna", {"held": "by video", "clinic": "Oslo", "years": ""}, ("d1",)),
        ("P02", {}, ("d2",)),
        ("P03", {"held": "in person"}, ("d3",)),
    ]
    assert any("links none: P02 → P02.txt" in w for w in bundle.warnings)


def test_what_has_no_text_or_no_code_is_counted():
    more = {
        "source": [{"id": 1, "name": "P01", "fulltext": TEXT}, {"id": 2, "name": "film.mp4", "fulltext": None}],
        "code_av": [{"id": 2, "cid": 1}], "annotation": [{"fid": 1}], "journal": [{"jentry": "a day"}],
    }  # fmt: skip
    bundle = read(coded("ringer"), coded("video", 77), coded("video", source=66), **more)
    assert len(bundle.documents) == len(bundle.excerpts) == 1
    assert bundle.warnings == (
        "1 source without text and 1 coding of pictures, sound or film left out: only text can be quoted.",
        "2 codings of codes or sources that are no longer there left out.",
        "2 annotations and journals left out.",
    )


def test_no_owner_and_no_path_comes_along():
    source = [{"id": 1, "name": "P01", "fulltext": TEXT, "owner": "siri", "mediapath": "docs:/home/siri/P01.txt"}]
    assert "siri" not in repr(read(coded("ringer"), source=source)).casefold()


@pytest.fixture
def database_and_export(real):
    data = (real / "qualcoder" / "psych_synthetic.qda" / "data.qda").read_bytes()
    export = (real / "qualcoder" / "psych_synthetic_lf.qdpx").read_bytes()
    assert sniff.kind_of(data, "x") == "qualcoder"
    return qualcoder.read(data, "data.qda"), refi_qda.read(export, "psych_synthetic_lf.qdpx")


def test_the_real_database_has_fifteen_of_fifteen_quotes(database_and_export):
    bundle, _export = database_and_export
    assert bundle.producer == "QualCoder 4.0 Beta"
    assert (bundle.quotes_verified, bundle.quotes_total) == (15, 15)
    assert (len(bundle.documents), len(bundle.codes), len(bundle.excerpts), len(bundle.codings)) == (3, 16, 7, 15)
    assert {c.coder for c in bundle.codings} == {"coder 1", "coder 2"}


def test_the_real_database_and_its_export_are_one_study_so_one_mapping_serves_both(database_and_export):
    bundle, export = database_and_export
    assert (bundle.codes, bundle.documents, bundle.cases) == (export.codes, export.documents, export.cases)
    said, exported = ({(e.document_id, e.start, e.end, e.text, e.memo) for e in b.excerpts} for b in (bundle, export))
    assert said == exported
    assert not any("of the same name" in w for w in bundle.warnings), "the database keeps the links"
