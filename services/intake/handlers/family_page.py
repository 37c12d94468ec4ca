"""What a family reads on its own page: what is known of it, who helps, and who looked at what."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from services.intake.domain.case import Case
from services.intake.domain.case_state import FOLLOWS_FAMILY
from services.intake.domain.dossier import OF_THE_ADDRESS, OF_THE_INVENTORY, Dossier, Fact
from services.intake.domain.errors import UnknownCase
from services.intake.domain.household import oldest_first
from services.intake.handlers.household import family_of, hold_family
from services.intake.handlers.looking import Look, looks_in
from services.intake.ports import IntakeUnit
from shared.privacy.audit import Action, AuditEntry, Outcome

MOST_LINES = 1000
PURPOSE = "family-page"
# What was told with the request has its day and its ambassador.
FIRST = "new-request"
CONSENT: Final = "partner-consent"
# Neither tells a fact: what came with the request is not told again, and a consent names what may be read.
TELLS_NOTHING: Final = frozenset({FIRST, CONSENT})
# Told with the request, and kept as codes of the case.
OF_THE_OPENING: Final = ("family_language", "interpreter_needed", "organisation_id")
CALLED = (Fact.FIRST_NAME, Fact.PREFERRED_NAME)


@dataclass(frozen=True, slots=True)
class WhoLooked:
    """What somebody looked at on one day; `organisation` is its public name."""

    look: Look
    organisation: str | None


async def children_of(case: Case, unit: IntakeUnit) -> list[Case]:
    """This child and its siblings: one page for all. Who is old enough to consent alone has a page alone."""
    if case.opening.is_alone:
        return [case]
    family = await family_of(case, unit)
    return [case, *(one for one in oldest_first(family.others(case.id)) if not one.opening.is_alone)]


async def hold_children(case_id: UUID, unit: IntakeUnit) -> list[Case]:
    """Locked, this one first: every child on its page that did not withdraw.

    Raises UnknownCase, also when any child of the family is held, on its page or not: that ends the visit.
    """
    family = await hold_family(case_id, unit)
    this = next((each for each in family.cases if each.id == case_id), None)
    if this is None or any(each.hold is not None for each in family.cases):
        raise UnknownCase
    shown = {each.id for each in await children_of(this, unit)} - {case_id}
    return [this, *(each for each in family.cases if each.id in shown and each.state in FOLLOWS_FAMILY)]


@dataclass(frozen=True, slots=True)
class Told:
    """Since when a fact is known, and who wrote it down; `person_id` None: a school's system, or the machine."""

    day: date
    person_id: UUID | None


async def told_of(case: Case, unit: IntakeUnit) -> dict[str, Told]:
    """By fact, when what is known now was written down; of what came with the request nothing."""
    return _told_in(await unit.readers.list_of_case(case.id, MOST_LINES), unit)


async def sources_of(case: Case, unit: IntakeUnit) -> dict[str, Told]:
    """Of every fact since when it is known and from whom: what was told anew, else the inventory, else the request."""
    first = Told(unit.city.day_of(case.received_at), case.opening.filed_by or case.opening.ambassador_id)
    sources = dict.fromkeys((*(fact.value for fact in Fact), *OF_THE_OPENING), first)
    if case.findings:
        of_inventory = Told(case.findings.discussed_on, case.opening.ambassador_id)
        sources |= dict.fromkeys((fact.value for fact in OF_THE_INVENTORY), of_inventory)
    return sources | await told_of(case, unit)


def _told_in(lines: Iterable[AuditEntry], unit: IntakeUnit) -> dict[str, Told]:
    told: dict[str, Told] = {}
    for line in lines:
        if line.action is Action.WRITE and line.outcome is Outcome.DONE and line.purpose not in TELLS_NOTHING:
            for name in line.fields:
                told.setdefault(name, Told(unit.city.day_of(line.at), line.actor.person_id))
    return told


async def professionals_of(case: Case, unit: IntakeUnit) -> list[UUID]:
    """Whom the family's pages name: its contact person, whoever looked or wrote something down, and who helps."""
    people = [case.opening.ambassador_id]
    for one in await children_of(case, unit):
        lines = await unit.readers.list_of_case(one.id, MOST_LINES)
        looked = [look.person_id for look in looks_in(lines, unit.city.day_of)]
        helping = [helper.contact_id for helper in await unit.accepted.list_of_case(one.id)]
        told = [known.person_id for known in _told_in(lines, unit).values()]
        people += filter(None, [one.opening.ambassador_id, one.opening.filed_by, *looked, *helping, *told])
        people += filter(None, await _people_in_copy(one, unit))
    return list(dict.fromkeys(people))


async def _people_in_copy(case: Case, unit: IntakeUnit) -> list[UUID | None]:
    """Who reads along, was its contact person before, or wrote down or settled what the family said."""
    answers = await unit.consents.list_of_case(case.id)
    asks = await unit.family_voice.list_asks(case.id)
    before = case.handover.previous_id if case.handover else None
    said = [*(one.recorded_by for one in answers), *(one.settled_by for one in asks)]
    return [case.plan.second_reader_id, before, *said]


async def who_looked(case: Case, unit: IntakeUnit) -> list[WhoLooked]:
    """At any child of the family, the newest first, by day and person."""
    children = await children_of(case, unit)
    lines = [line for one in children for line in await unit.readers.list_of_case(one.id, MOST_LINES)]
    looks = looks_in(sorted(lines, key=lambda line: line.at, reverse=True), unit.city.day_of)
    names = await unit.network.read_names({look.organisation_id for look in looks if look.organisation_id})
    return [WhoLooked(look, names.get(look.organisation_id) if look.organisation_id else None) for look in looks]


async def read_called(children: Collection[Case], unit: IntakeUnit) -> dict[UUID, str]:
    """What each child is called, where there are several; each is a reading of its own."""
    if len(children) == 1:
        return {}
    opened = [await unit.vault.open(one.id, CALLED, None, PURPOSE, words=False) for one in children]
    return {one.case_id: one.called or "" for one in opened}


async def open_own_facts(
    case: Case, unit: IntakeUnit, facts: Collection[Fact] = tuple(Fact), why: str = PURPOSE
) -> Dossier:
    """What is kept of the family. Where it lives is not among it while that is secret: others may look along."""
    hidden = OF_THE_ADDRESS if case.opening.address_is_secret else (Fact.DISTRICT,)
    return await unit.vault.open(case.id, [fact for fact in facts if fact not in hidden], None, why, words=True)
