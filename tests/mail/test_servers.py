"""The mail server's address, and what is not said to a server that cannot prove who it is."""

import ssl
import subprocess
from pathlib import Path

import pytest

from api.cli.mail import _post
from api.mail.servers import MailServer, Security, read_server
from api.settings import Settings
from api.trouble import Trouble
from tests.mail.conftest import Office
from tests.mail.smtp import PASSWORD, Mailbox, listening

TO = "someone@example.org"


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mx.example.org", MailServer("mx.example.org", 25, "none")),
        ("smtp://127.0.0.1:1025/", MailServer("127.0.0.1", 1025, "none")),
        ("smtps://mx.example.org", MailServer("mx.example.org", 465, "always")),
        ("smtp+starttls://mx.example.org", MailServer("mx.example.org", 587, "start")),
        ("smtps://a%40b:p%3A%2F@[::1]:99", MailServer("::1", 99, "always", "a@b", "p:/")),
        ("smtp://u:p@localhost", MailServer("localhost", 25, "none", "u", "p")),
        ("SMTPS://u:p@MX.example.org", MailServer("mx.example.org", 465, "always", "u", "p")),
    ],
)
def test_addresses_that_are_understood(url: str, server: MailServer) -> None:
    assert read_server(url) == server


@pytest.mark.parametrize(
    "url",
    [
        *("", "mx.example.org", "http://mx.example.org", "smtp://", "smtp://u:s3cret@"),
        *("smtps://s3cret@mx.example.org", "smtps://:s3cret@mx.example.org", "smtps://u:@mx"),
        *("smtps://u:s3cret@mx.example.org:0", "smtps://u:s3cret@mx.example.org:70000"),
        *("smtps://u:s3cret@mx.example.org:x", "smtps://u:s3cret@mx.example.org/path"),
        *("smtps://u:s3cret@mx.example.org?tls=no", "smtps://u:s3cret@mx.example.org#x"),
        *("smtps://u:s3cret@mx.example.org\r\n", "smtps://u:s3cret%00@mx.example.org"),
        *("smtps://u:s3cret%0d%0a@mx.example.org", "smtps://u:s3cret@mx_%0a.example.org"),
        *("smtps://u:s3cret%ff@mx.example.org", "smtps://u:s3cret@[::1", "smtps://u:s3 cret@mx"),
        # In the clear to another machine.
        *("smtp://u:s3cret@mx.example.org", "smtp://u:s3cret@192.0.2.1"),
    ],
)
def test_addresses_that_are_refused_without_being_repeated(url: str) -> None:
    with pytest.raises(Trouble) as trouble:
        read_server(url)
    assert "QIUZHU_SMTP_URL" in str(trouble.value)
    assert "s3cret" not in str(trouble.value)


def test_what_is_missing_is_named() -> None:
    settings = Settings.model_construct(smtp_url="smtp://localhost")
    with pytest.raises(Trouble, match="QIUZHU_MAIL_FROM, QIUZHU_PUBLIC_URL"):
        _post(settings)
    given = {"mail_from": "post@example.org\nBcc: a@example.org", "public_url": "https://x.example"}
    with pytest.raises(Trouble, match="QIUZHU_MAIL_FROM"):
        _post(settings.model_copy(update=given))


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One that nobody trusts unless told to, and its key."""
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    made = subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-keyout", "-", "-out", "-"),
            *("-addext", "subjectAltName=IP:127.0.0.1"),
        ],
        check=True,
        capture_output=True,
    )
    file.write_bytes(made.stdout)
    return file


@pytest.mark.parametrize("security", ["start", "always"])
async def test_only_a_server_with_a_certificate_is_told_anything(
    office: Office, certificate: Path, monkeypatch: pytest.MonkeyPatch, security: Security
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    mail = await office.queue(TO)
    with listening(Mailbox(), tls=context, starttls=security == "start", login=True) as box:
        server = MailServer("127.0.0.1", box.port, security, "post", PASSWORD)
        assert not await office.send(box, office.worker(box, server=server))
        assert await office.state(mail) == "queued"
        assert (box.logins, box.bodies) == ([], [])
        await office.pass_time(0.1)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert await office.send(box, office.worker(box, server=server))
    assert await office.state(mail) == "sent"
    assert len(box.taken) == len(box.logins) == 1


async def test_a_server_that_hides_its_starttls_is_told_no_password(office: Office) -> None:
    mail = await office.queue(TO)
    with listening(Mailbox(), login=True) as box:
        server = MailServer("127.0.0.1", box.port, "start", "post", PASSWORD)
        assert not await office.send(box, office.worker(box, server=server))
    assert (box.logins, await office.state(mail)) == ([], "queued")
