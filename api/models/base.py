"""The declarative base: naming rules and the column types that several tables share."""

from typing import Annotated

from sqlalchemy import MetaData, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import DeclarativeBase, mapped_column

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)


Codes = Annotated[list[str], mapped_column(ARRAY(Text), nullable=False, server_default="{}")]
CaseId = Annotated[str, mapped_column(Text, primary_key=True)]
