"""Whether somebody who was named belongs to an organisation, its own leads say, or the desk."""

import pytest

from services.matching.domain.network import Person
from shared.events.base import Role
from shared.events.directory import ContactNamed, PersonListed
from shared.events.http import ReferralLink
from shared.events.referral_contacts import ContactReplaced
from tests.unit.matching.city import contact, named
from tests.unit.matching.naming import HOLDER, link_of, said_yes
from tests.unit.matching.site import Site, text_of
from tests.unit.matching.test_stopped_partners import family_stops


async def a_lead(site: Site, of: str = "fietsbende") -> None:
    """Somebody of the organisation who says who their colleagues are, signed in."""
    async with site.world.units.begin() as unit:
        lead = Person(named(f"lead of {of}"), "Lead Verzonnen", f"lead@{of}.example")
        await unit.people.save(lead.joining(named(of), Role.PARTNER, leads=True))
    site.sign_in(Role.PARTNER, of, f"lead of {of}")


async def test_lead_says_that_it_is_right_and_then_the_contact_can_sign_in() -> None:
    site, _, _ = await said_yes()
    eva = site.world.published(ContactNamed)[0].subject
    await a_lead(site)
    page = text_of(await site.get("/netwerk/collegas"))
    assert "Eva Verzonnen" in page
    assert "Contact van fietsbende" in page

    answered = await site.post(f"/netwerk/collegas/{eva}", choice="confirm")

    assert answered.status_code == 303
    [listed] = site.world.published(PersonListed)
    assert listed.subject == eva
    assert [(one.organisation_id, one.role, one.leads) for one in listed.memberships] == [
        (named("fietsbende"), Role.PARTNER, False)
    ]
    await site.post("/inloggen", email="eva@elders.example")
    assert [one.person_id for one in await site.codes_go_out()] == [eva]
    # A second lead who says so too changes nothing.
    assert (await site.post(f"/netwerk/collegas/{eva}", choice="confirm")).status_code == 303
    assert len(site.world.published(PersonListed)) == 1


@pytest.mark.parametrize(("of", "leads"), [("rijwielhulp", True), ("fietsbende", False)])
async def test_nobody_else_decides_who_belongs_to_an_organisation(of: str, *, leads: bool) -> None:
    site, _, _ = await said_yes()
    eva = site.world.published(ContactNamed)[0].subject
    if leads:
        await a_lead(site, of)
    else:
        site.sign_in(Role.PARTNER, of, f"contact of {of}")

    answered = await site.post(f"/netwerk/collegas/{eva}", choice="confirm")

    assert answered.status_code == 404
    assert "Eva" not in text_of(await site.get("/netwerk/collegas"))
    assert site.world.published(PersonListed) == []


async def test_refused_contact_opens_nothing_and_who_named_them_has_the_question_again() -> None:
    site, referral_id, _ = await said_yes()
    eva = site.world.published(ContactNamed)[0].subject
    link = (await link_of(site, eva, referral_id))["link"].removeprefix("http://schakel.test")
    await a_lead(site)

    await site.post(f"/netwerk/collegas/{eva}", choice="refuse")

    [replaced] = site.world.published(ContactReplaced)
    assert (replaced.previous_contact_id, replaced.contact_id) == (eva, HOLDER)
    assert "Wij hebben kennisgemaakt" not in text_of(await site.get(link))
    assert await site.delivery(recipientId=str(eva)) == {"state": "no-longer-needed"}
    answered = await site.post(f"/netwerk/collegas/{eva}", choice="confirm")
    assert answered.status_code == 409
    assert site.world.published(PersonListed) == []


async def test_refused_contact_who_read_the_question_is_asked_to_delete_by_a_mail_that_opens_nothing() -> None:
    site, referral_id, _ = await said_yes()
    eva = site.world.published(ContactNamed)[0].subject
    await a_lead(site)
    await site.post(f"/netwerk/collegas/{eva}", choice="refuse")
    asked = {"recipientId": str(eva), "referralId": str(referral_id)}
    assert await site.delivery(**asked, link=ReferralLink.DELETION) == {"state": "no-longer-needed"}

    await family_stops(site)

    told = await site.delivery(**asked, link=ReferralLink.DELETION)
    assert told == {"state": "deliver", "address": "eva@elders.example", "name": "Eva Verzonnen"}
    assert await site.delivery(**asked, link=ReferralLink.HELP) == {"state": "no-longer-needed"}


async def test_known_person_of_elsewhere_gets_the_membership_and_keeps_name_and_number() -> None:
    site, _, _ = await said_yes(email="contact@rijwielhulp.example")
    named_id, known = site.world.published(ContactNamed)[0].subject, contact("rijwielhulp")
    await a_lead(site)

    await site.post(f"/netwerk/collegas/{named_id}", choice="confirm")

    [listed] = site.world.published(PersonListed)
    assert listed.subject == known.id
    assert {one.organisation_id for one in listed.memberships} == {named("rijwielhulp"), named("fietsbende")}
    [replaced] = site.world.published(ContactReplaced)
    assert replaced.contact_id == known.id
    async with site.world.units.begin() as unit:
        person = await unit.people.read(known.id)
    assert person is not None
    assert (person.name, person.phone) == (known.name, known.phone)


async def test_desk_decides_as_well() -> None:
    site, _, _ = await said_yes()
    eva = site.world.published(ContactNamed)[0].subject
    site.sign_in(Role.COORDINATOR, "schakelpunt", "regie")
    assert "Eva Verzonnen" in text_of(await site.get("/netwerk/mensen/contacten"))

    assert (await site.post(f"/netwerk/mensen/contacten/{eva}", choice="confirm")).status_code == 303
    assert site.world.published(PersonListed)[0].subject == eva


async def test_colleagues_are_called_with_one_press_and_nothing_is_empty() -> None:
    site, _, _ = await said_yes()
    await a_lead(site)

    page = await site.get("/netwerk/collegas")

    assert 'href="tel:010-0000000"' in page.text
    assert "aanwezig" in text_of(page)
    assert '<span class="schakel-table__value"></span>' not in page.text
