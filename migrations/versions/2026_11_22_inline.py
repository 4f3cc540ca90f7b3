"""What lists show and what is searched lies in a case's own row, and the document beside it.

A keyword of several characters is looked for in the texts themselves. Where these lie apart, each
is fetched piece by piece, which takes five times as long. Rows that are there already move when
they are published anew, or at once by VACUUM FULL.
"""

from alembic import op

revision: str = "2026_11_22_inline"
down_revision: str | None = "2026_11_21_search"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    _store("MAIN")


def downgrade() -> None:
    _store("EXTENDED")


def _store(how: str) -> None:
    op.execute(
        f"ALTER TABLE pub.cases ALTER search SET STORAGE {how}, ALTER summary SET STORAGE {how}"
    )
