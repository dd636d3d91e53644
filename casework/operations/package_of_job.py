"""What the topic `package` of a diagram asks for: plan what form F13 says, approve, start or end it. Safe to repeat."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from casework.database import read
from casework.errors import InvalidError, NotFoundError
from casework.i18n import message
from casework.model import SYSTEM, Case, Job, Package
from casework.model.approval import approval_limit
from casework.model.package import KRONE
from casework.operations.approve_package import approve_package
from casework.operations.end_package import end_package
from casework.operations.packages.end_reason import end_reason
from casework.operations.packages.from_form import APPROVAL_FORM, FORM, planned_elements, traits
from casework.operations.packages.newest_form import newest_form
from casework.operations.plan_package import plan_package
from casework.operations.start_package import start_package


def package_of_job(*, job_id: UUID) -> dict[str, Any]:
    """Do what the input `action` says: plan (`occasion`, and `package_id` to plan anew), approve, start, end or drop the package
    `package_id`. To end takes `reason`, and `on`, its last day (today unless given).

    Gives `id`, `price` and `limit`: what it costs, and what the team leader of the case may approve, in kroner (None: all).
    """
    with read() as session:
        job = session.get(Job, job_id)
        if job is None or job.case_id is None:
            raise NotFoundError(message("There is no such job."))
    package_id = _plan(job, job.case_id) if job.inputs.get("action") == "plan" else _move(job)
    return _said(package_id)


def _plan(job: Job, case_id: UUID) -> UUID:
    with read() as session:
        form = newest_form(session, job.instance_id, FORM)
    named = job.inputs.get("package_id")
    return plan_package(
        SYSTEM,
        case_id=case_id,
        occasion=str(job.inputs.get("occasion") or "indsats"),
        elements=planned_elements(form.answers),
        package_id=_id(named) if named else None,
        submission_id=form.submission_id,
        instance_id=job.instance_id,
        planned_by=form.by,
        **traits(form.answers),
    )


def _move(job: Job) -> UUID:
    package_id = _id(job.inputs.get("package_id"))
    match job.inputs.get("action"):
        case "approve":
            with read() as session:
                form = newest_form(session, job.instance_id, APPROVAL_FORM)
            approve_package(SYSTEM, package_id=package_id, approved_by=form.by)
        case "start":
            start_package(SYSTEM, package_id=package_id)
        case "end" | "drop":
            on = job.inputs.get("on")
            last = on if isinstance(on, date) else None
            end_package(SYSTEM, package_id=package_id, reason=end_reason(job.inputs.get("reason")), on=last)
        case _:
            raise InvalidError(message("The job does not say what is to be done with the package."))
    return package_id


def _said(package_id: UUID) -> dict[str, Any]:
    with read() as session:
        package = session.get_one(Package, package_id)
        unit_id = session.get_one(Case, package.case_id).responsible_unit_id
        return {"id": str(package_id), "price": in_kroner(package.total), "limit": approval_limit(session, unit_id)}


def in_kroner(amount: int) -> int | Decimal:
    """An amount of øre, as expressions compare it."""
    return Decimal(amount) / KRONE if amount % KRONE else amount // KRONE


def _id(value: Any) -> UUID:
    try:
        return UUID(str(value))
    except ValueError:
        raise InvalidError(message("The job names no package.")) from None
