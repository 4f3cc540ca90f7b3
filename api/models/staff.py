"""Who works at the desk: accounts, what proves who somebody is, and what a second person must see.

Secrets are hashed or sealed; nothing here tells by itself how to log in.
"""

from datetime import date, datetime
from typing import Annotated, Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Date,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from api.models.base import Base, Codes

DESK: Any = {"schema": "desk"}
ROLES = ("viewer", "moderator", "publisher", "admin")
Moment = Annotated[datetime, mapped_column(DateTime(timezone=True))]
# SHA-256 of 256 random bits: who reads the table cannot use it.
Hash = Annotated[bytes, mapped_column(LargeBinary, primary_key=True)]


def _of_staff() -> Any:
    return mapped_column(Text, ForeignKey("desk.staff.id", ondelete="CASCADE"))


class StaffAccount(Base):
    """One person. Accounts are disabled, not deleted: the audit trail names them."""

    __tablename__ = "staff"
    __table_args__: Any = (
        CheckConstraint("role IN ('viewer', 'moderator', 'publisher', 'admin')", name="role"),
        DESK,
    )

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    # What is typed at login: lower case, 3 to 32 of a-z 0-9 . _ -
    name: Mapped[str] = mapped_column(Text, unique=True)
    role: Mapped[str] = mapped_column(Text)
    # Argon2id, with its parameters.
    password: Mapped[str] = mapped_column(Text)
    # The TOTP secret in a box of the desk, for "totp/ID".
    totp: Mapped[bytes] = mapped_column(LargeBinary)
    # The last time step of which a code was used, so that none is used twice.
    totp_step: Mapped[int] = mapped_column(BigInteger, server_default="0")
    made_on: Mapped[date] = mapped_column(Date)
    # The password was given by somebody else and must be changed first.
    fresh: Mapped[bool] = mapped_column(Boolean, server_default=text("true"))
    disabled: Mapped[bool] = mapped_column(Boolean, server_default=text("false"))
    # Stopped by the budget of contact views, until an admin has looked.
    locked: Mapped[bool] = mapped_column(Boolean, server_default=text("false"))


class StaffSession(Base):
    """One login in one browser."""

    __tablename__ = "sessions"
    __table_args__: Any = (Index("ix_desk_sessions_staff_id", "staff_id"), DESK)

    hash: Mapped[Hash]
    staff_id: Mapped[str] = _of_staff()
    made_at: Mapped[Moment]
    seen_at: Mapped[Moment]


class StaffDevice(Base):
    """A browser in which somebody has logged in before; strangers cannot lock it out."""

    __tablename__ = "devices"
    __table_args__: Any = (Index("ix_desk_devices_staff_id", "staff_id"), DESK)

    hash: Mapped[Hash]
    staff_id: Mapped[str] = _of_staff()
    made_on: Mapped[date] = mapped_column(Date)


class StaffToken(Base):
    """A personal token for scripts: its scopes, and never more rights than its owner has."""

    __tablename__ = "tokens"
    __table_args__: Any = (Index("ix_desk_tokens_staff_id", "staff_id"), DESK)

    hash: Mapped[Hash]
    id: Mapped[str] = mapped_column(Text, unique=True)
    staff_id: Mapped[str] = _of_staff()
    label: Mapped[str] = mapped_column(Text)
    # read, edit, publish, import.
    scopes: Mapped[Codes]
    made_on: Mapped[date] = mapped_column(Date)
    # The last day on which it is valid.
    expires_on: Mapped[date] = mapped_column(Date)


class Request(Base):
    """Something that takes two people: one asks, another decides."""

    __tablename__ = "requests"
    __table_args__: Any = (
        CheckConstraint("kind IN ('contact', 'export', 'retention')", name="kind"),
        CheckConstraint("state IN ('open', 'approved', 'refused')", name="state"),
        CheckConstraint("decided_by <> asked_by", name="two_people"),
        CheckConstraint("(state = 'open') = (decided_by IS NULL)", name="decided"),
        CheckConstraint("(decided_by IS NULL) = (decided_on IS NULL)", name="decided_on"),
        Index(
            "ix_desk_requests_open_contact",
            "subject",
            unique=True,
            postgresql_where=text("kind = 'contact' AND state = 'open'"),
        ),
        Index("ix_desk_requests_state", "state", "kind"),
        Index("ix_desk_requests_subject", "subject"),
        DESK,
    )

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    # The id of a contact; for an export and for retention the request's own.
    subject: Mapped[str] = mapped_column(Text)
    # What exactly is asked: filters of an export, days of a period. Never a value of a person.
    asked: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}")
    asked_by: Mapped[str] = _of_staff()
    asked_on: Mapped[date] = mapped_column(Date)
    state: Mapped[str] = mapped_column(Text, server_default="open")
    decided_by: Mapped[str | None] = _of_staff()
    decided_on: Mapped[date | None] = mapped_column(Date)
