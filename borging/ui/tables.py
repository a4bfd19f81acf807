"""Tables on the screen and the same rows as an Excel file."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from borging.domain.periods import Week
from borging.exchange import tables as files
from borging.services.selection import file_words
from borging.ui.frame import Screen

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
