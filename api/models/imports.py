"""Which rows of imported files are known: their identity, never their content."""

from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.models.base import Base


class ImportRow(Base):
    """A row is its content hash and its number among equal rows of one file."""

    __tablename__ = "import_rows"
    __table_args__: Any = (
        Index("ix_desk_import_rows_case_id", "case_id"),
        {"schema": "desk"},
    )

    hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    ordinal: Mapped[int] = mapped_column(Integer, primary_key=True)
    case_id: Mapped[str] = mapped_column(Text, ForeignKey("desk.cases.id"))
