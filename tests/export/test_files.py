"""Files that leave the product stay in their folder, under clean names, whole, and replace nothing unasked."""

import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipo_data.errors import OptionError
from ipo_data.export.files import LONGEST_NAME, file_name, inside, write_file
from ipo_data.paths import ROOT

HOSTILE = [
    "../../etc/passwd", "..", "/etc/passwd", "a/b", "a\\b", "a\0b", "con", "~root", "$(rm -rf x)", "a\nb",
    "\u202egnp.exe", "x" * 500, "收入 结构：2025", "", ".hidden", "-rf",
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_cleaned(name: str, tmp_path: Path) -> None:
    clean = file_name(name, ending="png")
    assert inside(tmp_path, clean).parent == tmp_path.resolve()
    assert len(clean) <= LONGEST_NAME
    assert clean[0] not in ".-~"
    assert clean.isprintable()
    assert clean.endswith(".png")


@given(st.text(max_size=200))
def test_whatever_the_name_the_file_stays_in_its_folder(name: str) -> None:
    clean = file_name(name, ending="csv")
    assert Path(clean).name == clean
    assert ".." not in clean
    assert inside(Path("out"), clean).name == clean


def test_words_of_a_name_are_kept() -> None:
    assert file_name("growth", "one-footing", "zh-Hans", "", ending="svg") == "growth-one-footing-zh-Hans.svg"
    assert file_name("收入结构：2025", ending="png") == "收入结构-2025.png"
    assert file_name("", ending="png") == "export.png"
    assert file_name("con", ending="txt") == "x-con.txt"


@pytest.mark.parametrize("name", ["../x.png", "/x.png", "a/b.png", "..", "", "a\0b"])
def test_a_path_is_no_name(name: str, tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="is not the name of a file in"):
        write_file(tmp_path / "out", name, b"x")
    assert not (tmp_path / "out").exists()


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "x.png").symlink_to(tmp_path / "elsewhere.png")
    with pytest.raises(OptionError):
        write_file(out, "x.png", b"x", force=True)
    assert not (tmp_path / "elsewhere.png").exists()


def test_nothing_is_overwritten_unasked(tmp_path: Path) -> None:
    write_file(tmp_path, "x.png", b"first")
    with pytest.raises(OptionError, match=r"x\.png exists already; nothing was written\. Use --force"):
        write_file(tmp_path, "x.png", b"second")
    assert (tmp_path / "x.png").read_bytes() == b"first"
    write_file(tmp_path, "x.png", b"second", force=True)
    assert (tmp_path / "x.png").read_bytes() == b"second"
    assert [path.name for path in tmp_path.iterdir()] == ["x.png"]


def test_a_file_that_appears_meanwhile_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fsync

    def somebody_else_is_faster(handle: int) -> None:
        (tmp_path / "x.png").write_bytes(b"theirs")
        real(handle)

    monkeypatch.setattr(os, "fsync", somebody_else_is_faster)
    with pytest.raises(OptionError, match="exists already"):
        write_file(tmp_path, "x.png", b"ours")
    assert (tmp_path / "x.png").read_bytes() == b"theirs"
    assert [path.name for path in tmp_path.iterdir()] == ["x.png"]


def test_a_full_disk_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.png").write_bytes(b"old")

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_file(tmp_path, "x.png", b"new" * 1000, force=True)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("x.png", b"old")]


WRITER = """
import sys
from itertools import cycle
from pathlib import Path
from ipo_data.export.files import write_file
for letter in cycle((b"a", b"b")):
    write_file(Path(sys.argv[1]), "memo.pdf", letter * 1_000_000, force=True)
"""


def test_a_killed_process_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    file = tmp_path / "memo.pdf"
    process = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], cwd=ROOT)
    try:
        while not file.is_file():
            time.sleep(0.01)
    finally:
        process.kill()
        process.wait()
    content = file.read_bytes()
    assert content in (b"a" * 1_000_000, b"b" * 1_000_000)
