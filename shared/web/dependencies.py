"""What every service's routes can ask for: the app's common things, and who is calling for counting only."""

from dataclasses import dataclass
from ipaddress import AddressValueError, IPv6Address, IPv6Network
from typing import Annotated, Generic, TypeVar, cast

from fastapi import Depends, Request

from shared.unit_of_work import UnitOfWork, Units
from shared.web.app import Web
from shared.web.pages import Templates

UnitT = TypeVar("UnitT", bound=UnitOfWork)


@dataclass(frozen=True, kw_only=True)
class ServiceDependencies(Generic[UnitT]):
    """What a service's routes find at `request.app.state.dependencies`; each service adds its own to it."""

    units: Units[UnitT]
    templates: Templates


# async: FastAPI runs plain functions in a thread pool.
async def _web(request: Request) -> Web:
    return cast("Web", request.app.state.web)


def client_address(request: Request) -> str:
    """The address that the request came from, to count how often; never stored.

    A household has a whole /64 of IPv6 to ask from, and counts as one.
    """
    host = request.client.host if request.client else "unknown"
    try:
        return str(IPv6Network((IPv6Address(host), 64), strict=False))
    except AddressValueError:
        return host


async def _client_address(request: Request) -> str:
    return client_address(request)


TheWeb = Annotated[Web, Depends(_web)]
ClientAddress = Annotated[str, Depends(_client_address)]
