"""What notify asks at the moment of sending: where to, and the link or code that goes in this one mail."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import timedelta
from typing import Final
from uuid import UUID

from services.matching.domain.case import CaseFile, CaseState
from services.matching.domain.network import Person
from services.matching.domain.referral import Referral
from services.matching.domain.referral_state import ASKED, SAID_YES, ReferralState
from services.matching.handlers.directory_links import answer_applicant, answer_with_entry_link
from services.matching.handlers.recipients import Recipient, recipients_of
from services.matching.ports import MatchingUnit
from shared.access.links import Link
from shared.events.base import Role
from shared.events.http import DeliveryAnswer, DeliveryQuestion, DirectoryLink, Mentioned, ReferralLink

ANSWER_LINK: Final = "answer"
FAMILY_LINK: Final = "family"
ANSWER_PATH: Final = "/antwoord"
FAMILY_PATH: Final = "/doorverwijzingen/link"
ANSWER_LINK_VALID_FOR = timedelta(days=180)
NOBODY: Final = DeliveryAnswer(state="nobody")
NO_LONGER_NEEDED: Final = DeliveryAnswer(state="no-longer-needed")
# In which states a mail with this link still has something to open.
OPENS_IN: Final[Mapping[ReferralLink, AbstractSet[ReferralState]]] = {
    ReferralLink.ANSWER: ASKED,
    ReferralLink.HELP: SAID_YES,
    ReferralLink.FAMILY: frozenset(ReferralState) - {ReferralState.WITHDRAWN},
}


async def prepare_deliveries(
    questions: Sequence[DeliveryQuestion], unit: MatchingUnit, *, code_key: bytes, public_url: str
) -> list[DeliveryAnswer]:
    """The address and what goes with it, for each question in their order."""
    wanted = {one.recipient_id for one in questions} | {other for one in questions for other in one.mentions}
    known = await recipients_of(wanted, unit)
    answers = []
    for question in questions:
        recipient = known.get(question.recipient_id)
        if recipient is None:
            answers.append(await answer_applicant(question, unit, public_url))
            continue
        # Who was named by mistake read the question all the same: of all mail, what asks to delete still reaches them.
        needs_none = recipient.is_refused and question.link is not ReferralLink.DELETION
        if needs_none or not recipient.can_be_written_to:
            answers.append(NO_LONGER_NEEDED if needs_none else NOBODY)
            continue
        answer = await _delivery(question, recipient, unit, code_key, public_url)
        if answer.state == "deliver" and question.mentions:
            mentioned = await _mentioned([known[each].person for each in question.mentions if each in known], unit)
            answer = answer.model_copy(update={"mentioned": mentioned})
        answers.append(answer)
    return answers


async def _delivery(
    question: DeliveryQuestion, recipient: Recipient, unit: MatchingUnit, code_key: bytes, public_url: str
) -> DeliveryAnswer:
    if question.sign_in_id is not None:
        # Never to a deputy: a code is an account.
        return await _with_code(question.sign_in_id, recipient, unit, code_key)
    if question.referral_id is not None:
        return await _with_link(question.referral_id, question.link, recipient, unit, public_url)
    if question.directory_id is not None and question.directory_link is DirectoryLink.ENTRY:
        reader = recipient.deputy_at(question.directory_id)
        answer = await answer_with_entry_link(question.directory_id, reader or recipient.person, unit, public_url)
        return answer if reader is None else _standing_in(answer, recipient.person)
    return _to(recipient, None if question.only_for_reader else recipient.deputy_anywhere)


def _to(recipient: Recipient, deputy: Person | None) -> DeliveryAnswer:
    """To whom it is for, or to their deputy, who reads it for them."""
    person = recipient.person
    if deputy is None:
        return DeliveryAnswer(state="deliver", address=person.email, name=person.name)
    return _standing_in(DeliveryAnswer(state="deliver", address=deputy.email, name=deputy.name), person)


def _standing_in(answer: DeliveryAnswer, person: Person) -> DeliveryAnswer:
    """The deputy reads for whom, and until when."""
    return answer.model_copy(update={"stands_in_for": person.name, "stands_in_until": person.away_until})


async def _mentioned(people: Sequence[Person], unit: MatchingUnit) -> tuple[Mentioned, ...]:
    """Whom the mail names. Who left is named as well: the reader knows them, and the organisation is there still."""
    names = await unit.organisations.read_names({one for person in people for one in person.organisation_ids})
    return tuple(
        Mentioned(
            person_id=person.id,
            name=person.name,
            organisation=next((names[one] for one in person.organisation_ids if one in names), None),
            phone=person.phone or None,
        )
        for person in people
    )


async def _with_code(sign_in_id: UUID, recipient: Recipient, unit: MatchingUnit, code_key: bytes) -> DeliveryAnswer:
    """Only somebody who may sign in gets a code: never who is contact of one question."""
    sign_in, person = await unit.sign_ins.read(sign_in_id), recipient.person
    if sign_in is None or sign_in.person_id != person.id or not sign_in.is_open(at=unit.now) or not person.memberships:
        return NO_LONGER_NEEDED
    return _to(recipient, None).model_copy(update={"code": sign_in.code(code_key)})


async def _with_link(
    referral_id: UUID, kind: ReferralLink, recipient: Recipient, unit: MatchingUnit, public_url: str
) -> DeliveryAnswer:
    """Only who speaks for the partner gets a link with which one can answer, and only the ambassador the family's."""
    referral = await unit.referrals.read(referral_id)
    case = await unit.cases.read(referral.case_id) if referral else None
    if referral is None or not _opens(kind, referral) or case is None or case.state is CaseState.ON_HOLD:
        return NO_LONGER_NEEDED
    bound_to = _family_of(case, recipient) if kind is ReferralLink.FAMILY else _partner_of(referral, recipient)
    if bound_to is None:
        # Whoever read the question deletes too, also when others speak for the partner by now; it opens nothing.
        deletes = kind is ReferralLink.DELETION
        return _to(recipient, recipient.deputy_at(referral.organisation_id)) if deletes else NO_LONGER_NEEDED
    purpose, path = (FAMILY_LINK, FAMILY_PATH) if kind is ReferralLink.FAMILY else (ANSWER_LINK, ANSWER_PATH)
    until, deputy = unit.now + ANSWER_LINK_VALID_FOR, recipient.deputy_at(bound_to)
    holder = deputy or recipient.person
    # Whoever works somewhere else by then opens nothing with it: the partner's own people, or the ambassador as such.
    link: Link = await unit.links.mint(purpose, referral.id, holder.id, until, organisation_id=bound_to)
    opens = {"link": f"{public_url}{path}/{link.token}", "short_code": link.short_code}
    return _to(recipient, deputy).model_copy(update=opens)


def _opens(kind: ReferralLink, referral: Referral) -> bool:
    if kind is ReferralLink.DELETION:
        return referral.deletion_asked_at is not None and referral.deleted_at is None
    return referral.state in OPENS_IN[kind]


def _partner_of(referral: Referral, recipient: Recipient) -> UUID | None:
    """The partner, if this person speaks for it."""
    return referral.organisation_id if recipient.speaks_for(referral) else None


def _family_of(case: CaseFile, recipient: Recipient) -> UUID | None:
    """The school of the family, if this person is its ambassador there."""
    if case.ambassador_id != recipient.person.id:
        return None
    return case.organisation_id if recipient.person.may(Role.AMBASSADOR, case.organisation_id) else None
