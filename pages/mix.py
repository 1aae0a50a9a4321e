"""Page: mix."""

from pages.shell.page import render

render("mix")
