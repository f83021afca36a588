"""Where the server answers: a host and a port, as they are typed and as they stand in a link. Standard library only."""

import ipaddress
import re
import secrets
from typing import NamedTuple

LOOPBACK = "127.0.0.1"
LARGEST_PORT = 65535
NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")


class AddressError(ValueError):
    """It is no address; the message is one sentence."""


class Address(NamedTuple):
    """A host (a name, or numbers without brackets) and a port; port 0 is any that is free."""

    host: str
    port: int

    @classmethod
    def of(cls, text: str) -> "Address":
        """From “8000”, “0.0.0.0:8000” or “[::1]:8000”. Raises AddressError."""
        host, colon, port = text.rpartition(":")
        if not (port.isascii() and port.isdecimal() and len(port) <= 5 and int(port) <= LARGEST_PORT):
            most = f"a number up to {LARGEST_PORT}"
            raise AddressError(f"“{text[:60]}” must end in a port, {most}: as 8000, or 0.0.0.0:8000")
        bare, numbers = host.removeprefix("[").removesuffix("]"), "[" in host or ":" in host
        half = host.startswith("[") != host.endswith("]")
        if half or (colon and not host) or not (_is_numbers(bare) if numbers else NAME.fullmatch(bare or LOOPBACK)):
            raise AddressError(f"“{host[:60]}” is no host: name one, as 0.0.0.0:8000 or [::1]:8000")
        return cls(bare or LOOPBACK, int(port))

    @property
    def is_loopback(self) -> bool:
        """Whether only programs on this machine come to it."""
        return is_loopback(self.host)

    @property
    def in_link(self) -> str:
        """As it stands in a link."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def token_for(address: Address, token: str | None) -> str | None:
    """The token that a link holds: where others can come to the address there is always one."""
    return secrets.token_urlsafe(16) if token is None and not address.is_loopback else token


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, seen from itself."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_numbers(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
