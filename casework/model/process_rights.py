"""Who may change processes, who may see what is not released yet, and who may approve it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.errors import ForbiddenError
from casework.i18n import message
from casework.model.employee import Role

if TYPE_CHECKING:
    from casework.model.actor import Actor
    from casework.model.process_draft import ProcessDraft

OWNERS = frozenset({Role.PROCESS_OWNER, Role.ADMINISTRATOR})


def owns_processes(actor: Actor) -> bool:
    """Draws processes, and approves what others have drawn."""
    return actor.kind == "system" or bool(actor.roles & OWNERS)


def sees_drafts(actor: Actor) -> bool:
    """No case is named in a draft, but it may be misread as what counts: it is for those who decide about it."""
    is_other = actor.kind == "service" and "processes:read" in actor.scopes
    return owns_processes(actor) or actor.is_team_leader or Role.AUDITOR in actor.roles or is_other


def require_owner(actor: Actor) -> None:
    """Refuse (ForbiddenError) who may not change processes; service accounts need the scope `processes:write`."""
    if actor.kind == "service":
        actor.require_scope("processes:write")
    elif not owns_processes(actor):
        raise ForbiddenError(message("You do not have the role for this."))


def require_sight(actor: Actor) -> None:
    """Refuse (ForbiddenError) who may not see drafts."""
    if not sees_drafts(actor):
        raise ForbiddenError(message("You do not have the role for this."))


def has_changed(actor: Actor, draft: ProcessDraft) -> bool:
    """Whether the actor has made it, saved a file in it, or asked for its approval: then somebody else must approve it."""
    return actor.id is not None and (
        str(actor.id) in draft.authors or actor.id in (draft.created_by_id, draft.submitted_by_id)
    )


def approves_as(actor: Actor) -> frozenset[str]:
    """In which of the parts that an approval may need: `owner`, `leader`."""
    if actor.kind != "employee":
        return frozenset()
    return frozenset(
        part for part, holds in (("owner", bool(actor.roles & OWNERS)), ("leader", actor.is_team_leader)) if holds
    )
