"""What happens once in a period without anybody asking: the sample of managerial supervision, the year's figures, e-mails."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casework.database import Base, Json, new_row_id


class PeriodicRun(Base):
    """It was done. The key makes that it is done once, whoever of many workers is first."""

    __tablename__ = "periodic_run"

    #: case_sample, annual_report or mail_digest
    kind: Mapped[str] = mapped_column(primary_key=True)
    #: As `2027Q1`, `2026` or `2026-11-27`.
    period: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class CaseSample(Base):
    """A case that was drawn for managerial supervision (ledelsestilsyn). What came of it stands in form F34."""

    __tablename__ = "case_sample"
    __table_args__ = (UniqueConstraint("quarter", "case_id"), Index(None, "unit_id", "drawn_at"))

    id: Mapped[UUID] = new_row_id()
    #: As `2027Q1`.
    quarter: Mapped[str]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    #: Who was responsible when it was drawn.
    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"))
    drawn_at: Mapped[datetime]
    #: The process that it started; None until it has begun.
    instance_id: Mapped[UUID | None] = mapped_column(ForeignKey("process_instance.id"))


class AnnualReport(Base):
    """The year's figures as they were when they were made (R9).

    Those of the running year are made anew each day; once `is_final`, later corrections do not change what was published.
    """

    __tablename__ = "annual_report"

    year: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime]
    is_final: Mapped[bool]
    #: `Table.to_json` of each table.
    tables: Mapped[list[Any]] = mapped_column(Json)
