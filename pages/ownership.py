"""Page: ownership."""

from pages.shell.page import render

render("ownership")
