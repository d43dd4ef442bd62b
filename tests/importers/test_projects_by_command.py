"""Every kind of coded project goes through the same command, which tells what is in it and changes nothing."""

import json
import sys

import pytest

from dashboard import intake
from dashboard.cli import main

PROJECTS = {
    "taguette/project.sqlite3": ("Taguette", 3, 16, 10, 17, 10, 10),
    "qualcoder/psych_synthetic.qda/data.qda": ("QualCoder 4.0 Beta", 3, 16, 7, 15, 15, 15),
    "qualcoder/psych_synthetic_zero_case_links.qdpx": ("QualCoder 4.0 Beta", 3, 16, 7, 15, 15, 15),
    "nvivo/oltas0517.qdpx": ("NVivo for Windows 12.6", 2, 152, 188, 303, 185, 188),
}
COUNTS = ("producer", "documents", "codes", "excerpts", "codings", "quotes_verified", "quotes_total")


@pytest.mark.parametrize("path", PROJECTS)
def test_a_dry_run_tells_what_is_inside(real, path, capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("BEYOND_STORE", str(tmp_path / "store"))
    monkeypatch.setattr(sys, "argv", ["beyond", "import", str(real / path), "--study", "mine", "--dry-run", "--json"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code in (0, None)
    report = json.loads(capsys.readouterr().out)
    assert tuple(report[name] for name in COUNTS) == PROJECTS[path]
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize("path", PROJECTS)
def test_a_project_is_published_as_it_is_and_found_again(real, path, tmp_path):
    request = intake.Request("mine", [real / path])
    [first] = intake.publish(tmp_path, [intake.prepare(request)])
    [again] = intake.publish(tmp_path, [intake.prepare(request)])
    assert (first["excerpts"], again["generation"]) == (PROJECTS[path][3], first["generation"])
    assert any("Already imported as generation" in warning for warning in again["warnings"])
