"""What people and systems see of cases. A family's own words are opened only for those who may know them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.intake.domain.case import Case, CaseState
from services.intake.domain.dossier import Dossier, Fact
from services.intake.domain.errors import UnknownCase
from services.intake.domain.progress import NeedProgress, NextStep, Progress, next_step
from services.intake.domain.rules import Viewer, may_know_the_family, may_see
from services.intake.domain.timeline import TimelineEntry
from services.intake.ports import IntakeUnit, Person, Position
from shared.events.base import Need, Role
from shared.events.catalogue import kind_of
from shared.events.intake import RequestReceived


@dataclass(frozen=True, slots=True)
class NeedView:
    """One need and who does what for it."""

    need: Need
    progress: NeedProgress | None
    organisation: str | None
    service: str | None
    stage: Progress


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case as it is shown; nothing in it tells who the family is."""

    case: Case
    needs: tuple[NeedView, ...]
    next_step: NextStep
    timeline: tuple[TimelineEntry, ...] = ()
    names: dict[UUID, str] | None = None

    def name_of(self, organisation_id: UUID | None) -> str | None:
        """The public name of an organisation on the timeline."""
        return (self.names or {}).get(organisation_id) if organisation_id else None


async def show_cases(unit: IntakeUnit, viewer: Viewer, after: Position | None, limit: int) -> list[CaseView]:
    """The cases that this viewer may see, newest first."""
    if viewer.role not in {Role.AMBASSADOR, Role.COORDINATOR}:
        return []
    organisation_id = None if viewer.role is Role.COORDINATOR else viewer.organisation_id
    cases = await unit.cases.list_newest(organisation_id, after, limit)
    progress = await unit.timeline.read_progress([case.id for case in cases])
    return [_view(case, progress.get(case.id, []), {}) for case in cases]


async def show_case(case_id: UUID, unit: IntakeUnit, viewer: Viewer) -> CaseView:
    """One case with its timeline. Raises UnknownCase, also when it is not for this viewer."""
    case = await _seen(case_id, unit, viewer)
    progress = (await unit.timeline.read_progress([case_id])).get(case_id, [])
    timeline = [_received(case), *await unit.timeline.list_entries(case_id)]
    named = {entry.organisation_id for entry in timeline} | {each.service_id for each in progress}
    named |= {each.organisation_id for each in progress}
    names = await unit.network.read_names([each for each in named if each])
    return _view(case, progress, names, timeline)


async def open_dossier(
    case_id: UUID, unit: IntakeUnit, viewer: Viewer, facts: Collection[Fact], why: str
) -> Dossier | None:
    """The family's facts, for its own ambassador and the coordinator; None for others who see the case."""
    case = await _seen(case_id, unit, viewer)
    if not may_know_the_family(viewer, case.opening.ambassador_id):
        return None
    return await unit.vault.open(case_id, facts, viewer, why, words=True)


async def left_or_moved(viewer: Viewer, unit: IntakeUnit) -> bool:
    """Whether this person is no longer who they were at signing in; a person not known yet is believed."""
    person = (await unit.network.read_people([viewer.person_id])).get(viewer.person_id)
    return person is not None and person != Person(viewer.person_id, viewer.organisation_id, viewer.role, active=True)


async def list_organisations(unit: IntakeUnit) -> dict[UUID, str]:
    """Everybody on the map, by name: a family may say whom it would rather not have."""
    return await unit.network.list_organisations()


async def _seen(case_id: UUID, unit: IntakeUnit, viewer: Viewer) -> Case:
    case = await unit.cases.read(case_id)
    if case is None or not may_see(viewer, case.opening.organisation_id):
        raise UnknownCase
    return case


def _received(case: Case) -> TimelineEntry:
    """The first line of every timeline; it is not stored, so that taking in a request stays one row less."""
    return TimelineEntry(case.id, case.id, case.received_at, kind_of(RequestReceived))


def _view(
    case: Case, progress: Sequence[NeedProgress], names: dict[UUID, str], timeline: Sequence[TimelineEntry] = ()
) -> CaseView:
    known = {each.need_id: each for each in progress}
    # Nobody is looked for before the inventory is complete.
    unknown = Progress.SEARCHING if case.state is CaseState.ASSESSED else Progress.NOT_ASKED
    needs = tuple(_need(need, known.get(need.need_id), names, unknown) for need in case.needs)
    step = next_step(case.state.value, {need.stage for need in needs})
    return CaseView(case, needs, step, tuple(timeline), names)


def _need(need: Need, progress: NeedProgress | None, names: dict[UUID, str], unknown: Progress) -> NeedView:
    if progress is None:
        return NeedView(need, None, None, None, unknown)
    organisation = names.get(progress.organisation_id) if progress.organisation_id else None
    service = names.get(progress.service_id) if progress.service_id else None
    return NeedView(need, progress, organisation, service, progress.progress)
