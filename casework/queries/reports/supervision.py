"""R3: quality. Which cases were drawn for managerial supervision, and what the leaders answered about them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework import forms
from casework.database import read
from casework.i18n import Message, message
from casework.model import Artifact, Case, CaseSample, Submission, Unit, UserTask
from casework.queries.names import unit_name
from casework.queries.reports.report import Figure, Report, counting_row, figure_columns, in_form, name_column, share
from casework.tables import Column, Kind, Row, Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.queries.reports.report import Asked
    from casework.tables import Cell

#: The checklist, and its field that says whether the case is in order.
CHECKLIST, RESULT, IN_ORDER = "F34", "resultat", "i_orden"


@dataclass(frozen=True)
class Supervised:
    """One case that was drawn in the period. `answers` is None until the leader has answered."""

    case_id: UUID
    unit_id: str
    unit: Message
    answers: Mapping[str, Any] | None


FIGURES = (
    Figure("drawn", message("Drawn"), lambda _: True),
    Figure("done", message("Supervised"), lambda one: one.answers is not None),
    Figure("open", message("Not supervised yet"), lambda one: one.answers is None),
    Figure(
        "in_order", message("In order"), lambda one: one.answers is not None and one.answers.get(RESULT) == IN_ORDER
    ),
    Figure(
        "to_mend",
        message("Something to mend"),
        lambda one: one.answers is not None and one.answers.get(RESULT) != IN_ORDER,
    ),
)


def supervision(ask: Asked) -> Report:
    """Count the cases drawn in the period, and each question of the checklist as the newest form has it."""
    with read() as session:
        lines, questions = _lines(session, ask), _questions(session)
    tables = (_by_unit(ask, lines), _by_question(ask, lines, questions))
    return Report("R3", message("Quality and managerial supervision"), ask.period, ask.now, tables)


def _lines(session: Session, ask: Asked) -> list[Supervised]:
    answered = _answers(session, ask)
    rows = session.execute(
        select(CaseSample.case_id, CaseSample.unit_id, CaseSample.instance_id, Unit.name, Unit.name_en)
        .join(Case, Case.id == CaseSample.case_id)
        .join(Unit, Unit.id == CaseSample.unit_id)
        .where(CaseSample.drawn_at >= ask.period.start, CaseSample.drawn_at < ask.period.end, ask.counts())
        .order_by(CaseSample.unit_id, CaseSample.drawn_at, CaseSample.id)
    )
    return [
        Supervised(
            row.case_id, row.unit_id, unit_name(row.unit_id, row.name, row.name_en).name, answered.get(row.instance_id)
        )
        for row in rows
    ]


def _answers(session: Session, ask: Asked) -> dict[UUID | None, dict[str, Any]]:
    rows = session.execute(
        select(UserTask.instance_id, Submission.answers)
        .join(UserTask, UserTask.id == Submission.user_task_id)
        .join(Case, Case.id == Submission.case_id)
        .where(in_form(CHECKLIST), ask.counts())
        .order_by(Submission.submitted_at)
    )
    return {row.instance_id: row.answers for row in rows}


def _questions(session: Session) -> dict[str, Message]:
    content = session.scalar(
        select(Artifact.content).where(Artifact.key == CHECKLIST).order_by(Artifact.version.desc()).limit(1)
    )
    fields = forms.parse(content).fields if content else ()
    return {path: field.label for path, field in fields if field.type is forms.ComponentType.CHECKBOX}


def _by_unit(ask: Asked, lines: Sequence[Supervised]) -> Table:
    title = message("Supervision by unit")
    groups: dict[str, list[Supervised]] = defaultdict(list)
    for line in lines:
        groups[line.unit_id].append(line)
    rows = [_unit_row(ask, key, group[0].unit, group) for key, group in groups.items()]
    rows.append(_unit_row(ask, "total", message("All"), lines))
    columns = (
        name_column(message("Unit")),
        *figure_columns(FIGURES),
        Column("percent_in_order", message("In order, % of the supervised"), Kind.PERCENT),
    )
    return Table(
        "by_unit",
        title,
        columns,
        tuple(rows),
        message("Each quarter at least 5 % of the open cases are drawn."),
    )


def _unit_row(ask: Asked, key: str, name: Cell, group: Sequence[Supervised]) -> Row:
    done = [one for one in group if one.answers is not None]
    fine = share(sum(one.answers is not None and one.answers.get(RESULT) == IN_ORDER for one in done), len(done))
    return counting_row(key, name, group, FIGURES, ask, fine)


def _by_question(ask: Asked, lines: Sequence[Supervised], questions: Mapping[str, Message]) -> Table:
    title = message("Answers of the checklist")
    done = [line for line in lines if line.answers is not None]
    columns = (name_column(title), Column("yes", message("Yes")), Column("no", message("No")), _PERCENT)
    return Table("by_question", title, columns, tuple(_question_row(ask, *one, done) for one in questions.items()))


_PERCENT = Column("percent_yes", message("Yes, %"), Kind.PERCENT)


def _question_row(ask: Asked, key: str, label: Message, done: Sequence[Supervised]) -> Row:
    wanted = (
        Figure("yes", message("Yes"), lambda one: one.answers.get(key) is True),
        Figure("no", message("No"), lambda one: one.answers.get(key) is False),
    )
    answered = [one for one in done if isinstance((one.answers or {}).get(key), bool)]
    yes = sum((one.answers or {}).get(key) is True for one in answered)
    return counting_row(key, label, answered, wanted, ask, share(yes, len(answered)))
