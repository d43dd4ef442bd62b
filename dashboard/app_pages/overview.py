"""Page: where does practice differ from what is written?"""

import streamlit as st

from dashboard import controls, deciding, session, widgets
from dashboard.charts.gap_map import gap_map
from dashboard.charts.headline import headline, overview_caution, overview_sentence
from dashboard.charts.lens_strip import LENSES, lens_strip
from dashboard.charts.placement_rules import placement_rules
from dashboard.charts.placement_scatter import placement_alt, placement_counts, placement_scatter
from dashboard.charts.ranked_gaps import ranked_gaps
from dashboard.measures.placement import conditions, ranked

t, filters = session.translator(), session.filters()
placed = session.measure("placement_by_step", filters)
practices = session.measure("practice_by_step", filters)
first = session.drawn(("ranked", filters), lambda: ranked(placed))
facts = widgets.facts(placed, filters, t)
sentence = t.parts("overview.no_steps") if not session.study()["n_steps"] else overview_sentence(placed, t)
caution = overview_caution(placed, t)
rules = session.ask("lists/placement_rules", study_id=filters.study_id)
through = session.measure("practice_by_lens", filters)

widgets.draw("headline", lambda: headline(t("question.overview"), sentence, facts, widgets.chips(t), t, caution))
if placed.empty:
    st.stop()
widgets.hidden(filters, t)

widgets.draw("map", lambda: gap_map(placed, session.to, t))
widgets.twin(placed, "gap_by_step", t, pick=True)

listed = first[first["n_harms"] > 0] if session.is_on("harm") else first
size = widgets.chosen_size(len(listed))
shown, decided, as_of = listed.head(size), deciding.latest(), deciding.as_of()
widgets.draw(
    "gaps", lambda: ranked_gaps(shown, practices, conditions(rules), session.to, t, decided), size, len(listed), as_of
)
widgets.size_picker(listed, first, t)
widgets.twin(first, "placement_by_step", t)
widgets.draw_if("so_far", deciding.so_far(t), deciding.as_of())
widgets.robustness(filters, t)

widgets.draw("placement_counts", lambda: placement_counts(placed, t))
mode = session.mode()
figure = session.drawn(("scatter", filters, mode), lambda: placement_scatter(placed, mode, t))
if figure is None:
    st.text(t("placement.none"))
else:
    st.caption(t("placement.note"))
    alt = session.drawn(("scatter_alt", filters), lambda: placement_alt(placed, t))
    widgets.plot(figure, key="placement_chart", alt=alt)
with st.expander(t("placement.rules"), key="rules", on_change="rerun") as opened:
    if opened.open:
        st.caption(t("placement.rules.note"))
        st.table(placement_rules(rules, t), hide_index=True)

lens = controls.lens_picker(list(LENSES), t)
n_voices = int(session.study()["n_voices"])
widgets.draw("lens_strip", lambda: lens_strip(through, lens, n_voices, session.to, t), lens)
widgets.twin(through, "practice_by_lens", t)
