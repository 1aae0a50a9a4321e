"""What ``import ipo_data`` offers, and that every public name is typed and explained."""

import ast
import importlib
import inspect
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import ipo_data
from ipo_data.paths import ROOT

PACKAGES_WITH_A_LIST = ("ipo_data", "ipo_data.export", "ipo_data.frames")
MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(ipo_data.__path__, "ipo_data.")
    if module.name != "ipo_data.__main__"
)


@pytest.mark.parametrize("name", PACKAGES_WITH_A_LIST)
def test_all_is_sorted_and_without_repeats(name: str) -> None:
    listed = importlib.import_module(name).__all__

    assert listed == sorted(set(listed), key=_ruff_order)


def _ruff_order(name: str) -> tuple[int, str]:
    """Constants, then classes, then functions, each by the alphabet."""
    rank = 0 if name.isupper() else 1 if name[0].isupper() else 2
    return rank, name


@pytest.mark.parametrize("name", PACKAGES_WITH_A_LIST)
def test_all_is_complete(name: str) -> None:
    package = importlib.import_module(name)
    tree = ast.parse(Path(str(package.__file__)).read_text("utf-8"))
    imported = {
        alias.asname or alias.name for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names
    }

    assert set(package.__all__) == imported
    assert all(hasattr(package, item) for item in package.__all__)


def test_errors_of_the_package_are_all_public() -> None:
    errors = importlib.import_module("ipo_data.errors")
    raised = {
        name for name, item in vars(errors).items() if inspect.isclass(item) and item.__module__ == errors.__name__
    }

    assert raised <= set(ipo_data.__all__)


def test_the_package_is_marked_as_typed() -> None:
    assert (ROOT / "ipo_data" / "py.typed").read_bytes() == b""


def test_importing_the_package_needs_neither_pandas_nor_streamlit() -> None:
    probe = "import sys, ipo_data; print([m for m in ('pandas', 'plotly', 'streamlit') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"


@pytest.mark.parametrize("name", MODULES)
def test_public_functions_are_typed_and_explained(name: str) -> None:
    module = importlib.import_module(name)
    functions = [
        item for public, item in vars(module).items()
        if not public.startswith("_") and inspect.isfunction(item) and item.__module__ == name
    ]  # fmt: skip

    assert [f.__name__ for f in functions if not inspect.getdoc(f)] == []
    assert [f.__name__ for f in functions if not _is_typed(f)] == []


def _is_typed(function: object) -> bool:
    signature = inspect.signature(function)  # type: ignore[arg-type]
    empty = inspect.Signature.empty
    return signature.return_annotation is not empty and all(
        parameter.annotation is not empty for parameter in signature.parameters.values()
    )


@pytest.mark.parametrize("name", ["ipo_data", *MODULES])
def test_modules_say_what_they_are_for(name: str) -> None:
    module = importlib.import_module(name)
    is_empty = not Path(str(module.__file__)).read_text("utf-8").strip()

    assert is_empty or module.__doc__
