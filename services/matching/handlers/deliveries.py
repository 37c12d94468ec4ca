"""What notify asks at the moment of sending: where to, and the link or code that goes in this one mail."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import timedelta
from typing import Final
from uuid import UUID

from services.matching.domain.network import Person
from services.matching.domain.referral_state import ASKED, SAID_YES, ReferralState
from services.matching.handlers.directory_links import answer_applicant, answer_with_entry_link
from services.matching.ports import MatchingUnit
from shared.access.links import Link
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
    people = {person.id: person for person in await unit.people.list_by_ids(wanted)}
    answers = []
    for question in questions:
        person = people.get(question.recipient_id)
        if person is None:
            answers.append(await answer_applicant(question, unit, public_url))
            continue
        if not person.active or not person.email:
            answers.append(NOBODY)
            continue
        answer = await _delivery(question, person, unit, code_key, public_url)
        if answer.state == "deliver" and question.mentions:
            mentioned = await _mentioned([people[each] for each in question.mentions if each in people], unit)
            answer = answer.model_copy(update={"mentioned": mentioned})
        answers.append(answer)
    return answers


async def _delivery(
    question: DeliveryQuestion, person: Person, unit: MatchingUnit, code_key: bytes, public_url: str
) -> DeliveryAnswer:
    if question.sign_in_id is not None:
        return await _with_code(question.sign_in_id, person, unit, code_key)
    if question.referral_id is not None:
        return await _with_link(question.referral_id, question.link, person, unit, public_url)
    if question.directory_id is not None and question.directory_link is DirectoryLink.ENTRY:
        return await answer_with_entry_link(question.directory_id, person, unit, public_url)
    return DeliveryAnswer(state="deliver", address=person.email, name=person.name)


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


async def _with_code(sign_in_id: UUID, person: Person, unit: MatchingUnit, code_key: bytes) -> DeliveryAnswer:
    sign_in = await unit.sign_ins.read(sign_in_id)
    if sign_in is None or sign_in.person_id != person.id or not sign_in.is_open(at=unit.now):
        return NO_LONGER_NEEDED
    return DeliveryAnswer(state="deliver", address=person.email, name=person.name, code=sign_in.code(code_key))


async def _with_link(
    referral_id: UUID, kind: ReferralLink, person: Person, unit: MatchingUnit, public_url: str
) -> DeliveryAnswer:
    """Only somebody of the partner gets a link with which one can answer, and only the ambassador the family's."""
    referral = await unit.referrals.read(referral_id)
    if referral is None or referral.state not in OPENS_IN[kind]:
        return NO_LONGER_NEEDED
    is_family = kind is ReferralLink.FAMILY
    theirs = referral.ambassador_id == person.id if is_family else person.works_for(referral.organisation_id)
    if not theirs:
        return NO_LONGER_NEEDED
    purpose, path = (FAMILY_LINK, FAMILY_PATH) if is_family else (ANSWER_LINK, ANSWER_PATH)
    until = unit.now + ANSWER_LINK_VALID_FOR
    # Whoever works somewhere else by then opens nothing with it: the partner's own people, or the ambassador as such.
    bound_to = next(iter(person.organisation_ids), None) if is_family else referral.organisation_id
    link: Link = await unit.links.mint(purpose, referral.id, person.id, until, organisation_id=bound_to)
    return DeliveryAnswer(
        state="deliver",
        address=person.email,
        name=person.name,
        link=f"{public_url}{path}/{link.token}",
        short_code=link.short_code,
    )
