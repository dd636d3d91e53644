"""Takes pictures of every page of a running demonstration: `make run`, then `make pictures`. The README shows some of them.

Each page is taken at 1400 and 375 px; in `--out`, one PNG a page and width. Chromium is the system's. What a script of a page
complains about is printed.
"""

from __future__ import annotations

import argparse
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

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
#: Longer pages are cut: Chromium draws no taller picture.
TALLEST = 8000

A_CASE = "tbody a[href^='/cases/']"
A_TASK = "tbody a[href^='/tasks/']"
INTAKE = "tbody a:has-text('Fra henvendelse til undersøgelse')"
#: The draft that somebody has begun, else the button that begins one.
A_DRAFT = "main a[href^='/process-drafts/'], main form[action$='/draft'] button"
NOTE = "#latest > details > summary"


@dataclass(frozen=True)
class Shot:
    """One page: who looks, where to start, the links to follow from there (CSS selectors, the first match), and what to press."""

    name: str
    persona: str
    path: str
    follow: tuple[str, ...] = ()
    press: tuple[str, ...] = ()


#: Sorted by persona: one sign-in each, for sign-ins are limited.
SHOTS = (
    Shot("sign-in", "", "/sign-in"),
    Shot("inbox", "mette", "/"),
    Shot("task", "mette", "/?view=mine", (A_TASK,)),
    Shot("task-long", "mette", "/?view=all&text=", ("tbody a:has-text('samtale')",)),
    Shot("task-error", "mette", "/?view=mine", (A_TASK,), ("button[value=complete]",)),
    Shot("notification", "mette", "/notifications/new"),
    Shot("notification-error", "mette", "/notifications/new", (), ("main .button-primary",)),
    Shot("substitutes", "mette", "/substitutes"),
    Shot("calendar", "mette", "/calendar"),
    Shot("notices", "mette", "/notices"),
    Shot("settings", "mette", "/settings"),
    Shot("inbox-filtered", "mette", "/?view=all&due_class=LOV"),
    Shot("cases", "mette", "/cases"),
    Shot("nothing-found", "mette", "/cases?q=Lauritzen"),
    Shot("not-there", "mette", "/cases/00000000-0000-0000-0000-000000000000"),
    Shot("case", "lars", "/cases", (A_CASE,)),
    Shot("case-note", "lars", "/cases", (A_CASE,), (NOTE, "#latest form summary")),
    Shot("case-note-error", "lars", "/cases", (A_CASE,), (NOTE, "form[action$='/notes'] .button-primary")),
    Shot("case-closed", "lars", "/cases?state=closed", (A_CASE,)),
    Shot("diagram", "lars", "/?view=mine", (A_TASK, "main a[href^='/cases/']", "a[href^='/instances/']")),
    Shot("journal", "lars", "/cases", (A_CASE, "a[href$='/journal']")),
    Shot("submission", "lars", "/cases", (A_CASE, "a[href^='/submissions/']")),
    Shot("handoff-compose", "lars", "/cases", (A_CASE, "a[href$='/handoffs/new']")),
    Shot("handoffs", "lars", "/handoffs?box=to_us"),
    Shot("handoff", "lars", "/handoffs?box=to_us", ("tbody a[href^='/handoffs/']",)),
    Shot("handoff-sent", "lars", "/handoffs?box=from_us", ("tbody a[href^='/handoffs/']",)),
    Shot("overview", "karin", "/overview"),
    Shot("deadlines", "karin", "/overview/deadlines"),
    Shot("forecast", "karin", "/overview/forecast"),
    Shot("forecast-cases", "karin", "/overview/forecast", ("dd a[href*='likely_far']",)),
    Shot("waiting", "karin", "/overview/waiting"),
    Shot("waiting-cases", "karin", "/overview/waiting", ("td a[href*='row=units']",)),
    Shot("escalations", "karin", "/overview/escalations"),
    Shot("escalation-cases", "karin", "/overview/escalations", ("td a[href*='/cases?']",)),
    Shot("heat", "karin", "/overview/heat"),
    Shot("heat-lateness", "karin", "/overview/heat?measure=lateness&process=sub_undersoegelse"),
    Shot("heat-cases", "karin", "/overview/heat", ("td a[href*='/cases?']",)),
    Shot("heat-error", "karin", "/overview/heat?first=i+morgen"),
    Shot("reports", "karin", "/reports"),
    Shot("report", "karin", "/reports/R1"),
    Shot("report-cases", "karin", "/reports/R1", ("td a[href*='/cases?']",)),
    Shot("report-error", "karin", "/reports/R1?first=i+morgen"),
    Shot("timeliness", "karin", "/reports/R2"),
    Shot("year", "karin", "/reports/R9"),
    Shot("receiver-inbox", "peter", "/"),
    Shot("receiver-handoffs", "peter", "/handoffs"),
    Shot("receiver-case", "peter", "/cases", (A_CASE,)),
    Shot("receiver-task", "peter", "/", (A_TASK,)),
    Shot("incidents", "anders", "/incidents"),
    Shot("incident", "anders", "/incidents", ("tbody a[href^='/incidents/']",)),
    Shot("processes", "birgit", "/processes"),
    Shot("process", "birgit", "/processes", ("tbody a[href^='/processes/']",)),
    Shot("workshop", "birgit", "/processes", (INTAKE,), (A_DRAFT,)),
    Shot("workshop-decisions", "birgit", "/processes", (INTAKE,), (A_DRAFT, "a[href$='/decisions']")),
    Shot("workshop-forms", "birgit", "/processes", (INTAKE,), (A_DRAFT, "a[href$='/forms']")),
    Shot("workshop-scenarios", "birgit", "/processes", (INTAKE,), (A_DRAFT, "a[href$='/scenarios']")),
    Shot("workshop-try-out", "birgit", "/processes", (INTAKE,), (A_DRAFT, "a[href$='/try-out']")),
    Shot("workshop-compare", "birgit", "/processes", (INTAKE,), (A_DRAFT, "a[href$='/compare']")),
    Shot("workshop-release", "birgit", "/processes", (INTAKE,), (A_DRAFT, "a[href$='/release']")),
    Shot("workshop-new", "birgit", "/processes/new"),
    Shot("workshop-move", "birgit", "/processes/intake_to_assessment/move"),
    Shot("event-log", "birgit", "/processes/intake_to_assessment/event-log"),
    Shot("access", "torben", "/access"),
    Shot("empty", "sofie", "/"),
    Shot("empty-notices", "sofie", "/notices"),
    Shot("empty-cases", "sofie", "/cases"),
    Shot("empty-handoffs", "sofie", "/handoffs"),
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
    chosen = [shot for shot in SHOTS if not given.names or shot.name in given.names]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        for persona, shots in groupby(chosen, key=lambda shot: shot.persona):
            with _signed_in(browser, persona, given) as page:
                for shot in shots:
                    _open(page, shot, given.url)
                    for width in given.widths:
                        _take(page, given.out / f"{shot.name}-{width}.png", width)
        browser.close()


@contextmanager
def _signed_in(browser: Browser, persona: str, given: argparse.Namespace) -> Iterator[Page]:
    page = browser.new_page(
        viewport={"width": 1400, "height": 900},
        locale="da-DK" if given.language == "da" else "en-GB",
        timezone_id="Europe/Copenhagen",
        color_scheme="dark" if given.dark else "light",
    )
    page.on("console", lambda said: print(f"{page.url}: {said.text}") if said.type in ("error", "warning") else None)
    if persona:
        page.goto(f"{given.url}/sign-in")
        page.click(f"button[value={persona}]")
        page.wait_for_url(lambda url: "/sign-in" not in url)
    yield page
    page.close()


def _open(page: Page, shot: Shot, url: str) -> None:
    page.set_viewport_size({"width": 1400, "height": 900})
    page.goto(url + shot.path)
    for link in shot.follow:
        target = page.query_selector(link)
        if target is None:
            print(f"{shot.name}: nothing to follow at {link}")
            break
        page.goto(url + str(target.get_attribute("href")))
    for button in shot.press:
        page.click(button)


def _take(page: Page, file: Path, width: int) -> None:
    """The window is made as tall as the page, so that what sticks to its edge stands where the page ends."""
    page.set_viewport_size({"width": width, "height": WIDTHS.get(width, 900)})
    page.wait_for_load_state("networkidle")
    if page.query_selector("[data-diagram]"):
        page.wait_for_selector("[data-diagram][data-ready]", timeout=10_000)
    if page.query_selector("[data-canvas]"):
        page.wait_for_selector("[data-canvas][data-ready=true]", timeout=10_000)
    wide, tall = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    if wide > width:
        print(f"{file.name}: {wide} px wide")
    page.set_viewport_size({"width": width, "height": min(max(tall, WIDTHS.get(width, 900)), TALLEST)})
    page.screenshot(path=file)


if __name__ == "__main__":
    main()
