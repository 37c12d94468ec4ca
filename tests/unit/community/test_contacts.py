"""When two organisations were last in touch: a day and a kind, on the card of somebody of the other one."""

from datetime import timedelta
from uuid import UUID

from services.community.domain.contact import ContactKind
from services.community.domain.hosting import HostTurn, TurnState
from services.community.handlers.contacts import KEPT_FOR, find_contact, forget_contacts, note_contact
from services.community.handlers.gatherings import close_what_is_over
from services.community.handlers.introductions import answer_introduction
from shared.events.base import Role
from tests.unit.community.test_card_mails import sends
from tests.unit.community.test_cards import BAS, ELSEWHERE, NOOR, PAGE, a_network, read, writes
from tests.unit.community.test_introductions import OTHER, OWN, asked_of_us
from tests.unit.community.test_introductions import a_network as two_organisations
from tests.unit.community.world import EVENING, Community, an_id, announced


async def contact(community: Community, one: UUID = OWN, other: UUID = OTHER) -> tuple[int, int, str] | None:
    async with community.units.begin() as unit:
        found = await find_contact(one, [other], unit)
    return (found.day.month, found.day.day, found.kind) if found else None


async def test_introduction_counts_after_a_yes() -> None:
    community = await two_organisations()
    introduction = await asked_of_us(community)
    assert await contact(community) is None
    async with community.units.begin() as unit:
        await answer_introduction(introduction.id, an_id(Role.PARTNER), OWN, unit, agrees=True)
    assert await contact(community) == (9, 8, "introduction")


async def test_hosts_of_one_gathering_were_in_touch() -> None:
    community = Community()
    gathering_id = await announced(community.units)
    async with community.units.begin() as unit:
        for name, state in (("a", TurnState.ACCEPTED), ("b", TurnState.ACCEPTED), ("c", TurnState.PROPOSED)):
            turn = HostTurn(an_id(name), gathering_id, an_id(name), an_id(f"of {name}"), EVENING.starts_at, state)
            await unit.turns.save(turn)
    community.moves_to(EVENING.ends_at + timedelta(minutes=5))
    async with community.units.begin() as unit:
        await close_what_is_over(unit)
    assert await contact(community, an_id("of a"), an_id("of b")) == (10, 8, "gathering")
    assert await contact(community, an_id("of a"), an_id("of c")) is None


async def test_card_tells_the_last_day_and_how_and_nobody_s_name() -> None:
    community = await a_network()
    assert "Laatste contact" not in await read(community, f"{PAGE}/{BAS}")
    async with community.units.begin() as unit:
        await note_contact([an_id("desk"), ELSEWHERE], ContactKind.INTRODUCTION, unit)
    assert "8 september 2026, een kennismaking" in await read(community, f"{PAGE}/{BAS}")


async def test_mail_through_the_site_counts_between_two_organisations_only() -> None:
    community = await a_network()
    await writes(community, mailedBy="network")
    await sends(community)
    assert "Laatste contact" not in await read(community, f"{PAGE}/{NOOR}")


async def test_later_contact_takes_the_place_and_is_forgotten_after_two_years() -> None:
    community = Community()
    async with community.units.begin() as unit:
        await note_contact([OWN, OTHER], ContactKind.GATHERING, unit)
    community.moves_to(community.now + timedelta(days=1))
    async with community.units.begin() as unit:
        await note_contact([OTHER, OWN], ContactKind.MAIL, unit)
    assert await contact(community) == (9, 9, "mail")
    community.moves_to(community.now + KEPT_FOR + timedelta(days=1))
    async with community.units.begin() as unit:
        await forget_contacts(unit)
    assert await contact(community) is None
