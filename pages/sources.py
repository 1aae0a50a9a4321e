"""Page: sources."""

from pages.shell.page import render

render("sources")
