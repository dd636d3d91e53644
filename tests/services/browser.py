"""A real Chromium, pages on a real port, and axe, which finds what people with disabilities would stumble over."""

from __future__ import annotations

import asyncio
import os
import shutil
import threading

import pytest
from werkzeug.serving import make_server

from casework import clock as casework_clock
from casework.config import ROOT

AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
#: As root Chromium has no sandbox, and without the rest it calls home, which the closed network refuses many times over.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
WAIT_MILLISECONDS = 10_000


@pytest.fixture(scope="session")
def browser():
    """One Chromium for this test process; each test uses it through a `context` or `page` of its own."""
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip("no Chromium here: `apt-get install chromium`, or name one in CHROMIUM")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  slow to import, and not needed by most tests

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
        # Playwright leaves its event loop marked as running in this thread, where other tests may want one of their own.
        loop = asyncio._get_running_loop()
        asyncio._set_running_loop(None)
        yield chromium, loop
        asyncio._set_running_loop(loop)
        chromium.close()


@pytest.fixture
def context(browser):
    """A fresh profile of a Danish reader: no cookies, Danish language, Copenhagen's time."""
    chromium, loop = browser
    asyncio._set_running_loop(loop)
    profile = chromium.new_context(
        locale="da-DK", timezone_id="Europe/Copenhagen", viewport={"width": 1400, "height": 900}
    )
    profile.set_default_timeout(WAIT_MILLISECONDS)
    yield profile
    profile.close()
    asyncio._set_running_loop(None)


@pytest.fixture
def page(context):
    """A page in which every error of a script fails the test."""
    errors = []
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert not errors


@pytest.fixture
def axe(page):
    """Call it on the page as it stands: a list of violations of WCAG 2.2 A and AA, empty when there are none."""

    def violations(*tags: str) -> list[tuple[str, str, str]]:
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("tags => axe.run({runOnly: {type: 'tag', values: tags}})", list(tags or WCAG))
        return [
            (one["id"], node["html"][:200], node["failureSummary"][:300])
            for one in found["violations"]
            for node in one["nodes"][:3]
        ]

    return violations


@pytest.fixture
def serve(clock):
    """Serve a WSGI application on a free loopback port and give its address; its requests see the test's clock."""
    servers = []

    def start(application) -> str:
        def timed(environ, start_response):
            with casework_clock.moved_to(clock.now):
                return application(environ, start_response)

        server = make_server("127.0.0.1", 0, timed, threaded=True)
        servers.append((server, threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})))
        servers[-1][1].start()
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server, thread in servers:
        server.shutdown()
        thread.join()
        server.server_close()
