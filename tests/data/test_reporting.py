"""The reporting checklists that come with the program: whole, in both languages, in our own words."""

import pytest

from dashboard import settings, shipped_studies
from dashboard.errors import ImportProblem
from dashboard.importers import about
from dashboard.importers.checklists import CHECKLISTS, checklist, works
from dashboard.intake import default_placement_rules


def read(text):
    return about.read(text.encode(), "study.toml", "north", default_placement_rules())


def refusal(text):
    with pytest.raises(ImportProblem) as caught:
        read(text)
    return str(caught.value)


def test_coreq_has_thirty_two_items_in_three_domains():
    items = checklist("coreq").items
    assert [item.number for item in items] == [str(n) for n in range(1, 33)]
    groups = {}
    for item in items:
        groups.setdefault(item.group, []).append(int(item.number))
    assert list(groups.values()) == [list(range(1, 9)), list(range(9, 24)), list(range(24, 33))]


def test_srqr_has_twenty_one_items():
    assert [item.number for item in checklist("srqr").items] == [f"S{n}" for n in range(1, 22)]
    assert len({item.group for item in checklist("srqr").items}) == 6


@pytest.mark.parametrize("key", CHECKLISTS)
def test_every_item_speaks_both_languages_and_names_one_topic(key):
    found = checklist(key)
    for item in found.items:
        for column in ("group", "topic", "text"):
            english, swedish = getattr(item, column), getattr(item, f"{column}_sv")
            assert english
            assert swedish
        assert item.text != item.text_sv
    assert len({item.topic for item in found.items}) == len(found.items)
    assert found.address.startswith("https://doi.org/")


def test_the_works_are_references_in_order():
    assert len(works()) >= 8
    assert list(works()) == sorted(works())


def test_the_checklists_are_no_studies():
    assert not (settings.shipped_studies_folder() / "reporting" / "study.toml").exists()
    assert {request.study_id for request in shipped_studies.requests()} == {"demo-round-1", "demo-round-2", "evidence"}


def test_a_study_names_its_school_and_answers_items():
    study = read(
        'school = "reflexive"\n[coreq]\n1 = "Anna"\n2 = { en = "PhD", sv = "Doktor" }\n3 = ""\n[srqr]\nS21 = "Nobody"'
    )
    assert study.school == "reflexive"
    assert study.answers == (("coreq", "1", "Anna", ""), ("coreq", "2", "PhD", "Doktor"), ("srqr", "S21", "Nobody", ""))


def test_an_answer_in_swedish_alone_is_the_answer():
    assert read('[coreq]\n4 = { sv = "Kvinna" }').answers == (("coreq", "4", "Kvinna", "Kvinna"),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('school = "codebok"', "study.toml, school: 'codebok' is not a known school. Did you mean 'codebook'?"),
        ('[coreq]\n33 = "x"', "study.toml, [coreq]: '33' is not an item of COREQ. Its items are 1 to 32."),
        ('[srqr]\n1 = "x"', "study.toml, [srqr]: '1' is not an item of SRQR. Its items are S1 to S21."),
        ('[coreqs]\n1 = "x"', "study.toml: 'coreqs' is not known here. Did you mean 'coreq'?"),
        ('coreq = "x"', "study.toml: 'coreq' is not a table. Write [coreq], then items."),
        ("[coreq]\n1 = 3", "study.toml, [coreq]: The answer to '1' is not a text. Write 1 = \"…\""),
        ("[coreq]\n1 = {}", "study.toml, [coreq]: The answer to '1' is not a text."),
        ('[coreq]\n1 = { se = "x" }', "study.toml, [coreq]: 'se' is not a language of the checklists."),
    ],
)
def test_what_is_answered_wrong_is_refused_with_its_place(text, message):
    assert refusal(text).startswith(message)


@pytest.mark.parametrize("study", ["demo-round-1", "demo-round-2", "evidence"])
def test_the_shipped_studies_name_their_school_and_answer_only_what_is_true(shipped, study):
    [(school,)] = shipped.execute("select school from study where study_id = ?", [study]).fetchall()
    assert school == "codebook"
    answers = shipped.execute(
        "select item, answer, answer_sv from reporting_answer where study_id = ? order by all", [study]
    ).fetchall()
    assert len(answers) >= 3
    assert all(answer and swedish and answer != swedish for _item, answer, swedish in answers)
    first = {item: answer for item, answer, _sv in answers}["1"]
    assert "invented" in first if study != "evidence" else "publications" in first
