"""The studies that come with the program, imported as a user would, and the store that is made of them."""

from contextlib import suppress
from pathlib import Path

from dashboard import generations, intake, query, settings, store, talks, withdrawn
from dashboard.errors import StoreProblem
from dashboard.model import Progress


def ensure_store(folder: Path, progress: Progress | None = None) -> None:
    """Make the store with the shipped studies where it is missing, and bring an older one to today's shape."""
    if not generations.exists(folder):
        publish(folder, progress)
        return
    connection = store.open_generation(generations.current(folder))
    try:
        is_current = store.is_of_this_program(connection)
        withdrawn.finish(folder, connection)
    finally:
        connection.close()
    if not is_current:
        store.publish(folder, {}, {}, progress=progress)
    with suppress(StoreProblem):  # a store that may only be read opens all the same, without a talk
        _keep_talks(folder)


def publish(folder: Path, progress: Progress | None = None) -> list[dict[str, object]]:
    """Import the shipped studies into one new generation and return their reports."""
    return intake.publish(folder, [intake.prepare(request, progress) for request in requests()], progress)


def requests() -> list[intake.Request]:
    """Return the imports that make the shipped studies; each folder with a study.toml is one."""
    root = settings.shipped_studies_folder()
    found = []
    for described in sorted(root.glob("**/study.toml")):
        here = described.parent
        protocol = here / "protocol.csv" if (here / "protocol.csv").exists() else here.parent / "protocol.csv"
        study_id = "-".join(here.relative_to(root).parts)
        practice, voices = here / "practice.csv", here / "participants.csv"
        found.append(intake.Request(study_id, [practice], protocol, voices, about=described))
    return found


def _keep_talks(folder: Path) -> None:
    """Keep the shipped talks of the shipped studies that this store still holds."""
    with_talk = [request for request in requests() if request.talk is not None]
    connection = store.open_generation(generations.current(folder))
    try:
        held = set(query.run(connection, "lists/studies", {})["study_id"])
    finally:
        connection.close()
    for request in with_talk:
        if request.study_id in held:
            talks.keep_shipped(folder, request.study_id, intake.talk_of(request))
