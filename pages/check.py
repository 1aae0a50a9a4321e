"""Page: check record files before they join the seeds."""

from pages.shell.check import draw

draw()
