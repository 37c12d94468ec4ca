"""From a checked request to its reply: known keys are answered again, the rest becomes cases, all in one commit."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from services.intake.commands import SubmitRequest
from services.intake.domain.case import Case
from services.intake.handlers import submit_requests
from services.intake.ports import AskedBefore, IntakeUnit, Reply
from services.intake.web.replies import Addresses, receipt
from shared.storage.group_commit import GroupCommit
from shared.unit_of_work import Units
from shared.web.idempotency import KeyInFlight, KeyReused


@dataclass(frozen=True, slots=True)
class Submission:
    """A request, and the mark by which its sender may send it again."""

    command: SubmitRequest
    asked: AskedBefore


Outcome = Reply | Exception
CREATED: Final = 201


class Submitting:
    """Takes requests in, many in one transaction."""

    def __init__(self, units: Units[Any], addresses: Addresses) -> None:
        self._units = units
        self._addresses = addresses
        self._group: GroupCommit[Submission, Reply] = GroupCommit(self._work)

    async def submit(self, submission: Submission) -> Reply:
        """The reply, new or the same as before. Raises a refusal, KeyReused or KeyInFlight."""
        return await self._group.ask(submission)

    async def _work(self, submissions: Sequence[Submission]) -> list[Outcome]:
        async with self._units.begin() as unit:
            outcomes = await self._known(submissions, unit)
            fresh = [place for place in range(len(submissions)) if place not in outcomes]
            cases = await submit_requests([submissions[place].command for place in fresh], unit)
            new: dict[AskedBefore, Reply] = {}
            for place, case in zip(fresh, cases, strict=True):
                outcomes[place] = self._reply(submissions[place], case, new)
            await unit.replies.keep(new)
        return [outcomes[place] for place in range(len(submissions))]

    async def _known(self, submissions: Sequence[Submission], unit: IntakeUnit) -> dict[int, Outcome]:
        """The places whose answer is there already: replied before, in other hands, or twice in this batch."""
        taken = await unit.replies.take({submission.asked for submission in submissions})
        seen: set[tuple[str, str]] = set()
        outcomes: dict[int, Outcome] = {}
        for place, submission in enumerate(submissions):
            mark = (submission.asked.scope, submission.asked.key)
            if submission.asked in taken.held or mark in seen:
                outcomes[place] = KeyInFlight()
            elif mark in taken.known:
                outcomes[place] = _again(taken.known[mark], submission.asked)
            seen.add(mark)
        return outcomes

    def _reply(self, submission: Submission, case: Case | Exception, new: dict[AskedBefore, Reply]) -> Outcome:
        """A refused request keeps no reply, so that its sender may mend it."""
        if not isinstance(case, Case):
            return case
        body = receipt(case, self._addresses)
        new[submission.asked] = Reply(submission.asked.fingerprint, CREATED, body)
        return new[submission.asked]


def _again(reply: Reply, asked: AskedBefore) -> Outcome:
    return reply if reply.fingerprint == asked.fingerprint else KeyReused()
