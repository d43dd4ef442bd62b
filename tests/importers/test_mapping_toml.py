"""A mapping that is written reads back as it was: the page saves what the command reads."""

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from dashboard import model
from dashboard.importers.column_mapping import Columns
from dashboard.importers.mapping_file import CodeRule, FunctionRule, Mapping, read_mapping
from dashboard.importers.mapping_toml import as_toml

SHIPPED = Path(__file__).parent / "mapping_psych_synthetic.toml"

text = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
word = text.map(str.strip).filter(bool)
path = text.map(lambda found: found.strip("/ ")).filter(lambda found: bool(found.strip("/ ")) and bool(found.strip()))
sets = st.fixed_dictionaries(
    {},
    optional={
        "component": word, "step": word, "frame_nature": word, "reason": word,
        "stance": st.sampled_from(model.STANCES), "effect": st.sampled_from(model.EFFECTS),
        "phase": st.sampled_from(model.PHASES), "alliance_aspect": st.sampled_from(model.ALLIANCE_ASPECTS),
        "fidelity": st.sampled_from(model.FIDELITIES),
        "resilience_potential": st.sampled_from(model.RESILIENCE_POTENTIALS),
    },
)  # fmt: skip
rule = st.builds(CodeRule, path, sets, st.sampled_from([None, True, False]))
function = st.builds(
    FunctionRule,
    word.map(lambda name: " ".join(name.split())),
    st.fixed_dictionaries({}, optional={"component": word, "step": word, "issuer": word}),
)
columns = st.builds(
    Columns, document=word, quote=word, code=st.lists(word, min_size=1, max_size=3, unique=True).map(tuple)
)
mapping = st.builds(
    Mapping,
    st.just("m.toml"),
    st.sampled_from(["case", "document", "set"]),
    st.dictionaries(text, word, max_size=4),
    st.lists(rule, max_size=5, unique_by=lambda r: r.path).map(tuple),
    st.none() | columns,
    st.lists(function, max_size=3, unique_by=lambda r: r.name).map(tuple),
)


@given(mapping)
def test_what_is_written_reads_back_equal(made):
    assert read_mapping(as_toml(made).encode(), "m.toml") == made


def test_the_study_team_s_own_file_is_kept():
    read = read_mapping(SHIPPED)
    assert read_mapping(as_toml(read).encode(), read.name) == read


def test_notes_are_comments_and_change_nothing():
    made = Mapping("m.toml", codes=(CodeRule("A/b", {"stance": "adapted"}, True),))
    written = as_toml(made, {"A/b": 'near "Check\n[[code]]" of V01'})
    assert written.splitlines()[-6:] == [
        '# near "Check', '# [[code]]" of V01', "[[code]]", 'path = "A/b"', 'set = { stance = "adapted" }',
        "practice = true",
    ]  # fmt: skip
    assert replace(read_mapping(written.encode(), "m.toml")) == made
