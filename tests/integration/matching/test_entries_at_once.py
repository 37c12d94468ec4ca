"""Joining and keeping entries when two people, or two workers, are there at once: one of them does it."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import pytest

from services.matching.commands import ImportMap, ServiceEntry
from services.matching.domain.entry_errors import EntryChanged, ProposalSettled
from services.matching.domain.kept import Kept
from services.matching.domain.map_query import OrganisationQuery
from services.matching.domain.network import Service
from services.matching.handlers.applications import accept_application, confirm_application, start_application
from services.matching.handlers.entries import Edit, change_own_entry, lock_entry, settle_proposal
from services.matching.handlers.entry_checks import ask_for_checks
from services.matching.handlers.partner_answers import correct_places
from services.matching.handlers.taking_over import import_map
from services.matching.store.repositories import PostgresMatchingUnit
from shared.messaging.postgres_unit import PostgresUnits
from tests.integration.matching.test_entries_on_postgres import ASKED, a_proposal, kept
from tests.integration.matching.test_store import a_case, a_referral
from tests.unit.matching.city import named, organisation

pytestmark = [pytest.mark.postgres]
DESK = named("desk")


async def test_two_coordinators_who_say_yes_at_once_make_one_organisation(
    postgres_units: PostgresUnits[PostgresMatchingUnit],
) -> None:
    async with postgres_units.begin() as unit:
        application_id = await start_application(ASKED, unit)
    async with postgres_units.begin() as unit:
        await confirm_application(application_id, unit)

    async def accept() -> UUID:
        async with postgres_units.begin() as unit:
            return await accept_application(application_id, DESK, unit)

    found = await asyncio.gather(*(accept() for _ in range(4)))

    assert len(set(found)) == 1
    async with postgres_units.begin() as unit:
        assert (await unit.organisations.search(OrganisationQuery("golf", on_map=False)))[1] == 1


async def test_two_people_who_save_the_same_field_at_once_one_is_told(
    postgres_units: PostgresUnits[PostgresMatchingUnit],
) -> None:
    await kept(postgres_units)

    async def save(words: str) -> None:
        async with postgres_units.begin() as unit:
            entry = await lock_entry(named("fietsbende"), named("service fietsbende"), unit)
            await change_own_entry(entry, Edit({"description": words}, 0, DESK), unit)

    results = await asyncio.gather(save("een"), save("twee"), return_exceptions=True)

    assert sorted(type(one).__name__ for one in results) == ["EntryChanged", "NoneType"]
    [told] = [one for one in results if isinstance(one, EntryChanged)]
    async with postgres_units.begin() as unit:
        entry = await unit.services.read(named("service fietsbende"))
        history = await unit.proposals.list_of_organisation(named("fietsbende"))
    assert isinstance(entry, Service)
    assert told.now == {"description": entry.description}
    assert [one.changes[0].new for one in history] == [entry.description]


async def test_proposal_is_settled_once_by_two_at_once(postgres_units: PostgresUnits[PostgresMatchingUnit]) -> None:
    await kept(postgres_units)
    async with postgres_units.begin() as unit:
        await unit.proposals.save(a_proposal())

    async def settle(*, accepted: bool) -> None:
        async with postgres_units.begin() as unit:
            await settle_proposal(named("proposal"), DESK, unit, accepted=accepted)

    results = await asyncio.gather(settle(accepted=True), settle(accepted=False), return_exceptions=True)

    assert [type(one) for one in results if one is not None] == [ProposalSettled]


async def test_two_workers_ask_an_organisation_once(postgres_units: PostgresUnits[PostgresMatchingUnit]) -> None:
    await kept(postgres_units)
    async with postgres_units.begin() as unit:
        old = Kept(1, unit.now - timedelta(days=unit.city.entries.check_every_days))
        await unit.organisations.save(organisation("fietsbende", kept=old))

    async def look() -> None:
        async with postgres_units.begin() as unit:
            await ask_for_checks(unit)

    await asyncio.gather(look(), look(), look())

    async with postgres_units.begin() as unit:
        asked = await unit.organisations.read(named("fietsbende"))
    assert asked is not None
    assert asked.checks_asked == 1


async def test_partner_who_is_full_while_a_file_is_taken_over_stays_full(
    postgres_units: PostgresUnits[PostgresMatchingUnit],
) -> None:
    await kept(postgres_units)
    async with postgres_units.begin() as unit:
        await unit.cases.save(a_case())
        await unit.referrals.save(a_referral())
        until = unit.city.day_of(unit.now) + timedelta(days=7)

    async def says_full() -> None:
        async with postgres_units.begin() as unit:
            await correct_places(named("referral"), until, unit)

    async with postgres_units.begin() as unit:
        save_all = unit.services.save_all

        async def after_the_partner(services: Sequence[Service]) -> None:
            others.append(asyncio.create_task(says_full()))
            await asyncio.wait(others, timeout=0.3)
            await save_all(services)

        others: list[asyncio.Task[None]] = []
        unit.services.save_all = after_the_partner  # type: ignore[method-assign] # the moment in between
        row = ServiceEntry(1, str(named("service fietsbende")), str(named("fietsbende")), "Kinderfiets", ("bike",))
        await import_map(ImportMap(services=[row]), unit)
    await asyncio.gather(*others)

    async with postgres_units.begin() as unit:
        entry = await unit.services.read(named("service fietsbende"))
    assert entry is not None
    assert (entry.name, entry.full_until) == ("Kinderfiets", until)
