"""What becomes of a mail that comes in: a person's answer becomes a draft, and whatever a machine sent ends here."""

from datetime import timedelta
from typing import Final
from uuid import UUID

import pytest

from services.notify.domain.mails.replies import REPLY_BY_OTHER, REPLY_DRAFTED, REPLY_NOT_PLACED
from services.notify.domain.received import Outcome, ReplyDraft
from services.notify.handlers.receiving import DRAFTS_AT_MOST, find_draft, forget_received
from shared.events.notify import IgnoredReason
from tests.unit.notify.receiving import (
    ABOUT,
    ABOUT_A_CHILD,
    ASKED,
    MESSAGE,
    OWN,
    STRANGER,
    WORDS,
    Replies,
    a_mail,
    a_report,
)

OF_MACHINES: Final = [
    ({"Auto-Submitted": "auto-replied"}, IgnoredReason.AUTOMATIC),
    ({"Auto-Submitted": "auto-generated; x=y"}, IgnoredReason.AUTOMATIC),
    ({"Precedence": "bulk"}, IgnoredReason.BULK),
    ({"Precedence": "auto_reply"}, IgnoredReason.BULK),
    ({"List-Id": "<buurt.example>"}, IgnoredReason.MAILING_LIST),
    ({"X-Autoreply": "yes"}, IgnoredReason.AUTOREPLY),
    ({"X-MS-Exchange-Inbox-Rules-Loop": "noor@school.example"}, IgnoredReason.AUTOREPLY),
    ({"Subject": "Automatisch antwoord: Weet jij dit?"}, IgnoredReason.AWAY),
    ({"Subject": "Afwezig: Weet jij dit?"}, IgnoredReason.AWAY),
    ({"Subject": "Niet aanwezig tot 7 december"}, IgnoredReason.AWAY),
    ({"Subject": "Out of Office: Weet jij dit?"}, IgnoredReason.AWAY),
    ({"X-Schakel": "mail"}, IgnoredReason.OWN_MAIL),
    ({"Message-ID": f"<{MESSAGE}@schiewijk.example>"}, IgnoredReason.OWN_MAIL),
]


@pytest.fixture
async def replies() -> Replies:
    found = Replies()
    await found.ask()
    return found


async def test_answer_becomes_a_draft_of_which_its_writer_hears(replies: Replies) -> None:
    assert await replies.comes(a_mail()) == "250"

    (received,) = await replies.received()
    assert replies.drafts() == [ReplyDraft(received.id, ABOUT, ASKED, received.received_at, WORDS)]
    assert replies.told() == [(REPLY_DRAFTED, set())]
    assert replies.notify.published() == ["mail-received"]
    assert replies.tally.counts == {"drafted": 1}


@pytest.mark.parametrize(("headers", "reason"), OF_MACHINES)
async def test_machine_is_answered_by_nobody(replies: Replies, headers: dict[str, str], reason: IgnoredReason) -> None:
    assert await replies.comes(a_mail(headers=headers)) == "250"

    assert await replies.outcomes() == [reason]
    assert (replies.drafts(), replies.told()) == ([], [])
    assert replies.notify.published() == ["mail-ignored"]


async def test_mail_without_a_sender_ends_here(replies: Replies) -> None:
    assert await replies.comes(a_mail(), return_path="") == "250"
    assert await replies.outcomes() == [IgnoredReason.NO_SENDER]


async def test_mail_by_a_person_who_says_that_it_is_no_machine_is_taken(replies: Replies) -> None:
    await replies.comes(a_mail(headers={"Auto-Submitted": "no"}))
    assert await replies.outcomes() == [Outcome.DRAFTED]


async def test_same_mail_twice_is_one_draft(replies: Replies) -> None:
    assert [await replies.comes(a_mail()), await replies.comes(a_mail())] == ["250", "250"]

    assert len(replies.drafts()) == 1
    assert replies.tally.counts == {"drafted": 1, "seen": 1}


async def test_stranger_with_the_address_is_refused_and_who_was_asked_hears_it(replies: Replies) -> None:
    assert await replies.comes(a_mail(sender=STRANGER), return_path=STRANGER) == "250"

    assert await replies.outcomes() == [IgnoredReason.OTHER_SENDER]
    assert (replies.drafts(), replies.told()) == ([], [(REPLY_BY_OTHER, set())])


async def test_answer_to_what_is_over_reopens_nothing(replies: Replies) -> None:
    await replies.close()
    await replies.comes(a_mail())

    assert await replies.outcomes() == [IgnoredReason.CLOSED]
    assert (replies.drafts(), replies.told()) == ([], [(REPLY_NOT_PLACED, {"closed"})])


async def test_what_waits_goes_when_the_question_closes(replies: Replies) -> None:
    await replies.comes(a_mail())
    await replies.close()
    assert replies.drafts() == []


async def test_answer_after_two_months_is_too_late(replies: Replies) -> None:
    replies.notify.clock.forward(timedelta(weeks=9, days=1))
    await replies.comes(a_mail())
    assert replies.told() == [(REPLY_NOT_PLACED, {"closed"})]


@pytest.mark.parametrize(
    "words",
    [
        ABOUT_A_CHILD,
        "Bel mij op 06 - 12 34 56 78.",
        "Mail naar piet@elders.example.",
        "Ze wonen op Dorpsstraat 12.",
        "Hun postcode is 3011 AB.",
        "Haar dochter Fatima heeft geen bed.",
        "Geboren op 12-05-2016.",
    ],
)
async def test_words_about_somebody_are_kept_nowhere(
    replies: Replies, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    await replies.comes(a_mail(words))

    assert (replies.drafts(), replies.told()) == ([], [(REPLY_NOT_PLACED, {"personal"})])
    kept = repr([list(table.values()) for table in replies.notify.units.tables.tables.values()]) + caplog.text
    assert words not in kept
    assert "123456782" not in kept
    assert "Sem" not in kept


@pytest.mark.parametrize(
    "words",
    [
        "Hoi Anja, dat doet Leergeld. Zie https://leergeld.example/aanvragen?jaar=2026. Groet van Piet",
        "In schooljaar 2026-2027 kan dat weer, tot 1500 euro.",
        "Kijk op www.kringloop.example, of kom op 12 mei langs.",
    ],
)
async def test_names_of_who_writes_and_places_to_read_more_may_stand_there(replies: Replies, words: str) -> None:
    await replies.comes(a_mail(words))
    assert await replies.outcomes() == [Outcome.DRAFTED]


async def test_mail_without_words_is_answered_with_what_to_do(replies: Replies) -> None:
    await replies.comes(a_mail("\n \n"))
    assert replies.told() == [(REPLY_NOT_PLACED, {"empty"})]


async def test_address_that_nobody_was_given_is_unknown(replies: Replies) -> None:
    forged = f"antwoord+{'a' * 45}@antwoord.schiewijk.example"
    assert await replies.comes(a_mail(), to=forged) == "550"
    assert await replies.outcomes() == [IgnoredReason.UNKNOWN_ADDRESS]
    assert replies.told() == []


async def test_report_of_a_mail_that_did_not_arrive_flags_the_address(replies: Replies) -> None:
    assert await replies.comes(a_report(), return_path="", to=OWN) == "250"

    (received,) = await replies.received()
    assert (received.outcome, received.person_id) == (Outcome.BOUNCED, ASKED)
    assert replies.notify.published() == ["mail-received", "address-flagged"]
    assert replies.told() == []


@pytest.mark.parametrize("report", [a_report("delayed"), a_report(message_id=UUID(int=5))])
async def test_report_of_a_delay_or_of_a_mail_of_others_flags_nobody(replies: Replies, report: bytes) -> None:
    await replies.comes(report, return_path="", to=OWN)
    assert await replies.outcomes() == [IgnoredReason.NOT_BOUNCED]


async def test_machine_that_looks_like_a_person_gets_two_mails_and_no_more(replies: Replies) -> None:
    said = [await replies.comes(a_mail("Ik ben er even niet.", number)) for number in range(1_000)]

    assert len(replies.told()) == 2
    assert (said[:2], set(said[2:])) == (["250", "250"], {"450"})


async def test_machine_that_is_refused_gets_two_mails_and_no_more(replies: Replies) -> None:
    await replies.close()
    for number in range(1_000):
        assert await replies.comes(a_mail("Ik ben er even niet.", number)) == "250"
    assert len(replies.told()) == 2


async def test_machine_that_goes_on_for_days_makes_few_drafts(replies: Replies) -> None:
    for number in range(100):
        replies.notify.clock.forward(timedelta(hours=2))
        await replies.comes(a_mail("Ik ben er even niet.", number))
    assert len(replies.told()) <= DRAFTS_AT_MOST * 2


async def test_third_answer_of_a_busy_person_is_taken_later(replies: Replies) -> None:
    for number in range(3):
        await replies.comes(a_mail(number=number))
    assert await replies.comes(a_mail(number=2)) == "450"

    replies.notify.clock.forward(timedelta(hours=3, minutes=1))
    assert await replies.comes(a_mail(number=2)) == "250"
    assert len(replies.drafts()) == 3


async def test_mail_is_taken_later_while_people_cannot_be_asked(replies: Replies) -> None:
    replies.people.away = True
    assert await replies.comes(a_mail()) == "450"
    assert await replies.outcomes() == []

    replies.people.away = False
    assert await replies.comes(a_mail()) == "250"


async def test_what_is_not_placed_in_a_week_goes(replies: Replies) -> None:
    await replies.comes(a_mail())
    (draft,) = replies.drafts()

    replies.notify.clock.forward(timedelta(days=7))
    async with replies.units.begin() as unit:
        assert await find_draft(draft.id, unit) is None
        await forget_received(unit)
    assert replies.drafts() == []
    assert len(await replies.received()) == 1


async def test_what_came_in_is_forgotten_after_a_month(replies: Replies) -> None:
    await replies.comes(a_mail())
    replies.notify.clock.forward(timedelta(weeks=5, days=1))
    async with replies.units.begin() as unit:
        await forget_received(unit)
    assert await replies.received() == []
