"""What choosers of the console are made of: the public side's words, served at the desk too."""

from tests.asking import fetch
from tests.staff.people import MakePerson


async def test_places_and_terms_are_there(person: MakePerson) -> None:
    vocabulary = await fetch(await person("viewer"), "/vocabulary")
    assert {place["code"] for place in vocabulary["places"]} >= {"440000", "440306"}
    assert {term["kind"] for term in vocabulary["terms"]} >= {"issue", "industry", "platform"}


async def test_filters_are_counted_without_an_index(person: MakePerson) -> None:
    options = await fetch(await person("viewer"), "/filters", {"counts": "true"})
    assert options["total"] == 0
    assert {"region", "issue", "replied"} <= {info["name"] for info in options["filters"]}
