"""The audit trail: an append-only hash chain of ids and field names, never of values."""

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Date, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.models.base import Base, Codes


class AuditEntry(Base):
    """One act. `hash` covers the entry and the hash before it, so no entry can change unseen."""

    __tablename__ = "audit"
    __table_args__: Any = (Index("ix_desk_audit_subject", "subject"), {"schema": "desk"})

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    # A day and not a time: a stolen copy must not tell when somebody was at work.
    day: Mapped[date] = mapped_column(Date)
    actor: Mapped[str] = mapped_column(Text)
    act: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text)
    fields: Mapped[Codes]
    hash: Mapped[bytes] = mapped_column(LargeBinary)
