"""What other programs open: the codebook as REFI-QDA and the steps as a FRAM model, read again by our own readers."""

import re
import sys
from xml.etree.ElementTree import fromstring

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import cli
from dashboard.export import qdc, xfmv
from dashboard.i18n import translator
from dashboard.importers import codebook, fram

T = translator("en")
COLUMNS = ["code_id", "parent_id", "code", "code_sv", "description", "colour", "is_codable"]


def book(*rows):
    return qdc.codebook(pd.DataFrame(rows, columns=COLUMNS), ["a study -- invented <b>"], T)


def test_a_codebook_is_read_again_with_its_definitions_colours_and_folders():
    rows = [
        ("Video", "", "Video", "", "a folder", "", False),
        ("Video/Ask ∕ tell", "Video", "Ask / tell", "", 'first & "second"\nline', "#F78181", True),
        ("Video/Ask ∕ tell/Deep", "Video/Ask ∕ tell", "Deep", "", "", "reddish", True),
    ]
    found = codebook.read(book(*rows), "b.qdc").codes
    assert [(c.path, c.parent, c.name, c.description, c.colour, c.is_codable) for c in found] == [
        ("Video", "", "Video", "a folder", "", False),
        ("Video/Ask ∕ tell", "Video", "Ask / tell", 'first & "second"\nline', "#F78181", True),
        ("Video/Ask ∕ tell/Deep", "Video/Ask ∕ tell", "Deep", "", "", True),
    ]


def test_a_codebook_keeps_to_the_standards_order_of_elements():
    root = fromstring(book(("a", "", "a", "", "what it means", "#ABC", True), ("a/b", "a", "b", "", "", "", True)))
    name = "{urn:QDA-XML:codebook:1.0}"
    assert (root.tag, set(root.attrib), [child.tag for child in root]) == (
        f"{name}CodeBook", {"origin"}, [f"{name}Codes"],
    )  # fmt: skip
    code = root[0][0]
    assert [child.tag for child in code] == [f"{name}Description", f"{name}Code"]
    assert set(code.attrib) == {"guid", "name", "isCodable", "color"}
    for element in root.iter(f"{name}Code"):
        assert re.fullmatch(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", element.get("guid"))


def test_a_codes_guid_is_of_its_path_alone():
    assert qdc.guid_of("Video/Ask") == "86bd883f-82d3-5bcd-ac1c-f48a3fa0e9c9"
    assert qdc.guid_of("Video/Ask") != qdc.guid_of("Ask")


def test_a_codebook_without_codes_is_empty_and_sound():
    assert codebook.read(book(), "b.qdc").codes == ()


def steps_of(model, rules=()):
    return fram.steps_of(model, rules, "m")[0]


def rows_of(steps):
    rows = [{"step_id": s.step_id, "component_id": s.component, "place": s.place} for s in steps]
    return xfmv.model(rows, {s.step_id: (s.text, s.why_it_matters) for s in steps}, ["a study"])


def whole(model):
    """Return all that a model says, whatever its drawing."""
    return (
        {(f.number, f.name, f.description, f.kind) for f in model.functions},
        sorted((a.function, a.kind, a.name) for a in model.aspects),
        set(model.couplings),
    )


@pytest.mark.parametrize("name", ["simple_fram", "coloured_fram"])
def test_a_real_model_goes_in_and_comes_out_whole(real, name):
    first = fram.read((real / "fram" / f"{name}.xfmv").read_bytes(), f"{name}.xfmv")
    written = rows_of(steps_of(first))
    again = fram.read(written, f"{name}.xfmv")
    assert whole(again) == whole(first)
    assert [f.name for f in fram.in_layout_order(again.functions)] == [
        f.name for f in fram.in_layout_order(first.functions)
    ]
    assert rows_of(steps_of(again)) == written


def test_a_written_model_has_the_shape_of_a_real_one(real):
    theirs = fromstring((real / "fram" / "simple_fram.xfmv").read_bytes())
    ours = fromstring(rows_of(steps_of(fram.read((real / "fram" / "simple_fram.xfmv").read_bytes(), "m.xfmv"))))
    assert [child.tag for child in ours] == [child.tag for child in theirs]
    for path in ("Functions/Function", "Aspects/Aspect", "Inputs/Input", "Outputs/Output", "Times/Time"):
        one, other = ours.find(path), theirs.find(path)
        assert set(one.attrib) == set(other.attrib), path
        assert {child.tag for child in one} - {"Description"} == {child.tag for child in other} - {"Description"}, path


words = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp"), exclude_characters="|"), min_size=1)


@given(
    names=st.lists(words, min_size=1, max_size=6, unique_by=str.casefold),
    told=st.lists(st.tuples(st.integers(0, 5), st.sampled_from(sorted(fram.ASPECTS.values())), words), max_size=12),
)
def test_any_model_goes_in_and_comes_out_whole(names, told):
    functions = tuple(fram.Function(str(n), name, kind=str(n % 3), x=float(n)) for n, name in enumerate(names))
    aspects = tuple(fram.Aspect(str(n % len(names)), kind, name) for n, kind, name in told)
    model = fram.FramModel("m", functions, aspects, fram.couplings_of(functions, aspects))
    assert whole(fram.read(rows_of(steps_of(model)), "m.xfmv")) == whole(model)


@pytest.fixture
def export(monkeypatch, capsys, shipped_store, tmp_path):
    def run(kind, *more):
        out = tmp_path / f"file.{kind}"
        given = ["export", kind, "-o", str(out), "--filter", "study=demo-round-2", *more, "--store", str(shipped_store)]
        monkeypatch.setattr(sys, "argv", ["beyond", *given])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        assert (ended.value.code or 0, capsys.readouterr().err != "") == (0, True)
        return out.read_bytes()

    return run


def test_the_command_writes_the_whole_codebook(export, shipped):
    data = export("qdc")
    assert b"invented interviews" in data
    found = codebook.read(data, "b.qdc").codes
    kept = shipped.execute("select count(*) from code where study_id = 'demo-round-2'").fetchone()[0]
    assert len(found) == kept
    assert next(c for c in found if c.path == "Alliance/Bond").description
    in_swedish = {c.name for c in codebook.read(export("qdc", "--language", "sv"), "b.qdc").codes}
    assert "Hjälper" in in_swedish


def test_the_command_writes_every_step_as_a_function_and_invents_no_coupling(export, shipped):
    model = fram.read(export("xfmv"), "m.xfmv")
    steps = shipped.execute("select text from protocol_step where study_id = 'demo-round-2'").fetchall()
    texts = {text for (text,) in steps}
    assert {f.name for f in model.functions} == texts
    assert model.couplings == ()
    assert len({(f.x, f.y) for f in model.functions}) == len(model.functions)
