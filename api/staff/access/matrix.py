"""Who may do what: the matrix in matrix.yaml, and the routes of an application held against it.

No route says by itself who may enter it, and none is served that the matrix does not know.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from re import Pattern
from typing import Any

import yaml
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts

from api.models.staff import ROLES
from api.staff.access.acting import Acting
from api.staff.access.guard import acting

PREFIX = "/api/v1"
ROOM = f"{PREFIX}/staff"
SCOPES = ("read", "edit", "publish", "import")
FILE = Path(__file__).parent / "matrix.yaml"
_KEYS = {"roles", "scope", "states", "open", "fresh", "file"}


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may do one thing. Where `scope` is None no token may."""

    roles: frozenset[str]
    scope: str | None = None
    # States of its object in which it can be done; empty where that has none.
    states: tuple[str, ...] = ()
    # Nobody need have logged in.
    open: bool = False
    # Also for whoever has yet to change the password that somebody else gave.
    fresh: bool = False
    # The body is a file, not JSON.
    file: bool = False

    def allows(self, who: Acting) -> bool:
        if who.token is not None and self.scope not in who.scopes:
            return False
        return who.role in self.roles


Matrix = Mapping[str, Rule]


@dataclass(frozen=True, slots=True)
class Way:
    """A served operation ("GET /staff/cases/{id}"), how its address looks, and its rule."""

    operation: str
    method: str
    address: Pattern[str]
    rule: Rule
    endpoint: Any


@cache
def read_matrix(file: Path = FILE) -> Matrix:
    """The rules by operation. Raises ValueError naming the row that cannot be meant so."""
    rows: dict[str, dict[str, Any]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return {operation: _rule(operation, row) for operation, row in rows.items()}


def ways_of(app: FastAPI, matrix: Matrix) -> tuple[Way, ...]:
    """All routes of the desk that `app` serves.

    Raises ValueError for one that the matrix does not know or that does not ask who acts.
    """
    ways = []
    for context in iter_route_contexts(app.routes):
        path = context.path_format or context.path or ""
        if path != ROOM and not path.startswith(f"{ROOM}/"):
            continue
        for method in sorted(context.methods or {"ANY"}):
            operation = f"{method} {path.removeprefix(PREFIX)}"
            rule = matrix.get(operation)
            if rule is None:
                raise ValueError(f"{FILE.name} has no row for {operation}")
            if not rule.open and acting not in _calls(context.dependant):
                raise ValueError(f"{operation} does not ask who acts")
            ways.append(Way(operation, method, context.path_regex, rule, context.endpoint))
    return tuple(ways)


def _calls(dependant: Dependant) -> Iterator[Any]:
    for each in dependant.dependencies:
        yield each.call
        yield from _calls(each)


def _rule(operation: str, row: dict[str, Any]) -> Rule:
    scope = row.get("scope", "-")
    known = row.keys() <= _KEYS and set(row.get("roles", ())) <= set(ROLES)
    if not known or scope not in (*SCOPES, "-") or bool(row.get("roles")) == row.get("open", False):
        raise ValueError(f"{FILE.name}: {operation}")
    return Rule(
        roles=frozenset(row.get("roles", ())),
        scope=None if scope == "-" else scope,
        states=tuple(row.get("states", ())),
        open=row.get("open", False),
        fresh=row.get("fresh", False),
        file=row.get("file", False),
    )
