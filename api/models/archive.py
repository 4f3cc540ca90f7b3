"""One row about the archive as a whole: its change number and the digest of its vocabulary."""

from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, SmallInteger, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.models.base import Base


class Archive(Base):
    """Updating this row is the lock under which change numbers are given out.

    The lock is held to the end of the transaction, so commit order is number order and there
    are no gaps.
    """

    __tablename__ = "archive"
    __table_args__: Any = (CheckConstraint("one = 1", name="one"), {"schema": "pub"})

    one: Mapped[int] = mapped_column(SmallInteger, primary_key=True, server_default="1")
    change: Mapped[int] = mapped_column(BigInteger, server_default="0")
    # Digest of places and terms; a process that holds another one reads them again.
    vocabulary: Mapped[str] = mapped_column(Text, server_default="")
