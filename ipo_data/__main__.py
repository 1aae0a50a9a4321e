"""``python -m ipo_data`` is the same as ``ipo-data``."""

import sys

from ipo_data.cli import main

if __name__ == "__main__":
    sys.exit(main())
