"""Tables on the screen and the same rows as an Excel file."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from borging.domain.periods import Week
from borging.exchange import tables as files
from borging.services.selection import file_words
from borging.ui.frame import Screen

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def folded(label: str, key: str, unsaved: bool = False) -> DeltaGenerator | None:
    """Fold a part of a screen behind a label; None while it is closed, so that it costs nothing.

    key: its name in the address, so that a link opens what its sender had open. unsaved: whether
    something was typed in it; then it is drawn behind its label too, or Streamlit would forget it.
    """
    part = st.expander(
        f"{label} · :orange[▲ nog niet opgeslagen]" if unsaved else label,
        key=key,
        bind="query-params",
    )
    return part if part.open or unsaved else None


def excel_button(
    rows: pd.DataFrame, headings: Mapping[str, str], content: str, screen: Screen
) -> None:
    """Offer the rows as .xlsx; `headings` maps the columns to write to their Dutch names.

    content: what the file holds, for its name, such as 'restpunten'.
    """
    words = file_words(screen.selection)
    st.download_button(
        "Excel",
        data=lambda: files.to_xlsx(rows, content.capitalize(), headings),
        file_name=files.file_name(content, Week.of(screen.as_of), words),
        mime=EXCEL,
        key=f"excel_{content}",
        on_click="ignore",
    )
