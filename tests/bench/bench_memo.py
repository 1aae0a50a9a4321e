"""Time of a memo of ten exhibits in all formats, with and without drawing its charts.

Run it with ``python -m tests.bench.bench_memo``. What the writers alone take is the yardstick: it holds neither the
browser nor the building of exhibits.
"""

from time import perf_counter

from ipo_data.dataset import Dataset
from ipo_data.errors import NoBrowserError
from ipo_data.export.browser import browser_thread, find_browser
from ipo_data.export.packs.build import FORMATS, Maker, packed
from ipo_data.export.packs.drawing import drawing
from ipo_data.export.packs.spec import checked
from tests.export.packs.conftest import drawn, spec_of

LONGEST = 15.0  # seconds for ten exhibits in all formats
REPEATS = 3


def main() -> None:
    """Print the times."""
    dataset = Dataset.load()
    spec = checked(spec_of(), dataset)
    memo = Maker(dataset, draw=drawn).memo(spec)
    start = perf_counter()
    packed(memo, FORMATS)
    writers = perf_counter() - start
    print(f"writers      {len(spec.exhibits)} exhibits in {len(FORMATS)} formats: {writers:.2f} s")
    try:
        find_browser()
    except NoBrowserError as error:
        print(f"no drawing   {error}")
        return
    for number in range(1, REPEATS + 1):
        start = perf_counter()
        Maker(dataset, draw=drawing(dataset, spec.preset)).files(spec)
        took = perf_counter() - start
        met = "met" if took <= LONGEST else "MISSED"
        words = "with the start of the browser" if number == 1 else "browser open"
        print(f"memo {number}       {took:.2f} s, {words}, {took / writers:.1f} x writers (target {LONGEST} s: {met})")
    browser_thread().close()


if __name__ == "__main__":
    main()
