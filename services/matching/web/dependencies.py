"""What matching's routes work with, found at `request.app.state.dependencies`."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Annotated, cast

from fastapi import Depends, Request

from services.matching.ports import MatchingUnit
from services.matching.web.sign_in_cookies import SignInCookies
from shared.access.identity_provider import IdentityProvider
from shared.kernel.city import City
from shared.privacy.rotating_key import RotatingKey
from shared.privacy.sealed import Sealing
from shared.web.dependencies import ServiceDependencies


@dataclass(frozen=True, kw_only=True)
class Dependencies(ServiceDependencies[MatchingUnit]):
    """Everything a route needs."""

    code_key_ring: RotatingKey = field(repr=False)
    sealing: Sealing = field(repr=False)
    cookies: SignInCookies
    identity_provider: IdentityProvider | None
    city: City
    public_url: str

    @property
    def code_key(self) -> bytes:
        """What new codes are made with."""
        return self.code_key_ring.newest.encode()

    @property
    def code_keys(self) -> list[bytes]:
        """What codes may have been made with that are still valid."""
        return [key.encode() for key in self.code_key_ring.all]


async def _dependencies(request: Request) -> Dependencies:
    return cast("Dependencies", request.app.state.dependencies)


TheDependencies = Annotated[Dependencies, Depends(_dependencies)]


async def _unit(dependencies: TheDependencies) -> AsyncIterator[MatchingUnit]:
    async with dependencies.units.begin() as unit:
        yield unit


# The transaction of one request. It commits before the reply is sent, and an exception rolls it back. Parameters that
# wait for the client (a form) or refuse it come before it, so that nobody holds a connection meanwhile.
Unit = Annotated[MatchingUnit, Depends(_unit, scope="function")]
