"""What several test modules share: the data set of the repository and a small folder of good seeds."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import settings

from ipo_data.dataset import Dataset
from ipo_data.paths import ROOT
from tests.builders import write_seeds

# the same examples in every run: a red test stays red, and nothing is written beside the repository;
# EXAMPLES=1500 asks for more of them, as `make bench` does for the record files
settings.register_profile(
    "steady", derandomize=True, database=None, deadline=None, max_examples=int(os.environ.get("EXAMPLES") or 60)
)
settings.load_profile("steady")


class MakeSeeds(Protocol):
    """Writes the good seeds with changes into a fresh folder called ``seeds``."""

    def __call__(self, changes: Mapping[str, str | bytes | None] | None = None) -> Path: ...


@pytest.fixture
def make_seeds(tmp_path: Path) -> MakeSeeds:
    def make(changes: Mapping[str, str | bytes | None] | None = None) -> Path:
        return write_seeds(tmp_path / "seeds", changes)

    return make


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    """The repository's own records, whatever ``IPO_SEEDS`` says."""
    return Dataset.load(ROOT / "seeds")
