"""Questions to colleagues: asked of a few at once, of others when nobody answers, and then it is for the desk."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from services.community.domain.lots import lot_of
from services.community.domain.sparring import Answer, Ask, AskState, Question
from services.community.domain.sparring_errors import QuestionEnded, QuestionNotFound
from services.community.domain.sparring_turn import Bounds, Partner, Turn, whose_turn
from services.community.handlers.sparring_text import refuse_persons
from services.community.ports import CommunityUnit
from shared.kernel.city import WorkingDays
from shared.kernel.dutch_calendar import DutchCalendar
from shared.kernel.working_time import WorkingTime
from shared.unit_of_work import Timer

REMIND_ASKED: Final = "sparring remind"
ASK_OTHERS: Final = "sparring others"
FOR_DESK: Final = "sparring desk"
ASK_HELPED: Final = "sparring helped"
KINDS: Final = (REMIND_ASKED, ASK_OTHERS, FOR_DESK, ASK_HELPED)


@dataclass(frozen=True, slots=True)
class AskColleagues:
    """What somebody asks. `no_names`: words of it that look like names and are none."""

    text: str
    expertise: str
    district: str
    language: str
    anonymous: bool
    no_names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Shown:
    """A question with all that came of it."""

    question: Question
    asks: Sequence[Ask]
    answers: Sequence[Answer]


async def ask_colleagues(command: AskColleagues, person_id: UUID, unit: CommunityUnit) -> UUID:
    """The first few get a mail. Raises TellsWhoItIs."""
    refuse_persons("text", command.text, unit.city, command.no_names)
    question = Question(
        unit.ids.new(), person_id, command.text, command.expertise, command.district, command.language,
        command.anonymous, unit.now,
    )  # fmt: skip
    unit.outbox.append(*question.ask(unit.now))
    await unit.questions.save(question)
    await ask_next(question, unit)
    _set(question, FOR_DESK, unit.city.sparring.desk_after, unit)
    return question.id


async def ask_next(question: Question, unit: CommunityUnit) -> None:
    """The next few get a mail; who was asked before may still answer."""
    turn = await _turn(question, await unit.partners.hold_all(question.expertise), unit)
    for person_id in turn.free[: unit.city.sparring.ask_at_once]:
        await send(Ask(unit.ids.new(), question.id, person_id, unit.now), question, unit)
    _set(question, ASK_OTHERS, unit.city.sparring.others_after, unit)


async def send(ask: Ask, question: Question, unit: CommunityUnit) -> None:
    """This person gets a mail, and a reminder."""
    unit.outbox.append(*ask.send(question, unit.now))
    await unit.asks.save(ask)
    at = working_time(unit).due_after(unit.now, unit.city.sparring.remind_after)
    unit.timers.set(Timer(f"{REMIND_ASKED}:{ask.id}", REMIND_ASKED, ask.id, at))


async def remind_asked(timer: Timer, unit: CommunityUnit) -> None:
    """Who did not answer, once, while it is of use."""
    known = await unit.asks.get(timer.subject)
    question = await unit.questions.get(known.question_id) if known else None
    ask = await unit.asks.get(timer.subject)
    if ask is not None and question is not None and question.is_open:
        unit.outbox.append(*ask.remind(unit.now))
        await unit.asks.save(ask)


async def ask_others(timer: Timer, unit: CommunityUnit) -> None:
    """Nobody answered in time: the next few are asked, until it is for the desk."""
    question = await unit.questions.get(timer.subject)
    if question is not None and question.waits_for_colleagues:
        await ask_next(question, unit)


async def tell_desk(timer: Timer, unit: CommunityUnit) -> None:
    """Nobody answered at all."""
    question = await unit.questions.get(timer.subject)
    if question is not None:
        unit.outbox.append(*question.go_to_desk(unit.now))
        await unit.questions.save(question)


async def whom_to_ask(question: Question, unit: CommunityUnit) -> Turn:
    """Who could be asked now, and who is skipped and why: for the desk, and for whoever passes it on."""
    return await _turn(question, await unit.partners.read_all(question.expertise), unit)


async def show_question(question_id: UUID, unit: CommunityUnit) -> Shown:
    """All of it. Raises QuestionNotFound."""
    question = await unit.questions.read(question_id)
    if question is None:
        raise QuestionNotFound
    return Shown(question, await unit.asks.list_of(question.id), await unit.answers.list_of([question.id]))


async def asked_of(person_id: UUID, unit: CommunityUnit) -> list[tuple[Ask, Question]]:
    """What this person can answer now."""
    asks = [one for one in await unit.asks.list_of_people([person_id]) if one.state is AskState.SENT]
    found = [(one, await unit.questions.read(one.question_id)) for one in asks]
    return [(ask, question) for ask, question in found if question is not None and question.is_open]


async def hold_question(question_id: UUID, unit: CommunityUnit, person_id: UUID | None = None) -> Question:
    """To change it; of `person_id`, when given. Raises QuestionNotFound."""
    question = await unit.questions.get(question_id)
    if question is None or (person_id is not None and question.person_id != person_id):
        raise QuestionNotFound
    return question


async def hold_ask(ask_id: UUID, unit: CommunityUnit) -> tuple[Ask, Question]:
    """One, with its question, while it can be answered. Raises QuestionNotFound or QuestionEnded."""
    known = await unit.asks.get(ask_id)
    question = await unit.questions.get(known.question_id) if known else None
    ask = await unit.asks.get(ask_id)
    if ask is None or question is None:
        raise QuestionNotFound
    if not question.is_open:
        raise QuestionEnded
    return ask, question


async def stop_asking(question: Question, unit: CommunityUnit) -> None:
    """Nobody is asked any more, and no mail follows."""
    unit.timers.clear(*(f"{kind}:{question.id}" for kind in KINDS))
    for ask in await unit.asks.list_of(question.id):
        unit.timers.clear(f"{REMIND_ASKED}:{ask.id}")
        unit.outbox.append(*ask.close(unit.now))
        await unit.asks.save(ask)


def watch_help(question: Question, unit: CommunityUnit) -> None:
    """Somebody answered: nobody else is asked, and later whether it helped."""
    unit.timers.clear(f"{ASK_OTHERS}:{question.id}", f"{FOR_DESK}:{question.id}")
    _set(question, ASK_HELPED, unit.city.sparring.others_after, unit)


def watch_again(question: Question, unit: CommunityUnit) -> None:
    """What was answered did not help."""
    unit.timers.clear(f"{ASK_HELPED}:{question.id}")
    _set(question, FOR_DESK, unit.city.sparring.desk_after, unit)


def working_time(unit: CommunityUnit) -> WorkingTime:
    """In the city's own days."""
    return WorkingTime(unit.city, DutchCalendar())


async def _turn(question: Question, partners: Collection[Partner], unit: CommunityUnit) -> Turn:
    today, people = unit.city.day_of(unit.now), [one.person_id for one in partners]
    members = await unit.members.read_many(people)
    there = {person_id for person_id, one in members.items() if one.standing}
    bounds = Bounds(
        today,
        unit.now,
        unit.city.sparring.asks_per_week,
        away={person_id for person_id, one in members.items() if one.is_away(today)},
        at_limit=await unit.care.limits.at_limit(people),
    )
    asks = await unit.asks.list_of_people(people)
    return whose_turn(
        question,
        [one for one in partners if one.person_id in there],
        asks,
        bounds,
        lambda one: lot_of(question.id, one),
    )


def _set(question: Question, kind: str, after: WorkingDays, unit: CommunityUnit) -> None:
    due = working_time(unit).due_after(unit.now, after)
    unit.timers.set(Timer(f"{kind}:{question.id}", kind, question.id, due))
