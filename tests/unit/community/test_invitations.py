"""The desk asks people of the network to come: a yes by signing up, a no by a button, and one reminder."""

from datetime import timedelta
from uuid import UUID

import httpx

from services.community.domain.invitation import ASKED_AGAIN_AFTER, Invitation
from services.community.handlers.invitations import INVITATION_LINK, forget_invitations
from services.community.schedule import TIMERS
from shared.events.base import Role
from shared.events.community import InvitationReminderDue, PersonInvited, SeatRequested
from shared.events.http import KnownPerson
from shared.messaging.timers import TimerLoop
from tests.parts.people import member
from tests.unit.community.test_hosting import told
from tests.unit.community.test_hosts_calendar import letter
from tests.unit.community.world import EVENING, Community, an_id, announced

ORGANISATION = an_id("organisation")
NUMBERS = ("Een", "Twee", "Drie")
PEOPLE = [an_id(f"invited {number}") for number in range(3)]


async def a_network() -> tuple[Community, UUID]:
    community = Community()
    async with community.units.begin() as unit:
        for number, person in enumerate(PEOPLE):
            await unit.members.save(member(person, ORGANISATION, Role.PARTNER))
            known = KnownPerson(person_id=person, name=f"Mens {NUMBERS[number]}", organisations=("De Boei",))
            community.people.people[person] = known
            community.people.roles[person] = {(Role.PARTNER, ORGANISATION)}
    return community, await announced(community.units)


async def invited(community: Community, gathering_id: UUID, *people: UUID) -> httpx.Response:
    async with community.visitor(Role.COORDINATOR) as desk:
        return await desk.post(f"/bijeenkomsten/{gathering_id}/uitnodigen", data={"people": list(map(str, people))})


async def link_of(community: Community, gathering_id: UUID, person: UUID) -> str:
    async with community.units.begin() as unit:
        (found,) = [one for one in await unit.invitations.list_of(gathering_id) if one.person_id == person]
        link = await unit.links.mint(INVITATION_LINK, found.id, person, EVENING.ends_at)
    return f"/bijeenkomsten/uitnodiging/{link.token}"


async def shown(community: Community, gathering_id: UUID, narrowed: str = "") -> str:
    async with community.visitor(Role.COORDINATOR) as desk:
        return (await desk.get(f"/bijeenkomsten/{gathering_id}/uitnodigen{narrowed}")).text


async def test_desk_asks_whom_it_chooses_and_nobody_twice() -> None:
    community, gathering_id = await a_network()
    assert "De Boei: Mens Een" in await shown(community, gathering_id)
    assert "De Boei: Mens Een" in await shown(community, gathering_id, "?where=boei")
    assert "De Boei: Mens Een" not in await shown(community, gathering_id, "?where=Linde")
    assert (await invited(community, gathering_id)).status_code == 400
    assert (await invited(community, gathering_id, *PEOPLE[:2], an_id("a stranger"))).status_code == 303
    await invited(community, gathering_id, *PEOPLE)

    assert sorted(one.person_id for one in told(community, PersonInvited) if isinstance(one, PersonInvited)) == sorted(
        PEOPLE
    )
    assert "Iedereen met deze rol is al gevraagd" in await shown(community, gathering_id)
    community.moves_to(EVENING.starts_at)
    assert (await invited(community, gathering_id, an_id("late"))).status_code == 409


async def test_yes_signs_up_with_the_name_filled_in_and_no_is_one_button() -> None:
    community, gathering_id = await a_network()
    await invited(community, gathering_id, *PEOPLE)
    yes, no = [await link_of(community, gathering_id, one) for one in PEOPLE[:2]]
    async with community.visitor() as somebody:
        for _ in range(3):
            assert "Nee, deze keer niet" in (await somebody.get(no)).text
        form = (await somebody.get(f"{yes}/aanmelden")).text
        assert ('value="Mens Een"' in form, 'value="De Boei"' in form) == (True, True)
        assert (await somebody.post(f"{yes}/aanmelden", data={"name": "Mens Een"})).status_code == 400
        told_with = {"name": "Mens Een", "email": "mens@deboei.example"}
        assert (await somebody.post(f"{yes}/aanmelden", data=told_with)).status_code == 303
        assert (await somebody.post(no, data={"choice": "maybe"})).status_code == 400
        assert (await somebody.post(no, data={"choice": "no"})).status_code == 303
        assert "Je zei nee" in (await somebody.get(no)).text
        assert (await somebody.get("/bijeenkomsten/uitnodiging/unknown")).status_code == 404

    assert len(told(community, SeatRequested)) == 1
    page = await shown(community, gathering_id)
    for label, number in (("Uitgenodigd", 3), ("Zei ja", 1), ("Zei nee", 1), ("Nog geen antwoord", 1)):
        assert number == int(page.split(label)[1].split("<dd")[1].split(">")[1].split("<")[0]), label


async def test_who_does_not_answer_is_asked_once_more_and_then_no_more() -> None:
    community, gathering_id = await a_network()
    await invited(community, gathering_id, *PEOPLE[:2])
    async with community.visitor() as somebody:
        await somebody.post(await link_of(community, gathering_id, PEOPLE[0]), data={"choice": "no"})
    for _ in range(3):
        community.moves_to(community.now + ASKED_AGAIN_AFTER + timedelta(days=1))
        await TimerLoop(community.units, TIMERS).fire_due()

    (asked,) = [one for one in told(community, InvitationReminderDue) if isinstance(one, InvitationReminderDue)]
    assert asked.person_id == PEOPLE[1]
    answer = await letter(community, asked.subject, "invited-again")
    assert answer["link"].startswith("https://schakel.example/bijeenkomsten/uitnodiging/")
    assert answer["calendarMethod"] is None


async def test_nobody_is_asked_of_what_is_off_or_begun_and_it_is_forgotten_after_four_weeks() -> None:
    community, gathering_id = await a_network()
    await invited(community, gathering_id, PEOPLE[0])
    (asked,) = told(community, PersonInvited)
    community.moves_to(EVENING.starts_at)
    assert (await letter(community, asked.subject, "invited"))["state"] == "no-longer-needed"
    community.moves_to(EVENING.ends_at + timedelta(weeks=4, minutes=1))
    async with community.units.begin() as unit:
        await forget_invitations(unit)
    async with community.units.begin() as unit:
        left: list[Invitation] = await unit.invitations.list_of(gathering_id)
    assert left == []


async def test_form_behind_the_invitation_begins_as_everybodys_does() -> None:
    community, gathering_id = await a_network()
    await invited(community, gathering_id, PEOPLE[0])
    async with community.visitor() as guest:
        theirs = await guest.get(f"{await link_of(community, gathering_id, PEOPLE[0])}/aanmelden")
        everybodys = await guest.get(f"/bijeenkomsten/{gathering_id}/aanmelden")

    assert [page.text.count(" checked") for page in (theirs, everybodys)] == [2, 2]
