"""One set of invented cases for all tests of the demonstration data."""

import pytest

from api.places.gazetteer import Gazetteer, load_gazetteer
from api.staff.drafts import Draft
from tests.demo.making import DAY, made


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.fixture(scope="session")
def cases() -> list[Draft]:
    return made(DAY)
