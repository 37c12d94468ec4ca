"""Everything that the page of a case shows, read in one transaction; then, outside it, who people are."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from services.monitoring.domain.errors import CaseNotFound
from services.monitoring.domain.escalation import Escalation
from services.monitoring.domain.notes import Note
from services.monitoring.domain.points import call_of, open_point
from services.monitoring.domain.timeline import TimelineEntry
from services.monitoring.domain.watch import Phase, Watch
from services.monitoring.ports import MonitoringUnit
from services.monitoring.web.names import organisation_names
from services.monitoring.web.timeline_view import actors
from shared.access.people_book import PeopleBook
from shared.events.base import Role
from shared.events.http import KnownPerson
from shared.events.monitoring import EscalationReason


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case with its story, its notes, and who else works at the desk; `people` come from the people book."""

    watch: Watch
    entries: Sequence[TimelineEntry]
    organisations: Mapping[UUID, str]
    notes: Sequence[Note]
    colleagues: Sequence[UUID]
    shared_causes: Collection[EscalationReason]
    """Why it is on the list, as far as its school has more points of that cause."""
    people: Mapping[UUID, KnownPerson] = field(default_factory=dict)

    @property
    def names(self) -> Mapping[UUID, str]:
        """What people are called, as far as that can be asked now."""
        return {person_id: person.name for person_id, person in self.people.items()}

    def point(self, escalation_id: UUID) -> Escalation:
        """The open point. Raises PointNotFound or EscalationNotOpen."""
        return open_point(self.watch, escalation_id)


async def read_case(case_id: UUID, unit: MonitoringUnit) -> CaseFile:
    """As it stands now. Raises CaseNotFound, also of a case that was erased."""
    watch = await unit.watches.read(case_id)
    if watch is None or watch.phase is Phase.ERASED:
        raise CaseNotFound
    entries = await unit.timeline.list_of_case(case_id)
    organisations = [watch.organisation_id, *(one.organisation_id for one in watch.referrals.values())]
    return CaseFile(
        watch=watch,
        entries=entries,
        organisations=await organisation_names(unit, [*organisations, *(one.organisation_id for one in entries)]),
        notes=await unit.notes.list_of_case(case_id),
        colleagues=[one.person_id for one in await unit.members.list_with_role(Role.COORDINATOR)],
        shared_causes=await _shared_causes(watch, unit),
    )


async def _shared_causes(watch: Watch, unit: MonitoringUnit) -> set[EscalationReason]:
    if watch.organisation_id is None:
        return set()
    causes = {point.reason for point in watch.open_escalations}
    listed = {one: await unit.watches.list_with_point(one, watch.organisation_id, 2) for one in sorted(causes)}
    return {one for one, watches in listed.items() if _count(one, watches) > 1}


def _count(cause: EscalationReason, watches: Sequence[Watch]) -> int:
    return sum(point.reason is cause for watch in watches for point in watch.open_escalations)


async def with_people(file: CaseFile, book: PeopleBook) -> CaseFile:
    """The same, with names and numbers; without them when they cannot be asked now. No transaction may be open."""
    watch = file.watch
    wanted = {
        *actors(file.entries),
        *file.colleagues,
        *(note.written_by for note in file.notes),
        *(one.owner_id for one in watch.open_escalations),
        *(call_of(watch, one) for one in watch.open_escalations),
        *(one.contact_id for one in watch.referrals.values() if one.is_live),
        watch.ambassador_id,
        watch.second_reader_id,
    }
    people = await book.read_people([one for one in wanted if one is not None])
    return replace(file, people=people)
