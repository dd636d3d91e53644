"""Sets an instance to another element: for decisions that are put right, and for moving to another version.

The rule is one sentence: **after the move the tokens of the scope stand as the diagram itself could have brought them to stand.**
So whatever could happen from there can happen, and nothing waits for ever. What stands elsewhere in the scope and fits beside
the new place stays; the rest is left, with all that it awaits.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit
from SpiffWorkflow.util.task import TaskState

from casework.engine.activities import Scope as InsideScope
from casework.engine.events import BoundaryEvent
from casework.engine.joins import TokenJoin, element_of
from casework.engine.loops import Instances
from casework.engine.markings import markings_of
from casework.engine.structure import entry_of, structure_of
from casework.engine.token_game import is_join
from casework.errors import InvalidError
from casework.i18n import message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from SpiffWorkflow.task import Task

    from casework.engine.drawing import Node, Scope
    from casework.engine.markings import Markings
    from casework.engine.token_game import Marking
    from casework.engine.workflow import TokenWorkflow

_HELD = TaskState.READY | TaskState.WAITING | TaskState.STARTED
#: Tokens of one scope for which all ways of keeping some of them are tried.
MOST_TOKENS = 12


class CannotSetError(InvalidError):
    """The instance cannot be set there; the sentence says why, by name."""

    code = "cannot-set"


def set_to(workflow: TokenWorkflow, at: Sequence[str], *, after: bool) -> None:
    """Set it to the element at the end of `at` (before it the activities around, outermost first), or to the flow after it.

    1. Go inwards as far as the activities on the way run.
    2. Place a token there, at the next activity on the way or at the element itself, and leave what does not fit beside it.
    3. Go on inwards: the activity has just begun, and its token is placed instead of its start.
    """
    if workflow.completed:
        raise CannotSetError(message("The process has ended, so it cannot be set to another element."))
    scope: Any = workflow
    ahead = list(at)
    while len(ahead) > 1 and (inside := _running(scope, ahead[0])) is not None:  # 1
        scope, ahead = inside, ahead[1:]
    while ahead:  # 2
        is_last = len(ahead) == 1
        task = _place(scope, ahead[0], after=after and is_last)
        if not is_last:
            scope = _entered(task, ahead[0])  # 3
        ahead = ahead[1:]


def _running(scope: Any, element_id: str) -> Any:
    """The inside of an activity that runs; None when it does not."""
    subprocesses = scope.top_workflow.subprocesses
    hosts = [
        t for t in _tokens(scope, instances=True) if isinstance(t.task_spec, InsideScope) and _is_at(t, element_id)
    ]
    hosts = [t for t in hosts if t.id in subprocesses]
    if len(hosts) > 1:
        raise CannotSetError(message("{name} runs several times at once.", name=_name(hosts[0].task_spec.element)))
    return subprocesses[hosts[0].id] if hosts else None


def _is_at(task: Task, element_id: str) -> bool:
    return bool(task.task_spec.element.id == element_id)


def _tokens(scope: Any, *, instances: bool = False) -> list[Task]:
    """The tasks that hold a token of this very scope; a loop is one, unless its `instances` are asked for too."""
    return [
        task
        for task in scope.tasks.values()
        if task.has_state(_HELD)
        and task.task_spec.element is not None
        and not isinstance(task.task_spec, BoundaryEvent)
        and (instances or not (task.parent is not None and isinstance(task.parent.task_spec, Instances)))
    ]


def _place(scope: Any, element_id: str, *, after: bool) -> Task:
    """A token at an element, or on the one flow behind it. What does not fit beside it is left. Gives its task."""
    structure = structure_of(scope.spec)
    node, source = _node(structure, element_id, after=after)
    game = markings_of(structure)
    standing = _tokens(scope)
    beside = [task for task in standing if not _is_main(game, structure.nodes[task.task_spec.element.id])]
    place = _place_of(game, node, source)
    if place is None:
        left = _alone_beside(structure, node, beside)
    else:
        left = _left(game, structure, place, [task for task in standing if task not in beside], node)
    for task in left:
        _leave(task)
    return put(scope, node, source)


def _node(structure: Scope, element_id: str, *, after: bool) -> tuple[Node, str]:
    """The node where the token goes, and the element it comes from (empty: from none)."""
    node = structure.nodes.get(element_id)
    if node is None:
        raise CannotSetError(message("There is no element {id} there.", id=element_id))
    if after:
        if len(node.outgoing) != 1:
            raise CannotSetError(message("Behind {name} there is not just one way on.", name=_name(node.element)))
        return structure.nodes[node.outgoing[0].target], element_id
    behind_events = any(structure.nodes[flow.source].type == "eventBasedGateway" for flow in node.incoming)
    if node.type == "boundaryEvent" or behind_events or is_join(node):
        raise CannotSetError(
            message("{name} cannot be begun by itself; choose an element before it.", name=_name(node.element))
        )
    return node, ""


def _is_main(game: Markings, node: Node) -> bool:
    """Not on the way of an event that does not interrupt."""
    return node.id in game.main


def _place_of(game: Markings, node: Node, source: str) -> int | None:
    """None: beside the main way."""
    if not _is_main(game, node):
        return None if node.type != "startEvent" else -1
    if not is_join(node):
        return game.first[node.id]
    return next(game.number(flow) for flow in node.incoming if flow.source == source)


def _left(game: Markings, structure: Scope, place: int, tokens: list[Task], node: Node) -> list[Task]:
    """The tokens that do not fit beside `place`, as few as possible. Refuses when no choice of them makes it fit."""
    if not game.is_complete or len(tokens) > MOST_TOKENS:
        raise CannotSetError(message("There are too many ways through the diagram to judge this."))
    places = {task.id: _standing_at(game, structure, task) for task in tokens}
    for count in range(len(tokens) + 1):
        for left in combinations(tokens, count):
            kept = [places[task.id] for task in tokens if task not in left]
            wanted: Marking = tuple(sorted([*kept, *([place] if place >= 0 else [])]))
            if wanted in game.all or (place < 0 and not kept):
                return list(left)
    raise CannotSetError(
        message(
            "{name} stands in a parallel block whose other branches would never come. Choose an element before the block.",
            name=_name(node.element),
        )
    )


def _standing_at(game: Markings, structure: Scope, task: Task) -> int:
    node = structure.nodes[task.task_spec.element.id]
    if not is_join(node):
        return game.first[node.id]
    source = element_of(task.internal_data["flow"])
    return next(game.number(flow) for flow in node.incoming if flow.source == source)


def _alone_beside(structure: Scope, node: Node, beside: list[Task]) -> list[Task]:
    """On the way of an event that does not interrupt, only a token that stands on the same way can be moved."""
    before = _leading_to(structure, node) | {node.id}
    mine = [task for task in beside if {task.task_spec.element.id} & (before | _following(structure, node))]
    if len(mine) != 1:
        raise CannotSetError(
            message("{name} follows an event that did not happen, or happened several times.", name=_name(node.element))
        )
    return mine


def _leading_to(structure: Scope, node: Node) -> set[str]:
    return {other.id for other in structure.nodes.values() if node.id in _following(structure, other)}


def _following(structure: Scope, node: Node) -> set[str]:
    seen: set[str] = set()
    todo = [node]
    while todo:
        for flow in todo.pop().exits():
            if flow.target not in seen:
                seen.add(flow.target)
                todo.append(structure.nodes[flow.target])
    return seen


def _leave(task: Task) -> None:
    """With the events that wait at its boundary."""
    split = task.parent
    if split is not None and isinstance(split.task_spec, BoundaryEventSplit):
        for child in split.children:
            child.cancel()
    elif isinstance(task.task_spec, TokenJoin):
        task._set_state(TaskState.CANCELLED)
        task._drop_children()
    else:
        task.cancel()


def put(scope: Any, node: Node, source: str) -> Task:
    """A new token there; at a join, by the flow from `source`."""
    task: Task = scope.task_tree._add_child(entry_of(scope.spec, node), TaskState.FUTURE)
    if isinstance(task.task_spec, TokenJoin):
        incoming = source or (node.incoming[0].source if node.incoming else "")
        task.internal_data["flow"] = f"{node.element.process_id}:{incoming}"
    task.task_spec._predict(task, mask=TaskState.NOT_FINISHED_MASK)
    task.task_spec._update(task)
    return task


def _entered(task: Task, element_id: str) -> Any:
    """The inside of an activity at which a token has just been placed, without its start."""
    if isinstance(task.task_spec, BoundaryEventSplit):
        task.run()
        task = next(child for child in task.children if not isinstance(child.task_spec, BoundaryEvent))
    inside = task.workflow.top_workflow.subprocesses.get(task.id)
    if inside is None or isinstance(task.task_spec, Instances):
        raise CannotSetError(message("What is inside of {id} does not run, and begins with it.", id=element_id))
    for start in list(inside.task_tree.children):
        inside._remove_task(start.id)
    return inside


def _name(element: Any) -> str:
    return str(element.name or element.id)
