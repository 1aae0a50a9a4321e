"""Page: overview."""

from pages.shell.page import render

render("overview")
