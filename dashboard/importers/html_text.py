"""The words of an HTML document, as a browser counts them: its text nodes one after another."""

from dataclasses import dataclass
from html.parser import HTMLParser

_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "br", "caption", "dd", "div", "dl", "dt",
        "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main",
        "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    )
)  # fmt: skip
_SILENT = frozenset(("script", "style", "head", "title", "template"))


@dataclass(frozen=True)
class HtmlText:
    """The text nodes joined, and the places (code points) where a block ends that no white space parts."""

    text: str
    breaks: tuple[int, ...]


def text_of(html: str) -> HtmlText:
    """Return the text of a document or of a part of one. Line ends are LF, as in a browser."""
    reader = _Reader()
    reader.feed(html.replace("\r\n", "\n").replace("\r", "\n"))
    reader.close()
    text = "".join(reader.parts)
    glued = (at for at in reader.breaks if 0 < at < len(text) and not (text[at - 1].isspace() or text[at].isspace()))
    return HtmlText(text, tuple(dict.fromkeys(glued)))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.breaks: list[int] = []
        self._length = 0
        self._silent = 0
        self._after_pre = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        self._after_pre = tag in ("pre", "textarea")
        self._mark(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._mark(tag)

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT and self._silent > 0
        self._after_pre = False
        self._mark(tag)

    def handle_data(self, data: str) -> None:
        if self._after_pre:
            data = data.removeprefix("\n")  # a browser drops the line end right after <pre>
        self._after_pre = False
        if not self._silent:
            self.parts.append(data)
            self._length += len(data)

    def _mark(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.breaks.append(self._length)
