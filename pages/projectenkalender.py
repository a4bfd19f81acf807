"""Volgt."""

import streamlit as st

st.title("Volgt")
