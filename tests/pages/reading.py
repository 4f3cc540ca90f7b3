"""A page as a tree, read by a real HTML parser that also notices what does not fit together."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import httpx

from tests.asking import API

VOID = {"meta", "link", "br", "hr", "img", "input"}


@dataclass
class Node:
    """An element. `text` is all the text in it."""

    tag: str
    attributes: dict[str, str]
    parts: list["Node | str"] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def get(self, name: str) -> str | None:
        return self.attributes.get(name)

    @property
    def text(self) -> str:
        parts = (part if isinstance(part, str) else part.text for part in self.parts)
        return " ".join("".join(parts).split())

    def walk(self) -> Iterator["Node"]:
        for part in self.parts:
            if isinstance(part, Node):
                yield part
                yield from part.walk()

    def all(self, tag: str | None = None, **attributes: str | bool) -> list["Node"]:
        """Elements below, by tag and attributes; True asks only that the attribute is there.

        `class_` is one of the classes; underscores in names stand for hyphens.
        """
        return [node for node in self.walk() if node.fits(tag, attributes)]

    def one(self, tag: str | None = None, **attributes: str | bool) -> "Node":
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{len(found)} of {tag} {attributes}"
        return found[0]

    def fits(self, tag: str | None, attributes: dict[str, str | bool]) -> bool:
        if tag is not None and self.tag != tag:
            return False
        for name, wanted in attributes.items():
            held = self.attributes.get(name.rstrip("_").replace("_", "-"))
            if held is None:
                return False
            if name == "class_" and wanted not in held.split():
                return False
            if name != "class_" and wanted is not True and held != wanted:
                return False
        return True


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Node("document", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute twice in {tag}"
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].parts.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes {self.open[-1].tag}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].parts.append(data)


def parsed(html: str) -> Node:
    """The tree; fails where elements do not nest, an id stands twice, or a label names nothing."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    assert len(builder.open) == 1, "elements are left open"
    root = builder.root
    ids = [node["id"] for node in root.walk() if node.get("id")]
    assert len(ids) == len(set(ids)), "an id stands twice"
    for name in ("for", "aria-labelledby", "aria-describedby", "form"):
        for node in root.walk():
            assert node.get(name) is None or node[name] in ids, f"{name}={node.get(name)}"
    for node in root.walk():
        assert not {"style", "onclick", "onload"} & node.attributes.keys(), "the policy blocks it"
    return root


async def page(client: httpx.AsyncClient, address: str, status: int = 200) -> Node:
    """The page at an address, which must be HTML under the pages' policy."""
    answer = await client.get(address)
    assert answer.status_code == status, answer.text[:500]
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "require-trusted-types-for 'script'" in answer.headers["content-security-policy"]
    return parsed(answer.text)


async def fetch(client: httpx.AsyncClient, address: str) -> Any:
    """What the API answers at the same address."""
    answer = await client.get(f"{API}{address}")
    assert answer.status_code == 200, answer.text[:500]
    return answer.json()


def config(root: Node) -> dict[str, Any]:
    """What the script is told."""
    node = root.one("script", type="application/json")
    held: dict[str, Any] = json.loads("".join(str(part) for part in node.parts))
    return held


def ids(root: Node) -> list[str]:
    return [node["data-case"] for node in root.all("article", data_case=True)]
