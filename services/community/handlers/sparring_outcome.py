"""Whoever asked says whether it helped, makes a request of it, or takes it back; and it may become an article."""

from datetime import timedelta
from textwrap import shorten
from typing import Final
from uuid import UUID

from services.community.domain.edition import Words
from services.community.domain.sparring import Answer, Question, QuestionState
from services.community.domain.sparring_errors import AnswerNotFound
from services.community.domain.sparring_turn import Partner
from services.community.handlers.forgetting import FORGOTTEN_AT_ONCE
from services.community.handlers.knowledge import propose_from
from services.community.handlers.sparring import ask_next, hold_question, stop_asking, watch_again
from services.community.handlers.sparring_text import refuse_persons
from services.community.ports import CommunityUnit
from shared.kernel.dutch_words import dutch, is_known, lemma_of, parts_of
from shared.kernel.searched_words import carrying, folded, words_in
from shared.unit_of_work import Timer

MOST_COMPARED: Final = 500
MOST_ALIKE: Final = 3
LONGEST_TITLE: Final = 100


async def ask_whether_it_helped(timer: Timer, unit: CommunityUnit) -> None:
    """Once, while nobody said so."""
    question = await unit.questions.get(timer.subject)
    if question is not None:
        unit.outbox.append(*question.ask_whether_it_helped(unit.now))


async def it_helped(question_id: UUID, person_id: UUID, unit: CommunityUnit, *, for_article: bool) -> None:
    """It did; `for_article`: who answered is asked for an OK. Raises QuestionNotFound or NotInThisState."""
    question = await hold_question(question_id, unit, person_id)
    unit.outbox.append(*question.helped(unit.now))
    await unit.questions.save(question)
    await stop_asking(question, unit)
    if for_article:
        for answer in await unit.answers.list_of([question.id]):
            unit.outbox.append(*answer.agree_on_article(unit.now))
            await unit.answers.save(answer)


async def it_did_not_help(question_id: UUID, person_id: UUID, unit: CommunityUnit) -> None:
    """Others are asked. Raises QuestionNotFound or NotInThisState."""
    question = await hold_question(question_id, unit, person_id)
    question.did_not_help()
    await unit.questions.save(question)
    watch_again(question, unit)
    await ask_next(question, unit)


async def turn_into_request(question_id: UUID, person_id: UUID, unit: CommunityUnit) -> Question:
    """It goes on as a request, of which this is no part. Raises QuestionNotFound or NotInThisState."""
    question = await hold_question(question_id, unit, person_id)
    unit.outbox.append(*question.turn(unit.now))
    await unit.questions.save(question)
    await stop_asking(question, unit)
    return question


async def withdraw_question(question_id: UUID, person_id: UUID, unit: CommunityUnit) -> None:
    """Not any more. Raises QuestionNotFound or NotInThisState."""
    question = await hold_question(question_id, unit, person_id)
    question.withdraw()
    await unit.questions.save(question)
    await stop_asking(question, unit)


async def find_answer(answer_id: UUID, person_id: UUID, unit: CommunityUnit) -> tuple[Answer, Question]:
    """What this person answered, to look at. Raises AnswerNotFound."""
    answer = await unit.answers.get(answer_id)
    question = await unit.questions.read(answer.question_id) if answer else None
    if answer is None or question is None or answer.person_id != person_id:
        raise AnswerNotFound
    return answer, question


async def agree_on_article(
    answer_id: UUID, person_id: UUID, unit: CommunityUnit, no_names: frozenset[str]
) -> UUID | None:
    """Both agree: a draft, to go on with; None: the article is there. Whoever asked unseen does not write along.

    Raises AnswerNotFound, NotInThisState, or TellsWhoItIs when it tells of a person.
    """
    answer, question = await _hold_answer(answer_id, person_id, unit)
    for text in (question.text, answer.text):
        refuse_persons("noNames", text, unit.city, no_names)
    unit.outbox.append(*answer.offer(unit.now))
    await unit.answers.save(answer)
    writers = (answer.person_id, None if question.anonymous else question.person_id)
    authors = [one for one in writers if one is not None]
    words = Words(shorten(question.text, LONGEST_TITLE, placeholder=" …"), f"{question.text}\n\n{answer.text}")
    return await propose_from(question.id, words, question.expertise, authors, unit)


async def keep_between_us(answer_id: UUID, person_id: UUID, unit: CommunityUnit) -> None:
    """No article of it. Raises AnswerNotFound or NotInThisState."""
    answer, _ = await _hold_answer(answer_id, person_id, unit)
    answer.keep_between_us()
    await unit.answers.save(answer)


async def alike(text: str, unit: CommunityUnit) -> list[tuple[Question, list[Answer]]]:
    """What was answered before so that it helped, and has words in common with this: the most alike first."""
    asked = _meant_by(text, unit)
    helped = await unit.questions.list_helped(MOST_COMPARED)
    compared = [(len(asked & _meant_by(one.text, unit)), one) for one in helped]
    best = [one for common, one in sorted(compared, key=lambda each: -each[0])[:MOST_ALIKE] if common]
    answers = await unit.answers.list_of([one.id for one in best])
    return [(one, [answer for answer in answers if answer.question_id == one.id]) for one in best]


async def be_asked(partner: Partner, unit: CommunityUnit) -> None:
    """This person gets questions that they know of."""
    await unit.partners.save(partner)


async def let_sparring_go(person_id: UUID, unit: CommunityUnit) -> None:
    """What this person asked and did not end goes; of what helped, nobody reads whose it was."""
    for known in await unit.questions.list_of_person(person_id):
        question = await hold_question(known.id, unit)
        await stop_asking(question, unit)
        if question.state is QuestionState.HELPED:
            question.person_id = None
            await unit.questions.save(question)
        else:
            await unit.questions.remove([question.id])
    await unit.asks.forget_person(person_id)
    await unit.answers.forget_person(person_id)
    await unit.partners.remove(person_id)


async def forget_questions(unit: CommunityUnit) -> None:
    """After as long as the city keeps them."""
    asked = unit.now - timedelta(weeks=unit.city.sparring.kept_weeks)
    await unit.questions.remove(await unit.questions.list_old(asked, FORGOTTEN_AT_ONCE))


async def _hold_answer(answer_id: UUID, person_id: UUID, unit: CommunityUnit) -> tuple[Answer, Question]:
    known, _ = await find_answer(answer_id, person_id, unit)
    question = await hold_question(known.question_id, unit)
    answer, _ = await find_answer(answer_id, person_id, unit)
    return answer, question


def _meant_by(text: str, unit: CommunityUnit) -> frozenset[str]:
    small = dutch().small.union(map(folded, unit.city.search.small))
    words = carrying(words_in(text), small)
    parts = (part for word in words for part in (word, *(parts_of(word, is_known) or ())))
    return frozenset(map(lemma_of, parts))
