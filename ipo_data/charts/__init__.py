"""Charts: pure functions from a frame of data points to a Plotly figure, one form per module."""
