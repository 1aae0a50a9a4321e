"""Probes: alive, sound, which version; never a figure."""

from starlette.applications import Starlette
from starlette.testclient import TestClient

from pages.server.health import ROUTES
from tests.pages.conftest import UseSeeds

PROBE = TestClient(Starlette(routes=ROUTES))


def test_alive_whatever_the_files_hold(use_seeds: UseSeeds) -> None:
    use_seeds({"sources.yaml": "sources: ["})
    assert (PROBE.get("/healthz").status_code, PROBE.get("/healthz").text) == (200, "ok")


def test_ready_with_the_digest_of_the_data(use_seeds: UseSeeds) -> None:
    use_seeds({})
    found = PROBE.get("/readyz")
    assert found.status_code == 200
    assert found.headers["Cache-Control"] == "no-store"
    assert found.json()["ready"] is True
    assert len(found.json()["data"]) == 64


def test_not_ready_after_a_broken_edit_though_the_last_good_data_are_shown(use_seeds: UseSeeds) -> None:
    use_seeds({})
    good = PROBE.get("/readyz").json()["data"]
    use_seeds({"sources.yaml": "sources: ["})
    found = PROBE.get("/readyz")
    assert found.status_code == 503
    assert found.json() == {"ready": False, "data": good, "problems": 1}
    use_seeds({})
    assert PROBE.get("/readyz").status_code == 200


def test_version() -> None:
    assert set(PROBE.get("/version").json()) == {"version"}
