"""The proxy of a cluster under test: one address for the services and the mailbox, by the table of the site.

`python -m tests.parts.gateway PORT intake=http://127.0.0.1:1234 …`
"""

import sys

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from shared.web.site import first_segment, service_of_path

METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE"]
HOP_BY_HOP = frozenset({"connection", "transfer-encoding", "keep-alive", "content-length", "content-encoding"})


def gateway(targets: dict[str, str]) -> Starlette:
    """Passes each request on to the service that its path belongs to."""
    client = httpx.AsyncClient(timeout=30, limits=httpx.Limits(max_connections=200))

    async def pass_on(request: Request) -> Response:
        path = request.url.path
        name = "mailbox" if first_segment(path) == "postvak" else service_of_path(path)
        if name is None:
            return Response(status_code=404)
        headers = [(key, value) for key, value in request.headers.raw if key.decode() not in HOP_BY_HOP]
        query = f"?{request.url.query}" if request.url.query else ""
        try:
            reply = await client.request(
                request.method, f"{targets[name]}{path}{query}", headers=headers, content=await request.body()
            )
        except httpx.HTTPError:
            return Response(status_code=502)
        passed = Response(reply.content, reply.status_code)
        passed.raw_headers = [
            (key.lower(), value) for key, value in reply.headers.raw if key.decode().lower() not in HOP_BY_HOP
        ]
        passed.headers["content-length"] = str(len(reply.content))
        return passed

    return Starlette(routes=[Route("/{path:path}", pass_on, methods=METHODS)])


if __name__ == "__main__":
    named = dict(argument.split("=", 1) for argument in sys.argv[2:])
    uvicorn.run(gateway(named), host="127.0.0.1", port=int(sys.argv[1]), log_level="warning", access_log=False)
