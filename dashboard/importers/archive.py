"""A REFI-QDA project as a stranger sends it: opened in memory, member by member, never unpacked to disk."""

import io
import lzma
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import unquote

from dashboard.errors import ImportProblem

MEBIBYTE = 2**20
MEMBER_LIMIT = 20_000
PROJECT_LIMIT = 400 * MEBIBYTE
TEXT_LIMIT = 64 * MEBIBYTE  # some 20 000 pages; a transcript beyond it is no transcript
TOTAL_LIMIT = 2048 * MEBIBYTE
RATIO_LIMIT = 100
RATIO_FLOOR = 50 * MEBIBYTE  # text packs well: a small project may shrink a hundredfold in all honesty
CHUNK = MEBIBYTE

DAMAGED = "Not a valid REFI-QDA project (zip damaged)."
EXPORT_AGAIN = "Export the project again as REFI-QDA (.qdpx) and import that file."
# What zipfile and the decompressors beneath it raise when the bytes are not what the directory says.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    IndexError,
    struct.error,
)


@dataclass
class Archive:
    """The project's XML and, on demand, its sources; all that is inflated counts toward the limits."""

    name: str
    project_xml: bytes
    _members: Mapping[str, Callable[[], bytes]] = field(default_factory=dict, repr=False)

    def source(self, path: str) -> bytes | None:
        """Return a source's bytes for the path that the XML gives, or None where the file does not carry it.

        `internal://` may be missing (qc, QualCoder #803), the folder may be `sources` or `Sources` and the
        GUID may change case between XML and archive; only the archive itself is looked into, so a
        `relative:` or `absolute:` path finds nothing but a source of the same file name.
        """
        bare = re.sub(r"^[a-z]+:/*", "", path.strip(), flags=re.IGNORECASE).replace("\\", "/").casefold()
        for spelt in (bare, unquote(bare).casefold()):
            leaf = spelt.rsplit("/", 1)[-1]
            for candidate in (f"sources/{spelt}", spelt, f"sources/{leaf}"):
                if leaf and candidate in self._members:
                    return self._members[candidate]()
        return None


def open_archive(data: bytes, name: str) -> Archive:
    """Return the archive of a `.qdpx`, or one without sources for a bare `.qde`; told apart by content.

    Every rule about names and sizes is checked before the first byte is inflated, and sizes again while
    inflating, because a zip's directory may lie.
    """
    if not data:
        raise ImportProblem("The file is empty.", where=name, remedy=EXPORT_AGAIN)
    if data.startswith(b"PK"):
        return _open_zip(data, name)
    if data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        if len(data) > PROJECT_LIMIT:
            raise _too_large(name, "the project XML", PROJECT_LIMIT)
        return Archive(name, data)
    raise ImportProblem(DAMAGED, where=name, remedy=EXPORT_AGAIN)


def _open_zip(data: bytes, name: str) -> Archive:
    try:
        opened = zipfile.ZipFile(io.BytesIO(data))
    except (*_DAMAGE, NotImplementedError) as damage:
        raise ImportProblem(DAMAGED, where=name, remedy=EXPORT_AGAIN) from damage
    members = opened.infolist()
    _check_count(members, name)
    for member in members:
        _check_member(member, name)
    _check_duplicates(members, name)
    budget = _Budget(name, len(data))
    budget.check(sum(member.file_size for member in members))
    project = _project_member(members, name)
    folder = _key(project).rpartition("/")[0]
    sources = {
        _key(member).removeprefix(f"{folder}/"): partial(budget.read, opened, member, TEXT_LIMIT)
        for member in members
        if member is not project and not member.is_dir()
    }
    return Archive(name, budget.read(opened, project, PROJECT_LIMIT), sources)


@dataclass
class _Budget:
    """How much a zip may still inflate to; a bomb is stopped at the limit, not after it."""

    name: str
    packed: int
    inflated: int = 0

    def check(self, total: int) -> None:
        """Refuse a total that no honest project reaches."""
        if total > TOTAL_LIMIT:
            raise _too_large(self.name, "the unpacked project", TOTAL_LIMIT)
        if total > RATIO_FLOOR and total > RATIO_LIMIT * self.packed:
            raise ImportProblem(
                f"The zip unpacks to more than {RATIO_LIMIT} times its size and more than "
                f"{RATIO_FLOOR // MEBIBYTE} MB: this is how a zip bomb looks.",
                where=self.name,
                remedy=EXPORT_AGAIN,
            )

    def read(self, opened: zipfile.ZipFile, member: zipfile.ZipInfo, limit: int) -> bytes:
        """Return one member's bytes, counted while they stream."""
        where = f"{self.name}, {member.filename}"
        kept = bytearray()
        try:
            with opened.open(member) as stream:
                while chunk := stream.read(CHUNK):
                    kept += chunk
                    self.inflated += len(chunk)
                    self.check(self.inflated)
                    if len(kept) > limit:
                        raise _too_large(where, "this member", limit)
        except NotImplementedError as unknown:
            raise ImportProblem(
                "Packed with a compression that is not supported.", where=where, remedy=EXPORT_AGAIN
            ) from unknown
        except _DAMAGE as damage:
            raise ImportProblem(DAMAGED, where=where, remedy=EXPORT_AGAIN) from damage
        return bytes(kept)


def _key(member: zipfile.ZipInfo) -> str:
    return member.filename.replace("\\", "/").removeprefix("./").casefold()


def _too_large(where: str, what: str, limit: int) -> ImportProblem:
    return ImportProblem(
        f"{what[0].upper()}{what[1:]} is larger than the limit of {limit // MEBIBYTE} MB.",
        where=where,
        remedy="Split the project, or export it without recordings.",
    )


def _check_count(members: Sequence[zipfile.ZipInfo], name: str) -> None:
    if len(members) > MEMBER_LIMIT:
        raise ImportProblem(
            f"The zip holds {len(members)} members, more than the limit of {MEMBER_LIMIT}.",
            where=name,
            remedy=EXPORT_AGAIN,
        )


def _check_member(member: zipfile.ZipInfo, name: str) -> None:
    path = member.filename.replace("\\", "/")
    where = f"{name}, {member.filename}"
    if path.startswith("/") or re.match(r"[A-Za-z]:", path) or ".." in path.split("/"):
        raise ImportProblem("A member's name leads outside the project.", where=where, remedy=EXPORT_AGAIN)
    if stat.S_ISLNK(member.external_attr >> 16):
        raise ImportProblem("A member is a symbolic link.", where=where, remedy=EXPORT_AGAIN)
    if member.flag_bits & 0x1:
        raise ImportProblem("The zip is encrypted.", where=where, remedy="Export the project without a password.")


def _check_duplicates(members: Sequence[zipfile.ZipInfo], name: str) -> None:
    # Python would read the last of two, other tools the first: what was checked would not be what is read.
    seen: set[str] = set()
    for member in members:
        if _key(member) in seen:
            raise ImportProblem(
                "Two members have the same name.", where=f"{name}, {member.filename}", remedy=EXPORT_AGAIN
            )
        seen.add(_key(member))


def _project_member(members: Sequence[zipfile.ZipInfo], name: str) -> zipfile.ZipInfo:
    """Return the one *.qde at the root, or else the one in a folder, as people who pack a folder leave it."""
    # ATLAS.ti names it after the project; a leading dot or __MACOSX is what macOS leaves beside a file.
    seen = [m for m in members if not re.search(r"(^|/)(\.|__macosx/)", _key(m))]
    roots = [m for m in seen if "/" not in _key(m)]
    projects = [m for m in roots if _key(m).endswith(".qde")] or [m for m in seen if _key(m).endswith(".qde")]
    if len(projects) == 1:
        return projects[0]
    found = ", ".join(m.filename for m in (projects or roots)[:5]) or "none"
    raise ImportProblem(
        f"Expected exactly one project file (*.qde) at the root of the zip, found {len(projects)} "
        f"(at the root: {found}).",
        where=name,
        remedy=EXPORT_AGAIN,
    )
