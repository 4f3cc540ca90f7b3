"""`staff`: accounts at a terminal: the first admin, and whoever can no longer log in."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from api.cli.opening import desk_of
from api.cli.options import Data, chosen
from api.cli.terminal import say
from api.trouble import Trouble

if TYPE_CHECKING:
    from api.db import WriteSession
    from api.sealing.boxes import Lock
    from api.settings import Settings
    from api.staff.access.accounts import By, Given

staff = typer.Typer(no_args_is_help=True, help="Who may log in at the desk.")
Name = Annotated[str, typer.Argument(metavar="NAME", help="What the person logs in with.")]
Done = TypeVar("Done")


def register(app: typer.Typer) -> None:
    app.add_typer(staff, name="staff")


@staff.command()
def add(
    name: Name,
    role: Annotated[str, typer.Option(help="viewer, moderator, publisher or admin.")] = "moderator",
    data: Data = None,
) -> None:
    """Make an account and print its password and secret, once."""
    from api.models.staff import ROLES
    from api.staff.access import accounts

    if role not in ROLES:
        roles = ", ".join(ROLES)
        raise Trouble(f"角色只能是：{roles}", f"The role is one of: {roles}")
    settings = chosen(data=data)
    lock, given = _lock(settings), _given()
    _run(settings, lambda session, by: accounts.add(session, lock, given, name, role, by))
    _hand(given, name, role)


@staff.command()
def disable(name: Name, data: Data = None) -> None:
    """Stop an account, also the last admin's; whoever uses it is out with the next request."""
    from api.staff.access import accounts

    _run(
        chosen(data=data),
        lambda session, by: accounts.disable(session, name, by, even_last=True),
    )
    say(f"{name}: 已停用 disabled")


@staff.command()
def reset(name: Name, data: Data = None) -> None:
    """Give an account, also a stopped one, a new password and secret, printed once."""
    from api.staff.access import accounts

    settings = chosen(data=data)
    lock, given = _lock(settings), _given()

    async def act(session: "WriteSession", by: "By") -> str:
        role = await accounts.reset(session, lock, given, name, by)
        await accounts.enable(session, name, by)
        return role

    _hand(given, name, _run(settings, act))


def _run(settings: "Settings", act: Callable[["WriteSession", "By"], Awaitable[Done]]) -> Done:
    from api.db import writing
    from api.errors import KINDS, Problem
    from api.staff.access.accounts import By
    from api.staff.audit import CONSOLE

    async def run(address: str) -> Done:
        async with writing(address) as session:
            return await act(session, By(CONSOLE, settings.clock()()))

    with desk_of(settings) as address:
        try:
            return asyncio.run(run(address))
        except Problem as problem:
            _, pair = problem.faults[0] if problem.faults else KINDS[problem.kind]
            raise Trouble(pair.zh or "", pair.en or "") from None


def _given() -> "Given":
    from api.staff.access.accounts import new_secrets
    from api.staff.access.passwords import Kitchen

    return asyncio.run(new_secrets(Kitchen()))


def _lock(settings: "Settings") -> "Lock":
    """Only what seals: no passphrase is needed for an account."""
    from api.sealing.keys import DESK, read_lock
    from api.sealing.stored import with_stored_keys

    line = with_stored_keys(settings).desk_key
    if line is None:
        raise Trouble(
            "还没有 desk 的密钥。请先运行 ./qiuzhu key new。",
            "There is no key of the desk yet. Run ./qiuzhu key new first.",
        )
    try:
        return read_lock(DESK, line)
    except ValueError:
        raise Trouble("desk 的公钥无法读取。", "The desk's public key cannot be read.") from None


def _hand(given: "Given", name: str, role: str) -> None:
    from api.staff.access import totp

    say("只显示这一次。首次登录后须更改口令。")
    say("Shown this once. The password has to be changed at the first login.")
    # Standard output, so that it can go into a file or a password manager and nothing else does.
    for title, value in (
        ("name", name),
        ("role", role),
        ("password", given.password),
        ("secret", given.secret),
        ("uri", totp.address(given.secret, name)),
    ):
        typer.echo(f"{title}: {value}")
