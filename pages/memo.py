"""Page: the memo, from collected exhibits."""

from pages.shell.memo_page import render

render()
