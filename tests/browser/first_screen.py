"""What a reader sees of a page before scrolling: question, answer, key figures and the exhibit that answers."""

from typing import Final

from playwright.sync_api import Page

from tests.browser.layout import resized

SIZE: Final = (1280, 800)
"""Window of a small laptop."""
_SCRIPT: Final = """
() => {
    const LEAST = 120; // pixels of the first exhibit below the key figures
    const PART = 0.6; // of the first exhibit where there are none
    const main = document.querySelector('[data-testid=stMain]');
    const missing = [];
    const inside = (element, name) => {
        if (!element) { missing.push(`there is no ${name}`); return; }
        const box = element.getBoundingClientRect();
        if (box.top < 0 || box.bottom > innerHeight) missing.push(`the ${name} ends at ${Math.round(box.bottom)} px`);
    };
    const title = main.querySelector('h1');
    inside(title, 'question');
    const after = [...main.querySelectorAll('[data-testid=stMarkdown] p')].filter(
        piece => title && title.compareDocumentPosition(piece) & Node.DOCUMENT_POSITION_FOLLOWING);
    inside(after[0], 'answer');
    const figures = main.querySelector('dl');
    if (figures) inside(figures, 'row of key figures');
    inside(main.querySelector('h2'), 'first takeaway');
    const body = main.querySelector('.js-plotly-plot, [data-testid=stTable], [data-testid=stDataFrame]');
    if (!body) { missing.push('there is no exhibit'); return missing; }
    const box = body.getBoundingClientRect();
    const seen = innerHeight - box.top;
    const wanted = figures ? LEAST : PART * box.height;
    if (seen < wanted) missing.push(`${Math.round(seen)} of ${Math.round(wanted)} px of the first exhibit are seen`);
    return missing;
}
"""


def missing_from_first_screen(page: Page) -> list[str]:
    """Return what of a page's answer stands below the first screen of a small laptop, one line each."""
    resized(page, *SIZE)
    found: list[str] = page.evaluate(_SCRIPT)
    return [f"first screen: {line}" for line in found]
