"""The script that finds or installs a headless browser, run against stand-ins for the system's programs."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("find_or_install_browser.sh")
NEEDED = ("sh", "id", "printf")
Find = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def programs(tmp_path: Path) -> Callable[[str, str], Path]:
    """Put a stand-in program on the path."""
    folder = tmp_path / "bin"
    folder.mkdir()

    def put(name: str, body: str = "exit 0") -> Path:
        path = folder / name
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(0o755)
        return path

    put("fc-list", "echo 'Noto Sans CJK SC'")
    return put


@pytest.fixture
def find(programs: Callable[[str, str], Path], tmp_path: Path) -> Find:
    def run(*, root: bool = False, **environment: str) -> subprocess.CompletedProcess[str]:
        programs("id", f"echo {0 if root else 1000}")
        settings = {"PATH": str(tmp_path / "bin"), "LOG": str(tmp_path / "log"), **environment}
        return subprocess.run(
            ["/bin/sh", str(SCRIPT)], env=settings, capture_output=True, text=True, timeout=20, check=False
        )  # fmt: skip

    return run


def apt_get(programs: Callable[[str, str], Path], tmp_path: Path, *, installs: bool) -> None:
    """Stand in for apt-get: note its arguments; installing puts a browser on the path."""
    browser = tmp_path / "bin" / "chromium-headless-shell"
    made = (
        f"case \"$*\" in *install*) printf '#!/bin/sh\\nexit 0\\n' > {browser}; {{ read -r _; }} < /dev/null"
        if installs
        else ""
    )
    chmod = f"; /bin/chmod +x {browser};; esac" if installs else ""
    programs("apt-get", f'echo "$*" >> "$LOG"\n{made}{chmod}\nexit {0 if installs else 100}')


def log(tmp_path: Path) -> list[str]:
    path = tmp_path / "log"
    return path.read_text().splitlines() if path.exists() else []


@pytest.mark.parametrize("name", ["chromium-headless-shell", "chromium", "google-chrome"])
def test_a_browser_on_the_path_is_found(programs: Callable[[str, str], Path], find: Find, name: str) -> None:
    path = programs(name, "exit 0")

    done = find()

    assert (done.returncode, done.stdout, done.stderr) == (0, f"{path}\n", "")


def test_a_browser_that_does_not_start_is_passed_over(programs: Callable[[str, str], Path], find: Find) -> None:
    programs("chromium-headless-shell", "exit 1")
    path = programs("chromium", "exit 0")

    assert find().stdout == f"{path}\n"


def test_the_named_browser_comes_first(programs: Callable[[str, str], Path], find: Find) -> None:
    programs("chromium", "exit 0")
    mine = programs("my browser", "exit 0")

    assert find(BROWSER_PATH=str(mine)).stdout == f"{mine}\n"


def test_a_wrongly_named_browser_is_an_error(programs: Callable[[str, str], Path], find: Find) -> None:
    programs("chromium", "exit 0")

    done = find(BROWSER_PATH="/nowhere/chromium")

    assert (done.returncode, done.stdout) == (1, "")
    assert "BROWSER_PATH is set to '/nowhere/chromium', which does not start" in done.stderr


def test_root_installs_what_is_missing(programs: Callable[[str, str], Path], find: Find, tmp_path: Path) -> None:
    apt_get(programs, tmp_path, installs=True)

    done = find(root=True)

    assert (done.returncode, done.stdout) == (0, f"{tmp_path / 'bin' / 'chromium-headless-shell'}\n")
    assert log(tmp_path) == ["-qq update", "-qq install --yes --no-install-recommends chromium-headless-shell"]


def test_root_installs_a_chinese_font_where_there_is_none(
    programs: Callable[[str, str], Path], find: Find, tmp_path: Path
) -> None:
    programs("fc-list", "exit 0")
    apt_get(programs, tmp_path, installs=True)

    find(root=True)

    assert log(tmp_path)[-1].endswith("chromium-headless-shell fonts-noto-cjk fontconfig")


@pytest.mark.parametrize("ci", ["", "true"])
def test_others_are_told_what_to_install(find: Find, tmp_path: Path, ci: str) -> None:
    done = find(CI=ci)

    assert done.returncode == (1 if ci else 0)
    assert done.stdout == ""
    assert "apt-get install chromium-headless-shell fonts-noto-cjk" in done.stderr
    assert ("skipped" in done.stderr) == (not ci)
    assert log(tmp_path) == []


@pytest.mark.parametrize("ci", ["", "true"])
def test_a_failed_installation_is_said(
    programs: Callable[[str, str], Path], find: Find, tmp_path: Path, ci: str
) -> None:
    apt_get(programs, tmp_path, installs=False)

    done = find(root=True, CI=ci)

    assert (done.returncode, done.stdout) == (1 if ci else 0, "")
    assert "The installation failed." in done.stderr


def test_a_missing_font_alone_is_a_warning(programs: Callable[[str, str], Path], find: Find) -> None:
    path = programs("chromium", "exit 0")
    programs("fc-list", "exit 0")

    done = find(CI="true")

    assert (done.returncode, done.stdout) == (0, f"{path}\n")
    assert "No font with Chinese characters" in done.stderr
