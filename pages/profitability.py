"""Page: profitability."""

from pages.shell.page import render

render("profitability")
