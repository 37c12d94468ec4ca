"""What a gathering is about, who is asked to tell of it, and what the network wants together."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol
from uuid import UUID

from services.community.domain.expertise import Expert, ExpertAsk
from services.community.domain.topic import Topic, TopicState
from services.community.domain.vision import Signature, Vision


class Topics(Protocol):
    """What people propose for gatherings; lists are in the order in which they were proposed."""

    async def get(self, topic_id: UUID) -> Topic | None:
        """One, locked until the transaction ends."""

    async def read(self, topic_id: UUID) -> Topic | None:
        """One, to look at."""

    async def save(self, topic: Topic) -> None:
        """Keep it."""

    async def list_of(self, gathering_id: UUID) -> list[Topic]:
        """Those that are planned for one gathering."""

    async def list_of_person(self, person_id: UUID) -> list[Topic]:
        """Those that one person proposed."""

    async def list_in(self, states: Collection[TopicState]) -> list[Topic]:
        """Those that stand so."""

    async def list_old(self, proposed: datetime, limit: int) -> list[UUID]:
        """Those that were proposed before this, and are not planned."""

    async def remove(self, topic_ids: Collection[UUID]) -> None:
        """For good."""


class Experts(Protocol):
    """Who wants to be asked as an expert by experience."""

    async def get(self, person_id: UUID) -> Expert | None:
        """None: not this person."""

    async def save(self, expert: Expert) -> None:
        """Keep it."""

    async def remove(self, person_id: UUID) -> None:
        """This person is asked no more."""

    async def list_all(self) -> list[Expert]:
        """All, by id."""


class ExpertAsks(Protocol):
    """Whom was asked, in that order. Whoever changes one holds its gathering first."""

    async def get(self, ask_id: UUID) -> ExpertAsk | None:
        """One."""

    async def save(self, ask: ExpertAsk) -> None:
        """Keep it."""

    async def list_all(self) -> list[ExpertAsk]:
        """Those that are not forgotten."""

    async def list_of(self, gathering_id: UUID) -> list[ExpertAsk]:
        """Those of one gathering."""

    async def list_of_person(self, person_id: UUID) -> list[ExpertAsk]:
        """Those of one person."""

    async def remove(self, ask_ids: Collection[UUID]) -> None:
        """For good."""

    async def forget_over(self, asked: datetime, ended: datetime) -> None:
        """Those that are over and were asked before this."""


class Visions(Protocol):
    """The versions of the shared vision."""

    async def save(self, vision: Vision) -> None:
        """Keep it."""

    async def list_all(self) -> list[Vision]:
        """All, the newest first."""

    async def get_draft(self) -> Vision | None:
        """The one that is not published, locked until the transaction ends."""


class Signatures(Protocol):
    """Who signed which version; one of each person."""

    async def get(self, person_id: UUID) -> Signature | None:
        """None: this person signed nothing."""

    async def save(self, signature: Signature) -> None:
        """In place of an earlier one."""

    async def remove(self, person_id: UUID) -> None:
        """This person signed nothing any more."""

    async def list_all(self) -> list[Signature]:
        """All, by person."""


class Organisations(Protocol):
    """What organisations are called."""

    async def save(self, organisation_id: UUID, name: str, *, active: bool) -> None:
        """As it was published."""

    async def names_of(self, organisation_ids: Collection[UUID]) -> list[str]:
        """Of those that take part, by id."""

    async def list_active(self) -> dict[UUID, str]:
        """The name of each that takes part, by name."""


class ProgrammeUnit(Protocol):
    """All of these, inside one transaction."""

    @property
    def topics(self) -> Topics: ...
    @property
    def experts(self) -> Experts: ...
    @property
    def expert_asks(self) -> ExpertAsks: ...
    @property
    def visions(self) -> Visions: ...
    @property
    def signatures(self) -> Signatures: ...
    @property
    def organisations(self) -> Organisations: ...
