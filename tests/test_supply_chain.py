"""No dangerous call, no secret and no markup from records in the repository."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from detect_secrets.core.scan import scan_line
from detect_secrets.settings import transient_settings

from ipo_data.paths import ROOT

BANDIT_SKIPS = "B108,B310,B506"
"""A folder of our own in memory, the address of our own server, and ``yaml.load`` with a base loader, which makes plain
texts only; the linter asks for a reason at each such line."""
DETECTORS = (
    "ArtifactoryDetector", "AWSKeyDetector", "AzureStorageKeyDetector", "BasicAuthDetector", "GitHubTokenDetector",
    "GitLabTokenDetector", "JwtTokenDetector", "NpmDetector", "OpenAIDetector", "PrivateKeyDetector",
    "PypiTokenDetector", "SendGridDetector", "SlackDetector", "StripeDetector", "TwilioKeyDetector",
)  # fmt: skip
LARGEST = 2_000_000


@pytest.fixture(autouse=True)
def _detectors() -> Iterator[None]:
    with transient_settings({"plugins_used": [{"name": name} for name in DETECTORS]}):
        yield


def tracked() -> list[Path]:
    """Return the text files of the repository."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False).stdout.decode()
    paths = [ROOT / name for name in listed.split("\0") if name]
    return [path for path in paths if path.is_file() and path.stat().st_size < LARGEST]


def secrets_in(text: str) -> list[str]:
    """Return the kinds of secrets that a text holds."""
    return [found.type for line in text.splitlines() for found in scan_line(line)]


@pytest.mark.slow
def test_no_dangerous_call() -> None:
    command = [sys.executable, "-m", "bandit", "-q", "-r", "-ll", "-s", BANDIT_SKIPS, "-f", "json", "ipo_data", "pages"]
    done = subprocess.run([*command, "app.py"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert json.loads(done.stdout)["results"] == []


@pytest.mark.slow
def test_no_secret_is_in_the_repository() -> None:
    found = {}
    paths = tracked()
    assert ROOT / "app.py" in paths
    for path in paths:
        if path.suffix not in (".png", ".ico") and path.parent.name != "requirements":
            kinds = secrets_in(path.read_text("utf-8", errors="replace"))
            if kinds:
                found[str(path.relative_to(ROOT))] = kinds
    assert found == {}


def test_a_secret_would_be_found() -> None:
    key = "AKIA" + "IOSFODNN7" + "EXAMPLE"
    assert secrets_in(f"aws_key = '{key}'") == ["AWS Access Key"]
    assert secrets_in("-----BEGIN RSA " + "PRIVATE KEY-----") == ["Private Key"]


def test_markup_is_never_made_from_text() -> None:
    """``st.html`` stands only where every part is constant or escaped, ``unsafe_allow_html`` nowhere."""
    pages = {path: path.read_text("utf-8") for path in [*(ROOT / "pages").rglob("*.py"), ROOT / "app.py"]}
    assert [path.name for path, text in pages.items() if "unsafe_allow_html" in text] == []
    using = {path.name for path, text in pages.items() if re.search(r"\bst\.html\(", text)}
    assert using <= {"browser.py", "check.py", "exhibit.py", "file_field.py", "login.py", "navigation.py", "page.py"}
