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
        ("a < b and <3", "a < b and <3", ()),
        ("<p title=\"a > b\" class='x>y'>z</p>", "z", ()),
        ("<!DOCTYPE html><?xml x?><SCRIPT>if (a<b) 'x'</SCRIPT>y</>", "y", ()),
        ("x<p title='never closed>y", "x", ()),
        ("x<!-- never closed <p>y", "x", ()),
        ("x<script>never closed", "x", ()),
        ("<header>a</header><title>t</title><textarea>\nb</textarea>", "ab", (1,)),
    ],
)
def test_text_nodes_and_where_blocks_part(html, text, breaks):
    found = text_of(html)
    assert (found.text, found.breaks) == (text, breaks)


@pytest.mark.parametrize(
    "unclosed", ["<a", "<!--", "<a b='", "<a b=\"'", "</", "<?", "<![CDATA[", "<script>", "&#", "<"]
)
def test_a_hundred_thousand_unclosed_pieces_are_read_in_one_go(unclosed):
    assert len(text_of(unclosed * 100_000).text) <= len(unclosed) * 100_000
