"""Seeds folders the pages can be pointed at: the repository's with one more company, and small ones."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from shutil import copytree

import pytest
from streamlit.components.v2.manifest_scanner import scan_component_manifests

from ipo_data.paths import SEEDS_VARIABLE
from tests.builders import write_seeds
from tests.serving import ROOT

Changes = Mapping[str, str | bytes | None]
UseSeeds = Callable[[Changes], Path]


@pytest.fixture(scope="session", autouse=True)
def _one_search_for_components() -> Iterator[None]:
    """Spare every run a search through all installed packages for components, four fifths of its time."""
    found = scan_component_manifests()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("streamlit.components.v2.manifest_scanner.scan_component_manifests", lambda: found)
        yield


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
