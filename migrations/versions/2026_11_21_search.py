"""Keywords: postings of published texts in blocks of changes, in place of the trigram index."""

import sqlalchemy as sa
from alembic import op

revision: str = "2026_11_21_search"
down_revision: str | None = "2026_11_21_desk"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    op.drop_index("ix_pub_cases_search", table_name="cases", schema="pub")
    op.create_table(
        "blocks",
        sa.Column("first", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("edition", sa.Integer(), server_default="0", nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("first <= last AND last - first < 65536", name=op.f("ck_blocks_span")),
        sa.PrimaryKeyConstraint("first", name=op.f("pk_blocks")),
        schema="pub",
    )
    op.create_table(
        "postings",
        sa.Column("block", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("token", sa.Text(collation="C"), nullable=False),
        sa.Column("cases", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("block", "token", name=op.f("pk_postings")),
        schema="pub",
    )
    # Bitmaps are small already; to try would take longer than to write them.
    op.execute("ALTER TABLE pub.postings ALTER cases SET STORAGE EXTERNAL")
    op.create_table(
        "replaced",
        sa.Column("change", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("employer", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("change", name=op.f("pk_replaced")),
        schema="desk",
    )
    op.create_index("ix_desk_replaced_case_id", "replaced", ["case_id"], schema="desk")
    op.execute("GRANT SELECT ON pub.blocks, pub.postings TO qiuzhu_public, qiuzhu_desk")
    op.execute("GRANT INSERT, UPDATE, DELETE ON pub.blocks, pub.postings TO qiuzhu_desk")
    op.execute("GRANT SELECT, INSERT, DELETE ON desk.replaced TO qiuzhu_desk")


def downgrade() -> None:
    op.drop_table("replaced", schema="desk")
    op.drop_table("postings", schema="pub")
    op.drop_table("blocks", schema="pub")
    op.create_index(
        "ix_pub_cases_search",
        "cases",
        ["search"],
        schema="pub",
        postgresql_using="gin",
        postgresql_ops={"search": "gin_trgm_ops"},
    )
