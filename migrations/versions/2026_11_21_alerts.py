"""The intake: sealed alerts that the public role can only add, never read back."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "2026_11_21_alerts"
down_revision: str | None = "2026_11_21_working_copies"
branch_labels: None = None
depends_on: None = None

BYTES, TEXT, MOMENT = sa.LargeBinary, sa.Text, sa.DateTime(timezone=True)

# What the public role may write, column by column: states and decisions are the desk's.
INSERTS = {
    "alerts": "id, received_on, lane, lang, receipt, box",
    "attachments": "id, alert_id, position, kind, box, original",
    "additions": "id, receipt, received_on, kind, box",
    "addition_files": "id, addition_id, position, kind, box, original",
    "outbox": "id, alert_id, made_on, box, confirm",
    "confirmations": "confirm, received_on",
    "idempotency": "key, body, answer",
    "spent": "token, made_on",
}
# The receipt's hash, too: retention puts random bytes in its place.
DESK_UPDATES = "state, changed_on, decided_on, reason, case_id, assignee, flagged, box, receipt"
DESK_SEES = "id, alert_id, made_on, state, sent_at"
MAIL_UPDATES = "state, address, tried, not_before, sent_at"

# One exact hash or nothing. Who holds a receipt learns of his own alert only.
STATE_OF = """
CREATE FUNCTION intake.state_of(asked bytea)
RETURNS TABLE (state text, changed_on date, reason text, case_id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT a.state, a.changed_on, a.reason, CASE WHEN a.state = 'published' THEN a.case_id END
      FROM intake.alerts a WHERE a.receipt = asked $$
"""
# What a repeated key was answered; the answer opens only with the client's own key.
ANSWER_TO = """
CREATE FUNCTION intake.answer_to(asked bytea, sent bytea)
RETURNS TABLE (same boolean, answer bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT i.body = sent, CASE WHEN i.body = sent THEN i.answer END
      FROM intake.idempotency i WHERE i.key = asked $$
"""
# A withdrawal takes effect in its own transaction, whoever else is at work or asleep.
TAKE_ADDITION = """
CREATE FUNCTION intake.take_addition() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM FROM intake.alerts a
        WHERE a.receipt = NEW.receipt AND a.state <> 'withdrawn' FOR UPDATE;
    IF NOT FOUND THEN
        DELETE FROM intake.additions d WHERE d.id = NEW.id;
    ELSIF NEW.kind = 'withdrawal' THEN
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
TAKE_CONFIRMATION = """
CREATE FUNCTION intake.take_confirmation() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    UPDATE intake.alerts a SET confirmed = true
        FROM intake.outbox o WHERE o.alert_id = a.id AND o.confirm = NEW.confirm;
    IF NOT FOUND THEN
        DELETE FROM intake.confirmations c WHERE c.confirm = NEW.confirm;
    END IF;
    RETURN NULL;
END $$
"""


def upgrade() -> None:
    op.execute("CREATE SCHEMA intake")
    op.execute("GRANT USAGE ON SCHEMA intake TO qiuzhu_public, qiuzhu_desk, qiuzhu_mail")
    _tables()
    for function in (STATE_OF, ANSWER_TO, TAKE_ADDITION, TAKE_CONFIRMATION):
        op.execute(function)
    op.execute(
        "CREATE TRIGGER taken AFTER INSERT ON intake.additions"
        " FOR EACH ROW EXECUTE FUNCTION intake.take_addition()"
    )
    op.execute(
        "CREATE TRIGGER taken AFTER INSERT ON intake.confirmations"
        " FOR EACH ROW EXECUTE FUNCTION intake.take_confirmation()"
    )
    # A function belongs to everybody until it is taken away.
    op.execute("REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA intake FROM PUBLIC")
    for function in ("state_of(bytea)", "answer_to(bytea, bytea)"):
        op.execute(f"GRANT EXECUTE ON FUNCTION intake.{function} TO qiuzhu_public")
    for table, columns in INSERTS.items():
        op.execute(f"GRANT INSERT ({columns}) ON intake.{table} TO qiuzhu_public")
    op.execute(
        "GRANT SELECT, DELETE ON intake.alerts, intake.attachments, intake.additions,"
        " intake.addition_files, intake.confirmations, intake.idempotency, intake.spent"
        " TO qiuzhu_desk"
    )
    op.execute(f"GRANT UPDATE ({DESK_UPDATES}) ON intake.alerts TO qiuzhu_desk")
    # The desk tidies up what was sent; the addresses in it are sealed to the mail worker.
    op.execute(
        "GRANT SELECT (id, alert_id, made_on, state, sent_at) ON intake.outbox TO qiuzhu_desk"
    )
    op.execute("GRANT DELETE ON intake.outbox TO qiuzhu_desk")
    op.execute("GRANT SELECT, DELETE ON intake.outbox TO qiuzhu_mail")
    op.execute(f"GRANT UPDATE ({MAIL_UPDATES}) ON intake.outbox TO qiuzhu_mail")


def _tables() -> None:
    def column(name: str, kind: Any, *, nullable: bool = False, **options: Any) -> sa.Column[Any]:
        return sa.Column(name, kind, nullable=nullable, **options)

    def owned(name: str, table: str) -> sa.Column[Any]:
        reference = sa.ForeignKey(f"intake.{table}.id", ondelete="CASCADE")
        return sa.Column(name, TEXT, reference, nullable=False)

    op.create_table(
        "alerts",
        column("id", TEXT, primary_key=True),
        column("received_on", sa.Date),
        column("lane", TEXT),
        column("lang", TEXT),
        column("receipt", BYTES, unique=True),
        column("box", BYTES, nullable=True),
        column("state", TEXT, server_default="received"),
        column("changed_on", sa.Date, nullable=True),
        column("decided_on", sa.Date, nullable=True),
        column("reason", TEXT, nullable=True),
        column("case_id", TEXT, nullable=True),
        column("assignee", TEXT, nullable=True),
        column("flagged", sa.Boolean, server_default=sa.false()),
        column("confirmed", sa.Boolean, server_default=sa.false()),
        schema="intake",
    )
    op.create_index("ix_intake_alerts_state", "alerts", ["state", "lane"], schema="intake")
    for table, owner, parent in (
        ("attachments", "alert_id", "alerts"),
        ("addition_files", "addition_id", "additions"),
    ):
        if parent == "additions":
            op.create_table(
                "additions",
                column("id", TEXT, primary_key=True),
                column("receipt", BYTES),
                column("received_on", sa.Date),
                column("kind", TEXT),
                column("box", BYTES, nullable=True),
                schema="intake",
            )
            op.create_index(
                "ix_intake_additions_receipt", "additions", ["receipt"], schema="intake"
            )
        op.create_table(
            table,
            column("id", TEXT, primary_key=True),
            owned(owner, parent),
            column("position", sa.SmallInteger),
            column("kind", TEXT),
            column("box", BYTES),
            column("original", BYTES, nullable=True),
            schema="intake",
        )
        op.create_index(f"ix_intake_{table}_{owner}", table, [owner], schema="intake")
    op.create_table(
        "outbox",
        column("id", TEXT, primary_key=True),
        owned("alert_id", "alerts"),
        column("made_on", sa.Date),
        column("box", BYTES),
        column("confirm", BYTES, unique=True),
        column("state", TEXT, server_default="queued"),
        column("address", BYTES, nullable=True),
        column("tried", sa.SmallInteger, server_default="0"),
        column("not_before", MOMENT, nullable=True),
        column("sent_at", MOMENT, nullable=True),
        schema="intake",
    )
    op.create_index("ix_intake_outbox_alert_id", "outbox", ["alert_id"], schema="intake")
    op.create_index("ix_intake_outbox_state", "outbox", ["state"], schema="intake")
    op.create_table(
        "confirmations",
        column("confirm", BYTES, primary_key=True),
        column("received_on", sa.Date),
        schema="intake",
    )
    op.create_table(
        "idempotency",
        column("key", BYTES, primary_key=True),
        column("body", BYTES),
        column("answer", BYTES),
        column("made_at", MOMENT, server_default=sa.func.now()),
        schema="intake",
    )
    op.create_table(
        "spent",
        column("token", BYTES, primary_key=True),
        column("made_on", sa.Date),
        schema="intake",
    )


def downgrade() -> None:
    op.execute("DROP SCHEMA intake CASCADE")
