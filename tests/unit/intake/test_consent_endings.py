"""A consent ends by itself: its last day passed, or others must answer now that the child grew."""

from datetime import timedelta

from services.intake.domain.consent import ConsentState
from services.intake.domain.dossier import Fact
from services.intake.handlers.consent_endings import end_outgrown_consents, end_passed_consents
from shared.events.base import ConsentGiver
from shared.events.consents import ConsentExpired, ConsentGiven
from tests.parts.city import a_city
from tests.unit.intake.answering import REACH, TODAY, Family
from tests.unit.intake.builders import said


async def test_a_day_that_passed_ends_a_consent_and_the_family_is_asked_anew(family: Family) -> None:
    await family.gives(until=TODAY + timedelta(days=30))
    family.clock.forward(timedelta(days=30))
    for _ in range(2):
        async with family.units.begin() as unit:
            await end_passed_consents(unit)
    assert await family.shows() == REACH
    family.clock.forward(timedelta(days=1))
    assert await family.shows() == frozenset(), "also before the job comes by"
    for _ in range(2):
        async with family.units.begin() as unit:
            await end_passed_consents(unit)
    assert [each.state for each in await family.history()] == [ConsentState.EXPIRED]
    assert family.told() == [ConsentGiven, ConsentExpired]


async def test_consent_ends_on_each_birthday_from_which_others_must_answer(family: Family) -> None:
    async with family.units.begin() as unit:
        born = (await unit.vault.read_birth_dates([family.case_id]))[family.case_id]
    givers = [ConsentGiver.GUARDIAN, ConsentGiver.GUARDIAN_AND_CHILD, ConsentGiver.YOUNG_PERSON]
    today = TODAY
    for giver, years in zip(givers, (12, 16), strict=False):
        await family.gives(given_by=giver, given_on=today)
        await family.gives(given_by=giver, given_on=today, partner_kind=None)
        birthday = born.replace(year=born.year + years)
        family.clock.forward(birthday - today - timedelta(days=1))
        for _ in range(2):
            async with family.units.begin() as unit:
                await end_outgrown_consents(unit)
            family.clock.forward(timedelta(days=1))
        today = birthday + timedelta(days=1)

    assert [each.state for each in await family.history()] == [ConsentState.EXPIRED] * 4
    expired = [each for each in said(family.units) if isinstance(each, ConsentExpired)]
    assert [(each.asked_of, each.partner_kinds, each.every_other) for each in expired] == [
        (giver, ("fund",), True) for giver in givers[1:]
    ]
    assert a_city().day_of(expired[-1].occurred_at) == today - timedelta(days=1)


async def test_consent_of_a_child_that_is_not_born_ends_too_when_others_must_answer(family: Family) -> None:
    async with family.units.begin() as unit:
        await unit.vault.tell(family.case_id, {Fact.BIRTH_DATE: (TODAY - timedelta(days=13 * 366)).isoformat()})
    await family.gives(given_by=ConsentGiver.GUARDIAN_AND_CHILD)
    async with family.units.begin() as unit:
        await unit.vault.tell(family.case_id, {Fact.BIRTH_DATE: None})
        await end_outgrown_consents(unit)

    assert [each.state for each in await family.history()] == [ConsentState.EXPIRED]


async def test_only_the_kinds_that_ended_are_named_while_another_still_reads(family: Family) -> None:
    for kind, days in (("fund", 30), ("sports-club", 30), ("culture", 60)):
        await family.gives(partner_kind=kind, until=TODAY + timedelta(days=days))
    family.clock.forward(timedelta(days=31))
    async with family.units.begin() as unit:
        await end_passed_consents(unit)
    (expired,) = [each for each in said(family.units) if isinstance(each, ConsentExpired)]
    assert (expired.partner_kinds, expired.every_other) == (("fund", "sports-club"), False)
    assert await family.shows("culture") == REACH
