"""Organisations that want to meet, without any case: asked by somebody of one, answered by the first of the other."""

from uuid import UUID

from services.community.domain.contact import ContactKind
from services.community.domain.errors import IntroductionNotFound, NotInThisState
from services.community.domain.hosting import WORK_IN_NETWORK
from services.community.domain.introduction import KEPT_FOR, MOST_MAILED, Introduction
from services.community.domain.lots import lot_of
from services.community.handlers.contacts import note_contact
from services.community.ports import CommunityUnit


async def ask_to_meet(person_id: UUID, from_id: UUID, to_id: UUID, unit: CommunityUnit) -> None:
    """A few people of the other organisation get a mail. Raises IntroductionNotFound or NotInThisState."""
    if to_id == from_id or to_id not in await unit.organisations.list_active():
        raise IntroductionNotFound
    people = await _people_of(to_id, unit)
    if not people:
        raise NotInThisState(f"Van deze organisatie kennen we nog niemand. Vraag {unit.city.desk.in_sentence}.")
    introduction = Introduction(unit.ids.new(), from_id, to_id, person_id, unit.now)
    if not await unit.introductions.add(introduction):
        raise NotInThisState("Jullie vroegen dit al. Na twaalf weken kan het weer.")
    chosen = sorted(people, key=lambda one: lot_of(introduction.id, one))[:MOST_MAILED]
    unit.outbox.append(*introduction.ask(chosen))


async def answer_introduction(
    introduction_id: UUID, person_id: UUID, organisation_id: UUID, unit: CommunityUnit, *, agrees: bool
) -> None:
    """Whoever is first answers for the organisation. Raises IntroductionNotFound or NotInThisState."""
    introduction = await find_introduction(introduction_id, organisation_id, unit)
    unit.outbox.append(*introduction.answer(person_id, unit.now, agrees=agrees))
    await unit.introductions.save(introduction)
    if agrees:
        await note_contact([introduction.from_id, introduction.to_id], ContactKind.INTRODUCTION, unit)


async def find_introduction(introduction_id: UUID, organisation_id: UUID, unit: CommunityUnit) -> Introduction:
    """What this organisation is asked, locked. Raises IntroductionNotFound."""
    introduction = await unit.introductions.get(introduction_id)
    if introduction is None or introduction.to_id != organisation_id:
        raise IntroductionNotFound
    return introduction


async def forget_introductions(unit: CommunityUnit) -> None:
    """Twelve weeks after they were asked."""
    await unit.introductions.forget_before(unit.now - KEPT_FOR)


async def _people_of(organisation_id: UUID, unit: CommunityUnit) -> list[UUID]:
    members = await unit.members.list_of_organisation(organisation_id)
    return [one.person_id for one in members if any(one.may(role, organisation_id) for role in WORK_IN_NETWORK)]
