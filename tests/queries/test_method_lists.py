"""The lists behind the method page: a few rows in, exact rows out."""

import pytest

from dashboard import intake, query, store
from dashboard.generations import current

TOLD = """participant | stance | step_id | practice | quote | document
P1 | adapted | V1 | Asks | Yes. | Talk 1
P2 | adapted | V1 | Asks | | Talk 2
P2 | added | | Waves | | Talk 2"""


@pytest.fixture
def ask():
    def rows(connection, name, study_id="tiny"):
        found = query.run(connection, f"lists/{name}", {"study_id": study_id})
        return list(found.itertuples(index=False, name=None))

    return rows


def test_material_is_counted_once_a_study(tiny, ask):
    connection = tiny(TOLD, "step_id | is_core | place\nV1 | true |\nV2 | false | not checked against the source")
    [row] = ask(connection, "method_counts")
    named = dict(zip(query.run(connection, "lists/method_counts", {"study_id": "tiny"}).columns, row, strict=True))
    expected = {
        "n_documents": 1, "n_transcripts": 0, "n_excerpts": 1, "n_codes_defined": 0, "n_coders": 0, "n_practices": 2,
        "n_unwritten": 1, "n_one_voice": 1, "n_tellings": 3, "n_tellings_with_words": 1, "n_core": 1, "n_unchecked": 1,
    }  # fmt: skip
    assert {key: named[key] for key in expected} == expected


def test_a_study_that_is_not_there_has_no_row(tiny, ask):
    assert ask(tiny(TOLD), "method_counts", "other") == []


def test_a_source_stands_once_and_steps_without_one_stand_last(tiny, ask):
    steps = """step_id | document | issuer | obligation_level | jurisdiction | year | is_core
    V1 | | | | | | true
    V2 | Guide | Board | service routine | SE | 2018 | true
    V3 | Guide | Board | service routine | SE | 2018 | false
    V4 | Guide | Board | service routine | SE | 2021 | false"""
    assert ask(tiny(TOLD, steps), "guidance_documents") == [
        (1, "Guide", "Board", "service routine", "SE", "", "2018", "", 2, 1),
        (2, "Guide", "Board", "service routine", "SE", "", "2021", "", 1, 0),
        (0, "", "", "", "", "", "", "", 1, 1),
    ]


def test_attributes_count_voices_and_leave_out_what_is_not_given(tiny, ask):
    voices = "participant | site | years\nP1 | North | 5\nP2 | North |\nP3 | South |"
    assert ask(tiny(TOLD, voices=voices), "voices_by_attribute") == [
        ("site", "North", 2),
        ("site", "South", 1),
        ("years", "5", 1),
    ]


def test_a_publication_has_a_citation_or_an_address(tiny, ask):
    voices = "participant | citation | address\nP2 | Ek 2020 |\nP1 | | https://example.org\nP3 | |"
    assert ask(tiny(TOLD, voices=voices), "publications") == [
        ("P2", "Ek 2020", ""),
        ("P1", "", "https://example.org"),
    ]


def test_answers_of_the_study_team_are_kept(tiny, ask):
    about = '[srqr]\nS1 = "A title"\n[coreq]\n10 = { en = "By site", sv = "Per enhet" }'
    assert ask(tiny(TOLD, about=about), "reporting_answers") == [
        ("coreq", "10", "By site", "Per enhet"),
        ("srqr", "S1", "A title", ""),
    ]


def test_voices_of_a_series_are_the_same_where_their_pseudonyms_are(tmp_path, ask):
    prepared = []
    for name, voices, series in (("a", "P1 P2", "s"), ("b", "P2 P3 P4", "s"), ("c", "P2", "t")):
        path = tmp_path / f"{name}.csv"
        rows = [f"{voice},Chat,added,Waves" for voice in voices.split()]
        path.write_text("\n".join(["participant,component,stance,practice", *rows]), encoding="utf-8")
        about = tmp_path / f"{name}.toml"
        about.write_text(
            f'title = "{name.upper()}"\nseries = "{series}"\nround = {1 + (name == "b")}', encoding="utf-8"
        )
        prepared.append(intake.prepare(intake.Request(name, [path], about=about)))
    intake.publish(tmp_path / "store", prepared)
    connection = store.open_generation(current(tmp_path / "store"))
    assert ask(connection, "voices_in_series", "b") == [("a", "A", "", 1, 2, 1)]
    assert ask(connection, "voices_in_series", "c") == []
    connection.close()
