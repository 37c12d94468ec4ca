"""One case as the board shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from services.monitoring.domain.clocks import Clock
from services.monitoring.domain.follow_up import FollowUpState
from services.monitoring.domain.invariant import waiting_needs
from services.monitoring.domain.measures import pace_of
from services.monitoring.domain.need import NeedState, WatchedNeed
from services.monitoring.domain.referral import Referral, ReferralState
from services.monitoring.domain.state import CaseState, state_of
from services.monitoring.domain.timeline import TimelineEntry
from services.monitoring.domain.watch import Watch
from services.monitoring.web import words
from services.monitoring.web.case_file import CaseFile
from services.monitoring.web.desk_view import (
    Caller,
    NoteView,
    PointView,
    points_in_order,
    show_callers,
    show_notes,
    show_point,
)
from services.monitoring.web.desk_words import END_REASONS, ENDS
from services.monitoring.web.follow_up_words import ANSWERS
from services.monitoring.web.pace_view import case_pace
from services.monitoring.web.timeline_view import IN_BETWEEN, PARTNER, Line, line
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
    points: Sequence[PointView]
    facts: Sequence[tuple[str, str]]
    needs: Sequence[tuple[str, str, str]]
    pace: Sequence[tuple[str, str, str]]
    partners: Sequence[tuple[str, str, str]]
    follow_ups: Sequence[tuple[int, str, str]]
    callers: Sequence[Caller]
    notes: Sequence[NoteView]
    lines: Sequence[Line]
    in_between: int
    """How many lines are not shown: mails and reminders."""

    @property
    def first_awake(self) -> PointView | None:
        """The point to begin with."""
        return next((one for one in self.points if one.waits_until is None), None)


def show_case(file: CaseFile, city: City, reader_id: UUID, *, everything: bool = False) -> CaseView:
    """Newest first in the timeline; partners and follow-ups in the order in which they came.

    `everything`: mails and reminders stand in the timeline as well.
    """
    watch, names, said = file.watch, file.organisations, Words(city)
    # What is planned stands in the table of follow-ups.
    entries = [entry for entry in reversed(file.entries) if entry.what != PLANNED]
    shown = [entry for entry in entries if everything or entry.what not in IN_BETWEEN]
    school = names.get(watch.organisation_id, UNKNOWN_SCHOOL) if watch.organisation_id else UNKNOWN_SCHOOL
    opened = day(city.day_of(watch.opened_at)) if watch.opened_at else "onbekend"
    return CaseView(
        case_id=watch.case_id,
        case_code=watch.case_code,
        state=state_of(watch),
        urgency=watch.urgency,
        out_of_sight_since=watch.out_of_sight_since,
        next_clock=watch.next_clock,
        points=[show_point(file, one, reader_id, said) for one in points_in_order(watch)],
        facts=(
            ("Aangevraagd door", school),
            ("Wijk", said.district(watch.district)),
            ("Op het bord sinds", opened),
        ),
        needs=_needs(watch, city),
        pace=case_pace(pace_of(watch), city),
        partners=_partners(watch, names, city),
        follow_ups=_follow_ups(watch, city),
        callers=show_callers(file, said),
        notes=show_notes(file),
        lines=[_line(file, entry, city) for entry in shown],
        in_between=len(entries) - len(shown),
    )


def _line(file: CaseFile, entry: TimelineEntry, city: City) -> Line:
    """Of a point that left the list also which it was."""
    shown = line(entry, file.organisations, city, file.names)
    points = (one for one in file.watch.escalations if str(one.escalation_id) == entry.details.get("escalation_id"))
    point = next(points, None)
    if entry.what != OFF_THE_LIST or point is None:
        return shown
    return replace(shown, text=f"{Words(city).reason(point.reason)[0]}.")


def _needs(watch: Watch, city: City) -> list[tuple[str, str, str]]:
    named = {one.need_id: city.categories.in_sentence(one.category) for one in watch.needs.values() if one.category}
    searched = {one.need_id for one in waiting_needs(watch)}

    def how_far(need: WatchedNeed) -> str:
        if not watch.is_open and need.stands is not NeedState.DONE:
            return words.NEED_ENDED
        if need.stands is NeedState.WAITING and need.need_id not in searched:
            first = [named.get(one, "een andere hulpvraag") for one in need.depends_on]
            return f"wacht op: {', '.join(first)}"
        if need.stands is NeedState.LATER and need.later_on:
            return f"{words.NEED_STATES[need.stands]}: {day(need.later_on)}"
        return words.NEED_STATES[need.stands]

    return [
        (
            city.categories.words(one.category) if one.category else "Nog niet bekend",
            words.BENEFICIARIES[one.beneficiary],
            how_far(one),
        )
        for one in watch.needs.values()
    ]


def _how_far(one: Referral) -> str:
    if one.end is not None:
        why = END_REASONS.get(one.end, {}).get(one.end_reason or "")
        return f"{ENDS[one.end]}: {why}" if why else ENDS[one.end]
    cold = one.state is ReferralState.HANDED_OVER and one.handover is HandoverKind.COLD
    return COLD_START if cold else words.REFERRAL_STATES[one.state][0]


def _partners(watch: Watch, names: Mapping[UUID, str], city: City) -> list[tuple[str, str, str]]:
    return [
        (names.get(one.organisation_id, PARTNER), _how_far(one), day(city.day_of(one.since)))
        for one in watch.referrals.values()
    ]


def _follow_ups(watch: Watch, city: City) -> list[tuple[int, str, str]]:
    shown = (one for one in watch.follow_ups.values() if one.state is not FollowUpState.CANCELLED)
    return [
        (
            one.number,
            day(city.day_of(one.due_at)),
            ANSWERS[one.answer][0] if one.answer else words.FOLLOW_UP_STATES[one.state],
        )
        for one in sorted(shown, key=lambda one: one.due_at)
    ]
