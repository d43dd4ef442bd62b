"""The draft in one reader's session: what is dropped is kept until it is forgotten, and can be dropped again."""

from dashboard import drafting
from dashboard.draft import Draft
from dashboard.drafting import with_values

SEGMENTS = ("segments.csv", b"Document;Code;Segment\nP1.txt;door;I close it.\n")


def silent(_what, _share):
    """Tell nobody."""


def test_files_are_read_once_kept_without_the_uploader_and_forgotten_on_request():
    draft = Draft()
    assert draft.take([SEGMENTS], silent)
    assert not draft.take([SEGMENTS], silent)
    assert not draft.take([], silent)
    assert list(draft.files) == ["segments.csv"]
    draft = draft.followed()
    assert (draft.files, draft.material, draft.turn) == ({}, None, 1)
    assert draft.take([SEGMENTS], silent)


def test_what_cannot_be_read_is_said_and_not_kept():
    draft = Draft()
    draft.take([SEGMENTS], silent)
    draft.take([SEGMENTS, ("bad.qdpx", b"PK\x03\x04")], silent)
    assert "bad.qdpx" in str(draft.trouble)
    assert list(draft.files) == ["segments.csv"]


def test_a_change_can_be_taken_back():
    draft = Draft()
    draft.take([SEGMENTS], silent)
    before = draft.rules
    draft.change(with_values(before, draft.material, ["door"], {"stance": "adapted"}))
    assert draft.yielded().missing == ("protocol", "place")
    draft.undo()
    assert draft.rules == before


def test_a_suggestion_put_aside_is_offered_again_only_on_request():
    draft = Draft()
    protocol = b"step_id,component,text\nV1,Video calls,Close the door\n"
    draft.take([SEGMENTS, ("protocol.csv", protocol)], silent)
    (suggestion,) = drafting.suggested(draft.material, draft.rules)
    draft.put_aside([suggestion])
    assert suggestion in draft.aside
    assert drafting.suggested(draft.material, draft.rules) == [suggestion]
    draft.offer_again()
    assert not draft.aside
