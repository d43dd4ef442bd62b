"""How was this made: the page and its file are one document, and every number in it is a measure's."""

import csv
import io
import re
from functools import partial

import pytest

from dashboard import query
from dashboard.charts.method_page import method_page
from dashboard.charts.placement_rules import placement_rules
from dashboard.export import citation, data_answers, document, facts, method, reporting
from dashboard.i18n import LANGUAGES, translator
from dashboard.importers.checklists import CHECKLISTS, checklist
from dashboard.measures import gap_by_step, new_by_interview, placement_by_step
from dashboard.model import SCHOOLS, Filters
from dashboard.query import records

SHIPPED = ("demo-round-1", "demo-round-2", "evidence")
TITLE = "# [x](http://evil) <b>&amp; *y* www.evil.example a@b.c"
VOICES = re.compile(r"\b(voices?|röst\w*)\b", re.IGNORECASE)


def collected(connection, study_id="tiny", language="en", *, visible=None, shows_groups=True):
    """Return a study's facts and its translator, as the page collects them."""

    def ask(name, **parameters):
        return query.run(connection, name, parameters)

    rows = {str(row["study_id"]): row for row in records(ask("lists/studies"))}
    t = translator(language, str(rows[study_id]["kind"]))
    whole = Filters(study_id)
    found = facts.collect(
        rows[study_id],
        placement_by_step(connection, whole),
        new_by_interview(connection, whole),
        placement_rules(ask("lists/placement_rules", study_id=study_id), t),
        partial(ask),
        generation="gen-000001",
        visible=set(rows) if visible is None else visible,
        shows_groups=shows_groups,
    )
    return found, t


def written(found, t):
    """Return the file's text."""
    return method.as_file(found, t).decode("utf-8")


def plain(markdown):
    """Return Markdown without the backslashes that keep its signs from being marks."""
    return re.sub(r"\\([\\`*_\[\]<>|~#&$@:.+=-])", r"\1", markdown)


def texts(block):
    """Return every text of a block, as the page shows it."""
    for part in block.values():
        yield from _strings(part)


def _strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _strings(part)


def section(found, t, key):
    return next(part for part in method.sections(found, t) if part["id"] == key)


def said(part):
    return "\n".join(text for block in part["blocks"] for text in _strings(block))


# --- the numbers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("study", SHIPPED)
def test_the_file_has_the_numbers_that_the_measures_give(shipped, study):
    found, t = collected(shipped, study)
    text = plain(written(found, t))
    placed = placement_by_step(shipped, Filters(study))
    raised, holds = int((placed["n_raised"] > 0).sum()), int((placed["placement"] == "holds").sum())
    assert f"raised: {raised}." in text or f"report on: {raised}." in text
    assert f"Steps that hold: {holds}." in text
    silent = placed[placed["n_raised"] == 0]
    assert f"**{len(silent)} of {len(placed)}** written steps" in text
    for row in records(silent):
        assert f"- {row['step_id']} · {row['step']}" in text
    [(voices, practices)] = shipped.execute(
        "select (select count(*) from participant where study_id = $s), "
        "(select count(*) from practice where study_id = $s)",
        {"s": study},
    ).fetchall()
    assert f"**{t.count('voices', voices)}**, 48 written steps from 47 sources, {practices} practices" in text


@pytest.mark.parametrize("study", SHIPPED)
def test_each_source_has_its_own_steps(shipped, study):
    found, _t = collected(shipped, study)
    gap = gap_by_step(shipped, Filters(study))
    assert sum(row["n_steps"] for row in found.sources) == len(gap)
    assert sum(row["n_raised"] for row in found.sources) == int((gap["n_raised"] > 0).sum())
    assert sum(row["n_holds"] for row in found.sources) == found.n_placed("holds")
    assert all(row["n_steps"] >= row["n_raised"] >= row["n_holds"] >= 0 for row in found.sources)


def test_a_study_counted_by_hand(tiny):
    connection = tiny(
        """participant | stance | step_id | practice | effect | quote
        P1 | as_written | V1 | Asks | helps | Yes.
        P2 | as_written | V1 | Asks | helps |
        P3 | as_written | V1 | Asks | helps | I ask.
        P1 | adapted | V2 | Asks later | helps | Later.
        P2 | added | | Waves | not_known |""",
        """step_id | document | issuer | obligation_level | place
        V1 | Guide | Board | service routine |
        V2 | Guide | Board | service routine | not checked against the source
        V3 | | | |""",
        """participant | site
        P1 | North
        P2 | North
        P3 | South
        P4 | """,
    )
    found, t = collected(connection)
    assert (found.n_voices, found.n_steps, len(found.raised), len(found.silent)) == (4, 3, 2, 1)
    assert [(r["document"], r["n_steps"], r["n_raised"], r["n_holds"]) for r in found.sources] == [
        ("Guide", 2, 2, 1),
        ("", 1, 0, 0),
    ]
    counts = {key: found.counts[key] for key in ("n_practices", "n_unwritten", "n_one_voice", "n_tellings")}
    assert counts == {"n_practices": 3, "n_unwritten": 1, "n_one_voice": 2, "n_tellings": 5}
    assert (found.counts["n_tellings_with_words"], found.counts["n_unchecked"]) == (3, 1)
    text = plain(written(found, t))
    assert "**4 voices** told **3 practices** in 3 excerpts" in text
    assert "| Site | North | 2 |" in text
    assert "| Site | not given | 1 |" in text
    assert "| service routine | 1 | 2 | 2 | 1 |" in text
    assert "1 of 3 statements." in text
    assert "2 of 3 practices are told by a single voice." in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("study", SHIPPED)
def test_the_page_and_the_file_say_the_same(shipped, study, language):
    found, t = collected(shipped, study, language)
    sections = method.sections(found, t)
    assert method_page(sections, t)["sections"] == sections
    text = " ".join(plain(written(found, t)).replace("**", "").split())
    for part in sections:
        for block in part["blocks"]:
            kept = {key: value for key, value in block.items() if key not in ("kind", "label", "wide", "folded")}
            for shown in texts(kept):
                assert " ".join(shown.split()) in text, (part["id"], shown)


def test_the_sections_stand_in_their_order(shipped):
    found, t = collected(shipped, "demo-round-2")
    ids = [part["id"] for part in method.sections(found, t)]
    assert ids == ["what", "who", "how", "written", "defined", "silent", "limits", "report", "cite", "versions"]
    assert re.findall(r"^## (.*)$", written(found, t), re.M) == [part["title"] for part in method.sections(found, t)]


# --- what kind of study -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "first"), [("en", "The interviews are invented."), ("sv", "Intervjuerna är")])
def test_invented_interviews_say_so_first(shipped, language, first):
    found, t = collected(shipped, "demo-round-2", language)
    blocks = section(found, t, "what")["blocks"]
    assert blocks[0]["parts"][0][0].startswith(first)
    assert t("chip.synthetic") in written(found, t)
    assert said(section(found, t, "limits")).startswith("ul\n" + t("method.limit.invented"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_publication_is_never_a_voice(shipped, language):
    found, t = collected(shipped, "evidence", language)
    files = [written(found, t), *(method.checklist_file(key, found, t).decode("utf-8-sig") for key in CHECKLISTS)]
    for text in files:
        assert [hit[0] for hit in VOICES.finditer(text)] == []
    assert "https://doi.org/10.3390/healthcare9050517" in files[0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("school", ["", *SCHOOLS])
def test_each_school_says_what_follows_from_it(tiny, language, school):
    told = "participant | stance | step_id\nP1 | adapted | V1"
    found, t = collected(tiny(told, about=f'school = "{school}"\nkind = "interviews"'), language=language)
    how = said(section(found, t, "how"))
    assert "".join(text for text, _strong in t.parts(f"method.how.{school}")) in how.replace("\n", "")
    assert t("method.how.agreement.expected" if school == "coding_reliability" else "method.how.agreement") in how
    assert t(f"method.school.{school}") in "".join(text for text, _strong in method.sentence(found, t))


def test_groups_are_not_shown_where_the_policy_hides_them(shipped):
    found, t = collected(shipped, "demo-round-2", shows_groups=False)
    text = written(found, t)
    assert "specialist psychiatry" not in text
    assert [a.status for a in reporting.answered("coreq", found, 1, t) if a.item.number == "16"] == ["open"]


def test_no_round_is_named_that_the_reader_may_not_open(shipped):
    open_, t = collected(shipped, "demo-round-2")
    assert "12 of the 16 voices are also in “Psychologists, round 1”" in plain(written(open_, t))
    closed, t = collected(shipped, "demo-round-2", visible={"demo-round-2"})
    assert "Psychologists, round 1" not in written(closed, t)


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_voice_and_no_steps_are_whole_documents_too(tiny, language):
    one = tiny("participant | stance | step_id | practice\nP1 | adapted | V1 | Asks")
    unwritten = tiny("participant | component | stance | step_id | practice\nP1 | Chat | added | | Waves")
    for connection in (one, unwritten):
        found, t = collected(connection, language=language)
        text = written(found, t)
        assert len(re.findall(r"^## ", text, re.M)) == 10
        assert t.count("voices", 1) in text
        assert "nan" not in text.lower().split()
        assert "None" not in text


def test_a_study_of_nothing_is_a_whole_document(tiny):
    connection = tiny("participant | stance | step_id\nP1 | unclear | V1")
    found, t = collected(connection)
    empty = facts.Facts(
        study={**found.study, "n_voices": 0, "n_steps": 0}, counts=dict.fromkeys(found.counts, 0), check={},
        generation="gen-000001", placed=[], sources=[], components=[], attributes=[], rounds=[], publications=[],
        brought=[], answers={}, rules=found.rules,
    )  # fmt: skip
    text = written(empty, t)
    assert t("method.who.nobody") in text
    assert text.count(t("method.written.none")) == 2
    assert "**COREQ: 0 of 32 answered**" in text


# --- the checklists ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("study", SHIPPED)
@pytest.mark.parametrize("key", CHECKLISTS)
def test_every_item_stands_once_answered_or_open(shipped, study, key):
    found, t = collected(shipped, study)
    items = reporting.answered(key, found, 3, t)
    assert [a.item for a in items] == list(checklist(key).items)
    for a in items:
        assert a.status in reporting.STATUSES
        assert bool(a.answer) == (a.status != "open")
    is_open = sum(a.status == "open" for a in items)
    assert f"{len(items) - is_open} of {len(items)} answered" in written(found, t)


def test_an_answer_of_the_study_team_appears_beside_that_of_the_data(tiny):
    about = '[coreq]\n1 = "Anna held them."\n12 = { en = "Twelve asked.", sv = "Tolv tillfrågades." }\n2 = ""'
    connection = tiny("participant | stance | step_id\nP1 | adapted | V1", about=about)
    found, t = collected(connection)
    by_number = {a.item.number: a for a in reporting.answered("coreq", found, 3, t)}
    assert (by_number["1"].answer, by_number["1"].status) == ("Anna held them.", "team")
    assert (by_number["12"].answer, by_number["12"].status) == ("Twelve asked. 1 voice.", "both")
    assert (by_number["2"].answer, by_number["2"].status) == ("", "open")
    swedish, sv = collected(connection, language="sv")
    assert "Tolv tillfrågades. 1 röst." in plain(written(swedish, sv))


def test_what_nobody_said_stays_open(tiny):
    found, t = collected(tiny("participant | stance | step_id\nP1 | adapted | V1"))
    open_items = {a.item.number for a in reporting.answered("coreq", found, 3, t) if a.status == "open"}
    assert {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "13", "16", "18", "22", "24", "29"} <= open_items
    open_items = {a.item.number for a in reporting.answered("srqr", found, 3, t) if a.status == "open"}
    assert {"S2", "S3", "S4", "S5", "S6", "S7", "S8", "S9", "S10", "S14", "S18", "S20", "S21"} <= open_items


def test_every_fact_of_the_checklists_can_be_answered():
    named = {item.fact for key in CHECKLISTS for item in checklist(key).items if item.fact}
    assert named == {*data_answers.FACTS, "limitations"}


@pytest.mark.parametrize("key", CHECKLISTS)
def test_a_checklist_is_a_file_of_its_own(shipped, key):
    found, t = collected(shipped, "demo-round-2")
    lines = method.checklist_file(key, found, t).decode("utf-8-sig").splitlines()
    assert t("chip.synthetic") in lines[0]
    rows = list(csv.DictReader(io.StringIO("\n".join(line for line in lines if not line.startswith("# ")))))
    assert [row["item"] for row in rows] == [item.number for item in checklist(key).items]
    n = sum(len(block["items"]) for block in section(found, t, "limits")["blocks"])
    answers = {a.item.number: (a.answer, a.status) for a in reporting.answered(key, found, n, t)}
    assert {row["item"]: (row["answer"], row["answered_by"]) for row in rows} == answers


# --- words that try to be more than text ------------------------------------------------------------------


def test_a_studys_words_are_no_markdown(tiny):
    told = "participant | stance | step_id | practice\nP1 | adapted | V1 | Asks"
    about = f"title = '''{TITLE}'''\norganisation = '''- `{TITLE}`'''\nmethod = '''1. {TITLE}'''"
    text = written(*collected(tiny(told, about=about)))
    outside = re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)
    unescaped = re.sub(r"\\.", "", outside)
    assert "[" not in unescaped
    assert "<b>" not in unescaped
    assert "*y*" not in unescaped
    assert re.search(r"(https?://|www\.)evil", unescaped) is None
    assert [line for line in outside.splitlines() if line.startswith("# ")] == [
        "# \\# \\[x\\](http\\://evil) \\<b\\>\\&amp; \\*y\\* www\\.evil.example a\\@b.c"
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("16 voices.", "16 voices."),
        ("a | b", "a \\| b"),
        ("two\nlines", "two lines"),
        ("n_clear", "n\\_clear"),
        ("back\\slash", "back\\\\slash"),
        ("mailto:a@b.c", "mailto\\:a\\@b.c"),
    ],
)
def test_a_sign_of_markdown_stands_for_itself(text, shown):
    assert document.escaped(text) == shown


@pytest.mark.parametrize("text", ["- x", "+ x", "1. x", "12) x", "=== x", "# x", "> x", ": x"])
def test_no_paragraph_begins_as_something_else(text):
    lines = document.as_markdown("t", [document.paragraph(text)], []).decode().splitlines()
    assert lines[2].replace("\\", "") == text
    assert "\\" in lines[2][:3]


def test_an_address_that_is_none_is_text_and_a_fence_holds():
    cell = {"text": "Guide", "to": "javascript:alert(1)"}
    block = document.table("t", ["a"], [[cell], [{"text": "Law", "to": "https://example.org/a"}]])
    lines = document.as_markdown("t", [block, document.code("```\n# x")], []).decode().splitlines()
    assert "| Guide · javascript:alert(1) |" in lines
    assert "| Law · <https://example.org/a> |" in lines
    assert lines[-4:] == ["````", "```", "# x", "````"]


def test_a_reference_keeps_its_braces(tiny):
    about = "title = 'A {B} & 100 % \\ $x_1$'\norganisation = 'Norr'\ncollected = 'autumn 2025 and spring 2026'"
    found, t = collected(tiny("participant | stance | step_id\nP1 | adapted | V1", about=about))
    text = citation.bibtex(found, t)
    assert "title = {{A \\{B\\} \\& 100 \\% \\textbackslash{} \\$x\\_1\\$}}," in text
    assert "year = {{2026}}," in text
    assert str(found.check["sha256"])[:12] in text
    assert citation.study(found, t).startswith("Norr. A {B}")
