"""The desk finds, adds and changes people; who did what is kept."""

from dataclasses import replace

import pytest

from services.matching.domain.network import Person
from shared.events.base import Role
from shared.events.directory import PersonListed
from tests.unit.matching.city import contact, named
from tests.unit.matching.people_at_work import DESK, PEOPLE, a_desk, colleague, known, now, press
from tests.unit.matching.site import a_site, text_of

CONTACT = named("contact of fietsbende")
NEW = {
    "name": "Sam Verzonnen", "email": "sam@rijwielhulp.example", "phone": "010 555 01 23", "kinds": "volunteer",
    "organisation": str(named("rijwielhulp")), "role": "partner",
}  # fmt: skip


async def test_index_has_figures_that_are_links() -> None:
    site = await a_desk()
    await known(site, replace(contact("fietsbende"), leaves_on=site.world.city.day_of(site.world.clock.now())))

    answered = await site.get("/netwerk")

    assert "1 gaan vertrekken" in text_of(answered)
    for href in ("/netwerk/mensen/contacten", "/netwerk/mensen?staat=leaving", "/netwerk/mensen?staat=away"):
        assert f'href="{href}"' in answered.text
    assert "Fietsbende" in text_of(await site.get("/netwerk/mensen?staat=leaving"))


@pytest.mark.parametrize(
    ("asked", "found", "not_found"),
    [
        ("zoek=van+fiets", "Contact van fietsbende", "Contact van rijwielhulp"),
        ("zoek=RIJWIEL", "Contact van rijwielhulp", "Contact van fietsbende"),
        ("rol=ambassador", "Noor Verzonnen", "Contact van fietsbende"),
        ("staat=left", "Weg Verzonnen", "Noor Verzonnen"),
        ("zoek=%25", "Niemand gevonden", "Noor Verzonnen"),
        ("rol=onzin&staat=onzin", "Noor Verzonnen", "Weg Verzonnen"),
    ],
)
async def test_people_are_found_by_name_organisation_role_and_standing(asked: str, found: str, not_found: str) -> None:
    site = await a_desk()
    left = Person(named("weg"), "Weg Verzonnen", "weg@fietsbende.example", active=False)
    await known(site, left.joining(named("fietsbende"), Role.PARTNER))

    words = text_of(await site.get(f"{PEOPLE}?{asked}"))

    assert found in words
    assert not_found not in words


async def test_address_is_looked_up_without_standing_in_an_address() -> None:
    site = await a_desk()

    found = await site.post(PEOPLE, email="Noor@school.example")
    unknown = await site.post(PEOPLE, email="niemand@school.example")

    assert (found.status_code, found.headers["location"]) == (303, f"{PEOPLE}/{named('juf')}")
    assert unknown.status_code == 400
    assert "dit adres kennen we niet" in text_of(unknown)


@pytest.mark.parametrize(
    ("role", "of", "person"),
    [(Role.PARTNER, "fietsbende", "contact of fietsbende"), (Role.AMBASSADOR, "school", "juf")],
)
async def test_people_are_for_the_desk_only(role: Role, of: str, person: str) -> None:
    site = await a_site()
    site.sign_in(role, of, person)

    for path in (PEOPLE, f"{PEOPLE}/nieuw", f"{PEOPLE}/{named('juf')}", f"{PEOPLE}/contacten"):
        assert (await site.get(path)).status_code == 403
    assert (await site.post(f"{PEOPLE}/nieuw", **NEW)).status_code == 403
    assert (await site.post(f"{PEOPLE}/{named('juf')}", choice="leave", when="now")).status_code == 403


async def test_operator_looks_and_changes_nothing() -> None:
    site = await a_desk()
    site.sign_in(Role.OPERATOR, DESK, "beheer")

    answered = await site.get(f"{PEOPLE}/{named('juf')}")

    assert answered.status_code == 200
    assert "Noteer het vertrek" not in answered.text
    assert (await press(site, named("juf"), "leave", when="now")).status_code == 403


async def test_somebody_new_is_added_and_can_sign_in() -> None:
    site = await a_desk()

    answered = await site.post(f"{PEOPLE}/nieuw", **NEW)

    assert answered.status_code == 303
    [listed] = site.world.published(PersonListed)
    assert [(one.organisation_id, one.role) for one in listed.memberships] == [(named("rijwielhulp"), Role.PARTNER)]
    page = text_of(await site.get(answered.headers["location"]))
    assert "Vrijwilliger" in page
    assert "Toegevoegd aan het netwerk" in page
    assert "Door Hassan Verzonnen" in page
    await site.post("/inloggen", email="sam@rijwielhulp.example")
    assert [one.person_id for one in await site.codes_go_out()] == [listed.subject]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": "sam@evil.example"}, "alleen de naam"),
        ({"email": "sam"}, "geen e-mailadres"),
        ({"phone": "12"}, "te kort"),
        ({"organisation": str(named("nowhere"))}, "kies een organisatie"),
        ({"role": "operator"}, "kies wat klopt"),
        ({"email": "noor@school.example"}, "deze persoon staat er al"),
        ({"kinds": "tovenaar"}, "kies wat klopt"),
    ],
)
async def test_what_is_wrong_with_somebody_new_is_told_and_nobody_is_added(wrong: dict[str, str], told: str) -> None:
    site = await a_desk()

    answered = await site.post(f"{PEOPLE}/nieuw", **{**NEW, **wrong})

    assert answered.status_code == 400
    assert told in text_of(answered).lower()
    assert site.world.published(PersonListed) == []


async def test_mail_that_waits_goes_to_the_new_address() -> None:
    site = await a_desk()

    answered = await press(site, CONTACT, "details", name="Contact Anders", email="anders@fietsbende.example")

    assert answered.status_code == 303
    assert (await site.delivery(recipientId=str(CONTACT)))["address"] == "anders@fietsbende.example"
    page = text_of(await site.get(f"{PEOPLE}/{CONTACT}"))
    assert "E-mailadres veranderd" in page
    # Who somebody is, no other service hears.
    assert site.world.published(PersonListed) == []


async def test_address_of_somebody_else_is_refused_at_its_field() -> None:
    site = await a_desk()

    answered = await press(site, CONTACT, "details", name="Contact", email="noor@school.example")

    assert answered.status_code == 400
    assert "hoort al bij iemand anders" in text_of(answered)


async def test_second_of_two_editors_is_told_and_changes_nothing() -> None:
    site = await a_desk()
    both_saw = (await now(site, CONTACT)).version
    await press(site, CONTACT, "details", name="Eerste Verzonnen", email="contact@fietsbende.example")

    answered = await site.post(
        f"{PEOPLE}/{CONTACT}", choice="details", version=str(both_saw), name="Tweede Verzonnen",
        email="contact@fietsbende.example",
    )  # fmt: skip

    assert answered.status_code == 409
    assert "Iemand anders heeft dit net veranderd" in text_of(answered)
    assert (await now(site, CONTACT)).name == "Eerste Verzonnen"


async def test_person_has_several_roles_at_several_organisations() -> None:
    site = await a_desk()

    await press(site, CONTACT, "role", organisation=str(named("school")), role="ambassador", leads="true")

    person = await now(site, CONTACT)
    assert person.may(Role.PARTNER, named("fietsbende"))
    assert person.may(Role.AMBASSADOR, named("school"))
    assert person.leads(named("school"))
    assert site.world.published(PersonListed)[-1].memberships == person.memberships
    words = text_of(await site.get(f"{PEOPLE}/{CONTACT}"))
    assert "Contactpersoon van gezinnen, Basisschool De Zevensprong" in words


async def test_kinds_are_those_of_the_city() -> None:
    site = await a_desk()

    answered = await site.client.post(
        f"{PEOPLE}/{CONTACT}",
        data={
            "choice": "details", "version": "0", "name": "Contact", "email": "contact@fietsbende.example",
            "kinds": ["volunteer", "expert-by-experience"],
        },
        headers={"Sec-Fetch-Site": "same-origin"},
    )  # fmt: skip

    assert answered.status_code == 303
    assert "Vrijwilliger, Ervaringsdeskundige" in text_of(await site.get(f"{PEOPLE}/{CONTACT}"))


async def test_nothing_chosen_changes_nothing() -> None:
    site = await a_desk()

    assert (await site.post(f"{PEOPLE}/{CONTACT}")).status_code == 400
    assert (await site.post(f"{PEOPLE}/{named('nobody')}", choice="back", version="0")).status_code == 404
    assert (await site.get(f"{PEOPLE}/{named('nobody')}")).status_code == 404


async def test_unsuitable_deputies_are_refused() -> None:
    site = await a_desk()
    kim = await colleague(site)

    assert (await press(site, CONTACT, "absence", deputy=str(kim.id))).status_code == 303
    for deputy in (CONTACT, named("juf"), named("nobody")):
        answered = await press(site, CONTACT, "absence", deputy=str(deputy))
        assert answered.status_code == 400
        assert "kies een collega" in text_of(answered)
    assert (await now(site, CONTACT)).deputy_id == kim.id
