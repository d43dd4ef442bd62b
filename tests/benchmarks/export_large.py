"""How long each format takes for a study of 1,000 steps and 40 voices; a program, with a folder to keep it in.

    python tests/benchmarks/export_large.py [FOLDER]

The study is generated, and every voice tells something of every step. Every step is taken along in a page of all gaps,
in one brief of 1,000 change requests, and in a workbook; a deck is of the first 20 gaps, for nobody shows 1,000 slides.
Each must take less than 30 s with its progress shown; the program ends with exit status 1 where one does not.
"""

import csv
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from dashboard import generations, intake

STEPS, VOICES, TOOLS, PHASES = 1_000, 40, 10, ("before", "session_start", "during", "between", "ending")
STANCES = ("as_written", "as_written", "adapted", "worked_around", "left_out", "unclear")
EFFECTS = ("helps", "helps", "mixed", "harms", "not_known")
MOST = 30.0  # seconds
FORMATS = {
    "xlsx": ["--page", "overview", "--top", str(STEPS)],
    "pptx": ["--page", "overview", "--top", "20"],
    "docx": ["--page", "step", *(word for n in range(STEPS) for word in ("--step", f"S{n:04}"))],
    "html": ["--page", "overview", "--top", str(STEPS)],
}


def tables(folder: Path) -> tuple[Path, Path]:
    """Write the protocol and the practice of the generated study."""
    chance = random.Random(4)
    protocol, practice = folder / "protocol.csv", folder / "practice.csv"
    with protocol.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            ["step_id", "component", "phase", "position", "text", "document", "obligation_level", "is_core"]
        )
        for n in range(STEPS):
            tool, phase = f"Tool {n * TOOLS // STEPS}", PHASES[n * len(PHASES) * TOOLS // STEPS % len(PHASES)]
            text = f"Do what is written in statement {n}, every time that it comes up in the work with a patient"
            writer.writerow([f"S{n:04}", tool, phase, n, text, f"Guideline {n % 25}", "service routine", n % 3 == 0])
    with practice.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["participant", "component", "stance", "step_id", "practice", "effect", "quote"])
        for n in range(STEPS):
            for voice in range(VOICES):
                stance = chance.choice(STANCES)
                name = "" if stance in ("as_written", "unclear") else f"Does way {chance.randrange(4)} of {n}"
                effect = chance.choice(EFFECTS) if name else "not_known"
                quote = f"What voice {voice} said of statement {n}, in a sentence or so of its own."
                writer.writerow([f"P{voice:02}", f"Tool {n * TOOLS // STEPS}", stance, f"S{n:04}", name, effect, quote])
    return protocol, practice


def main() -> int:
    """Make the study where it is missing, export it in every format, and say how long each took."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp(prefix="beyond-large-"))
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / "store"
    if not place.is_dir():
        protocol, practice = tables(folder)
        intake.publish(place, [intake.prepare(intake.Request("large", [practice], protocol=protocol))])
    print(f"{STEPS} steps, {VOICES} voices, {generations.current(place).path.stem}")
    slow = [kind for kind in FORMATS if seconds(kind, folder, place) > MOST]
    return 1 if slow else 0


def seconds(kind: str, folder: Path, place: Path) -> float:
    """Export one format in a process of its own and return how long it took."""
    out = folder / f"large.{kind}"
    command = [sys.executable, "-c", "from dashboard.cli import main; main()", "export", kind, "-o", str(out)]
    began = time.monotonic()
    asked = [*command, "--filter", "study=large", "--store", str(place), *FORMATS[kind]]
    ended = subprocess.run(asked, capture_output=True, text=True, check=True)
    taken = time.monotonic() - began
    lines = len(ended.stderr.splitlines())
    print(f"{kind}: {taken:.1f} s, {out.stat().st_size / 1e6:.1f} MB, {lines} lines of progress", flush=True)
    return taken


if __name__ == "__main__":
    raise SystemExit(main())
