"""Given that somebody else takes over a family, or the help of a partner: who reads what, and where goes the rest."""

from datetime import date, timedelta
from uuid import UUID

from services.notify.domain.appointment import Appointment
from services.notify.domain.mails.ambassadors import AMBASSADOR_RELIEVED, AMBASSADOR_REMINDED, AMBASSADOR_REPLACED
from services.notify.domain.mails.unmet_needs import NOBODY_FOUND
from services.notify.domain.message import Message, MessageState
from services.notify.domain.outcome import Accepted, Deferred, Reason, Unknown
from shared.events import directory, matching
from shared.events.referral_contacts import ContactReplaced
from tests.unit.notify import builders, network
from tests.unit.notify.builders import AMBASSADOR, COLLEAGUE, CONTACT, COORDINATOR, DEPUTY, NOW
from tests.unit.notify.letters import written
from tests.unit.notify.twin import Notify

REPLACED = network.ambassador_replaced()


def to(notify: Notify, reader: UUID) -> list[Message]:
    return [one for one in notify.messages() if one.draft.recipient_id == reader]


async def test_new_ambassador_knows_what_was_asked_and_whom_to_call_and_the_old_one_tells_the_family(
    notify: Notify,
) -> None:
    await notify.given(builders.request_received())
    await notify.attempt(Accepted())
    await notify.given(REPLACED, REPLACED)

    (new,) = to(notify, COLLEAGUE)
    assert new.draft.mail is AMBASSADOR_REPLACED
    assert (new.draft.facts["needs"], new.draft.facts["previous"]) == ("bike", str(AMBASSADOR))
    _, old = to(notify, AMBASSADOR)
    assert (old.draft.mail, old.draft.facts) == (AMBASSADOR_RELIEVED, {"next": str(COLLEAGUE)})
    assert "Vertel het gezin wie het overneemt" in written(old.draft).text


async def test_old_ambassador_is_asked_nothing_when_the_family_knows(notify: Notify) -> None:
    await notify.given(network.ambassador_replaced(told_on=date(2026, 3, 2)))

    (old,) = to(notify, AMBASSADOR)
    assert "Je hoeft niets meer te doen" in written(old.draft).text
    assert "Vertel het gezin" not in written(old.draft).text


async def test_what_was_not_said_yet_is_said_to_the_new_ambassador(notify: Notify) -> None:
    given = builders.referral(matching.HelpDelivered, on=date(2026, 3, 2), reported_by=CONTACT)
    await notify.given(builders.partner_declined(), given, REPLACED)

    states = {one.draft.mail.template: one.state for one in to(notify, AMBASSADOR)}
    assert states == {
        "partner-declined": MessageState.WITHDRAWN,
        "help-delivered": MessageState.WITHDRAWN,
        "ambassador-relieved": MessageState.QUEUED,
    }
    states = {one.draft.mail.template: one.state for one in to(notify, COLLEAGUE)}
    assert states == {
        "partner-declined": MessageState.HELD,
        "help-delivered": MessageState.QUEUED,
        "ambassador-replaced": MessageState.QUEUED,
    }


async def test_organisation_is_named_to_the_new_ambassador_as_it_was_to_the_old_one(notify: Notify) -> None:
    listed = directory.OrganisationListed(subject=builders.PARTNER, occurred_at=NOW, name="Fietsenbank")
    await notify.given(listed, builders.partner_declined(), REPLACED)

    named = {one.draft.facts["partner"] for one in notify.messages() if one.draft.mail.template == "partner-declined"}
    assert named == {"Fietsenbank"}


async def test_who_is_the_ambassador_again_is_asked_again_how_the_child_is_and_who_reads_along_is_not(
    notify: Notify,
) -> None:
    for minutes, ambassador in enumerate((AMBASSADOR, COLLEAGUE, AMBASSADOR)):
        said = {"ambassador_id": ambassador, "occurred_at": NOW + timedelta(minutes=minutes)}
        await notify.given(builders.follow_up_due(second_reader=DEPUTY).model_copy(update=said))
        await notify.all_arrive()

    assert [len(to(notify, one)) for one in (AMBASSADOR, COLLEAGUE, DEPUTY)] == [2, 1, 1]


async def test_what_is_planned_moves_from_the_old_calendar_to_the_new_one(notify: Notify) -> None:
    await notify.given(builders.handover_planned())
    while claimed := await notify.claim():
        for message in claimed:
            await notify.ends(message, Accepted())
    await notify.given(REPLACED, REPLACED)

    *_, cancelled = (one for one in to(notify, AMBASSADOR) if one.draft.mail.template == "appointment-cancelled")
    assert Appointment.from_fact(cancelled.draft.facts["appointment"]).is_cancelled
    (planned,) = (one for one in to(notify, COLLEAGUE) if one.draft.mail.template == "handover-planned")
    entry = Appointment.from_fact(planned.draft.facts["meeting"])
    assert (entry.on, entry.sequence, entry.is_cancelled) == (date(2026, 3, 10), 0, False)
    assert [one.draft.mail.template for one in to(notify, CONTACT)] == ["handover-planned-partner"]


async def test_what_is_planned_with_a_partner_moves_to_the_calendar_of_the_other_contact(notify: Notify) -> None:
    await notify.given(builders.handover_planned())
    while await notify.all_arrive():
        pass
    replaced = builders.referral(
        ContactReplaced, contact_id=DEPUTY, previous_contact_id=CONTACT, replaced_by=COORDINATOR
    )
    await notify.given(replaced, replaced)

    *_, cancelled = (one for one in to(notify, CONTACT) if one.draft.mail.template == "appointment-cancelled")
    assert Appointment.from_fact(cancelled.draft.facts["appointment"]).is_cancelled
    (planned,) = (one for one in to(notify, DEPUTY) if one.draft.mail.template == "handover-planned-partner")
    entry = Appointment.from_fact(planned.draft.facts["meeting"])
    assert (entry.on, entry.sequence, entry.is_cancelled) == (date(2026, 3, 10), 0, False)
    assert "handover-planned" not in {one.draft.mail.template for one in to(notify, DEPUTY)}


async def test_two_reminders_about_several_cases_are_two_mails(notify: Notify) -> None:
    await notify.given(
        network.ambassador_reminded(builders.CODE),
        network.ambassador_reminded(builders.OTHER_CODE, at=NOW + timedelta(hours=1)),
    )

    reminded = [one for one in to(notify, AMBASSADOR) if one.draft.mail is AMBASSADOR_REMINDED]
    assert [(one.state, one.draft.facts["codes"]) for one in reminded] == [
        (MessageState.QUEUED, builders.CODE),
        (MessageState.QUEUED, builders.OTHER_CODE),
    ]
    assert builders.OTHER_CODE in written(reminded[1].draft).text


async def test_attempt_that_gets_nowhere_is_not_repeated_for_the_one_before_but_made_for_the_new_one(
    notify: Notify,
) -> None:
    await notify.given(builders.request_received())
    (in_hand,) = await notify.claim()
    await notify.given(REPLACED)
    await notify.ends(in_hand, Deferred(Reason.MAIL_SERVER_BUSY))

    of_each = {reader: next(one.state for one in to(notify, reader)) for reader in (AMBASSADOR, COLLEAGUE)}
    assert of_each == {AMBASSADOR: MessageState.WITHDRAWN, COLLEAGUE: MessageState.QUEUED}
    assert {one.draft.mail.template for one in to(notify, COLLEAGUE)} == {"ambassador-replaced", "request-received"}


async def test_second_copy_of_what_may_have_arrived_goes_to_the_new_ambassador_only(notify: Notify) -> None:
    await notify.given(builders.request_received())
    await notify.attempt(Unknown())
    await notify.given(REPLACED)
    notify.clock.forward(timedelta(minutes=1))

    assert {(one.draft.recipient_id, one.draft.mail.template) for one in await notify.claim()} == {
        (AMBASSADOR, "ambassador-relieved"),
        (COLLEAGUE, "ambassador-replaced"),
        (COLLEAGUE, "request-received"),
    }


async def test_what_was_not_said_yet_comes_back_to_whoever_is_the_ambassador_again(notify: Notify) -> None:
    given = builders.referral(matching.HelpDelivered, on=date(2026, 3, 2), reported_by=CONTACT)
    back = network.ambassador_replaced(previous_id=COLLEAGUE, ambassador_id=AMBASSADOR, at=NOW + timedelta(minutes=5))
    await notify.given(given, REPLACED, back)

    waiting = [one for one in notify.messages() if one.draft.mail.template == "help-delivered" and one.is_underway]
    assert [one.draft.recipient_id for one in waiting] == [AMBASSADOR]


async def test_two_facts_of_one_moment_are_both_told_when_the_ambassador_changed_between_them(notify: Notify) -> None:
    """A service that was down hears both inventories, and the change between them, at one moment."""
    before = builders.no_partner_found()
    await notify.given(before, before.model_copy(update={"ambassador_id": COLLEAGUE}))

    assert [one.draft.mail for one in to(notify, COLLEAGUE)] == [NOBODY_FOUND]
