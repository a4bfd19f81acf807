"""A process without a network: every attempt to leave this machine fails and is written down."""

from __future__ import annotations

import sys
from ipaddress import ip_address
from pathlib import Path
from typing import Any

WATCHED = {"socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"}


class OutgoingError(OSError):
    """The process tried to reach another machine."""


def _is_here(host: object) -> bool:
    """Return whether a name or address is this machine; local sockets have no address."""
    if not isinstance(host, str) or host in ("", "localhost"):
        return True
    try:
        return ip_address(host).is_loopback or ip_address(host).is_unspecified
    except ValueError:
        return False


def forbid(log: Path) -> None:
    """Forbid this process every connection to another machine; write the attempts in `log`."""

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event not in WATCHED:
            return
        target = arguments[0] if event.startswith("socket.get") else arguments[1]
        host = target[0] if isinstance(target, tuple) else target
        if isinstance(host, bytes) or _is_here(host):
            return
        with log.open("a") as attempts:
            attempts.write(f"{event} {host}\n")
        raise OutgoingError(f"no network: {host}")

    sys.addaudithook(watch)
