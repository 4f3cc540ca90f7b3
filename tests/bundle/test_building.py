"""When the bundle is built, what a failure leaves, what is said: with stand-ins for the tools."""

from pathlib import Path

import pytest

from api.bundle import Frontend, ensure_bundle, ensure_packages
from api.trouble import Trouble
from tests.bundle.tools import calls_of


def built(frontend: Frontend) -> str:
    return (frontend.bundle / "assets/index.js").read_text()


def leftovers(frontend: Frontend) -> list[str]:
    return [path.name for path in frontend.folder.glob(".[!.]*")]


def test_the_first_time_builds_and_the_second_does_nothing(
    frontend: Frontend, said: list[str]
) -> None:
    assert ensure_bundle(said.append, frontend) is True
    assert calls_of(frontend) == ["npm", "node"]
    assert built(frontend) == "one"
    assert any("构建" in line for line in said)
    assert any("building the page" in line for line in said)
    said.clear()
    assert ensure_bundle(said.append, frontend) is False
    assert (calls_of(frontend), said, leftovers(frontend)) == ([], [], [])


@pytest.mark.parametrize(
    ("changed", "runs"),
    [
        ("frontend/src/main.ts", ["node"]),
        ("frontend/src/views/deep.ts", ["node"]),
        ("frontend/index.html", ["node"]),
        ("frontend/staff.html", ["node"]),
        ("frontend/vite.config.ts", ["node"]),
        ("frontend/public/favicon.svg", ["node"]),
        ("frontend/openapi.json", ["node"]),
        ("api/places/data/regions.csv", ["node"]),
        ("frontend/package-lock.json", ["npm", "node"]),
        ("frontend/src/main.test.ts", []),
        ("frontend/src/.main.ts.swp", []),
    ],
)
def test_what_makes_it_stale(
    frontend: Frontend, said: list[str], changed: str, runs: list[str]
) -> None:
    ensure_bundle(said.append, frontend)
    calls_of(frontend)
    path = frontend.root / changed
    path.parent.mkdir(exist_ok=True)
    path.write_text("<!--two-->")
    assert ensure_bundle(said.append, frontend) is bool(runs)
    assert calls_of(frontend) == runs
    assert not ensure_bundle(said.append, frontend)


def test_a_removed_source_and_a_removed_bundle_are_noticed(
    frontend: Frontend, said: list[str]
) -> None:
    extra = frontend.folder / "src/extra.ts"
    extra.write_text("")
    ensure_bundle(said.append, frontend)
    extra.unlink()
    assert ensure_bundle(said.append, frontend)
    (frontend.bundle / "index.html").unlink()
    assert ensure_bundle(said.append, frontend)
    # A date alone is no reason: a fresh clone has new ones.
    (frontend.folder / "src/main.ts").touch()
    assert not ensure_bundle(said.append, frontend)


def test_a_failed_build_says_why_and_leaves_the_older_bundle(
    frontend: Frontend, said: list[str]
) -> None:
    ensure_bundle(said.append, frontend)
    (frontend.folder / "src/main.ts").write_text("two")
    (frontend.folder / "fail-build").touch()
    with pytest.raises(Trouble, match="could not be built") as trouble:
        ensure_bundle(said.append, frontend)
    assert "未能构建" in (trouble.value.text.zh or "")
    assert "  src/main.ts: syntax error" in said
    assert (built(frontend), leftovers(frontend)) == ("one", [])
    (frontend.folder / "fail-build").unlink()
    assert ensure_bundle(said.append, frontend)
    assert built(frontend) == "two"


def test_without_a_network_it_says_so_and_begins_anew(frontend: Frontend, said: list[str]) -> None:
    (frontend.folder / "fail-npm").touch()
    for _ in range(2):
        with pytest.raises(Trouble, match="needs the network"):
            ensure_bundle(said.append, frontend)
        assert calls_of(frontend) == ["npm"]
    assert "  npm error network unreachable" in said
    assert not frontend.bundle.exists()


def test_packages_are_installed_once(frontend: Frontend, said: list[str]) -> None:
    ensure_packages(said.append, frontend)
    ensure_packages(said.append, frontend)
    assert calls_of(frontend) == ["npm"]


def test_other_peoples_programs_see_no_address(
    frontend: Frontend, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://owner:secret@/x")
    monkeypatch.setenv("PGPASSWORD", "secret")
    monkeypatch.setenv("QIUZHU_DATA", "secret")
    monkeypatch.setenv("NODE_ENV", "development")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example.org")
    ensure_bundle(said.append, frontend)
    seen = (frontend.folder / "env").read_text()
    assert "secret" not in seen
    assert "NODE_ENV" not in seen
    assert "proxy.example.org" in seen


def test_an_installation_for_serving_cannot_build(tmp_path: Path, said: list[str]) -> None:
    with pytest.raises(Trouble, match="whole checkout"):
        ensure_bundle(said.append, Frontend(tmp_path))
