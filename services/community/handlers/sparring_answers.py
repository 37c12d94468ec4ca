"""Who is asked answers, passes it on, or declines; behind the link of their mail, or signed in."""

from typing import Final
from uuid import UUID

from services.community.domain.errors import NotInThisState
from services.community.domain.sparring import Answer, Ask, Question
from services.community.domain.sparring_errors import QuestionEnded, QuestionNotFound
from services.community.handlers.sparring import REMIND_ASKED, hold_ask, send, watch_help, whom_to_ask
from services.community.handlers.sparring_text import refuse_persons
from services.community.ports import CommunityUnit

ANSWER_LINK: Final = "sparring-answer"


async def ask_of_link(token: str, unit: CommunityUnit) -> tuple[Ask, Question]:
    """What a mailed link opens. Raises QuestionNotFound, QuestionEnded or LinkExpired."""
    grant = await unit.links.resolve(token, ANSWER_LINK)
    if grant is None:
        raise QuestionNotFound
    return await read_ask(grant.subject_id, unit)


async def read_ask(ask_id: UUID, unit: CommunityUnit) -> tuple[Ask, Question]:
    """One that can be answered, to look at. Raises QuestionNotFound or QuestionEnded."""
    ask = await unit.asks.get(ask_id)
    question = await unit.questions.read(ask.question_id) if ask else None
    if ask is None or question is None:
        raise QuestionNotFound
    if not question.is_open:
        raise QuestionEnded
    return ask, question


async def place_answer(ask_id: UUID, text: str, unit: CommunityUnit, no_names: frozenset[str] = frozenset()) -> None:
    """Whoever asked hears it. Raises QuestionNotFound, QuestionEnded, NotInThisState or TellsWhoItIs."""
    refuse_persons("text", text, unit.city, no_names)
    ask, question = await hold_ask(ask_id, unit)
    ask.answer()
    answer = Answer(unit.ids.new(), question.id, ask.person_id, text, unit.now)
    unit.outbox.append(*question.take(answer, unit.now))
    await unit.questions.save(question)
    await unit.answers.save(answer)
    await _settle(ask, unit)
    watch_help(question, unit)


async def decline_to_answer(ask_id: UUID, unit: CommunityUnit) -> None:
    """No; nobody asks why. Raises QuestionNotFound, QuestionEnded or NotInThisState."""
    ask, _ = await hold_ask(ask_id, unit)
    ask.decline()
    await _settle(ask, unit)


async def pass_on(ask_id: UUID, to_person_id: UUID, unit: CommunityUnit) -> None:
    """That colleague is asked. Raises QuestionNotFound, QuestionEnded or NotInThisState."""
    ask, question = await hold_ask(ask_id, unit)
    turn = await whom_to_ask(question, unit)
    if to_person_id not in turn.free:
        raise NotInThisState("Deze collega kan nu niet gevraagd worden. Kies een andere.")
    other = Ask(unit.ids.new(), question.id, to_person_id, unit.now, passed_by=ask.person_id)
    unit.outbox.append(*ask.pass_on(other, unit.now))
    await _settle(ask, unit)
    await send(other, question, unit)


async def _settle(ask: Ask, unit: CommunityUnit) -> None:
    await unit.asks.save(ask)
    unit.timers.clear(f"{REMIND_ASKED}:{ask.id}")
