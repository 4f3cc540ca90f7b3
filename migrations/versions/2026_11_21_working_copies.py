"""The desk's schema: working copies, what imports know, and the audit trail."""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

revision: str = "2026_11_21_working_copies"
down_revision: str | None = "2026_11_21_published"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    op.create_table(
        "cases",
        sa.Column("state", sa.Text(), server_default="draft", nullable=False),
        sa.Column("title_zh", sa.Text(), nullable=True),
        sa.Column("title_en", sa.Text(), nullable=True),
        sa.Column("text_zh", sa.Text(), nullable=True),
        sa.Column("text_en", sa.Text(), nullable=True),
        sa.Column("period_from", sa.Date(), nullable=True),
        sa.Column("period_until", sa.Date(), nullable=True),
        sa.Column("participants_stated", sa.Text(), nullable=True),
        sa.Column(
            "stated", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False
        ),
        sa.Column("flags", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("revision", sa.Integer(), server_default="0", nullable=False),
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
        sa.CheckConstraint(
            "state IN ('draft', 'published', 'withdrawn')", name=op.f("ck_cases_state")
        ),
        sa.ForeignKeyConstraint(["place"], ["pub.places.code"], name=op.f("fk_cases_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        schema="desk",
    )
    op.create_index("ix_desk_cases_state", "cases", ["state"], unique=False, schema="desk")
    op.create_table(
        "sources",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column("archived_hash", sa.Text(), nullable=True),
        sa.Column("still_live", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["desk.cases.id"], name=op.f("fk_sources_case_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("case_id", "position", name=op.f("pk_sources")),
        schema="desk",
    )
    op.create_table(
        "replies",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("office_zh", sa.Text(), nullable=True),
        sa.Column("office_en", sa.Text(), nullable=True),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("replied_on", sa.Date(), nullable=True),
        sa.Column("text_zh", sa.Text(), nullable=True),
        sa.Column("text_en", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("promise_due_on", sa.Date(), nullable=True),
        sa.Column("outcome_zh", sa.Text(), nullable=True),
        sa.Column("outcome_en", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "status IN ('待回复', '办理中', '已办理')", name=op.f("ck_replies_status")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["desk.cases.id"], name=op.f("fk_replies_case_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("case_id", "position", name=op.f("pk_replies")),
        schema="desk",
    )
    op.create_table(
        "import_rows",
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["desk.cases.id"], name=op.f("fk_import_rows_case_id")
        ),
        sa.PrimaryKeyConstraint("hash", "ordinal", name=op.f("pk_import_rows")),
        schema="desk",
    )
    op.create_index(
        "ix_desk_import_rows_case_id", "import_rows", ["case_id"], unique=False, schema="desk"
    )
    op.create_table(
        "audit",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("fields", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit")),
        schema="desk",
    )
    op.create_index("ix_desk_audit_subject", "audit", ["subject"], unique=False, schema="desk")
    op.execute("GRANT SELECT, INSERT, UPDATE ON desk.cases, desk.import_rows TO qiuzhu_desk")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON desk.sources, desk.replies TO qiuzhu_desk")
    # Append-only: no role of a process may change or remove an entry.
    op.execute("GRANT SELECT, INSERT ON desk.audit TO qiuzhu_desk")


def downgrade() -> None:
    for table in ("audit", "import_rows", "replies", "sources", "cases"):
        op.drop_table(table, schema="desk")
