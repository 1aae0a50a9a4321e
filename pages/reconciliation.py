"""Page: reconciliation."""

from pages.shell.page import render

render("reconciliation")
