"""The words on screen: the same in number in every language, and safe with whatever is put into them."""

import string

import pytest

from dashboard import i18n


def words(**texts):
    return i18n.Translator("en", {key.replace("__", "."): text for key, text in texts.items()})


def test_a_key_gives_its_text_with_its_values_put_in():
    t = words(greeting="{n} of {m}", plain="100 % {sure}")
    assert t("greeting", n=6, m=9) == "6 of 9"
    assert t("plain") == "100 % {sure}"


def test_a_missing_key_is_a_bug_and_raises():
    with pytest.raises(KeyError):
        words()("no.such.key")


@pytest.mark.parametrize(("n", "text"), [(0, "0 voices"), (1, "1 voice"), (2, "2 voices")])
def test_one_and_many(n, text):
    assert i18n.translator("en").count("voices", n) == text


def test_an_evidence_study_has_publications_where_others_have_voices():
    assert i18n.translator("en", "evidence").count("voices", 2) == "2 publications"
    assert i18n.translator("en", "synthetic").count("voices", 2) == "2 voices"
    assert i18n.translator("sv", "evidence").count("voices", 2) == "2 publikationer"


def test_stars_mark_what_is_strong_and_only_those_of_the_catalogue():
    t = words(sentence="On **{n} steps** they say {what}.")
    assert t.parts("sentence", n=3, what="**all** <b>of it</b>") == [
        ("On ", False),
        ("3 steps", True),
        (" they say **all** <b>of it</b>.", False),
    ]


def test_a_sentence_that_begins_strong_has_no_empty_part():
    assert words(sentence="**All** of them").parts("sentence") == [("All", True), (" of them", False)]


@pytest.mark.parametrize(
    ("language", "row", "text"),
    [
        ("en", {"step": "Check", "step_sv": "Kontrollera"}, "Check"),
        ("sv", {"step": "Check", "step_sv": "Kontrollera"}, "Kontrollera"),
        ("sv", {"step": "Check", "step_sv": ""}, "Check"),
        ("sv", {"step": "Check", "step_sv": None}, "Check"),
        ("sv", {"step": "Check"}, "Check"),
        ("sv", {}, ""),
    ],
)
def test_a_text_is_shown_in_its_twin_where_it_has_one(language, row, text):
    assert i18n.translator(language).of(row, "step") == text


def test_a_name_of_an_open_list_is_its_own_word_where_there_is_none():
    t = i18n.translator("en")
    assert (t.word("phase", "between"), t.word("phase", "lunch break")) == ("Between", "lunch break")


@pytest.mark.parametrize(
    ("parts", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_a_list_in_a_sentence(parts, text):
    assert i18n.translator("en").sequence(parts) == text


@pytest.mark.parametrize(
    ("browser", "language"),
    [("sv", "sv"), ("sv-SE", "sv"), ("sv-FI", "sv"), ("en-GB", "en"), ("nb-NO", "en"), ("de", "en"), ("x", "en"),
     ("", "en"), (None, "en")],
)  # fmt: skip
def test_the_language_to_start_in_is_the_browsers_where_it_is_spoken_here(browser, language):
    assert i18n.preferred(browser) == language


def test_a_language_that_is_not_spoken_here_is_english():
    assert i18n.translator("de").language == "en"


def test_the_catalogues_have_the_same_keys():
    assert set(i18n.catalogue("en")) == set(i18n.catalogue("sv"))


@pytest.mark.parametrize("key", i18n.catalogue("en"))
def test_a_text_has_the_same_places_for_values_in_every_language(key):
    def places(text):
        return {name for _text, name, _format, _conversion in string.Formatter().parse(text) if name is not None}

    english, swedish = i18n.catalogue("en")[key], i18n.catalogue("sv")[key]
    assert places(english) == places(swedish)
    assert english.count("**") % 2 == swedish.count("**") % 2 == 0
