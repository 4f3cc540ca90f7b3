"""Where a case was found: many sources for one case, kept in order."""

from datetime import date
from typing import Any

from sqlalchemy import Date, ForeignKey, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.models.base import Base


class Source(Base):
    __tablename__ = "sources"
    __table_args__: Any = ({"schema": "desk"},)

    case_id: Mapped[str] = mapped_column(
        Text, ForeignKey("desk.cases.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    platform: Mapped[str | None] = mapped_column(Text)
    url: Mapped[str | None] = mapped_column(Text)
    posted_on: Mapped[date | None] = mapped_column(Date)
    # SHA-256 of an archived copy, hex.
    archived_hash: Mapped[str | None] = mapped_column(Text)
    # False once the platform has removed it; null where nobody has looked.
    still_live: Mapped[bool | None]
