"""What stands between the network and Streamlit: server, limits, the scan process."""
