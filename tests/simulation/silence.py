"""P9: no open case passes its limit without a mail to somebody who can act, or an act of a person."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, Final
from uuid import UUID

from services.intake.domain.case_state import CaseState
from services.matching.domain.case import NeedState
from services.matching.domain.referral_state import ReferralState
from services.monitoring.domain.follow_up import FollowUpState
from services.monitoring.domain.unmet_need import SAYS_NOBODY
from services.notify.domain.message import MessageState
from shared.events.base import Urgency
from shared.events.desk_codes import Resolution
from shared.kernel.city import WorkingDays
from shared.kernel.dutch_calendar import DutchCalendar
from shared.kernel.working_time import WorkingTime
from tests.parts.city import a_city
from tests.simulation.attention import LONG_AGO
from tests.simulation.world import World

LIMITS: Final = {Urgency.TODAY: WorkingDays(1), Urgency.SOON: WorkingDays(5), Urgency.NORMAL: WorkingDays(5)}
# A mail server that is busy is asked again.
ON_ITS_WAY: Final = timedelta(hours=1)
AT_WORK: Final = frozenset({ReferralState.HANDED_OVER, ReferralState.IN_PROGRESS})
UNDISCUSSED: Final = frozenset({CaseState.RECEIVED, CaseState.IN_INVENTORY})
# How urgent something that waits is, and since when it waits at the earliest.
Waiting = tuple[Urgency, datetime]
TIME: Final = WorkingTime(a_city(), DutchCalendar())


def nobody_waits_in_silence(world: World, cases: Iterable[UUID]) -> None:
    """P9, at this moment, when all that was due was done."""
    now, aside = world.clock.now(), _cases_aside(world)
    world.attention.excuse(aside, now)
    _count_what_may_have_arrived(world)
    for case_id in cases:
        waiting = set(_what_waits(world, case_id))
        if not waiting:
            world.attention.excuse([case_id], now)
            continue
        attended = {urgency: _attended(world, case_id, urgency) for urgency, _ in waiting}
        due_at = min(_due(attended[urgency], urgency, earliest) for urgency, earliest in waiting)
        said = f"{now} is past {due_at}, after {world.attention.since(case_id)}"
        assert now <= due_at, f"P9: {case_id} waits in silence, {said}: {waiting}"


def _due(attended: datetime, urgency: Urgency, earliest: datetime) -> datetime:
    over = max(attended, _over(earliest, LIMITS[urgency]))
    if urgency is Urgency.TODAY:
        return over + ON_ITS_WAY
    # What can wait is told in the desk's next digest.
    digest_on = TIME.day_after(TIME.city.day_of(over), WorkingDays(1))
    return TIME.city.instant_of(digest_on, TIME.city.terms.points.digest_at) + ON_ITS_WAY


def _attended(world: World, case_id: UUID, urgency: Urgency) -> datetime:
    """Not from the latest of these: from a Saturday a working day is over sooner than from the evening before."""
    return max(_over(start, LIMITS[urgency]) for start in world.attention.since(case_id))


# The same moments are asked about at every step of a life.
@cache
def _over(start: datetime, limit: WorkingDays) -> datetime:
    """A working day is over when the office closes, and not before it lasted as long as a day does."""
    return max(TIME.due_after(start, limit), TIME.due_after_day(TIME.city.day_of(start), limit))


def _what_waits(world: World, case_id: UUID) -> list[tuple[Urgency, datetime]]:
    """For each thing that waits for a person how urgent it is, and since when it waits at the earliest."""
    case = world.intake.truth.tables.table("cases").get(case_id)
    if case is None or not case.is_open or case.pause is not None or case.hold is not None:
        return []
    watch = world.monitoring.truth.tables.table("watches").get(case_id)
    file = world.matching.truth.tables.table("cases").get(case_id)
    undiscussed = case.state in UNDISCUSSED
    # What nobody was found for rests until the inventory names it again.
    needs = [one for one in file.needs.values() if not (undiscussed and one.state is NeedState.UNMET)] if file else []
    found = [_later(_of_need(world, need), watch, need.id) for need in needs if not _is_over(watch, need)]
    if undiscussed:
        found.append(_later(_inventory(case), watch, None))
    asked = watch is not None and any(one.state is FollowUpState.ASKED for one in watch.follow_ups.values())
    if asked:
        found.append((Urgency.NORMAL, LONG_AGO))
    # A point waits since it was raised: its mail is on its way in the same moment.
    points = [one.raised_at for one in watch.open_escalations if not one.is_waiting] if watch is not None else []
    found.extend((Urgency.NORMAL, raised_at) for raised_at in points)
    return [one for one in found if one is not None]


def _is_over(watch: Any, need: Any) -> bool:
    """Nobody was found for it, and a person said of the last point about that: not needed any more."""
    if watch is None or need.state is not NeedState.UNMET:
        return False
    points = [one for one in watch.escalations if one.about.need_id == need.id and one.reason in SAYS_NOBODY]
    return bool(points) and points[-1].resolution is Resolution.NO_LONGER_NEEDED


def _later(found: Waiting | None, watch: Any, need_id: UUID | None) -> Waiting | None:
    """Where the desk chose a day for a point about it, nobody is written to before that day."""
    points = watch.open_escalations if watch is not None else ()
    days = [one.waits_until for one in points if one.is_waiting and one.about.need_id in {need_id, None}]
    if found is None or not days:
        return found
    urgency, earliest = found
    return urgency, max(earliest, _end_of(max(days)))


def _inventory(case: Any) -> tuple[Urgency, datetime]:
    """As urgent as the request; how urgent a new question is, nobody knows. A visit at home comes first."""
    first = Urgency.NORMAL if case.findings else min((one.urgency for one in case.needs), key=list(Urgency).index)
    visit = case.visit.planned_for if case.visit and case.visit.took_place is None else None
    return first, _end_of(visit)


def _of_need(world: World, need: Any) -> tuple[Urgency, datetime] | None:
    """None: it is met, helped with, or behind another need."""
    if need.state in {NeedState.UNMET, NeedState.FAMILY_DECIDES}:
        return need.urgency, LONG_AGO
    referrals = world.matching.truth.tables.table("referrals").values()
    active = next((one for one in referrals if one.need_id == need.id and one.is_active), None)
    if active is None or active.state in AT_WORK:
        return None
    if active.state is ReferralState.ACTIVATED:
        return need.urgency, LONG_AGO
    # What was given waits for the family's word only. Nobody is called before the day on which they meet, or from which
    # the partner helps.
    urgency = Urgency.NORMAL if active.state is ReferralState.DELIVERED else need.urgency
    promised = {
        ReferralState.ACCEPTED: active.planned_on or active.first_contact_on,
        ReferralState.WAITLISTED: active.from_day,
    }
    return urgency, _end_of(promised.get(active.state))


def _end_of(day: date | None) -> datetime:
    return TIME.city.instant_of(day, TIME.city.terms.office_closes_at) if day else LONG_AGO


def _count_what_may_have_arrived(world: World) -> None:
    """Two copies left, and nobody knows what became of them: no third one goes, and people see it at `/berichten`."""
    for one in world.notify.truth.tables.table("messages").values():
        if one.state is MessageState.UNKNOWN and one.settled_at is not None and one.draft.case_id is not None:
            *paid, _ = world.attention.since(one.draft.case_id)
            world.attention.paid(one.draft.case_id, max(*paid, one.settled_at))


def _cases_aside(world: World) -> set[UUID]:
    """Cases of which an event stands aside until an operator looks: of theirs, or of a mail about them."""
    mails = world.notify.truth.tables.table("messages")
    aside = {UUID(one.subject) for node in world.nodes for one in node.truth.tables.table("parked_events").values()}
    return aside | {mails[one].draft.case_id for one in aside if one in mails}
