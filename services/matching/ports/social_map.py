"""The social map, as the handlers need it."""

from collections.abc import Collection, Sequence
from typing import Protocol
from uuid import UUID

from services.matching.domain.case import CaseNeed
from services.matching.domain.map_query import MapQuery, SearchResult
from services.matching.domain.network import Service
from services.matching.domain.ranking import Offer, Shortlist
from services.matching.domain.rules import Situation


class Services(Protocol):
    """The social map."""

    async def get(self, service_id: UUID) -> Service | None:
        """The service, locked."""

    async def read(self, service_id: UUID) -> Service | None:
        """The service as it is now."""

    async def hold_many(self, service_ids: Collection[UUID]) -> dict[UUID, Service]:
        """These, locked in the order of their ids; unknown ones are left out."""

    async def read_names(self, service_ids: Collection[UUID]) -> dict[UUID, str]:
        """What these are called, by id; unknown ones are left out."""

    async def read_offer(self, service_id: UUID) -> Offer | None:
        """The service with its organisation."""

    async def shortlist(self, need: CaseNeed, situation: Situation, most: int, skip: int = 0) -> Shortlist:
        """Of this kind of help at most so many that can be asked, those that rank first, and as many that cannot.

        `skip`: without so many that rank before them, for whoever looked at those already.
        """

    async def list_of_organisation(self, organisation_id: UUID) -> list[Service]:
        """All that one organisation offers, inactive ones too, by name."""

    async def list_public_of(self, organisation_ids: Collection[UUID]) -> list[Service]:
        """All of these organisations that anyone can find, by name."""

    async def search(self, query: MapQuery) -> SearchResult:
        """What a person looks for on the map."""

    async def index_older(self, limit: int) -> int:
        """Index services that another version of Schakel indexed, at most so many; how many that were."""

    async def tidy_words(self) -> None:
        """The words that the map is known by are those that it says now."""

    async def save(self, service: Service) -> None:
        """Insert it, or take over every field."""

    async def hold_next(self, after: UUID, limit: int) -> list[Service]:
        """Those behind this id, in the order of theirs; nobody changes them before this transaction ends."""

    async def save_all(self, services: Sequence[Service]) -> None:
        """The same for many at once; each is there once."""
