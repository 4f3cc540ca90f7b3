"""`key`: pairs for sealing what people send; the private halves go where the service is not."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.options import Data, chosen
from api.cli.terminal import say
from api.settings import Settings
from api.trouble import Trouble

key = typer.Typer(no_args_is_help=True, help="Keys that seal alerts and mail addresses.")
Private = Annotated[
    Path | None,
    typer.Option("--private", help="Folder of private keys. [QIUZHU_PRIVATE_KEYS]"),
]
PassphraseFile = Annotated[Path | None, typer.Option(help="Read the passphrase from this file.")]
PassphraseFd = Annotated[int | None, typer.Option(help="Read it from this open descriptor.")]


def register(app: typer.Typer) -> None:
    app.add_typer(key, name="key")


@key.command()
def new(
    which: Annotated[str, typer.Argument(metavar="[desk|mail|all]")] = "all",
    private: Private = None,
    passphrase_file: PassphraseFile = None,
    passphrase_fd: PassphraseFd = None,
    data: Data = None,
) -> None:
    """Make key pairs; the public halves go into the data folder, where `up` finds them."""
    from api.sealing.keys import KINDS
    from api.sealing.making import make_pair, make_receipt_key, refuse_second, refuse_within
    from api.sealing.passphrases import read_passphrase

    kinds = [kind for kind in KINDS if which in (kind, "all")]
    if not kinds:
        raise Trouble("只有 desk、mail 或 all。", "It is desk, mail or all.")
    settings = chosen(data=data, private_keys=private)
    folder = private_folder(settings)
    refuse_within(settings.data, folder)
    for kind in kinds:
        refuse_second(settings.data, kind)
    read: bytes | None = None
    for kind in kinds:
        # Of a pipe nothing is left for a second pair; typed, each pair has its own.
        if read is None or (passphrase_file is None and passphrase_fd is None):
            read = read_passphrase(kind, passphrase_file, passphrase_fd, new=True)
        _made(make_pair(settings.data, folder, kind, read), folder)
    if make_receipt_key(settings.data):
        say("回执密钥已生成 receipt key made")
    say("请备份私钥与口令，并分开存放：失去其一，就再也打不开。")
    say("Back up private keys and passphrases, apart: without either, nothing opens again.")


@key.command()
def rotate(
    which: Annotated[str, typer.Argument(metavar="desk|mail")],
    private: Private = None,
    passphrase_file: PassphraseFile = None,
    passphrase_fd: PassphraseFd = None,
    data: Data = None,
) -> None:
    """Make a further pair; former private keys stay and open what was sealed to them."""
    from api.sealing.keys import KINDS
    from api.sealing.making import refuse_within, renew_pair
    from api.sealing.passphrases import read_passphrase

    kind = next((kind for kind in KINDS if kind == which), None)
    if kind is None:
        raise Trouble("只有 desk 或 mail。", "It is desk or mail.")
    settings = chosen(data=data, private_keys=private)
    folder = private_folder(settings)
    refuse_within(settings.data, folder)
    passphrase = read_passphrase(kind, passphrase_file, passphrase_fd)
    _made(renew_pair(settings.data, folder, kind, passphrase), folder)
    say("重新启动服务后生效；旧私钥请保留。")
    say("It takes effect when the service is started again; keep the former private keys.")


def private_folder(settings: Settings) -> Path:
    """Where private keys lie. Raises Trouble where nobody said."""
    if settings.private_keys is None:
        raise Trouble(
            "请用 --private 或 QIUZHU_PRIVATE_KEYS 指定存放私钥的目录。",
            "Say with --private or QIUZHU_PRIVATE_KEYS which folder holds the private keys.",
        )
    return settings.private_keys


def _made(line: str, folder: Path) -> None:
    # The public half is no secret: a container takes it as a variable.
    typer.echo(line)
    say(f"私钥在 private key in {folder}")
