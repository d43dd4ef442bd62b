"""Quotes that somebody else speaks in: the interviewer's words would be read as the voice's own."""

import re
from collections.abc import Iterable

from dashboard.importers.names import counted, first_of, stretch
from dashboard.model import Document, Excerpt

ROLES = "interviewer|interviewerin|intervjuare|intervjuaren|intervjuer|intervjuledare|moderator|facilitator"
LABEL = re.compile(
    rf"(?:^|[\s\[(])(?:{ROLES})(?:\s*\d+|\s*\([^)\n]{{1,20}}\))?[\])]?\s*:"
    r"|(?:^|\n)\s*\[?(?:I|INT|INTV|Q)\d?\]?\s*:",
    re.IGNORECASE,
)
"""A label at the beginning of a turn: "Interviewer 2:", "Interviewer (SJ):", "[I]:", "INT1:"."""


def remark(documents: Iterable[Document], excerpts: Iterable[Excerpt]) -> Iterable[str]:
    """Say which quotes hold a label of the interviewer, with their places; nothing where none does."""
    names = {document.document_id: document.name for document in documents}
    places = [stretch(names.get(e.document_id, ""), e.start, e.end) for e in excerpts if LABEL.search(e.text)]
    if places:
        yield (
            f"{counted(len(places), 'quote')} in which the interviewer seems to speak as well: "
            f"{first_of(places)}. Such a quote shows both as the voice's words; code it closer in your "
            "program and import again."
        )
