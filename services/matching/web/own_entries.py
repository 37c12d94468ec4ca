"""Whose entry somebody may keep: by a mailed link, or signed in."""

from dataclasses import dataclass
from typing import Annotated, Final
from uuid import UUID

from fastapi import Depends, Request

from services.matching.handlers.directory_links import ENTRY_LINK, ENTRY_PATH
from services.matching.web.dependencies import Unit
from services.matching.web.link_gone import count_codes
from shared.access.links import LinkExpired
from shared.access.sessions import signed_in
from shared.events.base import Role
from shared.web.dependencies import ClientAddress, TheWeb

OWN_PATH: Final = "/netwerk/vermelding"
# A school keeps its entry too, though it offers nothing.
_keeper = signed_in(Role.PARTNER, Role.AMBASSADOR)


@dataclass(frozen=True, slots=True)
class OwnEntry:
    """The organisation, who is here, and under which path its pages stand."""

    organisation_id: UUID
    person_id: UUID
    base: str


async def _allowed(request: Request, web: TheWeb, client: ClientAddress) -> OwnEntry | None:
    """Signed in; a link is looked up later. Refused before a transaction begins."""
    token = request.path_params.get("token")
    if token is not None:
        await count_codes(token, web, client)
        return None
    session = await _keeper(request)
    return OwnEntry(session.organisation_id, session.person_id, OWN_PATH)


async def _opened(request: Request, allowed: Annotated[OwnEntry | None, Depends(_allowed)], unit: Unit) -> OwnEntry:
    """Raises LinkExpired, also for a link that nobody made or whose holder left."""
    if allowed is not None:
        return allowed
    token = str(request.path_params["token"])
    grant = await unit.links.resolve(token, ENTRY_LINK)
    holder = await unit.people.read(grant.holder_id) if grant else None
    if grant is None or holder is None or not holder.works_for(grant.subject_id):
        raise LinkExpired
    return OwnEntry(grant.subject_id, holder.id, f"{ENTRY_PATH}/{token}")


TheOwnEntry = Annotated[OwnEntry, Depends(_opened)]
