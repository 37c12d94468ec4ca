"""Follow-ups: the link in the mail, and the answer."""

from datetime import timedelta
from uuid import UUID

from services.monitoring.commands import AnswerFollowUp, MintFollowUpLink
from services.monitoring.domain.errors import FollowUpNotFound
from services.monitoring.domain.follow_up_questions import Answer, answerable, record_answer
from services.monitoring.domain.watch import Phase, Watch
from services.monitoring.handlers.watches import carry_out
from services.monitoring.ports import MonitoringUnit
from shared.access.links import Link
from shared.kernel.errors import RequestPaused

FOLLOW_UP_LINK = "follow-up"
FOLLOW_UP_LINK_VALID = timedelta(weeks=8)


async def answer_follow_up(command: AnswerFollowUp, unit: MonitoringUnit) -> None:
    """The ambassador answered. Raises FollowUpNotFound, FollowUpAlreadyAnswered, FollowUpNotAsked or CaseNotWatched."""
    watch = await _watch_of(command.follow_up_id, unit)
    told = Answer(command.answer, command.answered_by, command.family, command.call_at)
    await carry_out(lambda context: record_answer(watch, command.follow_up_id, told, context), watch, unit)


async def mint_follow_up_link(command: MintFollowUpLink, unit: MonitoringUnit) -> Link:
    """A link for this follow-up and this person. Raises what `answer_follow_up` raises: then no mail should go."""
    watch = await _watch_of(command.follow_up_id, unit)
    unit.audit.of_case(watch.case_id)
    answerable(watch, command.follow_up_id)
    person = await unit.members.read(command.recipient_id)
    return await unit.links.mint(
        FOLLOW_UP_LINK, command.follow_up_id, command.recipient_id, unit.now + FOLLOW_UP_LINK_VALID,
        organisation_id=watch.organisation_id if person else None,
    )  # fmt: skip


async def show_follow_up(follow_up_id: UUID, organisation_id: UUID, unit: MonitoringUnit) -> Watch:
    """The watch with this follow-up, for the school that asked for help. Raises FollowUpNotFound for anybody else."""
    case_id = await unit.watches.case_of_follow_up(follow_up_id)
    watch = await unit.watches.read(case_id) if case_id else None
    if watch is None or watch.organisation_id != organisation_id or watch.phase is Phase.ON_HOLD:
        raise FollowUpNotFound
    return watch


async def show_follow_ups(
    organisation_id: UUID, unit: MonitoringUnit, *, after: UUID | None, limit: int, case_id: UUID | None = None
) -> list[Watch]:
    """The school's watches with follow-ups, in the order of their cases; only that of one case when it is named."""
    if case_id is None:
        return await unit.watches.list_followed(organisation_id, after, limit)
    watch = await unit.watches.read(case_id)
    theirs = watch is not None and watch.organisation_id == organisation_id and watch.phase is not Phase.ON_HOLD
    return [watch] if watch is not None and theirs else []


async def _watch_of(follow_up_id: UUID, unit: MonitoringUnit) -> Watch:
    case_id = await unit.watches.case_of_follow_up(follow_up_id)
    watch = await unit.watches.get(case_id) if case_id else None
    if watch is None:
        raise FollowUpNotFound
    if watch.phase is Phase.ON_HOLD:
        raise RequestPaused
    return watch
