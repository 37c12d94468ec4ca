"""The skills passport: switched on by the desk for a few people, filled and erased by whose it is."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from services.community.domain.errors import NotInThisState, PassportNotFound, SkillNotFound
from services.community.domain.passport import (
    Endorsement,
    EndorsementState,
    Helped,
    Passport,
    Skill,
    Source,
)
from services.community.handlers.free_text import refuse_persons
from services.community.ports import CommunityUnit

ENDORSE_LINK: Final = "endorse"


@dataclass(frozen=True, slots=True)
class EndorsementLetter:
    """What a mail that asks for a word needs."""

    email: str
    name: str
    token: str


async def switch_on(person_id: UUID, unit: CommunityUnit) -> None:
    """For this person, while the city has room in its pilot. Raises PassportNotFound or NotInThisState."""
    member = await unit.members.read(person_id)
    if member is None or not member.active:
        raise PassportNotFound
    people = await unit.passports.list_people()
    if person_id in people:
        raise NotInThisState("Het paspoort staat voor deze persoon al aan.")
    if len(people) >= unit.city.gatherings.passport_pilot_people:
        raise NotInThisState(f"De proef is vol: {len(people)} mensen doen mee.")
    await unit.passports.save(Passport(person_id, unit.now))


async def describe_skill(person_id: UUID, skill: Skill, unit: CommunityUnit) -> None:
    """One more. Raises PassportNotFound, TellsWhoItIs or NotInThisState."""
    passport = await held(person_id, unit)
    refuse_persons("name", skill.name, unit.city)
    refuse_persons("example", skill.example, unit.city)
    passport.describe(skill)
    await unit.passports.save(passport)


async def drop_skill(person_id: UUID, skill_id: UUID, unit: CommunityUnit) -> None:
    """Not any more. Raises PassportNotFound or SkillNotFound."""
    passport = await held(person_id, unit)
    passport.drop(skill_id)
    await unit.passports.save(passport)


async def ask_endorsement(person_id: UUID, skill_id: UUID, name: str, email: str, unit: CommunityUnit) -> None:
    """They get a mail. Raises PassportNotFound, SkillNotFound or NotInThisState."""
    passport = await held(person_id, unit)
    asked = Endorsement(unit.ids.new(), name, email)
    unit.outbox.append(*passport.ask(skill_id, asked, unit.now))
    await unit.passports.save(passport)
    await unit.passports.add_question(asked.id, person_id)


async def forget_endorsement(person_id: UUID, endorsement_id: UUID, unit: CommunityUnit) -> None:
    """The question, or what came of it, goes. Raises PassportNotFound or SkillNotFound."""
    passport = await held(person_id, unit)
    passport.forget(endorsement_id)
    await unit.passports.save(passport)
    await unit.passports.remove_question(endorsement_id)


async def say_whether_it_helped(person_id: UUID, helped: Helped, unit: CommunityUnit) -> None:
    """The short question of the pilot. Raises PassportNotFound."""
    passport = await held(person_id, unit)
    passport.helped = helped
    await unit.passports.save(passport)


async def erase_passport(person_id: UUID, unit: CommunityUnit) -> None:
    """All of it, for good, with its key."""
    await unit.passports.remove(person_id)


async def held(person_id: UUID, unit: CommunityUnit) -> Passport:
    """Locked until the transaction ends. Raises PassportNotFound."""
    passport = await unit.passports.get(person_id)
    if passport is None:
        raise PassportNotFound
    return passport


async def endorsement_of_link(token: str, unit: CommunityUnit) -> tuple[Passport, Skill, Endorsement]:
    """Behind a mailed link. Raises SkillNotFound or LinkExpired."""
    grant = await unit.links.resolve(token, ENDORSE_LINK)
    passport = await unit.passports.get(grant.holder_id) if grant else None
    if grant is None or passport is None:
        raise SkillNotFound
    return (passport, *passport.find(grant.subject_id))


async def endorse(token: str, unit: CommunityUnit, *, agrees: bool) -> None:
    """Yes, no, or not any more. Raises SkillNotFound or LinkExpired."""
    passport, _, endorsement = await endorsement_of_link(token, unit)
    passport.answer(endorsement.id, unit.city.day_of(unit.now), agrees=agrees)
    await unit.passports.save(passport)


async def prepare_endorsement_letter(endorsement_id: UUID, unit: CommunityUnit) -> EndorsementLetter | None:
    """None: it is answered, or nobody asks any more."""
    person_id = await unit.passports.who_asked(endorsement_id)
    passport = await unit.passports.get(person_id) if person_id else None
    if passport is None:
        return None
    _, found = passport.find(endorsement_id)
    if found.state is not EndorsementState.ASKED:
        return None
    # Long enough to take a word back later.
    until = unit.now + timedelta(weeks=unit.city.gatherings.kept_weeks)
    link = await unit.links.mint(ENDORSE_LINK, endorsement_id, passport.person_id, until)
    return EndorsementLetter(found.email, found.name, link.token)


def new_skill(name: str, source: Source, example: str, unit: CommunityUnit) -> Skill:
    """What somebody typed."""
    return Skill(unit.ids.new(), name, source, example)
