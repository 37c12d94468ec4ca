"""From a checked request to its reply: known keys are answered again, the rest becomes cases, all in one commit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from services.intake.commands import SubmitRequest
from services.intake.domain.case import Case
from services.intake.handlers.requests import submit_requests
from services.intake.handlers.signals import become_request
from services.intake.ports import IntakeUnit
from shared.access.replies import AskedBefore, Reply
from shared.kernel.trace import current_traceparent
from shared.privacy.audit import ITSELF, Actor
from shared.storage.group_commit import GroupCommit
from shared.unit_of_work import Units
from shared.web.idempotency import KeyInFlight, KeyReused


@dataclass(frozen=True, slots=True)
class Submission:
    """A request, and the mark by which its sender may send it again."""

    command: SubmitRequest
    asked: AskedBefore
    # What it was typed in: gone in the transaction in which it becomes a case.
    draft_id: UUID | None = None
    # What it began with: ended by the request, in the same transaction.
    signal_id: UUID | None = None
    # Who sends it, for the audit log.
    actor: Actor = ITSELF


Answer = Reply | Exception


class Submitting:
    """Takes requests in, many in one transaction. `receipt` writes the reply to one that became this case."""

    def __init__(self, units: Units[IntakeUnit], receipt: Callable[[Case], str]) -> None:
        self._units = units
        self._receipt = receipt
        self._group: GroupCommit[tuple[Submission, str | None], Reply] = GroupCommit(self._work)

    async def submit(self, submission: Submission) -> Reply:
        """The reply, new or the same as before. Raises a refusal, KeyReused or KeyInFlight."""
        return await self._group.ask((submission, current_traceparent()))

    async def _work(self, asked: Sequence[tuple[Submission, str | None]]) -> list[Answer]:
        submissions = [submission for submission, _ in asked]
        async with self._units.begin() as unit:
            answers = await self._known(submissions, unit)
            fresh = [number for number in range(len(submissions)) if number not in answers]
            commands, traces = [submissions[number].command for number in fresh], [asked[number][1] for number in fresh]
            cases = await submit_requests(commands, unit, traces, [submissions[number].actor for number in fresh])
            new: dict[AskedBefore, Reply] = {}
            for number, case in zip(fresh, cases, strict=True):
                answers[number] = self._answer(submissions[number], case, new)
            await unit.replies.keep(new)
            await _forget_drafts([each for each in submissions if each.asked in new], unit)
            for number, case in zip(fresh, cases, strict=True):
                signal_id = submissions[number].signal_id
                if signal_id and isinstance(case, Case):
                    await become_request(signal_id, case.opening.ambassador_id, case.id, unit)
        return [answers[number] for number in range(len(submissions))]

    async def _known(self, submissions: Sequence[Submission], unit: IntakeUnit) -> dict[int, Answer]:
        """By number, what has an answer already: replied before, in other hands, or twice in this batch."""
        taken = await unit.replies.take({submission.asked for submission in submissions})
        seen: set[tuple[str, str]] = set()
        answers: dict[int, Answer] = {}
        for number, submission in enumerate(submissions):
            mark = (submission.asked.scope, submission.asked.key)
            if submission.asked in taken.held or mark in seen:
                answers[number] = KeyInFlight()
            elif mark in taken.known:
                answers[number] = _again(taken.known[mark], submission.asked)
            seen.add(mark)
        return answers

    def _answer(self, submission: Submission, case: Case | Exception, new: dict[AskedBefore, Reply]) -> Answer:
        """A refused request keeps no reply, so that its sender may send it corrected."""
        if not isinstance(case, Case):
            return case
        new[submission.asked] = Reply(submission.asked.fingerprint, HTTPStatus.CREATED, self._receipt(case))
        return new[submission.asked]


async def _forget_drafts(sent: Sequence[Submission], unit: IntakeUnit) -> None:
    drafts = [each.draft_id for each in sent if each.draft_id]
    if drafts:
        await unit.drafts.forget(drafts)


def _again(reply: Reply, asked: AskedBefore) -> Answer:
    return reply if reply.fingerprint == asked.fingerprint else KeyReused()
