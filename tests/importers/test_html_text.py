"""The words of HTML as a browser counts them."""

import pytest

from dashboard.importers.html_text import text_of


@pytest.mark.parametrize(
    ("html", "text", "breaks"),
    [
        ("<p>one</p>\n<p>two</p>", "one\ntwo", ()),
        ("<p>one</p><p>two</p>", "onetwo", (3,)),
        ("one<br>two<br/>three", "onetwothree", (3, 6)),
        ("a&amp;b &#128512; &nbsp;x &lt;i&gt;", "a&b 😀 \xa0x <i>", ()),
        ("<p>a<b>b</b>c</p>", "abc", ()),
        ("one\r\ntwo\rthree", "one\ntwo\nthree", ()),
        ("<pre>\n\nx</pre>", "\nx", ()),
        ("<head><title>t</title><style>p{}</style></head><body>x<script>y()</script>z</body>", "xz", ()),
        ("<!-- note -->x<p>", "x", ()),
        ("", "", ()),
        ("a < b", "a < b", ()),
    ],
)
def test_text_nodes_and_where_blocks_part(html, text, breaks):
    found = text_of(html)
    assert (found.text, found.breaks) == (text, breaks)
