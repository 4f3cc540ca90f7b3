"""The gazetteer's rows as the public side reads them; filled by `./qiuzhu places load`."""

from typing import Any

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.models.base import Base


class PlaceRow(Base):
    __tablename__ = "places"
    __table_args__: Any = (
        Index("ix_pub_places_boundary", "boundary", postgresql_using="gist"),
        {"schema": "pub"},
    )

    # GB/T 2260 code as text.
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    parent: Mapped[str | None] = mapped_column(Text, ForeignKey("pub.places.code"))
    level: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    zh: Mapped[str] = mapped_column(Text)
    en: Mapped[str] = mapped_column(Text)
    short_zh: Mapped[str] = mapped_column(Text)
    # The province and the prefecture-zoom unit that a map counts this place under.
    province: Mapped[str] = mapped_column(Text)
    unit: Mapped[str] = mapped_column(Text)
    point: Mapped[WKBElement] = mapped_column(Geometry("POINT", srid=4326, spatial_index=False))
    marker: Mapped[WKBElement] = mapped_column(Geometry("POINT", srid=4326, spatial_index=False))
    boundary: Mapped[WKBElement | None] = mapped_column(
        Geometry("MULTIPOLYGON", srid=4326, spatial_index=False)
    )
    position: Mapped[int] = mapped_column(Integer)
