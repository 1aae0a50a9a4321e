"""The server is killed while many read: open tabs go on at the next click, and no record file is damaged."""

import os
import signal
from hashlib import sha256
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, expect

from ipo_data.text.catalog import words
from tests.bench.client import Tab as Socket
from tests.browser.tab import Tab
from tests.serving import ROOT, Server, free_port, serve

pytestmark = pytest.mark.browser
SAY = words("en")
READERS = 6
CONNECTED = "[data-testid=stApp][data-test-connection-state=CONNECTED]"


def test_open_tabs_go_on_with_their_choices_at_the_next_click(browser: Browser) -> None:
    """What was chosen before stands in the address; what is clicked afterwards is not lost either.

    The fold with the reader's own values stands in a part of its page that the new server has not drawn yet.
    """
    seeds = digest(ROOT / "seeds")
    port = free_port()
    with browser.new_context(locale="en-GB") as context, serve(ROOT, port=port) as server:
        context.set_default_timeout(30_000)
        with Tab(context, server.url) as clicked, Tab(context, server.url) as linked:
            clicked.open("offering?lang=en")
            clicked.choose("Currency", "HK$").wait_for_query(lang="en", ccy="HKD")
            linked.open("runway?lang=en&firms=zhipu&evidence=filings")
            one_step(linked, "rd")
            linked.wait_for_query(lang="en", firms="zhipu", evidence="filings", rd="-2")
            kill_under_load(server)
            with serve(ROOT, port=port):
                for tab in (clicked, linked):
                    tab.page.wait_for_selector(CONNECTED)
                clicked.choose("Evidence", SAY("evidence.filings"))
                clicked.wait_for_query(lang="en", ccy="HKD", evidence="filings")
                clicked.wait_for_choice("Currency", "HK$")
                linked.page.get_by_text(SAY("form.title")).click()
                expect(linked.page.get_by_role("button", name=SAY("form.apply"))).to_be_visible()
                kept = {"lang": "en", "firms": "zhipu", "evidence": "filings", "rd": "-2"}
                linked.wait_for_query(**kept)
                one_step(linked, "growth")
                linked.wait_for_query(**kept, growth="0")
                for tab, name in ((clicked, "offering"), (linked, "runway")):
                    tab.wait_for_title(SAY(f"question.{name}"))
                    expect(tab.page.get_by_test_id("stAlert")).to_have_count(0)
    assert digest(ROOT / "seeds") == seeds


def one_step(tab: Tab, name: str) -> None:
    """Move a slider by one step."""
    tab.page.get_by_role("slider", name=SAY(f"control.{name}")).focus()
    tab.page.keyboard.press("ArrowRight")


def kill_under_load(server: Server) -> None:
    """Kill the process while readers ask for one rerun after the other."""

    def read() -> None:
        try:
            with Socket(server.url, "runway", "lang=en") as socket:
                while True:
                    socket.run()
        except Exception:  # noqa: BLE001 - it ends when the server does
            return

    readers = [Thread(target=read) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    with Socket(server.url, "growth", "lang=en") as socket:
        socket.run()
    os.kill(server.pid, signal.SIGKILL)
    for reader in readers:
        reader.join()


def digest(folder: Path) -> str:
    """Return what tells one state of a folder's files from another."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return sha256(b"".join(str(path).encode() + path.read_bytes() for path in files)).hexdigest()
