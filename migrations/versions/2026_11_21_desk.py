"""The desk: accounts, contacts, what waits, what takes two people, and how cases are compared."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "2026_11_21_desk"
down_revision: str | None = "2026_11_21_alerts"
branch_labels: None = None
depends_on: None = None

TEXT, DATE, BYTES, INT = sa.Text, sa.Date, sa.LargeBinary, sa.Integer
MOMENT = sa.DateTime(timezone=True)
NEW_COLUMNS = ("edit", "published_edit", "from_alert", "shown", "allowed", "sketch")
OLD_INDEX, NEW_INDEXES = (
    "ix_desk_cases_state",
    {
        "ix_desk_cases_date_id": ["date", "id"],
        "ix_desk_cases_place_date": ["place", "date"],
    },
)
GIN = {"ix_desk_cases_sketch": "sketch", "ix_desk_cases_stated": "stated"}
QUEUE = "ix_intake_alerts_state"
TABLES = (
    "inquiries", "mappings", "batches", "waiting", "contact_views", "contacts", "requests",
    "tokens", "devices", "sessions", "staff",
)  # fmt: skip
# Beside SELECT and INSERT, which the desk has on all of them.
FURTHER = {
    "inquiries": "UPDATE",
    "mappings": "UPDATE",
    "waiting": "UPDATE, DELETE",
    "contact_views": "UPDATE",
    "contacts": "UPDATE, DELETE",
    "requests": "UPDATE (state, decided_by, decided_on)",
    "tokens": "DELETE",
    "devices": "DELETE",
    "sessions": "UPDATE, DELETE",
    "staff": "UPDATE",
}
# As in 2026_11_21_alerts.py, and `further` that goes at the same moment.
TAKE_ADDITION = """
CREATE OR REPLACE FUNCTION intake.take_addition() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM FROM intake.alerts a
        WHERE a.receipt = NEW.receipt AND a.state <> 'withdrawn' FOR UPDATE;
    IF NOT FOUND THEN
        DELETE FROM intake.additions d WHERE d.id = NEW.id;
    ELSIF NEW.kind = 'withdrawal' THEN
        :further
        DELETE FROM intake.outbox o USING intake.alerts a
            WHERE o.alert_id = a.id AND a.receipt = NEW.receipt;
        DELETE FROM intake.attachments f USING intake.alerts a
            WHERE f.alert_id = a.id AND a.receipt = NEW.receipt;
        DELETE FROM intake.additions d WHERE d.receipt = NEW.receipt;
        UPDATE intake.alerts a SET box = NULL, state = 'withdrawn',
            changed_on = NEW.received_on, decided_on = NEW.received_on
            WHERE a.receipt = NEW.receipt;
    END IF;
    RETURN NULL;
END $$
"""
# What the desk made of it: how to reach the sender, and a case that has not become public yet.
WITHDRAWN_TOO = """
        DELETE FROM desk.contacts c USING intake.alerts a
            WHERE a.receipt = NEW.receipt
            AND (c.alert_id = a.id OR c.alert_id IS NULL AND c.case_id = a.case_id);
        DELETE FROM desk.waiting w USING intake.alerts a
            WHERE a.receipt = NEW.receipt AND w.case_id = a.case_id;
"""


def column(name: str, kind: Any, **how: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=how.pop("nullable", False), **how)


def reference(
    table: str, name: str, to: str, *, nullable: bool = False, primary: bool = False
) -> Any:
    key = sa.ForeignKey(f"desk.{to}.id", name=op.f(f"fk_{table}_{name}"), ondelete="CASCADE")
    return sa.Column(name, TEXT, key, nullable=nullable, primary_key=primary)


def check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def flag(name: str, default: str = "false") -> sa.Column[Any]:
    return column(name, sa.Boolean, server_default=sa.text(default))


def codes(name: str) -> sa.Column[Any]:
    return column(name, sa.ARRAY(TEXT), server_default="{}")


def upgrade() -> None:
    _cases()
    _accounts()
    _work()
    op.create_table(
        "periods",
        column("name", TEXT, primary_key=True),
        column("length", INT),
        check("periods", "length", "length > 0"),
        schema="pub",
    )
    op.execute("GRANT SELECT ON pub.periods TO qiuzhu_public")
    op.execute("GRANT SELECT, INSERT, UPDATE ON pub.periods TO qiuzhu_desk")
    for table in TABLES:
        op.execute(f"GRANT SELECT, INSERT ON desk.{table} TO qiuzhu_desk")
    op.execute(TAKE_ADDITION.replace(":further", WITHDRAWN_TOO))
    op.drop_index(QUEUE, table_name="alerts", schema="intake")
    op.create_index(
        QUEUE,
        "alerts",
        ["state", "lane", "received_on", "id"],
        schema="intake",
        postgresql_include=["assignee", "flagged"],
    )
    op.create_index(
        "ix_desk_replies_promise_due_on",
        "replies",
        ["promise_due_on"],
        schema="desk",
        postgresql_where=sa.text("promise_due_on IS NOT NULL"),
    )
    for table, rights in FURTHER.items():
        op.execute(f"GRANT {rights} ON desk.{table} TO qiuzhu_desk")


def _cases() -> None:
    op.add_column("cases", column("edit", INT, server_default="0"), schema="desk")
    op.add_column("cases", column("published_edit", INT, server_default="0"), schema="desk")
    op.add_column("cases", flag("from_alert"), schema="desk")
    op.add_column("cases", column("shown", TEXT, server_default="county"), schema="desk")
    op.add_column("cases", column("allowed", TEXT, nullable=True), schema="desk")
    op.add_column(
        "cases", column("sketch", sa.ARRAY(sa.BigInteger), server_default="{}"), schema="desk"
    )
    op.create_check_constraint(
        op.f("ck_cases_shown"), "cases", "shown IN ('prefecture', 'county', 'exact')", schema="desk"
    )
    op.create_check_constraint(
        op.f("ck_cases_allowed"),
        "cases",
        "allowed = 'exact' OR shown = 'prefecture' OR allowed = shown",
        schema="desk",
    )
    # Where an exact point was allowed, it stays allowed.
    op.execute("UPDATE desk.cases SET shown = 'exact' WHERE exact")
    op.drop_index(OLD_INDEX, table_name="cases", schema="desk")
    op.create_index(OLD_INDEX, "cases", ["state", "date", "id"], schema="desk")
    for name, columns in NEW_INDEXES.items():
        op.create_index(name, "cases", columns, schema="desk")
    for name, indexed in GIN.items():
        op.create_index(name, "cases", [indexed], schema="desk", postgresql_using="gin")
    op.create_index(
        "ix_desk_cases_search",
        "cases",
        ["search"],
        schema="desk",
        postgresql_using="gin",
        postgresql_ops={"search": "gin_trgm_ops"},
    )


def _accounts() -> None:
    op.create_table(
        "staff",
        column("id", TEXT, primary_key=True),
        column("name", TEXT, unique=True),
        column("role", TEXT),
        column("password", TEXT),
        column("totp", BYTES),
        column("totp_step", sa.BigInteger, server_default="0"),
        column("made_on", DATE),
        flag("fresh", "true"),
        flag("disabled"),
        flag("locked"),
        check("staff", "role", "role IN ('viewer', 'moderator', 'publisher', 'admin')"),
        schema="desk",
    )
    op.create_table(
        "sessions",
        column("hash", BYTES, primary_key=True),
        reference("sessions", "staff_id", "staff"),
        column("made_at", MOMENT),
        column("seen_at", MOMENT),
        schema="desk",
    )
    op.create_table(
        "devices",
        column("hash", BYTES, primary_key=True),
        reference("devices", "staff_id", "staff"),
        column("made_on", DATE),
        schema="desk",
    )
    op.create_table(
        "tokens",
        column("hash", BYTES, primary_key=True),
        column("id", TEXT, unique=True),
        reference("tokens", "staff_id", "staff"),
        column("label", TEXT),
        codes("scopes"),
        column("made_on", DATE),
        column("expires_on", DATE),
        schema="desk",
    )
    for table in ("sessions", "devices", "tokens"):
        op.create_index(f"ix_desk_{table}_staff_id", table, ["staff_id"], schema="desk")
    op.create_table(
        "requests",
        column("id", TEXT, primary_key=True),
        column("kind", TEXT),
        column("subject", TEXT),
        column("asked", postgresql.JSONB(astext_type=TEXT()), server_default="{}"),
        reference("requests", "asked_by", "staff"),
        column("asked_on", DATE),
        column("state", TEXT, server_default="open"),
        reference("requests", "decided_by", "staff", nullable=True),
        column("decided_on", DATE, nullable=True),
        check("requests", "kind", "kind IN ('contact', 'export', 'retention')"),
        check("requests", "state", "state IN ('open', 'approved', 'refused')"),
        check("requests", "two_people", "decided_by <> asked_by"),
        check("requests", "decided", "(state = 'open') = (decided_by IS NULL)"),
        check("requests", "decided_on", "(decided_by IS NULL) = (decided_on IS NULL)"),
        schema="desk",
    )
    op.create_index("ix_desk_requests_state", "requests", ["state", "kind"], schema="desk")
    op.create_index("ix_desk_requests_subject", "requests", ["subject"], schema="desk")
    op.create_index(
        "ix_desk_requests_open_contact",
        "requests",
        ["subject"],
        unique=True,
        schema="desk",
        postgresql_where=sa.text("kind = 'contact' AND state = 'open'"),
    )


def _work() -> None:
    op.create_table(
        "contacts",
        column("id", TEXT, primary_key=True),
        reference("contacts", "case_id", "cases"),
        column("alert_id", TEXT, nullable=True),
        column("position", INT),
        column("channel", TEXT),
        column("box", BYTES),
        column("consent", TEXT, server_default="none"),
        column("public_value", TEXT, nullable=True),
        check("contacts", "consent", "consent IN ('none', 'helpers', 'public')"),
        check("contacts", "public", "public_value IS NULL OR consent = 'public'"),
        schema="desk",
    )
    op.create_index("ix_desk_contacts_case_id", "contacts", ["case_id"], schema="desk")
    op.create_index("ix_desk_contacts_alert_id", "contacts", ["alert_id"], schema="desk")
    op.create_table(
        "contact_views",
        reference("contact_views", "staff_id", "staff", primary=True),
        column("day", DATE, primary_key=True),
        column("count", INT, server_default="0"),
        schema="desk",
    )
    op.create_table(
        "waiting",
        reference("waiting", "case_id", "cases", primary=True),
        column("actor", TEXT),
        column("reason_zh", TEXT, nullable=True),
        column("reason_en", TEXT, nullable=True),
        schema="desk",
    )
    op.create_table(
        "batches",
        column("day", DATE, primary_key=True),
        column("slot", sa.SmallInteger, primary_key=True),
        check("batches", "slot", "slot BETWEEN 0 AND 3"),
        schema="desk",
    )
    op.create_table(
        "mappings",
        column("kind", TEXT, primary_key=True),
        column("stated", TEXT, primary_key=True),
        column("code", TEXT),
        column("made_by", TEXT),
        column("made_on", DATE),
        schema="desk",
    )
    op.create_table(
        "inquiries",
        reference("inquiries", "case_id", "cases", primary=True),
        column("days", INT, primary_key=True, autoincrement=False),
        column("done_on", DATE),
        column("outcome", TEXT),
        check("inquiries", "days", "days IN (30, 90)"),
        schema="desk",
    )


def downgrade() -> None:
    op.drop_index("ix_desk_replies_promise_due_on", table_name="replies", schema="desk")
    op.drop_index(QUEUE, table_name="alerts", schema="intake")
    op.create_index(QUEUE, "alerts", ["state", "lane"], schema="intake")
    op.execute(TAKE_ADDITION.replace(":further", ""))
    op.drop_table("periods", schema="pub")
    for table in TABLES:
        op.drop_table(table, schema="desk")
    for name in (*NEW_INDEXES, *GIN, "ix_desk_cases_search", OLD_INDEX):
        op.drop_index(name, table_name="cases", schema="desk")
    op.drop_constraint(op.f("ck_cases_allowed"), "cases", schema="desk", type_="check")
    op.drop_constraint(op.f("ck_cases_shown"), "cases", schema="desk", type_="check")
    for name in NEW_COLUMNS:
        op.drop_column("cases", name, schema="desk")
    op.create_index(OLD_INDEX, "cases", ["state"], schema="desk")
