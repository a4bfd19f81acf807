"""Tables on the screen and the same rows as an Excel file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from borging.domain.periods import Week
from borging.exchange import handover_document
from borging.exchange import tables as files
from borging.services.dossier.handover_document import DocumentText
from borging.services.selection import file_words
from borging.ui.frame import Screen

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def folded(
    label: str, key: str, *, keep: bool = False, unsaved: bool = False
) -> DeltaGenerator | None:
    """Fold a part of a screen behind a label; None while it is closed, so that it costs nothing.

    What is not drawn is forgotten by Streamlit, with what was typed in it.

    key: its name in the address, so that a link opens what its sender had open. keep: once opened
    it is drawn behind its label too. unsaved: whether something was typed in it; then so too, and
    the label says it.
    """
    part = st.expander(
        f"{label} · :orange[▲ nog niet opgeslagen]" if unsaved else label,
        key=key,
        bind="query-params",
    )
    seen = f"{key}_geopend"
    if keep and part.open:
        st.session_state[seen] = True
    kept = unsaved or (keep and st.session_state.get(seen))
    return part if part.open or kept else None


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


def word_button(
    text: Callable[[], DocumentText], content: str, about: Sequence[str], screen: Screen
) -> None:
    """Offer a document for Word, written when it is asked for.

    about: what it is about, for in the name of the file.
    """
    st.download_button(
        "Overdrachtsdocument",
        data=lambda: handover_document.to_docx(text()),
        file_name=files.file_name(content, Week.of(screen.as_of), about, "docx"),
        mime=WORD,
        key=f"word_{content}_{'_'.join(about)}",
        on_click="ignore",
    )
