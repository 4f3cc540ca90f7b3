"""The case: the columns a filter may touch, shared by the desk's copy and the public one."""

from datetime import date
from decimal import Decimal
from typing import Any

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    Numeric,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from api.models.base import Base, CaseId, Codes


class CaseColumns:
    """Every column that a row of FILTERS or a statistic reads.

    Both `desk.cases` and `pub.cases` have exactly these, so one predicate takes either table.
    """

    id: Mapped[CaseId]
    map: Mapped[str] = mapped_column(Text)
    # A Shanghai calendar day; the first day of an imprecise one.
    date: Mapped[date] = mapped_column(Date)
    date_precision: Mapped[str] = mapped_column(Text)
    place: Mapped[str | None] = mapped_column(Text, ForeignKey("pub.places.code"))
    # The place's point unless the person allowed an exact one. WGS 84.
    point: Mapped[WKBElement | None] = mapped_column(
        Geometry("POINT", srid=4326, spatial_index=False)
    )
    exact: Mapped[bool] = mapped_column(server_default=text("false"))
    industry: Mapped[str | None] = mapped_column(Text)
    issues: Mapped[Codes]
    actions: Mapped[Codes]
    responses: Mapped[Codes]
    platforms: Mapped[Codes]
    ownership: Mapped[str | None] = mapped_column(Text)
    accident_type: Mapped[str | None] = mapped_column(Text)
    company_zh: Mapped[str | None] = mapped_column(Text)
    company_en: Mapped[str | None] = mapped_column(Text)
    participants_low: Mapped[int | None] = mapped_column(Integer)
    participants_high: Mapped[int | None] = mapped_column(Integer)
    deaths: Mapped[int | None] = mapped_column(Integer)
    injuries: Mapped[int | None] = mapped_column(Integer)
    # In CNY.
    amount_owed: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    months_owed: Mapped[Decimal | None] = mapped_column(Numeric(6, 1))
    replied: Mapped[bool] = mapped_column(server_default=text("false"))
    # Days from the first message to the first dated reply.
    reply_days: Mapped[int | None] = mapped_column(Integer)
    source_count: Mapped[int] = mapped_column(Integer, server_default="0")
    has_contact: Mapped[bool] = mapped_column(server_default=text("false"))
    # Invented for demonstration, never a real case.
    demo: Mapped[bool] = mapped_column(server_default=text("false"))
    # Folded title, text, company and place names of both languages, one a line.
    search: Mapped[str] = mapped_column(Text, server_default="")
    # Folded company names, one a line.
    employer: Mapped[str] = mapped_column(Text, server_default="")


def _checks() -> tuple[CheckConstraint, ...]:
    return (
        CheckConstraint("map IN ('calls', 'strikes', 'accidents')", name="map"),
        CheckConstraint("date_precision IN ('day', 'month', 'year')", name="date_precision"),
        CheckConstraint("id ~ '^[0-9A-F][0-9A-HJKMNP-TV-Z]{12}$'", name="id"),
    )


class DeskCase(CaseColumns, Base):
    """The working copy that staff and imports write."""

    __tablename__ = "cases"
    __table_args__: Any = (
        *_checks(),
        CheckConstraint("state IN ('draft', 'published', 'withdrawn')", name="state"),
        CheckConstraint("shown IN ('prefecture', 'county', 'exact')", name="shown"),
        CheckConstraint(
            "allowed = 'exact' OR shown = 'prefecture' OR allowed = shown", name="allowed"
        ),
        Index("ix_desk_cases_state", "state", "date", "id"),
        Index("ix_desk_cases_date_id", "date", "id"),
        Index("ix_desk_cases_place_date", "place", "date"),
        Index("ix_desk_cases_sketch", "sketch", postgresql_using="gin"),
        Index("ix_desk_cases_stated", "stated", postgresql_using="gin"),
        Index(
            "ix_desk_cases_search",
            "search",
            postgresql_using="gin",
            postgresql_ops={"search": "gin_trgm_ops"},
        ),
        {"schema": "desk"},
    )

    state: Mapped[str] = mapped_column(Text, server_default="draft")
    title_zh: Mapped[str | None] = mapped_column(Text)
    title_en: Mapped[str | None] = mapped_column(Text)
    text_zh: Mapped[str | None] = mapped_column(Text)
    text_en: Mapped[str | None] = mapped_column(Text)
    period_from: Mapped[date | None] = mapped_column(Date)
    period_until: Mapped[date | None] = mapped_column(Date)
    participants_stated: Mapped[str | None] = mapped_column(Text)
    # Term kind -> the strings of the source that no term matches, verbatim.
    stated: Mapped[dict[str, list[str]]] = mapped_column(JSONB, server_default="{}")
    # What staff should look at: 'repeat' = an exact repeat of another row of its file.
    flags: Mapped[Codes]
    notes: Mapped[str | None] = mapped_column(Text)
    # The last published revision; 0 before the first.
    revision: Mapped[int] = mapped_column(Integer, server_default="0")
    # Counts every saved edit: who saves names the one he began from.
    edit: Mapped[int] = mapped_column(Integer, server_default="0")
    # The edit that is public; a later one waits for its own publication and for nothing else.
    published_edit: Mapped[int] = mapped_column(Integer, server_default="0")
    # It tells what a person sent us, so it is published in batches and its place is coarse.
    from_alert: Mapped[bool] = mapped_column(server_default=text("false"))
    # How exactly its place is shown, and no more exactly than its sender allowed; where nobody had
    # to allow it, that is null.
    shown: Mapped[str] = mapped_column(Text, server_default="county")
    allowed: Mapped[str | None] = mapped_column(Text)
    # The smallest hashes of its text's character n-grams, by which near-duplicates are found.
    sketch: Mapped[list[int]] = mapped_column(
        ARRAY(BigInteger), nullable=False, server_default="{}"
    )


class PublicCase(CaseColumns, Base):
    """The published copy, written only by the publish function."""

    __tablename__ = "cases"
    __table_args__: Any = (
        *_checks(),
        Index("ix_pub_cases_map_date_id", "map", "date", "id"),
        Index("ix_pub_cases_date_id", "date", "id"),
        Index("ix_pub_cases_published_on_id", "published_on", "id"),
        Index("ix_pub_cases_place", "place"),
        Index("ix_pub_cases_industry", "industry"),
        Index("ix_pub_cases_issues", "issues", postgresql_using="gin"),
        Index("ix_pub_cases_actions", "actions", postgresql_using="gin"),
        Index("ix_pub_cases_point", "point", postgresql_using="gist"),
        Index("ix_pub_cases_demo", "id", postgresql_where=text("demo")),
        {"schema": "pub"},
    )

    title_zh: Mapped[str | None] = mapped_column(Text)
    title_en: Mapped[str | None] = mapped_column(Text)
    # Finished JSON text; the document lacks only `cite`, which names the public address.
    summary: Mapped[str] = mapped_column(Text)
    document: Mapped[str] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(Integer)
    change: Mapped[int] = mapped_column(BigInteger, unique=True)
    published_on: Mapped[date] = mapped_column(Date)
