"""What a person sent lies nowhere in clear: not in the database, its log, a dump, a file (S1)."""

import asyncio
import base64
import gzip
import re
import secrets
import subprocess
import zlib
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import httpx

from api.cluster import Cluster
from api.preparing import prepare
from api.sealing.keys import MAIL, write_pair
from tests.alerts.pictures import jpeg, scene
from tests.alerts.senders import VARIABLES, new_key
from tests.asking import API
from tests.mail.smtp import Mailbox, listening
from tests.processes import ROOT, environment, served

SENT = 50
# One word for all of them: what is found once is found too often.
CANARY = f"kanari{secrets.token_hex(8)}"
# Stored in clear on purpose, to see that the search would find the other.
CONTROL = f"kontrol{secrets.token_hex(8)}"
PASSPHRASE = b"five invented words for tests"


def forms(word: str) -> re.Pattern[bytes]:
    """A word as it may lie about: plain, UTF-16, hexadecimal, base64 at each of three offsets."""
    plain = word.encode()
    coded = [base64.b64encode(b"\0" * shift + plain) for shift in range(3)]
    # The first and last characters of base64 depend on what stands beside.
    inner = [text[4:-4] for text in coded]
    hexadecimal = plain.hex().encode()
    wide = [word.encode(order) for order in ("utf-16-le", "utf-16-be")]
    found = [plain, plain.upper(), hexadecimal, hexadecimal.upper(), *inner, *wide]
    return re.compile(b"|".join(map(re.escape, found)))


def holding(word: str, folders: list[Path]) -> set[Path]:
    """The files that hold a word in whatever form, also inside what gzip or zlib packed."""
    pattern, found = forms(word), set()
    for folder in folders:
        for file in (path for path in folder.rglob("*") if path.is_file()):
            body = file.read_bytes()
            if pattern.search(body) or any(pattern.search(part) for part in unpacked(body)):
                found.add(file)
    return found


def unpacked(body: bytes) -> Iterator[bytes]:
    for match in re.finditer(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]", body):
        coding = 31 if match[0].startswith(b"\x1f") else 15
        try:
            yield zlib.decompressobj(coding).decompress(body[match.start() :], 2**20)
        except zlib.error:
            continue


def alert(number: int) -> dict[str, str]:
    said = f"金丝雀 {CANARY} {number}"
    return {
        "kind": "wage_arrears",
        "story": f"三个月没发工资 {said}",
        "place": said,
        "company": said,
        "links": f"https://{CANARY}.example.org/{number}",
        "contact_name": said,
        "contact_phone": f"1990000{number:04d} {CANARY}",
        "contact_wechat": said,
        "contact_other": said,
        "consent_phone": "helpers",
        "email": f"{CANARY}.{number}@example.org",
        "keep_original": "true",
    }


def attachments(number: int) -> list[tuple[str, tuple[str, bytes, str]]]:
    """Documents, one of them of 5 MB, and for some a picture; names are canaries too."""
    filling = secrets.token_bytes(5_000_000 if number == 0 else 100)
    document = b"%PDF-1.7\n" + CANARY.encode() + filling + b"\n%%EOF\n"
    plain, comment = jpeg(scene()), CANARY.encode()
    picture = plain[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2) + comment + plain[2:]
    last = (f"{CANARY}.jpg", picture) if number % 5 == 0 else ("c.pdf", document)
    named = [(f"{CANARY}.pdf", document), ("b.pdf", document), last]
    return [("files", (name, body, "application/octet-stream")) for name, body in named]


async def send_all(client: httpx.AsyncClient) -> None:
    for number in range(SENT):
        answer = await client.post(
            f"{API}/alerts",
            data=alert(number),
            files=attachments(number),
            headers={"Idempotency-Key": f"{CANARY}-{new_key()}", "User-Agent": CANARY},
            timeout=60,
        )
        assert answer.status_code == 201, answer.text
        told = answer.json()
        assert told["files"] == {"kept": 3, "refused": []}
        more = {"receipt": told["receipt"], "text": f"补充 {CANARY}"}
        assert (await client.post(f"{API}/alerts/additions", json=more)).status_code == 200
        state = await client.post(f"{API}/alerts/state", json={"receipt": told["receipt"]})
        assert state.json()["state"] == "received"
    # And what goes wrong on the way.
    broken = {**alert(0), "kind": CANARY, CANARY: CANARY, "email": f"{CANARY}@@"}
    answer = await client.post(f"{API}/alerts", data=broken, headers={"Idempotency-Key": new_key()})
    assert answer.status_code == 422
    assert CANARY not in answer.text


async def deliver(address: str, port: int, keys: Path, folder: Path) -> None:
    """Sends what is in the outbox by the real command; what it says is searched too."""
    (folder / "passphrase").write_bytes(PASSPHRASE + b"\n")
    with (folder / "mail.txt").open("wb") as said:
        process = await asyncio.create_subprocess_exec(
            *(str(ROOT / "qiuzhu"), "mail", "--once"),
            *("--passphrase-file", str(folder / "passphrase")),
            cwd=folder,
            env=environment(
                DATABASE_MAIL_URL=address,
                QIUZHU_SMTP_URL=f"smtp://127.0.0.1:{port}",
                QIUZHU_MAIL_FROM="post@mail.example.org",
                QIUZHU_PUBLIC_URL="https://qiuzhu.example.org",
                QIUZHU_PRIVATE_KEYS=str(keys),
            ),
            stdout=said,
            stderr=said,
        )
        assert await process.wait() == 0, (folder / "mail.txt").read_text()


def dump(cluster: Cluster, file: Path) -> None:
    """Everything that the owner may read, as text."""
    subprocess.run(
        [cluster.bin / "pg_dump", "--file", file, cluster.addresses.owner], check=True, timeout=120
    )


async def test_nothing_lies_in_clear(own_cluster: tuple[Cluster, Path], tmp_path: Path) -> None:
    cluster, folder = own_cluster
    addresses = cluster.addresses
    await prepare(addresses, lambda line: None)
    owner = await asyncpg.connect(cluster.superuser, database="qiuzhu")
    await owner.execute("CREATE TABLE pub.control (word text)")
    await owner.execute("ALTER TABLE pub.control OWNER TO qiuzhu_owner")
    await owner.execute("INSERT INTO pub.control VALUES ($1)", CONTROL)

    temporary, dumps, keys = tmp_path / "tmp", tmp_path / "dumps", tmp_path / "keys"
    temporary.mkdir()
    dumps.mkdir()
    mail_key = write_pair(keys, MAIL, PASSPHRASE)
    variables = {**VARIABLES, "QIUZHU_MAIL_KEY": mail_key, "TMPDIR": str(temporary)}
    async with served(tmp_path, DATABASE_URL=addresses.public, **variables) as process:
        await send_all(process.client)
    with listening(Mailbox()) as box:
        await deliver(addresses.mail, box.port, keys, tmp_path)
    assert len(box.taken) == SENT

    await owner.execute("CHECKPOINT")
    assert await owner.fetchval("SELECT count(*) FROM intake.alerts") == SENT
    assert await owner.fetchval("SELECT count(*) FROM intake.attachments") == 3 * SENT
    await owner.close()
    dump(cluster, dumps / "dump.sql")
    (dumps / "control.gz").write_bytes(gzip.compress(CONTROL.encode()))

    found = await asyncio.to_thread(holding, CONTROL, [folder, tmp_path])
    assert {dumps / "dump.sql", dumps / "control.gz"} < found
    assert any("pg_wal" in file.parts for file in found)
    assert any("base" in file.parts for file in found)
    assert await asyncio.to_thread(holding, CANARY, [folder, tmp_path]) == set()
    assert list(temporary.rglob("*")) == []
