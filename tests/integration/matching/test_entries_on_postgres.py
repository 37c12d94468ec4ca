"""Joining and keeping entries: the same on the twin and on PostgreSQL."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.matching.domain.application import Application, ApplicationState, Asked
from services.matching.domain.entry import FieldChange, Proposal, ProposalState
from services.matching.domain.kept import Kept
from services.matching.domain.map_query import MapQuery, OrganisationQuery
from services.matching.handlers.applications import accept_application, confirm_application, start_application
from services.matching.handlers.entries import settle_proposal
from services.matching.handlers.new_offers import propose_offer
from services.matching.ports import MatchingUnit
from shared.events.desk_codes import ApplicationRefusal
from shared.unit_of_work import Units
from tests.unit.matching.city import NOON, contact, named, organisation, service

pytestmark = [pytest.mark.postgres]
DESK = named("desk")
ASKED = Asked(
    name="Zwemfonds De Golf",
    kind="fund",
    contact_name="Sara Verzonnen",
    email="sara@golf.example",
    phone="010 123 4567",
    offer="Zwemles",
    categories=("sport",),
    districts=("oost",),
    languages=("ar",),
    minimum_age=6,
    maximum_age=12,
    does="Wij betalen zwemles.",
)


def a_proposal(state: ProposalState = ProposalState.WAITING) -> Proposal:
    changes = (
        FieldChange("categories", ("bike",), ("sport", "bike")),
        FieldChange("contact_ids", (), (named("someone"),)),
        FieldChange("full_until", None, NOON.date()),
        FieldChange("minimum_age", 4, None),
        FieldChange("sparring", False, True),
    )
    return Proposal(named("proposal"), named("fietsbende"), named("service fietsbende"), changes, state, DESK, NOON)


async def kept(units: Units[MatchingUnit]) -> None:
    async with units.begin() as unit:
        await unit.organisations.save(organisation("fietsbende", name="Fietsbende", kept=Kept(1, NOON)))
        await unit.people.save(contact("fietsbende"))
        await unit.services.save(service("fietsbende", access=("lift",), contact_hours="ma", sparring=True))


async def test_request_to_join_is_kept_whole(units: Units[MatchingUnit]) -> None:
    whole = Application(
        named("application"), ASKED, NOON, ApplicationState.REFUSED, NOON, NOON, DESK, ApplicationRefusal.OTHER
    )
    async with units.begin() as unit:
        await unit.applications.save(whole)
        await unit.applications.save(Application(named("started"), ASKED, NOON))

    async with units.begin() as unit:
        assert await unit.applications.read(whole.id) == whole
        assert await unit.applications.get(whole.id) == whole
        assert await unit.applications.list_waiting() == []
        assert await unit.applications.forget(NOON) == 0
        assert await unit.applications.forget(NOON + timedelta(seconds=1)) == 2


async def test_proposal_is_kept_whole_with_the_kinds_of_its_fields(units: Units[MatchingUnit]) -> None:
    async with units.begin() as unit:
        await unit.proposals.save(a_proposal())

    async with units.begin() as unit:
        assert await unit.proposals.read(a_proposal().id) == a_proposal()
        assert await unit.proposals.list_waiting() == [a_proposal()]
        assert await unit.proposals.list_of_organisation(named("fietsbende")) == [a_proposal()]
        assert await unit.proposals.list_of_organisation(named("another")) == []


async def test_proposal_of_a_new_offer_becomes_that_offer(units: Units[MatchingUnit]) -> None:
    await kept(units)
    async with units.begin() as unit:
        await propose_offer(named("fietsbende"), {"name": "Fietsles", "categories": ("sport",)}, DESK, unit)
    async with units.begin() as unit:
        [waiting] = await unit.proposals.list_waiting()
        assert waiting.is_new
        await settle_proposal(waiting.id, DESK, unit, accepted=True)

    async with units.begin() as unit:
        offers = await unit.services.list_of_organisation(named("fietsbende"))
    assert [(one.name, one.kept.version) for one in offers if one.id == waiting.service_id] == [("Fietsles", 1)]


async def test_entry_keeps_who_confirmed_it_and_how_the_place_is_reached(units: Units[MatchingUnit]) -> None:
    verified = Kept(7, NOON, NOON + timedelta(days=1), DESK)
    entry = service(
        "fietsbende", access=("lift", "quiet-room"), contact_hours="ma 9-12", sparring=True, sign_up="either",
        kept=replace(verified, reported=("address",)),
    )  # fmt: skip
    owner = organisation("fietsbende", strengths="Snel", limits="Klein", active=False, kept=verified, checks_asked=2)
    async with units.begin() as unit:
        await unit.organisations.save(owner)
        await unit.services.save(entry)

    async with units.begin() as unit:
        assert await unit.services.get(entry.id) == entry
        assert await unit.organisations.get(owner.id) == owner
        assert await unit.services.list_of_organisation(owner.id) == [entry]


async def test_organisations_are_found_by_words_and_kind(units: Units[MatchingUnit]) -> None:
    async with units.begin() as unit:
        await unit.organisations.save(organisation("a", name="Fonds 100% Fiets", kind="fund"))
        await unit.organisations.save(organisation("b", name="De Fietsbende"))

    async with units.begin() as unit:
        for text, kind, expected in (
            ("fiets", "", ["De Fietsbende", "Fonds 100% Fiets"]), ("FIETS fonds", "", ["Fonds 100% Fiets"]),
            ("100%", "", ["Fonds 100% Fiets"]), ("fiets", "fund", ["Fonds 100% Fiets"]), ("_", "", []),
        ):  # fmt: skip
            found, total = await unit.organisations.search(OrganisationQuery(text, kind=kind, on_map=False))
            assert ([one.name for one in found], total) == (expected, len(expected)), text
        found, total = await unit.organisations.search(OrganisationQuery(on_map=False, page=2, per_page=1))
        assert ([one.name for one in found], total) == (["Fonds 100% Fiets"], 2)


async def test_those_unconfirmed_for_long_come_first_and_each_once(units: Units[MatchingUnit]) -> None:
    async with units.begin() as unit:
        for days, name in ((200, "b"), (300, "a"), (1, "young")):
            await unit.organisations.save(organisation(name, kept=Kept(1, NOON - timedelta(days=days))))
            await unit.services.save(service(name))
        await unit.organisations.save(organisation("without", kept=Kept(1, NOON - timedelta(days=400))))

    async with units.begin() as unit:
        due = await unit.organisations.list_unchecked(NOON - timedelta(days=182), NOON - timedelta(days=14), 10)
        assert [one.id for one in due] == [named("a"), named("b")]
        await unit.organisations.save(replace(due[0], check_asked_at=NOON))
        again = await unit.organisations.list_unchecked(NOON - timedelta(days=182), NOON - timedelta(days=14), 10)
        assert [one.id for one in again] == [named("b")]


async def test_joining_works_from_request_to_map(units: Units[MatchingUnit]) -> None:
    async with units.begin() as unit:
        application_id = await start_application(ASKED, unit)
    async with units.begin() as unit:
        await confirm_application(application_id, unit)
    async with units.begin() as unit:
        organisation_id = await accept_application(application_id, DESK, unit)

    async with units.begin() as unit:
        [offered] = await unit.services.list_of_organisation(organisation_id)
        [person] = await unit.people.list_of_organisation(organisation_id)
        assert (offered.name, offered.contact_ids) == ("Zwemles", (person.id,))
        assert person.works_for(organisation_id)


async def test_those_to_hide_and_those_in_doubt_are_found(units: Units[MatchingUnit]) -> None:
    old, young = Kept(1, NOON - timedelta(days=400)), Kept(1, NOON)
    offers = {
        "hidden": replace(old, hidden_at=NOON), "old": old, "young": young, "doubted": replace(young, doubted_at=NOON),
        "reported": replace(young, reported=("address",)),
    }  # fmt: skip
    async with units.begin() as unit:
        for name, how in offers.items():
            await unit.organisations.save(organisation(name, checks_asked=4))
            await unit.services.save(service(name, kept=how))
        await unit.organisations.save(organisation("asked-less", checks_asked=3))
        await unit.services.save(service("asked-less", kept=old))
        await unit.organisations.save(organisation("off", checks_asked=4))
        await unit.services.save(service("off", active=False, kept=replace(old, doubted_at=NOON)))

    async with units.begin() as unit:
        to_hide = await unit.organisations.list_to_hide(NOON - timedelta(days=365), 3, 10)
        assert [one.id for one in to_hide] == [named("old")]
        assert [one.name for one in await unit.organisations.list_in_doubt(10)] == ["Doubted", "Hidden", "Reported"]
        assert [one.name for one in await unit.organisations.list_in_doubt(1)] == ["Doubted"]
        assert (await unit.services.search(MapQuery())).total == 5 - 1 + 1
        assert (await unit.services.search(MapQuery(include_hidden=True))).total == 6
        for name, how in offers.items():
            kept_service = await unit.services.read(named(f"service {name}"))
            assert kept_service is not None
            assert kept_service.kept == how


async def test_offer_comes_with_all_of_its_organisation(units: Units[MatchingUnit]) -> None:
    """What the map and the ranking read: whether it takes part, and what it is good at."""
    owner = organisation("fietsbende", active=False, strengths="Snel", limits="Dicht in de zomer", kept=Kept(3, NOON))
    async with units.begin() as unit:
        await unit.organisations.save(owner)
        await unit.services.save(service("fietsbende"))

    async with units.begin() as unit:
        offer = await unit.services.read_offer(named("service fietsbende"))
        [found] = (await unit.services.search(MapQuery(include_inactive=True))).offers
    assert offer is not None
    assert (offer.organisation, found.organisation) == (owner, owner)


async def test_unconfirmed_of_one_address_are_found_newest_first(units: Units[MatchingUnit]) -> None:
    async with units.begin() as unit:
        for name, email, days, state in (
            ("first", "sara@golf.example", 0, ApplicationState.STARTED),
            ("second", "Sara@Golf.example", 1, ApplicationState.STARTED),
            ("old", "sara@golf.example", -2, ApplicationState.STARTED),
            ("confirmed", "sara@golf.example", 1, ApplicationState.APPLIED),
            ("another", "sam@golf.example", 1, ApplicationState.STARTED),
        ):
            asked = replace(ASKED, email=email)
            await unit.applications.save(Application(named(name), asked, NOON + timedelta(hours=days), state))

    async with units.begin() as unit:
        found = await unit.applications.list_unconfirmed("SARA@golf.example", NOON - timedelta(hours=1))
    assert [one.id for one in found] == [named("second"), named("first")]
