"""The sections of a case file, in the order in which a reader wants them: who, what was decided, by when, and then all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.i18n import Message, message
from casework.papers.case_file_parts import Cell, Parts, page_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from casework.queries.case_file import CaseFile, FiledDocument, FiledForm
    from casework.queries.deadline_rows import DeadlineRow
    from casework.queries.journal import JournalRow
    from casework.queries.shared_sheet import SharedSheet

Section = tuple[Message, Parts]
NONE = message("None.")


def sections(file: CaseFile, pictures: Mapping[UUID, str]) -> tuple[Section, ...]:
    """The whole case. `pictures` are files that can be shown, by document."""
    return (
        (message("The child and the people around it"), _people(file)),
        (message("Decisions"), _decisions(file)),
        (message("Deadlines"), _deadlines(file.deadlines)),
        (message("Processes"), _processes(file)),
        (message("Hand-offs and consents"), _handoffs(file)),
        (message("Filled forms"), _forms(file.forms)),
        (message("Letters"), _documents(file, "letter", pictures)),
        (message("Attached files"), _documents(file, "upload", pictures)),
        (message("Journal"), _journal(file.journal)),
    )


def part_sections(file: CaseFile, pictures: Mapping[UUID, str]) -> tuple[Section, ...]:
    """What a unit sees that has taken something over."""
    return (
        (message("What was shared"), _shared(file.page.shared)),
        (message("Hand-offs"), _handoff_rows(file)),
        (message("Deadlines"), _deadlines(file.deadlines)),
        (message("Filled forms"), _forms(file.forms)),
        (message("Attached files"), _documents(file, "upload", pictures)),
    )


def _people(file: CaseFile) -> Parts:
    page, parts = file.page, Parts()
    head = (message("Relation"), message("Name"), message("Contact"), message("Note"))
    rows = [(one.kind_words, one.name, one.contact, one.notes) for one in page.persons]
    parts.table(head, (2, 4, 4, 4), rows, message("Nobody is written down yet."))
    parts.heading(message("The team around the child"))
    team = [(one.role_words, one.employee.name, _day(one.since)) for one in page.team]
    parts.table((message("Role"), message("Name"), message("Since")), (3, 6, 3), team, NONE)
    if page.facts:
        parts.heading(message("What the case knows"))
        parts.facts((one.label, one.value) for one in page.facts)
    return parts


def _decisions(file: CaseFile) -> Parts:
    parts = Parts()
    head = (message("Day"), message("Decision"), message("Task"), message("By"), message("Page"))
    rows: list[Sequence[Cell]] = [
        (_day(one.row.submitted_at), one.row.form_title, one.row.task, one.row.submitted_by, page_of(one.row.id))
        for one in file.forms
        if one.is_decision
    ]
    parts.table(head, (3, 5, 6, 5, 2), rows, message("Nothing has been decided yet."))
    return parts


def _deadlines(rows: Sequence[DeadlineRow]) -> Parts:
    parts = Parts()
    head = (message("Started"), message("Deadline"), message("Rule"), message("Due"), message("Stands"))
    said = [
        (
            _day(row.starts_at),
            row.name,
            (row.due.due_class or "", row.due.rule or ""),
            _day(row.due.at) if row.due.at else "–",
            (row.due.words, row.late_reason or ""),
        )
        for row in rows
    ]
    parts.table(head, (3, 6, 6, 3, 5), said, NONE)
    return parts


def _processes(file: CaseFile) -> Parts:
    parts = Parts()
    head = (message("Process"), message("Begun"), message("Ended"), message("Outcome"))
    rows = [
        (one.name, _day(one.started_at), _day(one.ended_at) if one.ended_at else message("runs"), one.outcome or "")
        for one in sorted(file.page.instances, key=lambda one: one.started_at)
    ]
    parts.table(head, (6, 3, 3, 6), rows, NONE)
    return parts


def _handoffs(file: CaseFile) -> Parts:
    parts = _handoff_rows(file)
    parts.heading(message("Consents"))
    head = (message("Given"), message("Who"), message("Shared with"), message("What for"), message("Counts"))
    rows = [
        (
            _day(one.given_at),
            one.person_name,
            message("{whom}: {what}", whom=one.shared_with, what=list(one.data_classes)),
            one.purpose,
            message("yes") if one.is_valid else message("no"),
        )
        for one in reversed(file.page.consents)
    ]
    parts.table(head, (3, 4, 6, 6, 2), rows, NONE)
    return parts


def _handoff_rows(file: CaseFile) -> Parts:
    parts = Parts()
    head = (message("Asked"), message("What"), message("From"), message("To"), message("Stands"))
    rows = [
        (
            _day(one.offered_at),
            one.subject,
            one.from_unit.name,
            one.to_unit.name,
            (one.state_words, one.reason or ""),
        )
        for one in reversed(file.page.handoffs)
    ]
    parts.table(head, (3, 6, 4, 4, 5), rows, NONE)
    return parts


def _forms(forms: Sequence[FiledForm]) -> Parts:
    parts = Parts()
    for form in forms:
        row = form.row
        parts.heading(message("{day:digits_year}: {task}", day=row.submitted_at, task=row.task), target=row.id)
        by = {"form": row.form_title, "name": row.submitted_by, "at": row.submitted_at}
        parts.note(message("{form}, filled in by {name}, {at:digits_year} at {at:time}", **by))
        if row.late_reason:
            parts.note(message("It was late: {reason}", reason=row.late_reason))
        if row.corrects_id:
            parts.note(message("Put right: {reason}", reason=row.correction_reason or ""))
        for part in form.parts:
            if part.heading:
                parts.heading(part.heading, level=3)
            parts.facts((line.label, line.text or "–") for line in part.lines)
    if not forms:
        parts.note(NONE)
    return parts


def _documents(file: CaseFile, kind: str, pictures: Mapping[UUID, str]) -> Parts:
    parts, found = Parts(), [one for one in file.documents if one.kind == kind]
    head = (message("Day"), message("Title"), message("To or from"), message("Enclosed as"))
    rows = [(_day(one.created_at), one.title, one.recipient or one.created_by, _enclosed(file, one)) for one in found]
    parts.table(head, (3, 6, 5, 6), rows, NONE)
    for one in found:
        if one.id in pictures:
            parts.picture(pictures[one.id], one.title)
    return parts


def _enclosed(file: CaseFile, document: FiledDocument) -> str | Message:
    if document.content is None:
        return message("not enclosed, the file would be too large: see the case")
    return f"{file.documents.index(document) + 1:03}-{document.file_name}"


def _journal(rows: Sequence[JournalRow]) -> Parts:
    parts = Parts()
    head = (message("No."), message("When"), message("Who"), message("What"))
    said = [
        (
            str(row.number),
            message("{at:digits_year} at {at:time}", at=row.at),
            row.actor,
            (row.sentence, row.quote or ""),
        )
        for row in rows
    ]
    parts.table(head, (2, 5, 6, 15), said, NONE)
    return parts


def _shared(sheets: Sequence[SharedSheet]) -> Parts:
    parts = Parts()
    for sheet in sheets:
        parts.heading(sheet.subject)
        parts.note(sheet.basis)
        parts.facts(
            [
                (message("From"), sheet.from_unit.name),
                (message("Why"), sheet.purpose),
                (message("Wanted answer"), sheet.wanted_answer),
                (message("Parents"), ", ".join(sheet.parents)),
                (message("Addresses"), sheet.address_note or ""),
            ]
        )
        for section in sheet.sections:
            parts.heading(section.title, level=3)
            parts.facts((one.label, one.text) for one in section.parts)
    if not sheets:
        parts.note(message("What was shared is closed again."))
    return parts


def _day(at: datetime) -> Message:
    return message("{day:digits_year}", day=at)
