"""Which cases are compared with one case at all: what the indexes find by texts, employer, amount,
or by place and day. Withdrawn cases are not asked for.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ARRAY, BigInteger, ColumnElement, Select, false, func, literal, select, union

from api.db import AnyRow, AnySelect, ReadSession, one_of
from api.models import DeskCase
from api.places.gazetteer import Gazetteer
from api.staff.likeness.sampling import Sample
from api.staff.likeness.sketch import keys, sketch

# Of each way of finding; who is compared costs time.
_EACH = 50
# Days before and after within which a case of the same city is looked at, or of the same province
# where no city is known, and one of the same employer or amount where those are common.
_CITY, _PROVINCE, _KEYED = 10, 3, 400
_LONGEST = 4_000
_SPAN = {"day": 0, "month": 30, "year": 365}
COLUMNS = (
    DeskCase.id,
    DeskCase.date,
    DeskCase.date_precision,
    DeskCase.place,
    DeskCase.industry,
    DeskCase.company_zh,
    DeskCase.company_en,
    DeskCase.amount_owed,
    DeskCase.title_zh,
    DeskCase.title_en,
    func.left(DeskCase.text_zh, _LONGEST).label("text_zh"),
    func.left(DeskCase.text_en, _LONGEST).label("text_en"),
    DeskCase.flags,
    DeskCase.sketch,
)


async def read_one(session: ReadSession, case_id: str) -> AnyRow | None:
    """The case that others are compared with, with COLUMNS."""
    return await session.first(select(*COLUMNS).where(DeskCase.id == case_id))


def candidates(case: AnyRow, gazetteer: Gazetteer, sample: Sample) -> AnySelect:
    """Rows of COLUMNS; `case` is one too."""
    keyed = keys((case.company_zh, case.company_en), case.amount_owed)
    texts = (case.title_zh, case.title_en, case.text_zh, case.text_en)
    # Older cases were written without a sketch.
    numbers = {*(case.sketch or sketch(*texts)), *keyed}
    telling = sample.telling(numbers)
    ways = [
        _by_numbers(case, telling),
        _by_numbers(case, [key for key in keyed if key not in telling], _near(case, _KEYED)),
        _by_place(case, gazetteer),
    ]
    if all(way is None for way in ways):
        # Usual words and no place: what says the same in those days. Nothing said: nothing found.
        ways = [_by_numbers(case, sorted(numbers), _near(case, _PROVINCE))]
    found = [way.subquery().select() for way in ways if way is not None]
    if not found:
        return select(*COLUMNS).where(false())
    return select(*COLUMNS).where(DeskCase.id.in_(select(union(*found).subquery().c.id)))


def _by_numbers(
    case: AnyRow, numbers: Sequence[int], *further: ColumnElement[bool]
) -> Select[Any] | None:
    if not numbers:
        return None
    wanted = literal(list(numbers), ARRAY(BigInteger))
    each = func.unnest(DeskCase.sketch).column_valued("each")
    shared = select(func.count()).where(each == wanted.any_()).scalar_subquery()
    found = _others(case).where(DeskCase.sketch.bool_op("&&")(wanted), *further)
    return found.order_by(shared.desc(), DeskCase.id).limit(_EACH)


def _by_place(case: AnyRow, gazetteer: Gazetteer) -> Select[Any] | None:
    path = gazetteer.path(case.place) if gazetteer.get(case.place or "") else ()
    if not path:
        return None
    # In a city also what is known only to be in its province.
    codes = gazetteer.covers(path[min(1, len(path) - 1)].code) | {path[0].code}
    window = _near(case, _CITY if len(path) > 1 else _PROVINCE)
    found = _others(case).where(one_of(DeskCase.place, sorted(codes)), window)
    return found.order_by(func.abs(DeskCase.date - case.date), DeskCase.id).limit(_EACH)


def _others(case: AnyRow) -> Select[Any]:
    return select(DeskCase.id).where(DeskCase.state != "withdrawn", DeskCase.id != case.id)


def _near(case: AnyRow, days: int) -> ColumnElement[bool]:
    last: date = case.date + timedelta(_SPAN[case.date_precision] + days)
    return DeskCase.date.between(case.date - timedelta(days), last)
