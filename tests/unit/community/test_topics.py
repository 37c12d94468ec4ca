"""Topics and speakers, through the pages: proposed, planned or declined; asked by mail, yes or no, named or not."""

from datetime import timedelta
from uuid import UUID

import pytest

from services.community.handlers.invitations import invite
from services.community.handlers.leaving import keep_who_is_there
from services.community.handlers.letters import prepare_letter
from services.community.handlers.topics import forget_topics
from shared.events.base import Role
from shared.events.community import SeatDeclined, SeatInvited
from shared.events.gathering_letters import SeatOccasion
from shared.events.programme import TopicDeclined, TopicPlanned, TopicProposed
from tests.parts.people import listed, member
from tests.unit.community.seats import confirmed, state_of
from tests.unit.community.test_hosts_calendar import letter as gathering_letter
from tests.unit.community.test_sign_up import link
from tests.unit.community.world import Community, an_id, announced

PAGE = "/bijeenkomsten/onderwerpen"
TOPIC = {"title": "Praten over geldzorgen", "speaker": "Iemand van de Fietsenbank"}
SPEAKER = {
    "name": "Noor Verzonnen", "email": "noor@fonds.example", "organisation": "Fonds De Boei", "topic": "Geldzorgen",
}  # fmt: skip


async def proposed(community: Community, **more: str) -> UUID:
    async with community.visitor(Role.PARTNER) as member:
        assert (await member.post(PAGE, data={**TOPIC, **more})).status_code == 303
    return next(one.subject for one in reversed(community.published()) if isinstance(one, TopicProposed))


async def invited(community: Community, gathering_id: UUID) -> UUID:
    async with community.visitor(Role.COORDINATOR) as desk:
        reply = await desk.post(f"/bijeenkomsten/{gathering_id}/spreker", data=SPEAKER)
    assert reply.status_code == 303
    return next(one.subject for one in reversed(community.published()) if isinstance(one, SeatInvited))


async def page_of(community: Community, gathering_id: UUID) -> str:
    async with community.visitor() as browser:
        return (await browser.get(f"/bijeenkomsten/{gathering_id}")).text


async def test_topic_is_planned_and_stands_on_the_page_and_in_the_mails() -> None:
    community = Community()
    gathering_id = await announced(community.units)
    topic_id = await proposed(community, wantedFor=str(gathering_id))
    async with community.visitor(Role.COORDINATOR) as desk:
        assert TOPIC["title"] in (await desk.get(PAGE)).text
        page = (await desk.get(f"{PAGE}/{topic_id}")).text
        assert "Iemand van de Fietsenbank" in page
        assert f'value="{gathering_id}" selected' in page
        reply = await desk.post(f"{PAGE}/{topic_id}/plannen", data={"gathering": str(gathering_id)})
        assert reply.headers["location"] == f"/bijeenkomsten/{gathering_id}"
        assert "Fietsenbank" not in (await desk.get(f"{PAGE}/{topic_id}")).text

    told = community.published()[-1]
    assert isinstance(told, TopicPlanned)
    assert (told.person_id, told.gathering_id) == (an_id(Role.PARTNER), gathering_id)
    assert TOPIC["title"] in await page_of(community, gathering_id)
    (seat_id,) = await confirmed(community.units, gathering_id, "Anna")
    async with community.units.begin() as unit:
        letter = await prepare_letter(seat_id, SeatOccasion.PLACE, unit)
    assert letter is not None
    assert letter.programme == (TOPIC["title"],)
    async with community.units.begin() as unit:
        await unit.members.save(member(an_id("somebody"), an_id("desk"), Role.MEMBER))
        await invite(gathering_id, [an_id("somebody")], unit)
        (invitation,) = await unit.invitations.list_of(gathering_id)
    invited = await gathering_letter(community, invitation.id, "invited")
    assert invited["gathering"]["programme"] == TOPIC["title"]


async def test_topic_is_declined_and_only_its_proposer_reads_why() -> None:
    community = Community()
    topic_id = await proposed(community)
    async with community.visitor(Role.COORDINATOR) as desk, community.visitor(Role.PARTNER) as member:
        assert (await desk.post(f"{PAGE}/{topic_id}/niet", data={"reason": ""})).status_code == 400
        await desk.post(f"{PAGE}/{topic_id}/niet", data={"reason": "Dit was er in mei al."})
        assert "Dit was er in mei al." in (await member.get(PAGE)).text
        assert (await member.post(f"{PAGE}/{topic_id}/terug")).status_code == 409
        assert (await desk.post(f"{PAGE}/{topic_id}/niet", data={"reason": "Nee"})).status_code == 409

    declined = community.published()[-1]
    assert isinstance(declined, TopicDeclined)
    assert "mei" not in declined.model_dump_json()


async def test_topic_is_withdrawn_by_its_proposer_and_by_nobody_else() -> None:
    community = Community()
    topic_id = await proposed(community)
    async with community.visitor(Role.AMBASSADOR) as other, community.visitor(Role.PARTNER) as member:
        assert (await other.post(f"{PAGE}/{topic_id}/terug")).status_code == 404
        assert (await other.get(f"{PAGE}/{topic_id}")).status_code == 403
        assert (await member.post(f"{PAGE}/{topic_id}/terug")).status_code == 303
        assert "door jou weggehaald" in (await member.get(PAGE)).text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"title": ""}, "Waar moet het over gaan?"),
        ({"title": "Over 123456782"}, "burgerservicenummer"),
        ({"title": "Spelen", "speaker": "bel 123456782"}, "burgerservicenummer"),
        ({"title": "Spelen", "wantedFor": "morgen"}, "Voor welke bijeenkomst?"),
    ],
)
async def test_topic_that_is_not_right_says_what_to_fix(typed: dict[str, str], words: str) -> None:
    async with Community().visitor(Role.MEMBER) as member:
        reply = await member.post(PAGE, data=typed)

    assert reply.status_code == 400
    assert words in reply.text


async def test_topic_for_what_is_over_is_refused_and_an_old_one_is_forgotten() -> None:
    community = Community()
    await proposed(community)
    async with community.visitor(Role.MEMBER) as member:
        assert (await member.post(PAGE, data={**TOPIC, "wantedFor": str(an_id("gone"))})).status_code == 409
    community.clock.forward(timedelta(weeks=26) + timedelta(seconds=1))
    async with community.units.begin() as unit:
        await forget_topics(unit)

    assert community.units.tables.table("topics") == {}


async def test_topic_of_a_gathering_that_is_off_waits_for_the_desk_again() -> None:
    community = Community()
    gathering_id, topic_id = await announced(community.units), await proposed(community)
    async with community.visitor(Role.COORDINATOR) as desk:
        await desk.post(f"{PAGE}/{topic_id}/plannen", data={"gathering": str(gathering_id)})
        assert TOPIC["title"] not in (await desk.get(PAGE)).text
        await desk.post(f"/bijeenkomsten/{gathering_id}/afzeggen", data={"reason": "weather"})
        assert TOPIC["title"] in (await desk.get(PAGE)).text
        another = await announced(community.units)
        reply = await desk.post(f"{PAGE}/{topic_id}/plannen", data={"gathering": str(another)})
        assert reply.headers["location"] == f"/bijeenkomsten/{another}"


async def test_topics_of_whoever_left_go_but_for_what_is_on_the_programme() -> None:
    community = Community()
    gathering_id, planned, _ = await announced(community.units), await proposed(community), await proposed(community)
    async with community.visitor(Role.COORDINATOR) as desk:
        await desk.post(f"{PAGE}/{planned}/plannen", data={"gathering": str(gathering_id)})
        left = listed(an_id(Role.PARTNER), an_id("desk"), Role.PARTNER, at=community.now)
        async with community.units.begin() as unit:
            await keep_who_is_there(left.model_copy(update={"memberships": ()}), unit)

        assert [(one.id, one.person_id) for one in community.units.tables.table("topics").values()] == [(planned, None)]
        assert "Wie stelde dit voor?" not in (await desk.get(f"{PAGE}/{planned}")).text
        told = len(community.published())
        assert (await desk.post(f"{PAGE}/{planned}/niet", data={"reason": "Het kan niet."})).status_code == 303
    assert len(community.published()) == told


async def test_speaker_who_was_asked_answers_and_does_not_cancel() -> None:
    community = Community()
    mailed = await link(community, await invited(community, await announced(community.units)), "invited")
    async with community.visitor() as speaker:
        assert (await speaker.post(mailed, data={"choice": "cancel"})).status_code == 409
        assert (await speaker.post(mailed, data={"choice": "decline"})).status_code == 303

    assert community.units.tables.table("sign_ups") == {}


async def test_speaker_says_yes_and_is_named_only_when_they_want_to() -> None:
    community = Community()
    gathering_id = await announced(community.units)
    seat_id = await invited(community, gathering_id)
    mailed = await link(community, seat_id, "invited")
    async with community.visitor() as speaker:
        assert "Wil je op deze bijeenkomst spreken over: Geldzorgen?" in (await speaker.get(mailed)).text
        assert (await speaker.post(mailed, data={"choice": "agree"})).status_code == 303
        assert "Er is een plek voor je" in (await speaker.get(mailed)).text
        assert "Noor Verzonnen" not in await page_of(community, gathering_id)
        told = {"name": "Noor Verzonnen", "topic": "Geldzorgen", "seenBy": "everybody"}
        assert "mijn naam staat op de site" in (await speaker.get(f"{mailed}/wijzigen")).text
        await speaker.post(f"{mailed}/wijzigen", data=told)
        assert "Noor Verzonnen" in await page_of(community, gathering_id)

    assert await state_of(community.units, seat_id) == "confirmed"


async def test_named_speaker_stands_in_the_mail_of_whoever_comes() -> None:
    community = Community()
    gathering_id = await announced(community.units)
    mailed = await link(community, await invited(community, gathering_id), "invited")
    async with community.visitor() as speaker:
        await speaker.post(mailed, data={"choice": "agree", "named": "true"})
    (seat_id,) = await confirmed(community.units, gathering_id, "Anna")
    async with community.units.begin() as unit:
        letter = await prepare_letter(seat_id, SeatOccasion.PLACE, unit)

    assert letter is not None
    assert letter.programme == ("Noor Verzonnen (Fonds De Boei): Geldzorgen",)


async def test_speaker_says_no_and_is_forgotten_at_once() -> None:
    community = Community()
    gathering_id = await announced(community.units)
    seat_id = await invited(community, gathering_id)
    mailed = await link(community, seat_id, "invited")
    async with community.visitor() as speaker:
        assert (await speaker.post(mailed, data={"choice": "decline"})).status_code == 303
        assert "Je spreekt niet" in (await speaker.get(mailed)).text
        assert (await speaker.post(mailed, data={"choice": "agree"})).status_code == 409

    assert isinstance(community.published()[-1], SeatDeclined)
    assert community.units.tables.table("sign_ups") == {}
    # Asked again, because somebody rang: another seat, another mail.
    assert await invited(community, gathering_id) != seat_id


async def test_desk_hears_of_a_speaker_who_said_yes_and_cannot_come() -> None:
    community = Community()
    mailed = await link(community, await invited(community, await announced(community.units)), "invited")
    async with community.visitor() as speaker:
        await speaker.post(mailed, data={"choice": "agree"})
        await speaker.post(mailed, data={"choice": "cancel"})

    assert isinstance(community.published()[-1], SeatDeclined)


async def test_nobody_is_asked_to_speak_twice_and_who_is_asked_can_be_called_off() -> None:
    community = Community()
    gathering_id = await announced(community.units)
    seat_id = await invited(community, gathering_id)
    async with community.visitor(Role.COORDINATOR) as desk:
        assert (await desk.post(f"/bijeenkomsten/{gathering_id}/spreker", data=SPEAKER)).status_code == 409
        assert "gevraagd" in (await desk.get(f"/bijeenkomsten/{gathering_id}/deelnemers")).text
        await desk.post(f"/bijeenkomsten/{gathering_id}/afzeggen", data={"reason": "weather"})
    async with community.units.begin() as unit:
        assert await prepare_letter(seat_id, SeatOccasion.CALLED_OFF, unit) is not None
