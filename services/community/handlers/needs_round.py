"""A round at a gathering: wishes, subjects, votes, and what becomes of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from services.community.domain.errors import GatheringNotFound, NotInThisState, SubjectNotFound, TitleTaken
from services.community.domain.needs_round import OutcomeState, Subject, Way, Wish
from services.community.domain.seat import FORGOTTEN_AFTER
from services.community.handlers.forgetting import FORGOTTEN_AT_ONCE
from services.community.handlers.gatherings import find_gathering
from services.community.ports import CommunityUnit
from shared.kernel.translatable import to_translate
from shared.unit_of_work import Timer

OUTCOME_DUE: Final = "outcome due"


@dataclass(frozen=True, slots=True)
class Round:
    """All of one gathering: subjects with the most votes first, each with its wishes; and those under no subject."""

    subjects: list[tuple[Subject, list[Wish]]]
    loose: list[Wish]


async def tell_wish(gathering_id: UUID, words: str, way: Way, unit: CommunityUnit) -> None:
    """From the beginning of the gathering until there is a report. Raises GatheringNotFound or NotInThisState."""
    gathering = await find_gathering(gathering_id, unit)
    if not gathering.takes_wishes(unit.now):
        raise NotInThisState(to_translate("Vertellen kan vanaf het begin van de bijeenkomst, tot het verslag er is."))
    await unit.wishes.add(Wish(unit.ids.new(), gathering.id, words, way, unit.now))


async def show_round(gathering_id: UUID, unit: CommunityUnit) -> Round:
    """As it stands."""
    wishes = await unit.wishes.list_of(gathering_id)
    subjects = sorted(await unit.subjects.list_of(gathering_id), key=lambda one: (-one.all_votes, one.title, one.id))
    told = [(subject, [one for one in wishes if one.subject_id == subject.id]) for subject in subjects]
    return Round(told, [one for one in wishes if one.subject_id is None])


async def put_together(gathering_id: UUID, title: str, wishes: Collection[UUID], unit: CommunityUnit) -> None:
    """These wishes stand under one subject, which may be there already. Raises GatheringNotFound."""
    await _hold(gathering_id, unit)
    known = {one.title.casefold(): one for one in await unit.subjects.list_of(gathering_id)}
    subject = known.get(title.casefold())
    if subject is None:
        subject = Subject(unit.ids.new(), gathering_id, title)
        await unit.subjects.save(subject)
    theirs = [one.id for one in await unit.wishes.list_of(gathering_id) if one.id in wishes]
    await unit.wishes.put_under(subject.id, theirs)


async def remove_wishes(gathering_id: UUID, wishes: Collection[UUID], unit: CommunityUnit) -> None:
    """For good, and a subject goes with its last wish, unless something was agreed on. Raises GatheringNotFound."""
    await _hold(gathering_id, unit)
    known = await unit.wishes.list_of(gathering_id)
    gone, left = [one for one in known if one.id in wishes], [one for one in known if one.id not in wishes]
    await unit.wishes.remove([one.id for one in gone])
    for subject_id in {one.subject_id for one in gone} - {one.subject_id for one in left}:
        subject = await unit.subjects.get(subject_id) if subject_id else None
        if subject is not None and subject.state is OutcomeState.NONE:
            await unit.subjects.remove(subject.id)


async def rename_subject(subject_id: UUID, title: str, unit: CommunityUnit) -> Subject:
    """Everybody reads this from now on. Raises SubjectNotFound, GatheringNotFound or TitleTaken."""
    gathering_id = (await find_subject(subject_id, unit)).gathering_id
    await _hold(gathering_id, unit)
    subject = await _held(subject_id, unit)
    others = (one for one in await unit.subjects.list_of(gathering_id) if one.id != subject.id)
    if title.casefold() in {one.title.casefold() for one in others}:
        raise TitleTaken
    subject.title = title
    await unit.subjects.save(subject)
    return subject


async def forget_loose_wishes(unit: CommunityUnit) -> None:
    """What stands under no subject goes four weeks after the gathering."""
    await unit.wishes.remove(await unit.wishes.list_loose(unit.now - FORGOTTEN_AFTER, FORGOTTEN_AT_ONCE))


async def count_votes(subject_id: UUID, votes: int, unit: CommunityUnit) -> Subject:
    """As counted in the room. Raises SubjectNotFound."""
    subject = await _held(subject_id, unit)
    subject.votes = votes
    await unit.subjects.save(subject)
    return subject


async def agree_on_outcome(subject_id: UUID, outcome: str, owner: str, due_on: date, unit: CommunityUnit) -> Subject:
    """Somebody takes it up by that day. Raises SubjectNotFound or NotInThisState."""
    subject = await _held(subject_id, unit)
    unit.outbox.append(*subject.agree(outcome, owner, due_on, unit.now))
    await unit.subjects.save(subject)
    at = unit.city.instant_of(due_on, unit.city.follow_up.asked_at)
    unit.timers.set(Timer(_key(subject.id), OUTCOME_DUE, subject.id, at))
    return subject


async def close_outcome(subject_id: UUID, unit: CommunityUnit, *, done: bool) -> Subject:
    """Everybody sees how it ended. Raises SubjectNotFound or NotInThisState."""
    subject = await _held(subject_id, unit)
    unit.outbox.append(*subject.close(unit.now, done=done))
    await unit.subjects.save(subject)
    unit.timers.clear(_key(subject.id))
    return subject


async def tell_that_outcome_is_due(timer: Timer, unit: CommunityUnit) -> None:
    """The desk asks how it goes."""
    subject = await unit.subjects.get(timer.subject)
    if subject is not None:
        unit.outbox.append(*subject.come_due(unit.city.day_of(unit.now), unit.now))


async def show_subject(subject_id: UUID, unit: CommunityUnit) -> tuple[Subject, list[Wish]]:
    """One, with its wishes. Raises SubjectNotFound."""
    subject = await find_subject(subject_id, unit)
    return subject, [one for one in await unit.wishes.list_of(subject.gathering_id) if one.subject_id == subject.id]


async def find_subject(subject_id: UUID, unit: CommunityUnit) -> Subject:
    """One, to look at. Raises SubjectNotFound."""
    subject = await unit.subjects.read(subject_id)
    if subject is None:
        raise SubjectNotFound
    return subject


async def _held(subject_id: UUID, unit: CommunityUnit) -> Subject:
    """To change it. Whoever needs its gathering too holds that one first."""
    subject = await unit.subjects.get(subject_id)
    if subject is None:
        raise SubjectNotFound
    return subject


async def _hold(gathering_id: UUID, unit: CommunityUnit) -> None:
    """Who puts together and who removes wait for each other, so that neither undoes what the other did."""
    if await unit.gatherings.get(gathering_id) is None:
        raise GatheringNotFound


def _key(subject_id: UUID) -> str:
    return f"outcome:{subject_id}"
