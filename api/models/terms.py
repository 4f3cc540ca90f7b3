"""The closed vocabularies as the public side reads them; filled by `./qiuzhu terms load`."""

from typing import Any

from sqlalchemy import Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.models.base import Base, Codes


class TermRow(Base):
    __tablename__ = "terms"
    __table_args__: Any = ({"schema": "pub"},)

    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    parent: Mapped[str | None] = mapped_column(Text)
    # The maps on which the term is offered.
    maps: Mapped[Codes]
    zh: Mapped[str] = mapped_column(Text)
    en: Mapped[str] = mapped_column(Text)
    note_zh: Mapped[str] = mapped_column(Text)
    note_en: Mapped[str] = mapped_column(Text)
    # Every string of CLB's exports that means the term.
    clb: Mapped[Codes]
    position: Mapped[int] = mapped_column(Integer)
