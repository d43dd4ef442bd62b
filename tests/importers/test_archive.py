"""A .qdpx from a stranger: what is opened, what is refused, and that a bomb never goes off."""

import io
import stat
import time
import zipfile

import pytest

from dashboard.errors import ImportProblem
from dashboard.importers import archive
from dashboard.importers.archive import open_archive

XML = b"<Project/>"


def zipped(members, *, compression=zipfile.ZIP_DEFLATED):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as into:
        for name, content in members:
            into.writestr(name, content)
    return packed.getvalue()


def refusal(data):
    with pytest.raises(ImportProblem) as caught:
        open_archive(data, "study.qdpx")
    assert caught.value.where.startswith("study.qdpx"), "the message names the file"
    assert caught.value.remedy, "the message says the way out"
    return str(caught.value)


@pytest.mark.parametrize("project", ["project.qde", "Project.qde", "Video calls 2026.QDE", "./project.qde"])
def test_the_project_is_the_one_qde_at_the_root_whatever_its_name(project):
    assert open_archive(zipped([(project, XML), ("sources/a.txt", b"x")]), "s.qdpx").project_xml == XML


def test_a_bare_qde_is_a_project_without_sources():
    opened = open_archive(b"\xef\xbb\xbf<Project/>", "project.qde")
    assert opened.project_xml.endswith(XML)
    assert opened.source("internal://a.txt") is None


@pytest.mark.parametrize("folder", ["sources", "Sources"])
@pytest.mark.parametrize("path", ["internal://AB-1.txt", "ab-1.txt", "sources/ab-1.TXT", "relative:///x/ab-1.txt"])
def test_a_source_is_found_without_internal_and_in_any_case(folder, path):
    opened = open_archive(zipped([("p.qde", XML), (f"{folder}/Ab-1.txt", b"words")]), "s.qdpx")
    assert opened.source(path) == b"words"


def test_a_source_that_is_not_in_the_zip_is_none():
    assert open_archive(zipped([("p.qde", XML)]), "s.qdpx").source("internal://gone.txt") is None


def test_row_1_an_empty_file():
    assert "The file is empty." in refusal(b"")


@pytest.mark.parametrize(
    "data",
    [b"no zip at all", zipped([("p.qde", XML * 99)])[:-40], b"PK\x03\x04" + b"\x00" * 500],
    ids=["text", "truncated", "signature only"],
)
def test_row_2_not_a_zip_or_a_truncated_one(data):
    assert "Not a valid REFI-QDA project (zip damaged)." in refusal(data)


def test_row_2_a_flipped_byte():
    data = bytearray(zipped([("p.qde", bytes(range(256)) * 40)], compression=zipfile.ZIP_STORED))
    data[500] ^= 0xFF
    assert "zip damaged" in refusal(bytes(data))


@pytest.mark.parametrize("member", ["p.qde", "sources/a.txt"])
def test_row_3_a_bomb_of_200_mb_is_stopped_at_once(member):
    others = [] if member == "p.qde" else [("p.qde", XML)]
    bomb = zipped([*others, (member, b"\x00" * 200 * 2**20)])
    assert len(bomb) < 300_000
    begun = time.perf_counter()
    assert "more than 100 times its size and more than 50 MB" in refusal(bomb)
    assert time.perf_counter() - begun < 0.5


def test_row_3_a_bomb_is_stopped_while_it_streams_where_its_directory_lies_too(monkeypatch):
    # A directory that promises little is caught by the running count; here it is taken at its word.
    bomb = zipped([("p.qde", b"\x00" * 200 * 2**20)])
    real = archive._Budget.check
    monkeypatch.setattr(archive._Budget, "check", lambda self, total: real(self, self.inflated))
    begun = time.perf_counter()
    assert "zip bomb" in refusal(bomb)
    assert time.perf_counter() - begun < 0.9


def test_row_3_the_limits_are_said_with_their_number(monkeypatch):
    monkeypatch.setattr(archive, "PROJECT_LIMIT", 2**20)
    assert "limit of 1 MB" in refusal(zipped([("p.qde", b"a" * (2**20 + 1))]))
    monkeypatch.setattr(archive, "TOTAL_LIMIT", 2**21)
    assert "limit of 2 MB" in refusal(zipped([("p.qde", XML), ("sources/v.mp4", b"a" * (2**21 + 1))]))


def test_row_4_sizes_that_lie():
    content = b"<Project>" + b"a" * 5000 + b"</Project>"
    data = zipped([("p.qde", content)])
    lying = data.replace(len(content).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert lying != data
    assert "zip damaged" in refusal(lying)


def test_row_5_too_many_members():
    many = zipped([("p.qde", XML), *((f"sources/{i}.txt", b"") for i in range(20_000))])
    assert "20001 members, more than the limit of 20000" in refusal(many)


def test_row_5_a_nested_zip_is_not_opened():
    inner = zipped([("project.qde", XML)])
    assert "found 0 (at the root: inner.qdpx)" in refusal(zipped([("inner.qdpx", inner)]))


@pytest.mark.parametrize(
    "name",
    ["../evil.txt", "sources/../../evil", "/etc/passwd", "C:\\evil.txt", "c:evil", "\\\\host\\evil", "..\\e"],
)
def test_row_6_names_that_lead_outside(name):
    assert "leads outside the project" in refusal(zipped([("p.qde", XML), (name, b"x")]))


def test_row_7_a_symbolic_link():
    link = zipfile.ZipInfo("sources/link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert "symbolic link" in refusal(zipped([("p.qde", XML), (link, b"/etc/passwd")]))


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("second", ["project.qde", "Project.qde"])
def test_row_8_two_members_of_one_name(second):
    assert "Two members have the same name." in refusal(zipped([("project.qde", XML), (second, XML)]))


def test_row_8_two_projects():
    message = refusal(zipped([("a.qde", XML), ("b.qde", XML)]))
    assert "exactly one project file (*.qde) at the root" in message
    assert "a.qde, b.qde" in message


def test_a_project_packed_with_its_folder_is_found_with_its_sources():
    members = [("study/project.qde", XML), ("study/Sources/A.txt", b"words"), ("__MACOSX/study/._project.qde", b"x")]
    opened = open_archive(zipped(members), "study.zip")
    assert (opened.project_xml, opened.source("internal://a.txt")) == (XML, b"words")
    assert "found 2" in refusal(zipped([("a/project.qde", XML), ("b/project.qde", XML)]))


def test_row_9_an_encrypted_zip():
    data = bytearray(zipped([("p.qde", XML)]))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + flags] |= 1
    assert "The zip is encrypted." in refusal(bytes(data))
