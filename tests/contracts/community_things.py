"""What somebody proposed, is asked as an expert by experience, and can sign; and an example: one of each."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Final
from uuid import UUID, uuid5

from services.community.domain.appointment import Appointment
from services.community.domain.article import About, Article, ArticleKind, ArticleState, Owner
from services.community.domain.card import Audience, Card, CardField
from services.community.domain.card_mail import CardMail
from services.community.domain.check_in import CheckIn
from services.community.domain.company import Company, Moment, PartOfDay, Visit
from services.community.domain.edition import Edition, EditionState, Words
from services.community.domain.example import Example, ExampleState, FirstName, Told
from services.community.domain.expertise import ExpertAsk
from services.community.domain.hosting import HostTurn, TurnState
from services.community.domain.introduction import Introduction
from services.community.domain.notice import Good, Notice, Reply, Side, Wanted
from services.community.domain.passport import Endorsement, Passport, Skill, Source
from services.community.domain.sparring import Answer, Ask, Question
from services.community.domain.topic import Topic
from services.community.domain.vision import Vision
from services.community.ports import CommunityUnit
from shared.events.alike_families import FamilyShape
from shared.events.base import Role
from tests.parts.people import member
from tests.unit.community.world import EVENING, an_id

EXAMPLE: Final = an_id("example")


async def add_all(
    unit: CommunityUnit, gathering_id: UUID, thing_id: UUID, of: tuple[UUID, UUID], seats: tuple[UUID, UUID]
) -> None:
    """One of everything, with this id, of this person of this organisation."""
    whose, organisation_id = of
    await add_programme(unit, gathering_id, thing_id, whose)
    await add_sparring(unit, thing_id, whose)
    await add_card(unit, thing_id, whose, organisation_id)
    await add_acquaintance(unit, gathering_id, thing_id, of, seats)
    await add_swap(unit, thing_id, whose, organisation_id)


async def add_programme(unit: CommunityUnit, gathering_id: UUID, thing_id: UUID, whose: UUID) -> None:
    """All of this person, with this id; the vision is of nobody."""
    await unit.topics.save(Topic(thing_id, whose, "Geldzorgen", "", unit.now))
    await unit.expert_asks.save(ExpertAsk(thing_id, gathering_id, whose, unit.now, EVENING.starts_at, "€ 50"))
    await unit.care.check_ins.save(CheckIn(_known_to(thing_id), whose, unit.now))
    await unit.visions.save(Vision(UUID(int=1), 1, "Samen.", "", unit.now))


async def add_article(unit: CommunityUnit, thing_id: UUID, whose: UUID) -> None:
    """An article of this person, and a text for it in work."""
    article = Article(thing_id, f"artikel-{thing_id}", About(ArticleKind.STEPS), ArticleState.PUBLISHED)
    article.owner, article.edition_id = Owner(whose, whose), uuid5(thing_id, "read")
    await unit.articles.save(article)
    read = Edition(uuid5(thing_id, "read"), thing_id, Words("Fiets", "Vraag."), frozenset(), unit.now)
    for edition in (replace(read, state=EditionState.PUBLISHED), replace(read, id=thing_id)):
        await unit.editions.save(edition)


async def add_example(unit: CommunityUnit, gathering_id: UUID, hosts: Iterable[tuple[UUID, UUID]]) -> None:
    """An approved example on the table of a gathering that these people of these organisations host."""
    told = Told(FamilyShape(categories=("bike",)), FirstName.NOA, "Noa is moe.")
    await unit.examples.save(Example(EXAMPLE, told, None, unit.now, state=ExampleState.APPROVED))
    await unit.examples.tie(EXAMPLE, gathering_id)
    for person_id, organisation_id in hosts:
        turn = HostTurn(uuid5(EXAMPLE, f"{person_id}"), gathering_id, person_id, organisation_id, EVENING.starts_at)
        turn.state = TurnState.ACCEPTED
        await unit.turns.save(turn)


async def add_acquaintance(
    unit: CommunityUnit, gathering_id: UUID, thing_id: UUID, of: tuple[UUID, UUID], seats: tuple[UUID, UUID]
) -> None:
    """This person, of this organisation, hosts the gathering and is asked to meet; an appointment of these seats."""
    whose, organisation_id = of
    await unit.turns.save(
        HostTurn(thing_id, gathering_id, whose, organisation_id, EVENING.starts_at, TurnState.ACCEPTED)
    )
    await unit.introductions.add(Introduction(thing_id, thing_id, organisation_id, thing_id, unit.now))
    await unit.appointments.save(Appointment(thing_id, gathering_id, *seats, EVENING.ends_at, "Hier", unit.now))


async def add_card(unit: CommunityUnit, thing_id: UUID, whose: UUID, organisation_id: UUID) -> None:
    """A trusted person who takes mails, and a mail of theirs to this person."""
    known = _known_to(thing_id)
    await unit.members.save(member(known, organisation_id, Role.TRUSTED_PERSON))
    card = Card(known, unit.now)
    await unit.cards.save(card, card.write({}, {CardField.MESSAGES: Audience.NETWORK}, unit.now))
    await unit.card_mails.add(CardMail(thing_id, whose, known, unit.now, "Bel je mij?"))


async def add_swap(unit: CommunityUnit, thing_id: UUID, whose: UUID, organisation_id: UUID) -> None:
    """What this person booked and can, and what their organisation offers, with a reply."""
    day = unit.city.day_of(unit.now) + timedelta(days=7)
    moment = Moment(day, PartOfDay.MORNING)
    await unit.companies.save(Company(thing_id, whose, unit.now, moment, "noord", "ar", Visit.DOCTOR))
    wanted = Wanted(Side.OFFER, Good.ROOM, "Een zaal.", None, day)
    await unit.notices.save(Notice(thing_id, organisation_id, whose, unit.now, wanted))
    await unit.notices.add_reply(Reply(thing_id, thing_id, thing_id, thing_id, unit.now))
    asked = Endorsement(thing_id, "Bas Verzonnen", "bas@fonds.example")
    skill = Skill(thing_id, "Luisteren", Source.LIFE, "Elke week.", (asked,))
    await unit.passports.save(Passport(whose, unit.now, (skill,)))


async def add_sparring(unit: CommunityUnit, thing_id: UUID, whose: UUID) -> None:
    """What this person asked, is asked, and answered so that it may become an article."""
    text = "Hoe begin je een gesprek?"
    question = Question(thing_id, whose, text, "bike", "", "nl", anonymous=False, asked_at=unit.now)
    await unit.questions.save(question)
    await unit.asks.save(Ask(thing_id, thing_id, whose, unit.now))
    await unit.answers.save(Answer(thing_id, thing_id, whose, "Vraag het.", unit.now, for_article=True))


def _known_to(thing_id: UUID) -> UUID:
    """Somebody of whom there is a card, and who is asked after."""
    return uuid5(thing_id, "known")


def ids_of(thing_id: UUID) -> dict[str, UUID | str]:
    """Of what is one person's, and the version of the vision."""
    return {
        "turn_id": thing_id, "topic_id": thing_id, "ask_id": thing_id, "version": "1", "example_id": EXAMPLE,
        "introduction_id": thing_id, "appointment_id": thing_id, "mail_id": thing_id, "person_id": _known_to(thing_id),
        "skill_id": thing_id, "endorsement_id": thing_id,
        "company_id": thing_id, "notice_id": thing_id, "reply_id": thing_id,
        "question_id": thing_id, "answer_id": thing_id,
    }  # fmt: skip
