"""The bundle of this checkout, really built: names, variants and what the page's policy forbids."""

import gzip
import re
from pathlib import Path

import pytest

from api.bundle import Frontend, ensure_bundle

_HASHED = re.compile(r"/assets/[\w.-]+-[\w-]{8}\.(js|css)\Z")


@pytest.fixture(scope="module")
def bundle() -> Path:
    """The finished bundle; built by whoever needs it first."""
    ensure_bundle(lambda line: None)
    return Frontend().bundle


def texts(bundle: Path) -> list[Path]:
    found = [path for path in bundle.rglob("*") if path.suffix in (".js", ".css", ".svg", ".json")]
    assert len(found) > 3
    return found


def test_the_shell_keeps_its_slots_and_names_hashed_files_only(bundle: Path) -> None:
    shell = (bundle / "index.html").read_text(encoding="utf-8")
    assert shell.count("<!--head-->") == shell.count("<!--body-->") == 1
    tags = re.findall(r"<(?:script|link)\b[^>]*>", shell)
    loaded = [tag for tag in tags if "script" in tag or "stylesheet" in tag]
    assert len(loaded) >= 2
    for tag in loaded:
        address = re.search(r'(?:src|href)="([^"]*)"', tag)
        assert address, "an inline script, which the policy would block"
        assert _HASHED.search(address[1])
        assert (bundle / address[1].removeprefix("/")).exists()
    assert not re.search(r"\sstyle=|<style|data:", shell)


def test_every_text_over_a_kilobyte_has_both_variants(bundle: Path) -> None:
    for path in texts(bundle):
        content = path.read_bytes()
        small = [path.with_name(path.name + ending) for ending in (".br", ".gz")]
        assert [variant.exists() for variant in small] == [len(content) > 1024] * 2, path.name
        if len(content) > 1024:
            assert gzip.decompress(small[1].read_bytes()) == content
            assert small[0].stat().st_size <= small[1].stat().st_size < len(content)


def test_nothing_leads_to_sources_that_are_not_there(bundle: Path) -> None:
    assert list(bundle.rglob("*.map")) == []
    for path in texts(bundle):
        assert b"sourceMappingURL" not in path.read_bytes(), path.name


def test_the_licences_of_what_is_in_it_go_along(bundle: Path) -> None:
    (licences,) = bundle.glob("assets/licences-*.txt")
    text = licences.read_text(encoding="utf-8")
    for package in ("lit-html", "maplibre-gl", "earcut", "world-atlas", "datamaps"):
        assert f"## {package} " in text
    assert "Redistribution and use in source and binary forms" in text
