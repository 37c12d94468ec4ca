"""The desk asks somebody who is not on the map."""

import pytest

from services.matching.handlers.cases import (
    propose_partners,
)
from shared.events.base import Role
from shared.events.desk_codes import ChoiceReason
from shared.events.directory import OrganisationListed, PersonListed, ServiceListed
from shared.events.matching import (
    PartnerActivated,
)
from tests.unit.matching.city import assessed, named, need
from tests.unit.matching.desk import NEED, OUTSIDE, REGIE, a_desk, a_desk_with_nobody, active, seen, sends
from tests.unit.matching.site import text_of


async def test_somebody_outside_the_map_is_asked_and_answers_by_the_mail() -> None:
    site = await a_desk_with_nobody()

    words = await sends(site, "/buiten-de-kaart", **OUTSIDE)

    assert "vroeg Stichting Verzonnen: Fiets, buiten de kaart" in words
    fact = site.world.published(PartnerActivated)[-1]
    assert (fact.chosen_by, fact.choice) == (REGIE, ChoiceReason.AGREED_BY_PHONE)
    assert site.world.published(OrganisationListed)[-1].name == "Stichting Verzonnen"
    assert site.world.published(ServiceListed)[-1].subject == fact.service_id
    [membership] = site.world.published(PersonListed)[-1].memberships
    assert (membership.organisation_id, membership.role) == (fact.organisation_id, Role.PARTNER)
    delivery = await site.delivery(recipientId=str(fact.contact_id), referralId=str(fact.referral_id), link="answer")
    assert delivery["address"] == "sam@verzonnen.example"
    answered = await site.post(
        delivery["link"].removeprefix("http://schakel.test"), choice="accept", contact=str(fact.contact_id),
        first_contact_on="03-03-2026",
    )  # fmt: skip
    assert answered.status_code == 303
    assert await active(site) == ["outside"]


async def test_somebody_outside_the_map_is_found_by_nobody_else() -> None:
    site = await a_desk_with_nobody()
    await sends(site, "/buiten-de-kaart", **OUTSIDE)
    fact = site.world.published(PartnerActivated)[-1]

    assert (await site.get(f"/kaart/{fact.service_id}")).status_code == 404
    assert "Verzonnen" not in text_of(await site.get("/kaart?q=verzonnen"))
    for path in (f"services/{fact.service_id}", f"organizations/{fact.organisation_id}"):
        assert (await site.get(f"/hsds/{path}")).status_code == 404
    for path in ("services", "organizations"):
        assert "Verzonnen" not in (await site.get(f"/hsds/{path}")).text
    other = assessed(case="other case", needs=(need(name="other bike"),))
    async with site.world.units.begin() as unit:
        await propose_partners(other, unit)
        [kept] = await unit.history.list_rankings(named("need other bike"))
    assert fact.organisation_id not in {line.organisation_id for line in kept.lines}


async def test_same_address_outside_the_map_is_the_same_organisation() -> None:
    site = await a_desk_with_nobody()
    await sends(site, "/buiten-de-kaart", **OUTSIDE)
    first = site.world.published(PartnerActivated)[-1]
    await sends(site, "/overslaan", reason="no-answer")
    await sends(site, "/buiten-de-kaart", **OUTSIDE)

    again = site.world.published(PartnerActivated)[-1]
    assert (again.organisation_id, again.contact_id) == (first.organisation_id, first.contact_id)
    assert again.referral_id != first.referral_id


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"email": "contact@rijwielhulp.example"}, "Zoek de organisatie op de kaart"),
        ({"email": "noor@school.example"}, "Zoek de organisatie op de kaart"),
        ({"email": "geen adres"}, "E-mailadres van de contactpersoon"),
        ({"organisation": ""}, "Naam van de organisatie"),
        ({"name": ""}, "Naam van de contactpersoon"),
        ({"phone": "bel maar"}, "Telefoonnummer"),
    ],
)
async def test_outsider_that_cannot_be_taken_over_is_refused_at_the_field(
    changes: dict[str, str], expected: str
) -> None:
    site = await a_desk()

    sent = await site.post(f"{NEED}/buiten-de-kaart", **(OUTSIDE | changes), seen=await seen(site, "/buiten-de-kaart"))

    assert sent.status_code == 400
    assert expected in text_of(sent)
    assert await active(site) == ["fietsbende"]
    assert site.world.published(OrganisationListed) == []
