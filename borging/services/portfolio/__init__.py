"""The portfolio as a whole: the board screen, Fasestatus, agreements against support."""
