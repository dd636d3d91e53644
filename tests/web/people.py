"""Somebody at a browser: what they open, press, write and see. Complaints of the browser fail the test."""

from __future__ import annotations

from pathlib import Path

from tests.services.browser import AXE, WCAG

FILL = (Path(__file__).parent / "fill.js").read_text(encoding="utf-8")
#: From a change to the request that it brings.
SETTLE_MILLISECONDS = 200
#: The browser reports refused forms as if a resource were missing.
EXPECTED = "Failed to load resource: the server responded with a status of 4"


class Person:
    """One page of one profile. Names of buttons and labels are those on the screen, in Danish unless said otherwise."""

    #: What a form is told that asks for any day; a story in which time passes moves it.
    today = None

    def __init__(self, context, address):
        self.context, self.address = context, address
        self.complaints = []
        self.page = self._new_page()

    def sign_in(self, username):
        self.page.goto(f"{self.address}/sign-in")
        self.page.click(f"button[value={username}]")
        self.page.wait_for_url(lambda url: "/sign-in" not in url)
        return self

    def open(self, path):
        self.page.goto(f"{self.address}{path}")
        return self

    def press(self, name):
        """A button that sends a form."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).first.click()
        return self

    def follow(self, name):
        """A link of the page's content, by a part of its words."""
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("link", name=name).first.click()
        return self

    def fill(self, **answers):
        """Answer the task's form: what is given by field, and whatever else it asks with something that fits.

        An answer may bring new questions, so this goes on until none is left.
        """
        for _ in range(8):
            if not self.page.evaluate(FILL, {"today": self.today, **answers}):
                return self
            self._settle()
        raise AssertionError("the form asks without end")

    def do(self, task, **answers):
        """Open a task from the inbox, unless it stands here already; fill in its form, and be done."""
        if self.title != task:
            self.open("/").follow(task)
        self.fill(**answers).press("Færdig")
        said = self.page.locator(".alert").all_inner_texts()
        assert f"Færdig: {task}." in said, said
        return self

    def reads(self, *words):
        """The page's text has all of these."""
        text = self.page.inner_text("main")
        missing = [word for word in words if word not in text]
        assert not missing, f"not on {self.page.url}: {missing}\n{text[:3000]}"
        return self

    @property
    def title(self):
        return self.page.inner_text("h1")

    @property
    def path(self):
        return self.page.url.removeprefix(self.address)

    def new_tab(self):
        """The same person, same session, in a second page."""
        other = Person.__new__(Person)
        other.context, other.address, other.complaints = self.context, self.address, self.complaints
        other.page = other._new_page()
        return other

    def violations(self, only=None):
        """What axe finds wrong by WCAG 2.2 A and AA, or by `only` some rules of it."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("only => axe.run({runOnly: only})", only or {"type": "tag", "values": list(WCAG)})
        return [
            (one["id"], node["html"][:200], node["failureSummary"][:300])
            for one in found["violations"]
            for node in one["nodes"][:3]
        ]

    def width(self):
        """How wide the page is, and how wide the window."""
        return tuple(self.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]"))

    def _new_page(self):
        self._asking = 0
        page = self.context.new_page()
        page.on("request", lambda request: self._asks(request, 1))
        page.on("requestfinished", lambda request: self._asks(request, -1))
        page.on("requestfailed", lambda request: self._asks(request, -1))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._heard)
        return page

    def _settle(self):
        """Until the questions that an answer brings are there, and the script that asks for them, which comes when needed."""
        while self.page.evaluate("'waits' in document.documentElement.dataset"):
            self.page.wait_for_timeout(SETTLE_MILLISECONDS / 10)
        self.page.wait_for_timeout(SETTLE_MILLISECONDS)
        while self._asking:
            self.page.wait_for_timeout(SETTLE_MILLISECONDS)

    def _asks(self, request, change):
        if request.url.endswith("/fields"):
            self._asking += change

    def _heard(self, message):
        if message.type in ("error", "warning") and not message.text.startswith(EXPECTED):
            self.complaints.append(f"{self.page.url}: {message.text}")
