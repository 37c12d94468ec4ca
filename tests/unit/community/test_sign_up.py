"""Signing up without an account: the form, the link in the mail, and what notify is told at the moment of sending."""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import httpx
import pytest

from services.community.handlers.gatherings import cancel_gathering
from services.community.handlers.seats import cancel_seat
from shared.access.service_tokens import ServiceAuth, ServiceTokens
from shared.events.base import Role
from shared.events.community import CancelReason, SeatFact, SeatRequested
from shared.events.gathering_letters import SEAT_LETTERS, SeatLetterAnswer
from tests.parts.keys import ring
from tests.unit.community.seats import confirmed, requested, state_of, who
from tests.unit.community.world import EVENING, SITE, Community, announced

FORM = {"name": "Noor Verzonnen", "email": "noor@school.example", "topic": "De zomer", "other": "Een ringleiding"}


async def letter(community: Community, seat_id: UUID, occasion: str) -> SeatLetterAnswer:
    auth = ServiceAuth(ServiceTokens(ring("notify"), "notify", community.clock), "community")
    transport = httpx.ASGITransport(community.app())
    async with httpx.AsyncClient(transport=transport, base_url="http://community:8000", auth=auth) as notify:
        reply = await notify.post(SEAT_LETTERS, json={"seatId": str(seat_id), "occasion": occasion})
    assert reply.status_code == 200, reply.text
    return SeatLetterAnswer.model_validate_json(reply.content)


def last_seat(community: Community) -> UUID:
    return [one.subject for one in community.published() if isinstance(one, SeatFact)][-1]


async def link(community: Community, seat_id: UUID, occasion: str) -> str:
    found = (await letter(community, seat_id, occasion)).link
    assert found is not None
    return found.removeprefix(SITE)


async def test_person_signs_up_confirms_and_cancels_behind_the_mailed_link() -> None:
    community = Community()
    page = f"/bijeenkomsten/{await announced(community.units)}"
    async with community.visitor() as browser:
        assert "Meld je aan" in (await browser.get(page)).text
        reply = await browser.post(f"{page}/aanmelden", data=FORM)
        assert "Kijk in je mail" in (await browser.get(reply.headers["location"])).text
        seat_id = last_seat(community)
        mailed = await link(community, seat_id, "confirm")
        assert "Ja, ik kom graag" in (await browser.get(mailed)).text
        await browser.post(mailed, data={"choice": "confirm"})
        assert "Er is een plek voor je" in (await browser.get(mailed)).text
        await browser.post(mailed, data={"choice": "cancel"})
        assert "Je komt niet" in (await browser.get(mailed)).text
    assert await state_of(community.units, seat_id) == "cancelled"


async def test_looking_at_a_mailed_link_changes_nothing() -> None:
    community = Community()
    seat_id = await requested(community.units, await announced(community.units), who("Anna"))
    mailed = await link(community, seat_id, "confirm")
    before = {name: dict(rows) for name, rows in community.units.tables.tables.items() if name != "audit_lines"}
    async with community.visitor() as scanner:
        for _ in range(50):
            assert (await scanner.get(mailed)).status_code == 200
            assert (await scanner.head(mailed)).status_code == 200

    assert {name: dict(rows) for name, rows in community.units.tables.tables.items() if name != "audit_lines"} == before


async def test_answer_does_not_say_whether_an_address_signed_up_before() -> None:
    community = Community()
    gathering_id = await announced(community.units)
    await confirmed(community.units, gathering_id, "Anna")
    async with community.visitor() as browser:
        replies = [
            await browser.post(f"/bijeenkomsten/{gathering_id}/aanmelden", data=FORM | {"email": email})
            for email in ("anna@school.example", "nieuw@school.example")
        ]

    assert {(one.status_code, one.headers["location"]) for one in replies} == {
        (303, f"/bijeenkomsten/{gathering_id}/aanmelden/verstuurd")
    }


async def test_address_is_mailed_a_few_times_a_day_and_the_answer_stays_the_same() -> None:
    community = Community()
    first, other = [f"/bijeenkomsten/{await announced(community.units)}/aanmelden" for _ in range(2)]
    async with community.visitor() as browser:
        replies = [
            await browser.post(first, data=FORM | {"email": email})
            for email in ("noor@school.example", " NOOR@school.example ") * 10
        ]
        told = [one.headers["location"] for one in replies]
        mailed = len(community.published())
        await browser.post(other, data=FORM)

    assert set(told) == {f"{first}/verstuurd"}
    assert sum(isinstance(one, SeatRequested) for one in community.published()[:mailed]) == 5
    assert isinstance(community.published()[-1], SeatRequested)
    assert len(community.published()) == mailed + 1


async def test_one_client_signs_up_so_many_addresses_and_then_waits() -> None:
    community = Community()
    page = f"/bijeenkomsten/{await announced(community.units)}/aanmelden"
    async with community.visitor() as browser:
        said = [
            (await browser.post(page, data=FORM | {"email": f"noor{number}@school.example"})).status_code
            for number in range(61)
        ]

    assert said == [303] * 60 + [429]


@pytest.mark.parametrize("field", ["topic", "other", "organisation"])
async def test_canary_child_with_a_bsn_is_refused_in_every_free_text(field: str) -> None:
    community = Community()
    gathering_id = await announced(community.units)
    async with community.visitor() as browser:
        page = (await browser.get(f"/bijeenkomsten/{gathering_id}/aanmelden")).text
        reply = await browser.post(
            f"/bijeenkomsten/{gathering_id}/aanmelden", data=FORM | {field: "Voor Sem de Boer, BSN 111222333"}
        )

    assert "Noem geen kind en geen gezin" in page
    assert reply.status_code == 400
    assert "burgerservicenummer" in reply.text
    assert "Sem de Boer" not in str(community.units.tables.tables)


async def test_events_hold_nothing_of_whoever_signed_up() -> None:
    community = Community()
    gathering_id = await announced(community.units)
    async with community.visitor() as browser:
        await browser.post(f"/bijeenkomsten/{gathering_id}/aanmelden", data=FORM)

    assert any(isinstance(one, SeatRequested) for one in community.published())
    assert not any(told in str(community.units.tables.table("outbox")) for told in FORM.values())


async def test_letter_says_where_it_goes_and_what_the_gathering_is_and_brings_one_entry() -> None:
    community = Community()
    (seat_id,) = await confirmed(community.units, await announced(community.units), "Anna")

    told = await letter(community, seat_id, "place")

    assert (told.address, told.name, told.calendar_method) == ("anna@school.example", "Anna", "REQUEST")
    assert told.gathering is not None
    assert told.gathering.contact == "Sam de Wit: 010 123 45 67"
    assert "METHOD:REQUEST" in told.calendar
    assert re.findall(r"ATTENDEE.*", told.calendar.replace("\r\n ", "").replace("\r\n", "\n")) == [
        "ATTENDEE;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:anna@school.example"
    ]


async def test_letter_of_what_is_over_is_no_longer_needed() -> None:
    community = Community()
    gathering_id = await announced(community.units)
    (seat_id,) = await confirmed(community.units, gathering_id, "Anna")
    told = [await letter(community, seat_id, occasion) for occasion in ("confirm", "waiting", "offer", "called-off")]
    assert {one.state for one in told} == {"no-longer-needed"}

    async with community.units.begin() as unit:
        await cancel_gathering(gathering_id, CancelReason.ILLNESS, unit)

    assert (await letter(community, seat_id, "reminder")).state == "no-longer-needed"
    off = await letter(community, seat_id, "called-off")
    assert (off.calendar_method, off.gathering and off.gathering.reason) == ("CANCEL", "Er is iemand ziek.")
    assert "STATUS:CANCELLED" in off.calendar
    assert "SEQUENCE:1" in off.calendar


async def test_who_waits_has_nothing_in_the_calendar_and_who_cancels_loses_it() -> None:
    community = Community()
    gathering_id = await announced(community.units, replace(EVENING, capacity=1))
    first, waiting = await confirmed(community.units, gathering_id, "Anna", "Bram")
    assert (await letter(community, waiting, "waiting")).calendar_method is None
    async with community.units.begin() as unit:
        await cancel_seat(first, unit)

    gone = await letter(community, first, "cancelled")

    assert gone.calendar_method == "CANCEL"
    assert "SEQUENCE:1" in gone.calendar


async def test_entry_of_who_cancels_and_comes_back_goes_on_counting() -> None:
    community = Community()
    gathering_id = await announced(community.units)
    (seat_id,) = await confirmed(community.units, gathering_id, "Anna")
    assert "SEQUENCE:0" in (await letter(community, seat_id, "place")).calendar
    async with community.units.begin() as unit:
        await cancel_seat(seat_id, unit)
    assert "SEQUENCE:1" in (await letter(community, seat_id, "cancelled")).calendar

    (again,) = await confirmed(community.units, gathering_id, "Anna")

    assert again != seat_id
    assert "SEQUENCE:2" in (await letter(community, again, "place")).calendar


async def test_needs_are_read_by_who_answers_for_access_and_by_nobody_else() -> None:
    community = Community()
    gathering_id = await announced(community.units)
    async with community.visitor() as browser:
        await browser.post(f"/bijeenkomsten/{gathering_id}/aanmelden", data=FORM)
        await browser.post(await link(community, last_seat(community), "confirm"), data={"choice": "confirm"})
    async with community.visitor(Role.COORDINATOR) as desk:
        people = (await desk.get(f"/bijeenkomsten/{gathering_id}/deelnemers")).text
        refused = await desk.get(f"/bijeenkomsten/{gathering_id}/nodig")
        await desk.post(f"/bijeenkomsten/{gathering_id}/nodig")
        needs = (await desk.get(f"/bijeenkomsten/{gathering_id}/nodig")).text

    assert "Noor Verzonnen" in people
    assert "Alleen wie daarover gaat leest wat." in people
    assert "ringleiding" not in people
    assert refused.status_code == 403
    assert "Een ringleiding" in needs


async def test_sign_up_closes_when_it_begins() -> None:
    community = Community()
    gathering_id = await announced(community.units)
    community.moves_to(EVENING.starts_at + timedelta(minutes=1))
    async with community.visitor() as browser:
        assert (await browser.post(f"/bijeenkomsten/{gathering_id}/aanmelden", data=FORM)).status_code == 410
