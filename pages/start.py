"""De voordeur: leidt naar de portfolio."""

import streamlit as st

from borging.ui import links

st.switch_page(links.screen("portfolio"))
