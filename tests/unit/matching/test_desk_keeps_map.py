"""The desk keeps the map on screen: organisations, offers, and what organisations propose."""

import pytest

from services.matching.domain.entry import ProposalState
from shared.events.base import Event, Role
from shared.events.directory import EntryProposalSettled, OrganisationListed, ServiceListed
from shared.events.matching import PartnerActivated
from tests.unit.matching.city import named
from tests.unit.matching.entries import (
    a_network,
    as_desk,
    as_partner,
    fields_of,
    posted,
    the_organisation,
    the_service,
)
from tests.unit.matching.site import Site, a_site, text_of

LIST, OFFER, PROPOSALS = "/netwerk/organisaties", "/netwerk/aanbod", "/netwerk/voorstellen"
SERVICE, ORGANISATION = named("service fietsbende"), named("fietsbende")


async def proposed(site: Site, **fields: object) -> str:
    """The partner proposes; the desk looks. The path of the proposal."""
    as_partner(site)
    page = f"/netwerk/vermelding/aanbod/{SERVICE}"
    await posted(site, page, {**fields_of(await site.get(page)), **fields})
    as_desk(site)
    async with site.world.units.begin() as unit:
        [waiting] = await unit.proposals.list_waiting()
    return f"{PROPOSALS}/{waiting.id}"


async def test_desk_adds_an_organisation_and_what_it_offers() -> None:
    site = a_network()
    as_desk(site)

    added = await posted(site, f"{LIST}/nieuw", {"name": "Taalhuis Verzonnen", "phone": "0101234567", "active": "true"})
    path = added.headers["location"].partition("?")[0]
    offered = {"name": "Taalles", "categories": ["sport"], "is_free": "true", "active": "true"}
    await posted(site, f"{path}/aanbod", offered)

    [organisation] = site.world.published(OrganisationListed)
    [service] = site.world.published(ServiceListed)
    assert (organisation.name, service.name, service.organisation_id) == (
        "Taalhuis Verzonnen", "Taalles", organisation.subject,
    )  # fmt: skip
    assert "Taalles" in text_of(await site.get(path))
    assert "010 123 4567" in text_of(await site.get(f"{LIST}?q=taalhuis"))
    assert "Taalles" in text_of(await site.get("/kaart?q=taalles"))


async def test_school_stands_on_the_map_without_an_offer() -> None:
    site = a_network()
    as_desk(site)

    added = await posted(site, f"{LIST}/nieuw", {"name": "Basisschool Zuid", "kind": "school", "active": "true"})

    assert "een school staat er ook zonder" in text_of(await site.get(added.headers["location"]))
    found = (await site.get("/hsds/organizations")).json()["contents"]
    assert [one["name"] for one in found] == ["Basisschool Zuid"]


async def test_organisations_are_found_by_name_and_kind() -> None:
    site = await a_site()
    as_desk(site)

    assert "Rijwielhulp" not in text_of(await site.get(f"{LIST}?q=fiets"))
    assert "Niemand gevonden" in text_of(await site.get(f"{LIST}?q=fiets&soort=school"))
    assert (await site.get(f"{LIST}?q=%25&soort=onzin&pagina=1")).status_code == 200
    assert (await site.get(f"{LIST}?pagina=0")).status_code == 400


async def test_desk_changes_all_of_it_at_once_and_it_is_kept_who_did() -> None:
    site = await a_site()
    as_desk(site)
    page = f"{OFFER}/{SERVICE}"

    await posted(site, page, {**fields_of(await site.get(page)), "categories": ["sport"], "does_not": "Geen e-bikes."})

    service = await the_service(site, SERVICE)
    assert (service.categories, service.does_not, service.kept.version) == (("sport",), "Geen e-bikes.", 1)
    async with site.world.units.begin() as unit:
        [change] = await unit.proposals.list_of_organisation(ORGANISATION)
    assert (change.state, change.proposed_by) == (ProposalState.LIVE, named("desk person"))
    assert "Geen e-bikes." in text_of(await site.get(f"{LIST}/{ORGANISATION}"))


async def test_stopping_warns_of_what_is_open_which_goes_on_and_asks_nothing_new() -> None:
    site = await a_site()
    as_desk(site)
    change = f"{LIST}/{ORGANISATION}/wijzigen"
    page = await site.get(change)
    assert "Hier is nog 1 vraag" in text_of(page)

    fields = {name: value for name, value in fields_of(page).items() if name != "active"}
    await posted(site, f"{LIST}/{ORGANISATION}", fields)

    assert not (await the_organisation(site, ORGANISATION)).active
    assert not (await the_service(site, SERVICE)).active
    assert [one.active for one in site.world.published(OrganisationListed)] == [False]
    [referral] = await site.world.referrals()
    assert referral.is_active
    assert len(site.world.published(PartnerActivated)) == 1


async def test_desk_takes_a_proposal_over() -> None:
    site = await a_site()
    path = await proposed(site, does_not="Geen e-bikes.", minimum_age="4")
    words = text_of(await site.get(PROPOSALS))
    for said in ("Fietsbende: Aanbod van fietsbende", "Contact van fietsbende", "Dit doen wij niet", "Geen e-bikes."):
        assert said in words

    await site.post(path, choice="accept")

    service = await the_service(site, SERVICE)
    assert (service.does_not, service.minimum_age) == ("Geen e-bikes.", 4)
    [settled] = site.world.published(EntryProposalSettled)
    assert (settled.accepted, settled.settled_by, settled.proposed_by) == (
        True, named("desk person"), named("contact of fietsbende"),
    )  # fmt: skip
    assert "Er wachten geen voorstellen." in text_of(await site.get(PROPOSALS))


async def test_desk_refuses_a_proposal_and_both_are_kept() -> None:
    site = await a_site()
    path = await proposed(site, does_not="Geen e-bikes.")

    await site.post(path, choice="refuse")

    assert (await the_service(site, SERVICE)).does_not == ""
    assert [one.accepted for one in site.world.published(EntryProposalSettled)] == [False]
    assert "niet overgenomen" in text_of(await site.get(f"{LIST}/{ORGANISATION}"))


async def test_desk_changes_a_proposal_before_it_counts() -> None:
    site = await a_site()
    path = await proposed(site, does_not="Geen e-bikes.")
    proposal_id = path.rpartition("/")[2]
    page = await site.get(f"{OFFER}/{SERVICE}?voorstel={proposal_id}")
    fields = fields_of(page)
    assert fields["does_not"] == "Geen e-bikes."

    await posted(site, f"{OFFER}/{SERVICE}?voorstel={proposal_id}", {**fields, "does_not": "Geen elektrische fietsen."})

    assert (await the_service(site, SERVICE)).does_not == "Geen elektrische fietsen."
    assert [one.accepted for one in site.world.published(EntryProposalSettled)] == [True]


async def test_proposal_is_settled_once() -> None:
    site = await a_site()
    path = await proposed(site, does_not="Geen e-bikes.")

    answers = [(await site.post(path, choice=choice)).status_code for choice in ("accept", "refuse", "accept")]

    assert answers == [303, 409, 409]
    assert len(site.world.published(EntryProposalSettled)) == 1


async def test_desk_that_saves_what_a_colleague_changed_is_told() -> None:
    site = await a_site()
    as_desk(site)
    page = f"{OFFER}/{SERVICE}"
    first, second = fields_of(await site.get(page)), fields_of(await site.get(page))
    await posted(site, page, {**first, "does_not": "Een"})

    refused = await posted(site, page, {**second, "does_not": "Twee"})

    assert refused.status_code == 409
    assert (await the_service(site, SERVICE)).does_not == "Een"


@pytest.mark.parametrize("role", [Role.PARTNER, Role.AMBASSADOR, Role.OPERATOR])
@pytest.mark.parametrize(
    "path",
    [
        f"{LIST}/nieuw", f"{LIST}/{ORGANISATION}", f"{LIST}/{ORGANISATION}/klopt", f"{LIST}/{ORGANISATION}/aanbod",
        f"{OFFER}/{SERVICE}", f"{PROPOSALS}/{named('x')}",
    ],
)  # fmt: skip
async def test_nobody_but_the_desk_changes_the_map_here(role: Role, path: str) -> None:
    site = await a_site()
    site.sign_in(role, "fietsbende", "contact of fietsbende")
    before = len(site.world.published(Event))

    assert (await site.post(path, choice="accept", name="Van mij")).status_code == 403
    assert len(site.world.published(Event)) == before


async def test_desk_that_called_confirms_all_entries() -> None:
    site = await a_site()
    as_desk(site)

    await site.post(f"{LIST}/{ORGANISATION}/klopt")

    assert (await the_service(site, SERVICE)).kept.verified_by == named("desk person")


async def test_proposal_is_shown_against_what_stands_there_now() -> None:
    site = await a_site()
    await proposed(site, does_not="Geen e-bikes.")
    page = f"{OFFER}/{SERVICE}"
    await posted(site, page, {**fields_of(await site.get(page)), "does_not": "Geen steps."})

    words = text_of(await site.get(PROPOSALS))

    assert "Geen steps." in words
    assert "Geen e-bikes." in words


@pytest.mark.parametrize("path", [f"{LIST}/{named('rijwielhulp')}", f"{OFFER}/{named('service rijwielhulp')}"])
async def test_proposal_of_one_entry_is_not_settled_with_the_form_of_another(path: str) -> None:
    site = await a_site()
    proposal = await proposed(site, name="Fietsen voor iedereen")
    other = f"{path}/wijzigen" if path.startswith(LIST) else path
    fields = fields_of(await site.get(other))

    answered = await posted(site, f"{path}?voorstel={proposal.rpartition('/')[2]}", fields)

    assert answered.status_code == 404
    assert site.world.published(EntryProposalSettled) == []
    assert (await the_service(site, SERVICE)).name != fields["name"]
    assert (await site.get(f"{other}?voorstel={proposal.rpartition('/')[2]}")).status_code == 404
