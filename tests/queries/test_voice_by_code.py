"""Who told a code: voices and excerpts apart, with the code itself and with what stands below it."""

from dashboard.measures import voice_by_code

COUNTS = "code_id n_voices n_excerpts n_voices_below n_excerpts_below"
TOLD = """
    participant | step_id | stance  | practice | effect | quote
    P1          | V1      | adapted | By phone | helps  | I ring.
    P1          | V1      | adapted | By phone | harms  | I ring again.
    P2          | V1      | adapted | By phone | helps  | We ring.
    P2          | V1      | adapted | By mail  | helps  | We write.
    P3          | V1      | left_out |         |        |
"""


def test_voices_are_counted_once_and_excerpts_each(tiny, only, within):
    found = {row[0]: row[1:] for row in only(voice_by_code(tiny(TOLD), within()), COUNTS)}
    assert found["Stance/adapted"] == (2, 4, 2, 4)
    assert found["Effect/helps"] == (2, 3, 2, 3)
    assert found["Practice/Video calls/V1/adapted · By phone"] == (2, 3, 2, 3)
    assert found["Practice/Video calls/V1/adapted · By mail"] == (1, 1, 1, 1)


def test_a_folder_has_no_excerpts_of_its_own_and_each_of_those_below_it_once(tiny, only, within):
    found = {row[0]: row[1:] for row in only(voice_by_code(tiny(TOLD), within()), COUNTS)}
    for folder in ("Practice", "Practice/Video calls", "Practice/Video calls/V1", "Stance", "Effect"):
        assert found[folder] == (0, 0, 2, 4), folder


def test_a_row_without_words_makes_a_code_that_nothing_was_coded_with(tiny, only, within):
    found = {row[0]: row[1:] for row in only(voice_by_code(tiny(TOLD), within()), COUNTS)}
    assert found["Stance/left_out"] == (0, 0, 0, 0)
    assert found["Practice/Video calls/V1/left_out"] == (0, 0, 0, 0)


def test_each_code_says_where_it_stands(tiny, only, within):
    rows = voice_by_code(tiny("participant | step_id | stance | quote\nP1 | V1 | adapted | Yes."), within())
    assert only(rows, "code_id parent_id theme code code_sv depth is_codable") == [
        ("Practice", "", "", "Practice", "Praktik", 0, False),
        ("Practice/Video calls", "Practice", "Practice", "Video calls", "", 1, False),
        ("Practice/Video calls/V1", "Practice/Video calls", "Practice", "V1 · Do V1", "", 2, False),
        ("Practice/Video calls/V1/adapted", "Practice/Video calls/V1", "Practice", "Adapted", "Anpassat", 3, True),
        ("Stance", "", "", "Stance", "Förhållningssätt", 0, False),
        ("Stance/adapted", "Stance", "Stance", "Adapted", "Anpassat", 1, True),
    ]


def test_a_tools_folder_has_the_name_that_the_study_gives_the_tool(tiny, only, within):
    about = '[[component]]\nid = "video"\nname = "Video calls"\nname_sv = "Videosamtal"\n'
    connection = tiny("participant | step_id | stance | quote\nP1 | V1 | adapted | Yes.", about=about)
    found = dict(only(voice_by_code(connection, within()), "code_id code_sv"))
    assert found["Practice/Video calls"] == "Videosamtal"


def test_of_the_filters_only_the_study_applies(tiny, only, within):
    connection = tiny(TOLD)
    whole = only(voice_by_code(connection, within()), COUNTS)
    assert only(voice_by_code(connection, within(component_ids=("fax",), at_least=3)), COUNTS) == whole
