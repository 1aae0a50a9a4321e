"""How a page uses the screen: less empty space, two exhibits abreast where both have room, wide charts that scroll.

Small print is darkened to a contrast of 4.5, which Streamlit's own captions miss.

Streamlit has no setting for any of this. The rules name only keys of our own (``st-key-…``, a promise of Streamlit) and
test ids, and classes of our own HTML; the browser tests measure what they do.
"""

from pages.shell.cards import CARD_STYLE
from pages.shell.exhibit_element import STYLE as EXHIBIT

ABREAST = 500
"""Least width in pixels of each of two exhibits abreast."""
_GAP = 36
_SLIM = 228
"""Pixels of the sidebar beside which a window of 1,024 has room for the charts of a desk."""
_SIDEBAR = "[data-testid=stSidebar][data-collapsed=false]"
ROW = "fields-"
"""Beginning of the key of what holds controls side by side; one of ``ROW_SIZES`` and ``--`` come next."""
ROW_SIZES = {"pair": (2, 18), "three": (3, 18), "three-long": (3, 21)}
"""Most controls abreast and least width of each in rem, by name; the last is for the longest words of all controls."""
_ROWS = f"[class*=st-key-{ROW}]{{display:grid}}" + "".join(
    f"[class*=st-key-{ROW}{size}--]{{grid-template-columns:repeat(auto-fill,"
    f"minmax(max((100% - {most - 1}rem)/{most},min(100%,{least}rem)),1fr))}}"
    for size, (most, least) in ROW_SIZES.items()
)
# Tables that have to be moved sideways anyway need no columns of a word.
_CELL = "[data-testid=stMarkdownContainer]{width:max-content;max-width:9rem}"
# The ledger's item and explanation would get a word a line where eight columns share a small laptop's width.
_LEDGER = "[data-testid=stTable] table:has(th:nth-child(8)) :is(th,td)"
STYLE = (
    "<style>"
    "[data-testid=stMainBlockContainer]{padding:3.5rem clamp(1rem,2.6vw,2.5rem) 3rem}"
    "@media(min-width:48rem){[data-testid=stApp]:has([data-testid=stSidebar][data-collapsed=false]) "
    "[data-testid=stMainBlockContainer]{padding-top:2rem}}"  # only a folded sidebar has its button there
    "[data-testid=stMainBlockContainer] hr{margin:.75rem 0 1rem}"
    "[data-testid=stSidebarUserContent]{padding-top:0}"
    # on a small laptop or a tablet the charts for a desk fit beside a narrower sidebar
    f"@media(min-width:48rem) and (max-width:68rem){{{_SIDEBAR}{{min-width:{_SLIM}px;max-width:{_SLIM}px}}"
    f"{_SIDEBAR} :is([data-testid=stSidebarContent],[data-testid=stSidebarUserContent]){{padding-inline:.1rem}}"
    f"{_SIDEBAR} [data-testid=stButtonGroup] button{{padding-inline:.5rem}}"
    "[data-testid=stMainBlockContainer]{padding-inline:1rem}}"
    "[data-testid=stMain],#js-plotly-tester{text-rendering:geometricPrecision}"  # charts' letters as wide as exported
    "[data-testid=stCaptionContainer]{color:inherit;opacity:.78}"
    "[data-tag],[data-tag] button,[data-testid^=stBaseButton-primary]{color:light-dark(#fff,#0E1117)}"  # on the accent
    "[data-testid=stTable] td{vertical-align:top}"  # a row is read from its first line
    "[data-testid=stTable] :is(th,td){min-width:5rem}"  # Chinese breaks anywhere: columns would be a sign wide
    "[data-testid=stTable] table:has(th:nth-child(7)) [data-testid=stMarkdownContainer]{max-width:none}"  # long texts
    f"@media(max-width:48rem){{[data-testid=stTable] table:has(th:nth-child(5)) {_CELL}}}"
    "@media(max-width:68rem){[data-testid=stTable] table:has(th:nth-child(7)) p{font-size:.8125rem}"  # fits
    f"{_LEDGER}{{min-width:4rem;padding-inline:.25rem}}{_LEDGER}:nth-child(2){{min-width:7rem}}"
    f"{_LEDGER}:nth-child(5){{min-width:9.5rem}}}}"
    "[data-rac]:has(>[data-testid=stMultiSelectTagsContainer]){height:auto;max-height:none}"  # all chosen
    "[data-testid=stMultiSelectTagsContainer]{flex-wrap:wrap;height:auto;overflow:visible;mask-image:none}"
    "[data-testid=stMain] [data-testid=stHorizontalBlock]{flex-wrap:wrap}"
    "[data-testid=stMain] [data-testid=stColumn]{min-width:min(100%,18rem)}"
    "[class*=st-key-abreast-]{display:grid;align-items:start;grid-auto-flow:row dense;"
    f"grid-template-columns:repeat(auto-fit,minmax(max(min(100%,{ABREAST}px),50% - {_GAP // 2}px),1fr));"
    f"column-gap:{_GAP}px}}"
    # what one of two exhibits abreast unfolds takes the width of both, below them
    "[class*=st-key-abreast-]>:has(>[class*=st-key-unfolded-]){grid-column:1/-1}"
    "[class*=st-key-abreast-]>*>[class*=st-key-unfolded-]{margin-top:0;border-top:"
    "1px solid color-mix(in srgb,currentColor 20%,transparent);border-radius:4px}"
    f"[class*=st-key-{ROW}] [data-testid=stButtonGroup] button{{padding-inline:.5rem}}"  # six choices fit a third
    f"{_ROWS}{CARD_STYLE}{EXHIBIT}</style>"
)
"""Controls side by side wrap before their words are cut. Constant, like the scripts of ``browser.py``."""
