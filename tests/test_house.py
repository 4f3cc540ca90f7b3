"""The house's laws, each as a test: who may read the environment, name the desk, or grow long."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.main import get_command

from api.cli import app
from api.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
API = ROOT / "api"
MODULES = sorted(path for path in API.rglob("*.py") if "__pycache__" not in path.parts)
TESTS = sorted(path for path in (ROOT / "tests").rglob("*.py") if "__pycache__" not in path.parts)
CEILING = 250
FORBIDDEN = re.compile(r"(utils?|helpers?|common|misc|managers?|services?|logic)(\.py)?\Z")
# Files that are tables of data in Python.
DATA = {"api/places/wordlists.py"}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def attributes(path: Path) -> Iterator[ast.Attribute]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute))


def test_only_settings_reads_the_environment() -> None:
    readers = {
        name(path)
        for path in MODULES
        for node in attributes(path)
        if isinstance(node.value, ast.Name)
        and node.value.id == "os"
        and node.attr in ("environ", "getenv", "environb")
    }
    assert readers == {"api/settings.py"}


def test_nothing_outside_the_staff_rooms_names_the_desk() -> None:
    allowed = ("api/staff/", "api/models/")
    named = re.compile(r"\bDeskCase\b|\bdesk\.[a-z_]+\b|['\"]desk['\"]")
    found = {
        f"{name(path)}: {match.group()}"
        for path in MODULES
        if not name(path).startswith(allowed)
        for match in named.finditer(_code(path))
    }
    # safety.py asks whether the login could enter the desk; opening.py names the addresses, keys.py
    # the pairs.
    excepted = ("api/safety", "api/cli/opening", "api/sealing/keys")
    assert {line for line in found if not line.startswith(excepted)} == set()


def _code(path: Path) -> str:
    """The source without docstrings and comments, which may speak of anything."""
    return ast.unparse(_without_docstrings(tree(path)))


def _without_docstrings(module: ast.Module) -> ast.Module:
    for node in ast.walk(module):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                node.body = node.body[1:] or [ast.Pass()]
    return module


def test_conditions_on_case_columns_stand_in_two_files() -> None:
    comparing = {"is_", "is_not", "in_", "like", "ilike", "overlap", "contains", "between"}
    found = set()
    for path in MODULES:
        if not name(path).startswith("api/cases/"):
            continue
        for node in ast.walk(tree(path)):
            parts: list[ast.expr] = []
            if isinstance(node, ast.Compare):
                parts = [node.left, *node.comparators]
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                parts = [node.func.value] if node.func.attr in comparing else []
            if any(_is_case_column(part) for part in parts):
                found.add(name(path))
    # A tile joins cases to their places, and so compares one column with another table's.
    assert found - {"api/cases/tile_sql.py"} <= {"api/cases/filters.py", "api/cases/query.py"}
    assert "api/cases/query.py" in found


def _is_case_column(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "PublicCase"
    )


def test_only_the_opener_of_a_transaction_commits() -> None:
    committers = {
        name(path) for path in MODULES for node in attributes(path) if node.attr == "commit"
    }
    assert committers == set()


@pytest.mark.parametrize("path", [*MODULES, *TESTS], ids=name)
def test_files_stay_readable(path: Path) -> None:
    assert not FORBIDDEN.match(path.name)
    if name(path) not in DATA:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= CEILING
    assert ast.get_docstring(tree(path)) or path.name == "__init__.py"
    assert len(path.relative_to(ROOT).parts) <= 4, "folders are at most two deep below api/"


def test_the_readme_documents_every_setting() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for field in Settings.model_fields.values():
        alias = field.validation_alias
        assert alias is not None
        variable = str(getattr(alias, "choices", [alias])[0])
        assert f"`{variable}`" in readme, variable


def _commands(command: typer.core.TyperGroup, before: str = "") -> Iterator[str]:
    for word, child in command.commands.items():
        if isinstance(child, typer.core.TyperGroup):
            yield from _commands(child, f"{before}{word} ")
        else:
            yield f"{before}{word}"


def test_the_readme_documents_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    root = get_command(app)
    assert isinstance(root, typer.core.TyperGroup)
    for command in _commands(root):
        assert f"./qiuzhu {command}" in readme, command


def test_locks_carry_hashes_and_no_hosts() -> None:
    # Node.js is a lock of its own, fetched only where the machine has none; so is the bench's peer.
    others = [ROOT / "frontend/requirements-node.lock", ROOT / "tests/bench/requirements-tipg.lock"]
    for lock in [*ROOT.glob("requirements*.lock"), *others]:
        text = lock.read_text(encoding="utf-8")
        pinned = re.findall(r"^[a-z0-9][\w.\-\[\]]*==\S+.*$", text, re.MULTILINE)
        assert len(pinned) > (0 if lock.parent.name == "frontend" else 20)
        assert all(line.rstrip().endswith("\\") for line in pinned), "a package without hashes"
        assert "://" not in text


def test_the_pages_lock_carries_hashes_and_no_hosts() -> None:
    frontend = ROOT / "frontend"
    assert "omit-lockfile-registry-resolved=true" in (frontend / ".npmrc").read_text().split()
    lock = json.loads((frontend / "package-lock.json").read_text(encoding="utf-8"))
    told = json.loads((frontend / "package.json").read_text(encoding="utf-8"))
    assert all(re.fullmatch(r"[\d.]+", version) for version in told["devDependencies"].values())
    packages = {path: entry for path, entry in lock["packages"].items() if path}
    assert len(packages) > 100
    for path, entry in packages.items():
        assert entry["integrity"].startswith("sha512-"), path
        assert "resolved" not in entry, path
        assert not entry.get("hasInstallScript"), f"{path} would not work: no script is run"
