"""How much memory a new cluster takes for pages."""

import os
import re
from pathlib import Path

import pytest

from api.cluster import server


@pytest.mark.parametrize(
    ("limit", "shared", "cached"),
    [("1073741824", 128, 512), ("4294967296", 512, 2048), ("8589934592", 1024, 4096)],
)
def test_what_a_container_may_use_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, shared: int, cached: int
) -> None:
    monkeypatch.setattr(os, "sysconf", {"SC_PAGE_SIZE": 1 << 12, "SC_PHYS_PAGES": 1 << 24}.get)
    monkeypatch.setattr(server, "_LIMIT", tmp_path / "memory.max")
    (tmp_path / "memory.max").write_text(f"{limit}\n")
    assert _sizes(server._tuned()) == (shared, cached)
    # No limit, and no such file.
    (tmp_path / "memory.max").write_text("max\n")
    assert _sizes(server._tuned()) == (1024, 32768)
    (tmp_path / "memory.max").unlink()
    assert _sizes(server._tuned()) == (1024, 32768)


def _sizes(settings: str) -> tuple[int, int]:
    shared, cached = re.findall(
        r"^(?:shared_buffers|effective_cache_size) = (\d+)MB$", settings, re.M
    )
    return int(shared), int(cached)
