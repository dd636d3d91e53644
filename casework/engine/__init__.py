"""The engine: which element comes next. Pure: no database, no clock, no network; the only place that knows SpiffWorkflow.

SpiffWorkflow 3.2 is extended from inside (private hooks, one patched default, see `workflow`), because its joins, loops,
throws and waits do not hold over years of saving and loading; `tests/engine` proves ours by random models. Time, data,
history and delivery are not here: a step takes one event and gives new bytes and a list of what changed.
"""

import logging

from casework.engine.definition import (
    Definition,
    DefinitionError,
    called_in,
    compile_definition,
    lanes_in,
    processes_in,
)
from casework.engine.elements import Assignment, DeadlineRule, Element, Loop, Process, TimerRule, Variable
from casework.engine.evaluation import FEEL, EvaluationError, Evaluator
from casework.engine.finding import Finding, Known
from casework.engine.lint import lint
from casework.engine.runner import advance, due_conditions, progress, standing, start
from casework.engine.setting import CannotSetError
from casework.engine.state import StateFormatError
from casework.engine.steps import (
    Begin,
    Branch,
    Cause,
    Closed,
    Complete,
    Decided,
    Event,
    Fire,
    JobDone,
    NotStandingError,
    Passed,
    Sent,
    SetTo,
    Standing,
    Step,
    Stuck,
    Throw,
    Wait,
    Weighed,
)

# The engine gathers details for its log even when nobody reads it; at this level it does not.
for name in ("spiff.task", "spiff.workflow", "spiff.data"):
    logging.getLogger(name).setLevel(logging.WARNING)

__all__ = [
    "FEEL",
    "Assignment",
    "Begin",
    "Branch",
    "CannotSetError",
    "Cause",
    "Closed",
    "Complete",
    "DeadlineRule",
    "Decided",
    "Definition",
    "DefinitionError",
    "Element",
    "EvaluationError",
    "Evaluator",
    "Event",
    "Finding",
    "Fire",
    "JobDone",
    "Known",
    "Loop",
    "NotStandingError",
    "Passed",
    "Process",
    "Sent",
    "SetTo",
    "Standing",
    "StateFormatError",
    "Step",
    "Stuck",
    "Throw",
    "TimerRule",
    "Variable",
    "Wait",
    "Weighed",
    "advance",
    "called_in",
    "compile_definition",
    "due_conditions",
    "lanes_in",
    "lint",
    "processes_in",
    "progress",
    "standing",
    "start",
]
