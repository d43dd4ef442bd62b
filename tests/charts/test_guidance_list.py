"""What the Guidance page says and draws: law first, each step once, and never more than the measures say."""

import pandas as pd
import pytest

from dashboard.charts.guidance_list import SHOWN, guidance_list
from dashboard.charts.guidance_words import (
    fates,
    guidance_about,
    guidance_facts,
    guidance_more,
    guidance_sentence,
    line,
)
from dashboard.i18n import translator
from dashboard.intake import default_placement_rules
from dashboard.measures import guidance_by_document, guidance_by_step, hidden_practice
from dashboard.measures.guidance import LAW, WEIGHTS
from dashboard.measures.placement import rules_of
from dashboard.model import Filters

EN, SV = translator("en", "synthetic"), translator("sv", "synthetic")
AT_LEAST = translator("en", "synthetic", 3)
FATE = {
    "hold": ("holds", 0, 4, 4), "bend": ("revise", 3, 4, 4), "closer": ("look_closer", 1, 2, 2),
    "open": ("look_closer", 0, 1, 1), "unclear": ("not_raised", 0, 0, 2), "silent": ("not_raised", 0, 0, 0),
}  # fmt: skip


def to(page, key="", **values):
    return {"page": page, "values": {**({page: key} if key else {}), **values}, "href": page}


def said(parts):
    return "".join(text for text, _strong in parts)


def steps(*named):
    """Return placed steps; each is named after what becomes of it, those of a law with a § before it."""
    rows = []
    for at, name in enumerate(named):
        placement, differ, clear, raised = FATE[name.removeprefix("§")]
        level = LAW if name.startswith("§") else "service routine"
        rows.append((f"V{at}", level, placement, differ, clear, raised))
    columns = ["step_id", "obligation_level", "placement", "n_differ", "n_clear", "n_raised"]
    return pd.DataFrame(rows, columns=columns)


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ((), "There are no written steps in this view."),
        (("silent",) * 2, "Nobody raised any of these steps."),
        (("hold",), "The one written step in this view holds."),
        (("§bend",), "The one written step in this view, asked for by a law, bends."),
        (("unclear",), "The one written step in this view was raised by nobody clearly."),
        (("open",), "The one written step in this view cannot be told yet."),
        (("hold", "bend"), "Of the 2 written steps, 1 holds and 1 bends."),
        (("hold",) * 3, "Of the 3 written steps, 3 hold and none bends."),
        (("bend", "closer"), "Of the 2 written steps, none holds and 2 bend."),
        (("open", "silent"), "Of the 2 written steps, too little is told of any to say whether it holds or bends."),
        (("unclear", "silent"), "Of the 2 written steps, some were raised, but what is done could not be told."),
        (("hold", "§bend"), "Of the 2 written steps, 1 holds and 1 bends; the one that a law asks for bends."),
        (
            ("bend", "§hold", "§bend", "§bend", "§silent", "§unclear"),
            "Of the 6 written steps, 1 holds and 3 bend; of the 5 that a law asks for, "
            "1 holds, 2 bend, 1 was raised by nobody clearly and 1 was not raised.",
        ),
        (
            ("bend", "§silent", "§silent"),
            "Of the 3 written steps, none holds and 1 bends; none of the 2 that a law asks for was raised by anyone.",
        ),
        (("§hold", "§bend"), "Of the 2 written steps, all asked for by a law, 1 holds and 1 bends."),
    ],
)
def test_the_sentence_says_what_holds_what_bends_and_what_a_law_asks_for(named, sentence):
    assert said(guidance_sentence(steps(*named), EN)) == sentence


def test_the_sentence_in_swedish():
    named = ("hold", "bend", "bend", "§bend", "§silent")
    assert said(guidance_sentence(steps(*named), SV)) == (
        "Av 5 skrivna steg är det 1 som håller och 3 som böjs; "
        "av de 2 som en lag kräver är det 1 som böjs och 1 som ingen tog upp."
    )


def test_what_a_filter_hides_is_not_called_silence():
    words = said(guidance_sentence(steps("hold", "§bend", "§silent"), AT_LEAST))
    assert words == (
        "Counting only what at least 3 share: of the 3 written steps, 1 holds and 1 bends; "
        "of the 2 that a law asks for, 1 bends and 1 has no practice shared by 3."
    )


def test_more_says_which_need_a_closer_look_and_which_cannot_be_told():
    means = EN("guidance.means")
    assert guidance_more(steps("hold", "bend"), EN) == means
    assert guidance_more(steps("open"), EN).startswith("On 1 more step")
    assert guidance_more(steps("bend", "closer", "open"), EN) == (
        f"{means} "
        "1 of those that bend needs a closer look first: too few voices, an effect not known, or no clear direction. "
        "On 1 more step nobody differs, but too few spoke clearly to say that it holds."
    )
    assert "All that bend need a closer look first: too few" in guidance_more(steps("closer", "closer"), EN)


@pytest.mark.parametrize("language", ["en", "sv"])
def test_publications_are_not_called_voices(shipped, language):
    t, filters = translator(language, "evidence"), Filters("evidence")
    placed, documents = guidance_by_step(shipped, filters), guidance_by_document(shipped, filters)
    drawing = guidance_list(placed, documents, rules_of(shipped, "evidence"), "", (), to, t)
    own = f"{drawing['note']}{drawing['levels']}{said(guidance_sentence(placed, t))}{guidance_more(placed, t)}".lower()
    assert "voice" not in own
    assert "röst" not in own
    assert "of the 5 that a law asks for" in own or "av de 5 som en lag kräver" in own


def test_each_step_has_one_fate_and_a_line_says_only_those_that_there_are():
    found = fates(steps("hold", "hold", "bend", "open", "unclear", "silent").to_dict("records"))
    assert sum(found.values()) == 6
    assert line(found, EN) == [
        "2 hold", "1 bends", "1 cannot be told yet", "1 raised, nobody clearly", "1 not raised",
    ]  # fmt: skip


def test_the_facts_count_the_practices_that_are_hidden_on_these_steps(shipped):
    filters = Filters("demo-round-2", at_least=3)
    placed, documents = guidance_by_step(shipped, filters, "NICE"), guidance_by_document(shipped, filters, "NICE")
    hidden = hidden_practice(shipped, filters)
    facts = guidance_facts(placed, documents, hidden, 16, translator("en", "synthetic", 3))
    n = int(hidden["step_id"].isin(placed["step_id"]).sum())
    assert 0 < n < len(hidden)
    assert facts[:3] == ["16 voices", "3 documents", "3 written steps"]
    assert facts[-1] == f"{n} practices hidden, each told by fewer than 3"


def test_a_file_says_which_issuers_it_is_of():
    assert guidance_about("Round 2", "r2", (), EN) == []
    assert guidance_about("Round 2", "r2", ("A", "B"), EN) == ["Round 2 (r2) · invented interviews", "issuer=A; B"]


@pytest.fixture
def drawn(shipped):
    """Return the drawing of a view of the second round, and its steps."""

    def make(opened="", issuers=(), **chosen):
        filters = Filters("demo-round-2", **chosen)
        placed = guidance_by_step(shipped, filters, issuers)
        documents = guidance_by_document(shipped, filters, issuers)
        return guidance_list(placed, documents, rules_of(shipped, "demo-round-2"), opened, issuers, to, EN), placed

    return make


def test_the_levels_stand_by_weight_and_only_law_is_set_apart(drawn):
    drawing, _placed = drawn()
    assert [level["name"].lower() for level in drawing["levels"]] == list(WEIGHTS)
    assert [level["isLaw"] for level in drawing["levels"]] == [True, False, False, False, False]


def test_every_step_stands_once_with_the_shade_and_the_number_of_the_map(drawn):
    drawing, placed = drawn()
    sources = [source for level in drawing["levels"] for source in level["documents"]]
    marks = {mark["step"]: mark for source in sources for mark in source["marks"]}
    assert sum(len(source["marks"]) for source in sources) == sum(len(s["steps"]) for s in sources) == len(placed)
    assert set(marks) == set(placed["step_id"])
    for row in placed.to_dict("records"):
        assert (marks[row["step_id"]]["level"] is None) == (row["n_clear"] == 0)
        assert marks[row["step_id"]]["n"] == (str(row["n_raised"]) if row["n_raised"] else "–")
        assert marks[row["step_id"]]["to"]["values"] == {"step": row["step_id"]}


def test_the_table_counts_what_bends_of_what_was_told_and_hatches_silence(drawn):
    drawing, placed = drawn()
    tools = [column["to"]["values"]["tool"][0] for column in drawing["matrix"]["columns"]]
    for row, level in zip(drawing["matrix"]["rows"], WEIGHTS, strict=True):
        for tool, cell in zip(tools, row["cells"], strict=True):
            own = placed[(placed["component_id"] == tool) & (placed["obligation_level"] == level)]
            if own.empty:
                assert cell is None
                continue
            told = own[own["placement"] != "not_raised"]
            bent = (told["placement"] != "holds") & (told["n_differ"] > 0)
            assert cell["text"] == (f"{bent.sum()} of {len(told)}" if len(told) else "–")
            assert (cell["level"] is None) == told.empty
            assert cell["to"]["values"] == {"tool": [tool], "duty": [level]}


def test_a_cell_keeps_the_chosen_issuers_and_a_single_cell_is_no_table(drawn):
    drawing, _placed = drawn(issuers=("Socialstyrelsen",))
    links = [cell["to"]["values"] for row in drawing["matrix"]["rows"] for cell in row["cells"] if cell]
    assert {tuple(link["issuer"]) for link in links} == {("Socialstyrelsen",)}
    narrow, placed = drawn(component_ids=("video_calls",), obligation_levels=(LAW,))
    assert len(placed) == 1
    assert narrow["matrix"] is None
    assert narrow["levels"][0]["documents"][0]["isOpen"], "the steps of an only document are shown at once"


def test_the_document_that_the_address_names_is_open_wherever_it_stands(drawn):
    drawing, _placed = drawn()
    routines = drawing["levels"][-1]
    assert not any(s["isOpen"] for level in drawing["levels"] for s in level["documents"])
    assert routines["shown"] == SHOWN < len(routines["documents"])
    last = routines["documents"][-1]["title"]
    drawing, _placed = drawn(opened=last)
    assert [s["title"] for level in drawing["levels"] for s in level["documents"] if s["isOpen"]] == [last]
    assert [level["isRestOpen"] for level in drawing["levels"]] == [False, False, False, False, True]


def test_the_steps_of_a_document_say_what_they_ask_for_and_why(drawn):
    drawing, _placed = drawn(opened="Barkham et al. 2023, Psychotherapy Research")
    [source] = [s for level in drawing["levels"] for s in level["documents"] if s["isOpen"]]
    assert [mark["step"] for mark in source["marks"]] == ["M05", "M06"]
    assert source["summary"] == "Its 2 steps, in order"
    assert source["placements"] == ["Spread the practice 1", "Look closer 1"]
    assert said(source["line"]) == "2 bend"
    assert all(step["why"] and step["better"] for step in source["steps"])
    assert source["source"]["to"].startswith("https://")


def test_a_source_without_a_name_or_with_an_address_that_is_none_has_no_link(tiny, within):
    written = """
        step_id | document | address             | obligation_level
        A       | Act      | javascript:window.x | house rule
        B       |          |                     |
    """
    connection = tiny("participant | step_id | stance\nP1 | A | as_written", steps=written)
    placed, documents = guidance_by_step(connection, within()), guidance_by_document(connection, within())
    drawing = guidance_list(placed, documents, default_placement_rules(), "", (), to, EN)
    act, unnamed = (level["documents"][0] for level in drawing["levels"])
    assert (act["source"], unnamed["source"], unnamed["to"]) == (None, None, None)
    assert unnamed["title"] == "No source given"
    assert [level["name"] for level in drawing["levels"]] == ["House rule", "Level not given"]
    assert not unnamed["isOpen"]
    assert said(act["line"]) == "1 cannot be told yet"


def test_an_empty_view_is_a_sentence(drawn):
    drawing, placed = drawn(issuers=("nobody",))
    assert placed.empty
    assert drawing == {"kind": "empty", "text": "There are no written steps in this view."}
