"""The offer that a page of the map is about, as far as its reader may see it."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends

from services.matching.domain.errors import NotOnTheMap
from services.matching.domain.ranking import Offer
from services.matching.web.dependencies import Unit
from shared.access.sessions import Session, maybe_signed_in


async def _shown(service_id: UUID, session: Annotated[Session | None, Depends(maybe_signed_in)], unit: Unit) -> Offer:
    """Who is signed in also sees what is hidden because nobody confirmed it. Raises NotOnTheMap."""
    offer = await unit.services.read_offer(service_id)
    hidden = offer is not None and offer.service.kept.hidden_at is not None and session is None
    if offer is None or not offer.service.on_map or hidden:
        raise NotOnTheMap
    return offer


TheOffer = Annotated[Offer, Depends(_shown)]
