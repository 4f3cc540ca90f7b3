"""The public schema: finished documents, their history, places and terms."""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry

revision: str = "2026_11_21_published"
down_revision: str | None = "2026_11_21_roles"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    op.create_table(
        "archive",
        sa.Column("one", sa.SmallInteger(), server_default="1", nullable=False),
        sa.Column("change", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("vocabulary", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("one = 1", name=op.f("ck_archive_one")),
        sa.PrimaryKeyConstraint("one", name=op.f("pk_archive")),
        schema="pub",
    )
    op.create_table(
        "places",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=True),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("zh", sa.Text(), nullable=False),
        sa.Column("en", sa.Text(), nullable=False),
        sa.Column("short_zh", sa.Text(), nullable=False),
        sa.Column("province", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column(
            "point", Geometry(geometry_type="POINT", srid=4326, spatial_index=False), nullable=False
        ),
        sa.Column(
            "marker",
            Geometry(geometry_type="POINT", srid=4326, spatial_index=False),
            nullable=False,
        ),
        sa.Column(
            "boundary",
            Geometry(geometry_type="MULTIPOLYGON", srid=4326, spatial_index=False),
            nullable=True,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["parent"], ["pub.places.code"], name=op.f("fk_places_parent")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_places")),
        schema="pub",
    )
    op.create_index(
        "ix_pub_places_boundary",
        "places",
        ["boundary"],
        unique=False,
        schema="pub",
        postgresql_using="gist",
    )
    op.create_table(
        "terms",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=True),
        sa.Column("maps", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("zh", sa.Text(), nullable=False),
        sa.Column("en", sa.Text(), nullable=False),
        sa.Column("note_zh", sa.Text(), nullable=False),
        sa.Column("note_en", sa.Text(), nullable=False),
        sa.Column("clb", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "code", name=op.f("pk_terms")),
        schema="pub",
    )
    op.create_table(
        "cases",
        sa.Column("title_zh", sa.Text(), nullable=True),
        sa.Column("title_en", sa.Text(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("change", sa.BigInteger(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("map", sa.Text(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("date_precision", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column(
            "point", Geometry(geometry_type="POINT", srid=4326, spatial_index=False), nullable=True
        ),
        sa.Column("exact", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("industry", sa.Text(), nullable=True),
        sa.Column("issues", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("actions", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("responses", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("platforms", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("ownership", sa.Text(), nullable=True),
        sa.Column("accident_type", sa.Text(), nullable=True),
        sa.Column("company_zh", sa.Text(), nullable=True),
        sa.Column("company_en", sa.Text(), nullable=True),
        sa.Column("participants_low", sa.Integer(), nullable=True),
        sa.Column("participants_high", sa.Integer(), nullable=True),
        sa.Column("deaths", sa.Integer(), nullable=True),
        sa.Column("injuries", sa.Integer(), nullable=True),
        sa.Column("amount_owed", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("months_owed", sa.Numeric(precision=6, scale=1), nullable=True),
        sa.Column("replied", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("reply_days", sa.Integer(), nullable=True),
        sa.Column("source_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("has_contact", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("demo", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("search", sa.Text(), server_default="", nullable=False),
        sa.Column("employer", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "date_precision IN ('day', 'month', 'year')", name=op.f("ck_cases_date_precision")
        ),
        sa.CheckConstraint("id ~ '^[0-9A-F][0-9A-HJKMNP-TV-Z]{12}$'", name=op.f("ck_cases_id")),
        sa.CheckConstraint("map IN ('calls', 'strikes', 'accidents')", name=op.f("ck_cases_map")),
        sa.ForeignKeyConstraint(["place"], ["pub.places.code"], name=op.f("fk_cases_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("change", name=op.f("uq_cases_change")),
        schema="pub",
    )
    op.create_index(
        "ix_pub_cases_actions",
        "cases",
        ["actions"],
        unique=False,
        schema="pub",
        postgresql_using="gin",
    )
    op.create_index("ix_pub_cases_date_id", "cases", ["date", "id"], unique=False, schema="pub")
    op.create_index(
        "ix_pub_cases_demo",
        "cases",
        ["id"],
        unique=False,
        schema="pub",
        postgresql_where=sa.text("demo"),
    )
    op.create_index("ix_pub_cases_industry", "cases", ["industry"], unique=False, schema="pub")
    op.create_index(
        "ix_pub_cases_issues",
        "cases",
        ["issues"],
        unique=False,
        schema="pub",
        postgresql_using="gin",
    )
    op.create_index(
        "ix_pub_cases_map_date_id", "cases", ["map", "date", "id"], unique=False, schema="pub"
    )
    op.create_index("ix_pub_cases_place", "cases", ["place"], unique=False, schema="pub")
    op.create_index(
        "ix_pub_cases_point",
        "cases",
        ["point"],
        unique=False,
        schema="pub",
        postgresql_using="gist",
    )
    op.create_index(
        "ix_pub_cases_published_on_id", "cases", ["published_on", "id"], unique=False, schema="pub"
    )
    op.create_index(
        "ix_pub_cases_search",
        "cases",
        ["search"],
        unique=False,
        schema="pub",
        postgresql_using="gin",
        postgresql_ops={"search": "gin_trgm_ops"},
    )
    op.create_table(
        "revisions",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("change", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("fields", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("reason_zh", sa.Text(), nullable=True),
        sa.Column("reason_en", sa.Text(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('published', 'changed', 'withdrawn', 'merged')",
            name=op.f("ck_revisions_kind"),
        ),
        sa.PrimaryKeyConstraint("case_id", "revision", name=op.f("pk_revisions")),
        sa.UniqueConstraint("change", name=op.f("uq_revisions_change")),
        schema="pub",
    )
    op.create_table(
        "withdrawn",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("merged_into", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withdrawn")),
        schema="pub",
    )
    op.execute("INSERT INTO pub.archive DEFAULT VALUES")
    op.execute("GRANT SELECT ON ALL TABLES IN SCHEMA pub TO qiuzhu_public, qiuzhu_desk")
    # Imports and staff publish; places and terms are loaded by the owner.
    op.execute(
        "GRANT INSERT, UPDATE, DELETE ON pub.cases, pub.revisions, pub.withdrawn TO qiuzhu_desk"
    )
    op.execute("GRANT UPDATE ON pub.archive TO qiuzhu_desk")


def downgrade() -> None:
    for table in ("withdrawn", "revisions", "cases", "terms", "places", "archive"):
        op.drop_table(table, schema="pub")
