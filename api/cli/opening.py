"""Opens the archive for a command: the embedded cluster, or the server the addresses name."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from api.cli.terminal import say
from api.cluster import running
from api.cluster.roles import Addresses
from api.settings import Settings
from api.trouble import Trouble

_VARIABLES = {
    "public": "DATABASE_URL",
    "owner": "DATABASE_OWNER_URL",
    "desk": "DATABASE_DESK_URL",
    "mail": "DATABASE_MAIL_URL",
}


def given_addresses(settings: Settings) -> Addresses | None:
    """The four addresses of a server of one's own; None where none is given.

    Raises Trouble naming those that are missing where only some are given.
    """
    given = {
        "public": settings.database_url,
        "owner": settings.database_owner_url,
        "desk": settings.database_desk_url,
        "mail": settings.database_mail_url,
    }
    if not any(given.values()):
        return None
    missing = ", ".join(_VARIABLES[name] for name, value in given.items() if not value)
    if missing:
        raise Trouble(f"还缺少数据库地址：{missing}", f"these addresses are missing too: {missing}")
    return Addresses(**{name: value or "" for name, value in given.items()})


@contextmanager
def addresses_of(settings: Settings) -> Iterator[Addresses]:
    """The four addresses, for as long as the block runs."""
    given = given_addresses(settings)
    if given is not None:
        yield given
        return
    with running(settings.data, say) as cluster:
        yield cluster.addresses


@contextmanager
def desk_of(settings: Settings) -> Iterator[str]:
    """The desk's address alone: on its own machine the others are not at hand."""
    if settings.database_desk_url:
        yield settings.database_desk_url
        return
    from api.preparing import prepare

    with addresses_of(settings) as addresses:
        asyncio.run(prepare(addresses, say))
        yield addresses.desk
