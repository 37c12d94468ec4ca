"""What people and systems see of cases. A family's own words are opened only for those who may know them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from services.intake.domain.audited import LIST
from services.intake.domain.break_glass import ReasonNeeded
from services.intake.domain.case import Case
from services.intake.domain.case_state import CaseState
from services.intake.domain.dossier import OF_THE_ADDRESS, Dossier, Fact
from services.intake.domain.listing import CaseSearch, Position, seen_by
from services.intake.domain.progress import NeedProgress, NextStep, Progress, is_done, next_step, stage_of
from services.intake.domain.rules import Viewer, may_know_the_address, may_know_the_family
from services.intake.domain.timeline import TimelineEntry
from services.intake.handlers.break_glass import may_open
from services.intake.handlers.joined import joined_with, may_be_named
from services.intake.handlers.seeing import seen
from services.intake.ports import IntakeUnit
from shared.events.base import Code, Need, Role
from shared.events.case_codes import NeedResult
from shared.events.catalogue import kind_of
from shared.events.intake import RequestReceived
from shared.kernel.errors import RequestPaused


@dataclass(frozen=True, slots=True)
class NeedView:
    """One need and who does what for it; `waits_for` are the categories of needs that come first.

    `elsewhere`: another request for the same child runs for it.
    """

    need: Need
    progress: NeedProgress | None
    organisation: str | None
    service: str | None
    stage: Progress
    waits_for: tuple[Code, ...] = ()
    elsewhere: bool = False
    result: NeedResult | None = None


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case as it is shown; only `called` tells who it is about, and is there for its own ambassador alone."""

    case: Case
    needs: tuple[NeedView, ...]
    next_step: NextStep
    timeline: tuple[TimelineEntry, ...] = ()
    names: dict[UUID, str] | None = None
    called: str | None = field(default=None, repr=False)

    def name_of(self, organisation_id: UUID | None) -> str | None:
        """The public name of an organisation on the timeline."""
        return (self.names or {}).get(organisation_id) if organisation_id else None


async def show_cases(
    unit: IntakeUnit, viewer: Viewer, search: CaseSearch, after: Position | None, limit: int
) -> list[CaseView]:
    """What is looked for, of the cases that this viewer may see."""
    cases = await unit.cases.find(seen_by(viewer, search), after, limit)
    progress = await unit.timeline.read_progress([case.id for case in cases])
    names = await unit.network.read_names({case.opening.organisation_id for case in cases})
    return [_view(case, progress.get(case.id, []), names) for case in cases]


async def views_of(cases: Sequence[Case], unit: IntakeUnit) -> list[CaseView]:
    """These cases, which somebody may see, with who helps; without their timelines."""
    progress = await unit.timeline.read_progress([case.id for case in cases])
    found = [each for one in progress.values() for each in one]
    named = {each.organisation_id for each in found} | {each.service_id for each in found}
    names = await unit.network.read_names([each for each in named if each])
    return [_view(case, progress.get(case.id, []), names) for case in cases]


async def count_cases(unit: IntakeUnit, viewer: Viewer, search: CaseSearch) -> dict[CaseState, int]:
    """How many of these there are in each state."""
    return await unit.cases.count(seen_by(viewer, search))


async def with_names(views: Sequence[CaseView], unit: IntakeUnit, viewer: Viewer) -> list[CaseView]:
    """The same with what each child is called, for those of this ambassador; each is a line in the audit log."""
    if viewer.is_system or viewer.role is not Role.AMBASSADOR:
        return list(views)
    own = [view.case.id for view in views if viewer.speaks_for(view.case.opening.ambassador_id)]
    names = await unit.vault.open_names(own, viewer, LIST) if own else {}
    return [replace(view, called=names[view.case.id].called if view.case.id in names else None) for view in views]


async def show_case(case_id: UUID, unit: IntakeUnit, viewer: Viewer) -> CaseView:
    """One case with its timeline. Raises UnknownCase, also when it is not for this viewer, or RequestPaused."""
    return await view_of(await _seen(case_id, unit, viewer), unit)


async def view_of(case: Case, unit: IntakeUnit) -> CaseView:
    """A case with its timeline, for whoever may see it."""
    progress = (await unit.timeline.read_progress([case.id])).get(case.id, [])
    timeline = [_received(case), *await unit.timeline.list_entries(case.id)]
    named = {entry.organisation_id for entry in timeline} | {each.service_id for each in progress}
    named |= {each.organisation_id for each in progress}
    names = await unit.network.read_names([each for each in named if each])
    return _view(case, progress, names, timeline)


async def people_of_case(case_id: UUID, unit: IntakeUnit, viewer: Viewer) -> list[UUID]:
    """The professionals of this case: its ambassador, the one before, their colleagues, and whoever goes on with them.

    Of one that stands still for safety nobody: its page names nobody. Raises UnknownCase.
    """
    try:
        case = await _seen(case_id, unit, viewer)
    except RequestPaused:
        return []
    colleagues = await unit.members.list_of_organisation(case.opening.organisation_id)
    before = [case.handover.previous_id] if case.handover else []
    joined = [one.opening.ambassador_id for one in await joined_with(case.id, unit) if await may_be_named(one, unit)]
    return [case.opening.ambassador_id, *before, *joined, *(one.person_id for one in colleagues)]


async def open_dossier(
    case_id: UUID, unit: IntakeUnit, viewer: Viewer, facts: Collection[Fact], why: str
) -> Dossier | None:
    """The family's facts, for its own ambassador and the coordinator; None for others who see the case.

    Raises ReasonNeeded when the coordinator has no task there and gave no reason lately.
    """
    case = await _seen(case_id, unit, viewer)
    if not may_know_the_family(viewer, case.opening.ambassador_id):
        return None
    if not await may_open(case, unit, viewer):
        raise ReasonNeeded
    return await unit.vault.open(case_id, _to_be_read(facts, case, viewer), viewer, why, words=True)


def _to_be_read(facts: Collection[Fact], case: Case, viewer: Viewer) -> list[Fact]:
    """Without where the family lives, when this viewer may not know that; its district is in the case otherwise."""
    if not may_know_the_address(viewer, case.opening):
        return [fact for fact in facts if fact not in OF_THE_ADDRESS]
    return [fact for fact in facts if case.opening.address_is_secret or fact is not Fact.DISTRICT]


async def standing_in(viewer: Viewer, unit: IntakeUnit) -> Viewer:
    """The same viewer, who also speaks for the colleagues whose deputy they are while these are away."""
    if viewer.role is not Role.AMBASSADOR:
        return viewer
    colleagues = await unit.members.list_of_organisation(viewer.organisation_id)
    today = unit.city.day_of(unit.now)
    me = next((one for one in colleagues if one.person_id == viewer.person_id), None)
    away = frozenset(one.person_id for one in colleagues if me and me.deputises_for(one, today))
    return replace(viewer, stands_in_for=away) if away else viewer


async def list_organisations(unit: IntakeUnit) -> dict[UUID, str]:
    """Everybody on the map, by name: a family may say whom it would rather not have."""
    return await unit.network.list_organisations()


async def _seen(case_id: UUID, unit: IntakeUnit, viewer: Viewer) -> Case:
    case = await seen(case_id, await unit.cases.read(case_id), unit, viewer)
    unit.audit.in_place_of(viewer.stands_in_of(case.opening.ambassador_id))
    return case


def _received(case: Case) -> TimelineEntry:
    """The first line of every timeline; it is not stored, so that taking in a request stays one row less."""
    filed = "filed" if case.opening.filed_by else None
    return TimelineEntry(case.id, case.id, case.received_at, kind_of(RequestReceived), detail=filed)


def _view(
    case: Case, progress: Sequence[NeedProgress], names: dict[UUID, str], timeline: Sequence[TimelineEntry] = ()
) -> CaseView:
    known = {each.need_id: each for each in progress}
    needs = tuple(_need(need, case, known, names) for need in case.needs)
    step = next_step(case.state.value, {need.stage for need in needs}, rests=case.pause is not None)
    return CaseView(case, needs, step, tuple(timeline), names)


def _need(need: Need, case: Case, known: Mapping[UUID, NeedProgress], names: Mapping[UUID, str]) -> NeedView:
    progress = known.get(need.need_id)
    first = tuple(
        each.category for each in case.needs if each.need_id in need.depends_on and not is_done(known.get(each.need_id))
    )
    organisation = names.get(progress.organisation_id) if progress and progress.organisation_id else None
    service = names.get(progress.service_id) if progress and progress.service_id else None
    elsewhere = case.is_open and need.need_id in case.elsewhere
    stage = stage_of(progress, is_open=case.is_open, is_sought=_is_sought(need, case), waits=bool(first) or elsewhere)
    result = next((each.result for each in case.results if each.need_id == need.need_id), None)
    return NeedView(need, progress, organisation, service, stage, first, elsewhere, result)


def _is_sought(need: Need, case: Case) -> bool:
    """Nobody is looked for before the inventory is complete, unless the family knows that it goes first."""
    return case.state is CaseState.ASSESSED or need.need_id in case.raised_needs
