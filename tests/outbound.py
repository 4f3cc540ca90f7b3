"""A guard over the whole test process: whoever reaches beyond this machine is refused and noted."""

import ipaddress
import sys
from typing import Any

# What was tried. The suite must end with none.
tried: list[str] = []
_CONNECTING = {"socket.connect", "socket.sendto", "socket.sendmsg"}
_LOOKING_UP = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}


class OutboundRefused(RuntimeError):
    """Somebody tried to leave the machine."""


def _here(host: object) -> bool:
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(host).partition("%")[0]).is_loopback
    except ValueError:
        return False


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _CONNECTING:
        address = arguments[1]
        # The address of a Unix socket is no tuple; sendmsg has none on a connected one.
        host = address[0] if isinstance(address, tuple) else None
    elif event in _LOOKING_UP:
        host = arguments[0]
    else:
        return
    if not _here(host):
        tried.append(f"{event} {host!r}")
        raise OutboundRefused(f"{event} to {host!r}")


def guard() -> None:
    """Begins to watch; what is watched for cannot be left again in this process."""
    sys.addaudithook(_watch)
