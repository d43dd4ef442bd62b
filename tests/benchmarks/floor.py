"""The floor to measure against: the smallest Streamlit page with one choice and one Plotly heatmap.

It runs with Streamlit's default settings. Its title says the choice, so that a browser can see when it was redrawn.
"""

import plotly.graph_objects as go
import streamlit as st

TOOLS = ("All", "Video calls", "Outcome measures", "iCBT programs")

tool = st.selectbox("Tool type", TOOLS, key="tool")
heatmap = go.Heatmap(z=[[0.1, 0.5, 0.9], [0.2, 0.6, 0.3], [0.8, 0.4, 0.7]])
st.plotly_chart(go.Figure(heatmap, layout={"title": {"text": f"Gap · {tool}"}, "height": 320}), key="chart")
