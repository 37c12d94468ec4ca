"""What whoever hosts gets with their mails: the entry for the calendar, which follows what becomes of the gathering."""

from typing import Any
from uuid import UUID

import httpx
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event, EventStatus

from services.community.commands import ChangeGathering
from services.community.handlers.gatherings import cancel_gathering, change_gathering
from services.community.handlers.hosting import accept_turn, swap_turn
from services.community.schedule import TIMERS
from shared.access.service_tokens import ServiceAuth, ServiceTokens
from shared.events.base import Role
from shared.events.community import CancelReason, HostReminderDue
from shared.events.gathering_letters import GATHERING_LETTERS
from shared.events.http import KnownPerson
from shared.messaging.timers import TimerLoop
from tests.parts.keys import ring
from tests.unit.community.seats import confirmed
from tests.unit.community.test_hosting import PEOPLE, accepted, asked, joined, told, turns_of
from tests.unit.community.world import EVENING, Community, announced, later

READER = "sam@desk.example"


async def letter(community: Community, turn_id: UUID, occasion: str, reader: str = READER) -> dict[str, Any]:
    auth = ServiceAuth(ServiceTokens(ring("notify"), "notify", community.clock), "community")
    async with community.visitor() as visitor:
        question = {"aboutId": str(turn_id), "occasion": occasion, "reader": reader}
        reply: httpx.Response = await visitor.post(GATHERING_LETTERS, json=question, auth=auth)
    answer: dict[str, Any] = reply.json()
    return answer


def entry_in(answer: dict[str, Any]) -> Event:
    (found,) = IcsCalendarStream.calendar_from_ics(answer["calendar"]).events
    return found


async def test_host_reads_what_it_is_and_who_comes_a_week_and_a_day_before() -> None:
    community = Community()
    await joined(community, dict(list(PEOPLE.items())[:4]))
    gathering_id = await announced(community.units)
    await confirmed(community.units, gathering_id, "Anna", "Bas")
    turn, other = await asked(community, gathering_id)
    async with community.units.begin() as unit:
        await accept_turn(turn.id, turn.person_id, unit)
    for days in (7, 1):
        community.moves_to(later(EVENING, -days).starts_at)
        await TimerLoop(community.units, TIMERS).fire_due()

    assert [(one.subject, getattr(one, "days", 0)) for one in told(community, HostReminderDue)] == [
        (turn.id, 7), (turn.id, 1),
    ]  # fmt: skip
    answer = await letter(community, turn.id, "host-reminder")
    assert (answer["gathering"]["coming"], answer["calendarMethod"]) == (2, "REQUEST")
    entry = entry_in(answer)
    assert (entry.uid, entry.sequence) == (f"{gathering_id}@schakel.example", 0)
    assert [one.uri for one in entry.attendees] == [f"mailto:{READER}"]
    assert (await letter(community, other.id, "host-reminder"))["state"] == "no-longer-needed"


async def test_entry_of_a_host_moves_and_leaves_with_a_later_sequence() -> None:
    community = Community()
    await joined(community, dict(list(PEOPLE.items())[:6]))
    gathering_id = await announced(community.units)
    first, second = await asked(community, gathering_id)
    assert (await letter(community, first.id, "host-asked"))["calendarMethod"] is None
    await accepted(community, gathering_id)
    async with community.units.begin() as unit:
        await change_gathering(ChangeGathering(gathering_id, later(EVENING, 1)), unit)
    moved = await letter(community, first.id, "host-moved")
    async with community.units.begin() as unit:
        await swap_turn(second.id, second.person_id, unit)
    (third,) = [one for one in await turns_of(community, gathering_id) if one.id not in {first.id, second.id}]
    async with community.units.begin() as unit:
        await accept_turn(third.id, third.person_id, unit)
    swapped = await letter(community, second.id, "host-swapped")
    async with community.units.begin() as unit:
        await cancel_gathering(gathering_id, CancelReason.WEATHER, unit)
    off = await letter(community, first.id, "host-called-off")

    assert [one["calendarMethod"] for one in (moved, swapped, off)] == ["REQUEST", "CANCEL", "CANCEL"]
    assert [entry_in(one).sequence for one in (moved, swapped, off)] == [1, 2, 2]
    assert {entry_in(one).uid for one in (moved, swapped, off)} == {f"{gathering_id}@schakel.example"}
    assert entry_in(off).status is EventStatus.CANCELLED
    assert "weer" in off["gathering"]["reason"]
    assert (await letter(community, first.id, "host-moved"))["state"] == "no-longer-needed"


async def test_desk_reads_who_hosts_by_name_and_a_number_when_that_cannot_be_asked() -> None:
    community = Community()
    await joined(community, dict(list(PEOPLE.items())[:4]))
    page = f"/bijeenkomsten/{await announced(community.units)}"
    async with community.visitor(Role.COORDINATOR) as desk, community.visitor() as visitor:
        await desk.post(f"{page}/gastheren")
        turn, _ = await turns_of(community, UUID(page.rpartition("/")[2]))
        person = KnownPerson(person_id=turn.person_id, name="Sam Verzonnen", organisations=("Buurthuis De Boei",))
        community.people.people[turn.person_id] = person
        named = (await desk.get(page)).text
        assert ("Sam Verzonnen</a>, Buurthuis De Boei" in named, "Persoon 1" in named) == (True, False)
        assert "Sam Verzonnen" not in (await visitor.get(page)).text
        community.people.away = True
        assert "Persoon 1" in (await desk.get(page)).text
