"""The desk's operations as its OpenAPI document says them, with something to send to each."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson
from fastapi import FastAPI

from api.ids import encode_id
from api.staff.access.matrix import PREFIX, Rule, read_matrix

# Whatever stands in an address where nothing is asked for.
NOBODYS = encode_id(7)


@dataclass(frozen=True, slots=True)
class Operation:
    """One method at one address: "GET /staff/cases/{id}"."""

    name: str
    rule: Rule
    document: dict[str, Any]

    @property
    def method(self) -> str:
        return self.name.partition(" ")[0]

    def address(self, **values: str) -> str:
        """Where it is asked; what is not given is the id of nothing."""
        path = self.name.partition(" ")[2]
        for name in self._parameters("path"):
            path = path.replace(f"{{{name}}}", values.get(name, NOBODYS))
        return f"{PREFIX}{path}"

    def bodies(self) -> list[dict[str, Any]]:
        """What to send: something of the right type, and for what takes no body also nothing."""
        if self.rule.file:
            return [{"content": b"x", "headers": {"Content-Type": "application/octet-stream"}}]
        some = {"content": orjson.dumps({}), "headers": {"Content-Type": "application/json"}}
        if self.method == "GET":
            return [{}]
        return [some] if "requestBody" in self.document else [{}, some]

    def _parameters(self, where: str) -> Iterator[str]:
        for parameter in self.document.get("parameters", []):
            if parameter["in"] == where:
                yield parameter["name"]


def operations(app: FastAPI) -> list[Operation]:
    """All of the staff application's OpenAPI document that are the desk's."""
    matrix = read_matrix()
    return [
        Operation(name, matrix[name], document)
        for path, methods in app.openapi()["paths"].items()
        if path.startswith(f"{PREFIX}/staff")
        for method, document in methods.items()
        if (name := f"{method.upper()} {path.removeprefix(PREFIX)}")
    ]
