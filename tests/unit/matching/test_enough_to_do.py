"""Who has enough to do is asked by nobody: another contact, another partner, or the desk with a reason."""

from uuid import UUID

import pytest

from services.matching.domain.errors import ContactFull
from services.matching.domain.network import Person
from services.matching.handlers.cases import propose_partners
from services.matching.handlers.passing_on import pass_question
from shared.events.base import Role
from shared.events.matching import NoPartnerFound, PartnerActivated
from tests.unit.matching.city import World, assessed, contact, named, service
from tests.unit.matching.desk import a_desk, active, ask, sends

FIETSBENDE = named("contact of fietsbende")
RIJWIELHULP = named("contact of rijwielhulp")


async def with_full(*people: UUID) -> World:
    world = await World().with_partners("fietsbende", "rijwielhulp", categories=("bike",))
    async with world.units.begin() as unit:
        for one in people:
            await unit.limits.reach(one)
        await propose_partners(assessed(), unit)
    return world


def asked(world: World) -> list[UUID]:
    return [one.contact_id for one in world.published(PartnerActivated)]


@pytest.mark.parametrize(("full", "other"), [(FIETSBENDE, RIJWIELHULP), (RIJWIELHULP, FIETSBENDE)])
async def test_partner_with_room_is_asked_in_place_of_one_without(full: UUID, other: UUID) -> None:
    assert asked(await with_full(full)) == [other]


async def test_nobody_is_asked_when_nobody_has_room() -> None:
    world = await with_full(FIETSBENDE, RIJWIELHULP)
    assert asked(world) == []
    assert len(world.published(NoPartnerFound)) == 1


async def test_colleague_with_room_is_asked_in_place_of_the_first_contact() -> None:
    world = await World().with_partners("fietsbende", categories=("bike",))
    colleague = Person(named("kim"), "Kim Verzonnen", "kim@fietsbende.example", "").joining(
        named("fietsbende"), Role.PARTNER
    )
    async with world.units.begin() as unit:
        await unit.people.save(colleague)
        await unit.services.save(service("fietsbende", contact_ids=(FIETSBENDE, colleague.id)))
        await unit.limits.reach(FIETSBENDE)
        await propose_partners(assessed(), unit)
    assert asked(world) == [colleague.id]
    (referral,) = world.published(PartnerActivated)
    async with world.units.begin() as unit:
        await unit.limits.lift(FIETSBENDE)
        await unit.limits.reach(FIETSBENDE)
        with pytest.raises(ContactFull):
            await pass_question(referral.referral_id, FIETSBENDE, unit, by=named("regie"))


async def test_desk_asks_all_the_same_and_says_why() -> None:
    site = await a_desk("fietsbende", "rijwielhulp")
    async with site.world.units.begin() as unit:
        await unit.limits.reach(RIJWIELHULP)
        await unit.limits.reach(FIETSBENDE)
    (first,) = await active(site)
    other = "rijwielhulp" if first == "fietsbende" else "fietsbende"
    assert "De partner is gevraagd." in await sends(site, ask(other), reason="knows-family")
    assert await active(site) == [other]
    assert contact(other).id in asked(site.world)
