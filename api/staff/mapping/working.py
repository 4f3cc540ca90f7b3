"""Mappings brought to all rows that state them, some hundred a transaction; readers never wait.

What is interrupted goes on with the next start: what is left to do is what still states it.
"""

import asyncio
from collections.abc import Sequence
from datetime import date
from typing import Any

import orjson
from sqlalchemy import String, cast, func, literal, select, text
from sqlalchemy.dialects.postgresql import JSONB

from api.db import AnyRow, Desk, ReadSession, WriteSession
from api.lang import Pair
from api.models import DeskCase, Mapping, Source
from api.reference import Reference, Vocabulary
from api.staff import audit
from api.staff.finishing import by_case
from api.staff.mapping.applying import MANY, ONE, Coded, Known, mapped
from api.staff.publishing import publish
from api.staff.rendering import Renderer

# Rows of one transaction: others write between two of them, and are answered while one is made.
BATCH = 250
REASON = Pair("术语归类", "Terms mapped")
_COLUMNS = (*MANY.values(), *ONE.values())
_WRITE = text(
    "UPDATE desk.cases SET stated = new.stated, issues = new.issues, actions = new.actions,"
    " responses = new.responses, industry = new.industry, ownership = new.ownership,"
    " accident_type = new.accident_type, platforms = new.platforms, edit = edit + 1,"
    " source_count = source_count + new.further"
    " FROM jsonb_to_recordset(cast(:rows AS jsonb)) AS new (id text, stated jsonb, issues text[],"
    " actions text[], responses text[], industry text, ownership text, accident_type text,"
    " platforms text[], further int) WHERE cases.id = new.id"
)
_SOURCES = text(
    "UPDATE desk.sources SET platform = new.platform FROM jsonb_to_recordset(cast(:rows AS jsonb))"
    " AS new (case_id text, position int, platform text)"
    " WHERE sources.case_id = new.case_id AND sources.position = new.position"
)


def states_it(kind: Any, stated: Any) -> Any:
    """The condition that a case states a word; withdrawn ones stay as they were."""
    words = func.jsonb_build_object(
        cast(kind, String), func.jsonb_build_array(cast(stated, String))
    )
    return DeskCase.stated.bool_op("@>")(cast(words, JSONB)) & (DeskCase.state != "withdrawn")


async def read_mappings(session: ReadSession) -> list[tuple[str, str, str]]:
    """All mappings: kind, what is stated, code."""
    rows = await session.all(select(Mapping.kind, Mapping.stated, Mapping.code))
    return [(row.kind, row.stated, row.code) for row in rows]


async def work_off(desk: Desk, reference: Reference, today: date) -> int:
    """Brings every mapping to the rows that still state it; answers how many rows that were."""
    done = 0
    while count := await _batch(desk, await reference.vocabulary(), today):
        done += count
        # Whoever waits for the audit trail or for this process has his turn.
        await asyncio.sleep(0.02)
    return done


async def _batch(desk: Desk, vocabulary: Vocabulary, today: date) -> int:
    async with desk.read() as session:
        stating = select(literal(1)).where(states_it(Mapping.kind, Mapping.stated)).exists()
        mapping = await session.first(select(Mapping.__table__).where(stating).limit(1))
    if mapping is None:
        return 0
    async with desk.transaction() as session:
        await audit.hold(session)
        known = Known(await read_mappings(session), vocabulary.terms)
        columns = [getattr(DeskCase, column) for column in _COLUMNS]
        cases = await session.all(
            select(
                DeskCase.id,
                DeskCase.state,
                DeskCase.edit,
                DeskCase.published_edit,
                DeskCase.stated,
                *columns,
            )
            .where(states_it(literal(mapping.kind), literal(mapping.stated)))
            .limit(BATCH)
            .with_for_update()
        )
        acts = await _write(session, known, cases)
        await audit.append(session, mapping.made_by, today, acts)
        public = [
            case.id
            for case in cases
            if case.state == "published" and case.edit == case.published_edit
        ]
        if public:
            renderer = Renderer(vocabulary)
            await publish(
                session, renderer, public, actor=mapping.made_by, day=today, reason=REASON
            )
    return len(cases)


async def _write(session: WriteSession, known: Known, cases: Sequence[AnyRow]) -> list[audit.Act]:
    sources = await by_case(session, Source, [case.id for case in cases])
    rows, named, further, acts = [], [], [], []
    for case in cases:
        own = sources.get(case.id, [])
        before = Coded(
            {column: getattr(case, column) for column in _COLUMNS},
            case.stated,
            [source.platform for source in own],
            [],
        )
        after = mapped(known, before)
        changed = [column for column in _COLUMNS if before.codes[column] != after.codes[column]]
        if before.platforms != after.platforms or after.further:
            changed.append("sources")
        for source, platform in zip(own, after.platforms, strict=True):
            if platform != source.platform:
                named.append(
                    {"case_id": case.id, "position": source.position, "platform": platform}
                )
        last = own[-1].position if own else -1
        further += [(case.id, last + n, code) for n, code in enumerate(after.further, 1)]
        platforms = sorted({each for each in (*after.platforms, *after.further) if each})
        rows.append(
            {
                "id": case.id,
                "stated": after.stated,
                "platforms": platforms,
                "further": len(after.further),
                **after.codes,
            }
        )
        acts.append(audit.Act("map", case.id, [*changed, "stated"]))
    await session.execute(_WRITE.bindparams(rows=orjson.dumps(rows).decode()))
    if named:
        await session.execute(_SOURCES.bindparams(rows=orjson.dumps(named).decode()))
    if further:
        await session.copy("desk.sources", ("case_id", "position", "platform"), further)
    return acts
