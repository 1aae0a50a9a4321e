"""Print what things cost as one Markdown table; nothing is asserted, because times depend on the machine.

``python -m tests.bench`` measures everything in about ten minutes, ``python -m tests.bench load pages`` only these
sections. Read the ratios: yardsticks are measured in the same minutes on the same machine. ``docs/performance.md``
keeps a table with its date.
"""

import argparse
from collections.abc import Callable, Iterable
from itertools import chain

from tests.bench import bench_refusals, bench_scale, in_browser, load, loading, reruns
from tests.bench.table import Row, print_table

SECTIONS: dict[str, Callable[[], Iterable[Row]]] = {
    "records": loading.rows,
    "growth": bench_scale.rows,
    "pages": reruns.rows,
    "load": load.rows,
    "browser": in_browser.rows,
    "refusals": bench_refusals.rows,
}


def main() -> None:
    """Measure the sections named on the command line, or all of them."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Print what things cost.")
    parser.add_argument("section", nargs="*", choices=[[], *SECTIONS], help="only these sections")
    wanted = parser.parse_args().section or list(SECTIONS)
    print_table(chain.from_iterable(SECTIONS[name]() for name in wanted))


if __name__ == "__main__":
    main()
