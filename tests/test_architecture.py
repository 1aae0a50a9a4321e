"""The shape of the code: layers, sizes, documented and typed public names, nothing of the machine it was written on."""

import ast
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from ipo_data.paths import ROOT

MOST_LINES = 400
PACKAGE = sorted((ROOT / "ipo_data").rglob("*.py"))
APPLICATION = [*PACKAGE, *sorted((ROOT / "pages").rglob("*.py")), *ROOT.glob("app.py")]
NOT_OURS = {
    ".git", ".venv", "node_modules", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis",
    ".import_linter_cache", "dist", "build",
}  # fmt: skip
TEXT_ENDINGS = {
    ".py", ".toml", ".yaml", ".yml", ".md", ".txt", ".csv", ".json", ".jsonl", ".sh", ".cfg", ".ini", ".css", ".js",
    ".html", ".svg", "",
}  # fmt: skip


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def repository_files() -> Iterator[Path]:
    for folder, folders, names in os.walk(ROOT):
        folders[:] = sorted(name for name in folders if name not in NOT_OURS)
        ours = (name for name in sorted(names) if name not in NOT_OURS)  # a linked working tree has a file .git
        yield from (Path(folder) / name for name in ours if Path(name).suffix in TEXT_ENDINGS)


def test_layers_point_one_way(monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "path", list(sys.path))  # the linter adds to it
    monkeypatch.setattr("logging.config.dictConfig", lambda settings: None)  # it would switch off every known logger
    assert lint_imports(no_cache=True, no_logo=True) == 0


@pytest.mark.parametrize("path", PACKAGE, ids=name_of)
def test_modules_stay_readable(path):
    assert len(path.read_text("utf-8").splitlines()) <= MOST_LINES


# --- public names ---------------------------------------------------------------------------------------------------

Definition = ast.FunctionDef | ast.AsyncFunctionDef


def public_definitions(tree: ast.Module) -> Iterator[tuple[str, ast.ClassDef | Definition]]:
    """Yield public functions and classes of a module, and the public methods of public classes."""
    for node in tree.body:
        if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and not node.name.startswith("_"):
            yield node.name, node
            if isinstance(node, ast.ClassDef):
                for member in node.body:
                    if isinstance(member, (ast.FunctionDef, ast.AsyncFunctionDef)) and member.name[0] != "_":
                        yield f"{node.name}.{member.name}", member


def is_overriding(node: ast.ClassDef | Definition) -> bool:
    names = {decorator.id for decorator in node.decorator_list if isinstance(decorator, ast.Name)}
    return bool(names & {"overload", "override"})


def unannotated(node: Definition) -> list[str]:
    arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs, node.args.vararg, node.args.kwarg]
    bare = [a.arg for a in arguments if a is not None and a.annotation is None and a.arg not in {"self", "cls"}]
    return bare if node.returns is not None else [*bare, "return"]


@pytest.mark.parametrize("path", PACKAGE, ids=name_of)
def test_public_names_are_documented_and_typed(path):
    tree = ast.parse(path.read_text("utf-8"))
    bad = [] if ast.get_docstring(tree) or not tree.body else ["the module has no docstring"]
    for name, node in public_definitions(tree):
        if not ast.get_docstring(node) and not is_overriding(node):
            bad.append(f"{name} has no docstring")
        if not isinstance(node, ast.ClassDef) and unannotated(node):
            bad.append(f"{name} does not type {', '.join(unannotated(node))}")
    assert bad == []


# --- imports and addresses ------------------------------------------------------------------------------------------


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{'.' * node.level}{node.module or ''}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", APPLICATION, ids=name_of)
def test_imports_are_absolute_and_without_plotly_express(path):
    names = list(imported(ast.parse(path.read_text("utf-8"))))
    assert not [name for name in names if name.startswith(("plotly.express", "."))]


MACHINE = re.compile(r"(?<![\w.~-])/(?:" + "|".join(["work", "tmp", "root", "home"]) + r")/\w")
REGISTRIES = re.compile("|".join([r"pypi\.org", "python" + "hosted", "npm" + "js", "deb" + r"\.debian"]))


def test_no_file_names_the_machine_or_a_registry():
    found = []
    for path in repository_files():
        text = path.read_text("utf-8", errors="replace")
        for pattern in (MACHINE, REGISTRIES):
            found += [f"{name_of(path)}: {match[0]}" for match in pattern.finditer(text)]
    assert found == []


def test_every_test_folder_mirrors_the_package():
    """A test module belongs to a module or a topic, so that it is found where it is looked for."""
    folders = {path.name for path in (ROOT / "ipo_data").iterdir() if path.is_dir() and path.name[0] not in "._"}
    topics = {"deploy", "seeds", "pages", "bench", "tools", "browser", "server", "docs"}
    own = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and path.name[0] not in "._"}
    assert own <= folders | topics
