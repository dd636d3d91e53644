"""Takes pictures of every page of a running demonstration: `make run`, then `make pictures`. The README shows some of them.

Each page is taken at 1400 and 375 px; in `--out`, one PNG a page and width. Chromium is the system's.
"""

from __future__ import annotations

import argparse
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDTHS = {1400: 900, 375: 800}
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class Shot:
    """One page: who looks, where to start, and the links to follow from there (CSS selectors, the first match)."""

    name: str
    persona: str
    path: str
    follow: tuple[str, ...] = ()


SHOTS = (
    Shot("inbox", "mette", "/"),
    Shot("task", "mette", "/?view=mine", ("tbody a[href^='/tasks/']",)),
    Shot("notification", "mette", "/notifications/new"),
    Shot("cases", "mette", "/cases"),
    Shot("case", "lars", "/cases", ("tbody a[href^='/cases/']",)),
    Shot("diagram", "lars", "/cases", ("tbody a[href^='/cases/']", "a[href^='/instances/']")),
    Shot("journal", "lars", "/cases", ("tbody a[href^='/cases/']", "a[href$='/journal']")),
    Shot("handoff-compose", "lars", "/cases", ("tbody a[href^='/cases/']", "a[href$='/handoffs/new']")),
    Shot("handoffs", "lars", "/handoffs?box=to_us"),
    Shot("handoff", "lars", "/handoffs?box=to_us", ("tbody a[href^='/handoffs/']",)),
    Shot("overview", "karin", "/overview"),
    Shot("deadlines", "karin", "/overview/deadlines"),
    Shot("incidents", "anders", "/incidents"),
    Shot("incident", "anders", "/incidents", ("tbody a[href^='/incidents/']",)),
    Shot("processes", "birgit", "/processes"),
    Shot("process", "birgit", "/processes", ("tbody a[href^='/processes/']",)),
    Shot("access", "torben", "/access"),
    Shot("empty", "sofie", "/"),
)


def main() -> None:
    """Take them all, or those named."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("names", nargs="*", help="only these pages")
    arguments.add_argument("--url", default="http://127.0.0.1:8000")
    arguments.add_argument("--out", type=Path, default=Path("docs/pictures"))
    arguments.add_argument("--widths", type=int, nargs="*", default=list(WIDTHS))
    arguments.add_argument("--language", choices=("da", "en"), default="da")
    arguments.add_argument("--dark", action="store_true")
    given = arguments.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        for width in given.widths:
            for shot in SHOTS:
                if not given.names or shot.name in given.names:
                    _take(browser, shot, width, given)
        browser.close()


def _take(browser: Browser, shot: Shot, width: int, given: argparse.Namespace) -> None:
    page = browser.new_page(
        viewport={"width": width, "height": WIDTHS.get(width, 900)},
        locale="da-DK" if given.language == "da" else "en-GB",
        color_scheme="dark" if given.dark else "light",
    )
    page.goto(f"{given.url}/sign-in")
    page.click(f"button[value={shot.persona}]")
    page.goto(given.url + shot.path)
    for link in shot.follow:
        target = page.query_selector(link)
        if target is None:
            print(f"{shot.name}: nothing to follow at {link}")
            break
        page.goto(given.url + str(target.get_attribute("href")))
    _settle(page)
    page.screenshot(path=given.out / f"{shot.name}-{width}.png", full_page=True)
    page.close()


def _settle(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    if page.query_selector("[data-diagram]"):
        page.wait_for_selector("[data-diagram][data-ready]", timeout=10_000)


if __name__ == "__main__":
    main()
