"""Sketches for cases that were written before there were any."""

import asyncio

import orjson
from sqlalchemy import ARRAY, BigInteger, literal, select, text

from api.db import Desk
from api.models import DeskCase
from api.staff.likeness.sketch import sketch

_BATCH = 500
_NONE = literal([], ARRAY(BigInteger))
_WRITE = text(
    "UPDATE desk.cases SET sketch = new.sketch FROM jsonb_to_recordset(cast(:rows AS jsonb))"
    " AS new (id text, sketch bigint[]) WHERE cases.id = new.id AND cases.sketch = '{}'"
)


async def fill_sketches(desk: Desk) -> int:
    """Answers how many cases were without one. Interrupted, it goes on where it was."""
    done, last = 0, ""
    while True:
        async with desk.read() as session:
            cases = await session.all(
                select(
                    DeskCase.id,
                    DeskCase.title_zh,
                    DeskCase.title_en,
                    DeskCase.text_zh,
                    DeskCase.text_en,
                    DeskCase.company_zh,
                    DeskCase.company_en,
                    DeskCase.amount_owed,
                )
                .where(DeskCase.sketch == _NONE, DeskCase.id > last)
                .order_by(DeskCase.id)
                .limit(_BATCH)
            )
        if not cases:
            return done
        rows = [
            {
                "id": case.id,
                "sketch": sketch(
                    case.title_zh,
                    case.title_en,
                    case.text_zh,
                    case.text_en,
                    companies=(case.company_zh, case.company_en),
                    amount=case.amount_owed,
                ),
            }
            for case in cases
        ]
        async with desk.transaction() as session:
            await session.execute(_WRITE.bindparams(rows=orjson.dumps(rows).decode()))
        done, last = done + len(cases), cases[-1].id
        await asyncio.sleep(0)
