"""What notify gets at the moment of sending, and what nobody else gets."""

from dataclasses import replace
from uuid import UUID

import pytest

from services.matching.handlers.deliveries import NO_LONGER_NEEDED, NOBODY, prepare_deliveries
from services.matching.handlers.sign_in import request_sign_in
from services.matching.handlers.stopping import stop_for_withdrawal
from shared.events.http import DeliveryAnswer, DeliveryQuestion
from shared.events.matching import PartnerActivated
from tests.unit.matching.city import contact, named, withdrawn
from tests.unit.matching.site import ACCEPTED, ADDRESS, Site, a_site, mailed, text_of


async def asked(site: Site) -> PartnerActivated:
    return site.world.published(PartnerActivated)[-1]


async def test_delivery_of_a_question_carries_a_fresh_link_and_short_code() -> None:
    site = await a_site()
    question = await asked(site)

    delivery = await site.delivery(recipientId=str(question.contact_id), referralId=str(question.referral_id))

    assert (delivery["address"], delivery["name"]) == ("contact@fietsbende.example", "Contact van fietsbende")
    assert delivery["link"].startswith(f"{ADDRESS}/antwoord/")
    for way in (delivery["link"].removeprefix(ADDRESS), f"/antwoord/{delivery['shortCode']}"):
        assert "een fiets" in text_of(await site.get(way))


async def test_delivery_without_a_referral_is_an_address_and_a_name() -> None:
    site = await a_site()

    delivery = await site.delivery(recipientId=str(named("juf")))

    assert delivery == {"state": "deliver", "address": "noor@school.example", "name": "Noor Verzonnen"}


async def test_delivery_of_a_sign_in_carries_the_code() -> None:
    site = await a_site()
    async with site.world.units.begin() as unit:
        sign_in_id = await request_sign_in("noor@school.example", "a lane", unit)
    question = {"recipientId": str(named("juf")), "signInId": str(sign_in_id)}

    assert (await site.delivery(**question))["code"] == site.code_for(sign_in_id)
    site.world.later(minutes=10)
    assert await site.delivery(**question) == {"state": "no-longer-needed"}


async def test_delivery_to_somebody_who_left_or_is_unknown_is_not_possible() -> None:
    site = await a_site()
    question = await asked(site)
    async with site.world.units.begin() as unit:
        await unit.people.save(replace(contact("fietsbende"), active=False))

    for recipient in (question.contact_id, named("nobody")):
        assert await site.delivery(recipientId=str(recipient)) == {"state": "nobody"}


async def test_delivery_of_a_question_that_was_answered_is_no_longer_needed() -> None:
    site = await a_site()
    question = await asked(site)
    _, link = await mailed(site)
    await site.post(f"/antwoord/{link.token}", **ACCEPTED)

    answer = await site.delivery(recipientId=str(question.contact_id), referralId=str(question.referral_id))

    assert answer == {"state": "no-longer-needed"}


async def test_delivery_gives_no_link_to_somebody_of_another_organisation() -> None:
    site = await a_site()
    question = await asked(site)

    answer = await site.delivery(recipientId=str(named("juf")), referralId=str(question.referral_id))

    assert answer == {"state": "no-longer-needed"}


@pytest.mark.parametrize("caller", ["intake", "monitoring"])
async def test_delivery_is_for_notify_only(caller: str) -> None:
    site = await a_site()

    assert (await site.ask_notifys_question(caller, recipientId=str(named("juf")))).status_code == 403
    assert (await site.client.post("/internal/deliveries", json={})).status_code == 401


async def test_delivery_question_that_cannot_be_read_is_explained() -> None:
    site = await a_site()

    answer = await site.ask_notifys_question(recipientId="juf", other=str(UUID(int=1)))

    assert answer.status_code == 400
    assert {error["pointer"] for error in answer.json()["errors"]} == {"/questions/0/recipientId", "/questions/0/other"}


async def test_several_deliveries_are_answered_in_their_order_and_one_that_is_over_spoils_no_other() -> None:
    site = await a_site()
    question = await asked(site)
    _, link = await mailed(site)
    await site.post(f"/antwoord/{link.token}", **ACCEPTED)
    over = DeliveryQuestion(recipient_id=question.contact_id, referral_id=question.referral_id)
    others = [DeliveryQuestion(recipient_id=named("juf")), DeliveryQuestion(recipient_id=named("nobody"))]

    async with site.world.units.begin() as unit:
        answers = await prepare_deliveries([over, *others], unit, code_key=b"k" * 32, public_url=ADDRESS)

    found = DeliveryAnswer(state="deliver", address="noor@school.example", name="Noor Verzonnen")
    assert answers == [NO_LONGER_NEEDED, found, NOBODY]


@pytest.mark.parametrize(
    ("stage", "recipient", "link", "found"),
    [
        ("asked", "contact of fietsbende", "answer", "/antwoord/"),
        ("asked", "contact of fietsbende", "help", None),
        ("asked", "juf", "family", "/doorverwijzingen/link/"),
        ("asked", "contact of fietsbende", "family", None),
        ("helping", "contact of fietsbende", "answer", None),
        ("helping", "contact of fietsbende", "help", "/antwoord/"),
        ("helping", "juf", "help", None),
        ("helping", "juf", "family", "/doorverwijzingen/link/"),
        ("waitlisted", "contact of fietsbende", "help", "/antwoord/"),
        ("waitlisted", "contact of fietsbende", "answer", "/antwoord/"),
        ("withdrawn", "juf", "family", None),
        ("withdrawn", "contact of fietsbende", "help", None),
    ],
)
async def test_delivery_carries_the_link_that_this_person_can_use_now(
    stage: str, recipient: str, link: str, found: str | None
) -> None:
    site = await a_site()
    question = await asked(site)
    _, mail = await mailed(site)
    if stage == "waitlisted":
        await site.post(f"/antwoord/{mail.token}", choice="later", from_day="09-03-2026")
    elif stage != "asked":
        await site.post(f"/antwoord/{mail.token}", **ACCEPTED)
    if stage == "withdrawn":
        async with site.world.units.begin() as unit:
            await stop_for_withdrawal(withdrawn(), unit)

    delivery = await site.delivery(recipientId=str(named(recipient)), referralId=str(question.referral_id), link=link)

    if found is None:
        assert delivery == {"state": "no-longer-needed"}
        return
    assert delivery["link"].startswith(f"{ADDRESS}{found}")
    typed = await site.post("/antwoord/code", code=delivery["shortCode"])
    known_as = "AC34-DEFG" if recipient == "juf" else "fiets"
    for way in (delivery["link"].removeprefix(ADDRESS), typed.headers["location"]):
        assert known_as in text_of(await site.get(way))


async def test_delivery_names_those_whom_the_mail_mentions() -> None:
    site = await a_site()

    answers = (
        await site.ask_notifys_question(
            recipientId=str(named("contact of fietsbende")), mentions=[str(named("juf")), str(named("nobody"))]
        )
    ).json()["answers"]

    assert answers[0]["mentioned"] == [
        {
            "personId": str(named("juf")),
            "name": "Noor Verzonnen",
            "organisation": "Basisschool De Zevensprong",
            "phone": "010 0000002",
        }
    ]


async def test_delivery_that_goes_nowhere_names_nobody() -> None:
    site = await a_site()

    assert await site.delivery(recipientId=str(named("nobody")), mentions=[str(named("juf"))]) == {"state": "nobody"}
