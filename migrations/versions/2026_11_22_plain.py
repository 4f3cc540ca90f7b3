"""Lists of codes in a case's row are never packed.

Texts fill the row, so PostgreSQL packed whatever else it might; unpacking took most of the time in
which a process reads its index. Rows that are there already change when they are published anew,
or at once by VACUUM FULL.
"""

from alembic import op

revision: str = "2026_11_22_plain"
down_revision: str | None = "2026_11_22_phrases"
branch_labels: None = None
depends_on: None = None

_LISTS = ("issues", "actions", "responses", "platforms")


def upgrade() -> None:
    _store("PLAIN")


def downgrade() -> None:
    _store("EXTENDED")


def _store(how: str) -> None:
    alter = ", ".join(f"ALTER {name} SET STORAGE {how}" for name in _LISTS)
    op.execute(f"ALTER TABLE pub.cases {alter}")
