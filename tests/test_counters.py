"""Nothing that the public or the mail role can ask tells how many alerts came in (S4)."""

from datetime import date

import asyncpg
import pytest
from sqlalchemy import insert

from api.cluster import Cluster
from api.db import writing
from api.ids import new_id
from api.models import Alert
from tests.archives import copied

COUNTING = (
    "SELECT pg_relation_size('intake.alerts')",
    "SELECT pg_total_relation_size('intake.alerts')",
    "SELECT pg_table_size('intake.alerts')",
    "SELECT pg_indexes_size('intake.alerts')",
    "SELECT pg_database_size(current_database())",
    "SELECT reltuples FROM pg_class",
    "SELECT relpages FROM pg_class",
    "TABLE pg_class",
    "SELECT n_tup_ins FROM pg_stat_all_tables WHERE relname = 'alerts'",
    "SELECT * FROM pg_stat_user_tables",
    "SELECT * FROM pg_statio_all_tables",
    "SELECT * FROM pg_stat_user_indexes",
    "SELECT * FROM pg_stat_database",
    "SELECT * FROM pg_stat_wal",
    "SELECT * FROM pg_stat_activity",
    "SELECT * FROM pg_stat_bgwriter",
    "SELECT * FROM pg_locks",
    "SELECT pg_stat_get_tuples_inserted('intake.alerts'::regclass)",
    "SELECT pg_current_wal_lsn()",
    "SELECT pg_current_wal_insert_lsn()",
    "SELECT pg_current_xact_id()",
    "SELECT pg_current_snapshot()",
    "SELECT txid_current()",
    "SELECT txid_current_snapshot()",
    "SELECT pg_snapshot_xmax(pg_current_snapshot())",
    "SELECT age('3'::xid)",
    "SELECT last_value FROM pg_sequences, intake.alerts",
    "SELECT count(*) FROM intake.alerts",
    "SELECT max(ctid) FROM intake.alerts",
    "INSERT INTO intake.spent (token, made_on) VALUES ('x', '2026-11-21') RETURNING token",
)


@pytest.mark.parametrize("role", ["public", "mail"])
async def test_nothing_counts(cluster: Cluster, empty_template: str, role: str) -> None:
    async with copied(cluster, empty_template) as addresses:
        async with writing(addresses.owner) as session:
            await session.execute(insert(Alert), [_alert() for _ in range(100)])
        connection = await asyncpg.connect(getattr(addresses, role))
        try:
            for statement in COUNTING:
                with pytest.raises(asyncpg.InsufficientPrivilegeError):
                    await connection.execute(statement)
            # What drivers and people look up by name is still there.
            found = await connection.fetchval(
                "SELECT relkind FROM pg_class WHERE oid = 'intake.alerts'::regclass"
            )
            assert found == b"r"
        finally:
            await connection.close()


def _alert() -> dict[str, object]:
    return {
        "id": new_id(),
        "received_on": date(2026, 11, 21),
        "lane": "plain",
        "lang": "zh",
        "receipt": new_id().encode(),
        "box": b"",
    }
