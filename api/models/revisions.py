"""What was published when: the citable history of a case and the tombstone of a withdrawn one."""

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Date, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.models.base import Base, CaseId, Codes


class Revision(Base):
    """One published state of a case.

    `document` is null once a withdrawal or a privacy correction has taken the text back;
    number, day and reason stay.
    """

    __tablename__ = "revisions"
    __table_args__: Any = (
        CheckConstraint("kind IN ('published', 'changed', 'withdrawn', 'merged')", name="kind"),
        {"schema": "pub"},
    )

    case_id: Mapped[CaseId]
    # Counts within one case, from 1.
    revision: Mapped[int] = mapped_column(Integer, primary_key=True)
    # Counts in the whole archive, without gaps.
    change: Mapped[int] = mapped_column(BigInteger, unique=True)
    day: Mapped[date] = mapped_column(Date)
    kind: Mapped[str] = mapped_column(Text)
    fields: Mapped[Codes]
    reason_zh: Mapped[str | None] = mapped_column(Text)
    reason_en: Mapped[str | None] = mapped_column(Text)
    document: Mapped[str | None] = mapped_column(Text)


class Withdrawn(Base):
    """The tombstone: all that is left of a withdrawn case."""

    __tablename__ = "withdrawn"
    __table_args__: Any = ({"schema": "pub"},)

    id: Mapped[CaseId]
    day: Mapped[date] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(Text)
    merged_into: Mapped[str | None] = mapped_column(Text)
