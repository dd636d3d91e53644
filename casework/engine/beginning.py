"""Begins branches of an instance that was moved: each gets the token that its split would have sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from casework.engine.moving_branches import PLACED
from casework.engine.observation import tokens_of
from casework.engine.setting import put
from casework.engine.structure import structure_of

if TYPE_CHECKING:
    from casework.engine.moment import Moment
    from casework.engine.steps import Branch
    from casework.engine.workflow import TokenWorkflow

#: What is passed without doing anything.
_IDLE = frozenset({"startEvent", "parallelGateway", "exclusiveGateway", "inclusiveGateway"})


def begin_branch(workflow: TokenWorkflow, moment: Moment, branch: Branch) -> None:
    """Place its token and let it run to its first rest. What stands there is marked, unless something was done on the way."""
    scope: Any = workflow.subprocesses[UUID(branch.host)] if branch.host else workflow
    before, passed = {task.id for task in tokens_of(workflow)}, len(moment.passed)
    put(scope, structure_of(scope.spec).nodes[branch.element_id], branch.source)
    workflow.settle()
    if {one.type for one in moment.passed[passed:]} <= _IDLE:
        placed = [task for task in tokens_of(workflow) if task.id not in before]
        for task in placed:
            task.internal_data[PLACED] = [f"{branch.host} {branch.source} {branch.element_id}", len(placed)]
