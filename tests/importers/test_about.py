"""study.toml: what a study may say of itself, and every way of saying it wrong."""

import pytest

from dashboard import intake
from dashboard.errors import ImportProblem
from dashboard.importers import about
from dashboard.model import PlacementCondition

RULES = (PlacementCondition(1, "holds", "always", None, None),)


def read(text):
    return about.read(text.encode(), "study.toml", "north", RULES)


def refusal(text):
    with pytest.raises(ImportProblem) as caught:
        read(text)
    return str(caught.value)


def test_a_study_that_says_nothing_is_interviews_for_the_team_only():
    assert read("") == about.default("north", RULES)
    study = read("")
    assert (study.title, study.kind, study.disclosure, study.round, study.placement_rules) == (
        "north", "interviews", "team", 1, RULES,
    )  # fmt: skip


def test_what_is_said_is_kept():
    study = read(
        'title = "Norr"\ntitle_sv = "Norr"\nkind = "evidence"\nround = 2\nseries = "n"\ndisclosure = "open"\n'
        'country = "SE"\n[[component]]\nid = "video"\nname = "Video calls"\nname_sv = "Videosamtal"\n'
        '[[component]]\nname = "Apps"\n'
    )
    assert (study.title, study.kind, study.round, study.series, study.disclosure) == (
        "Norr",
        "evidence",
        2,
        "n",
        "open",
    )
    assert study.components == (("video", "Video calls", "Videosamtal"), ("", "Apps", ""))


def test_a_study_may_bring_its_own_placement_rules():
    study = read(
        '[[placement]]\nplace = "guard"\nwhen = { gap = { least = 0.5, most = 1 }, is_core = { least = 1 } }\n'
        '[[placement]]\nplace = "look_closer"\n'
    )
    assert study.placement_rules == (
        PlacementCondition(1, "guard", "gap", 0.5, 1.0),
        PlacementCondition(1, "guard", "is_core", 1.0, None),
        PlacementCondition(2, "look_closer", "always", None, None),
    )


def test_the_default_rules_end_with_one_that_always_holds():
    rules = intake.default_placement_rules()
    assert rules[-1] == PlacementCondition(rules[-1].rank, "look_closer", "always", None, None)
    assert sorted({rule.rank for rule in rules}) == list(range(1, rules[-1].rank + 1))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title", "study.toml: The file is not TOML in UTF-8"),
        ('titel = "x"', "study.toml: 'titel' is not known here. Did you mean 'title'?"),
        ('kind = "interview"', "study.toml, kind: 'interview' is not a known kind. Did you mean 'interviews'?"),
        ('disclosure = "opn"', "study.toml, disclosure: 'opn' is not a known disclosure. Did you mean 'open'?"),
        ("round = 0", "study.toml, round: 0 is not a round. Write 1, 2, 3 …"),
        ("round = true", "study.toml, round: True is not a round."),
        ('round = "2"', "study.toml, round: '2' is not a round."),
        ('component = "video"', "study.toml: 'component' is not a list of tables. Write [[component]], then its keys."),
        ("[component]\nid = 'video'", "study.toml: 'component' is not a list of tables."),
        ("[[component]]\nid = 'video'", "study.toml, [[component]]: A component has no name."),
        ("[[component]]\nnaam = 'V'", "study.toml, [[component]]: 'naam' is not known here. Did you mean 'name'?"),
        (
            "[[component]]\nid = 'v'\nname = 'A'\n[[component]]\nid = 'v'\nname = 'B'",
            "study.toml: The component 'v' stands twice. Keep one.",
        ),
        ("placement = 3", "study.toml: 'placement' is not a list of tables."),
        ("[[placement]]\nplace = 'gard'", "study.toml, place: 'gard' is not a known place. Did you mean 'guard'?"),
        ("[[placement]]\nplace = 'guard'\nwehn = {}", "study.toml, [[placement]]: 'wehn' is not known here."),
        ("[[placement]]\nplace = 'guard'\nwhen = 3", "study.toml, when: 3 is not a condition. Write when ="),
        (
            "[[placement]]\nplace = 'guard'\nwhen = { gapp = { least = 1 } }",
            "study.toml, quantity: 'gapp' is not a known quantity. Did you mean 'gap'?",
        ),
        ("[[placement]]\nplace = 'guard'\nwhen = { gap = 0.5 }", "study.toml, when: 0.5 does not bound 'gap'."),
        ("[[placement]]\nplace = 'guard'\nwhen = { gap = { lest = 1 } }", "study.toml, when: {'lest': 1} does not"),
        ("[[placement]]\nplace = 'guard'\nwhen = { gap = {} }", "study.toml, when: {} does not bound 'gap'."),
        (
            "[[placement]]\nplace = 'guard'\nwhen = { gap = { least = 'half' } }",
            "study.toml, when, gap: 'half' is not a number.",
        ),
    ],
)
def test_what_is_said_wrong_is_refused_with_its_place(text, message):
    assert refusal(text).startswith(message)


def test_a_file_in_latin_1_is_refused():
    with pytest.raises(ImportProblem, match=r"study\.toml: The file is not TOML in UTF-8"):
        about.read('title = "Åre"'.encode("latin-1"), "study.toml", "north", RULES)


@pytest.mark.parametrize(
    ("text", "message"), [("a = " + "[" * 5000, "nested too deeply"), ("round = " + "9" * 5000, "not TOML in UTF-8")]
)
def test_a_file_that_python_cannot_hold_is_refused(text, message):
    assert message in refusal(text)
