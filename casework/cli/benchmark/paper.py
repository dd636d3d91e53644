"""How much people must write: the forms of one way from a notification to what was decided, counted as they are filled in.

The way is the first scenario of a process: what its owner tells first. Keys are what somebody presses who writes as little as
the form takes: one for a choice, the digits of a date, the letters of a line. Free text is counted, and not its letters: how
much there is to say of a child is nobody's to shorten.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from casework.config import settings
from casework.demo.load import MUNICIPALITY
from casework.forms import FieldView, view
from casework.forms.paths import get, is_blank
from casework.scenarios import play, prepared, read_file
from casework.scenarios.flows import Flows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casework.forms import FormView

PROCESS = "intake_to_assessment"
CHOICES = frozenset({"scale", "yesno", "radios", "select"})
#: Keys of day, month and year; of day, month, year, hour and minute.
DATES = {"date": 8, "datetime": 12}


#: The number of a row inside of a path.
_IN_ROW = re.compile(r"\.\d+\.")


@dataclass
class Counted:
    """One form. `known` stood there before anybody opened it, and stayed; of what was `asked`, `law` is asked by a rule (what is
    not, the work that follows reads), `required` had to be answered, `texts` are free.
    """

    form: str
    title: str
    times: int = 0
    shown: int = 0
    known: int = 0
    asked: int = 0
    law: int = 0
    required: int = 0
    texts: int = 0
    keys: int = 0


@dataclass
class _Tally:
    forms: dict[str, Counted] = field(default_factory=dict)

    def handed_in(self, form: Any, context: Any, answers: Mapping[str, Any]) -> None:
        """Somebody is done with a form that began with what `form.prefilled` says."""
        drawn = view(form.form, answers, context=context, known=form.prefilled)
        counted = self.forms.setdefault(drawn.id, Counted(drawn.id, drawn.title))
        counted.times += 1
        by_law = {path for path, component in form.form.fields if "law" in component.properties}
        for one in fields_of(drawn):
            answer = get(answers, one.path)
            if (not is_blank(answer) and get(form.answers, one.path) == answer) or one.kind == "output":
                counted.shown, counted.known = counted.shown + 1, counted.known + 1
            else:
                _count(counted, one, answer, is_law=_IN_ROW.sub(".*.", one.path) in by_law)


def paper() -> list[dict[str, Any]]:
    """A row for each form of the way, in the order in which they come, and one for all."""
    scenario = read_file(settings().processes / PROCESS / "scenarios.yaml")[0]
    tally = _Tally()
    with prepared(processes=settings().processes, forms=settings().forms, municipality=MUNICIPALITY) as sandbox:
        outcome = play(sandbox, scenario, Flows.of(sandbox.diagrams), handed_in=tally.handed_in)
    if not outcome.is_fine:
        raise RuntimeError(f"the scenario does not end as it says: {outcome.problems}")
    rows = [vars(one) for one in tally.forms.values()]
    return [*rows, _sum(rows)]


def fields_of(drawn: FormView) -> Iterator[FieldView]:
    """Every question that is shown, those in rows too."""
    for section in drawn.sections:
        yield from _inside(section.nodes)


def _inside(nodes: Any) -> Iterator[FieldView]:
    for node in nodes:
        if isinstance(node, FieldView):
            yield node
        else:
            yield from _inside(getattr(node, "nodes", ()))
            for row in getattr(node, "rows", ()):
                yield from _inside(row.nodes)


def _count(counted: Counted, one: FieldView, answer: Any, *, is_law: bool) -> None:
    counted.shown += 1
    counted.asked += 1
    counted.law += is_law
    counted.required += one.is_required
    counted.texts += one.kind == "longtext" and not is_blank(answer)
    counted.keys += keys_of(one.kind, answer)


def keys_of(kind: str, answer: Any) -> int:
    """How many keys somebody presses for this answer."""
    if is_blank(answer) or kind in ("longtext", "files"):
        return 0
    if kind == "checks":
        return len(answer)
    return 1 if kind in CHOICES else DATES.get(kind) or len(str(answer))


def _sum(rows: list[dict[str, Any]]) -> dict[str, Any]:
    sums: dict[str, int] = defaultdict(int)
    for row in rows:
        for name in ("times", "shown", "known", "asked", "law", "required", "texts", "keys"):
            sums[name] += row[name]
    return {"form": "", "title": "All", **sums}
