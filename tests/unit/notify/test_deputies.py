"""Given that somebody is away: the deputy gets the mail, once, and reads for whom it was."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import httpx
import pytest

from services.notify.adapters.matching_address_book import MatchingAddressBook
from services.notify.domain.letter import Delivery
from services.notify.domain.message import Message
from shared.access.service_tokens import ServiceTokens
from shared.events import monitoring
from shared.events.base import Event, Role
from tests.parts.keys import ring
from tests.parts.people import listed
from tests.twins.clock import HeldClock
from tests.unit.notify import builders
from tests.unit.notify.builders import COLLEAGUE, CONTACT, COORDINATOR, DEPUTY, NOW, SCHOOL
from tests.unit.notify.html import read
from tests.unit.notify.letters import DRAFTS, WRITER, delivery_for
from tests.unit.notify.twin import Notify

TODAY = date(2026, 3, 2)
STANDS_IN = {"stands_in_for": "Joris Kok", "stands_in_until": date(2026, 3, 13)}


def away(person: UUID, deputy: UUID, role: Role, until: date = date(2026, 3, 13)) -> Event:
    """Somebody who is away until and with this day."""
    there = listed(person, SCHOOL, role, at=NOW)
    return there.model_copy(update={"deputy_id": deputy, "away_from": TODAY, "away_until": until})


def read_by(notify: Notify) -> list[UUID]:
    return [message.draft.recipient_id for message in notify.messages()]


async def test_deputy_who_is_asked_anyway_is_not_asked_twice_while_the_contact_is_away(notify: Notify) -> None:
    await notify.given(away(CONTACT, DEPUTY, Role.PARTNER), listed(DEPUTY, SCHOOL, Role.PARTNER, at=NOW))
    await notify.given(builders.response_reminder_due(deputy_id=DEPUTY))

    assert read_by(notify) == [DEPUTY]


@pytest.mark.parametrize(
    ("until", "deputy_is_there", "readers"),
    [
        (date(2026, 3, 2), True, [COLLEAGUE]),
        (date(2026, 3, 1), True, [COORDINATOR, COLLEAGUE]),
        (date(2026, 3, 2), False, [COORDINATOR]),
    ],
)
async def test_point_is_mailed_once_to_who_stands_in_for_a_colleague(
    notify: Notify, until: date, readers: list[UUID], *, deputy_is_there: bool
) -> None:
    colleague = listed(COLLEAGUE, SCHOOL, Role.COORDINATOR, at=NOW, active=deputy_is_there)
    await notify.given(away(COORDINATOR, COLLEAGUE, Role.COORDINATOR, until), colleague)
    await notify.given(builders.point(monitoring.EscalationRaised, at_once=True))

    assert sorted(read_by(notify)) == sorted(readers)


async def test_two_who_are_away_for_each_other_are_both_mailed(notify: Notify) -> None:
    await notify.given(away(COORDINATOR, COLLEAGUE, Role.COORDINATOR), away(COLLEAGUE, COORDINATOR, Role.COORDINATOR))
    await notify.given(builders.point(monitoring.EscalationRaised, at_once=True))

    assert sorted(read_by(notify)) == sorted([COORDINATOR, COLLEAGUE])


async def test_after_the_days_away_the_mail_goes_to_both_again(notify: Notify) -> None:
    await notify.given(away(CONTACT, DEPUTY, Role.PARTNER), listed(DEPUTY, SCHOOL, Role.PARTNER, at=NOW))
    notify.clock.forward(timedelta(days=12))
    await notify.given(builders.response_reminder_due(deputy_id=DEPUTY))

    assert read_by(notify) == [CONTACT, DEPUTY]


def letter(**more: object) -> tuple[str, str]:
    message = Message.queue(DRAFTS["partner-activated"], UUID(int=99), NOW)
    written = WRITER.write(message, replace(delivery_for(message.draft.mail), **more), NOW)  # type: ignore[arg-type]
    return " ".join(written.text.split()), " ".join(" ".join(read(written.html).words).split())


def test_deputy_reads_for_whom_the_mail_was_until_when_and_that_it_is_asked_once() -> None:
    for said in letter(**STANDS_IN):
        assert "Joris Kok is er niet tot en met vrijdag 13 maart, en jij neemt waar." in said
        assert "We vragen dit niet ook nog aan Joris Kok." in said
    for said in letter(stands_in_for="Joris Kok"):
        assert "Joris Kok is er niet, en jij neemt waar." in said
    for said in letter():
        assert "neemt waar" not in said


async def test_address_of_the_deputy_comes_with_whom_it_was_for() -> None:
    answer = {
        "state": "deliver", "address": "d@fietsen.example", "name": "Dana", "link": "https://schakel.example/x",
        "standsInFor": "Joris Kok", "standsInUntil": "2026-03-13",
    }  # fmt: skip
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json={"answers": [answer]}))
    async with httpx.AsyncClient(transport=transport) as http:
        book = MatchingAddressBook(http, "http://matching", ServiceTokens(ring("notify"), "notify", HeldClock(NOW)))
        found = await book.delivery(Message.queue(DRAFTS["partner-activated"], UUID(int=99), NOW))

    assert found == Delivery("d@fietsen.example", "Dana", "https://schakel.example/x", **STANDS_IN)  # type: ignore[arg-type]


async def test_matching_hears_which_mail_is_only_for_its_reader() -> None:
    asked: list[bytes] = []
    answer = {"answers": [{"state": "nobody"}]}

    def heard(request: httpx.Request) -> httpx.Response:
        asked.append(request.content)
        return httpx.Response(200, json=answer)

    async with httpx.AsyncClient(transport=httpx.MockTransport(heard)) as http:
        book = MatchingAddressBook(http, "http://matching", ServiceTokens(ring("notify"), "notify", HeldClock(NOW)))
        for template in ("expert-asked", "partner-activated"):
            await book.delivery(Message.queue(DRAFTS[template], UUID(int=99), NOW))

    assert [b'"onlyForReader":true' in question for question in asked] == [True, False]
