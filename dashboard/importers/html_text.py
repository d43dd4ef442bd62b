"""The words of an HTML document, as a browser counts them: its text nodes one after another.

A tokenizer of our own, because the standard library's takes minutes over a few kilobytes of unclosed tags. Here every
piece of markup ends or takes the rest of the text, as the HTML standard has it, so that time grows with length only.
"""

import re
from dataclasses import dataclass, field
from html import unescape

_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "br", "caption", "dd", "div", "dl", "dt", "figcaption",
        "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre",
        "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    )
)  # fmt: skip
_SILENT = frozenset(("head", "title", "template"))
_MARKUP = re.compile(
    r"""
      <!--(?:.*?-->|.*\Z)                                                   # a comment
    | <(?P<raw>script|style)(?=[\s/>])[^>]*+>.*?(?:</(?P=raw)[^>]*+>|\Z)    # what a browser never shows
    | <(?P<end>/?)(?P<name>[a-z][^\s/>]*+)                                  # a tag, whose values may hold a ">"
      (?:[^>"']++ | "[^"]*+(?:"|\Z) | '[^']*+(?:'|\Z))*+ (?:>|\Z)
    | <[!?/](?:[^>]*+)(?:>|\Z)                                              # a doctype, a broken comment
    """,
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)


@dataclass(frozen=True)
class HtmlText:
    """The text nodes joined, and the places (code points) where a block ends that no white space parts."""

    text: str
    breaks: tuple[int, ...]


@dataclass
class _Words:
    """The text nodes found so far."""

    parts: list[str] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    length: int = 0
    silent: int = 0
    is_after_pre: bool = False

    def add(self, data: str) -> None:
        if not data:
            return
        if self.is_after_pre:
            data = data.removeprefix("\n")  # a browser drops the line end right after <pre>
        self.is_after_pre = False
        if not self.silent:
            self.parts.append(unescape(data))
            self.length += len(self.parts[-1])

    def pass_tag(self, name: str, is_end: bool) -> None:
        if name in _SILENT:
            self.silent = max(0, self.silent + (-1 if is_end else 1))
        self.is_after_pre = name in ("pre", "textarea") and not is_end
        if name in _BLOCKS:
            self.breaks.append(self.length)


def text_of(html: str) -> HtmlText:
    """Return the text of a document or of a part of one. Line ends are LF, as in a browser."""
    html = html.replace("\r\n", "\n").replace("\r", "\n")
    words, at = _Words(), 0
    for markup in _MARKUP.finditer(html):
        words.add(html[at : markup.start()])
        at = markup.end()
        if markup["name"]:
            words.pass_tag(markup["name"].casefold(), bool(markup["end"]))
    words.add(html[at:])
    text = "".join(words.parts)
    glued = (at for at in words.breaks if 0 < at < len(text) and not (text[at - 1].isspace() or text[at].isspace()))
    return HtmlText(text, tuple(dict.fromkeys(glued)))
