"""A partner knows one referral by a number of its own, and reads the case's code nowhere: answers cannot be joined."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from services.notify.domain.mail import Bundle
from services.notify.domain.mails.digests import digest_of
from services.notify.domain.message import Message
from shared.events import matching, monitoring
from shared.events.base import Event, Role
from shared.events.intake import AmbassadorReplaced
from shared.events.referral_codes import (
    ColdReason,
    DeclineReason,
    FailureReason,
    HandoverKind,
    Outcome,
    Party,
)
from shared.events.referral_contacts import ContactReplaced
from shared.events.referral_number import referral_number
from shared.events.referral_terms import AnswerTermRenewed
from shared.events.vocabulary import Audience
from tests.twins.people_book import InMemoryPeopleBook
from tests.unit.notify.app import visitor
from tests.unit.notify.builders import (
    AMBASSADOR,
    ANSWER_BY,
    CODE,
    COLLEAGUE,
    CONTACT,
    DEPUTY,
    NOW,
    REFERRAL,
    SCHOOL,
    case_closed,
    case_withdrawn,
    clock,
    handover_planned,
    of_case,
    partner_accepted,
    partner_activated,
    referral,
    referral_withdrawn,
    response_reminder_due,
)  # fmt: skip
from tests.unit.notify.letters import NUMBER, WRITER, delivery_for
from tests.unit.notify.twin import Notify

SAYS_YES = [partner_activated(), partner_accepted()]
MEETS = [*SAYS_YES, handover_planned()]
LATER = NOW + timedelta(minutes=5)
BEFORE = UUID(int=77)


def replaced(contact: UUID, **more: object) -> ContactReplaced:
    return referral(
        ContactReplaced, LATER, contact_id=contact, previous_contact_id=CONTACT, replaced_by=CONTACT, **more
    )


LIVES: dict[str, Sequence[Event]] = {
    "asked, reminded, and the deputy": [partner_activated(), response_reminder_due()],
    "a new term": [partner_activated(), referral(AnswerTermRenewed, LATER, answer_by=ANSWER_BY + timedelta(days=1))],
    "it asks something": [
        partner_activated(),
        referral(matching.InformationAnswered, question_id=UUID(int=60), answer_by=ANSWER_BY),
    ],
    "it can later": [partner_activated(), clock(monitoring.WaitlistDue)],
    "yes by a colleague": [partner_activated(), partner_accepted(contact_id=COLLEAGUE)],
    "yes taken back": [
        *SAYS_YES,
        referral(matching.AcceptanceReverted, LATER, previous_answer_at=NOW, answer_by=ANSWER_BY),
    ],
    "no": [partner_activated(), referral(matching.PartnerDeclined, reason=DeclineReason.NO_CAPACITY)],
    "another contact": [*MEETS, replaced(COLLEAGUE)],
    "stopped": [*MEETS, referral_withdrawn()],
    "withdrawn": [*MEETS, referral_withdrawn(), case_withdrawn()],
    "closed": [*MEETS, case_closed()],
    "another ambassador": [
        *MEETS,
        of_case(AmbassadorReplaced, LATER, previous_id=BEFORE, organisation_id=SCHOOL, replaced_by=BEFORE),
        case_closed(),
    ],
    "help stops": [*MEETS, referral(matching.HelpFailed, reason=FailureReason.PARTNER_STOPPED, reported_by=CONTACT)],
    "one side met": [
        *MEETS,
        referral(matching.HandoverConfirmed, on=date(2026, 3, 5), party=Party.AMBASSADOR, confirmed_by=AMBASSADOR),
    ],
    "handed over": [
        *MEETS,
        referral(
            matching.WarmHandoverCompleted,
            on=date(2026, 3, 5),
            kind=HandoverKind.COLD,
            cold_reason=ColdReason.FAMILY_WISH,
            reported_by=AMBASSADOR,
        ),
    ],
    "helped": [
        *MEETS,
        referral(matching.OutcomeConfirmed, outcome=Outcome.HELPED, confirmed_by=AMBASSADOR, open_needs=0),
    ],
}  # fmt: skip
TO_PARTNER = {CONTACT, COLLEAGUE, DEPUTY}


def all_of(message: Message, at: datetime = NOW) -> str:
    """Every byte that its reader gets."""
    letter = WRITER.write(message, delivery_for(message.draft.mail), at)
    calendar = letter.calendar.content.decode().replace("\r\n ", "") if letter.calendar else ""
    return f"{letter.subject}\n{letter.text}\n{letter.html}\n{calendar}"


@pytest.mark.parametrize("life", LIVES.values(), ids=LIVES.keys())
async def test_partner_reads_its_own_number_and_never_that_of_the_case(notify: Notify, life: Sequence[Event]) -> None:
    await notify.given(*life)

    told = [one for one in notify.messages() if one.draft.recipient_id in TO_PARTNER]
    assert told
    for one in told:
        written = all_of(one)
        assert CODE not in written, written
        assert NUMBER in written


async def test_ambassador_reads_the_code_of_the_case(notify: Notify) -> None:
    await notify.given(*MEETS, case_closed())

    told = [one for one in notify.messages() if one.draft.recipient_id == AMBASSADOR]
    assert {one.draft.mail.audience for one in told} == {Audience.AMBASSADOR, Audience.ANYBODY}
    for one in told:
        assert (CODE in all_of(one), NUMBER in all_of(one)) == (True, False)


async def test_digest_of_a_partner_that_helps_one_family_twice_does_not_say_so(notify: Notify) -> None:
    other = UUID(int=70)
    await notify.given(partner_activated(), partner_activated(referral_id=other, need_id=UUID(int=71)))
    first, second = (one for one in notify.messages() if one.draft.recipient_id == CONTACT)
    digest = Message.queue(digest_of(Bundle.DAY, CONTACT, CONTACT, UUID(int=98)), UUID(int=99), NOW)
    parts = [(one, delivery_for(one.draft.mail)) for one in (first, second)]

    letter = WRITER.write_digest(digest, parts, delivery_for(digest.draft.mail), NOW)

    said = letter.subject + letter.text + letter.html
    assert CODE not in said
    assert len({NUMBER, referral_number(other)}) == 2
    assert all(number in said for number in (NUMBER, referral_number(other)))


@pytest.mark.parametrize("typed", [NUMBER, NUMBER.lower().replace("-", " "), NUMBER.replace("-", "")])
async def test_desk_finds_the_mails_of_a_referral_by_the_number_that_the_partner_reads(
    notify: Notify, typed: str
) -> None:
    await notify.given(partner_activated(), partner_activated(referral_id=UUID(int=70), need_id=UUID(int=71)))
    async with visitor(notify, Role.COORDINATOR, InMemoryPeopleBook()) as desk:
        reply = await desk.post("/berichten/zoek", data={"zoek": typed})
        page = (await desk.get(reply.headers["Location"])).text

    assert reply.headers["Location"] == f"/berichten?nummer={NUMBER}"
    assert page.count("Kun je helpen?") == 1
    assert CODE in page


def test_number_is_not_the_code_and_is_another_for_each_referral() -> None:
    numbers = {referral_number(UUID(int=one)) for one in range(1000)}
    assert len(numbers) == 1000
    assert referral_number(REFERRAL) == NUMBER
    assert {len(number) for number in numbers} == {11}
