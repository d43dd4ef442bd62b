"""A study in the making: the same numbers as the store after an import, told before anything changes."""

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard import drafting, generations, intake, store
from dashboard.errors import ImportProblem
from dashboard.importers import mapping_toml
from dashboard.importers.mapping_file import CodeRule, Mapping, read_mapping
from dashboard.intake import Upload
from dashboard.model import Participant, Telling

IMPORTERS = Path(__file__).parent / "importers"
PROTOCOL = "step_id,component,text\nV1,Video calls,Check the identity\nV2,Video calls,Close the door\nO1,Measures,Ask\n"
SEGMENTS = (
    "Document;Code;Segment\n"
    "P1.txt;identity;I never ask.\nP1.txt;workaround;I never ask.\n"
    "P1.txt;door;I close it.\nP2.txt;identity;I look at the card.\nP2.txt;as written;I look at the card.\n"
    "P2.txt;workaround;By phone.\nP2.txt;Other;It rains.\n"
)


def upload(name, text):
    return Upload(name, text.encode())


@pytest.fixture
def material():
    return drafting.read([upload("segments.csv", SEGMENTS), upload("protocol.csv", PROTOCOL)])


def path(material, name):
    return next(code.path for code in material.bundle.codes if code.name == name)


@pytest.fixture
def rules(material):
    said = {"identity": {"step": "V1"}, "door": {"step": "V2"}, "workaround": {"stance": "worked_around"},
            "as written": {"stance": "as_written"}}  # fmt: skip
    made = material.rules
    for name, values in said.items():
        made = drafting.with_values(made, material, [path(material, name)], values)
    return made


def test_the_files_are_told_apart_by_what_they_hold(material):
    assert [step.step_id for step in material.steps] == ["V1", "V2", "O1"]
    assert (len(material.bundle.documents), len(material.bundle.excerpts), material.needs_mapping) == (2, 5, True)
    assert material.rules == Mapping("mapping.toml", "document")
    assert drafting.whose(material, material.rules) == {"P1.txt": "P1", "P2.txt": "P2"}


def test_what_a_mapping_yields_before_anything_is_imported(material, rules):
    found = drafting.yielded(material, rules)
    assert (found.n_voices, found.n_practices, found.n_excerpts, found.n_told) == (2, 2, 5, 2)
    assert found.cells == {"differently": 1, "not_done": 0, "as_written": 1, "unclear": 0, "not_raised": 4}
    assert found.left_out == {"no stance": 1, "no place": 1, "neither": 1}
    assert "Other" in found.unmapped
    assert found.missing == ()
    assert found.effects == {"helps": 0, "mixed": 0, "harms": 0, "not_known": 1}
    assert found.clashes == ()


def test_what_is_known_of_effects_moves_with_the_mapping(material, rules):
    made = drafting.with_values(rules, material, [path(material, "workaround")], {"effect": "harms"})
    assert drafting.yielded(material, made).effects == {"helps": 0, "mixed": 0, "harms": 1, "not_known": 0}


def test_what_is_one_practice_in_the_store_has_one_effect_here(material):
    def effects(*told):
        tellings = tuple(
            Telling("P1", "Video calls", "adapted", "V1", phase, practice, effect=effect)
            for practice, phase, effect in told
        )
        bundle = replace(material.bundle, participants=(Participant("P1"),), steps=material.steps, tellings=tellings)
        found = drafting.yielded(replace(material, bundle=bundle, needs_mapping=False), material.rules)
        return {effect: n for effect, n in found.effects.items() if n}

    assert effects(("Calls back", "during", "helps"), ("calls BACK", "during", "harms")) == {"mixed": 1}
    assert effects(("Calls back", "during", "helps"), ("Calls back", "ending", "harms")) == {"helps": 1, "harms": 1}


def test_an_excerpt_that_says_two_things_of_a_step_is_named_before_the_import(material, rules):
    made = drafting.with_values(rules, material, [path(material, "as written")], {"stance": "left_out"})
    assert drafting.yielded(material, made).clashes == ()
    made = drafting.with_values(rules, material, [path(material, "identity")], {"stance": "left_out"})
    assert [clash.stances for clash in drafting.yielded(material, made).clashes] == [
        ("worked_around", "left_out"),
        ("left_out", "as_written"),
    ]


def test_the_same_numbers_as_the_store_has_after_the_import(material, rules, tmp_path):
    given = upload("mapping.toml", mapping_toml.as_toml(rules))
    [report] = intake.publish(tmp_path, [intake.prepare(intake.Request("own", material.files, mapping=given))])
    before = drafting.yielded(material, rules)
    connection = store.open_generation(generations.current(tmp_path))
    in_store = dict(connection.execute("select state, count(*) from cell group by all").fetchall())
    connection.close()
    assert {state: n for state, n in before.cells.items() if n} == in_store
    assert (report["participants"], report["practices"]) == (before.n_voices, before.n_practices)


def test_what_is_still_missing_before_there_is_a_gap(material, rules):
    def missing(made, given=material):
        return drafting.yielded(given, made).missing

    assert missing(material.rules) == ("place", "stance")
    assert missing(drafting.with_values(rules, material, [path(material, "workaround"), path(material, "as written")],
                                        {"stance": ""})) == ("stance",)  # fmt: skip
    assert missing(drafting.with_values(rules, material, [path(material, "identity")], {"step": ""})) == ("meeting",)
    assert missing(drafting.with_values(rules, material, [path(material, "workaround")],
                                        {"stance": "as_written"})) == ("difference",)  # fmt: skip
    assert missing(Mapping("m", "document"), replace(material, steps=())) == ("protocol", "place", "stance")


def test_a_step_says_its_component_so_the_two_never_disagree(material):
    code = path(material, "identity")
    first = drafting.with_values(material.rules, material, [code], {"component": "Measures"})
    second = drafting.with_values(first, material, [code], {"step": "V1"})
    assert second.codes == (CodeRule(code, {"step": "V1"}),)
    assert drafting.with_values(second, material, [code], {"component": "Measures"}).codes == first.codes


def test_rules_stand_in_the_codebook_s_order_and_empty_ones_are_dropped(material):
    last, first = path(material, "Other"), path(material, "identity")
    made = drafting.with_values(material.rules, material, [last, first], {"effect": "helps", "practice": "yes"})
    assert [rule.path for rule in made.codes] == [c.path for c in material.bundle.codes if c.path in (first, last)]
    assert (drafting.value_of(made, last, "practice"), drafting.value_of(made, last, "stance")) == ("yes", "")
    assert drafting.with_values(made, material, [last, first], {"effect": "", "practice": ""}).codes == ()


def test_only_voices_that_differ_from_the_project_s_own_are_written(material):
    made = drafting.with_voices(material.rules, material, {"P1.txt": "Anna", "P2.txt": "P2"})
    assert made.participant_of == {"P1.txt": "Anna"}
    assert drafting.whose(material, made) == {"P1.txt": "Anna", "P2.txt": "P2"}


def test_a_saved_mapping_comes_along_with_the_files(material, rules):
    files = [*material.files, upload("m.toml", mapping_toml.as_toml(rules)), upload("study.toml", 'title = "Own"')]
    again = drafting.read(files)
    assert again.rules == replace(rules, name="m.toml")
    assert again.study.title == "Own"
    assert [file.name for file in again.files] == ["segments.csv", "protocol.csv"]
    with pytest.raises(ImportProblem, match="more than one"):
        drafting.read([*files, upload("n.toml", mapping_toml.as_toml(rules))])


def test_a_skeleton_names_every_code_and_says_suggestions_as_comments_only(material):
    text = drafting.skeleton(material)
    read = read_mapping(text.encode(), "m.toml")
    assert [rule.path for rule in read.codes] == [code.path for code in material.bundle.codes]
    assert {rule.path for rule in read.codes if rule.sets} == set()
    assert read.participant_of == {"P1.txt": "P1", "P2.txt": "P2"}
    assert '# suggested by its name (workaround): stance = "worked_around"' in text


def test_samples_are_from_the_beginning_the_middle_and_the_end(material):
    assert {name: [e.text for e in found] for name, found in drafting.samples(material.bundle).items()} == {
        "P1.txt": ["I never ask.", "I close it."],
        "P2.txt": ["I look at the card.", "By phone.", "It rains."],
    }
