"""A real project and its mapping become a study."""

import csv
from pathlib import Path

import pytest

from dashboard.importers import refi_qda
from dashboard.importers.mapping import apply, read_mapping
from dashboard.model import Step

HERE = Path(__file__).parent
REAL = HERE.parents[2] / "shared" / "real"


@pytest.fixture
def study():
    if not REAL.is_dir():
        pytest.skip(f"{REAL} is missing: the real files are kept outside the repository")
    bundle = refi_qda.read((REAL / "qualcoder/psych_synthetic_lf.qdpx").read_bytes(), "psych_synthetic_lf.qdpx")
    with (HERE / "protocol_psych_synthetic.csv").open(encoding="utf-8", newline="") as file:
        steps = tuple(
            Step(
                row["step_id"], row["component"], row["text"],
                phase=row["phase"], position=int(row["position"]),
                is_core=row["is_core"] == "true", obligation_level=row["obligation_level"],
            )
            for row in csv.DictReader(file)
        )  # fmt: skip
    return apply(bundle, read_mapping(HERE / "mapping_psych_synthetic.toml"), steps)


def test_the_qualcoder_project_becomes_a_study_of_three_voices(study):
    assert [p.participant_id for p in study.participants] == ["P01", "P02", "P03"]
    assert study.participants[1].attributes["clinic"] == "Tromsø"
    assert len(study.steps) == 7


def test_the_qualcoder_project_shows_its_gaps(study):
    found = {(t.participant_id, t.step_id or t.component, t.stance) for t in study.tellings}
    assert found == {
        ("P01", "V01", "left_out"),
        ("P01", "V01", "worked_around"),
        ("P01", "O01", "worked_around"),
        ("P01", "I01", "worked_around"),
        ("P02", "V03", "adapted"),
        ("P02", "O02", "adapted"),
        ("P03", "V02", "adapted"),
        ("P03", "Automated outcome measures", "added"),
        ("P03", "Automated outcome measures", "adapted"),
    }
    assert {t.practice for t in study.tellings} >= {
        "identity check skipped",
        "phone fallback",
        "shared graph",
    }
    assert not any("left without a practice" in w for w in study.warnings)
