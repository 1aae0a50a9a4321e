"""Page: growth."""

from pages.shell.page import render

render("growth")
