"""Seeds folders the pages can be pointed at: the repository's with one more company, and small ones."""

from collections.abc import Callable, Mapping
from pathlib import Path
from shutil import copytree

import pytest

from ipo_data.paths import SEEDS_VARIABLE
from tests.builders import write_seeds
from tests.serving import ROOT

Changes = Mapping[str, str | bytes | None]
UseSeeds = Callable[[Changes], Path]


@pytest.fixture
def use_seeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> UseSeeds:
    """Point the pages at small good seeds with some files changed."""

    def use(changes: Changes) -> Path:
        folder = write_seeds(tmp_path / "seeds", changes)
        monkeypatch.setenv(SEEDS_VARIABLE, str(folder))
        return folder

    return use


@pytest.fixture
def add_to_seeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> UseSeeds:
    """Point the pages at the repository's seeds with some files more."""

    def use(files: Changes) -> Path:
        folder = copytree(ROOT / "seeds", tmp_path / "seeds")
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content or b"")
        monkeypatch.setenv(SEEDS_VARIABLE, str(folder))
        return folder

    return use
