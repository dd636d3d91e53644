"""Another version of a random model: what a process owner may do to a diagram between two releases."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.proof.blocks import Activity, Boundary, EventGate, Inc, Model, Par, Seq, Sub, Task, Xor, walk
from tests.proof.soundness import sound

if TYPE_CHECKING:
    import random

EVENTS = ("timer", "cycle", "message", "signal", "conditional")


@dataclass
class Version:
    """`renames`: element ids of the version before to those of this one, where they differ."""

    model: Model
    renames: dict[str, str] = field(default_factory=dict)
    how: list[str] = field(default_factory=list)


def changed(model: Model, rnd: random.Random, count: int) -> Version:
    """`count` changes, or fewer where those tried would make the model unsound."""
    version = Version(copy.deepcopy(model))
    for number in range(count * 4):
        if len(version.how) == count:
            break
        change = rnd.choice(CHANGES)
        trial = Version(copy.deepcopy(version.model), dict(version.renames), [*version.how, change.__name__[1:]])
        if change(trial, rnd, number) and sound(trial.model):
            version = trial
    return version


def _find(version: Version, kinds: type | tuple[type, ...]) -> list:
    return [node for node in walk(version.model) if isinstance(node, kinds)]


def _rename(version: Version, rnd: random.Random, number: int) -> bool:
    tasks = [t for t in _find(version, Task) if t.id not in version.renames.values()]
    if not tasks:
        return False
    task = rnd.choice(tasks)
    version.renames[task.id], task.id = f"renamed{number}", f"renamed{number}"
    return True


def _add(version: Version, rnd: random.Random, number: int) -> bool:
    rows = _find(version, Seq)
    if not rows:
        return False
    row = rnd.choice(rows)
    row.items.insert(rnd.randint(0, len(row.items)), Task(f"added{number}", rnd.choice(("user", "timer", "message"))))
    return True


def _remove(version: Version, rnd: random.Random, number: int) -> bool:
    rows = [row for row in _find(version, Seq) if row.items]
    if not rows:
        return False
    items = rnd.choice(rows).items
    del items[rnd.randrange(len(items))]
    return True


def _reorder(version: Version, rnd: random.Random, number: int) -> bool:
    rows = [row for row in _find(version, Seq) if len(row.items) > 1]
    if not rows:
        return False
    rnd.shuffle(rnd.choice(rows).items)
    return True


def _wrap(version: Version, rnd: random.Random, number: int) -> bool:
    rows = [row for row in _find(version, Seq) if row.items]
    if not rows:
        return False
    items = rnd.choice(rows).items
    place = rnd.randrange(len(items))
    items[place] = Sub(f"wrapped{number}", Seq([items[place]]))
    return True


def _unwrap(version: Version, rnd: random.Random, number: int) -> bool:
    """What is inside of a subprocess is drawn in its place."""
    rows = [row for row in _find(version, Seq) if any(isinstance(item, Sub) for item in row.items)]
    if not rows:
        return False
    items = rnd.choice(rows).items
    place = rnd.choice([place for place, item in enumerate(items) if isinstance(item, Sub)])
    items[place] = items[place].body
    return True


def _beside(version: Version, rnd: random.Random, number: int) -> bool:
    """Something else happens at the same time."""
    rows = [row for row in _find(version, Seq) if row.items]
    if not rows:
        return False
    items = rnd.choice(rows).items
    place = rnd.randrange(len(items))
    tasks = [Task(f"beside{number}{letter}", rnd.choice(("user", "user", "timer"))) for letter in "ab"]
    branch = rnd.choice((tasks[0], Seq(tasks), Sub(f"sub{number}", Seq(tasks)), Par(f"par{number}x", tasks)))
    items[place] = Par(f"par{number}", [items[place], branch])
    return True


def _event(version: Version, rnd: random.Random, number: int) -> bool:
    """Put an event beside an activity."""
    behind_gates = [id(task) for gate in _find(version, EventGate) for task, _ in gate.branches]
    hosts = [a for a in _find(version, Activity) if not isinstance(a, Task) or a.kind in ("user", "receive")]
    hosts = [a for a in hosts if id(a) not in behind_gates]
    if not hosts:
        return False
    handler = Seq([Task(f"handler{number}", "user")])
    event = Boundary(f"event{number}", rnd.choice(EVENTS), interrupting=rnd.random() < 0.5, handler=handler)
    rnd.choice(hosts).boundaries.append(event)
    return True


def _no_event(version: Version, rnd: random.Random, number: int) -> bool:
    hosts = [a for a in _find(version, Activity) if a.boundaries]
    if not hosts:
        return False
    boundaries = rnd.choice(hosts).boundaries
    del boundaries[rnd.randrange(len(boundaries))]
    return True


def _branch(version: Version, rnd: random.Random, number: int) -> bool:
    """One branch less, or one more."""
    splits = [s for s in _find(version, (Xor, Par, Inc)) if len(s.branches) > 2]
    if splits and rnd.random() < 0.5:
        split = rnd.choice(splits)
        place = rnd.randrange(len(split.branches) - 1)
        del split.branches[place]
        if not isinstance(split, Par):
            del split.flags[place]
        return True
    splits = _find(version, (Xor, Par, Inc))
    if not splits:
        return False
    split = rnd.choice(splits)
    split.branches.insert(0, Task(f"branch{number}", "user"))
    if not isinstance(split, Par):
        split.flags.insert(0, "v0")
    return True


def _interrupts(version: Version, rnd: random.Random, number: int) -> bool:
    events = [b for b in _find(version, Boundary) if b.trigger in EVENTS and b.rejoin in ("end", "after")]
    if not events:
        return False
    event = rnd.choice(events)
    event.interrupting = not event.interrupting
    return True


CHANGES = (
    _rename,
    _add,
    _add,
    _remove,
    _reorder,
    _wrap,
    _wrap,
    _unwrap,
    _unwrap,
    _event,
    _event,
    _no_event,
    _branch,
    _beside,
    _beside,
    _interrupts,
)
