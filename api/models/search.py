"""What keywords are looked up in: blocks of changes, and for each token the cases that have it."""

from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index, Integer, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.models.base import Base


class Block(Base):
    """Changes `first` to `last`: the cases that they published are in the postings of this block.

    Blocks follow one another without gaps; what lies behind the last one is in none yet.
    """

    __tablename__ = "blocks"
    __table_args__: Any = (
        CheckConstraint("first <= last AND last - first < 65536", name="span"),
        {"schema": "pub"},
    )

    first: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(BigInteger)
    # Counts how often something was taken out; whoever remembers the block reads it again.
    edition: Mapped[int] = mapped_column(Integer, server_default="0")
    # The words and phrases among its tokens, one a line, in order; zlib.
    words: Mapped[bytes] = mapped_column(LargeBinary)


class Posting(Base):
    """The cases of one block in whose text a token occurs."""

    __tablename__ = "postings"
    __table_args__: Any = ({"schema": "pub"},)

    # The first change of the block.
    block: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    token: Mapped[str] = mapped_column(Text(collation="C"), primary_key=True)
    # A serialised roaring bitmap of change - first.
    cases: Mapped[bytes] = mapped_column(LargeBinary)


class Replaced(Base):
    """The text of a change that a later one replaced while it was in a block.

    By it, its bits are found when the case is withdrawn or its history is taken back.
    """

    __tablename__ = "replaced"
    __table_args__: Any = (Index("ix_desk_replaced_case_id", "case_id"), {"schema": "desk"})

    change: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    case_id: Mapped[str] = mapped_column(Text)
    search: Mapped[str] = mapped_column(Text)
    employer: Mapped[str] = mapped_column(Text)
