"""What the names of codes suggest, and that nothing is suggested twice or taken by itself."""

from dashboard.importers.mapping_file import CodeRule, Mapping
from dashboard.importers.suggest import suggestions
from dashboard.model import Code, Step

STEPS = (
    Step("V1", "Video calls", "Check the patient's identity first."),
    Step("V2", "Video calls", "Hold the session in a private room."),
    Step("O1", "Outcome measures", "The patient fills in the PHQ-9 every week."),
)


def found(*paths, rules=(), steps=STEPS):
    codes = [Code(path, path.rpartition("/")[2], path.rpartition("/")[0]) for path in paths]
    return [(s.path, s.key, s.value, s.because) for s in suggestions(codes, steps, Mapping("m", codes=tuple(rules)))]


def test_a_code_called_like_a_component_or_sharing_a_step_s_words():
    assert found("Video calls", "Video calls/privacy adapted") == [
        ("Video calls", "component", "Video calls", "Video calls"),
        ("Video calls/privacy adapted", "step", "V2", "privacy"),
        ("Video calls/privacy adapted", "stance", "adapted", "adapt"),
    ]


def test_the_folder_s_component_keeps_other_tools_out():
    assert found("patient forgets") == []
    assert found("Outcome measures/patient forgets")[1:] == []
    assert ("Outcome measures/weekly patient", "step", "O1") in {s[:3] for s in found(
        "Outcome measures", "Outcome measures/weekly patient")}  # fmt: skip


def test_what_is_said_already_by_the_code_or_above_it_is_not_suggested():
    rules = [CodeRule("Variation", {"stance": "adapted"}), CodeRule("identity", {"step": "V2"})]
    assert found("Variation", "Variation/workaround", "identity", rules=rules) == []


def test_words_that_point_two_ways_suggest_nothing():
    assert found("helps or harms", steps=()) == []
    assert found("Hjälper patienten", steps=()) == [("Hjälper patienten", "effect", "helps", "hjälp")]
