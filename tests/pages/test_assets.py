"""The shell and the files of the built page: who loads what, and nothing beside the table."""

import gzip
from collections.abc import AsyncIterator
from pathlib import Path

import brotli
import httpx
import pytest

from api.cluster.roles import Addresses
from api.pages.assets import FOREVER, MEDIA_TYPES, accepts
from api.pages.shell import read_shell
from tests.asking import raw
from tests.pages.bundles import SCRIPT, build, serving_bundle
from tests.pages.reading import page

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'"
)


@pytest.fixture
async def built(demo_archive: Addresses, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with serving_bundle(demo_archive, build(tmp_path)) as client:
        yield client


async def test_pages_with_cases_load_the_script_and_prose_does_not(
    built: httpx.AsyncClient,
) -> None:
    listed = await page(built, "/")
    case = listed.all("article", data_case=True)[0].one("a")["href"]
    for address in ("/", "/graphs", case):
        root = await page(built, address)
        assert [script["src"] for script in root.all("script", src=True)] == [
            "/assets/index-Ab12.js"
        ]
        assert root.all("link", rel="modulepreload")
        assert root.all("script", id="page")
    for address, status in (("/about", 200), ("/privacy", 200), ("/alert", 200), ("/nope", 404)):
        root = await page(built, address, status)
        assert not root.all("script", src=True)
        assert not root.all("link", rel="modulepreload")
        assert not root.all("script", id="page")
        assert root.one("link", rel="stylesheet")["href"] == "/assets/index-Ef56.css"


async def test_without_a_bundle_nothing_is_loaded(
    client: httpx.AsyncClient, tmp_path: Path
) -> None:
    source = (build(tmp_path) / "dist" / "index.html").read_text("utf-8")
    (tmp_path / "dist" / "index.html").unlink()
    (tmp_path / "index.html").write_text(source, "utf-8")
    shell = read_shell(tmp_path)
    for text in (shell.scripted, shell.plain):
        assert "<script" not in text
        assert "stylesheet" not in text
        assert "favicon.svg" in text


async def test_a_shell_without_slots_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<html lang='zh-Hans'></html>", "utf-8")
    with pytest.raises(ValueError, match="the shell must hold"):
        read_shell(tmp_path)


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [("br, gzip", "br"), ("gzip", "gzip"), ("gzip, br;q=0", "gzip"), ("identity", None),
     ("", None), ("zstd", None), ("GZIP;q=0.5", "gzip"), ("br;q=0.000", None)],
)  # fmt: skip
async def test_files_come_as_they_were_compressed(
    built: httpx.AsyncClient, accepted: str, coding: str | None
) -> None:
    answer = await raw(built, "/assets/index-Ab12.js", headers={"Accept-Encoding": accepted})
    assert answer.headers.get("content-encoding") == coding or accepted == "zstd"
    assert answer.text == SCRIPT
    assert answer.headers["cache-control"] == FOREVER
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert "Accept-Encoding" in answer.headers["vary"]
    # A worker is under the policy that its own file came with.
    assert answer.headers["content-security-policy"] == POLICY


def test_codings_are_chosen_by_name_and_weight() -> None:
    assert accepts("gzip, deflate, br", "br")
    assert not accepts("gzip;q=0, br;q=0.0", "gzip")
    assert not accepts("bro", "br")
    assert accepts("gzip;q=0.001", "gzip")


@pytest.mark.parametrize(
    "path",
    ["/assets/", "/assets/nothing.js", "/assets/../secret.txt", "/assets/..%2fsecret.txt",
     "/assets/%2e%2e/secret.txt", "/assets/index-Ab12.js.br", "/assets/index-Ab12.js.map",
     "/assets//index-Ab12.js", "/assets/index.html", "/assets/index-Ab12.js/",
     "/assets/INDEX-AB12.js", "/assets/....//secret.txt", "/assets/\0", "/index.html",
     "/secret.txt", "/src/main.ts"],
)  # fmt: skip
async def test_what_is_not_in_the_table_is_not_there(built: httpx.AsyncClient, path: str) -> None:
    answer = await raw(built, path)
    assert answer.status_code == 404
    assert "CANARY" not in answer.text
    assert answer.headers["cache-control"] == "no-store"


async def test_every_kind_of_file_has_its_media_type(built: httpx.AsyncClient) -> None:
    for name, kind in (("land-9z.json", "application/json"), ("index-Ef56.css", "text/css")):
        answer = await built.get(f"/assets/{name}")
        assert answer.headers["content-type"].partition(";")[0] == kind
    assert not any(kind == "text/html" for kind in MEDIA_TYPES.values())


async def test_the_mark(client: httpx.AsyncClient) -> None:
    answer = await client.get("/favicon.svg")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.content.startswith(b"<svg")


@pytest.mark.parametrize("path", ["/", "/graphs", "/about", "/privacy", "/alert", "/nope"])
async def test_the_policy_is_word_for_word(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["referrer-policy"] == "same-origin"


def test_the_test_bundle_is_sound(tmp_path: Path) -> None:
    assets = build(tmp_path) / "dist" / "assets"
    assert brotli.decompress((assets / "index-Ab12.js.br").read_bytes()).decode() == SCRIPT
    assert gzip.decompress((assets / "index-Ab12.js.gz").read_bytes()).decode() == SCRIPT
