"""Walks a process with real forms and a clock that it moves, and notes which sequence flows were taken."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random

from casework import engine, forms
from tests.processes.answers import filled
from tests.processes.project import definition, drawn_flows, form

#: A Tuesday morning, when Modtagelsen is open.
OPEN = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
#: Emil is 12, so he is a party; his parents share custody.
EMIL = {"id": "emil", "rolle": "barn", "foraeldremyndighed": False}
PERSONS = [
    EMIL,
    {"id": "camilla", "rolle": "foraelder", "foraeldremyndighed": True},
    {"id": "jesper", "rolle": "foraelder", "foraeldremyndighed": False},
]
FACTS = {
    "sag": {"id": "1", "nummer": "S-2026-0417", "ansvarligLane": "modtagelse"},
    "foedselsdato": date(2014, 3, 14),
    "barnAlder": 12,
    "personer": PERSONS,
    "aktivIndsats": False,
    "tidligereUnderretninger12": 0,
    "udenforKontortid": False,
    "beskyttetAdresse": True,
}
#: What the start message of a notification brings.
RECEIVED = {"henvendelseId": "17", "modtagetTid": OPEN, "kendskabsDato": OPEN.date()}
#: Messages that end everything, so that a walk must not hear them all the time.
ENDS_ALL = ("SagLukket",)


class Walk:
    """One instance. Times of waits are not counted out here: what waits is told when the test says so."""

    def __init__(self, process_id, *, start=None, variables=None, facts=None, now=OPEN, seed=1):
        self.definition, self.facts, self.now = definition(process_id), {**FACTS, **(facts or {})}, now
        self.random, self.flows, self.sent = Random(seed), drawn_flows().begun(), []
        self.passed, self.ends, self.opened = [], [], {}
        variables = RECEIVED if variables is None else variables
        self._take(engine.start(self.definition, variables=variables, facts=self.facts, now=now, start_element=start))

    def _take(self, step):
        self.step, self.variables = step, step.variables
        self.sent += step.sent
        self.passed += [p.element_id for p in step.passed if p.how == "completed"]
        self.ends += step.ended_at
        self.opened |= {stands.key: stands for stands in step.opened}
        self.flows.see(step)

    def stands(self):
        """Everything that awaits somebody, with what it was opened with."""
        standing = engine.standing(self.definition, self.step.state)
        return [self.opened.get(s.key, s) for s in standing if s.kind != "activity"]

    def open(self):
        """The ids of what stands, boundary events left out."""
        return sorted(s.element_id for s in self.stands() if not (s.wait and s.wait.attached_to))

    def find(self, element_id):
        found = [s for s in self.stands() if s.element_id == element_id]
        assert found, f"{element_id} does not stand; there are {sorted(s.element_id for s in self.stands())}"
        return found[0]

    def element(self, stands):
        return self.definition.element(stands.process_id, stands.element_id)

    def apply(self, event):
        known = {"variables": self.variables, "facts": self.facts, "now": self.now}
        self._take(engine.advance(self.definition, self.step.state, event, **known))
        return self

    def do(self, *element_ids, **answers):
        """Complete user tasks and jobs in turn; `answers` are those that the test cares for, of the last one."""
        for element_id in element_ids:
            stands = self.find(element_id)
            wanted = answers if element_id == element_ids[-1] else {}
            self._do(stands, wanted)
        return self

    def _do(self, stands, wanted):
        if stands.kind == "job":
            return self.apply(engine.JobDone(stands.task_id, self.done() | wanted))
        return self.apply(engine.Complete(stands.task_id, self.results(stands, wanted)))

    def done(self):
        """What jobs of every topic give; a package may cost more than the team leader may approve, or less."""
        price, limit = self.random.choice([(90_000, 400_000), (900_000, 400_000), (900_000, None)])
        return {"id": "h1", "sentAt": self.now, "price": price, "limit": limit, "overbooked": False}

    def results(self, stands, wanted=None):
        """What a randomly filled form tells the process; facts that it tells are known from now on."""
        asked = form(self.element(stands).form_key)
        known = {**self.facts, **self.variables, **stands.items}
        variables, facts = forms.results(asked, filled(asked, self.random, now=self.now, known=known, wanted=wanted))
        self.facts = self.facts | {name: value for name, value in facts.items() if "." not in name}
        return variables

    def tell(self, element_id, **payload):
        """The moment of a wait has come: a timer, or a message with `payload`."""
        stands = self.find(element_id)
        return self.apply(engine.Fire(stands.task_id, element_id, payload, last=True))

    def let_pass(self, **duration):
        self.now += timedelta(**duration)
        return self

    def stroll(self, steps=400, tell=0.1, drift=None, shy=0.0):
        """Go on at random until the end; boundary events happen now and then. `drift`: facts that change on the way. `shy`:
        how seldom a fact ends what it may end at any time, so that a long part shows all its ways first.
        """
        for _ in range(steps):
            self.facts = self.facts | {name: self.random.choice(values) for name, values in (drift or {}).items()}
            choices = self.stands()
            if self.step.is_completed or not choices:
                return self
            at_boundary = [s for s in choices if s.wait and (s.wait.attached_to or s.wait.name in ENDS_ALL)]
            rest = [s for s in choices if s not in at_boundary]
            if shy and rest and self.random.random() < shy:
                at_boundary = [s for s in at_boundary if s.wait.kind != "conditional"]
            use = at_boundary if at_boundary and (not rest or self.random.random() < tell) else rest
            try:
                self._happen(self.random.choice(use))
            except engine.Stuck as stuck:
                if stuck.cause is not engine.Cause.UNCAUGHT:
                    raise
                self.flows.see_error_end(stuck.process_id, stuck.element_id)  # who calls it catches it
                return self
        raise AssertionError(f"no end after {steps} steps; there stand {self.open()}")

    def _happen(self, stands):
        self.let_pass(hours=1)
        if stands.kind != "wait":
            self._do(stands, {})
        else:
            state = self.random.choice(["accepted", "declined", "returned"])
            self.apply(engine.Fire(stands.task_id, stands.element_id, {"state": state}, last=True))
