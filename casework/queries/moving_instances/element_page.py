"""Where one instance stands, and to which elements a person may set it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import undefer

from casework import engine
from casework.database import read
from casework.engine.moving_pairs import may_stand
from casework.engine.places import is_settable, places
from casework.errors import ForbiddenError, NotFoundError
from casework.forms.words import words
from casework.i18n import message
from casework.model import Case, InstanceState, ProcessInstance, ProcessVersion
from casework.model.correcting import may_correct
from casework.model.visibility import sees_incident, sees_whole_case
from casework.queries.moving_instances.groups import name_of
from casework.released import definition_of

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.engine import Definition, Element
    from casework.i18n import Message
    from casework.model import Actor

_ACTIVITIES = frozenset({"callActivity", "subProcess"})


@dataclass(frozen=True)
class PlaceRow:
    """`at`: ids of the activities around, outermost first, and of the element, with slashes between them."""

    at: str
    name: Message


@dataclass(frozen=True)
class PlaceGroup:
    """The elements of the process itself (`around` is empty), or of one activity in it."""

    around: tuple[Message, ...]
    rows: tuple[PlaceRow, ...]


@dataclass(frozen=True)
class ElementPage:
    """`stands` names the elements at which it stands now. `may_open`: the page of its case, and of itself."""

    instance_id: UUID
    case_id: UUID
    case_number: str
    name: Message
    version: int
    is_running: bool
    may_open: bool
    stands: tuple[Message, ...]
    groups: tuple[PlaceGroup, ...]


def may_set_element(actor: Actor, instance_id: UUID) -> bool:
    """Whether `element_page` refuses nothing."""
    with read() as session:
        found = _found(session, actor, instance_id)
        return found is not None and may_correct(actor, found.responsible_unit_id)


def element_page(actor: Actor, instance_id: UUID) -> ElementPage:
    """For leaders of the responsible unit, process owners who see the case, and administrators (else ForbiddenError).

    NotFoundError for who does not see it. Whether it can really be set there is judged when it is.
    """
    with read() as session:
        found = _found(session, actor, instance_id)
        if found is None:
            raise NotFoundError(message("There is nothing here that you may see."))
        if not may_correct(actor, found.responsible_unit_id):
            raise ForbiddenError(
                message("Only a leader of the responsible unit, a process owner or an administrator can do this.")
            )
        definition = definition_of(session, found.ProcessInstance.process_version_id)
        return ElementPage(
            instance_id=instance_id,
            case_id=found.ProcessInstance.case_id,
            case_number=found.number,
            name=words(found.name, found.name_en),
            version=found.version,
            is_running=found.ProcessInstance.state is InstanceState.RUNNING,
            may_open=bool(found.sees),
            stands=_stands(definition, found.ProcessInstance.engine_state),
            groups=_groups(definition),
        )


def _found(session: Session, actor: Actor, instance_id: UUID) -> Any:
    query: Any = select(
        ProcessInstance,
        Case.number,
        Case.responsible_unit_id,
        ProcessVersion.name,
        ProcessVersion.name_en,
        ProcessVersion.version,
        sees_whole_case(actor).label("sees"),
    )
    query = query.join(Case, Case.id == ProcessInstance.case_id)
    query = query.join(ProcessVersion, ProcessVersion.id == ProcessInstance.process_version_id)
    query = query.where(ProcessInstance.id == instance_id, sees_incident(actor))
    return session.execute(query.options(undefer(ProcessInstance.engine_state))).first()


def _stands(definition: Definition, state: bytes) -> tuple[Message, ...]:
    found = [definition.element(p, e) for p, e, _ in (engine.progress(definition, state) if state else [])]
    inner = [element for element in found if element.type not in _ACTIVITIES]
    named = {element.name or element.id: name_of(element) for element in inner or found}
    return tuple(named[name] for name in sorted(named))


def _groups(definition: Definition) -> tuple[PlaceGroup, ...]:
    around: dict[tuple[str, ...], tuple[Message, ...]] = {(): ()}
    found: dict[tuple[str, ...], list[PlaceRow]] = {}
    for at, element in places(definition):
        around[at] = (*around.get(at[:-1], ()), name_of(element))
        if _may_be_chosen(element) and is_settable(definition, at):
            found.setdefault(at[:-1], []).append(PlaceRow("/".join(at), name_of(element)))
    return tuple(PlaceGroup(around[path], tuple(rows)) for path, rows in found.items())


def _may_be_chosen(element: Element) -> bool:
    return may_stand(element) and element.type != "boundaryEvent"
