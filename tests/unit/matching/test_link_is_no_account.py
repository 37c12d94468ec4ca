"""Who is named through an answer link is contact of that one question: no account, and nobody's entry changes."""

from dataclasses import replace

import pytest

from services.matching.domain.contact import ContactState
from services.matching.domain.network import Person
from shared.events.base import Role
from shared.events.directory import ContactNamed, PersonListed
from shared.events.matching import AcceptanceReverted, PartnerAccepted
from tests.unit.matching.city import contact, named
from tests.unit.matching.naming import HOLDER, NEW, link_of, people_of, said_yes, state_of_contact
from tests.unit.matching.site import a_site, mailed, text_of
from tests.unit.matching.test_people_book import people


async def test_who_is_named_becomes_a_contact_and_no_member() -> None:
    site, referral_id, _ = await said_yes()

    [fact] = site.world.published(ContactNamed)
    assert (fact.organisation_id, fact.referral_id, fact.named_by) == (named("fietsbende"), referral_id, HOLDER)
    assert fact.told == (HOLDER,)
    assert site.world.published(PartnerAccepted)[0].contact_id == fact.subject
    assert site.world.published(PersonListed) == []
    assert [one.id for one in await people_of(site)] == [HOLDER]


async def test_contact_gets_no_code_to_sign_in() -> None:
    site, _, _ = await said_yes()

    answered = await site.post("/inloggen", email="eva@elders.example")

    assert answered.status_code == 303
    assert await site.codes_go_out() == []


async def test_contact_gets_mail_and_a_link_to_this_question_only() -> None:
    site, referral_id, _ = await said_yes()
    eva = site.world.published(ContactNamed)[0].subject

    delivery = await link_of(site, eva, referral_id)

    assert (delivery["address"], delivery["name"]) == ("eva@elders.example", "Eva Verzonnen")
    opened = await site.get(delivery["link"].removeprefix("http://schakel.test"))
    assert "Wij hebben kennisgemaakt" in text_of(opened)
    assert await link_of(site, eva, named("another referral")) == {"state": "no-longer-needed"}


async def test_contact_is_shown_to_the_ambassador_with_name_and_number() -> None:
    site, referral_id, _ = await said_yes()
    site.sign_in(Role.AMBASSADOR, "school")

    words = text_of(await site.get(f"/doorverwijzingen/{referral_id}"))

    assert "Eva Verzonnen" in words
    assert "010 555 0123" in words


async def test_contact_is_known_to_other_services_by_id_and_not_as_a_member() -> None:
    site, _, _ = await said_yes()

    [found] = await people(site, personIds=[str(site.world.published(ContactNamed)[0].subject)])

    assert (found["name"], found["phone"], found["isMember"]) == ("Eva Verzonnen", "010 555 0123", False)
    assert await people(site, address="eva@elders.example") == []


async def test_known_colleague_is_that_person_and_keeps_name_and_number() -> None:
    site, _, _ = await said_yes(email="CONTACT@fietsbende.example", name="Vals Genoemd", phone="06 12345678")

    assert site.world.published(ContactNamed) == []
    assert site.world.published(PartnerAccepted)[0].contact_id == HOLDER
    assert await people_of(site) == [contact("fietsbende")]


@pytest.mark.parametrize("whose", ["of another organisation", "who left"])
async def test_address_of_somebody_else_in_the_network_tells_nothing_and_changes_nobody(whose: str) -> None:
    site = await a_site()
    other = contact("rijwielhulp")
    if whose == "who left":
        other = replace(Person(named("left"), "Weg Verzonnen", "weg@fietsbende.example"), active=False)
        other = other.joining(named("fietsbende"), Role.PARTNER)
    async with site.world.units.begin() as unit:
        await unit.people.save(other)
    _, link = await mailed(site)

    answered = await site.post(f"/antwoord/{link.token}", **{**NEW, "email": other.email})

    assert answered.status_code == 303
    assert len(site.world.published(ContactNamed)) == 1
    async with site.world.units.begin() as unit:
        assert await unit.people.read(other.id) == other


async def test_yes_that_is_taken_back_removes_the_contact() -> None:
    site, referral_id, path = await said_yes()
    eva = site.world.published(ContactNamed)[0].subject
    link = (await link_of(site, eva, referral_id))["link"].removeprefix("http://schakel.test")

    await site.post(path, choice="revert")

    assert site.world.published(AcceptanceReverted)[0].contact_id == HOLDER
    assert await state_of_contact(site) is ContactState.REMOVED
    assert "Wij hebben kennisgemaakt" not in text_of(await site.get(link))
    assert await link_of(site, eva, referral_id, "answer") == {"state": "no-longer-needed"}
    # That the appointment is off must still reach them.
    assert (await site.delivery(recipientId=str(eva)))["address"] == "eva@elders.example"


async def test_same_yes_twice_names_one_contact() -> None:
    site, _, path = await said_yes()

    assert (await site.post(path, **NEW)).status_code == 303
    assert len(site.world.published(ContactNamed)) == 1


async def test_only_so_many_strangers_are_mailed_through_one_link() -> None:
    site, _, path = await said_yes()
    for number in range(4):
        await site.post(path, choice="revert")
        assert (await site.post(path, **{**NEW, "email": f"eva{number}@elders.example"})).status_code == 303
    await site.post(path, choice="revert")

    answered = await site.post(path, **{**NEW, "email": "once.more@elders.example"})

    assert answered.status_code == 409
    assert "Bel het Schakelpunt" in text_of(answered)
    assert len(site.world.published(ContactNamed)) == 5


@pytest.mark.parametrize(
    "name",
    [
        "Je account is geblokkeerd, log in op http://evil.example",
        "Eva@elders.example",
        "Eva\u202eneV",
        "Eva\nOns nieuwe adres",
        "Eva www.evil.example/log-in",
    ],
)
async def test_name_is_a_name_and_no_text_of_a_mail(name: str) -> None:
    site = await a_site()
    _, link = await mailed(site)

    answered = await site.post(f"/antwoord/{link.token}", **{**NEW, "name": name})

    assert answered.status_code == 400
    assert site.world.published(ContactNamed) == []


async def test_colleagues_hear_of_it_leads_first_and_at_most_five() -> None:
    site = await a_site()
    async with site.world.units.begin() as unit:
        for number in range(6):
            one = Person(named(f"c{number}"), f"Collega {number}", f"c{number}@fietsbende.example")
            await unit.people.save(one.joining(named("fietsbende"), Role.PARTNER, leads=number == 5))
    _, link = await mailed(site)

    await site.post(f"/antwoord/{link.token}", **NEW)

    told = site.world.published(ContactNamed)[0].told
    assert (len(told), told[0]) == (5, named("c5"))
    assert HOLDER in told or named("c0") in told
