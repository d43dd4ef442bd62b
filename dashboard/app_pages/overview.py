"""Page: where does practice differ from what is written?"""

import streamlit as st

from dashboard import session, widgets
from dashboard.charts.gap_map import gap_map
from dashboard.charts.headline import headline, overview_harm, overview_sentence
from dashboard.charts.placement_rules import placement_rules
from dashboard.charts.placement_scatter import placement_alt, placement_counts, placement_scatter
from dashboard.charts.ranked_gaps import ranked_gaps
from dashboard.measures.placement import ranked

t, filters = session.translator(), session.filters()
placed = session.measure("placement_by_step", filters)
practices = session.measure("practice_by_step", filters)
first = ranked(placed)
silent = int((placed["n_raised"] == 0).sum())

sentence = t.parts("overview.no_steps") if not session.study()["n_steps"] else overview_sentence(placed, t)
widgets.draw(
    headline(
        t("question.overview"),
        sentence,
        widgets.facts(len(placed), silent, t),
        widgets.chips(t),
        overview_harm(placed, t),
    ),
    "headline",
)
if placed.empty:
    st.stop()

widgets.draw(gap_map(placed, session.to, t), "map")
widgets.twin(placed, "gap_by_step", t, pick=True)

size = widgets.chosen_size(len(first))
widgets.draw(ranked_gaps(first.head(size), practices, session.to, t), "gaps")
widgets.size_picker(len(first), t)
widgets.twin(first, "placement_by_step", t)

widgets.draw(placement_counts(placed, t), "placement_counts")
key = ("placement_scatter", filters, session.mode(), t.language, t.kind)
figure = session.drawn(key, lambda: placement_scatter(placed, session.mode(), t))
if figure is None:
    st.text(t("placement.none"))
else:
    st.caption(t("placement.note"))
    widgets.plot(figure, key="placement_chart", alt=placement_alt(placed, t))
with st.expander(t("placement.rules")):
    st.caption(t("placement.rules.note"))
    st.table(placement_rules(session.ask("lists/placement_rules", study_id=filters.study_id), t), hide_index=True)
