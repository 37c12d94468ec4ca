"""Trainings of trusted persons: noted by the desk, told of before they end, and when they did."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from services.community.domain.card_errors import NoTrustedPerson, TrainingTooLong
from services.community.domain.gathering import Gathering
from services.community.domain.training import TOLD_BEFORE, Training
from services.community.ports import CommunityUnit
from shared.events.base import Role
from shared.events.community import GatheringKind

COUNTS_AT_MOST: Final = timedelta(days=5 * 366)


async def record_training(person_id: UUID, valid_until: date, by: UUID, unit: CommunityUnit) -> None:
    """In place of an earlier one. Raises NoTrustedPerson or TrainingTooLong."""
    member = await unit.members.read(person_id)
    if member is None or all(one.role is not Role.TRUSTED_PERSON for one in member.standing):
        raise NoTrustedPerson
    today = unit.city.day_of(unit.now)
    if not today <= valid_until <= today + COUNTS_AT_MOST:
        raise TrainingTooLong(today + COUNTS_AT_MOST)
    # Held, so that nothing is told of the one before at this moment.
    await unit.trainings.get(person_id)
    training = Training(person_id, valid_until, unit.now, by)
    unit.outbox.append(*training.record())
    await unit.trainings.save(training)


async def look_at_trainings(unit: CommunityUnit) -> None:
    """Those that end in sixty days, and those that ended."""
    today = unit.city.day_of(unit.now)
    for person_id in await unit.trainings.list_untold(today + TOLD_BEFORE, today):
        training = await unit.trainings.get(person_id)
        if training is not None:
            unit.outbox.append(*training.look(today, unit.now))
            await unit.trainings.save(training)


async def list_training_days(unit: CommunityUnit) -> list[Gathering]:
    """The gatherings to come at which people are trained."""
    coming = await unit.gatherings.list_from(unit.now, public_only=True)
    return [one for one in coming if one.details.kind is GatheringKind.TRAINING and one.is_ahead(unit.now)]
