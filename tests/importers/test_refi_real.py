"""The truths of real files, which other programs wrote."""

from pathlib import Path

import pytest

from dashboard.errors import ImportProblem
from dashboard.importers import refi_qda

REAL = Path(__file__).resolve().parents[3] / "shared" / "real"
QUALCODER = ("psych_synthetic_lf", "psych_synthetic_crlf_for_maxqda", "psych_synthetic_zero_case_links")


@pytest.fixture
def real():
    if not REAL.is_dir():
        pytest.skip(f"{REAL} is missing: the real files are kept outside the repository")
    return lambda path: refi_qda.read((REAL / path).read_bytes(), path)


def test_nvivo_t1_utf16_with_crlf_as_two(real):
    bundle = real("nvivo/oltas0517.qdpx")
    assert bundle.producer == "NVivo for Windows 12.6"
    counts = (len(bundle.documents), len(bundle.codes), len(bundle.excerpts), len(bundle.codings))
    assert counts == (2, 152, 188, 303)
    assert (bundle.quotes_verified, bundle.quotes_total) == (185, 188)
    assert sum(e.verification == "verified" for e in bundle.excerpts) == 185
    assert len({c.code_path for c in bundle.codings}) == 76
    assert max(code.path.count("/") for code in bundle.codes) == 3
    assert not any("\r" in d.text or "\ufeff" in d.text for d in bundle.documents)


def test_nvivo_t18_no_user_name_and_no_path_comes_along(real):
    bundle = real("nvivo/oltas0517.qdpx")
    assert {c.coder for c in bundle.codings} <= {"coder 1", "coder 2"}
    assert bundle.codings[0].coder == "coder 1"


@pytest.mark.parametrize("name", QUALCODER)
def test_qualcoder_t2_every_quote_is_the_selections_name(real, name):
    bundle = real(f"qualcoder/{name}.qdpx")
    assert bundle.producer == "QualCoder 4.0 Beta"
    assert (bundle.quotes_verified, bundle.quotes_total) == (15, 15)
    counts = (len(bundle.documents), len(bundle.codes), len(bundle.excerpts), len(bundle.codings))
    assert counts == (3, 16, 7, 15)
    assert all(e.verification == "verified" for e in bundle.excerpts)
    assert {c.coder for c in bundle.codings} == {"coder 1", "coder 2"}


@pytest.mark.parametrize("name", QUALCODER)
def test_qualcoder_t14_cases_without_a_link_are_matched_by_name_and_say_so(real, name):
    bundle = real(f"qualcoder/{name}.qdpx")
    assert [(case.name, case.document_ids) for case in bundle.cases] == [
        ("P01", ("d1",)), ("P02", ("d2",)), ("P03", ("d3",))
    ]  # fmt: skip
    assert bundle.cases[0].attributes == {
        "profession": "psychologist",
        "years_in_practice": "12",
        "clinic": "Oslo",
    }
    assert bundle.cases[2].attributes["years_in_practice"] == "", "an empty value stays empty"
    assert any("of the same name" in w and "P01 → P01_psychologist.txt" in w for w in bundle.warnings)


def test_qualcoder_t14_references_to_sources_that_do_not_exist_are_named(real):
    warnings = real("qualcoder/psych_synthetic_zero_case_links.qdpx").warnings
    assert any("3 cases refer to sources" in w and "P01, P02, P03" in w for w in warnings)


def test_qualcoder_paths_themes_memos_and_a_quote_with_an_emoji(real):
    bundle = real("qualcoder/psych_synthetic_crlf_for_maxqda.qdpx")
    codes = {code.path: code for code in bundle.codes}
    workaround = codes["Work-as-done/Variation/workaround"]
    assert (workaround.theme, workaround.parent) == ("Work-as-done", "Work-as-done/Variation")
    assert workaround.description == "differs from WAI"
    assert (codes["Work-as-done"].theme, codes["Work-as-done"].is_codable) == ("", False)
    first = bundle.excerpts[0]
    assert first.text.endswith("hello 👋 and skip the address check.")
    assert first.memo == "trust in known patient"
    assert bundle.documents[0].text[first.start : first.end] == first.text


def test_the_same_study_written_twice_gives_the_same_texts(real):
    lf, crlf = (real(f"qualcoder/{name}.qdpx") for name in QUALCODER[:2])
    assert [d.sha256 for d in lf.documents] == [d.sha256 for d in crlf.documents]
    assert [e.text for e in lf.excerpts] == [e.text for e in crlf.excerpts]


def test_a_codebook_is_not_a_project(real):
    with pytest.raises(ImportProblem, match=r"found CodeBook.*export the whole project"):
        real("qualcoder/Codebook-psych_synthetic.qdc")
