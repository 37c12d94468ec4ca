"""A port that is chosen is bound: nobody else can take it before it is used."""

import socket

import pytest

from shared.runtime.listening import CannotListen, listen

HOST = "127.0.0.1"


def test_port_is_ours_from_the_moment_it_is_chosen() -> None:
    with listen(HOST, 0) as first:
        port = first.getsockname()[1]

        with pytest.raises(CannotListen, match=rf"{HOST}:{port} cannot be listened on \(it is taken\)"):
            listen(HOST, port)
        with socket.create_connection((HOST, port), timeout=5):
            pass

    with listen(HOST, port) as again:
        assert again.getsockname()[1] == port


def test_address_that_is_not_of_this_machine_is_named() -> None:
    with pytest.raises(CannotListen, match=r"192\.0\.2\.1"):
        listen("192.0.2.1", 0)
