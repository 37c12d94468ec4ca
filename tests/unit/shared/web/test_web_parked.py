"""The page of events that stand aside."""

import re
from dataclasses import replace
from uuid import UUID

import pytest

from shared.events.base import Role
from shared.messaging.bus.base import Delivered
from shared.messaging.received import IncomingEvent
from shared.unit_of_work import Parked, ParkedState
from shared.web.parked import shown_fields
from tests.unit.shared.web.asking import OWN_PAGE, asking, signed_in_as
from tests.unit.shared.web_gallery.gallery import NOW, gallery, gallery_units

PAGE = "/aanvragen/geparkeerd"
DESK = signed_in_as(Role.OPERATOR)


def parked(event_id: str = "0190-event") -> Parked:
    return Parked(
        event_id=event_id,
        service="matching",
        subject=str(UUID(int=7)),
        sequence=3,
        type="nl.schakel.matching.partner-accepted.v1",
        state=ParkedState.FAILED,
        reason="KeyError in accept_partner",
        value=b'{"caseCode": "ACDE-3467", "note": "Amina woont in de Kerkstraat", "needs": [1, 2]}',
        headers={"ce_type": "nl.schakel.matching.partner-accepted.v1", "ce_sequence": "3", "x-odd": "Kerkstraat"},
        parked_at=NOW,
    )


async def test_page_lists_what_stands_aside_and_why() -> None:
    units = gallery_units()
    async with units.begin() as unit:
        await unit.parking.park(parked())
    async with asking(gallery(units=units)) as client:
        page = (await client.get(PAGE, headers=DESK)).text
    assert "nl.schakel.matching.partner-accepted.v1" in page
    assert "KeyError in accept_partner" in page
    assert "ging mis" in page


async def test_one_event_shows_names_of_fields_and_codes_but_no_text() -> None:
    units = gallery_units()
    async with units.begin() as unit:
        await unit.parking.park(parked())
    async with asking(gallery(units=units)) as client:
        page = (await client.get(f"{PAGE}/0190-event", headers=DESK)).text
    assert "ACDE-3467" in page
    assert "note" in page
    assert "Kerkstraat" not in page


@pytest.mark.parametrize(("wish", "state"), [("retry", ParkedState.RETRY), ("skip", ParkedState.SKIP)])
async def test_desk_asks_to_retry_or_skip(wish: str, state: ParkedState) -> None:
    units = gallery_units()
    async with units.begin() as unit:
        await unit.parking.park(parked())
    async with asking(gallery(units=units)) as client:
        reply = await client.post(f"{PAGE}/0190-event", data={"wish": wish}, headers=DESK | OWN_PAGE)
    assert (reply.status_code, reply.headers["Location"]) == (303, PAGE)
    async with units.begin() as unit:
        found = await unit.parking.get("0190-event")
    assert found is not None
    assert found.state is state


@pytest.mark.parametrize(("wish", "state"), [("retry", ParkedState.RETRY), ("skip", ParkedState.SKIP)])
async def test_desk_opens_from_the_list_what_could_not_even_be_named_and_retries_or_skips_it(
    wish: str, state: ParkedState
) -> None:
    units = gallery_units()
    async with units.begin() as unit:
        received = IncomingEvent.read(Delivered("schakel.matching", 0, 5, "", b"garbage", {}))
        unnamed = received.parked(unit, ParkedState.FAILED, str(received.problem), alone=True)
        await unit.parking.park(unnamed)
    async with asking(gallery(units=units)) as client:
        (link,) = re.findall(rf'href="({PAGE}/[^"]+)"', (await client.get(PAGE, headers=DESK)).text)
        shown = await client.get(link, headers=DESK)
        assert (shown.status_code, "(onleesbaar)" in shown.text) == (200, True)
        (action,) = re.findall(rf'action="({PAGE}/[^"]+)"', shown.text)
        reply = await client.post(action, data={"wish": wish}, headers=DESK | OWN_PAGE)
    assert reply.status_code == 303
    async with units.begin() as unit:
        found = await unit.parking.get(unnamed.event_id)
    assert found is not None
    assert found.state is state


@pytest.mark.parametrize("state", ParkedState)
async def test_page_says_of_a_gap_that_the_event_before_it_will_be_missing(state: ParkedState) -> None:
    units = gallery_units()
    async with units.begin() as unit:
        await unit.parking.park(replace(parked(), state=state))
    async with asking(gallery(units=units)) as client:
        page = (await client.get(f"{PAGE}/0190-event", headers=DESK)).text
    is_gap = state is ParkedState.GAP
    assert ("Toch verwerken" in page, "Opnieuw proberen" in page) == (is_gap, not is_gap)
    assert ("verwerken we dit bericht zonder het vorige" in page) == is_gap


async def test_another_wish_changes_nothing() -> None:
    units = gallery_units()
    async with units.begin() as unit:
        await unit.parking.park(parked())
    async with asking(gallery(units=units)) as client:
        await client.post(f"{PAGE}/0190-event", data={"wish": "failed"}, headers=DESK | OWN_PAGE)
        await client.post(f"{PAGE}/0190-event", data={"wish": "nonsense"}, headers=DESK | OWN_PAGE)
    async with units.begin() as unit:
        found = await unit.parking.get("0190-event")
    assert found is not None
    assert found.state is ParkedState.FAILED


async def test_event_that_is_gone_is_said_to_be_gone() -> None:
    async with asking(gallery()) as client:
        shown = await client.get(f"{PAGE}/unknown", headers=DESK)
        asked = await client.post(f"{PAGE}/unknown", data={"wish": "retry"}, headers=DESK | OWN_PAGE)
    assert (shown.status_code, asked.status_code) == (404, 404)
    assert "niet meer apart" in shown.text


async def test_page_is_for_the_desk_only() -> None:
    async with asking(gallery()) as client:
        assert (await client.get(PAGE)).status_code == 303
        assert (await client.get(PAGE, headers=signed_in_as(Role.AMBASSADOR))).status_code == 403
        assert (await client.post(f"{PAGE}/x", data={"wish": "skip"}, headers=OWN_PAGE)).status_code == 401


@pytest.mark.parametrize("value", [b"\xff", b"[1]", b"[" * 100_000, b""])
def test_unreadable_event_is_shown_as_unreadable(value: bytes) -> None:
    assert shown_fields(value) == [("(onleesbaar)", f"{len(value)} bytes")]
