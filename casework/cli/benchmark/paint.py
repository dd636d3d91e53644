"""When a reader sees the largest part of a page (largest contentful paint), in headless Chromium: at a first visit and again.

Of an editor, when one can begin to draw.
"""

from __future__ import annotations

import shutil
from importlib import import_module
from statistics import median
from typing import TYPE_CHECKING, Any

from casework.cli.benchmark.servers import HOST
from casework.cli.benchmark.visits import VISITS

if TYPE_CHECKING:
    from collections.abc import Iterator

TIMES = 3
SEEN = frozenset({"inbox", "task", "case", "cases", "diagram", "hand-offs", "new notification", "overview"})
EDITORS = frozenset({"workshop, diagram", "workshop, decisions", "workshop, forms"})
#: Milliseconds since the page was asked for; half a second later nothing larger comes.
LARGEST = """() => new Promise((told) => {
  let last = 0;
  const seen = (list) => { for (const one of list.getEntries()) last = one.startTime; };
  new PerformanceObserver(seen).observe({ type: 'largest-contentful-paint', buffered: true });
  setTimeout(() => told(Math.round(last)), 500);
})"""


def paint(port: int) -> list[dict[str, Any]]:
    """A row for each page: milliseconds with an empty cache and with a filled one, the median of three."""
    browser: Any = import_module("tests.services.browser")  # the repository's tests know how to start one
    playwright: Any = import_module("playwright.sync_api")
    program = next(filter(None, map(shutil.which, browser.NAMES)), None)
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=program, args=browser.FLAGS)
        rows = list(_rows(chromium, f"http://{HOST}:{port}"))
        chromium.close()
    return rows


def _rows(chromium: Any, address: str) -> Iterator[dict[str, Any]]:
    for visit in (one for one in VISITS if one.name in SEEN | EDITORS):
        page = chromium.new_context(locale="da-DK", viewport={"width": 1400, "height": 900}).new_page()
        page.goto(f"{address}/sign-in")
        page.click(f"button[value={visit.persona}]")
        page.wait_for_url(lambda url: "/sign-in" not in url)
        page.goto(address + visit.path)
        for link in visit.follow:
            page.goto(
                address
                + page.evaluate("link => document.documentElement.outerHTML.match(new RegExp(link, 's'))[1]", link)
            )
        yield {
            "page": visit.name,
            "first_ms": _wait(page, visit.name, is_first=True),
            "again_ms": _wait(page, visit.name, is_first=False),
        }
        page.context.close()


def _wait(page: Any, name: str, *, is_first: bool) -> float:
    found = []
    for _ in range(TIMES):
        if is_first:
            page.context.new_cdp_session(page).send("Network.clearBrowserCache")
        page.goto(page.url)
        found.append(_until_ready(page) if name in EDITORS else page.evaluate(LARGEST))
    return float(median(found))


def _until_ready(page: Any) -> float:
    """The script of an editor counts by itself."""
    return float(page.wait_for_selector("[data-canvas][data-ready=true]").get_attribute("data-milliseconds"))
