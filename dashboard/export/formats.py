"""The formats of a take-away, and which of them make sense for a page."""

from collections.abc import Callable, Mapping, Sequence

from dashboard.export.brief import as_docx
from dashboard.export.deck import as_pptx
from dashboard.export.page import as_html
from dashboard.export.qdc import as_qdc
from dashboard.export.takeaway import Takeaway
from dashboard.export.view import View
from dashboard.export.workbook import as_xlsx
from dashboard.export.xfmv import as_xfmv
from dashboard.i18n import Translator
from dashboard.model import Progress

WRITERS: Mapping[str, Callable[[Takeaway, Translator, Progress], bytes]] = {
    "xlsx": as_xlsx,
    "pptx": as_pptx,
    "docx": as_docx,
    "html": as_html,
}
STUDY_WRITERS: Mapping[str, Callable[[View], bytes]] = {"qdc": as_qdc, "xfmv": as_xfmv}
"""Files of a whole study that other programs open: its codebook, and its written steps as a FRAM model."""
MEDIA: Mapping[str, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
}
OFFERED: Mapping[str, Sequence[str]] = {
    "overview": ("pptx", "docx", "xlsx", "html"),
    "component": ("pptx", "docx", "xlsx", "html"),
    "step": ("docx", "pptx", "xlsx", "html"),
    "practice": ("pptx", "docx", "xlsx", "html"),
    "compare": ("pptx", "docx", "xlsx", "html"),
    "guidance": ("docx", "xlsx", "html"),
    "themes": ("xlsx", "html"),
}
"""Page → the formats that a reader is offered there, the likeliest first."""
