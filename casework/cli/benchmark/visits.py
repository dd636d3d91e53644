"""Which pages a benchmark opens: each kind of page once, by somebody of the demonstration who works with it."""

from __future__ import annotations

from dataclasses import dataclass

_ID = "[0-9a-f-]{36}"
A_CASE, A_TASK = f'<tbody.*?href="(/cases/{_ID})"', f'<tbody.*?href="(/tasks/{_ID})"'
A_DRAFT = f'<tbody.*?href="(/process-drafts/{_ID}/)"'
#: The process that somebody changes in the workshop: the one with the largest diagram.
PROCESS = "intake_to_assessment"


def _link(path: str) -> str:
    return f'href="({path})"'


@dataclass(frozen=True)
class Visit:
    """Where somebody starts, and the links to follow from there (regular expressions, the first match)."""

    name: str
    persona: str
    path: str
    follow: tuple[str, ...] = ()

    @property
    def is_caseworkers(self) -> bool:
        """Whether it is one of the pages that a caseworker has open all day."""
        return self.persona in ("mette", "lars", "peter")


VISITS = (
    Visit("sign-in", "", "/sign-in"),
    Visit("inbox", "mette", "/"),
    Visit("inbox, all", "lars", "/?view=all"),
    Visit("inbox, search", "mette", "/?text=an"),
    Visit("inbox of a leader", "karin", "/"),
    Visit("task", "lars", "/?view=mine", (A_TASK,)),
    Visit("task of the intake", "mette", "/?view=mine", (A_TASK,)),
    Visit("new notification", "mette", "/notifications/new"),
    Visit("notices", "mette", "/notices"),
    Visit("substitutes", "mette", "/substitutes"),
    Visit("calendar", "mette", "/calendar"),
    Visit("cases", "mette", "/cases"),
    Visit("cases, search", "lars", "/cases?q=an"),
    Visit("case", "lars", "/cases", (A_CASE,)),
    Visit("case of the intake", "mette", "/cases", (A_CASE,)),
    Visit("case, closed", "lars", "/cases?state=closed", (A_CASE,)),
    Visit("case, a part", "peter", "/cases", (A_CASE,)),
    Visit("journal", "lars", "/cases", (A_CASE, _link(f"/cases/{_ID}/journal"))),
    Visit("diagram", "lars", "/cases", (A_CASE, _link(f"/instances/{_ID}"))),
    Visit("submission", "lars", "/cases", (A_CASE, _link(f"/submissions/{_ID}"))),
    Visit("new hand-off", "lars", "/cases", (A_CASE, _link(f"/cases/{_ID}/handoffs/new"))),
    Visit("new consent", "lars", "/cases", (A_CASE, _link(f"/cases/{_ID}/consents/new"))),
    Visit("hand-offs", "lars", "/handoffs?box=to_us"),
    Visit("hand-off", "lars", "/handoffs?box=from_us", (_link(f"/handoffs/{_ID}"),)),
    Visit("overview", "karin", "/overview"),
    Visit("forecast", "karin", "/overview/forecast"),
    Visit("deadlines", "karin", "/overview/deadlines"),
    Visit("reports", "karin", "/reports"),
    *(Visit(f"report R{number}", "karin", f"/reports/R{number}") for number in range(1, 10)),
    Visit("cases of a figure", "karin", "/reports/R2", (_link('/reports/R2/cases[^"]*'),)),
    Visit("incidents", "anders", "/incidents"),
    Visit("processes", "birgit", "/processes"),
    Visit("process", "birgit", "/processes", (_link(f"/processes/{_ID}"),)),
    Visit("workshop, diagram", "birgit", "/processes", (A_DRAFT,)),
    *(
        Visit(f"workshop, {page}", "birgit", "/processes", (A_DRAFT, _link(f"/process-drafts/{_ID}/{page}")))
        for page in ("decisions", "forms", "scenarios", "try-out", "compare", "release")
    ),
    Visit("workshop, findings", "birgit", "/processes", (A_DRAFT, f"(/process-drafts/{_ID}/findings)")),
    Visit("workshop, move", "birgit", f"/processes/{PROCESS}/move"),
    Visit("access log", "torben", "/access"),
)
