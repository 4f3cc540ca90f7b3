"""`mail`: sends the confirmation mails; the only process that has addresses and a way out."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.key import PassphraseFd, PassphraseFile, Private, private_folder
from api.cli.opening import addresses_of
from api.cli.options import Data, chosen
from api.cli.terminal import say
from api.settings import Settings
from api.trouble import Trouble

if TYPE_CHECKING:
    from api.mail.worker import Post


def register(app: typer.Typer) -> None:
    app.command()(mail)


def mail(
    once: Annotated[bool, typer.Option("--once", help="Send what is due, and end.")] = False,
    private: Private = None,
    passphrase_file: PassphraseFile = None,
    passphrase_fd: PassphraseFd = None,
    data: Data = None,
) -> None:
    """Send confirmation mails as they become due; needs the private key of the mails."""
    from api.mail.running import keep_sending, send_once
    from api.mail.worker import Worker
    from api.sealing.keys import MAIL, read_ring
    from api.sealing.passphrases import read_passphrase

    settings = chosen(data=data, private_keys=private)
    post = _post(settings)
    folder = private_folder(settings)
    passphrase = read_passphrase(MAIL, passphrase_file, passphrase_fd)
    worker = Worker(post, read_ring(folder, MAIL, passphrase), say)
    with _address(settings) as address:
        if once:
            if not asyncio.run(send_once(address, worker)):
                raise typer.Exit(1)
            return
        say(f"邮件 mail: {post.server.host}:{post.server.port}   (Ctrl-C 停止 stops)")
        asyncio.run(keep_sending(address, worker))


def _post(settings: Settings) -> "Post":
    """How mails leave. Raises Trouble naming what was not said."""
    from api.mail.addresses import validated_address
    from api.mail.servers import read_server
    from api.mail.worker import Post

    if not (settings.smtp_url and settings.mail_from and settings.public_url):
        given = {
            "QIUZHU_SMTP_URL": settings.smtp_url,
            "QIUZHU_MAIL_FROM": settings.mail_from,
            "QIUZHU_PUBLIC_URL": settings.public_url,
        }
        missing = ", ".join(name for name, value in given.items() if not value)
        raise Trouble(f"发邮件还需要：{missing}", f"Sending mails also needs: {missing}")
    try:
        sender = validated_address(settings.mail_from)
    except ValueError:
        raise Trouble(
            "QIUZHU_MAIL_FROM 不是邮箱地址。", "QIUZHU_MAIL_FROM is not an e-mail address."
        ) from None
    return Post(
        server=read_server(settings.smtp_url),
        sender=sender,
        site=settings.address,
        hourly=settings.mail_hourly,
        hours=settings.mail_hours,
    )


@contextmanager
def _address(settings: Settings) -> Iterator[str]:
    """The mail role's address alone where it is given; no other login is asked for."""
    if settings.database_mail_url:
        yield settings.database_mail_url
        return
    with addresses_of(settings) as addresses:
        yield addresses.mail
