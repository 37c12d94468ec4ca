"""An organisation keeps its own entry: by the link of a mail, or signed in."""

from dataclasses import replace

from services.matching.domain.network import Person
from services.matching.handlers.cases import propose_partners
from shared.events.base import Role
from shared.events.directory import EntryProposed, ServiceListed
from shared.events.matching import PartnerActivated
from tests.unit.matching.city import assessed, contact, named, need
from tests.unit.matching.entries import (
    as_desk,
    as_partner,
    entry_page_of,
    fields_of,
    posted,
    the_organisation,
    the_service,
)
from tests.unit.matching.site import Site, a_site, mailed, text_of

OWN = "/netwerk/vermelding"
SERVICE = named("service fietsbende")
ORGANISATION = named("fietsbende")
FREE = {
    "description": "Een fiets die past.",
    "schedule": "dinsdag\nen donderdag",
    "access": ["lift", "quiet-room"],
    "languages": ["ar"],
    "contact_hours": "ma 9-12",
    "sparring": "true",
    "capacity": "4",
    "cost": "€ 2,50",
    "walk_in": "true",
}


async def test_small_things_count_at_once_and_everybody_sees_them() -> None:
    site = await a_site()
    as_partner(site)
    page = f"{OWN}/aanbod/{SERVICE}"

    answered = await posted(site, page, {**fields_of(await site.get(page)), **FREE})

    assert answered.headers["location"] == f"{OWN}?klaar=bewaard"
    shown = text_of(await site.get(f"/kaart/{SERVICE}"))
    for said in ("Een fiets die past.", "Lift, Rustige ruimte", "Bel mij om te sparren", "ma 9-12", "€ 2,50"):
        assert said in shown
    assert site.world.published(EntryProposed) == []
    assert "Bewaard" in text_of(await site.get(answered.headers["location"]))


async def test_what_referrals_hang_on_waits_for_the_desk_and_the_old_counts_until_then() -> None:
    site = await a_site()
    as_partner(site)
    page = f"{OWN}/aanbod/{SERVICE}"

    await posted(site, page, {**fields_of(await site.get(page)), "categories": ["sport"], "does_not": "Geen e-bikes."})

    [proposed] = site.world.published(EntryProposed)
    assert (proposed.subject, proposed.service_id, proposed.proposed_by) == (
        ORGANISATION, SERVICE, named("contact of fietsbende"),
    )  # fmt: skip
    assert (await the_service(site, SERVICE)).categories == ("bike",)
    assert "Geen e-bikes." not in text_of(await site.get(f"/kaart/{SERVICE}"))
    assert "Geen e-bikes." in text_of(await site.get(OWN))


async def test_page_shows_what_was_proposed_and_saving_it_again_proposes_nothing_new() -> None:
    site = await a_site()
    as_partner(site)
    page = f"{OWN}/aanbod/{SERVICE}"
    await posted(site, page, {**fields_of(await site.get(page)), "does_not": "Geen e-bikes."})

    again = fields_of(await site.get(page))
    assert again["does_not"] == "Geen e-bikes."
    await posted(site, page, again)
    assert len(site.world.published(EntryProposed)) == 1

    await posted(site, page, {**again, "does_not": "Geen bakfietsen."})
    async with site.world.units.begin() as unit:
        [waiting] = await unit.proposals.list_waiting()
    assert [change.new for change in waiting.changes] == ["Geen bakfietsen."]


async def test_agreement_is_never_the_organisations_own_to_say() -> None:
    site = await a_site()
    as_partner(site)
    page = f"{OWN}/organisatie"

    await posted(site, page, {**fields_of(await site.get(page)), "has_agreement": "true", "strengths": "Snel"})

    organisation = await the_organisation(site, ORGANISATION)
    assert (organisation.has_agreement, organisation.strengths) == (False, "Snel")
    assert "Snel" in text_of(await site.get(f"/kaart/{SERVICE}"))


async def test_to_save_is_not_to_confirm() -> None:
    site = await a_site()
    as_partner(site)
    page = f"{OWN}/aanbod/{SERVICE}"

    await posted(site, page, {**fields_of(await site.get(page)), **FREE})
    assert (await the_service(site, SERVICE)).kept.verified_at is None
    await site.post(OWN, choice="confirm")

    service, organisation = await the_service(site, SERVICE), await the_organisation(site, ORGANISATION)
    assert service.kept.verified_at == organisation.kept.verified_at == site.world.clock.now()
    assert service.kept.verified_by == named("contact of fietsbende")
    assert "Gecontroleerd op 2 maart 2026" in text_of(await site.get(f"/kaart/{SERVICE}"))


async def test_hsds_says_who_assures_it_and_when_and_never_the_address_of_a_person() -> None:
    site = await a_site()
    path = f"/hsds/services/{SERVICE}"
    assert "assured_date" not in (await site.get(path)).json()
    as_partner(site)
    await site.post(OWN, choice="confirm")

    answered = await site.get(path)

    assert answered.json()["assured_date"] == "2026-03-02"
    assert answered.json()["assurer_email"] == site.world.city.desk.email
    assert contact("fietsbende").email not in answered.text


async def test_link_of_the_mail_opens_the_same_page_without_signing_in() -> None:
    site = await a_site()
    page = await entry_page_of(site, "fietsbende")
    before = site.world.published_names

    for _ in range(100):
        assert (await site.get(page)).status_code == 200
    assert site.world.published_names == before
    assert (await the_service(site, SERVICE)).kept.verified_at is None

    change = f"{page}/aanbod/{SERVICE}"
    await posted(site, change, {**fields_of(await site.get(change)), "description": "Nieuw."})
    assert (await site.post(page, choice="confirm")).headers["location"] == f"{page}?klaar=klopt"

    assert (await the_service(site, SERVICE)).description == "Nieuw."
    assert (await the_service(site, SERVICE)).kept.verified_at is not None


async def test_link_opens_nothing_of_another_organisation() -> None:
    site = await a_site()
    page = await entry_page_of(site, "fietsbende")
    other = named("service rijwielhulp")

    assert (await site.get(f"{page}/aanbod/{other}")).status_code == 404
    assert (
        await posted(site, f"{page}/aanbod/{other}", {"name": "Van ons", "categories": ["bike"]})
    ).status_code == 404
    as_partner(site)
    assert (await site.get(f"{OWN}/aanbod/{other}")).status_code == 404
    assert (await the_service(site, other)).name == "Aanbod van rijwielhulp"


async def test_link_of_somebody_who_left_opens_nothing() -> None:
    site = await a_site()
    page = await entry_page_of(site, "fietsbende")
    async with site.world.units.begin() as unit:
        await unit.people.save(replace(contact("fietsbende"), memberships=()))

    assert (await site.get(page)).status_code == 410
    assert (await site.post(page, choice="confirm")).status_code == 410
    assert (await site.get(f"/netwerk/vermelding/link/{'x' * 43}")).status_code == 410


async def test_answer_link_opens_no_entry_and_only_own_people_get_one() -> None:
    site = await a_site()
    _, link = await mailed(site)

    assert (await site.get(f"/netwerk/vermelding/link/{link.token}")).status_code == 410
    told = await site.delivery(recipientId=str(named("juf")), directoryId=str(ORGANISATION), directoryLink="entry")
    assert told["state"] == "no-longer-needed"


async def test_form_without_a_button_does_nothing() -> None:
    site = await a_site()
    as_partner(site)

    assert (await site.post(OWN)).status_code == 400
    assert site.world.published(EntryProposed) == []


async def test_who_stops_is_asked_first_and_gets_no_new_questions_while_what_is_open_goes_on() -> None:
    site = await a_site()
    as_partner(site)
    assert "1 vraag open" in text_of(await site.get(f"{OWN}?stoppen=ja"))
    assert site.world.published(EntryProposed) == []

    await site.post(OWN, choice="stop")

    [proposed] = site.world.published(EntryProposed)
    assert proposed.service_id is None
    assert [one.active for one in site.world.published(ServiceListed)] == [False]
    async with site.world.units.begin() as unit:
        await propose_partners(assessed(need(name="another"), case="another case"), unit)
    asked = [one.organisation_id for one in site.world.published(PartnerActivated)]
    assert asked == [ORGANISATION, named("rijwielhulp")]
    assert (await site.get(f"/antwoord/{await _first_question(site)}")).status_code == 200


async def _first_question(site: Site) -> str:
    asked = site.world.published(PartnerActivated)[0]
    told = await site.delivery(recipientId=str(asked.contact_id), referralId=str(asked.referral_id))
    return told["link"].rpartition("/")[2]


async def test_ambassador_keeps_the_entry_of_the_school_and_no_other() -> None:
    site = await a_site()
    site.sign_in(Role.AMBASSADOR, "school")
    page = f"{OWN}/organisatie"

    await posted(site, page, {**fields_of(await site.get(page)), "phone": "010 000 00 00"})

    assert (await the_organisation(site, named("school"))).phone == "010 000 0000"
    as_desk(site)
    assert (await site.get(page)).status_code == 403


async def test_short_code_of_the_mail_leads_to_the_entry() -> None:
    site = await a_site()
    told = await site.delivery(
        recipientId=str(named("contact of fietsbende")), directoryId=str(ORGANISATION), directoryLink="entry"
    )

    answered = await site.post("/antwoord/code", code=told["shortCode"])

    assert answered.headers["location"].startswith("/netwerk/vermelding/link/")
    assert (await site.get(answered.headers["location"])).status_code == 200


async def test_contact_that_is_chosen_is_one_of_the_organisation() -> None:
    site = await a_site()
    new = Person(named("nieuw"), "Nieuw Verzonnen", "nieuw@fietsbende.example").joining(ORGANISATION, Role.PARTNER)
    async with site.world.units.begin() as unit:
        await unit.people.save(new)
    as_partner(site)
    page = f"{OWN}/aanbod/{SERVICE}"

    await posted(site, page, {**fields_of(await site.get(page)), "contact": str(new.id)})

    assert "Nieuw Verzonnen" in text_of(await site.get(OWN))
    assert (await the_service(site, SERVICE)).contact_ids == (named("contact of fietsbende"),)
