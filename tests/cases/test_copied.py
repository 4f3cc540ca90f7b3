"""COPY's binary format read against what PostgreSQL itself sends."""

from datetime import date

import asyncpg

from api.cases.copied import Fields, day, integer, rows, text, truth
from api.cluster.roles import Addresses

SELECTED = """
    SELECT * FROM (VALUES
        ('工资', 0::bigint, date '2000-01-01', true),
        ('', -1, date '1949-10-01', false),
        (NULL, 9223372036854775807, date '2026-11-22', true),
        (E'\\\\N \\t \\n " \\\\', 257, date '9999-12-31', false)
    ) AS said
"""


async def test_rows_are_what_postgresql_sent(archive: Addresses) -> None:
    database = await asyncpg.connect(archive.public)
    expected = [tuple(row) for row in await database.fetch(SELECTED)]
    read: list[Fields] = []

    async def take(data: bytes) -> None:
        read.extend(rows(data))

    for many, wanted in ((SELECTED, expected), (f"{SELECTED} WHERE false", [])):
        read.clear()
        await database.copy_from_query(many, output=take, format="binary")
        assert [(text(a), integer(b), day(c), truth(d)) for a, b, c, d in read] == wanted
    # More than one message, each of them whole.
    read.clear()
    many = "SELECT n, repeat('工', 3000) FROM generate_series(1, 2000) AS n"
    await database.copy_from_query(many, output=take, format="binary")
    assert [integer(number) for number, _ in read] == list(range(1, 2001))
    assert {text(words) for _, words in read} == {"工" * 3000}
    await database.close()


def test_days_and_integers_have_a_sign() -> None:
    assert day((-1).to_bytes(4, "big", signed=True)) == date(1999, 12, 31)
    assert integer(b"\xff\xff") == -1
