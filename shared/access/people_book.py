"""Names and numbers of professionals, asked of matching at the moment that a page shows them, and kept nowhere."""

from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import ClassVar, Final, Protocol
from uuid import UUID

import httpx
import structlog
from pydantic import ValidationError

from shared.access.service_tokens import ServiceAuth, ServiceTokens
from shared.events.base import Role
from shared.events.http import MOST_MENTIONS, PEOPLE, KnownPerson, PeopleAnswer, PeopleQuestion
from shared.kernel.errors import Refusal

ANSWER_WITHIN: Final = httpx.Timeout(2.0)
JSON: Final = {"Content-Type": "application/json"}
log = structlog.get_logger(__name__)


class PeopleBookAway(Refusal):
    """Who people are cannot be asked now."""

    status: ClassVar[int] = 503
    title: ClassVar[str] = "Even geduld"

    def __init__(self) -> None:
        super().__init__(
            "people-away", "We kunnen nu niet zien wie er bij een organisatie werken. Probeer het over een minuut weer."
        )


class PeopleBook(Protocol):
    """Who is who among the professionals. Never ask it while a unit of work is open: it is another service."""

    async def read_people(self, person_ids: Iterable[UUID]) -> Mapping[UUID, KnownPerson]:
        """Those that are known; nobody at all when it cannot be asked now, so that a page shows the rest."""

    async def list_people(self, role: Role, organisation_id: UUID | None = None) -> Sequence[KnownPerson]:
        """The active ones with this role, by name; at this organisation, or anywhere. Raises PeopleBookAway."""

    async def find_by_address(self, address: str) -> KnownPerson | None:
        """Whose address this is. Raises PeopleBookAway."""


class MatchingPeopleBook:
    """`POST /internal/people`."""

    def __init__(self, http: httpx.AsyncClient, matching_url: str, tokens: ServiceTokens) -> None:
        self._http = http
        self._url = f"{matching_url}{PEOPLE}"
        self._auth = ServiceAuth(tokens, "matching")

    async def read_people(self, person_ids: Iterable[UUID]) -> Mapping[UUID, KnownPerson]:
        asked = list(dict.fromkeys(person_ids))
        found: dict[UUID, KnownPerson] = {}
        try:
            for at in range(0, len(asked), MOST_MENTIONS):
                some = await self._ask(PeopleQuestion(person_ids=tuple(asked[at : at + MOST_MENTIONS])))
                found |= {one.person_id: one for one in some}
        except PeopleBookAway:
            return {}
        return found

    async def list_people(self, role: Role, organisation_id: UUID | None = None) -> Sequence[KnownPerson]:
        return await self._ask(PeopleQuestion(role=role, organisation_id=organisation_id))

    async def find_by_address(self, address: str) -> KnownPerson | None:
        return next(iter(await self._ask(PeopleQuestion(address=address))), None)

    async def _ask(self, question: PeopleQuestion) -> Sequence[KnownPerson]:
        content = question.model_dump_json(by_alias=True, exclude_defaults=True)
        try:
            reply = await self._http.post(
                self._url, content=content, headers=JSON, auth=self._auth, timeout=ANSWER_WITHIN
            )
        except httpx.HTTPError as error:
            log.warning("people_not_asked", error=type(error).__name__)
            raise PeopleBookAway from None
        if reply.status_code != HTTPStatus.OK:
            log.warning("people_not_asked", status=reply.status_code)
            raise PeopleBookAway
        try:
            return PeopleAnswer.model_validate_json(reply.content).people
        except ValidationError:
            log.warning("people_not_asked", error="unreadable")
            raise PeopleBookAway from None
