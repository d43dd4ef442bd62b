"""Small REFI-QDA projects, built by hand for the tests."""

import io
import zipfile
from xml.sax.saxutils import quoteattr

import pytest

from dashboard.errors import ImportProblem
from dashboard.importers import refi_qda

CODES = '<Code guid="c1" name="Video" isCodable="false"><Code guid="c2" name="phone"/></Code><Code guid="c3" name="x"/>'


def project(sources="", *, codes=CODES, more="", attributes='origin="Test 1.0"', namespace="urn:QDA-XML:project:1.0"):
    return (
        f'<Project xmlns="{namespace}" name="p" {attributes}>'
        f'<Users><User guid="u1" name="Siri Name"/></Users>'
        f"<CodeBook><Codes>{codes}</Codes></CodeBook><Sources>{sources}</Sources>{more}</Project>"
    )


def qdpx(xml, texts=None):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as into:
        into.writestr("project.qde", xml)
        for name, text in (texts or {}).items():
            into.writestr(f"sources/{name}", text.encode() if isinstance(text, str) else text)
    return packed.getvalue()


def selection(start, end, code="c2", *, quote="", guid="s1", user="u1", inside="", kind="PlainTextSelection"):
    coding = f'<Coding guid="k" creatingUser="{user}"><CodeRef targetGUID="{code}"/></Coding>' if code else ""
    return (
        f'<{kind} guid="{guid}" name={quoteattr(quote)} startPosition="{start}" endPosition="{end}">'
        f"{inside}{coding}</{kind}>"
    )


def source(*inside, name="P01.txt", path="internal://a.txt", guid="t1", rich=""):
    opening = f'<TextSource guid="{guid}" name="{name}" plainTextPath="{path}" {rich}>'
    return f"{opening}{''.join(inside)}</TextSource>"


def read(xml, texts=None):
    return refi_qda.read(qdpx(xml, {"a.txt": "one two three"} if texts is None else texts), "study.qdpx")


def refusal(data, name="study.qdpx"):
    with pytest.raises(ImportProblem) as caught:
        refi_qda.read(data, name)
    assert name in caught.value.where
    assert caught.value.remedy
    return str(caught.value)
