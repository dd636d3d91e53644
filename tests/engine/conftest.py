"""An instance that tests drive by element ids, on FEEL, each step loaded from its bytes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from casework import engine

NOW = datetime(2026, 11, 3, 8, 0, tzinfo=UTC)


class Instance:
    def __init__(self, *files, process="p", variables=None, facts=None, start_element=None, decisions=()):
        self.definition = engine.compile_definition(process, files, decisions)
        self.facts = facts or {}
        known = {"variables": variables or {}, "facts": self.facts, "now": NOW}
        self.history = []
        self._take(engine.start(self.definition, start_element=start_element, **known))

    def _take(self, step):
        self.step, self.variables = step, step.variables
        self.history += [(p.element_id, p.how) for p in step.passed]

    def apply(self, event):
        known = {"variables": self.variables, "facts": self.facts, "now": NOW}
        self._take(engine.advance(self.definition, self.step.state, event, **known))
        return self.step

    def stands(self, element=None):
        found = engine.standing(self.definition, self.step.state)
        return [s for s in found if element in (None, s.element_id)]

    def open(self):
        return sorted(s.element_id for s in self.stands())

    def complete(self, element, **results):
        return self.apply(engine.Complete(self.stands(element)[0].task_id, results))

    def done(self, element, **result):
        return self.apply(engine.JobDone(self.stands(element)[0].task_id, result))

    def fire(self, element, *, last=False, **payload):
        return self.apply(engine.Fire(self.stands(element)[0].task_id, element, payload, last=last))

    def throw(self, element, code):
        return self.apply(engine.Throw(self.stands(element)[0].task_id, code))


@pytest.fixture
def begin():
    return Instance
