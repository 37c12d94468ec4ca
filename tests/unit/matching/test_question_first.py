"""A partner asks something first: its clock stands still, and the words stay here."""

from datetime import timedelta

import pytest

from services.matching.commands import WriteWords
from services.matching.domain.errors import StepNotPossible
from services.matching.domain.referral_state import ReferralState
from services.matching.handlers.partner_answers import ask_next_after_silence
from services.matching.handlers.questions import answer_question, ask_first
from shared.events.matching import InformationAnswered, InformationRequested, PartnerActivated
from tests.unit.matching.city import NOON
from tests.unit.matching.given import CONTACT, JUF, asked, expiry, state_of


async def test_question_stops_the_clock_and_its_answer_gives_the_time_that_was_left() -> None:
    world, referral_id = await asked()
    [question] = world.published(PartnerActivated)
    world.later(days=1)
    async with world.units.begin() as unit:
        await ask_first(WriteWords(referral_id, "Welke maat?", CONTACT), unit)
    # The clock that ran before says that the time is over, on its day and later: it stands still.
    async with world.units.begin() as unit:
        await ask_next_after_silence(expiry(world), unit)
    assert await state_of(world, referral_id) is ReferralState.ON_HOLD
    world.later(days=14)

    async with world.units.begin() as unit:
        await answer_question(WriteWords(referral_id, "24 inch", JUF), unit)
        [kept] = await unit.referrals.list_questions(referral_id)

    [requested], [answered] = world.published(InformationRequested), world.published(InformationAnswered)
    assert requested.question_id == answered.question_id == kept.id
    assert (kept.question, kept.answer, kept.answered_by) == ("Welke maat?", "24 inch", JUF)
    # As many working days as were left, counted from the answer.
    assert answered.answer_by - world.clock.now() == question.answer_by - (NOON + timedelta(days=1))
    async with world.units.begin() as unit:
        stale = expiry(world)
        await ask_next_after_silence(stale, unit)
    assert await state_of(world, referral_id) is ReferralState.ACTIVATED
    async with world.units.begin() as unit:
        await ask_next_after_silence(stale.model_copy(update={"due_at": answered.answer_by}), unit)
    assert await state_of(world, referral_id) is ReferralState.EXPIRED


async def test_words_of_a_question_are_in_no_event() -> None:
    world, referral_id = await asked()
    async with world.units.begin() as unit:
        await ask_first(WriteWords(referral_id, "Welke maat?", CONTACT), unit)
        await answer_question(WriteWords(referral_id, "Vierentwintig", JUF), unit)

    rows = repr(world.units.tables.table("outbox"))
    assert "maat" not in rows
    assert "Vierentwintig" not in rows


async def test_question_is_answered_once() -> None:
    world, referral_id = await asked()
    async with world.units.begin() as unit:
        await ask_first(WriteWords(referral_id, "Welke maat?", CONTACT), unit)
        await answer_question(WriteWords(referral_id, "24", JUF), unit)

    with pytest.raises(StepNotPossible):
        async with world.units.begin() as unit:
            await answer_question(WriteWords(referral_id, "26", JUF), unit)
