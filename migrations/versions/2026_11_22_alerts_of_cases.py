"""Alerts by the case that was made of them: each publication asks whether one still stands."""

from alembic import op

revision: str = "2026_11_22_alerts_of_cases"
down_revision: str | None = "2026_11_22_inline"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    op.create_index(
        "ix_intake_alerts_case_id",
        "alerts",
        ["case_id"],
        schema="intake",
        postgresql_where="case_id IS NOT NULL",
    )


def downgrade() -> None:
    op.drop_index("ix_intake_alerts_case_id", table_name="alerts", schema="intake")
