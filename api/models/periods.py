"""How long things are kept where two people have decided otherwise than the settings say."""

from typing import Any

from sqlalchemy import CheckConstraint, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.models.base import Base


class DecidedPeriod(Base):
    """One duration; public, because the privacy page says it."""

    __tablename__ = "periods"
    __table_args__: Any = (CheckConstraint("length > 0", name="length"), {"schema": "pub"})

    # A name of api/alerts/periods.py, rejected_days for example.
    name: Mapped[str] = mapped_column(Text, primary_key=True)
    length: Mapped[int] = mapped_column(Integer)
