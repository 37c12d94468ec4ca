"""What was written down wrongly of a child or its family is put right, by its ambassador or the desk."""

from typing import Final

from services.intake.domain.case import Case
from services.intake.domain.child_mark import child_told
from services.intake.domain.correction import OF_THE_CHILD, CorrectFacts, band_of, check_open, correct, wrong_with_birth
from services.intake.domain.dossier import Dossier, Fact
from services.intake.domain.growing import outgrow, renewed
from services.intake.domain.household import of_the_family
from services.intake.domain.rules import Viewer, may_know_the_address, outgrown
from services.intake.handlers.cases import case_for, keep
from services.intake.handlers.household import hold_family
from services.intake.ports import IntakeUnit
from shared.events.base import Event
from shared.kernel.errors import raise_all
from shared.privacy.audit import About, Action

PURPOSE: Final = "correction"
# By these another request for the same child is found.
MARKED_BY: Final = (Fact.FIRST_NAME, Fact.LAST_NAME, Fact.BIRTH_DATE, Fact.EXPECTED_MONTH, Fact.DISTRICT)
_OF_THE_CASE: Final = ("family_language", "interpreter_needed", "district")


async def correct_facts(command: CorrectFacts, unit: IntakeUnit, viewer: Viewer) -> Case:
    """It is so from now on, in every service that was told otherwise; of the family for each of its children.

    Another birth date may ask for the consent of somebody else: until that is there, nobody new is asked. Raises what
    `case_for` and `correct` do, NotOpenToCorrect, BornAlready, or an Invalid with all that is wrong.
    """
    household = await hold_family(command.case_id, unit)
    case, today = await case_for(command.case_id, unit, viewer), unit.city.day_of(unit.now)
    check_open(case)
    told = command.about_the_child
    known = await unit.vault.open(case.id, OF_THE_CHILD, viewer, PURPOSE, words=False)
    raise_all(wrong_with_birth(told, known, case, unit.city.day_of(case.received_at), today))
    is_of_another_day = (told.born, told.expected) != (known.born, known.expected)
    band = band_of(told, today) if is_of_another_day else case.opening.age_band
    knows_where = may_know_the_address(viewer, case.opening)
    for each in (case, *household.others(case.id)):
        own = {fact: told.facts.get(fact) for fact in OF_THE_CHILD} if each is case else {}
        where = {Fact.DISTRICT: command.district} if _hides(each, command) and knows_where else {}
        before = each.opening
        events = correct(each, command, band if each is case else each.opening.age_band, unit.now)
        changed = await unit.vault.tell(each.id, {**own, **of_the_family(where)})
        fields = {*changed, *(name for name in _OF_THE_CASE if getattr(before, name) != getattr(each.opening, name))}
        if each is case and is_of_another_day:
            events = _with_consent(each, told, events, unit)
        await _keep(each, sorted(fields), events, unit, viewer)
    return case


def _hides(case: Case, command: CorrectFacts) -> bool:
    return case.opening.address_is_secret and command.district is not None


def _with_consent(case: Case, told: Dossier, events: list[Event], unit: IntakeUnit) -> list[Event]:
    """Whether the right one consented, by the age that the child has after all.

    Told first when that is somebody else: nobody new is asked by the right age on the wrong consent.
    """
    right = outgrown(case.opening.consent_given_by, told.born, unit.city.day_of(unit.now))
    return [*outgrow(case, right, unit.now), *events] if right else [*events, *renewed(case, unit.now)]


async def _keep(case: Case, fields: list[str], events: list[Event], unit: IntakeUnit, viewer: Viewer) -> None:
    """The line says what changed, so that the family can read since when it is known so, and from whom."""
    if fields:
        unit.audit.record(Action.WRITE, About.CASE, case.id, PURPOSE, fields=fields)
        await mark_child(case, unit, viewer, PURPOSE)
    if events:
        await keep(case, events, unit)


async def mark_child(case: Case, unit: IntakeUnit, viewer: Viewer, why: str) -> None:
    """From now on another request for this child is found by what is known of it now."""
    known = (await unit.vault.open(case.id, MARKED_BY, viewer, why, words=False)).facts
    child = child_told(known, case.opening.district or known.get(Fact.DISTRICT))
    await unit.same_children.mark(case.id, unit.child_marks.of(child) if child else None)
