"""Until when the trainings of trusted persons count; who may pass nothing on any more."""

from services.intake.domain.rules import Viewer
from services.intake.domain.training_errors import TrainingOver
from services.intake.ports import IntakeUnit
from shared.access.members import Member, keep_member
from shared.events.cards import TrainingRecorded
from shared.events.directory import PersonListed


async def keep_who_is_there(event: PersonListed, unit: IntakeUnit) -> None:
    """What somebody may do; of whoever left, no training."""
    await keep_member(event, unit)
    if not Member.of(event).standing:
        await unit.trainings.remove(event.subject)


async def keep_training(event: TrainingRecorded, unit: IntakeUnit) -> None:
    """In place of an earlier one."""
    await unit.trainings.save(event.subject, event.valid_until)


async def is_training_over(viewer: Viewer, unit: IntakeUnit) -> bool:
    """Whether it was noted, and its last day is past."""
    valid_until = await unit.trainings.read(viewer.person_id)
    return valid_until is not None and valid_until < unit.city.day_of(unit.now)


async def check_training(viewer: Viewer, unit: IntakeUnit) -> None:
    """Raises TrainingOver."""
    if await is_training_over(viewer, unit):
        raise TrainingOver(unit.city)
