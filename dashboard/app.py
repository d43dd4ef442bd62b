"""The entry of every rerun: page list, language, shared filters, and the page itself."""

from pathlib import Path

import streamlit as st

from dashboard import controls, keeping, presenting, session, takeaways, widgets
from dashboard.addresses import FIRST
from dashboard.controls import as_label
from dashboard.errors import GapError

PAGES = (
    "overview", "component", "step", "practice", "compare", "guidance", "themes", "present", "study", "method", "words",
)  # fmt: skip
HERE = Path(__file__).parent

st.set_page_config(
    page_title="Beyond the Protocol", page_icon=str(HERE / "static" / "icon.png"), layout="wide",
    initial_sidebar_state="collapsed",
)  # fmt: skip
try:
    session.refresh_generation()
    controls.take_address()
    t = session.translator()
    pages = {
        name: st.Page(
            HERE / "app_pages" / f"{name}.py",
            title=t(f"page.{name}"),
            url_path=name,
            default=name == FIRST,
        )
        for name in PAGES
        if name != "present" or presenting.may_edit()
    }
    page = st.navigation(list(pages.values()), position="hidden")
    session.begin_page(next(name for name, known in pages.items() if known == page), pages)
    widgets.header(t)
    if title := session.take("_imported"):
        st.toast(t("bring.imported", title=as_label(title)))
    beside_filters = controls.filter_bar(session.translator())
    page.run()
    with beside_filters:
        takeaways.offer(session.translator())
    keeping.offer(session.translator())
    widgets.footer(session.translator())
except GapError as problem:
    widgets.problem(problem)
