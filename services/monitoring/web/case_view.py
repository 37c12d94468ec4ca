"""One case as the board shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from services.monitoring.domain.clocks import Clock
from services.monitoring.domain.escalation import Escalation
from services.monitoring.domain.follow_up import FollowUpState
from services.monitoring.domain.invariant import waiting_needs
from services.monitoring.domain.measures import pace_of
from services.monitoring.domain.need import NeedState, WatchedNeed
from services.monitoring.domain.referral import Referral, ReferralState
from services.monitoring.domain.state import CaseState, state_of
from services.monitoring.domain.timeline import TimelineEntry
from services.monitoring.domain.watch import Watch
from services.monitoring.web import words
from services.monitoring.web.pace_view import case_pace
from services.monitoring.web.timeline_view import PARTNER, Line, line
from services.monitoring.web.words import Words
from shared.events.base import Urgency
from shared.events.referral_codes import HandoverKind
from shared.kernel.city import City
from shared.web.pages import day

OFF_THE_LIST = "escalation-resolved"
PLANNED = "follow-up-scheduled"
COLD_START = "begint koud, zonder samen kennis te maken"
UNKNOWN_SCHOOL = "Nog niet bekend"


@dataclass(frozen=True, slots=True)
class CaseView:
    """What the page needs; `partners` and `follow_ups` are rows of a table."""

    case_id: UUID
    case_code: str
    state: CaseState
    urgency: Urgency | None
    out_of_sight_since: datetime | None
    next_clock: Clock | None
    escalations: Sequence[Escalation]
    facts: Sequence[tuple[str, str]]
    needs: Sequence[tuple[str, str, str]]
    pace: Sequence[tuple[str, str, str]]
    partners: Sequence[tuple[str, str, str]]
    follow_ups: Sequence[tuple[int, str, str]]
    lines: Sequence[Line]


def show_case(watch: Watch, entries: Sequence[TimelineEntry], names: Mapping[UUID, str], city: City) -> CaseView:
    """Newest first in the timeline; partners and follow-ups in the order in which they came."""
    school = names.get(watch.organisation_id, UNKNOWN_SCHOOL) if watch.organisation_id else UNKNOWN_SCHOOL
    opened = day(city.day_of(watch.opened_at)) if watch.opened_at else "onbekend"
    return CaseView(
        case_id=watch.case_id,
        case_code=watch.case_code,
        state=state_of(watch),
        urgency=watch.urgency,
        out_of_sight_since=watch.out_of_sight_since,
        next_clock=watch.next_clock,
        escalations=watch.open_escalations,
        facts=(
            ("Aangevraagd door", school),
            ("Wijk", Words(city).district(watch.district)),
            ("Op het bord sinds", opened),
        ),
        needs=_needs(watch, city),
        pace=case_pace(pace_of(watch), city),
        partners=_partners(watch, names, city),
        follow_ups=_follow_ups(watch, city),
        # What is planned stands in the table of follow-ups.
        lines=[_line(watch, entry, names, city) for entry in reversed(entries) if entry.what != PLANNED],
    )


def _line(watch: Watch, entry: TimelineEntry, names: Mapping[UUID, str], city: City) -> Line:
    """Of a point that left the list also which it was, and what a person did."""
    shown = line(entry, names, city)
    point = next(
        (one for one in watch.escalations if str(one.escalation_id) == entry.details.get("escalation_id")), None
    )
    if entry.what != OFF_THE_LIST or point is None:
        return shown
    said = Words(city)
    done = f" Gedaan: {said.resolution(point.resolution)}." if point.resolution else ""
    return replace(shown, text=f"{said.reason(point.reason)[0]}.{done}")


def _needs(watch: Watch, city: City) -> list[tuple[str, str, str]]:
    named = {one.need_id: city.categories.in_sentence(one.category) for one in watch.needs.values() if one.category}
    searched = {one.need_id for one in waiting_needs(watch)}

    def how_far(need: WatchedNeed) -> str:
        if not watch.is_open and need.stands is not NeedState.DONE:
            return words.NEED_ENDED
        if need.stands is NeedState.WAITING and need.need_id not in searched:
            first = [named.get(one, "een andere hulpvraag") for one in need.depends_on]
            return f"wacht op: {', '.join(first)}"
        return words.NEED_STATES[need.stands]

    return [
        (
            city.categories.words(one.category) if one.category else "Nog niet bekend",
            words.BENEFICIARIES[one.beneficiary],
            how_far(one),
        )
        for one in watch.needs.values()
    ]


def _handed_over(one: Referral) -> str:
    cold = one.state is ReferralState.HANDED_OVER and one.handover is HandoverKind.COLD
    return COLD_START if cold else words.REFERRAL_STATES[one.state][0]


def _partners(watch: Watch, names: Mapping[UUID, str], city: City) -> list[tuple[str, str, str]]:
    return [
        (names.get(one.organisation_id, PARTNER), _handed_over(one), day(city.day_of(one.since)))
        for one in watch.referrals.values()
    ]


def _follow_ups(watch: Watch, city: City) -> list[tuple[int, str, str]]:
    shown = (one for one in watch.follow_ups.values() if one.state is not FollowUpState.CANCELLED)
    return [
        (
            one.number,
            day(city.day_of(one.due_at)),
            words.ANSWERS[one.answer][0] if one.answer else words.FOLLOW_UP_STATES[one.state],
        )
        for one in sorted(shown, key=lambda one: one.due_at)
    ]
