import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipo_data.errors import OptionError
from ipo_data.export.packs.archive import archive, is_plain_entry, safe_name, write_files


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("MiniMax / 智谱: 对比", "MiniMax-智谱-对比"),
        ("../../etc/passwd", "etc-passwd"),
        ("  .hidden ", "hidden"),
        ("C:\\temp\\x", "C-temp-x"),
        ("con", "x-con"),
        ("***", "export"),
        ("智" * 200, "智" * 53),
        ("a" * 300, "a" * 116),
    ],
)
def test_names_are_cleaned(text, name):
    assert safe_name(text) == name


@given(st.text(max_size=200))
def test_any_text_becomes_a_plain_name(text):
    name = safe_name(text)

    assert is_plain_entry(name)
    assert "/" not in name
    assert 0 < len(name.encode()) <= 255


@pytest.mark.parametrize("name", ["/x", "../x", "a/../b", "a\\b", "c:x", "", "a/ b"])
def test_an_archive_takes_plain_relative_names_only(name):
    assert not is_plain_entry(name)
    with pytest.raises(ValueError, match="relative name"):
        archive({name: b""})


def test_the_same_files_give_the_same_archive():
    files = {"a.txt": b"one", "folder/b.csv": b"two"}

    assert archive(files) == archive(dict(files))
    with zipfile.ZipFile(io.BytesIO(archive(files))) as opened:
        assert [entry.date_time for entry in opened.infolist()] == [(1980, 1, 1, 0, 0, 0)] * 2
        assert opened.read("folder/b.csv") == b"two"


# --- the output folder ------------------------------------------------------------------------------------------------


def test_files_are_written_below_the_folder(tmp_path):
    written = write_files({"a.txt": b"1", "images/b.png": b"2"}, tmp_path / "out")

    assert [path.relative_to(tmp_path / "out").as_posix() for path in written] == ["a.txt", "images/b.png"]
    assert sorted(path.name for path in (tmp_path / "out").rglob("*")) == ["a.txt", "b.png", "images"]


def test_nothing_is_overwritten_unless_asked(tmp_path):
    (tmp_path / "b.txt").write_text("old")

    with pytest.raises(OptionError, match=r"b\.txt exists already; --force"):
        write_files({"a.txt": b"new", "b.txt": b"new"}, tmp_path)

    assert not (tmp_path / "a.txt").exists()
    write_files({"b.txt": b"new"}, tmp_path, force=True)
    assert (tmp_path / "b.txt").read_text() == "new"


@pytest.mark.parametrize("name", ["../x", "/etc/x", "a/../../x"])
def test_no_path_leaves_the_folder(tmp_path, name):
    with pytest.raises(OptionError, match="not a file below"):
        write_files({name: b""}, tmp_path / "out")


def test_a_link_that_leads_outside_is_not_followed(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "secret").write_text("kept")
    (tmp_path / "out" / "a.txt").symlink_to(tmp_path / "secret")

    with pytest.raises(OptionError, match="not a file below"):
        write_files({"a.txt": b"x"}, tmp_path / "out", force=True)

    assert (tmp_path / "secret").read_text() == "kept"


def test_a_full_disk_leaves_no_half_file(tmp_path, monkeypatch):
    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_files({"a.txt": b"content"}, tmp_path)

    assert list(tmp_path.iterdir()) == []
