"""S11: nothing public depends on when, in what order and by whom the desk worked."""

import random
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from api.clock import SHANGHAI
from api.cluster import Cluster
from api.cluster.roles import Addresses
from api.db import Desk, writing
from api.ids import encode_id
from api.lang import Pair
from api.models import DeskCase
from api.places.gazetteer import load_gazetteer
from api.reference import Reference
from api.staff.batches import publish_due
from api.staff.publishing import Wish, put_off
from api.staff.writing import write_drafts
from tests.archives import copied, serving
from tests.asking import API
from tests.staff.drafts import call

SLOT = datetime(2026, 11, 20, 12, tzinfo=SHANGHAI)
DRAFTS = [call(id=encode_id(n), from_alert=True, shown="prefecture") for n in range(8)]
PATHS = (
    *(f"/cases?since=all&sort={sort}" for sort in ("-date", "date", "-updated")),
    "/cases/changes",
    "/cases/feed.atom",
    "/cases/feed.json",
    "/cases/stats",
    "/cases/export.ndjson?since=all",
    *(f"/cases/{draft.id}" for draft in DRAFTS),
    *(f"/cases/{draft.id}/revisions" for draft in DRAFTS),
)


async def work(archive: Addresses, seed: int) -> None:
    """A day at the desk: made, put off and published in an order and at moments of its own."""
    dice = random.Random(seed)
    desk = Desk(archive.desk)
    try:
        for each in dice.sample(DRAFTS, len(DRAFTS)):
            async with writing(archive.desk) as session:
                await write_drafts(session, load_gazetteer(), [each])
        for each in dice.sample(DRAFTS, len(DRAFTS)):
            async with writing(archive.desk) as session:
                wish = Wish(f"somebody{dice.random()}", Pair(None, None))
                await put_off(session, [each.id], wish, SLOT.date())
        moment = SLOT + timedelta(seconds=dice.uniform(0, 6 * 3600 - 1))
        assert await publish_due(desk, Reference(desk), moment) == len(DRAFTS)
        async with desk.read() as session:
            states = await session.all(select(DeskCase.state).distinct())
        assert [row.state for row in states] == ["published"]
    finally:
        await desk.close()


@pytest.mark.parametrize("seed", [2, 3])
async def test_two_days_at_the_desk_look_alike(
    archive: Addresses, cluster: Cluster, empty_template: str, seed: int
) -> None:
    await work(archive, 1)
    async with copied(cluster, empty_template) as other:
        await work(other, seed)
        async with serving(archive) as here, serving(other) as there:
            for path in PATHS:
                ours, theirs = await here.get(f"{API}{path}"), await there.get(f"{API}{path}")
                assert ours.status_code == 200
                assert ours.content == theirs.content, path
                assert ours.headers.multi_items() == theirs.headers.multi_items(), path
                assert b"somebody" not in theirs.content
