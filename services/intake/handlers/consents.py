"""What a family allows partners to read: said for each kind of partner, taken back whole or from one organisation.

Each answer is asked and kept with its text; what an organisation may read is decided anew at every reading. The family
itself (`by` None) answers on its own page, for all children on it; who writes down its answer does so for one case.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from services.intake.commands import AnswerConsent
from services.intake.domain.case import Case
from services.intake.domain.case_state import FOLLOWS_FAMILY, OPEN, check_state
from services.intake.domain.consent import Consent, ConsentState, FieldSet, opened_to
from services.intake.domain.consent_errors import (
    ConsentDayPassed,
    ConsentNotInLanguage,
    NothingAllowed,
    UnknownPartnerKind,
)
from services.intake.domain.consents import Consents, WrittenDown, speaks_as
from services.intake.domain.errors import WrongConsentGiver
from services.intake.domain.left_out import unwanted
from services.intake.domain.rules import Viewer, age_on, consent_giver_at
from services.intake.domain.submission_rules import text_not_asked_yet, wrong_with_consent
from services.intake.handlers.cases import case_for, keep, keep_ended
from services.intake.handlers.family_page import CONSENT, hold_children
from services.intake.handlers.one_plan import narrowed
from services.intake.ports import IntakeUnit
from shared.events.base import Code, ConsentGiver, Event
from shared.kernel.errors import Invalid, raise_all
from shared.privacy.audit import About, Action

_ASKED: Final = tuple(each.name for each in fields(AnswerConsent))
# A no is for no fields, and holds until there is another answer.
_NOTHING: Final = {"field_sets": frozenset[FieldSet](), "until": None}


async def may_see(
    case_id: UUID, organisation_id: UUID, partner_kind: Code | None, unit: IntakeUnit
) -> frozenset[FieldSet]:
    """What this organisation, which is of this kind, may read of the family at this moment.

    Nothing when the case is not open or stands still, or when the family stopped with this organisation or would rather
    not have it. Whether the organisation said yes is for the caller to know.
    """
    case = await unit.cases.read(case_id)
    if case is None or not case.is_open or case.hold is not None:
        return frozenset()
    if organisation_id in unwanted(case):
        return frozenset()
    born = (await unit.vault.read_birth_dates([case_id])).get(case_id)
    consents, today = await unit.consents.list_of_case(case_id), unit.city.day_of(unit.now)
    allowed = opened_to(consents, organisation_id, partner_kind, today, born)
    return await narrowed(case, allowed, organisation_id, partner_kind, unit)


async def give_consent(command: AnswerConsent, by: Viewer | None, unit: IntakeUnit) -> Case:
    """The family allows partners of this kind this.

    Raises an Invalid with all that is wrong, and refuses what does not lie with this viewer as `case_for` does.
    """
    if not command.field_sets:
        raise NothingAllowed
    return await _answer(command, ConsentState.GIVEN, by, unit)


async def refuse_consent(command: AnswerConsent, by: Viewer | None, unit: IntakeUnit) -> Case:
    """The family allows partners of this kind nothing, or nothing any more. It is helped without its data."""
    return await _answer(command, ConsentState.REFUSED, by, unit)


async def withdraw_consent(case_id: UUID, by: Viewer | None, organisation_id: UUID | None, unit: IntakeUnit) -> Case:
    """The family stops with this organisation for good, or with everything (None). A second time changes nothing."""
    cases = await _cases(case_id, by, unit)
    for case in cases:
        if organisation_id is None:
            await _withdraw_all(case, unit)
        else:
            await _stop(case, organisation_id, by, unit)
    return cases[0]


async def withdraw_case(case_id: UUID, unit: IntakeUnit, viewer: Viewer) -> Case:
    """The family does not want it any more."""
    return await withdraw_consent(case_id, viewer, None, unit)


async def consents_of(case: Case, unit: IntakeUnit) -> Consents:
    """What the family answered; whoever changes it holds the case."""
    return Consents(case, await unit.consents.list_of_case(case.id))


async def keep_consents(consents: Consents, events: list[Event], unit: IntakeUnit) -> Case:
    """Store what changed of them, and publish it."""
    for each in consents.ended:
        await unit.consents.save(each)
    if consents.added:
        await unit.consents.add(consents.added)
    return await keep(consents.case, events, unit)


async def _answer(command: AnswerConsent, state: ConsentState, by: Viewer | None, unit: IntakeUnit) -> Case:
    case, *siblings = await _cases(command.case_id, by, unit)
    check_state(case.state, "say what partners may see", *OPEN)
    children = [case, *siblings]
    born = await unit.vault.read_birth_dates([one.id for one in children])
    is_no = state is ConsentState.REFUSED
    for one in children if is_no else _asked(command.given_by, children, _right_givers(children, born, unit)):
        await _answer_for(one, command, state, by, born.get(one.id), unit)
    return case


async def _answer_for(
    case: Case, command: AnswerConsent, state: ConsentState, by: Viewer | None, born: date | None, unit: IntakeUnit
) -> None:
    given_by = command.given_by
    if by is None:
        given_by = speaks_as(given_by, _right_giver(born, unit)) or given_by
    told = replace(command, case_id=case.id, given_by=given_by)
    _check(told, born, unit, is_yes=state is ConsentState.GIVEN)
    asked = {name: getattr(told, name) for name in _ASKED} | ({} if state is ConsentState.GIVEN else _NOTHING)
    recorded_by = by.person_id if by else None
    answer = Consent(id=unit.ids.new(), state=state, recorded_at=unit.now, recorded_by=recorded_by, **asked)
    consents = await consents_of(case, unit)
    # What the family itself says of every kind takes the place of what was said of one.
    events = consents.answer(answer, ends_kinds=by is None and command.partner_kind is None)
    if events:
        allowed, basis = sorted(answer.field_sets), answer.legal_basis.value
        unit.audit.record(Action.WRITE, About.CASE, case.id, CONSENT, fields=allowed, reason=basis)
        # A closed case shows nobody anything: there is nothing to tell of it.
        await keep_consents(consents, events if case.is_open else [], unit)


def _asked(given_by: ConsentGiver, children: Sequence[Case], right: Mapping[UUID, ConsentGiver]) -> Sequence[Case]:
    """For whom these people's yes is: a child of 16 says it itself, for itself alone.

    A closed child for whom others would have to answer is no reason to refuse the yes for those that are open.
    """
    case, *siblings = children
    alone = right[case.id] is ConsentGiver.YOUNG_PERSON
    if alone and given_by is ConsentGiver.YOUNG_PERSON:
        return [case]
    younger = [
        one
        for one in siblings
        if right[one.id] is not ConsentGiver.YOUNG_PERSON and (one.is_open or speaks_as(given_by, right[one.id]))
    ]
    return younger if alone and younger else [case, *younger]


async def one_answers_itself(children: Collection[Case], unit: IntakeUnit) -> bool:
    """Whether a child of several is old enough to say yes itself, so that a parent's yes is for the others."""
    born = await unit.vault.read_birth_dates([one.id for one in children])
    return len(children) > 1 and ConsentGiver.YOUNG_PERSON in _right_givers(children, born, unit).values()


def _right_givers(children: Collection[Case], born: Mapping[UUID, date], unit: IntakeUnit) -> dict[UUID, ConsentGiver]:
    return {one.id: _right_giver(born.get(one.id), unit) for one in children}


def _right_giver(born: date | None, unit: IntakeUnit) -> ConsentGiver:
    return consent_giver_at(age_on(unit.city.day_of(unit.now), born))


def _check(command: AnswerConsent, born: date | None, unit: IntakeUnit, *, is_yes: bool) -> None:
    """A no may be said by anybody of the family, and to no text at all."""
    city, today = unit.city, unit.city.day_of(unit.now)
    wrong: list[Invalid] = wrong_with_consent(born, command.given_by, command.given_on, today)
    if is_yes:
        wrong += text_not_asked_yet(city.consent, command.text_version, command.given_on, wrong)
        languages = city.consent.sharing.get(command.text_version, {})
        if command.text_version in city.consent.texts and command.language not in languages:
            wrong.append(ConsentNotInLanguage(command.language, list(languages)))
        if command.until is not None and command.until <= today:
            wrong.append(ConsentDayPassed(today + timedelta(days=1)))
    else:
        wrong = [each for each in wrong if not isinstance(each, WrongConsentGiver)]
    if command.partner_kind is not None and command.partner_kind not in city.organisation_kinds:
        wrong.append(UnknownPartnerKind(command.partner_kind, list(city.organisation_kinds)))
    raise_all(wrong)


async def _cases(case_id: UUID, by: Viewer | None, unit: IntakeUnit) -> list[Case]:
    """Locked, this one first: what the family itself says holds for every child on its page that did not withdraw."""
    if by is not None:
        return [await case_for(case_id, unit, by)]
    return await hold_children(case_id, unit)


async def _stop(case: Case, organisation_id: UUID, by: Viewer | None, unit: IntakeUnit) -> None:
    check_state(case.state, "stop with a partner", *FOLLOWS_FAMILY)
    consents, kind = await consents_of(case, unit), await unit.network.read_kind(organisation_id)
    written = WrittenDown(unit.ids.new, unit.now, unit.city.day_of(unit.now), by.person_id if by else None)
    if events := consents.stop(organisation_id, kind, written, unit.city.language):
        unit.audit.record(Action.WRITE, About.CASE, case.id, CONSENT, fields=["organisation_id"])
        await keep_consents(consents, events, unit)


async def _withdraw_all(case: Case, unit: IntakeUnit) -> None:
    if not (events := case.withdraw(unit.now)):
        return
    consents = await consents_of(case, unit)
    consents.take_back(unit.now)
    await keep_consents(consents, [], unit)
    await keep_ended(case, events, unit)
