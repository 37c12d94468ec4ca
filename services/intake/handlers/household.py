"""A family with several children: another child's case, one plan, and what is told of the family told once."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from services.intake.commands import AddSibling, ConsentTold, SubmitRequest
from services.intake.domain.case import Case
from services.intake.domain.case_state import FOLLOWS_FAMILY, KEPT, check_state
from services.intake.domain.consents import Consents, WrittenDown
from services.intake.domain.dossier import Dossier, Fact
from services.intake.domain.errors import UnknownCase
from services.intake.domain.household import OF_THE_FAMILY, Household, of_the_family, oldest_first
from services.intake.domain.rules import Viewer, age_on, consent_giver_at, go_first
from services.intake.handlers.cases import case_for, keep
from services.intake.handlers.joined import hold_in_order, list_plan
from services.intake.handlers.left_out import carry_left_out
from services.intake.handlers.requests import submit_requests
from services.intake.handlers.seeing import seen
from services.intake.handlers.showing import CaseView, views_of
from services.intake.ports import IntakeUnit
from shared.events.base import Role
from shared.kernel.errors import Refusal, RequestPaused
from shared.privacy.audit import About, Action

CARRIED = (*OF_THE_FAMILY, Fact.LAST_NAME, Fact.CONSENT_NAME)


async def hold_family(case_id: UUID, unit: IntakeUnit) -> Household:
    """All cases of this one's family, locked in one order. Raises UnknownCase."""
    case = await unit.cases.read(case_id)
    if case is None:
        raise UnknownCase
    # Whoever waits here for one that adds a child sees that child with the second look only.
    await unit.cases.get_household(case.opening.household_id)
    return await family_of(case, unit, held=True)


async def hold_plan(case_id: UUID, unit: IntakeUnit) -> Household:
    """The same with every case that has one plan with one of these, and the family of that. Raises UnknownCase."""
    case = await unit.cases.read(case_id)
    if case is None:
        raise UnknownCase
    await hold_in_order([one.id for one in await list_plan(case, unit)], unit)
    # As for a family: what came in between is seen with the second look only.
    held = await hold_in_order([one.id for one in await list_plan(case, unit)], unit)
    return Household(case.opening.household_id, tuple(held.values()))


async def family_of(case: Case, unit: IntakeUnit, *, held: bool = False) -> Household:
    """All cases of this one's family; `held`: locked, to change them."""
    household_id = case.opening.household_id
    cases = await (unit.cases.get_household if held else unit.cases.list_household)(household_id)
    return Household(household_id, tuple(cases))


async def tell_family(case: Case, facts: Mapping[Fact, str | None], household: Household, unit: IntakeUnit) -> None:
    """Store these facts of this child, and what is of the whole family in each sibling's own row as well."""
    await _tell(case, facts, unit)
    if shared := of_the_family(facts):
        for sibling in household.others(case.id):
            await _tell(sibling, shared, unit)


async def _tell(case: Case, facts: Mapping[Fact, str | None], unit: IntakeUnit) -> None:
    """The line says which of them are new, so that the family can read since when that is known, and from whom."""
    if told := await unit.vault.tell(case.id, facts):
        unit.audit.record(Action.WRITE, About.CASE, case.id, "correction", fields=sorted(told))


async def add_sibling(command: AddSibling, unit: IntakeUnit, viewer: Viewer) -> Case:
    """Help for another child of this family. The same once more is the case that is there already.

    Raises what `case_for` and `submit_requests` do, NotPossibleNow when the family withdrew, and RequestPaused while
    any child of it stands still.
    """
    household = await hold_family(command.sibling_of, unit)
    known = await case_for(command.sibling_of, unit, viewer)
    check_state(known.state, "add a sibling", *FOLLOWS_FAMILY)
    if any(one.hold is not None for one in household.cases):
        raise RequestPaused
    if command.case_id and (there := await unit.cases.read(command.case_id)):
        if there.opening.household_id != known.opening.household_id:
            raise UnknownCase
        return there
    family = await unit.vault.open(known.id, CARRIED, viewer, "sibling", words=False)
    asked = _asked(command, known, family, viewer)
    (case,) = await submit_requests([asked], unit, actors=[unit.audit.actor])
    if isinstance(case, Refusal):
        raise case
    await _carry_consents(known, household, case, command.birth_date, unit)
    await carry_left_out((known, *household.others(known.id)), case, unit)
    # Only now: with whom the family stopped is asked for none of its children.
    first = go_first(case.needs, unit.city.small_basics) if command.family_knows else []
    asks = case.agree_follow_ups(replace(case.plan, rhythm=known.plan.rhythm), unit.now)
    return await keep(case, [*asks, *case.raise_urgent(first, unit.now)], unit)


async def show_family(case_id: UUID, unit: IntakeUnit, viewer: Viewer) -> list[CaseView]:
    """What every child of this family needs, and who helps; who asked first, first. Raises as `seen` does."""
    case = await seen(case_id, await unit.cases.read(case_id), unit, viewer)
    household = await family_of(case, unit)
    return await views_of(oldest_first(household.shown_to(viewer)), unit)


async def _carry_consents(known: Case, family: Household, case: Case, born: date | None, unit: IntakeUnit) -> None:
    """What the family answered before; with whom it stopped for one of its children, for this one as well."""
    answers = {one.id: await unit.consents.list_of_case(one.id) for one in family.cases if one.state in KEPT}
    # One that withdrew, or consents alone, says nothing of another. Of what was said at once, that of `known` holds.
    speak = [one.id for one in family.others(known.id) if one.state in FOLLOWS_FAMILY and not one.opening.is_alone]
    said = [each for case_id in (*speak, known.id) for each in answers[case_id]]
    consents = Consents(case, [])
    today = unit.city.day_of(unit.now)
    written, right = WrittenDown(unit.ids.new, unit.now, today, None), consent_giver_at(age_on(today, born))
    events = consents.carry(said, [each for of_child in answers.values() for each in of_child], right, written)
    if consents.added:
        await unit.consents.add(consents.added)
        unit.audit.record(Action.WRITE, About.CASE, case.id, "sibling", fields=["consents"])
    await keep(case, events, unit)


def _asked(command: AddSibling, known: Case, family: Dossier, viewer: Viewer) -> SubmitRequest:
    """The request for this child, with what the family told before."""
    opening, consent = known.opening, command.consent or _consent_of(known, family)
    named = {Fact.CONSENT_NAME: consent.name} if consent.name else {}
    facts: dict[Fact, str] = {fact: told for fact, told in family.facts.items() if fact is not Fact.CONSENT_NAME}
    facts |= {**command.facts, **named}
    return SubmitRequest(
        ambassador_id=opening.ambassador_id,
        organisation_id=opening.organisation_id,
        district=opening.district or facts[Fact.DISTRICT],
        family_language=opening.family_language,
        interpreter_needed=opening.interpreter_needed,
        consent_given_by=consent.given_by,
        consent_given_on=consent.given_on,
        consent_text_version=consent.text_version,
        needs=command.needs,
        birth_date=command.birth_date,
        expected_month=command.expected_month,
        facts=facts,
        address_is_secret=opening.address_is_secret,
        filed_by=viewer.person_id if viewer.role is Role.COORDINATOR else None,
        household_id=known.opening.household_id,
        case_id=command.case_id,
        consented=consent.consented,
    )


def _consent_of(known: Case, family: Dossier) -> ConsentTold:
    """What the family consented to before: it holds for this child when the same people would have to give it."""
    opening, name = known.opening, family.facts.get(Fact.CONSENT_NAME)
    said = (opening.consent_given_by, opening.consent_given_on, opening.consent_text_version, name)
    return ConsentTold(*said, opening.consented)
