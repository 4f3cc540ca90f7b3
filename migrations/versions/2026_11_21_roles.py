"""Schemas, and the roles that hold every grant: public, desk and mail."""

from alembic import op

revision: str = "2026_11_21_roles"
down_revision: str | None = None
branch_labels: None = None
depends_on: None = None

ROLES = ("qiuzhu_public", "qiuzhu_desk", "qiuzhu_mail")


def upgrade() -> None:
    # Roles belong to the whole server: another database of it may have made them already.
    for role in ROLES:
        op.execute(
            f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') "
            f"THEN CREATE ROLE {role} NOLOGIN; END IF; END $$"
        )
    op.execute("CREATE EXTENSION IF NOT EXISTS postgis")
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    op.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    # Runs with its maker's rights and tells the extent of any table from its statistics. Where
    # somebody else made the extension, only he can take it away.
    op.execute(
        "DO $$ DECLARE each regprocedure; BEGIN"
        " FOR each IN SELECT oid FROM pg_proc WHERE proname = 'st_estimatedextent' LOOP"
        " EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', each); END LOOP;"
        " EXCEPTION WHEN insufficient_privilege THEN NULL; END $$"
    )
    # CONNECT and TEMPORARY belong to everybody until they are taken away.
    op.execute(
        "DO $$ BEGIN "
        "EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database()); "
        "EXECUTE format('GRANT CONNECT ON DATABASE %I TO qiuzhu_public, qiuzhu_desk, qiuzhu_mail',"
        " current_database()); END $$"
    )
    op.execute("CREATE SCHEMA pub")
    op.execute("CREATE SCHEMA desk")
    op.execute("GRANT USAGE ON SCHEMA pub TO qiuzhu_public, qiuzhu_desk")
    op.execute("GRANT USAGE ON SCHEMA desk TO qiuzhu_desk")


def downgrade() -> None:
    # Roles and extensions stay: other databases of the server may use them.
    op.execute("DROP SCHEMA desk")
    op.execute("DROP SCHEMA pub")
