"""Joining by oneself: fill it in, confirm the address, and the desk says yes or no."""

from datetime import timedelta

import pytest

from services.matching.domain.map_query import MapQuery
from services.matching.handlers.applications import forget_old_applications
from shared.events.base import Role
from shared.events.desk_codes import ApplicationRefusal
from shared.events.directory import (
    ApplicationRefused,
    ApplicationStarted,
    OrganisationAccepted,
    OrganisationApplied,
    PersonListed,
)
from tests.parts.city import a_city
from tests.unit.matching.city import contact, named
from tests.unit.matching.entries import (
    JOINING,
    a_network,
    applied,
    as_desk,
    as_partner,
    confirmation_of,
    posted,
    started,
    the_organisation,
)
from tests.unit.matching.site import a_site, chosen_beforehand, text_of

DESK = named("desk person")


async def test_desk_hears_of_who_wants_to_join_when_the_address_is_confirmed() -> None:
    site = a_network()
    page = await confirmation_of(site, await started(site))

    assert "Zwemfonds De Golf" in text_of(await site.get(page))
    assert site.world.published(OrganisationApplied) == []
    await site.post(page)

    assert [one.categories for one in site.world.published(OrganisationApplied)] == [("sport",)]


async def test_organisation_joins_from_the_form_to_the_map() -> None:
    site = a_network()
    application_id = await applied(site)
    as_desk(site)
    assert "Zwemfonds De Golf" in text_of(await site.get("/netwerk/organisaties"))
    looked = text_of(await site.get(f"/netwerk/organisaties/aanmelding/{application_id}"))
    assert "sara@golf.example" in looked
    assert "Wij betalen geen badkleding." in looked
    assert "Dit gaat naar: wie zich aanmeldde en" in looked
    answered = await site.post(f"/netwerk/organisaties/aanmelding/{application_id}/ja")

    assert answered.status_code == 303
    [accepted] = site.world.published(OrganisationAccepted)
    assert accepted.application_id == application_id
    assert accepted.accepted_by == DESK
    [listed] = site.world.published(PersonListed)
    assert [(one.organisation_id, one.role, one.leads) for one in listed.memberships] == [
        (accepted.subject, Role.PARTNER, True)
    ]
    async with site.world.units.begin() as unit:
        [offer] = (await unit.services.search(MapQuery(text="zwemles"))).offers
    assert offer.organisation.name == "Zwemfonds De Golf"
    assert offer.organisation.limits == "Wij betalen geen badkleding."
    assert offer.service.contact_ids == (accepted.person_id,)
    assert offer.service.kept.verified_by == accepted.person_id


async def test_mail_goes_to_the_address_that_was_given_and_is_over_when_confirmed() -> None:
    site = a_network()
    application_id = await started(site)
    asked = {"recipientId": str(application_id), "directoryId": str(application_id), "directoryLink": "application"}

    told = await site.delivery(**asked)
    await site.post(await confirmation_of(site, application_id))

    assert (told["address"], told["name"]) == ("sara@golf.example", "Sara Verzonnen")
    assert (await site.delivery(**asked))["state"] == "no-longer-needed"
    assert (await site.delivery(recipientId=str(application_id)))["address"] == "sara@golf.example"


async def test_opening_the_link_a_hundred_times_confirms_nothing() -> None:
    site = a_network()
    page = await confirmation_of(site, await started(site))
    before = site.world.published_names

    for _ in range(100):
        assert (await site.get(page)).status_code == 200
        await site.client.head(page)

    assert site.world.published_names == before


async def test_confirming_twice_tells_the_desk_once() -> None:
    site = a_network()
    page = await confirmation_of(site, await started(site))

    await site.post(page)
    await site.post(page)

    assert len(site.world.published(OrganisationApplied)) == 1
    assert "Je adres is bevestigd" in text_of(await site.get(page))


async def test_desk_sees_nothing_of_an_address_that_is_not_confirmed() -> None:
    site = a_network()
    application_id = await started(site)
    as_desk(site)

    assert "Zwemfonds" not in text_of(await site.get("/netwerk/organisaties"))
    assert (await site.get(f"/netwerk/organisaties/aanmelding/{application_id}")).status_code == 404
    assert (await site.post(f"/netwerk/organisaties/aanmelding/{application_id}/ja")).status_code == 404
    assert site.world.published(OrganisationAccepted) == []


async def test_link_that_is_too_old_or_wrong_opens_nothing() -> None:
    site = a_network()
    page = await confirmation_of(site, await started(site))
    site.world.clock.forward(timedelta(days=a_city().entries.confirm_address_within_days, minutes=1))

    assert (await site.post(page)).status_code == 404
    assert (await site.post(page[:-1] + ("a" if page[-1] != "a" else "b"))).status_code == 404
    assert site.world.published(OrganisationApplied) == []


async def test_known_address_gets_the_same_answer_and_the_same_mail() -> None:
    site = await a_site()
    known = contact("fietsbende").email

    unknown_answer = await posted(site, "/aansluiten", JOINING)
    known_answer = await posted(site, "/aansluiten", {**JOINING, "email": known})

    assert known_answer.status_code == unknown_answer.status_code == 303
    assert known_answer.headers["location"] == unknown_answer.headers["location"]
    assert len(site.world.published(ApplicationStarted)) == 2


async def test_one_person_joins_and_a_school_joins_without_an_offer() -> None:
    site = a_network()
    alone = await applied(site, joins_as="person", name="", kind="")
    school = await applied(
        site, joins_as="asks", name="Basisschool Zuid", kind="school", offer="", categories=[], email="juf@zuid.example"
    )
    as_desk(site)
    for application_id in (alone, school):
        await site.post(f"/netwerk/organisaties/aanmelding/{application_id}/ja")

    person, juf = site.world.published(PersonListed)
    assert [one.role for one in (*person.memberships, *juf.memberships)] == [Role.PARTNER, Role.AMBASSADOR]
    accepted = site.world.published(OrganisationAccepted)
    assert (await the_organisation(site, accepted[0].subject)).name == "Sara Verzonnen"
    async with site.world.units.begin() as unit:
        assert await unit.services.list_of_organisation(accepted[1].subject) == []


async def test_desk_says_no_with_a_reason() -> None:
    site = a_network()
    application_id = await applied(site)
    as_desk(site)
    path = f"/netwerk/organisaties/aanmelding/{application_id}"

    assert (await site.post(f"{path}/nee")).status_code == 400
    assert chosen_beforehand(await site.get(path)) == []
    await site.post(f"{path}/nee", reason="outside-the-city")

    [refused] = site.world.published(ApplicationRefused)
    assert (refused.reason, refused.refused_by) == (ApplicationRefusal.OUTSIDE_THE_CITY, DESK)
    assert (await site.post(f"{path}/ja")).status_code == 409
    assert site.world.published(OrganisationAccepted) == []


async def test_name_of_an_organisation_that_is_there_already_takes_nothing_over() -> None:
    site = a_network()
    as_desk(site)
    ids = []
    for email in ("sara@golf.example", "dief@golf.example"):
        application_id = await applied(site, email=email)
        await site.post(f"/netwerk/organisaties/aanmelding/{application_id}/ja")
        ids.append(site.world.published(OrganisationAccepted)[-1].subject)

    assert len(set(ids)) == 2


async def test_what_was_filled_in_is_deleted_after_some_weeks_but_not_what_waits_for_the_desk() -> None:
    site = a_network()
    never_confirmed = await started(site)
    refused, waiting = await applied(site, email="b@golf.example"), await applied(site, email="c@golf.example")
    as_desk(site)
    await site.post(f"/netwerk/organisaties/aanmelding/{refused}/nee", reason="other-reason")

    site.world.clock.forward(timedelta(weeks=a_city().retention.application_weeks, minutes=1))
    async with site.world.units.begin() as unit:
        await forget_old_applications(unit)

    async with site.world.units.begin() as unit:
        assert await unit.applications.read(never_confirmed) is None
        assert await unit.applications.read(refused) is None
        assert await unit.applications.read(waiting) is not None


@pytest.mark.parametrize("path", ["/netwerk/organisaties", "/netwerk/voorstellen", "/netwerk/organisaties/nieuw"])
async def test_only_the_desk_keeps_organisations(path: str) -> None:
    site = await a_site()
    assert (await site.get(path)).status_code == 303
    as_partner(site)
    assert (await site.get(path)).status_code == 403


async def test_partner_cannot_let_itself_in() -> None:
    site = await a_site()
    application_id = await applied(site)
    as_partner(site)

    assert (await site.post(f"/netwerk/organisaties/aanmelding/{application_id}/ja")).status_code == 403
    assert site.world.published(OrganisationAccepted) == []
