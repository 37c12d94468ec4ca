"""Going along to an appointment: offered by volunteers, booked by a professional, answered in turn.

A booking is held first, then whoever goes along: so nobody is asked twice for one part of a day.
"""

from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from services.community.domain.company import (
    COMPANION_ANSWERS_WITHIN,
    OPEN,
    Companion,
    CompanionAsk,
    Company,
    CompanyState,
    PartOfDay,
    next_companion,
)
from services.community.domain.errors import CompanyNotFound, NotInThisState
from services.community.domain.lots import lot_of
from services.community.handlers.free_text import refuse_persons
from services.community.ports import CommunityUnit
from shared.kernel.city import City
from shared.unit_of_work import Timer

COMPANION_ASK_ENDS: Final = "companion ask ends"
REMIND_COMPANY: Final = "remind company"
COMPANY_WAS: Final = "company was"
_KEYS: Final = ("ask", "remind", "was")


async def offer_company(companion: Companion, unit: CommunityUnit) -> None:
    """From now on, in place of what they offered before."""
    await unit.companions.save(companion)


async def stop_company(person_id: UUID, unit: CommunityUnit) -> None:
    """Asked no more; another one is asked for what is open. What they said yes to stays."""
    for known in await unit.companies.list_of(person_id):
        if known.person_id == person_id and known.state is CompanyState.ASKED:
            await decline_company(known.id, person_id, unit)
    await unit.companions.remove(person_id)


async def book_company(company: Company, unit: CommunityUnit) -> None:
    """Whoever's turn it is gets a mail. Raises TellsWhoItIs, or NotInThisState for a day that cannot be booked."""
    today, weeks = unit.city.day_of(unit.now), unit.city.gatherings.kept_weeks
    if not today < company.moment.day <= today + timedelta(weeks=weeks):
        raise NotInThisState(f"Kies een dag vanaf morgen, en binnen {weeks} weken.")
    refuse_persons("note", company.note, unit.city)
    await unit.companies.save(company)
    await _ask_next(company, unit)


async def agree_to_company(company_id: UUID, person_id: UUID, unit: CommunityUnit) -> None:
    """Yes. Raises CompanyNotFound, NotInThisState or SignUpClosed."""
    company = await _asked_of(company_id, person_id, unit)
    unit.outbox.append(*company.agree(person_id, unit.now))
    await unit.companies.save(company)
    unit.timers.clear(_key(company.id, "ask"))
    day = company.moment.day
    _set("remind", REMIND_COMPANY, company.id, _morning(day - timedelta(days=1), unit), unit)
    _set("was", COMPANY_WAS, company.id, _morning(day + timedelta(days=1), unit), unit)


async def decline_company(company_id: UUID, person_id: UUID, unit: CommunityUnit) -> None:
    """No, also after a yes: the next one is asked. Raises CompanyNotFound or NotInThisState."""
    company = await _asked_of(company_id, person_id, unit)
    unit.outbox.append(*company.decline(person_id, unit.now))
    _clear(company.id, unit)
    await unit.companies.save(company)
    await _ask_next(company, unit)


async def cancel_company(company_id: UUID, person_id: UUID, unit: CommunityUnit) -> None:
    """Not needed any more. Raises CompanyNotFound or NotInThisState."""
    company = await _booked_by(company_id, person_id, unit)
    if not _is_ahead(company, unit):
        raise NotInThisState("Dit is al voorbij.")
    unit.outbox.append(*company.cancel(unit.now))
    _clear(company.id, unit)
    await unit.companies.save(company)


async def tell_how_company_went(company_id: UUID, person_id: UUID, unit: CommunityUnit, *, went_well: bool) -> None:
    """Whoever booked it, afterwards. Raises CompanyNotFound or NotInThisState."""
    company = await _booked_by(company_id, person_id, unit)
    if _is_ahead(company, unit):
        raise NotInThisState("Dit is nog niet geweest.")
    company.tell(went_well=went_well)
    await unit.companies.save(company)


async def end_companion_ask(timer: Timer, unit: CommunityUnit) -> None:
    """Nobody answered: the next one is asked."""
    company = await unit.companies.get(timer.subject)
    if company is not None and company.lapse(unit.now):
        await unit.companies.save(company)
        await _ask_next(company, unit)


async def remind_company(timer: Timer, unit: CommunityUnit) -> None:
    """Both, the day before."""
    company = await unit.companies.get(timer.subject)
    if company is not None:
        unit.outbox.append(*company.remind(unit.now))


async def ask_how_company_went(timer: Timer, unit: CommunityUnit) -> None:
    """The day after."""
    company = await unit.companies.get(timer.subject)
    if company is not None:
        unit.outbox.append(*company.ask_how_it_went(unit.now))


async def show_company(person_id: UUID, unit: CommunityUnit) -> tuple[list[Company], list[Company]]:
    """What this person is asked or goes along with, and what they booked; what is over only while nobody said how."""
    known = await unit.companies.list_of(person_id)
    theirs = [one for one in known if one.person_id == person_id and _is_ahead(one, unit) and one.state in OPEN]
    booked = [one for one in known if one.booked_by == person_id and (_is_ahead(one, unit) or _waits_for_word(one))]
    return theirs, booked


async def find_company(company_id: UUID, person_id: UUID, unit: CommunityUnit) -> Company:
    """What this person booked, is asked for or goes along with, locked. Raises CompanyNotFound."""
    company = await _held(company_id, unit)
    if person_id not in {company.booked_by, company.person_id}:
        raise CompanyNotFound
    return company


async def let_companion_go(person_id: UUID, unit: CommunityUnit) -> None:
    """Who left goes along with nobody: another one is asked; what they booked is off, and gone."""
    for known in await unit.companies.list_of(person_id):
        if known.booked_by == person_id:
            if _is_ahead(known, unit) and known.state is not CompanyState.CANCELLED:
                await cancel_company(known.id, person_id, unit)
            await unit.companies.remove(known.id)
        elif _is_ahead(known, unit) and known.state in OPEN:
            await decline_company(known.id, person_id, unit)
        else:
            await unit.companies.remove(known.id)
    await unit.companions.remove(person_id)


async def forget_company(unit: CommunityUnit) -> None:
    """As long as the city keeps it, it counts for whose turn it is."""
    kept_from = unit.city.day_of(unit.now) - timedelta(weeks=unit.city.gatherings.kept_weeks)
    await unit.companies.forget_before(kept_from)


async def _ask_next(company: Company, unit: CommunityUnit) -> None:
    """Held by the caller; when nobody can be asked, whoever booked hears it."""
    chosen = await _whose_turn(company, unit) if _is_ahead(company, unit) else None
    if chosen is None:
        unit.outbox.append(*company.miss(unit.now))
        return
    answer_by = min(unit.now + COMPANION_ANSWERS_WITHIN, begins(company, unit))
    unit.outbox.append(*company.ask(chosen.person_id, unit.now, answer_by))
    await unit.companies.save(company)
    await unit.companions.add_ask(CompanionAsk(company.id, chosen.person_id, unit.now))
    _set("ask", COMPANION_ASK_ENDS, company.id, answer_by, unit)


async def _whose_turn(company: Company, unit: CommunityUnit) -> Companion | None:
    today, day = unit.city.day_of(unit.now), company.moment.day
    fitting = [one for one in await unit.companions.hold_all() if one.fits(company, today)]
    people = [one.person_id for one in fitting]
    members = await unit.members.read_many(people)
    away = {one for one in people if not (known := members.get(one)) or not known.active or known.is_away(day)}
    # Read after everybody is held: whoever asked at the same moment is done.
    not_now = {*await unit.companies.list_busy(company.moment), *await unit.care.limits.at_limit(people), *away}
    asks = await unit.companions.list_asks()
    return next_companion(fitting, asks, company.id, not_now, lambda one: lot_of(company.id, one))


def begins(company: Company, unit: CommunityUnit) -> datetime:
    """When its part of the day begins."""
    return unit.city.instant_of(company.moment.day, hours_of(company.moment.part, unit.city)[0])


def ends(company: Company, unit: CommunityUnit) -> datetime:
    """When its part of the day ends."""
    return unit.city.instant_of(company.moment.day, hours_of(company.moment.part, unit.city)[1])


def hours_of(part: PartOfDay, city: City) -> tuple[time, time]:
    """From when and until when it is, in this city."""
    at = list(PartOfDay).index(part)
    return city.gatherings.day_parts[at], city.gatherings.day_parts[at + 1]


def _is_ahead(company: Company, unit: CommunityUnit) -> bool:
    return unit.now < begins(company, unit)


def _waits_for_word(company: Company) -> bool:
    return company.state is CompanyState.AGREED and company.went_well is None


def _morning(day: date, unit: CommunityUnit) -> datetime:
    return unit.city.instant_of(day, unit.city.follow_up.asked_at)


def _set(what: str, name: str, company_id: UUID, at: datetime, unit: CommunityUnit) -> None:
    if at > unit.now:
        unit.timers.set(Timer(_key(company_id, what), name, company_id, at))


def _clear(company_id: UUID, unit: CommunityUnit) -> None:
    unit.timers.clear(*(_key(company_id, what) for what in _KEYS))


def _key(company_id: UUID, what: str) -> str:
    return f"company:{company_id}:{what}"


async def _held(company_id: UUID, unit: CommunityUnit) -> Company:
    company = await unit.companies.get(company_id)
    if company is None:
        raise CompanyNotFound
    return company


async def _asked_of(company_id: UUID, person_id: UUID, unit: CommunityUnit) -> Company:
    company = await _held(company_id, unit)
    if company.person_id != person_id:
        raise CompanyNotFound
    if not _is_ahead(company, unit):
        raise NotInThisState("Dit is al voorbij.")
    return company


async def _booked_by(company_id: UUID, person_id: UUID, unit: CommunityUnit) -> Company:
    company = await _held(company_id, unit)
    if company.booked_by != person_id:
        raise CompanyNotFound
    return company
