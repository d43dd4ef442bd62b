"""A first visit and what a reader does on it ask nothing of another machine; the server names its rules.

That no page does, in either language and theme, is looked at where its words are: test_words_on_screen.py.
"""

from tests.browser.conftest import Opened


def test_a_first_visit_and_its_tables_ask_only_this_machine(opened: Opened) -> None:
    view = opened("/", fresh=True).open_numbers("gap_by_step")
    view.choose("tool", "Video calls")
    view.downloads()
    view.page.locator("[data-testid=stPlotlyChart] .point").first.hover(force=True)
    view.settle()
    assert view.outside == []
    assert view.errors == []


def test_the_server_names_its_rules(opened: Opened) -> None:
    view = opened()
    answer = view.page.request.get(view.base)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    bundle = next(address for address in view.requests if address.endswith(".js"))
    taken = view.page.request.get(bundle, headers={"accept-encoding": "gzip"})
    assert taken.headers["content-encoding"] == "gzip"
