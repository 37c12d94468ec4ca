"""What may happen to notify, step by step, and all that can be seen of it afterwards."""

import contextlib
from datetime import date, time, timedelta

from hypothesis import strategies as st

from services.notify.commands import ClaimMessages, RecordOutcome
from services.notify.domain.errors import NotRetryable
from services.notify.domain.message import MessageState
from services.notify.domain.moments import Preferences
from services.notify.domain.outcome import Accepted, Deferred, Overtaken, Reason, Refused, Unknown
from services.notify.handlers.holding import RELEASE, release
from services.notify.handlers.messages import claim_messages, forget_old_messages, record_outcomes, retry_message
from services.notify.handlers.people import set_preferences
from services.notify.ports import NotifyUnit
from services.notify.subscriptions import SUBSCRIPTIONS
from shared.events import directory, family_safety, intake, matching, monitoring
from shared.events.base import Event, Role
from shared.events.notify import RefusalKind
from shared.messaging.subscriptions import by_event
from shared.unit_of_work import Timer, Units
from tests.unit.notify import builders, network

HANDLERS = by_event(SUBSCRIPTIONS)

EVENTS: list[Event] = [
    builders.request_received(),
    builders.partner_activated(),
    builders.partner_accepted(),
    builders.partner_declined(),
    builders.acceptance_reverted(),
    builders.referral_withdrawn(),
    builders.response_reminder_due(),
    builders.no_partner_found(),
    builders.follow_up_due(),
    builders.follow_up_reminder_due(),
    builders.follow_up_recorded(),
    builders.child_out_of_sight(),
    builders.sign_in_requested(),
    builders.person_joined(builders.COORDINATOR),
    builders.person_joined(builders.COORDINATOR, active=False),
    builders.case_closed(),
    builders.case_reopened(),
    builders.new_question_raised(),
    builders.case_withdrawn(),
    builders.case_erased(),
    builders.case_rests(),
    builders.of_case(intake.CaseResumed),
    builders.of_case(family_safety.SafetyHoldSet, set_by=builders.AMBASSADOR),
    builders.of_case(family_safety.SafetyHoldLifted, lifted_by=builders.AMBASSADOR),
    network.ambassador_replaced(),
    network.ambassador_reminded(),
    builders.referral(matching.HelpDelivered, on=date(2026, 3, 2), reported_by=builders.CONTACT),
    network.point_assigned(builders.COORDINATOR, by=builders.COLLEAGUE),
    builders.handover_planned(),
    builders.handover_planned(date(2026, 3, 12)),
    builders.partner_activated(attempt=2),
    builders.point(monitoring.EscalationRaised),
    builders.point(monitoring.EscalationRepeated, level=2),
    builders.point_resolved(),
    directory.OrganisationListed(subject=builders.PARTNER, occurred_at=builders.NOW, name="Fietsenbank"),
]
OUTCOMES = [
    Accepted(),
    Deferred(Reason.MAIL_SERVER_BUSY, 451),
    Refused(RefusalKind.REFUSED_BY_SERVER, 550, address_at_fault=True),
    Unknown(),
    Overtaken(),
]
HEARD = st.sampled_from(EVENTS)
ATTEMPTED = st.sampled_from(OUTCOMES)
PASSED = st.sampled_from([timedelta(seconds=5), timedelta(minutes=11), timedelta(days=3), timedelta(days=200)])
DONE = st.sampled_from(["claim", "retry", "forget", "release", "prefer"])
STORY = st.lists(st.one_of(HEARD, ATTEMPTED, PASSED, DONE), max_size=25)
TABLES = (
    "messages, members, ended_cases, organisation_names, preferences, appointments, timers, outbox, subject_versions"
)
# What waits: the desk's list, and the news of the case.
HELD = ((builders.COORDINATOR, "points"), (builders.AMBASSADOR, f"case:{builders.CASE}"), (builders.CONTACT, "day"))
LATE = Preferences(builders.CONTACT, time(16), time(18), time(8), codes_only=True)


class Telling:
    """A story as it happens in one store."""

    def __init__(self, units: Units[NotifyUnit]) -> None:
        self.units = units

    async def happen(self, step: object) -> list[object]:
        """Do one thing; returns everything that can be seen afterwards."""
        async with self.units.begin() as unit:
            match step:
                case Event():
                    unit.caused_by(builders.CAUSE)
                    await HANDLERS[type(step)](step, unit)
                case "claim":
                    await claim_messages(ClaimMessages(2), unit)
                case "release":
                    unit.caused_by(builders.CAUSE)
                    for reader, key in HELD:
                        await release(Timer(f"{reader}{key}", RELEASE, reader, unit.now, {"with": key}), unit)
                case "prefer":
                    await set_preferences(LATE, unit)
                case "forget":
                    await forget_old_messages(unit)
                case "retry":
                    await _retry_all(unit)
                case Accepted() | Deferred() | Refused() | Unknown() | Overtaken():
                    claimed = await claim_messages(ClaimMessages(1), unit)
                    recorded = [RecordOutcome(message.id, message.attempt, step, 0.5) for message in claimed]
                    await record_outcomes(recorded, unit)
        async with self.units.begin() as unit:
            return await _everything(unit)


async def _retry_all(unit: NotifyUnit) -> None:
    for message in await unit.overview.list_in_need(100):
        with contextlib.suppress(NotRetryable):
            await retry_message(message.id, unit)


async def _everything(unit: NotifyUnit) -> list[object]:
    return [
        await unit.overview.count_by_state(),
        [await unit.overview.list_in_state(state, 1000) for state in MessageState],
        await unit.overview.list_in_need(1000),
        await unit.overview.list_in_need(1),
        await unit.overview.list_reasons_to_wait(),
        await unit.messages.get_about(builders.REFERRAL),
        await unit.messages.get_of_case(builders.CASE),
        await unit.members.list_with_role(Role.COORDINATOR),
        await unit.ended_cases.get_reason(builders.CASE),
        [await unit.messages.get_held(reader, key) for reader, key in HELD],
        await _parts(unit),
        await unit.organisations.get_name(builders.PARTNER),
        await unit.preferences.get(builders.CONTACT),
        await unit.preferences.list_codes_only({builders.CONTACT, builders.AMBASSADOR}),
        await unit.appointments.list_about(builders.REFERRAL),
        await unit.appointments.list_of_case(builders.CASE),
    ]


async def _parts(unit: NotifyUnit) -> list[object]:
    of_case = await unit.messages.get_of_case(builders.CASE)
    digests = sorted({message.part_of for message in of_case if message.part_of})
    return [await unit.messages.get_parts(digest) for digest in digests]
