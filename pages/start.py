"""De voordeur: leidt naar de portfolio."""

import streamlit as st

st.switch_page("pages/portfolio.py")
