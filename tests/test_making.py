"""A file in the making tells how far it is, is stopped by whoever asked, and takes nobody else along."""

import threading

import pytest

from dashboard import making
from dashboard.making import Cancelled, Desk


def begun(desk, work):
    """Start making a file on a thread, and return the thread and what came of it."""
    found = {}

    def run():
        try:
            found["file"] = desk.make("pptx", work)
        except Exception as problem:
            found["problem"] = problem

    thread = threading.Thread(target=run)
    thread.start()
    return thread, found


@pytest.fixture
def slow():
    """Work that says one thing and then waits to be let go on: (work, has begun, may go on)."""
    has_begun, may_go_on = threading.Event(), threading.Event()

    def work(job):
        job.say("reading V06", 0.4)
        has_begun.set()
        assert may_go_on.wait(5)
        job.say("writing", 0.9)
        return b"deck"

    yield work, has_begun, may_go_on
    may_go_on.set()


def test_a_file_is_made_and_leaves_the_desk():
    desk = Desk()
    assert desk.make("xlsx", lambda job: b"book") == b"book"
    assert desk.jobs == []


def test_a_job_says_what_it_does_and_how_far_it_is(slow):
    work, has_begun, may_go_on = slow
    desk = Desk()
    thread, found = begun(desk, work)
    assert has_begun.wait(5)
    (job,) = desk.jobs
    assert (job.name, job.what, job.share) == ("pptx", "reading V06", 0.4)
    may_go_on.set()
    thread.join(5)
    assert found == {"file": b"deck"}


def test_its_share_never_falls():
    def work(job):
        job.say("one", 0.5)
        job.say("two", 0.1)
        return f"{job.what} {job.share}".encode()

    assert Desk().make("xlsx", work) == b"two 0.5"


def test_stopping_a_job_ends_it_at_its_next_word_and_no_other(slow):
    work, has_begun, may_go_on = slow
    desk, other = Desk(), Desk()
    thread, found = begun(desk, work)
    assert has_begun.wait(5)
    desk.jobs[0].stop()
    assert other.make("docx", lambda job: b"brief") == b"brief"
    may_go_on.set()
    thread.join(5)
    assert isinstance(found["problem"], Cancelled)
    assert desk.jobs == []
    assert (list(desk.unmade), other.unmade) == (["pptx"], {})


def test_leaving_the_view_stops_what_was_asked_for_in_it(slow):
    work, has_begun, may_go_on = slow
    desk = Desk()
    desk.look("overview")
    thread, found = begun(desk, work)
    assert has_begun.wait(5)
    desk.look("overview")
    desk.look("step V06")
    may_go_on.set()
    thread.join(5)
    assert isinstance(found["problem"], Cancelled)


def test_a_job_that_nobody_looks_at_any_more_ends(monkeypatch):
    monkeypatch.setattr(making, "LEFT_ALONE", -1.0)
    with pytest.raises(Cancelled):
        Desk().make("pptx", lambda job: job.say("reading", 0.1) or b"")


def test_so_many_at_a_time_and_a_stopped_one_gives_up_its_place_in_the_line(slow):
    work, has_begun, may_go_on = slow
    desks = [Desk() for _ in range(making.AT_A_TIME)]
    busy = [begun(desk, work) for desk in desks]
    assert has_begun.wait(5)
    late = Desk()
    while not all(desk.jobs and desk.jobs[0].what for desk in desks):
        pass
    thread, found = begun(late, lambda job: b"late")
    while not late.jobs:
        pass
    late.jobs[0].stop()
    thread.join(5)
    assert isinstance(found["problem"], Cancelled)
    may_go_on.set()
    for thread, made in busy:
        thread.join(5)
        assert made == {"file": b"deck"}


def test_what_goes_wrong_in_one_file_is_told_to_whoever_asked_and_frees_its_place():
    def broken(job):
        raise ValueError("no such column")

    for _ in range(making.AT_A_TIME + 1):
        with pytest.raises(ValueError, match="no such column"):
            Desk().make("xlsx", broken)
    desk = Desk()
    with pytest.raises(ValueError, match="no such column"):
        desk.make("xlsx", broken)
    assert {name: str(problem) for name, problem in desk.unmade.items()} == {"xlsx": "no such column"}
    assert desk.make("xlsx", lambda job: b"book") == b"book"
    assert (desk.unmade, desk.n_unmade) == ({}, 1)
