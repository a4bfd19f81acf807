"""View in, plotly figure out. One template, one function per chart."""
