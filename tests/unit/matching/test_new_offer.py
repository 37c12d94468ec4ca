"""An organisation proposes something new that it offers: nobody finds it until the desk says yes."""

import pytest

from shared.events.base import Role
from shared.events.directory import EntryProposalSettled, EntryProposed, ServiceListed
from tests.unit.matching.city import named
from tests.unit.matching.entries import a_network, as_desk, as_partner, entry_page_of, fields_of, posted, the_service
from tests.unit.matching.site import Site, a_site, text_of

OWN, LIST, PROPOSALS = "/netwerk/vermelding", "/netwerk/organisaties", "/netwerk/voorstellen"
ORGANISATION, PERSON = named("fietsbende"), named("contact of fietsbende")
NEW = f"{LIST}/{ORGANISATION}/aanbod"
OFFER = {"name": "Fietsles", "categories": ["sport"], "minimum_age": "6", "is_free": "true", "contact": str(PERSON)}


async def proposed(site: Site, page: str = OWN, **changes: object) -> EntryProposed:
    """The partner fills in what the page of a new offer shows."""
    as_partner(site)
    form = fields_of(await site.get(f"{page}/aanbod"))
    await posted(site, f"{page}/aanbod", {**form, **OFFER, **changes})
    as_desk(site)
    return site.world.published(EntryProposed)[-1]


@pytest.mark.parametrize("by_link", [True, False])
async def test_new_offer_waits_for_the_desk_and_is_found_by_nobody(by_link: bool) -> None:  # noqa: FBT001 - a case
    site = await a_site()
    page = await entry_page_of(site, "fietsbende") if by_link else OWN
    as_partner(site)
    assert f"{page}/aanbod" in (await site.get(page)).text

    fact = await proposed(site, page)

    assert (fact.subject, fact.proposed_by) == (ORGANISATION, PERSON)
    assert site.world.published(ServiceListed) == []
    assert "Fietsles" not in text_of(await site.get("/kaart?q=fietsles"))
    as_partner(site)
    words = text_of(await site.get(page))
    assert "Nieuw aanbod" in words
    assert "Fietsles" in words


async def test_desk_takes_it_over_and_it_stands_on_the_map_with_all_that_was_filled_in() -> None:
    site = await a_site()
    fact = await proposed(site)
    words = text_of(await site.get(PROPOSALS))
    assert "Fietsbende: nieuw aanbod" in words
    assert "Fietsles" in words

    await site.post(f"{PROPOSALS}/{fact.proposal_id}", choice="accept")

    [listed] = site.world.published(ServiceListed)
    service = await the_service(site, listed.subject)
    assert (service.name, service.categories, service.minimum_age, service.contact_ids, service.active) == (
        "Fietsles", ("sport",), 6, (PERSON,), True,
    )  # fmt: skip
    assert [(one.accepted, one.service_id) for one in site.world.published(EntryProposalSettled)] == [
        (True, listed.subject)
    ]
    assert "Fietsles" in text_of(await site.get("/kaart?q=fietsles"))
    assert "Er wachten geen voorstellen." in text_of(await site.get(PROPOSALS))


async def test_desk_changes_it_first() -> None:
    site = await a_site()
    fact = await proposed(site)
    change = f"{NEW}?voorstel={fact.proposal_id}"
    assert change in (await site.get(PROPOSALS)).text
    fields = fields_of(await site.get(change))
    assert (fields["name"], fields["categories"], fields["contact"]) == ("Fietsles", ["sport"], str(PERSON))

    await posted(site, change, {**fields, "name": "Fietsles voor kinderen"})

    assert [one.name for one in site.world.published(ServiceListed)] == ["Fietsles voor kinderen"]
    assert [one.accepted for one in site.world.published(EntryProposalSettled)] == [True]
    assert "Er wachten geen voorstellen." in text_of(await site.get(PROPOSALS))


async def test_desk_says_no_and_nothing_is_on_the_map() -> None:
    site = await a_site()
    fact = await proposed(site)

    await site.post(f"{PROPOSALS}/{fact.proposal_id}", choice="refuse")

    assert site.world.published(ServiceListed) == []
    assert [one.accepted for one in site.world.published(EntryProposalSettled)] == [False]
    assert "Fietsles" in text_of(await site.get(f"{LIST}/{ORGANISATION}"))


async def test_new_offer_is_settled_once_whoever_presses_how() -> None:
    site = await a_site()
    fact = await proposed(site)
    path, change = f"{PROPOSALS}/{fact.proposal_id}", f"{NEW}?voorstel={fact.proposal_id}"
    fields = fields_of(await site.get(change))

    answers = [
        (await site.post(path, choice="accept")).status_code,
        (await posted(site, change, fields)).status_code,
        (await site.post(path, choice="accept")).status_code,
    ]

    assert answers == [303, 409, 409]
    assert len(site.world.published(ServiceListed)) == 1


async def test_pressed_twice_is_one_proposal_and_two_offers_are_two() -> None:
    site = await a_site()
    await proposed(site)
    await proposed(site)
    await proposed(site, name="Fietsreparatie")

    async with site.world.units.begin() as unit:
        waiting = await unit.proposals.list_waiting()
    assert len(waiting) == len(site.world.published(EntryProposed)) == 2


async def test_what_is_wrong_is_named_and_nothing_is_proposed() -> None:
    site = await a_site()
    as_partner(site)

    refused = await posted(site, f"{OWN}/aanbod", {"name": "", "contact": str(named("somebody else"))})

    assert refused.status_code == 400
    words = text_of(refused)
    assert "Hoe heet het aanbod?" in words
    assert "Welke soort hulp is dat?" in words
    assert site.world.published(EntryProposed) == []


async def test_proposal_of_a_new_offer_is_of_its_own_organisation_only() -> None:
    site = await a_site()
    fact = await proposed(site)
    other = f"{LIST}/{named('rijwielhulp')}/aanbod?voorstel={fact.proposal_id}"

    assert (await site.get(other)).status_code == 404
    assert (await posted(site, other, OFFER)).status_code == 404
    assert site.world.published(ServiceListed) == []


async def test_change_of_an_offer_is_no_new_offer() -> None:
    site = await a_site()
    as_partner(site)
    page = f"{OWN}/aanbod/{named('service fietsbende')}"
    await posted(site, page, {**fields_of(await site.get(page)), "does_not": "Geen e-bikes."})
    as_desk(site)
    fact = site.world.published(EntryProposed)[-1]

    assert (await site.get(f"{NEW}?voorstel={fact.proposal_id}")).status_code == 404


async def test_school_proposes_nothing_for_a_partner_and_the_desk_has_its_own_page() -> None:
    site = a_network()
    site.sign_in(Role.COORDINATOR, "desk", "desk person")
    assert (await site.get(f"{OWN}/aanbod")).status_code == 403
