"""Blocks hold phrases: those that are there are made anew, by whoever makes blocks.

Until then PostgreSQL looks through the texts for keywords.
"""

from alembic import op

revision: str = "2026_11_22_phrases"
down_revision: str | None = "2026_11_22_alerts_of_cases"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    _empty()


def downgrade() -> None:
    _empty()


def _empty() -> None:
    # What was replaced is kept for what is in blocks.
    op.execute("TRUNCATE pub.blocks, pub.postings, desk.replaced")
