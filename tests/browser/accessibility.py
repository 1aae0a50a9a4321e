"""What axe-core finds on a page, without what Streamlit's own markup brings and a page cannot change."""

from dataclasses import dataclass
from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


@dataclass(frozen=True, slots=True)
class Known:
    """A finding that is not ours to mend.

    Attributes:
        rule: Rule of axe-core.
        part: Text that the element's markup holds.
        reason: Where it comes from and why a page cannot change it.
    """

    rule: str
    part: str
    reason: str


NOT_OURS: Final[tuple[Known, ...]] = (
    Known(
        "presentation-role-conflict",
        'data-testid="stFileUploaderDropzone"',
        "Streamlit gives the field for files both the role of an ornament and a name; neither can be set.",
    ),
)
"""Findings in Streamlit's own markup."""
_AXE: Final = Axe()


def violations(page: Page) -> list[str]:
    """Return what breaks a rule of axe-core, one line an element: rule, selector, what is wrong."""
    found: list[dict[str, Any]] = _AXE.run(page).response["violations"]
    return [
        f"{violation['id']}: {' '.join(map(str, node['target']))}: {_reason(node)}"
        for violation in found
        for node in violation["nodes"]
        if not _excepted(violation["id"], node["html"])
    ]


def _excepted(rule: str, markup: str) -> bool:
    return any(known.rule == rule and known.part in markup for known in NOT_OURS)


def _reason(node: dict[str, Any]) -> str:
    checks = [*node["any"], *node["all"], *node["none"]]
    return checks[0]["message"] if checks else node["html"][:120]
