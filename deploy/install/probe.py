"""A container's health check: `python -m deploy.install.probe URL` exits 0 when the URL answers 2xx within 3 s."""

import http.client
import os
import ssl
import sys
from urllib.parse import urlsplit

SECONDS = 3


def main(url: str) -> int:
    """0: healthy; 1: not, with the reason on standard error."""
    parts = urlsplit(url)
    host = parts.hostname or "127.0.0.1"
    connection = http.client.HTTPConnection(host, parts.port, timeout=SECONDS)
    if parts.scheme == "https":
        trusted = ssl.create_default_context(cafile=os.environ.get("SCHAKEL_SERVICES_CA") or None)
        connection = http.client.HTTPSConnection(host, parts.port, timeout=SECONDS, context=trusted)
    try:
        connection.request("GET", parts.path or "/")
        reply = connection.getresponse()
        if reply.status < http.HTTPStatus.MULTIPLE_CHOICES:
            return 0
        sys.stderr.write(f"{reply.status} {reply.read(500).decode(errors='replace')}\n")
    except OSError as error:
        sys.stderr.write(f"{type(error).__name__}\n")
    finally:
        connection.close()
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
