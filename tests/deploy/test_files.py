"""The files in ``deploy/`` are what their programs accept, and hold what keeps the server closed and up."""

import re
import subprocess
from pathlib import Path
from shutil import which
from typing import Any

import pytest
import yaml

from ipo_data.serving import VARIABLES
from pages.shell.trace_page import LARGEST
from tests.deploy.conftest import program
from tests.serving import ROOT

DEPLOY = ROOT / "deploy"
MANIFESTS = sorted(path for path in (DEPLOY / "k8s").glob("*.yaml") if path.name != "kustomization.yaml")


def run(*command: str | Path, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a program and return what it said."""
    words = [str(word) for word in command]
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=120, check=False)


def manifest(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "k8s" / f"{name}.yaml").read_text("utf-8"))
    return found


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.stem)
def test_kubernetes_accepts_every_manifest(path: Path) -> None:
    found = run(program("kubernetes-validate"), "--strict", path)
    assert found.returncode == 0, found.stdout + found.stderr


def test_kustomize_lists_every_manifest() -> None:
    listed = manifest("kustomization")["resources"]
    assert sorted(listed) == [path.name for path in MANIFESTS]
    kubectl = which("kubectl")
    if kubectl:  # in no registry; the manifests themselves are checked above
        built = run(kubectl, "kustomize", DEPLOY / "k8s")
        assert built.stdout.count("\nkind: ") == len(MANIFESTS), built.stderr


def test_pods_run_as_nobody_on_a_read_only_file_system_with_limits() -> None:
    pod = manifest("deployment")["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["automountServiceAccountToken"] is False
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]},
    }  # fmt: skip
    assert set(container["resources"]["limits"]) == {"cpu", "memory"}
    probes = {name: container[name]["httpGet"]["path"] for name in ("startupProbe", "readinessProbe", "livenessProbe")}
    assert probes == {"startupProbe": "/readyz", "readinessProbe": "/healthz", "livenessProbe": "/healthz"}


def test_a_browser_keeps_its_process() -> None:
    assert manifest("ingress")["metadata"]["annotations"]["nginx.ingress.kubernetes.io/affinity"] == "cookie"
    assert "cookie IPO insert" in (DEPLOY / "haproxy.cfg").read_text("utf-8")


def test_the_ingress_lets_through_what_the_pages_take() -> None:
    taken = manifest("ingress")["metadata"]["annotations"]["nginx.ingress.kubernetes.io/proxy-body-size"]
    assert int(taken.removesuffix("m")) > LARGEST


def test_pods_and_policies_name_the_same_label() -> None:
    label = {"app.kubernetes.io/name": "ipo-data"}
    assert manifest("deployment")["spec"]["template"]["metadata"]["labels"] == label
    selectors = (
        manifest("deployment")["spec"]["selector"]["matchLabels"],
        manifest("service")["spec"]["selector"],
        manifest("disruption-budget")["spec"]["selector"]["matchLabels"],
        manifest("network-policy")["spec"]["podSelector"]["matchLabels"],
    )
    assert all(selector == label for selector in selectors)


def test_the_image_file_has_no_remark_of_its_linter() -> None:
    found = run(program("hadolint"), DEPLOY / "Dockerfile")
    assert found.returncode == 0, found.stdout


def test_the_image_holds_no_secrets_and_runs_as_nobody() -> None:
    assert ".streamlit/secrets.toml" in (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert re.search(r"^USER 10001$", (DEPLOY / "Dockerfile").read_text("utf-8"), flags=re.MULTILINE)


def test_haproxy_accepts_its_settings() -> None:
    found = run(program("haproxy"), "-c", "-f", DEPLOY / "haproxy.cfg")
    assert found.returncode == 0, found.stderr


def test_systemd_accepts_the_unit_and_finds_it_closed(tmp_path: Path) -> None:
    """2.2 of 10, where 10 is wide open; only the program of the unit, which is not on this machine, may be missed."""
    unit = tmp_path / "ipo-data@.service"
    unit.write_bytes((DEPLOY / "ipo-data@.service").read_bytes())
    verified = run(program("systemd-analyze"), "verify", tmp_path / "ipo-data@8501.service")
    remarks = [line for line in verified.stderr.splitlines() if "ipo-data@" in line and "is not executable" not in line]
    assert remarks == []
    rated = run(program("systemd-analyze"), "security", "--offline=true", unit)
    level = re.search(r"exposure level for \S+: ([\d.]+)", rated.stdout)
    assert level, rated.stderr
    assert float(level[1]) <= 3.0


def test_variables_in_the_files_exist() -> None:
    files = [*MANIFESTS, DEPLOY / "Dockerfile", DEPLOY / "ipo-data@.service"]
    named = {name for path in files for name in re.findall(r"\bIPO_[A-Z_]+", path.read_text("utf-8"))}
    assert named <= set(VARIABLES)
