"""Nobody leaves while families or questions hang on them; and who left opens nothing."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from services.matching.handlers.cases import follow_new_ambassador
from services.matching.handlers.leaving import look_after_leavers
from shared.access.members import Member
from shared.events.base import Role
from shared.events.directory import PersonLeavingBlocked, PersonListed
from shared.events.intake import AmbassadorReplaced
from shared.events.referral_contacts import ContactReplaced
from tests.unit.matching.city import NOON, contact, named, service
from tests.unit.matching.people_at_work import PEOPLE, a_desk, colleague, known, now, press
from tests.unit.matching.site import Site, mailed, mailed_to_ambassador, text_of

CONTACT, JUF = named("contact of fietsbende"), named("juf")


async def hands_over_everything(site: Site) -> None:
    """The question and the offer of fietsbende's contact go to Kim."""
    kim = await colleague(site)
    referral_id, _ = await mailed(site)
    await press(site, CONTACT, "pass-question", question=str(referral_id), to=str(kim.id))
    await press(site, CONTACT, "pass-service", service=str(service("fietsbende").id), to=str(kim.id))


async def another_ambassador(site: Site) -> None:
    """Intake says that Mees has the family now."""
    await colleague(site, "school", "mees", Role.AMBASSADOR)
    async with site.world.units.begin() as unit:
        replaced = AmbassadorReplaced(
            subject=named("case"), occurred_at=NOON, case_code="AC34-DEFG", previous_id=JUF,
            ambassador_id=named("mees"), organisation_id=named("school"), replaced_by=named("regie"),
        )  # fmt: skip
        await follow_new_ambassador(replaced, unit)


async def test_page_lists_what_hangs_on_somebody() -> None:
    site = await a_desk()
    await colleague(site)

    partner = await site.get(f"{PEOPLE}/{CONTACT}")
    ambassador = await site.get(f"{PEOPLE}/{JUF}")

    assert "1 hulpvraag" in text_of(partner)
    assert "Aanbod van fietsbende" in text_of(partner)
    assert "Kim Verzonnen" in text_of(partner)
    assert "1 gezin AC34-DEFG" in text_of(ambassador)
    assert f'href="/aanvragen/overdragen?van={JUF}"' in ambassador.text


@pytest.mark.parametrize("who", [CONTACT, JUF])
async def test_nobody_leaves_while_something_hangs(who: UUID) -> None:
    site = await a_desk()

    answered = await press(site, who, "leave", when="now")

    assert answered.status_code == 409
    assert "er hangt nog werk aan deze persoon" in text_of(answered)
    assert site.world.published(PersonListed) == []


async def test_partner_contact_hands_over_and_leaves() -> None:
    site = await a_desk()
    _, link = await mailed(site)
    await site.post("/inloggen", email="contact@fietsbende.example")
    [attempt] = await site.codes_go_out()

    await hands_over_everything(site)
    answered = await press(site, CONTACT, "leave", when="now")

    assert answered.status_code == 303
    [replaced] = site.world.published(ContactReplaced)
    assert (replaced.previous_contact_id, replaced.contact_id) == (CONTACT, named("kim"))
    assert replaced.replaced_by == named("regie")
    listed = site.world.published(PersonListed)[-1]
    assert (listed.subject, listed.active, listed.epoch) == (CONTACT, False, 1)
    async with site.world.units.begin() as unit:
        member = await unit.members.read(CONTACT)
    assert member is not None
    assert member.standing == ()
    # Links, codes and mail: nothing is left.
    assert "Kunnen jullie helpen?" not in text_of(await site.get(f"/antwoord/{link.token}"))
    assert await site.delivery(recipientId=str(CONTACT)) == {"state": "nobody"}
    code = site.code_for(attempt.subject)
    entered = await site.post("/inloggen/code", code=code, aanmelding=str(attempt.subject))
    assert entered.status_code == 400
    await site.post("/inloggen", email="contact@fietsbende.example")
    assert await site.codes_go_out() == [attempt]


async def test_new_contact_gets_own_mail_and_link() -> None:
    site = await a_desk()
    referral_id, _ = await mailed(site)
    await hands_over_everything(site)

    delivery = await site.delivery(recipientId=str(named("kim")), referralId=str(referral_id))

    opened = await site.get(delivery["link"].removeprefix("http://schakel.test"))
    assert "Kunnen jullie helpen?" in text_of(opened)
    assert site.world.published(ContactReplaced)[0].answer_by is not None


async def test_question_goes_to_nobody_of_another_organisation_and_to_nobody_who_left() -> None:
    site = await a_desk()
    referral_id, _ = await mailed(site)
    gone = await colleague(site, name="gone")
    await known(site, replace(gone, active=False))

    for to in (named("contact of rijwielhulp"), gone.id, named("nobody")):
        answered = await press(site, CONTACT, "pass-question", question=str(referral_id), to=str(to))
        assert answered.status_code == 400
    assert site.world.published(ContactReplaced) == []


async def test_family_link_of_an_ambassador_whose_family_went_over_opens_nothing() -> None:
    site = await a_desk()
    path = await mailed_to_ambassador(site)
    assert "AC34-DEFG" in text_of(await site.get(path))

    await another_ambassador(site)

    assert "AC34-DEFG" not in text_of(await site.get(path))
    assert (await press(site, JUF, "leave", when="now")).status_code == 303
    assert [one.ambassador_id for one in await site.world.referrals()] == [named("mees")]


async def test_leaving_on_a_day_happens_on_that_day() -> None:
    site = await a_desk()
    await another_ambassador(site)
    await press(site, JUF, "leave", when="on-a-day", leaves_on="04-03-2026")
    assert "Vertrekt 4 maart 2026" in text_of(await site.get(f"{PEOPLE}/{JUF}"))

    await look(site)
    assert (await now(site, JUF)).active
    site.world.later(days=2)
    await look(site)

    person = await now(site, JUF)
    assert (person.active, person.epoch, person.leaves_on) == (False, 1, None)


async def look(site: Site) -> None:
    async with site.world.units.begin() as unit:
        await look_after_leavers(unit)


async def test_desk_hears_on_the_day_what_still_hangs_and_once_a_day_after_that() -> None:
    site = await a_desk()
    await press(site, JUF, "leave", when="on-a-day", leaves_on="04-03-2026")
    await look(site)
    assert site.world.published(PersonLeavingBlocked) == []
    site.world.later(days=2)

    for _ in range(3):
        await look(site)
    [blocked] = site.world.published(PersonLeavingBlocked)
    assert (blocked.subject, blocked.leaves_on, blocked.cases, blocked.questions) == (JUF, date(2026, 3, 4), 1, 0)
    assert (await now(site, JUF)).active

    site.world.later(days=1)
    await look(site)
    assert len(site.world.published(PersonLeavingBlocked)) == 2
    await another_ambassador(site)
    await look(site)
    assert not (await now(site, JUF)).active


async def test_desk_hears_of_a_family_that_came_to_somebody_who_left() -> None:
    site = await a_desk()
    await known(site, replace(await now(site, JUF), active=False))

    await look(site)

    assert [one.subject for one in site.world.published(PersonLeavingBlocked)] == [JUF]


async def test_who_leaves_can_stay_after_all() -> None:
    site = await a_desk()
    await press(site, JUF, "leave", when="on-a-day", leaves_on="04-03-2026")

    await press(site, JUF, "stay")

    assert (await now(site, JUF)).leaves_on is None


@pytest.mark.parametrize("day", ["02-03-2026", "01-03-2026", ""])
async def test_day_of_leaving_comes(day: str) -> None:
    site = await a_desk()

    assert (await press(site, JUF, "leave", when="on-a-day", leaves_on=day)).status_code == 400


async def test_who_left_comes_back_as_what_they_were_and_old_sessions_stay_over() -> None:
    site = await a_desk()
    await hands_over_everything(site)
    await press(site, CONTACT, "leave", when="now")

    await press(site, CONTACT, "back")

    listed = site.world.published(PersonListed)[-1]
    assert (listed.active, listed.epoch, listed.memberships) == (True, 1, contact("fietsbende").memberships)


async def test_one_role_of_several_ends_when_nothing_hangs_on_it() -> None:
    site = await a_desk()
    await press(site, CONTACT, "role", organisation=str(named("school")), role="ambassador")
    school = {"organisation": str(named("school")), "role": "ambassador"}
    partner = {"organisation": str(named("fietsbende")), "role": "partner"}

    assert (await press(site, CONTACT, "end-role", **partner)).status_code == 409
    assert (await press(site, CONTACT, "end-role", **school)).status_code == 303

    person = await now(site, CONTACT)
    assert (person.active, person.epoch, person.organisation_ids) == (True, 1, (named("fietsbende"),))
    assert (await press(site, CONTACT, "end-role", **school)).status_code == 409
    await hands_over_everything(site)
    assert (await press(site, CONTACT, "end-role", **partner)).status_code == 303
    assert not (await now(site, CONTACT)).active


async def test_who_is_asked_next_is_nobody_who_left() -> None:
    """The offer still names them, as a file may: a colleague is asked."""
    site = await a_desk()
    kim = await colleague(site, "rijwielhulp")
    await known(site, replace(contact("rijwielhulp"), active=False))
    _, link = await mailed(site)

    await site.post(f"/antwoord/{link.token}", choice="decline", reason="no-capacity")

    assert (await site.world.referrals())[-1].contact_id == kim.id
    assert Member.of(kim.listed(at=NOON)).active
