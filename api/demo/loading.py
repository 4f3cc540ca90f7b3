"""Loads the demonstration set through the publish door, as an import would be."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import partial
from itertools import groupby
from typing import Protocol

from api.cases.reasons import Reason
from api.clock import months_before
from api.db import writing
from api.demo.generator import fate, merged_into, recorded_cases
from api.places.gazetteer import load_gazetteer
from api.reference import read_vocabulary
from api.staff import audit
from api.staff.drafts import Draft
from api.staff.inventory import is_empty
from api.staff.posting import post_all
from api.staff.publishing import publish, withdraw
from api.staff.rendering import Renderer
from api.staff.writing import write_drafts
from api.terms.vocabulary import load_terms

SEED = 2020


class Counter(Protocol):
    """What is told how far the loading has come."""

    def done(self, count: int) -> None: ...


async def holds_no_case(address: str) -> bool:
    """Whether nobody has put a case into the archive yet; only there does the set belong."""
    async with writing(address) as session:
        return await is_empty(session)


async def load_demo(address: str, day: date, counter: Counter, seed: int = SEED) -> int:
    """Writes and publishes the cases from 2020 to `day`, all or none; answers their number."""
    gazetteer, terms = load_gazetteer(), load_terms()
    taken_back: list[str] = []
    written = 0
    async with writing(address) as session:
        renderer = Renderer(await read_vocabulary(session))
        for end, drafts in _months(recorded_cases(seed, day, gazetteer, terms)):
            await write_drafts(session, gazetteer, drafts)
            fates = {draft.id: fate(draft.id, seed) for draft in drafts}
            ids = [id_ for id_, its_fate in fates.items() if its_fate != "draft"]
            # What was recorded in a month is published at its end: days of publication differ.
            await publish(session, renderer, ids, actor=audit.CONSOLE, day=min(end, day))
            taken_back += [id_ for id_ in ids if fates[id_] in ("withdrawn", "merged")]
            written += len(drafts)
            counter.done(written)
        for id_ in taken_back:
            target = merged_into(id_, seed)
            reason: Reason = "duplicate" if target else "at_request"
            await withdraw(
                session, id_, reason=reason, actor=audit.CONSOLE, day=day, merged_into=target
            )
    await post_all(partial(writing, address))
    return written


def _months(recorded: Iterable[tuple[date, Draft]]) -> Iterator[tuple[date, list[Draft]]]:
    """The cases recorded in each month, with the month's last day."""
    for _, month in groupby(recorded, lambda pair: (pair[0].year, pair[0].month)):
        pairs = list(month)
        first = pairs[0][0].replace(day=1)
        yield months_before(first, -1) - timedelta(days=1), [draft for _, draft in pairs]
