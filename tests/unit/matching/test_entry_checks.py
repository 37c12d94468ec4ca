"""Klopt dit nog? One mail for all of an organisation, again after a while, and at last the desk."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from services.matching.domain.case import CaseNeed
from services.matching.domain.kept import Kept
from services.matching.domain.ranking import Offer
from services.matching.domain.rules import NOT_CHECKED, Situation, rank
from services.matching.handlers.entry_checks import ask_for_checks
from services.matching.handlers.people import list_person
from shared.events.base import AgeBand, Beneficiary, Event, Horizon, Role, Urgency
from shared.events.directory import EntryCheckDue, EntryCheckMissed
from tests.parts.city import a_city
from tests.unit.matching.city import NOON, World, contact, named, organisation, service
from tests.unit.matching.entries import TERMS, an_old_entry, as_partner, the_service
from tests.unit.matching.importing import GOOD, HEADER, a_file, taken_over
from tests.unit.matching.site import ACCEPTED, Site, a_site, mailed, text_of

SITUATION = Situation("oost", AgeBand.CHILD, "nl", interpreter_needed=False, today=NOON.date())


async def asked(world: World) -> list[int]:
    async with world.units.begin() as unit:
        await ask_for_checks(unit)
    return [one.number for one in world.published(EntryCheckDue)]


async def test_one_mail_for_all_twelve_entries_of_an_organisation() -> None:
    world = await an_old_entry(services=12)

    assert await asked(world) == [1]

    [due] = world.published(EntryCheckDue)
    assert (due.subject, due.person_id) == (named("fietsbende"), named("contact of fietsbende"))


async def test_it_is_asked_again_after_a_while_and_then_the_desk_hears_once() -> None:
    world = await an_old_entry()
    for expected in range(1, TERMS.ask_at_most + 1):
        assert len(await asked(world)) == expected
        assert len(await asked(world)) == expected
        world.later(days=TERMS.remind_after_days)
    assert world.published(EntryCheckMissed) == []

    for _ in range(3):
        await asked(world)
        world.later(days=TERMS.remind_after_days)

    assert [one.person_id for one in world.published(EntryCheckMissed)] == [named("contact of fietsbende")]
    assert [one.number for one in world.published(EntryCheckDue)] == list(range(1, TERMS.ask_at_most + 1))


async def test_nobody_is_asked_a_moment_too_early_or_about_nothing() -> None:
    world = await an_old_entry()
    async with world.units.begin() as unit:
        young = Kept(listed_at=NOON - timedelta(days=TERMS.check_every_days) + timedelta(seconds=1))
        await unit.organisations.save(organisation("young", kept=young))
        await unit.services.save(service("young", kept=young))
        await unit.organisations.save(organisation("school", kept=Kept(listed_at=NOON - timedelta(days=999))))
        stopped = organisation("stopped", active=False, kept=Kept(listed_at=NOON - timedelta(days=999)))
        await unit.organisations.save(stopped)
        await unit.services.save(service("stopped"))

    await asked(world)

    assert [one.subject for one in world.published(EntryCheckDue)] == [named("fietsbende")]


async def test_whoever_confirms_is_asked_again_only_after_half_a_year() -> None:
    world = await an_old_entry()
    await asked(world)
    site = Site(world)
    as_partner(site)
    await site.post("/netwerk/vermelding", choice="confirm")

    world.later(days=TERMS.check_every_days - 1)
    assert await asked(world) == [1]
    world.later(days=1)
    assert await asked(world) == [1, 1]


async def test_whoever_leads_is_asked_before_a_contact_person() -> None:
    world = await an_old_entry()
    leader = replace(contact("fietsbende"), id=named("leader"), email="leider@fietsbende.example", memberships=())
    async with world.units.begin() as unit:
        leader = leader.joining(named("fietsbende"), Role.PARTNER, leads=True)
        await unit.people.save(leader)
        await list_person(leader, unit)

    await asked(world)

    assert [one.person_id for one in world.published(EntryCheckDue)] == [named("leader")]


async def test_import_and_save_are_no_confirmation(tmp_path: Path) -> None:
    world = World()
    file = a_file(tmp_path, "kaart.csv", HEADER + GOOD)
    await taken_over(world, file)
    world.later(days=TERMS.check_every_days - 1)
    await taken_over(world, a_file(tmp_path, "nieuw.csv", HEADER + GOOD.replace("4;12", "5;12")))
    assert await asked(world) == []

    world.later(days=1)

    assert await asked(world) == [1]


def ranked(kept: Kept) -> tuple[int, tuple[str, ...]]:
    bike = CaseNeed(named("need"), "bike", Urgency.NORMAL, Beneficiary.CHILD, Horizon.SHORT)
    offer = Offer(service("fietsbende", kept=kept), organisation("fietsbende"))
    [candidate] = rank(bike, SITUATION, [offer], {}, a_city()).candidates
    return candidate.score, candidate.reasons


def test_entry_that_nobody_confirmed_for_long_weighs_less_and_says_so() -> None:
    fresh = ranked(Kept(verified_at=NOON - timedelta(days=TERMS.doubtful_after_days - 2)))
    old = ranked(Kept(verified_at=NOON - timedelta(days=TERMS.doubtful_after_days + 1)))
    never = ranked(Kept(listed_at=NOON - timedelta(days=TERMS.doubtful_after_days + 1)))

    assert old == never
    assert old[0] < fresh[0]
    assert NOT_CHECKED in old[1]
    assert NOT_CHECKED not in fresh[1]


async def test_yes_to_a_question_shows_that_the_offer_is_right() -> None:
    site = await a_site()
    _, link = await mailed(site)
    assert (await the_service(site, named("service fietsbende"))).kept.verified_at is None

    await site.post(f"/antwoord/{link.token}", **ACCEPTED)

    kept = (await the_service(site, named("service fietsbende"))).kept
    assert (kept.verified_at, kept.verified_by) == (NOON, named("contact of fietsbende"))


async def test_map_says_when_nobody_confirmed_it() -> None:
    site = await a_site()
    path = f"/kaart/{named('service fietsbende')}"
    assert "nog niet gecontroleerd" in text_of(await site.get(path))
    as_partner(site)
    await site.post("/netwerk/vermelding", choice="confirm")
    assert "bel eerst" not in text_of(await site.get(path))

    site.world.later(days=TERMS.doubtful_after_days)
    site.client.cookies.clear()

    assert "lang geleden, op 2 maart 2026: bel eerst" in text_of(await site.get(path))
    assert site.world.published(Event)
