"""Consents that count now, and answers that rest on one: who chooses »consent« as a basis must have one to point at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework.errors import InvalidError
from casework.forms.paths import get
from casework.i18n import message
from casework.model import Consent, ConsentState, Person
from casework.model.coming_of_age import consent_counts

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.forms import Form
    from casework.model import Case


def counting_consent(session: Session, case: Case, at: datetime, consent_id: UUID | None = None) -> UUID | None:
    """The newest consent of the case (or that one) that was given, not withdrawn, and counts at `at` (`consent_counts`)."""
    given = Consent.case_id == case.id, Consent.state == ConsentState.GIVEN
    named = [] if consent_id is None else [Consent.id == consent_id]
    found = session.scalars(select(Consent).where(*given, *named).order_by(Consent.given_at.desc())).all()
    child = session.get_one(Person, case.child_id) if found else None
    return next((one.id for one in found if consent_counts(one, child, at)), None)


def require_consent(session: Session, case: Case, form: Form, answers: dict[str, Any], at: datetime) -> None:
    """Refuses (InvalidError, at the field) the option that a form's property `consent` names, while no consent counts."""
    resting = {path: component.properties["consent"] for path, component in form.fields if _asks(component)}
    chosen = [path for path, option in resting.items() if get(answers, path) == option]
    if chosen and counting_consent(session, case, at) is None:
        wrong = message("No consent counts now. Obtain one first, or choose another basis.")
        raise InvalidError(wrong, {path: [wrong] for path in chosen})


def _asks(component: Any) -> bool:
    return bool(component.properties.get("consent"))
