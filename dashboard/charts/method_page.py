"""How a study was made, as a document to read: its sections and the way to each of them."""

from collections.abc import Sequence
from typing import Any

from dashboard.charts.words import Drawing
from dashboard.i18n import Translator


def method_page(sections: Sequence[dict[str, Any]], t: Translator) -> Drawing:
    """Return the document's description; the same sections are the file that a reader takes away."""
    return {"kind": "document", "contents": t("method.contents"), "sections": list(sections)}
