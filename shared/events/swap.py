"""What community publishes of people who go along to an appointment, and of what organisations do for each other."""

from uuid import UUID

from shared.events.base import Event, Instant


class CompanyFact(Event):
    """Something about somebody who goes along to an appointment; `person_id` is the one who is told."""

    person_id: UUID


class CompanionAsked(CompanyFact):
    """Whether they go along: yes or no, before `answer_by`."""

    answer_by: Instant


class CompanyAgreed(CompanyFact):
    """It goes on: the reader hears with whom."""

    with_person_id: UUID


class CompanyReminderDue(CompanyFact):
    """It is tomorrow."""


class CompanionReleased(CompanyFact):
    """Whoever went along cannot: another one is asked. Who cannot is told that it is off for them."""


class CompanyCancelled(CompanyFact):
    """It is off."""


class NoCompanionFound(CompanyFact):
    """Nobody is left who can be asked."""


class CompanyEnded(CompanyFact):
    """It was yesterday: whoever booked it is asked whether it went well."""


class NoticeFact(Event):
    """Something about what organisations ask and offer each other; `person_id` is the one who is told."""

    person_id: UUID
    organisation_id: UUID


class NoticeReplied(NoticeFact):
    """This organisation wants to help, or wants what is offered; who replies, only community knows until a yes."""


class ReplyAccepted(NoticeFact):
    """Both want it: the reader hears with whom of this organisation."""

    with_person_id: UUID


class ReplyDeclined(NoticeFact):
    """This organisation says no; nobody hears why, nor who said so."""


class NoticeEnded(NoticeFact):
    """Its time is over, and nobody said that it is done."""
