"""Codebooks, spans and codings drawn at random, against the second implementation; and alpha as it is published."""

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dashboard.measures import MEASURES, code_co_occurrence
from dashboard.measures.agreement import nominal_alpha
from dashboard.model import Code, Coding, Document, Excerpt
from tests.measures import naive_themes
from tests.measures.test_measures_equal_naive import RANDOM, about, built, case_of, examples, plain

NAMES = ("a", "b", "å")
CODERS = ("", "coder 1", "coder 2", "coder 3")


def codebook(*paths, folders=()):
    """Return codes by their paths; one whose parent is not among them stands on top."""
    return tuple(
        Code(path, path.rpartition("/")[2], path.rpartition("/")[0], is_codable=path not in folders,
             theme=path.partition("/")[0] if "/" in path else "", name_sv=f"sv {path}" if "å" in path else "")
        for path in paths
    )  # fmt: skip


def analysed(codes, excerpts, codings, base=None):
    """Return a case with this analysis in its bundle."""
    case = base or case_of()
    documents = tuple(Document(f"d{n}", f"T{n}", "", "") for n in (1, 2))
    return replace(
        case,
        bundle=replace(case.bundle, documents=documents, codes=codes, excerpts=tuple(excerpts), codings=tuple(codings)),
    )


def excerpt(number, start=None, end=None, document="d1", voice="P1"):
    return Excerpt(f"e{number}", document, start, end, "words", participant_id=voice)


@st.composite
def analyses(draw):
    """Draw at most 12 codes in three levels, 10 excerpts that may overlap or have no place, and 40 codings."""
    one = st.sampled_from
    tops = draw(st.lists(one(NAMES), max_size=3, unique=True))
    paths = list(tops)
    for _level in range(2):
        pairs = [f"{above}/{name}" for above in paths for name in NAMES if above.count("/") == _level]
        paths += draw(st.lists(one(pairs), max_size=5, unique=True)) if pairs else []
    excerpts = []
    for number in range(draw(st.integers(0, 10))):
        start = draw(st.one_of(st.none(), st.integers(0, 12)))
        end = None if start is None else start + draw(st.integers(1, 6))
        excerpts.append(excerpt(number, start, end, draw(one(("d1", "d2"))), draw(one(("", "P1", "P2", "P3")))))
    said = st.builds(Coding, one([e.excerpt_id for e in excerpts] or [""]), one(paths or [""]), one(CODERS))
    codings = draw(st.lists(said, max_size=40, unique=True)) if paths and excerpts else []
    return analysed(codebook(*paths), excerpts, codings)


@settings(RANDOM, max_examples=examples(100))
@given(case=analyses(), sides=st.tuples(*[st.sampled_from(("", "a", "b", "a/å", "none"))] * 2))
@example(case=analysed((), (), ()), sides=("", ""))
@example(case=analysed(codebook("a", "a/b"), (), ()), sides=("", "a"))
@example(case=analysed(codebook("gone/a", "b"), [excerpt(1)], [Coding("e1", "gone/a")]), sides=("", "gone"))
def test_the_analysis_equals_its_naive_twin(case, sides):
    connection = built(case)
    for name in ("voice_by_code", "coder_agreement", "new_by_interview"):
        expected = getattr(naive_themes, name)(case.study, case.bundle, case.filters)
        assert plain(MEASURES[name](connection, case.filters)) == about(expected), name
    for down, across in (("", ""), sides):
        expected = naive_themes.code_co_occurrence(case.study, case.bundle, case.filters, down, across)
        found = plain(code_co_occurrence(connection, case.filters, down, across))
        assert found == about(expected), (down, across)
        assert all(row["c"] is None or 0 <= row["c"] <= 1 for row in found)
    connection.close()


@settings(RANDOM, max_examples=examples(50))
@given(case=analyses())
def test_a_folder_against_itself_is_symmetric(case):
    connection = built(case)
    found = {(r["down_id"], r["across_id"]): (r["n_both"], r["n_voices_both"], r["c"]) for r in
             plain(code_co_occurrence(connection, case.filters))}  # fmt: skip
    connection.close()
    assert all(found[across, down] == value for (down, across), value in found.items())
    assert not any(down == across for down, across in found)


# --- alpha --------------------------------------------------------------------------------------------------

# K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011): A, two observers and ten binary units; C, four
# observers and twelve units with values missing.
TWO_BINARY = ("0100000000", "1110010010")
FOUR_WITH_MISSING = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")


def units_of(*observers):
    columns = zip(*observers, strict=True)
    return [({value: column.count(value) for value in set(column) - {"."}}, 1) for column in columns]


@pytest.mark.parametrize(("observers", "published"), [(TWO_BINARY, 0.095), (FOUR_WITH_MISSING, 0.743)])
def test_alpha_is_what_krippendorff_prints(observers, published):
    assert nominal_alpha(units_of(*observers)) == pytest.approx(published, abs=5e-4)
    assert naive_themes.alpha([[v for v in column if v != "."] for column in zip(*observers, strict=True)]) == (
        pytest.approx(published, abs=5e-4)
    )


@settings(RANDOM, max_examples=examples(100))
@given(units=st.lists(st.lists(st.sampled_from("abc"), max_size=5), max_size=8))
def test_alpha_by_coincidences_is_alpha_pair_by_pair(units):
    counted = [({value: unit.count(value) for value in unit}, 1) for unit in units]
    assert nominal_alpha(counted) == pytest.approx(naive_themes.alpha(units))


def test_units_alike_may_be_counted_together():
    apart = [({"yes": 1, "no": 1}, 1)] * 3 + [({"yes": 2}, 1)] * 2
    assert nominal_alpha([({"yes": 1, "no": 1}, 3), ({"yes": 2}, 2)]) == nominal_alpha(apart)


@pytest.mark.parametrize(
    "units",
    [[], [({"yes": 1, "no": 1}, 1)], [({"yes": 2}, 5)], [({"yes": 1}, 1), ({"no": 1}, 1)], [({}, 3)]],
    ids=["nothing", "one unit", "all the same", "no unit with two coders", "no values"],
)
def test_alpha_is_not_defined_where_chance_could_mix_nothing_up(units):
    assert nominal_alpha(units) is None


def test_full_agreement_is_one_and_full_disagreement_is_below_chance():
    assert nominal_alpha([({"yes": 2}, 1), ({"no": 2}, 1)]) == 1
    assert nominal_alpha([({"yes": 1, "no": 1}, 4)]) < 0
