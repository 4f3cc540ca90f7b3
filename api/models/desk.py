"""What the desk keeps beside its cases: waiting publications, mapped terms, cases asked after."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Integer, SmallInteger, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.models.base import Base

DESK: Any = {"schema": "desk"}


class Waiting(Base):
    """A case from an alert that is to be public with the next batch."""

    __tablename__ = "waiting"
    __table_args__: Any = DESK

    case_id: Mapped[str] = mapped_column(
        Text, ForeignKey("desk.cases.id", ondelete="CASCADE"), primary_key=True
    )
    actor: Mapped[str] = mapped_column(Text)
    reason_zh: Mapped[str | None] = mapped_column(Text)
    reason_en: Mapped[str | None] = mapped_column(Text)


class Batch(Base):
    """A batch that was published: one row for each of the four hours of a day."""

    __tablename__ = "batches"
    __table_args__: Any = (CheckConstraint("slot BETWEEN 0 AND 3", name="slot"), DESK)

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    slot: Mapped[int] = mapped_column(SmallInteger, primary_key=True)


class Mapping(Base):
    """What an import said, and the term that staff found for it; also for imports to come."""

    __tablename__ = "mappings"
    __table_args__: Any = DESK

    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    # Verbatim, as in `stated` of the cases.
    stated: Mapped[str] = mapped_column(Text, primary_key=True)
    code: Mapped[str] = mapped_column(Text)
    made_by: Mapped[str] = mapped_column(Text)
    made_on: Mapped[date] = mapped_column(Date)


class Inquiry(Base):
    """Somebody has asked what became of a case, 30 or 90 days after it was published."""

    __tablename__ = "inquiries"
    __table_args__: Any = (CheckConstraint("days IN (30, 90)", name="days"), DESK)

    case_id: Mapped[str] = mapped_column(
        Text, ForeignKey("desk.cases.id", ondelete="CASCADE"), primary_key=True
    )
    days: Mapped[int] = mapped_column(Integer, primary_key=True)
    done_on: Mapped[date] = mapped_column(Date)
    # news, none or unreachable.
    outcome: Mapped[str] = mapped_column(Text)
