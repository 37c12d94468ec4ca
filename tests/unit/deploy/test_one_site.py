"""The embedded site answers to the names of this machine only."""

import httpx
import pytest
from starlette.responses import PlainTextResponse

from deploy.embedded.in_process import OneSite


async def asked_as(host: str, path: str) -> httpx.Response:
    front = OneSite(PlainTextResponse("the site"), PlainTextResponse("the mails"))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(front), base_url="http://localhost") as client:
        return await client.get(path, headers={"Host": host})


@pytest.mark.parametrize("host", ["localhost", "localhost:8080", "127.0.0.1:8080", "[::1]:8080", "LOCALHOST:1"])
async def test_own_names_are_answered(host: str) -> None:
    assert (await asked_as(host, "/bord")).text == "the site"
    assert (await asked_as(host, "/postvak")).text == "the mails"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8080", "localhost.evil.example", "", "[", "127.0.0.2"])
@pytest.mark.parametrize("path", ["/", "/postvak", "/livez"])
async def test_name_that_somebody_else_made_point_here_reads_nothing(host: str, path: str) -> None:
    reply = await asked_as(host, path)
    assert reply.status_code == 421
    assert "the" not in reply.text.split()[:1]
