"""What a family decides on its own page about who reads what of it; each partner can be stopped on its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from services.intake.domain.case import Case
from services.intake.domain.case_state import FOLLOWS_FAMILY
from services.intake.domain.consent import FieldSet
from services.intake.domain.progress import HELPING, Progress
from services.intake.domain.timeline import TimelineEntry
from services.intake.handlers.consents import consents_of, may_see
from services.intake.handlers.family_page import children_of
from services.intake.ports import IntakeUnit
from shared.events.catalogue import kind_of
from shared.events.referral_deletion import DeletionRequested, PartnerConfirmedDeletion

INVOLVED = HELPING | {Progress.ASKED, Progress.QUESTION}
_ASKED: Final = kind_of(DeletionRequested)
_DELETED: Final = kind_of(PartnerConfirmedDeletion)


@dataclass(frozen=True, slots=True)
class PartnerSeen:
    """An organisation that is asked or helps a child of the family, or did before the family stopped.

    What it may read now of any of them, and whether the family stopped it for all of them. `deleted_on`: since when all
    that it was asked to delete is deleted.
    """

    organisation_id: UUID
    name: str
    sees: frozenset[FieldSet]
    is_stopped: bool
    must_delete: bool
    deleted_on: date | None


async def partners_of(case: Case, unit: IntakeUnit) -> list[PartnerSeen]:
    """By name, for all children on the family's page."""
    children = await children_of(case, unit)
    running = [one for one in children if one.state in FOLLOWS_FAMILY]
    progress = await unit.timeline.read_progress([one.id for one in children])
    stands = [one for of_child in progress.values() for one in of_child if one.progress in INVOLVED]
    lines = [line for one in children for line in await unit.timeline.list_entries(one.id)]
    asked_to_delete = {one.organisation_id for one in lines if one.kind == _ASKED}
    consents = [await consents_of(one, unit) for one in running or children]
    stopped = frozenset[UUID]().union(*(one.stopped for one in consents))
    involved = {one.organisation_id for one in stands} | asked_to_delete
    names = await unit.network.read_names({one for one in involved if one} | stopped)
    seen = [
        PartnerSeen(
            one,
            name,
            await _seen_by(one, running, unit),
            not running or all(one in each.stopped for each in consents),
            one in asked_to_delete,
            _deleted_on(one, lines, unit),
        )
        for one, name in names.items()
    ]
    return sorted(seen, key=lambda each: (each.name, each.organisation_id))


async def _seen_by(organisation_id: UUID, children: list[Case], unit: IntakeUnit) -> frozenset[FieldSet]:
    kind = await unit.network.read_kind(organisation_id)
    return frozenset[FieldSet]().union(*[await may_see(one.id, organisation_id, kind, unit) for one in children])


def _deleted_on(organisation_id: UUID, lines: Sequence[TimelineEntry], unit: IntakeUnit) -> date | None:
    """The day of its last word, when it said so of all that it was asked: of each need of each child."""
    theirs = [one for one in lines if one.organisation_id == organisation_id]
    asked = {(one.case_id, one.need_id) for one in theirs if one.kind == _ASKED}
    done = {(one.case_id, one.need_id): unit.city.day_of(one.at) for one in theirs if one.kind == _DELETED}
    return max(done.values()) if asked and asked <= done.keys() else None
