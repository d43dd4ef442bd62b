"""The truths of real coded-segment tables and FRAM models, through the same door as the command and the page."""

import json
import re
import sys
from collections import Counter

import pytest

from dashboard import cli, intake
from dashboard.importers import fram

MAPPING = """
[columns]
document = "Nazwa dokumentu"
code = "Kod"
quote = "Fragment"
coder = "Autor"
memo = "Komentarz"
group = "Grupa dokumentów"
"""


@pytest.fixture
def dry_run(capsys, monkeypatch, tmp_path):
    """Run `beyond import … --dry-run --json` and return what it printed."""

    def run(*arguments):
        told = ["beyond", "import", *map(str, arguments), "--study", "x", "--dry-run", "--json", "--store"]
        monkeypatch.setattr(sys, "argv", [*told, str(tmp_path / "store")])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        assert ended.value.code == 0, printed.err
        assert not (tmp_path / "store").exists()
        return json.loads(printed.out)

    return run


def counts(report):
    return tuple(report[name] for name in ("documents", "codes", "excerpts", "codings"))


def test_maxqdas_polish_table_is_402_rows_by_its_header_and_through_a_saved_mapping(dry_run, real, tmp_path):
    file = real / "maxqda" / "coded_segments_polish_ui.xls"
    saved = tmp_path / "m.toml"
    saved.write_text(MAPPING, encoding="utf-8")
    by_header, by_mapping = dry_run(file), dry_run(file, "--mapping", saved)
    assert counts(by_header) == counts(by_mapping) == (39, 7, 401, 402)
    assert by_header["warnings"][0] == by_mapping["warnings"][0] == "402 rows read: 401 excerpts with 402 codings."
    assert (by_header["producer"], by_mapping["participants"]) == ("MAXQDA", 39)


def test_maxqdas_codes_are_given_as_often_as_the_table_gives_them(real):
    bundle = intake.prepare(intake.Request("x", [real / "maxqda" / "coded_segments_polish_ui.xls"])).bundle
    assert Counter(coding.code_path for coding in bundle.codings) == {
        "ROLE": 98, "PERSON": 93, "LOCAL": 75, "TYPE": 39, "MISC": 38, "DATE": 35, "INSTITUTION": 24,
    }  # fmt: skip
    assert {coding.coder for coding in bundle.codings} == {"coder 1"}


@pytest.mark.parametrize("name", ["all_tags.csv", "all_tags.xlsx"])
def test_taguettes_tables_are_17_rows_on_9_highlights(dry_run, real, name):
    report = dry_run(real / "taguette" / name)
    assert (report["producer"], *counts(report)) == ("Taguette", 3, 14, 9, 17)
    assert report["warnings"][0] == "17 rows read: 9 excerpts with 17 codings."


def test_taguettes_highlights_of_one_tag_add_nothing_to_all_tags(dry_run, real):
    folder = real / "taguette"
    assert counts(dry_run(folder / "highlights_WAD.csv")) == (3, 14, 8, 16)
    assert counts(dry_run(folder / "all_tags.csv", folder / "highlights_WAD.csv")) == (3, 14, 9, 17)


@pytest.mark.parametrize("name", ["codebook.csv", "codebook.xlsx", "codebook.qdc"])
def test_a_codebook_beside_taguettes_table_explains_its_codes(dry_run, real, name):
    files = [real / "taguette" / "all_tags.csv", real / "taguette" / name]
    assert counts(dry_run(*files)) == (3, 16, 9, 17)
    bundle = intake.prepare(intake.Request("x", files)).bundle
    whole = intake.prepare(intake.Request("x", [real / "taguette" / "project.sqlite3"])).bundle
    assert {c.path for c in bundle.codes} == {c.path for c in whole.codes}
    said = {c.path: c.description for c in bundle.codes}
    assert (said["video/identity check"] == "Verify identity and location at session start") == (name != "codebook.qdc")
    assert not any("not in codebook" in w for w in bundle.warnings)


def naive(xml):
    """Return the functions and the couplings of a model, read with regular expressions alone."""
    part = {name: re.search(rf"<{name}[ >].*?</{name}>", xml, re.S) for name in ("Functions", "Aspects")}
    names = dict(re.findall(r"<IDNr>(\d+)</IDNr>.*?<IDName>(.*?)</IDName>", part["Functions"][0], re.S))
    letters = {"I": "input", "P": "precondition", "R": "resource", "C": "control", "T": "time"}
    drawn = re.findall(r"<Name>(\d+)\|(.*?)\|(\d+)\|(\w)</Name>", part["Aspects"][0])
    return set(names.values()), {(names[a], said, names[b], letters[kind]) for a, said, b, kind in drawn}


@pytest.mark.parametrize(("name", "n_functions", "n_couplings"), [("simple_fram", 6, 8), ("coloured_fram", 13, 12)])
def test_fram_models_are_read_whole(real, name, n_functions, n_couplings):
    data = (real / "fram" / f"{name}.xfmv").read_bytes()
    model = fram.read(data, f"{name}.xfmv")
    functions, couplings = naive(data.decode())
    assert {f.name for f in model.functions} == functions
    assert {(c.source, c.name, c.target, c.aspect) for c in model.couplings} == couplings
    assert (len(model.functions), len(model.couplings), model.warnings) == (n_functions, n_couplings, ())


def test_a_fram_model_is_the_protocol_of_a_coded_project(dry_run, real, tmp_path):
    saved = tmp_path / "m.toml"
    saved.write_text(
        '[[function]]\nset = { component = "Video calls", phase = "during" }\n[[function]]\nname = "TOP"\n'
        'set = { step = "V01", phase = "before" }\n[[code]]\npath = "WAD/workaround"\n'
        'set = { step = "V01", stance = "worked_around" }\n',
        encoding="utf-8",
    )
    model = real / "fram" / "coloured_fram.xfmv"
    report = dry_run(real / "taguette" / "all_tags.csv", "--protocol", model, "--mapping", saved)
    assert report["practices"] > 0
    assert any("13 functions taken as steps, 12 couplings kept" in w for w in report["warnings"])
    steps = intake.prepare(
        intake.Request("x", [real / "taguette" / "all_tags.csv"], model, mapping=saved)
    ).bundle.steps  # fmt: skip
    assert {step.component for step in steps} == {"Video calls"}
    assert [(s.step_id, s.text, s.phase) for s in steps if s.text in ("TOP", "C1")] == [
        ("V01", "TOP", "before"), ("F9", "C1", "during"),
    ]  # fmt: skip
