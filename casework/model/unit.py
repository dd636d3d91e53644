"""Units: where work lies. A tree; a team leader answers for a unit and all beneath it."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from casework.database import Base


class Unit(Base):
    """A department, team, school or partner. `lane` and `district` say which lane of a diagram it answers for, and where."""

    __tablename__ = "unit"
    __table_args__ = (Index("ix_unit_lane", "lane", "district"),)

    #: Short and stable, as `modtagelse_nord`.
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_en: Mapped[str]
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("unit.id"))
    lane: Mapped[str | None]
    #: None: the lane's unit for every district.
    district: Mapped[str | None]
    #: All ids from the root to this unit, as `/forvaltning/nord/modtagelse_nord/`: one LIKE finds a subtree.
    path: Mapped[str]
    #: Takes over when this unit declines a hand-off or stays silent.
    fallback_id: Mapped[str | None] = mapped_column(ForeignKey("unit.id"))
    is_active: Mapped[bool] = mapped_column(default=True)
    #: No part of the municipality: what it gives is bought.
    is_external: Mapped[bool] = mapped_column(default=False)
    #: What its leader may approve of a package, in kroner. None: as the unit above; where none says anything, all.
    approval_limit: Mapped[int | None]
