"""Two processes behind HAProxy on this machine: browsers keep their process, and outlive it."""

import codecs
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.error import URLError

from tests.bench.client import Tab
from tests.deploy.conftest import program
from tests.serving import ROOT, Server, free_port, serve, status

BROWSERS = 12
VIEW = "lang=en&ccy=HKD"
BOM = codecs.BOM_UTF8
NO_CONTENT = 204


@contextmanager
def balancer(first: Server, second: Server) -> Iterator[str]:
    """Run HAProxy with the settings that are shipped, on a free port."""
    address = f"127.0.0.1:{free_port()}"
    places = {"IPO_BIND": address, "IPO_PROCESS_1": first.url[7:], "IPO_PROCESS_2": second.url[7:]}
    command = [program("haproxy"), "-db", "-f", str(ROOT / "deploy" / "haproxy.cfg")]
    process = subprocess.Popen(command, env={**os.environ, **places}, stdout=subprocess.DEVNULL)
    try:
        for _ in range(100):
            try:
                if status(f"http://{address}/healthz") == 200:
                    break
            except URLError:
                pass
            time.sleep(0.1)
        yield f"http://{address}"
    finally:
        process.terminate()
        process.wait()


def test_browsers_keep_their_process_and_go_on_when_it_dies() -> None:
    program("haproxy")
    open_network = {"IPO_LOGIN": "none"}
    with ExitStack() as stack:
        servers = [stack.enter_context(serve(ROOT, open_network)) for _ in range(2)]
        url = stack.enter_context(balancer(*servers))
        tabs = [stack.enter_context(Tab(url, "offering", VIEW)) for _ in range(BROWSERS)]
        first = [tab.run() for tab in tabs]
        assert {tab.cookies["IPO"] for tab in tabs} == {"p1", "p2"}
        assert all(run.charts and not run.errors for run in first)
        assert all(not tab.run().errors for tab in tabs)
        for tab in tabs:
            numbers = tab.unfold("exhibit-offering-terms").files["CSV"]
            assert tab.download(numbers).startswith(BOM)
            assert tab.uploaded(b"id: nobody") == NO_CONTENT
        closed = ("/_stcore/metrics", "/_stcore/agent/interact", "/_stcore/%6detrics", "/%5fstcore/agent/mcp")
        assert [status(url + path) for path in closed] == [403] * len(closed)

        os.kill(servers[0].pid, signal.SIGKILL)
        for tab in tabs:
            if tab.cookies["IPO"] == "p2":
                assert not tab.run().errors
            else:
                with Tab(url, "offering", VIEW, tab.cookies) as again:
                    run = again.run()
                    assert run.charts == first[0].charts
                    assert run.errors == []
                    assert b"HK$" in run.received
                    assert again.cookies["IPO"] == "p2"
