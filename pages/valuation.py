"""Page: valuation."""

from pages.shell.page import render

render("valuation")
