"""Page: tracing figures back to their view."""

from pages.shell.trace_page import render

render()
