"""A port is bound when it is chosen, and the socket handed on: one that is only looked for may be lost by then."""

import errno
import socket
from typing import Final

WAITING_AT_MOST: Final = 2048


class CannotListen(Exception):
    """Nobody can be served at this address; the message says why."""

    def __init__(self, host: str, port: int, error: OSError) -> None:
        why = "it is taken" if error.errno == errno.EADDRINUSE else error.strerror
        super().__init__(f"{host}:{port} cannot be listened on ({why})")


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens at this address; with port 0 at any port that is free. Raises CannotListen."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0][0]
        return socket.create_server((host, port), family=family, backlog=WAITING_AT_MOST)
    except OSError as error:
        raise CannotListen(host, port, error) from None
