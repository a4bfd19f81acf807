"""The form on paper or in a file with which a scan is answered."""
