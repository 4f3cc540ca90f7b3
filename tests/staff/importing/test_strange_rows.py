"""Whatever stands in the cells of one row, it becomes a draft that can be stored, or is refused."""

import math
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from api.places.gazetteer import load_gazetteer
from api.places.geocoder import load_geocoder
from api.staff.drafts import Draft
from api.staff.importing.fields import Row
from api.staff.importing.quantities import LARGEST_INT
from api.staff.importing.rows import ParsedRow, RowReader
from api.staff.importing.spellings import FIELDS
from api.terms.vocabulary import load_terms

SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=60) | st.dates()
    | st.datetimes()
    | st.sampled_from(["2024-01-01", "广东", "Shenzhen, Guangdong", "Wage Arrears", "3人", "5万元"])
    | st.sampled_from(['[{"url":null}]', "[{", "{}", "https://example.org/", "true", "已办理"])
)  # fmt: skip
CELLS = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)
READER = RowReader("calls", load_terms(), load_geocoder(), load_gazetteer())


@settings(max_examples=400, deadline=None)
@given(
    cells=st.dictionaries(st.sampled_from(sorted(FIELDS)), CELLS, max_size=12),
    own=st.booleans(),
)
def test_no_row_is_too_strange(cells: dict[str, Any], own: bool) -> None:
    row = Row(1)
    # Enough of a case that most rows come through.
    for name, cell in {"date": "2024-01-01", "title": "a", **cells}.items():
        row.add(name, cell)
    found = READER.read(row, own=own)
    if isinstance(found, ParsedRow):
        assert len(found.identity) == 32
        assert_storable(found.draft)


def assert_storable(draft: Draft) -> None:
    terms = load_terms()
    assert draft.place is None or load_gazetteer().get(draft.place)
    for number in (
        draft.deaths, draft.injuries, draft.participants_low, draft.participants_high,
    ):  # fmt: skip
        assert number is None or 0 <= number <= LARGEST_INT
    for amount, limit in ((draft.amount_owed, 12), (draft.months_owed, 5)):
        assert amount is None or 0 <= amount < Decimal(10) ** limit
    for day in (draft.date, draft.period_from, draft.period_until):
        assert day is None or type(day) is date
    assert all(terms.get("issue", code) for code in draft.issues)
    assert draft.industry is None or terms.get("industry", draft.industry)
    assert draft.exact_point is None or all(map(math.isfinite, draft.exact_point))
    for source in draft.sources:
        assert source.platform is None or terms.get("platform", source.platform)
        assert source.url is None or source.url.startswith(("http://", "https://"))
    for reply in draft.replies:
        assert reply.status in ("待回复", "办理中", "已办理")
    stated = [word for words in draft.stated.values() for word in words]
    for text in (*draft.title, *draft.text, *draft.company, *draft.stated, *stated):
        # PostgreSQL takes no NUL and no lone surrogate.
        assert text is None or (text and "\0" not in text and text.encode())
