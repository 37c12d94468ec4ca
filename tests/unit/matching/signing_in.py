"""What somebody does who signs in."""

from urllib.parse import parse_qs, urlparse
from uuid import UUID

import httpx

from shared.events.matching import SignInRequested
from tests.unit.matching.site import Site


async def asked_for_code(
    site: Site, email: str = "noor@school.example", naar: str = "/"
) -> tuple[UUID, httpx.Response]:
    answered = await site.post("/inloggen", email=email, naar=naar)
    query = parse_qs(urlparse(answered.headers["location"]).query)
    return UUID(query["aanmelding"][0]), answered


async def code_typed(site: Site, sign_in_id: UUID, code: str) -> httpx.Response:
    return await site.post("/inloggen/code", aanmelding=str(sign_in_id), code=code)


async def mailed_code(site: Site, mailed: SignInRequested) -> str:
    """The code as it stands in this mail."""
    return (await site.delivery(recipientId=str(mailed.person_id), signInId=str(mailed.subject)))["code"]
