"""`python -m borging`."""

from borging.cli import app

app(prog_name="python -m borging")
