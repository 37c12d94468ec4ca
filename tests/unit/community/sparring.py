"""Colleagues who want to be asked, and somebody who asks them."""

from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

import httpx

from services.community.domain.sparring_turn import Partner
from services.community.handlers.sparring_letters import prepare_sparring_letter
from services.community.ports import CommunityUnit
from services.community.schedule import TIMERS
from shared.events.base import Event, Role
from shared.events.http import KnownPerson
from shared.events.sparring import SparringColleagueAsked, SparringQuestionAsked
from tests.parts.people import member
from tests.unit.community.world import Community, an_id

PAGE = "/sparren"
EventT = TypeVar("EventT", bound=Event)
ASKER = an_id(Role.AMBASSADOR)
TEXT = "Hoe begin je een gesprek over geld met ouders?"
QUESTION = {"text": TEXT, "expertise": "debt", "language": "nl", "choice": "ask"}
ANSWER = "Begin met iets wat goed gaat. Vraag daarna wat er nodig is."


async def colleagues(count: int = 7, **more: Any) -> Community:  # noqa: ANN401 - whatever a partner has
    """So many who know of it, and one who knows of something else."""
    community = Community()
    async with community.units.begin() as unit:
        for number in range(count):
            await knows(unit, f"colleague {number}", **more)
        await unit.partners.save(Partner(an_id("other"), frozenset({"bike"}), languages=frozenset({"nl"})))
    for number in range(count):
        person = an_id(f"colleague {number}")
        community.people.people[person] = KnownPerson(person_id=person, name=f"Collega {number}", phone="010 123 45 67")
    community.people.people[ASKER] = KnownPerson(person_id=ASKER, name="Noor Verzonnen", phone="010 123 45 67")
    return community


async def knows(unit: CommunityUnit, name: str, **more: Any) -> None:  # noqa: ANN401 - whatever a partner has
    """Somebody who knows of it."""
    told: dict[str, Any] = {"expertise": frozenset({"debt"}), "languages": frozenset({"nl"}), **more}
    await unit.partners.save(Partner(an_id(name), **told))
    await unit.members.save(member(an_id(name), an_id("desk"), Role.PARTNER))


async def asks(community: Community, **more: str) -> httpx.Response:
    async with community.visitor(Role.AMBASSADOR) as asker:
        return await asker.post(f"{PAGE}/vraag", data=QUESTION | more)


async def asked(community: Community, **more: str) -> UUID:
    """A question that was asked."""
    assert (await asks(community, **more)).status_code == 303
    return facts(community, SparringQuestionAsked)[-1].subject


def facts(community: Community, kind: type[EventT]) -> list[EventT]:
    return [one for one in community.published() if isinstance(one, kind)]


def whom(community: Community) -> list[UUID]:
    """Who was asked, in their order."""
    return [one.person_id for one in facts(community, SparringColleagueAsked)]


async def link(community: Community, number: int = -1) -> str:
    """The page that opens from the mail of one of them."""
    async with community.units.begin() as unit:
        letter = await prepare_sparring_letter(facts(community, SparringColleagueAsked)[number].subject, unit)
    assert letter is not None
    return f"{PAGE}/antwoord/{letter.token}"


async def passes(community: Community, days: int) -> None:
    """So many days go by, hour by hour, and what is due is done."""
    for _ in range(days * 24):
        community.clock.forward(timedelta(hours=1))
        async with community.units.begin() as unit:
            for timer in await unit.timers.claim(50):
                await TIMERS[timer.kind](timer, unit)
                if not unit.timers.changed(timer.key):
                    unit.timers.clear(timer.key)
