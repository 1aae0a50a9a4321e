"""The wheel holds all that the package needs; the Makefile and the lock file fit the project's metadata."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from ipo_data.paths import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
LOCK = (ROOT / "requirements" / "lock.txt").read_text("utf-8")
AUDIT = (ROOT / "requirements" / "audit.txt").read_text("utf-8")


def normalised(requirement: str) -> str:
    """Return the name of a requirement as package indexes write it."""
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert match, requirement
    return re.sub(r"[-_.]+", "-", match[0]).lower()


def direct_requirements() -> set[str]:
    groups = PROJECT["dependency-groups"].values()
    listed = [
        *PROJECT["project"]["dependencies"],
        *(item for group in groups for item in group if isinstance(item, str)),
    ]
    return {normalised(item) for item in listed}


@pytest.fixture(scope="module")
def unpacked_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from what is in the tree and unpack it far from the repository."""
    built, unpacked = tmp_path_factory.mktemp("built"), tmp_path_factory.mktemp("unpacked")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*command, "--wheel-dir", str(built), str(ROOT)], check=True, capture_output=True, timeout=120)
    (wheel,) = built.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(unpacked)
    return unpacked


def run_from(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    settings = {**os.environ, "PYTHONPATH": str(folder)}
    settings.pop("IPO_SEEDS", None)
    # -S -E would hide the dependencies as well; the working folder and PYTHONPATH put the unpacked wheel first
    command = [sys.executable, "-m", "ipo_data", *arguments]
    return subprocess.run(command, cwd=folder, env=settings, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.slow
def test_the_wheel_checks_a_seeds_folder(unpacked_wheel: Path) -> None:
    done = run_from(unpacked_wheel, "check", "--seeds", str(ROOT / "seeds"))

    assert (done.returncode, done.stderr) == (0, "")
    assert "No problems." in done.stdout


@pytest.mark.slow
def test_the_wheel_is_what_ran_and_brings_its_texts(unpacked_wheel: Path) -> None:
    probe = "import ipo_data, ipo_data.text.catalog as c; print(ipo_data.__file__, len(c.catalogue('zh-Hant')) > 100)"
    settings = {**os.environ, "PYTHONPATH": str(unpacked_wheel)}
    done = subprocess.run(
        [sys.executable, "-c", probe], cwd=unpacked_wheel, env=settings, capture_output=True, text=True, check=True
    )  # fmt: skip

    assert done.stdout == f"{unpacked_wheel / 'ipo_data' / '__init__.py'} True\n"


@pytest.mark.slow
def test_the_wheel_without_seeds_says_how_to_name_them(unpacked_wheel: Path) -> None:
    done = run_from(unpacked_wheel, "check")

    assert done.returncode == 1
    assert "name one with --seeds or IPO_SEEDS" in done.stdout


@pytest.mark.slow
def test_the_wheel_holds_the_package_the_licence_and_nothing_else(unpacked_wheel: Path) -> None:
    held = {str(path.relative_to(unpacked_wheel)) for path in unpacked_wheel.rglob("*") if path.is_file()}
    expected = {
        str(path.relative_to(ROOT)) for path in (ROOT / "ipo_data").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }  # fmt: skip
    own = {name for name in held if name.startswith("ipo_data/")}

    assert own == expected
    assert {name.split("/")[0].split("-")[0] for name in held - own} == {"ipo_data"}
    assert any(name.endswith("licenses/LICENSE") for name in held)


def test_every_direct_requirement_is_locked_with_hashes() -> None:
    entries = [block for text in (LOCK, AUDIT) for block in re.split(r"\n(?=[a-z0-9])", text) if block.strip()]
    locked = {normalised(block) for block in entries}

    assert direct_requirements() <= locked
    assert [block.splitlines()[0] for block in entries if "--hash=sha256:" not in block] == []


def test_build_tools_are_locked_so_that_the_install_reaches_for_nothing_unpinned() -> None:
    build = {normalised(item) for item in PROJECT["dependency-groups"]["build"]}

    assert {normalised(item) for item in PROJECT["build-system"]["requires"]} <= build
    assert "--no-deps --no-build-isolation --editable ." in MAKEFILE
    assert "--require-hashes -r requirements/lock.txt" in MAKEFILE


@pytest.mark.parametrize(
    "path", ["requirements/lock.txt", "requirements/audit.txt", "pyproject.toml", "Makefile", ".ci/run"]
)
def test_no_file_names_a_registry_or_a_machine(path: str) -> None:
    text = (ROOT / path).read_text("utf-8")

    assert not re.search(
        r"--(extra-)?index-url [^-]|--find-links|//[a-z0-9.-]+/simple|file://|(?<![\w.])/(home|opt|root|work)/", text
    )


def test_the_lock_keeps_to_python_3_11() -> None:
    assert PROJECT["project"]["requires-python"] == ">=3.11"
    assert "--universal --python-version 3.11" in MAKEFILE
    assert "sys.version_info >= (3, 11)" in MAKEFILE


def test_the_licence_is_the_whole_text() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")

    assert PROJECT["project"]["license"] == "Apache-2.0"
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text
    assert len(text.splitlines()) > 190


def test_an_environment_left_half_made_is_made_anew(tmp_path: Path) -> None:
    half_made = tmp_path / "venv"
    half_made.mkdir()
    (half_made / "pyvenv.cfg").write_text("")

    assert "--clear" in _plan(half_made)


def test_an_environment_made_elsewhere_is_made_anew(tmp_path: Path) -> None:
    assert "--clear" in _plan(_made(tmp_path / "venv", "/somewhere/else"))


def test_a_finished_environment_is_left_alone(tmp_path: Path) -> None:
    plan = _plan(_made(tmp_path / "venv", str(ROOT)))

    assert plan.split() == [f"{tmp_path}/venv/bin/python", "-m", "ipo_data.export.make_fonts"]


def test_an_environment_older_than_the_lock_is_brought_up_to_date(tmp_path: Path) -> None:
    made = _made(tmp_path / "venv", str(ROOT))
    os.utime(made / ".installed", (1, 1))

    plan = _plan(made)
    assert "pip" in plan
    assert "--clear" not in plan


def test_a_folder_that_is_no_environment_is_not_touched(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "memo.txt").write_text("keep me")

    done = run_make("setup", f"VENV={mine}")

    assert done.returncode != 0
    assert "holds something else than a Python environment" in done.stderr
    assert [path.name for path in mine.iterdir()] == ["memo.txt"]


def _made(folder: Path, where: str) -> Path:
    folder.mkdir()
    (folder / "pyvenv.cfg").write_text("")
    (folder / ".installed").write_text(where + "\n")
    return folder


def _plan(environment: Path) -> str:
    """Return what ``make setup`` would do."""
    return run_make("--dry-run", "setup", f"VENV={environment}").stdout


def run_make(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run make as from a terminal, also when these tests were started by make themselves."""
    settings = {name: value for name, value in os.environ.items() if not name.startswith("MAKE") and name != "MFLAGS"}
    return subprocess.run(
        ["make", *arguments], cwd=ROOT, env=settings, capture_output=True, text=True, timeout=30, check=False
    )  # fmt: skip
