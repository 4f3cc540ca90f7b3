"""How a person can be reached: sealed, and public only with consent and two people's word."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.models.base import Base

CHANNELS = ("phone", "email", "wechat", "qq", "other")
CONSENTS = ("none", "helpers", "public")


class Contact(Base):
    """One way to reach somebody about a case."""

    __tablename__ = "contacts"
    __table_args__: Any = (
        CheckConstraint("consent IN ('none', 'helpers', 'public')", name="consent"),
        CheckConstraint("public_value IS NULL OR consent = 'public'", name="public"),
        Index("ix_desk_contacts_case_id", "case_id"),
        Index("ix_desk_contacts_alert_id", "alert_id"),
        {"schema": "desk"},
    )

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    case_id: Mapped[str] = mapped_column(Text, ForeignKey("desk.cases.id", ondelete="CASCADE"))
    # Whose sender gave it: it goes with that alert, also from a case that took over another.
    alert_id: Mapped[str | None] = mapped_column(Text)
    position: Mapped[int] = mapped_column(Integer)
    channel: Mapped[str] = mapped_column(Text)
    # The value in a box of the desk, for "contact/ID".
    box: Mapped[bytes] = mapped_column(LargeBinary)
    consent: Mapped[str] = mapped_column(Text, server_default="none")
    # In clear from the second approval on, because it is public then; nulled when taken back.
    public_value: Mapped[str | None] = mapped_column(Text)


class ContactView(Base):
    """How many contact details an account has looked at on a day."""

    __tablename__ = "contact_views"
    __table_args__: Any = ({"schema": "desk"},)

    staff_id: Mapped[str] = mapped_column(
        Text, ForeignKey("desk.staff.id", ondelete="CASCADE"), primary_key=True
    )
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    count: Mapped[int] = mapped_column(Integer, server_default="0")
