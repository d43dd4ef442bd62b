"""Quotes that somebody else speaks in: the interviewer's words would be read as the voice's own."""

import re
from collections.abc import Iterable

from dashboard.importers.names import counted
from dashboard.model import Document, Excerpt

ROLES = "interviewer|interviewerin|intervjuare|intervjuaren|intervjuer|intervjuledare|moderator|facilitator"
LABEL = re.compile(
    rf"(?:^|[\s\[(])(?:{ROLES})(?:\s*\d+|\s*\([^)\n]{{1,20}}\))?[\])]?\s*:"
    r"|(?:^|\n)\s*\[?(?:I|INT|INTV|Q)\d?\]?\s*:",
    re.IGNORECASE,
)
"""A label at the beginning of a turn: "Interviewer 2:", "Interviewer (SJ):", "[I]:", "INT1:"."""
NAMED = 3


def remark(documents: Iterable[Document], excerpts: Iterable[Excerpt]) -> Iterable[str]:
    """Say which quotes hold a label of the interviewer, with their places; nothing where none does."""
    names = {document.document_id: document.name for document in documents}
    places = [
        names.get(e.document_id, "") + (f", characters {e.start} to {e.end}" if e.start is not None else "")
        for e in excerpts
        if LABEL.search(e.text)
    ]
    if places:
        more = f"; and {len(places) - NAMED} more" if len(places) > NAMED else ""
        yield (
            f"{counted(len(places), 'quote')} in which the interviewer seems to speak as well: "
            f"{'; '.join(places[:NAMED])}{more}. Such a quote shows both as the voice's words; code it closer in your "
            "program and import again."
        )
