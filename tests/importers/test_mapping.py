"""What a mapping makes of a coded project: its voices, and what each told of which step."""

from pathlib import Path

import pytest

from dashboard.errors import ImportProblem
from dashboard.importers.mapping import apply, read_mapping
from dashboard.model import Bundle, Case, Code, Coding, Document, Excerpt, Step

HERE = Path(__file__).parent
REAL = Path(__file__).resolve().parents[3] / "shared" / "real"

STEPS = (
    Step("V01", "Video calls", "Check the address.", phase="session_start"),
    Step("V02", "Video calls", "Be alone."),
    Step("O01", "Outcome measures", "Weekly PHQ-9."),
)
CODES = (
    "Video calls", "Video calls/privacy", "Video calls/privacy/car", "Video calls/address",
    "Outcome measures", "Variation", "Variation/workaround", "Variation/adaptation", "Other",
)  # fmt: skip


def bundle_of(*excerpts, documents=("P01_talk.txt",), cases=(), sets=None):
    """Return a bundle; each excerpt is the paths of its codes, all of them in the first document."""
    return Bundle(
        "Test", "study.qdpx", "0" * 64,
        documents=tuple(Document(f"d{i}", name, "", "") for i, name in enumerate(documents, start=1)),
        codes=tuple(Code(p, p.rpartition("/")[2], p.rpartition("/")[0]) for p in CODES),
        excerpts=tuple(Excerpt(f"e{i}", "d1", None, None, "words") for i, _ in enumerate(excerpts, start=1)),
        codings=tuple(Coding(f"e{i}", path) for i, paths in enumerate(excerpts, start=1) for path in paths),
        cases=cases,
        document_sets=sets or {},
    )  # fmt: skip


def mapping_of(*rules, participants="case", head=""):
    """Return a mapping; each rule is a path, what it sets, and whatever else the entry says."""
    entries = [f'[[code]]\npath = "{path}"\nset = {{ {sets} }}\n{"".join(more)}' for path, sets, *more in rules]
    return read_mapping(f'participants = "{participants}"\n{head}\n'.encode() + "\n".join(entries).encode(), "m.toml")


def told(bundle, mapping):
    return [(t.step_id or t.component, t.stance, t.practice) for t in apply(bundle, mapping, STEPS).tellings]


WORKAROUND = ("Variation/workaround", 'stance = "worked_around"')
ADAPTATION = ("Variation/adaptation", 'stance = "adapted"')
ADDRESS = ("Video calls/address", 'step = "V01"')
PRIVACY = ("Video calls/privacy", 'step = "V02"')


# --- practice ---------------------------------------------------------------------------------------------


def test_an_excerpt_takes_the_union_of_what_its_codes_set():
    bundle = apply(bundle_of(("Video calls/address", "Variation/workaround")), mapping_of(ADDRESS, WORKAROUND), STEPS)
    [telling] = bundle.tellings
    assert (telling.participant_id, telling.excerpt_id) == ("P01_talk", "e1")
    assert (telling.component, telling.step_id, telling.stance) == ("Video calls", "V01", "worked_around")
    assert telling.phase == "session_start", "the step's phase, where no code sets one"
    assert telling.effect == "not_known"
    assert bundle.steps == STEPS


def test_a_practice_without_a_name_gets_a_readable_one():
    assert told(bundle_of(("Video calls/address", "Variation/workaround")), mapping_of(ADDRESS, WORKAROUND)) == [
        ("V01", "worked_around", "address · worked around")
    ]


def test_the_code_that_sets_practice_names_it_and_a_folder_does_so_for_all_below():
    rules = mapping_of(("Video calls", 'component = "video_calls"', "practice = true"), ADDRESS, WORKAROUND)
    assert told(bundle_of(("Video calls/address", "Variation/workaround")), rules) == [
        ("V01", "worked_around", "address")
    ]


def test_a_folder_stands_for_all_below_it_and_the_most_specific_entry_wins_key_by_key():
    rules = mapping_of(
        ("Video calls", 'component = "video_calls", stance = "adapted", effect = "helps"'),
        ("Video calls/privacy", 'step = "V02", effect = "mixed"'),
        ("Video calls/privacy/car", 'effect = "harms"'),
    )
    bundle = apply(bundle_of(("Video calls/privacy/car",), ("Video calls/address",)), rules, STEPS)
    assert [(t.component, t.step_id, t.stance, t.effect) for t in bundle.tellings] == [
        ("Video calls", "V02", "adapted", "harms"),
        ("Video calls", "", "adapted", "helps"),
    ]


def test_of_two_codes_that_disagree_on_a_quality_the_deeper_counts():
    rules = mapping_of(
        ("Video calls/privacy/car", 'step = "V02", stance = "adapted", effect = "harms"'),
        ("Other", 'effect = "helps"'),
    )
    [telling] = apply(bundle_of(("Other", "Video calls/privacy/car")), rules, STEPS).tellings
    assert telling.effect == "harms"


def test_two_codes_of_equal_depth_that_disagree_are_counted():
    rules = mapping_of(
        ("Video calls/privacy", 'step = "V02", stance = "adapted", effect = "harms"'),
        ("Video calls/address", 'effect = "helps"'),
    )
    bundle = apply(bundle_of(("Video calls/privacy", "Video calls/address")), rules, STEPS)
    assert bundle.tellings[0].effect == "harms"
    assert any("1 excerpt with codes of equal depth that disagree" in w for w in bundle.warnings)


def test_two_steps_and_two_stances_make_a_telling_for_each_combination():
    paths = ("Video calls/address", "Video calls/privacy", "Variation/workaround", "Variation/adaptation")
    found = told(bundle_of(paths), mapping_of(ADDRESS, PRIVACY, WORKAROUND, ADAPTATION))
    assert {(step, stance) for step, stance, _ in found} == {
        (step, stance) for step in ("V01", "V02") for stance in ("worked_around", "adapted")
    }
    assert len(found) == 4


def test_a_code_that_sets_step_and_stance_keeps_the_two_together():
    rules = mapping_of(
        ("Video calls/address", 'step = "V01", stance = "left_out"'),
        ("Video calls/privacy", 'step = "V02", stance = "adapted"'),
    )
    found = told(bundle_of(("Video calls/address", "Video calls/privacy")), rules)
    assert {(step, stance) for step, stance, _ in found} == {("V01", "left_out"), ("V02", "adapted")}


def test_a_component_beside_a_step_of_it_says_nothing_more():
    rules = mapping_of(("Video calls", 'component = "video_calls"'), ADDRESS, WORKAROUND)
    found = told(bundle_of(("Video calls", "Video calls/address", "Variation/workaround")), rules)
    assert [(step, stance) for step, stance, _ in found] == [("V01", "worked_around")]


def test_the_same_code_from_two_coders_is_told_once():
    paths = ("Video calls/address", "Video calls/address", "Variation/workaround")
    assert len(told(bundle_of(paths), mapping_of(ADDRESS, WORKAROUND))) == 1


@pytest.mark.parametrize("written", ["video_calls", "Video calls", "VIDEO CALLS"])
def test_a_component_is_known_by_its_id_or_its_name(written):
    rules = mapping_of(("Other", f'component = "{written}", stance = "added"'))
    assert apply(bundle_of(("Other",)), rules, STEPS).tellings[0].component == "Video calls"


def test_a_component_that_the_protocol_does_not_know_is_kept_with_a_warning():
    bundle = apply(bundle_of(("Other",)), mapping_of(("Other", 'component = "chat", stance = "added"')), STEPS)
    assert bundle.tellings[0].component == "chat"
    assert any("'chat' has no step in the protocol" in w for w in bundle.warnings)


def test_what_the_mapping_left_is_counted():
    bundle = apply(
        bundle_of(("Video calls/address",), ("Variation/workaround",), ("Other",), ()),
        mapping_of(ADDRESS, WORKAROUND),
        STEPS,
    )
    assert not bundle.tellings
    assert any("4 of 4 excerpts left without a practice" in w for w in bundle.warnings)
    assert any("1 excerpt with a component or step but no stance" in w for w in bundle.warnings)
    assert any("1 excerpt with a stance but no component or step" in w for w in bundle.warnings)
    assert any("7 of 9 codes not used by the mapping" in w and "Other" in w for w in bundle.warnings)


# --- voices -----------------------------------------------------------------------------------------------

LINKED = (Case("Anna", {"profession": "nurse"}, ("d1",)), Case("Bo", {}, ("d2",)))


def voices(bundle, mapping):
    applied = apply(bundle, mapping, STEPS)
    return [(p.participant_id, dict(p.attributes)) for p in applied.participants], applied.warnings


def test_a_case_is_a_voice_and_brings_its_attributes():
    found, warnings = voices(bundle_of(documents=("a.txt", "b.txt"), cases=LINKED), mapping_of())
    assert found == [("Anna", {"profession": "nurse"}), ("Bo", {})]
    assert not any("voice" in w for w in warnings)


@pytest.mark.parametrize("name", ["a.txt", "a"])
def test_participant_of_wins_with_or_without_the_extension(name):
    rules = mapping_of(head=f'[participant_of]\n"{name}" = "Bo"')
    found, _ = voices(bundle_of(documents=("a.txt", "b.txt"), cases=LINKED), rules)
    assert found == [("Bo", {})]


def test_a_document_without_a_case_is_matched_by_name_then_stands_for_itself():
    bundle = bundle_of(documents=("P01_talk.txt", "notes.txt"), cases=(Case("P01", {"clinic": "Oslo"}),))
    found, warnings = voices(bundle, mapping_of())
    assert found == [("P01", {"clinic": "Oslo"}), ("notes", {})]
    assert any("1 document given to a case by name: P01_talk.txt → P01" in w for w in warnings)
    assert any("1 document without one case" in w and "notes.txt" in w for w in warnings)


def test_p01_is_not_p010():
    found, _ = voices(bundle_of(documents=("P010.txt",), cases=(Case("P01"),)), mapping_of())
    assert found == [("P010", {})]


def test_a_document_of_two_cases_is_nobodys_until_the_mapping_says():
    cases = (Case("Anna", {}, ("d1",)), Case("Bo", {}, ("d1",)))
    found, warnings = voices(bundle_of(documents=("group.txt",), cases=cases), mapping_of())
    assert found == [("group", {})]
    assert any("group.txt (in Anna, Bo)" in w for w in warnings)


def test_documents_or_sets_as_voices():
    bundle = bundle_of(documents=("a.txt", "b.txt"), cases=LINKED, sets={"Clinic 1": ("d1", "d2")})
    assert voices(bundle, mapping_of(participants="document"))[0] == [
        ("a", {"profession": "nurse"}),
        ("b", {}),
    ]
    assert voices(bundle, mapping_of(participants="set"))[0][0][0] == "Clinic 1"


def test_a_case_without_a_document_is_no_voice_and_counted():
    found, warnings = voices(bundle_of(documents=("a.txt",), cases=(*LINKED[:1], Case("Ward 3"))), mapping_of())
    assert found == [("Anna", {"profession": "nurse"})]
    assert any("1 case without a document, so without a voice: Ward 3" in w for w in warnings)


# --- mistakes ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("participant = 'case'", "'participant' is not known here. Did you mean 'participants'?"),
        ("participants = 'cases'", "Did you mean 'case'?"),
        ("[[code]]\nset = {}", "A code needs its path."),
        ("[[code]]\npath = 'A'\nsets = {}", "'sets' is not known here. Did you mean 'set'?"),
        ("[[code]]\npath = 'A'\nset = { stanse = 'adapted' }", "Did you mean 'stance'?"),
        ("[[code]]\npath = 'A'\nset = { stance = 'adaptd' }", "Did you mean 'adapted'?"),
        ("[[code]]\npath = 'A'\nset = { effect = 'hels' }", "Did you mean 'helps'?"),
        ("[[code]]\npath = 'A'\nset = { stance = 3 }", "`set` holds words only."),
        ("[[code]]\npath = 'A'\npractice = 'yes'", "`practice` is true or false."),
        ("[[code]]\npath = 'A'\n[[code]]\npath = 'A'", "stands in the mapping twice"),
        ("[code]\npath = 'A'", "with two brackets"),
        ("[participant_of]\n'a.txt' = 3", "the name of one participant"),
        ("participants = ", "not TOML"),
    ],
)
def test_a_mistake_in_the_file_is_named_with_its_place_and_the_nearest_word(toml, message):
    with pytest.raises(ImportProblem) as caught:
        read_mapping(toml.encode(), "m.toml")
    assert message in str(caught.value)
    assert caught.value.where.startswith("m.toml")


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ([("Video calls/adress", 'step = "V01"')], "Did you mean 'Video calls/address'?"),
        ([("Other", 'step = "V1"')], "Did you mean 'V01'?"),
        ([("Other", 'step = "V01", component = "outcome_measures"')], "belongs to 'Video calls'"),
    ],
)
def test_codes_and_steps_that_do_not_exist_are_named_with_the_nearest(rules, message):
    with pytest.raises(ImportProblem) as caught:
        apply(bundle_of(), mapping_of(*rules), STEPS)
    assert message in str(caught.value)
    assert "m.toml" in caught.value.where


def test_a_document_that_does_not_exist_is_named_with_the_nearest():
    with pytest.raises(ImportProblem, match=r"Did you mean 'P01_talk.txt'\?"):
        apply(bundle_of(), mapping_of(head='[participant_of]\n"P01_tlk" = "P01"'), STEPS)


def test_a_mapping_that_is_not_there():
    with pytest.raises(ImportProblem, match="cannot be read"):
        read_mapping(HERE / "no_such_mapping.toml")
