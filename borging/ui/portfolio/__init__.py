"""Parts of the portfolio screen and of Fasestatus."""
