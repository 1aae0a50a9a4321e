"""Page: offering."""

from pages.shell.page import render

render("offering")
