"""What differs between what is public of a case and what is about to be."""

import orjson

from api.db import AnyRow
from api.staff.finishing import Finished


def changed(before: str, after: str) -> list[str]:
    """The names of the members that differ between two documents."""
    old, new = orjson.loads(before), orjson.loads(after)
    names = old.keys() | new.keys()
    return sorted(names - {"revision", "updated"} - {n for n in names if old.get(n) == new.get(n)})


def takes_back(before: AnyRow, done: Finished) -> bool:
    """Whether something is no longer shown that history must then not show either: an exact point,
    the place below the one that is shown now, or a contact. `before` is a row of pub.cases."""
    if before.exact and not done.placed.exact:
        return True
    old, new = orjson.loads(before.document), orjson.loads(done.document)
    if any(contact not in new["contacts"] for contact in old["contacts"]):
        return True
    if old["region"] is None:
        return False
    above = {step["code"] for step in old["region"]["path"]} - {old["region"]["code"]}
    return new["region"] is None or new["region"]["code"] in above
