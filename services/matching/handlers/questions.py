"""What a partner wants to know first, and what the ambassador answers. The words stay here; the events carry an id."""

from services.matching.commands import WriteWords
from services.matching.domain.errors import StepNotPossible
from services.matching.domain.partner_question import PartnerQuestion
from services.matching.domain.referral import Referral
from services.matching.handlers.loading import lock_referral
from services.matching.handlers.terms import answer_by_after_pause
from services.matching.ports import MatchingUnit


async def ask_first(command: WriteWords, unit: MatchingUnit) -> Referral:
    """The partner asks something first; its time to answer stands still. Raises StepNotPossible."""
    referral, case = await lock_referral(command.referral_id, unit)
    question = PartnerQuestion(unit.ids.new(), case.id, referral.id, command.written_by, unit.now, command.words)
    unit.outbox.append(*referral.ask(question.id, at=unit.now))
    await unit.referrals.save(referral)
    await unit.referrals.save_question(question)
    return referral


async def answer_question(command: WriteWords, unit: MatchingUnit) -> Referral:
    """The ambassador answers; the partner has the time that it had left. Raises StepNotPossible."""
    referral, _ = await lock_referral(command.referral_id, unit)
    waiting = [one for one in await unit.referrals.list_questions(referral.id) if one.is_open]
    if not waiting:
        raise StepNotPossible(referral.state, "answer")
    question = waiting[-1]
    again = answer_by_after_pause(question.asked_at, referral.answer_by, unit)
    unit.outbox.append(*referral.answer(question.id, answer_by=again, at=unit.now))
    question.answer, question.answered_by, question.answered_at = command.words, command.written_by, unit.now
    await unit.referrals.save(referral)
    await unit.referrals.save_question(question)
    return referral
