"""Families that say what partners may read, change their minds, and stop: with one partner, or with everything."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from services.intake.commands import AnswerConsent
from services.intake.domain.consent import FieldSet
from services.intake.domain.consent_given import How
from services.intake.domain.rules import Viewer
from services.intake.handlers.consents import give_consent, refuse_consent, withdraw_consent
from shared.events.base import ConsentGiver
from tests.simulation.doing import Doing


class Sharing(Doing):
    """What a family does with its consent; its ambassador writes it down, or it does so on its own page."""

    async def answer_or_stop(
        self, families: Sequence[UUID], speaks_for: Callable[[UUID], Viewer], organisations: Sequence[UUID]
    ) -> None:
        """Now and then one of these."""
        if not families:
            return
        case_id = self.random.choice(families)
        chance, by = self.random.random(), self.random.choice([speaks_for(case_id), None])
        if chance < 0.1:
            await self._does("withdraws", case_id, partial(withdraw_consent, case_id, by, None))
        elif chance < 0.2:
            partner = self.random.choice(organisations)
            await self._does("stops with a partner", case_id, partial(withdraw_consent, case_id, by, partner))
        elif chance < 0.4:
            allowed = frozenset(self.random.sample(list(FieldSet), self.random.randint(0, 2)))
            command = AnswerConsent(
                case_id=case_id, partner_kind=None, field_sets=allowed,
                given_by=self.random.choice(list(ConsentGiver)), given_on=self.world.today, text_version="2026-1",
                language="nl", interpreter=False, how=How.SPOKEN if by else How.OWN_PAGE,
            )  # fmt: skip
            answers = give_consent if allowed else refuse_consent
            await self._does("says what partners may read", case_id, partial(answers, command, by))

    async def _does(self, what: str, case_id: UUID, work: Any) -> None:
        await self.do(self.world.intake, what, case_id, lambda unit: work(unit=unit))
