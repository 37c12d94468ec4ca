"""The family stopped with a partner: it reads so, deletes what it wrote, and whoever knows nothing hears nothing."""

from dataclasses import replace
from uuid import uuid4

from services.notify.domain.mails.partners import PARTNER_ACTIVATED, STOP_AND_DELETE
from services.notify.domain.message import Message, MessageState
from services.notify.domain.outcome import Accepted
from shared.events.base import Event
from shared.events.http import ReferralLink
from shared.events.matching import ReferralWithdrawn
from shared.events.referral_codes import WithdrawReason
from shared.events.referral_deletion import DeletionRequested
from tests.unit.notify.builders import CONTACT, NOW, partner_accepted, partner_activated, referral
from tests.unit.notify.letters import NUMBER, WRITER, delivery_for
from tests.unit.notify.twin import Notify


def stopped(*, helping: bool, helped: bool = False, whole: bool = False) -> tuple[Event, ...]:
    """What matching publishes: help that was over is not taken back."""
    reason = WithdrawReason.CASE_WITHDRAWN if whole else WithdrawReason.FAMILY_STOPPED
    asked = referral(DeletionRequested, reason=reason, was_helping=helping, has_helped=helped)
    return (asked,) if helped else (referral(ReferralWithdrawn, reason=reason, was_helping=helping), asked)


def told(notify: Notify) -> list[Message]:
    return [one for one in notify.messages() if one.draft.mail is STOP_AND_DELETE]


async def test_partner_that_read_the_question_deletes_what_it_wrote() -> None:
    notify = Notify()
    await notify.given(partner_activated())
    await notify.attempt(Accepted())
    await notify.given(*stopped(helping=False))

    [mail] = told(notify)
    letter = WRITER.write(mail, delivery_for(mail.draft.mail), NOW)
    assert mail.draft.recipient_id == CONTACT
    assert "Verwijder wat jullie over deze hulpvraag hebben opgeschreven." in letter.text
    assert NUMBER in letter.subject
    assert "Stop met de hulp." not in letter.text


async def test_partner_whose_mail_had_not_left_hears_nothing() -> None:
    notify = Notify()
    await notify.given(partner_activated(), *stopped(helping=False))

    assert told(notify) == []
    states = {one.state for one in notify.messages() if one.draft.mail is PARTNER_ACTIVATED}
    assert states == {MessageState.WITHDRAWN}


async def test_partner_deletes_when_the_family_stops_with_everything() -> None:
    notify = Notify()
    await notify.given(partner_activated())
    await notify.attempt(Accepted())
    await notify.given(*stopped(helping=False, whole=True))

    [mail] = told(notify)
    letter = WRITER.write(mail, delivery_for(mail.draft.mail), NOW)
    assert "Het gezin wil nu niet verder met hulp via ons." in letter.text
    assert "Verwijder wat jullie over deze hulpvraag hebben opgeschreven." in letter.text


async def test_deputy_that_was_asked_deletes_too() -> None:
    notify = Notify()
    deputy = uuid4()
    await notify.given(partner_activated(), partner_activated(contact_id=deputy))
    await notify.attempt(Accepted())
    await notify.attempt(Accepted())
    await notify.given(*stopped(helping=False))

    assert {mail.draft.recipient_id for mail in told(notify)} == {CONTACT, deputy}


async def test_colleague_who_was_named_deletes_too_when_others_speak_for_the_partner_by_then() -> None:
    notify = Notify()
    named = uuid4()
    await notify.given(partner_activated(), partner_accepted(contact_id=named, answered_by=CONTACT))
    while any(one.draft.recipient_id == named and not one.may_have_arrived for one in notify.messages()):
        await notify.attempt(Accepted())
    await notify.given(*stopped(helping=True))

    assert {mail.draft.recipient_id for mail in told(notify)} == {CONTACT, named}


async def test_partner_that_helps_stops() -> None:
    notify = Notify()
    await notify.given(partner_activated(), partner_accepted(), *stopped(helping=True))

    [mail] = told(notify)
    letter = WRITER.write(mail, delivery_for(mail.draft.mail), NOW)
    assert "Stop met de hulp." in letter.text
    assert "Neem over deze hulpvraag geen contact meer op met het gezin." in letter.text


async def test_partner_whose_help_was_over_deletes_and_is_not_asked_to_stop() -> None:
    notify = Notify()
    await notify.given(partner_activated(), partner_accepted(), *stopped(helping=False, helped=True))

    [mail] = told(notify)
    letter = WRITER.write(mail, delivery_for(mail.draft.mail), NOW)
    assert "Jullie hielpen een gezin. Het ging om " in letter.text
    assert "Verwijder wat jullie over het gezin hebben opgeschreven." in letter.text
    assert "Stop met de hulp." not in letter.text


async def test_partner_says_by_its_mail_that_all_is_deleted() -> None:
    notify = Notify()
    await notify.given(partner_activated(), partner_accepted(), *stopped(helping=True))

    [mail] = told(notify)
    assert mail.draft.mail.link.of_referral is ReferralLink.DELETION
    letter = WRITER.write(mail, delivery_for(mail.draft.mail), NOW)
    assert "Laat weten dat alles gewist is" in letter.text


async def test_whoever_speaks_for_the_partner_no_more_deletes_without_a_button() -> None:
    notify = Notify()
    await notify.given(partner_activated(), partner_accepted(), *stopped(helping=True))

    [mail] = told(notify)
    letter = WRITER.write(mail, replace(delivery_for(mail.draft.mail), link=None, short_code=None), NOW)
    for text in (letter.text, letter.html):
        assert "Verwijder wat jullie over het gezin hebben opgeschreven." in text
        assert "Vertel het aan de contactpersoon van de organisatie als alles gewist is." in text
        assert "Laat weten dat alles gewist is" not in text
        assert "log in" not in text
