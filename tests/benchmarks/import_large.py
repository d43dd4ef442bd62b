"""How long a large coded project takes to read and check, and in how much memory; a program, with a file to keep it in.

    python tests/benchmarks/import_large.py [FILE.qdpx]

The project is generated as the programs write one: 100 interviews of 50 pages, CRLF line ends, emoji that take two
UTF-16 units each, 200 codes and 10,000 codings that are counted in those units. Every second interview names no quotes,
so that its positions can only be told by where words begin and end. Reading it, in a process of its own and without a
change to a store, must take less than 10 s and 1 GB; the program ends with exit status 1 where it does not.
"""

import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from xml.sax.saxutils import quoteattr

DOCUMENTS, PAGES, PAGE, CODES, CODINGS = 100, 50, 3_000, 200, 10_000
MOST_SECONDS, MOST_MEGABYTES = 10.0, 1_000
WORDS = re.findall(
    r"\S+",
    "the patient answers on the phone before we have met and then we look at what the scale says together because "
    "it is not always so that a number tells how somebody is doing när vi väl ses pratar vi om behandlingen 🙂 och "
    "om det som står i rutinen fast på ett annat sätt än någon tänkte från början 👍 I would say 14 of 27 points",
)


def project(path: Path) -> None:
    """Write the generated project."""
    chance = random.Random(6)
    codes = "".join(f'<Code guid="c{n}" name="Code {n}" isCodable="true"/>' for n in range(CODES))
    sources = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as into:
        for n in range(DOCUMENTS):
            text = words(chance)
            into.writestr(f"sources/t{n}.txt", text.encode())
            coded = selections(text, n, chance)
            sources.append(
                f'<TextSource guid="t{n}" name="P{n:03}.txt" plainTextPath="internal://t{n}.txt">{coded}</TextSource>'
            )
        into.writestr(
            "project.qde",
            '<?xml version="1.0" encoding="utf-8"?>'
            '<Project xmlns="urn:QDA-XML:project:1.0" name="large" origin="Generated 1.0">'
            '<Users><User guid="u1" name="A"/></Users>'
            f"<CodeBook><Codes>{codes}</Codes></CodeBook><Sources>{''.join(sources)}</Sources></Project>",
        )


def words(chance: random.Random) -> str:
    """Return the words of one interview: a speaker's turn a line, an empty line between two."""
    written, length = [], 0
    while length < PAGES * PAGE:
        turn = f"R{chance.randrange(2)}: {' '.join(chance.choices(WORDS, k=chance.randrange(5, 90)))}."
        written.append(turn)
        length += len(turn) + 4
    return "\r\n\r\n".join(written)


def selections(text: str, document: int, chance: random.Random) -> str:
    """Return the coded selections of one interview, their positions in UTF-16 units, each CRLF two of them."""
    spaces = [at for at, sign in enumerate(text) if sign == " "]
    found = []
    for n in range(CODINGS // DOCUMENTS):
        first = chance.randrange(len(spaces) - 100)
        start, end = spaces[first] + 1, spaces[first + chance.randrange(5, 60)]
        quote = "" if document % 2 else text[start:end].replace("\r\n", "\n")
        found.append(
            f'<PlainTextSelection guid="s{document}-{n}" name={quoteattr(quote)} '
            f'startPosition="{units(text[:start])}" endPosition="{units(text[:end])}">'
            f'<Coding guid="k{document}-{n}" creatingUser="u1"><CodeRef targetGUID="c{chance.randrange(CODES)}"/>'
            "</Coding></PlainTextSelection>"
        )
    return "".join(found)


def units(text: str) -> int:
    """Return how many UTF-16 units a text takes."""
    return len(text.encode("utf-16-le")) // 2


def main() -> int:
    """Make the project where it is missing, read it in a process of its own, and say what that took."""
    path = Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp(prefix="beyond-large-") + "/large.qdpx")
    if not path.exists():
        project(path)
    command = [sys.executable, "-c", "from dashboard.cli import main; main()", "import", str(path)]
    asked = [*command, "--study", "large", "--dry-run", "--json", "--store", str(path.with_suffix(".store"))]
    began = time.monotonic()
    ended = subprocess.run(asked, capture_output=True, text=True, check=True)
    wall, used = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    megabytes = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6
    told = json.loads(ended.stdout)
    print(f"{path.stat().st_size / 1e6:.1f} MB packed; {told['documents']} documents, {told['codings']} codings")
    print(f"{told['quotes_verified']} of {told['quotes_total']} quotes verified; {len(told['warnings'])} warnings")
    print(f"{wall:.1f} s by the clock, {used.ru_utime + used.ru_stime:.1f} s of processor, {megabytes:.0f} MB at most")
    return 1 if wall > MOST_SECONDS or megabytes > MOST_MEGABYTES else 0


if __name__ == "__main__":
    raise SystemExit(main())
