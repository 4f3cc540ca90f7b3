"""The public process writes no line about a visitor, and leaves no file and no cookie."""

import asyncio
import os
import signal
from pathlib import Path

import asyncpg

from api.cluster.roles import Addresses
from api.db import writing
from api.ids import encode_id
from api.lang import Pair
from tests.asking import API
from tests.processes import Served, served
from tests.staff.drafts import call
from tests.staff.test_publishing import put

CANARY = "kanarienvogel"
HEADERS = {
    "User-Agent": f"{CANARY}/1.0",
    "Referer": f"https://{CANARY}.example.org/",
    "Cookie": f"session={CANARY}",
    "X-Forwarded-For": f"203.0.113.77, {CANARY}",
    "Forwarded": f"for={CANARY}",
    "Authorization": f"Bearer {CANARY}",
    "Accept-Language": CANARY,
}
ASKED = (
    f"{API}/cases?q={CANARY}",
    f"{API}/cases?nope={CANARY}",
    f"{API}/cases?q=%00{CANARY}",
    f"{API}/cases/{CANARY}",
    f"{API}/cases/feed.atom?company={CANARY}",
    f"{API}/cases/export.xlsx?q={CANARY}",
    f"/{CANARY}",
    "/livez",
)
# What the HTTP parser itself refuses.
BROKEN = (
    f"{CANARY}\r\n\r\n".encode(),
    f"GET /{CANARY} HTTP/9.9\r\n\r\n".encode(),
    f"GET / HTTP/1.1\r\n{CANARY}\r\n\r\n".encode(),
    f"GET /{CANARY}".encode(),
    f"POST {API}/cases HTTP/1.1\r\nContent-Length: x\r\n\r\n{CANARY}".encode(),
)


async def visit(process: Served) -> None:
    for _ in range(25):
        answers = await asyncio.gather(
            *(process.client.get(path, headers=HEADERS) for path in ASKED)
        )
        assert {answer.status_code for answer in answers} == {200, 404, 422}
        assert not any("set-cookie" in answer.headers for answer in answers)
    for sent in BROKEN:
        reader, writer = await asyncio.open_connection("127.0.0.1", process.port)
        writer.write(sent)
        writer.write_eof()
        await reader.read()
        writer.close()


async def break_off(process: Served) -> None:
    """An answer that fails half way reaches the server as an exception."""
    reader, writer = await asyncio.open_connection("127.0.0.1", process.port)
    writer.write(
        f"GET {API}/cases/export.csv?q={CANARY} HTTP/1.1\r\nHost: {CANARY}\r\n\r\n".encode()
    )
    body = await reader.read()
    writer.close()
    # The connection breaks before the end of the body, so nobody takes it for whole.
    assert body.startswith(b"HTTP/1.1 200")
    assert not body.endswith(b"0\r\n\r\n")


async def test_no_line_about_a_visitor(archive: Addresses, tmp_path: Path) -> None:
    drafts = [call(id=encode_id(n), title=Pair(None, f"{CANARY} {n}")) for n in range(300)]
    async with writing(archive.desk) as session:
        await put(session, *drafts)
    async with served(tmp_path, DATABASE_URL=archive.public) as process:
        await visit(process)
        owner = await asyncpg.connect(archive.owner)
        await owner.execute("UPDATE pub.cases SET document = '{' WHERE id = $1", encode_id(0))
        await owner.close()
        await break_off(process)
        process.process.send_signal(signal.SIGTERM)
        assert await process.process.wait() in (0, -signal.SIGTERM)
    said, files = process.log.read_text(), sorted(os.listdir(tmp_path))
    assert CANARY not in said.lower()
    for trace in ("203.0.113.77", "127.0.0.1", f"{API}/", "GET "):
        assert trace not in said
    assert "BrokenAnswer" in said, "what fails is said, by class and route"
    assert files == ["output.txt"]
