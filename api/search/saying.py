"""A word in a text, as SQL asks for it."""

from sqlalchemy import ColumnElement, Table, func
from sqlalchemy.orm import InstrumentedAttribute


def says(text: InstrumentedAttribute[str], word: str) -> ColumnElement[bool]:
    """Whether the word, folded like the column, occurs in the text.

    Only LIKE is answered by an index; where texts are read one by one, it takes twice as long as
    what looks for the word alone.
    """
    column = text.property.columns[0]
    assert isinstance(column.table, Table)
    if any(column.name in index.columns for index in column.table.indexes):
        return text.like(f"%{_escaped(word)}%", escape="\\")
    return func.strpos(text, word) > 0


def _escaped(word: str) -> str:
    """`%` and `_` are ordinary characters to a reader."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
