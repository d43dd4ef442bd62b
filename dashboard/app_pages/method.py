"""Page: how was this made?"""

from dataclasses import replace
from functools import partial

import streamlit as st

from dashboard import access, session, widgets
from dashboard.charts.headline import headline
from dashboard.charts.method_page import method_page
from dashboard.charts.placement_rules import placement_rules
from dashboard.export import facts as study_facts
from dashboard.export import method
from dashboard.importers.checklists import CHECKLISTS, checklist
from dashboard.model import Filters

t, study = replace(session.translator(), at_least=1), session.study()
study_id = session.study_id()
rules = session.ask("lists/placement_rules", study_id=study_id)
facts = study_facts.collect(
    study,
    session.measure("placement_by_step", Filters(study_id)),
    session.measure("new_by_interview", Filters(study_id)),
    placement_rules(rules, t),
    session.ask,
    generation=session.generation_name(),
    visible=set(session.studies()["study_id"]),
    shows_groups=access.can_see_study(session.scope(), str(study["disclosure"])),
)

title, whole = t.of(study, "title"), t("method.whole") if session.is_filtered() else ""
sentence = method.sentence(facts, t)
widgets.draw("headline", lambda: headline(t("question.method"), sentence, [title], widgets.chips(t), t, whole))

with st.container(horizontal=True, gap="medium", key="downloads"):
    st.download_button(
        t("method.file"), partial(method.as_file, facts, t), f"method-{study_id}-{t.language}.md", "text/markdown",
        key="file_method", on_click="ignore",
    )  # fmt: skip
    for key in CHECKLISTS:
        st.download_button(
            t("method.csv", name=checklist(key).name), partial(method.checklist_file, key, facts, t),
            f"{key}-{study_id}-{t.language}.csv", "text/csv", key=f"csv_{key}", on_click="ignore", type="tertiary",
        )  # fmt: skip

sections = session.drawn(("method", study_id), lambda: method.sections(facts, t))
widgets.draw("document", lambda: method_page(sections, t))
