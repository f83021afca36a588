"""Hosts and ports as they are typed."""

import pytest

from charrnn.tui.serving.address import Address, AddressError, is_loopback


@pytest.mark.parametrize(
    ("typed", "host", "port", "in_link"),
    [
        ("8000", "127.0.0.1", 8000, "127.0.0.1:8000"),
        ("0", "127.0.0.1", 0, "127.0.0.1:0"),
        ("0.0.0.0:80", "0.0.0.0", 80, "0.0.0.0:80"),
        ("localhost:8000", "localhost", 8000, "localhost:8000"),
        ("class-room.example:65535", "class-room.example", 65535, "class-room.example:65535"),
        ("[::1]:8000", "::1", 8000, "[::1]:8000"),
        ("::1:8000", "::1", 8000, "[::1]:8000"),
    ],
)
def test_it_is_read_and_put_into_a_link(typed, host, port, in_link):
    address = Address.of(typed)
    assert (address.host, address.port, address.in_link) == (host, port, in_link)


@pytest.mark.parametrize(
    "typed", ["", "x", "8000x", "-1", "65536", "host:", ":8000", "a b:80", "[::1:80", "[x]:80", "²"]
)
def test_what_is_none_is_refused_in_a_sentence(typed):
    with pytest.raises(AddressError, match=r"must end in a port|is no host"):
        Address.of(typed)


def test_what_only_this_machine_comes_to():
    assert all(map(is_loopback, ("127.0.0.1", "127.9.9.9", "::1", "localhost", "LOCALHOST")))
    assert not any(map(is_loopback, ("0.0.0.0", "::", "10.0.0.1", "localhost.example", "")))
