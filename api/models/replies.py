"""The official exchange of a case: a message to an office and what came back."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from api.models.base import Base

# As the message board writes its states: to be answered, being handled, handled.
REPLY_STATES = ("待回复", "办理中", "已办理")


class Reply(Base):
    __tablename__ = "replies"
    __table_args__: Any = (
        CheckConstraint("status IN ('待回复', '办理中', '已办理')", name="status"),
        Index(
            "ix_desk_replies_promise_due_on",
            "promise_due_on",
            postgresql_where=text("promise_due_on IS NOT NULL"),
        ),
        {"schema": "desk"},
    )

    case_id: Mapped[str] = mapped_column(
        Text, ForeignKey("desk.cases.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    office_zh: Mapped[str | None] = mapped_column(Text)
    office_en: Mapped[str | None] = mapped_column(Text)
    # ministry, province, prefecture or county.
    level: Mapped[str | None] = mapped_column(Text)
    received_on: Mapped[date | None] = mapped_column(Date)
    replied_on: Mapped[date | None] = mapped_column(Date)
    text_zh: Mapped[str | None] = mapped_column(Text)
    text_en: Mapped[str | None] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text)
    promise_due_on: Mapped[date | None] = mapped_column(Date)
    outcome_zh: Mapped[str | None] = mapped_column(Text)
    outcome_en: Mapped[str | None] = mapped_column(Text)
