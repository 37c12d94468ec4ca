"""A need that turns out to be another kind of thing is a new need; the help for the old one stays with the old one."""

from uuid import UUID

import pytest

from services.intake.commands import NeedAsked
from services.intake.domain.errors import SameNeedTwice, UnknownNeed
from services.intake.handlers.inventory import complete_inventory
from shared.events import referral_codes
from shared.events.base import Need
from shared.events.intake import NeedsAssessed
from tests.unit.intake.builders import ROOS, Units, assessed, inventory, need, said
from tests.unit.intake.pages import Pages
from tests.unit.intake.test_needed_again import FORM, confirm, last_inventory


async def found(units: Units, case_id: UUID, *needs: NeedAsked) -> tuple[Need, ...]:
    """What the case needs after this inventory."""
    async with units.begin() as unit:
        case = await complete_inventory(inventory(case_id, needs), unit, ROOS)
    return case.needs


async def test_need_of_another_kind_is_a_new_one_and_stays_that_one_when_sent_again() -> None:
    units, case = await assessed()
    bike = case.needs[0].need_id

    first = await found(units, case.id, need("laptop", id=bike))
    assert [(each.category, each.need_id == bike) for each in first] == [("laptop", False)]

    assert await found(units, case.id, need("laptop", id=bike)) == first
    assert await found(units, case.id, need("laptop", id=first[0].need_id)) == first
    assert [type(fact) for fact in said(units)].count(NeedsAssessed) == 2


async def test_need_that_waits_for_one_of_another_kind_waits_for_the_new_one() -> None:
    units, case = await assessed()
    bike = case.needs[0].need_id
    for _ in range(2):
        laptop, sport = await found(
            units, case.id, need("laptop", id=bike), need("sport", depends_on=(bike,), words=None)
        )
        assert laptop.need_id != bike
        assert sport.depends_on == (laptop.need_id,)


async def test_need_named_beside_one_that_became_another_kind_is_the_one_that_was_known() -> None:
    units, case = await assessed()
    bike = case.needs[0].need_id
    for _ in range(2):
        laptop, same = await found(units, case.id, need("laptop", id=bike), need("bike"))
        assert (laptop.need_id == bike, same.need_id) == (False, bike)


async def test_confirmed_need_stays_when_its_id_is_named_with_another_kind() -> None:
    units, case = await assessed()
    bike = await confirm(units, case, referral_codes.Outcome.HELPED)
    for _ in range(2):
        laptop, kept = await found(units, case.id, need("laptop", id=bike))
        assert [laptop.category, kept.category] == ["laptop", "bike"]
        assert (laptop.need_id == bike, kept.need_id) == (False, bike)
    assert [type(fact) for fact in said(units)].count(NeedsAssessed) == 2


async def test_inventory_is_refused_when_one_need_is_named_by_its_old_and_its_new_id() -> None:
    units, case = await assessed()
    bike = case.needs[0].need_id
    (laptop,) = await found(units, case.id, need("laptop", id=bike))
    old, new = need("laptop", id=bike), need("laptop", id=laptop.need_id)
    for both in ((old, new), (new, old), (old, need("bike", id=bike))):
        with pytest.raises((SameNeedTwice, UnknownNeed)):
            await found(units, case.id, *both)


async def test_inventory_is_refused_when_one_id_is_named_with_two_kinds() -> None:
    units, case = await assessed()
    bike = case.needs[0].need_id
    with pytest.raises(SameNeedTwice):
        await found(units, case.id, need("bike", id=bike), need("laptop", id=bike))


async def test_page_makes_a_new_need_of_what_becomes_another_kind(pages: Pages) -> None:
    one = {**FORM, **await pages.needs_as_shown(), "needs.1.gone": "true"}
    await pages.sends(ROOS, f"{pages.path}/inventarisatie", one)
    (old,) = last_inventory(pages.units).needs
    sport = {"needs.1.category": "sport", "needs.1.urgency": "soon", "needs.1.dependsOn.0": str(old.need_id)}
    laptop = {**await pages.needs_as_shown(), **sport, "needs.0.category": "laptop"}
    for _ in range(2):
        reply = await pages.sends(ROOS, f"{pages.path}/inventarisatie", {**FORM, **laptop})
        assert reply.status_code == 303
    new, after = last_inventory(pages.units).needs
    assert (new.category, new.need_id == old.need_id) == ("laptop", False)
    assert after.depends_on == (new.need_id,)
    assert [type(fact) for fact in said(pages.units)].count(NeedsAssessed) == 2
    assert str(new.need_id) in (await pages.shows(ROOS, f"{pages.path}/inventarisatie")).text
