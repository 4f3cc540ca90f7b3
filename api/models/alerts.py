"""The intake's tables: what a person sends, sealed, and how far the desk is with it.

The public role may add rows and read none: no RETURNING and no server default is ever fetched.
"""

from datetime import date, datetime
from typing import Annotated, Any

from sqlalchemy import (
    Boolean,
    Date,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    Text,
    func,
)
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from api.models.base import Base

INTAKE: Any = {"schema": "intake"}
Id = Annotated[str, mapped_column(Text, primary_key=True)]
Words = Annotated[str, mapped_column(Text)]
Day = Annotated[date, mapped_column(Date)]
# A sealed box of api/sealing, or a keyed hash of 32 bytes.
Sealed = Annotated[bytes, mapped_column(LargeBinary)]
Hashed = Annotated[bytes, mapped_column(LargeBinary)]


def _of(table: str) -> Any:
    return mapped_column(Text, ForeignKey(f"intake.{table}.id", ondelete="CASCADE"))


class Alert(Base):
    """One call for help. `box` is null once its content was withdrawn or its time is over."""

    __tablename__ = "alerts"
    __table_args__: Any = (
        Index("ix_intake_alerts_case_id", "case_id", postgresql_where=sql("case_id IS NOT NULL")),
        Index(
            "ix_intake_alerts_state",
            "state",
            "lane",
            "received_on",
            "id",
            postgresql_include=["assignee", "flagged"],
        ),
        INTAKE,
    )

    id: Mapped[Id]
    received_on: Mapped[Day]
    # proven, plain or unproven.
    lane: Mapped[Words]
    lang: Mapped[Words]
    receipt: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    box: Mapped[bytes | None] = mapped_column(LargeBinary)
    # received, checking, published, rejected, spam or withdrawn.
    state: Mapped[str] = mapped_column(Text, server_default="received")
    changed_on: Mapped[date | None] = mapped_column(Date)
    decided_on: Mapped[date | None] = mapped_column(Date)
    reason: Mapped[str | None] = mapped_column(Text)
    case_id: Mapped[str | None] = mapped_column(Text)
    assignee: Mapped[str | None] = mapped_column(Text)
    flagged: Mapped[bool] = mapped_column(Boolean, server_default=sql("false"))
    confirmed: Mapped[bool] = mapped_column(Boolean, server_default=sql("false"))


class Attachment(Base):
    """A file of an alert: re-encoded, and the original where the person wanted it kept."""

    __tablename__ = "attachments"
    __table_args__: Any = (Index("ix_intake_attachments_alert_id", "alert_id"), INTAKE)

    id: Mapped[Id]
    alert_id: Mapped[str] = _of("alerts")
    position: Mapped[int] = mapped_column(SmallInteger)
    kind: Mapped[Words]
    box: Mapped[Sealed]
    original: Mapped[bytes | None] = mapped_column(LargeBinary)


class Addition(Base):
    """What came later with the receipt. Inserting a withdrawal empties the alert at once."""

    __tablename__ = "additions"
    __table_args__: Any = (Index("ix_intake_additions_receipt", "receipt"), INTAKE)

    id: Mapped[Id]
    receipt: Mapped[Hashed]
    received_on: Mapped[Day]
    # addition or withdrawal.
    kind: Mapped[Words]
    box: Mapped[bytes | None] = mapped_column(LargeBinary)


class AdditionFile(Base):
    """A file of an addition."""

    __tablename__ = "addition_files"
    __table_args__: Any = (Index("ix_intake_addition_files_addition_id", "addition_id"), INTAKE)

    id: Mapped[Id]
    addition_id: Mapped[str] = _of("additions")
    position: Mapped[int] = mapped_column(SmallInteger)
    kind: Mapped[Words]
    box: Mapped[Sealed]
    original: Mapped[bytes | None] = mapped_column(LargeBinary)


class OutboxMail(Base):
    """A confirmation mail to be sent: the address is sealed to the mail worker."""

    __tablename__ = "outbox"
    __table_args__: Any = (
        Index("ix_intake_outbox_alert_id", "alert_id"),
        Index("ix_intake_outbox_state", "state"),
        INTAKE,
    )

    id: Mapped[Id]
    alert_id: Mapped[str] = _of("alerts")
    made_on: Mapped[Day]
    box: Mapped[Sealed]
    confirm: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    # queued, sending, sent, failed or expired.
    state: Mapped[str] = mapped_column(Text, server_default="queued")
    # Keyed with the worker's key: tells him, and nobody else, that an address had its mail.
    address: Mapped[bytes | None] = mapped_column(LargeBinary)
    tried: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    not_before: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    sent_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class Confirmation(Base):
    """A link of a confirmation mail that was followed; it counts once."""

    __tablename__ = "confirmations"
    __table_args__: Any = INTAKE

    confirm: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    received_on: Mapped[Day]


class IdempotentAnswer(Base):
    """What a key was answered, readable only with the key itself."""

    __tablename__ = "idempotency"
    __table_args__: Any = INTAKE

    key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    body: Mapped[Hashed]
    answer: Mapped[Sealed]
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class SpentToken(Base):
    """A proof of work that was used."""

    __tablename__ = "spent"
    __table_args__: Any = INTAKE

    token: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    made_on: Mapped[Day]
