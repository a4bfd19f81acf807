"""`python -m borging`."""

from borging.cli.main import app

app(prog_name="python -m borging")
