"""Putting a figure on the screen."""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

from borging.ui.text import unbroken

WIDE_LEFT, WIDE_RIGHT = [3, 2], [2, 3]
"""Two columns with charts. In fifths they are whole pixels wide in most windows; a chart in a part
of a pixel is measured once more than it was, and drawn twice."""
CONFIG = {"displayModeBar": False, "scrollZoom": False}


def show(figure: go.Figure, key: str, alt: str, small_print: str | None = None) -> None:
    """Draw a figure with its text for who cannot see it, and its small print below."""
    st.plotly_chart(figure, key=key, theme=None, config=CONFIG, alt=alt)
    if small_print:
        st.markdown(f":small[:gray[{unbroken(small_print)}]]")
