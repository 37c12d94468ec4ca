"""`/gezichten/ga-mee`: volunteers with languages go along to an appointment; whoever works in the network books one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.community.domain.company import Companion, Company, CompanyState, PartOfDay
from services.community.domain.example_errors import TellsWhoItIs
from services.community.handlers.company import (
    agree_to_company,
    begins,
    book_company,
    cancel_company,
    decline_company,
    find_company,
    offer_company,
    show_company,
    stop_company,
    tell_how_company_went,
)
from services.community.ports import CommunityUnit
from services.community.web.company_forms import (
    BookingForm,
    CompanyChoice,
    OfferForm,
    PostedBooking,
    PostedCompanyChoice,
    PostedOffer,
)
from services.community.web.dependencies import Dependencies, MayHost, TheDependencies, Unit
from services.community.web.reaches_of_swap import (
    ANSWER_COMPANY,
    BOOK_COMPANY,
    CANCEL_COMPANY,
    FACES,
    OFFER_COMPANY,
    STOP_COMPANY,
    TELL_COMPANY,
)
from services.community.web.words_of_swap import COMPANIES, VISITS, WEEKDAYS, part_in_words, title_of
from shared.access.sessions import Session
from shared.events.http import KnownPerson
from shared.kernel.city import City
from shared.web.auditing import unit_of
from shared.web.forms import Form, empty_form, typed_or_empty

PAGE: Final = f"{FACES}/ga-mee"
REACHES: Final = {
    "offer": OFFER_COMPANY,
    "stop": STOP_COMPANY,
    "book": BOOK_COMPANY,
    "answer": ANSWER_COMPANY,
    "cancel": CANCEL_COMPANY,
    "tell": TELL_COMPANY,
}
router = APIRouter(prefix=PAGE)


@dataclass(frozen=True, slots=True)
class Seen:
    """A booking as its page shows it; `person`: the other one, after a yes."""

    company: Company
    title: str
    state: tuple[str, str]
    is_over: bool
    person: KnownPerson | None = None


@router.get("")
async def mine(request: Request, dependencies: TheDependencies, session: MayHost) -> Response:
    """What is asked of this person, what they booked, and what they offer."""
    return await _page(request, dependencies, session)


@router.post("")
async def book(request: Request, dependencies: TheDependencies, session: MayHost, form: PostedBooking) -> Response:
    """Whoever's turn it is gets a mail."""
    if form.data is None:
        return await _page(request, dependencies, session, booking=form)
    try:
        async with unit_of(request, dependencies.units) as unit:
            await book_company(form.data.of(session.person_id, unit), unit)
    except TellsWhoItIs as tells:
        form.refuse_as(tells)
        return await _page(request, dependencies, session, booking=form)
    return _back()


@router.post("/aanbod")
async def offer(request: Request, dependencies: TheDependencies, session: MayHost, form: PostedOffer) -> Response:
    """From now on."""
    if form.data is None:
        return await _page(request, dependencies, session, offered=form)
    async with unit_of(request, dependencies.units) as unit:
        await offer_company(form.data.of(session.person_id), unit)
    return _back()


@router.post("/stoppen")
async def stop(session: MayHost, unit: Unit) -> Response:
    """Asked no more."""
    await stop_company(session.person_id, unit)
    return _back()


@router.post("/{company_id}")
async def choose(
    request: Request, company_id: UUID, dependencies: TheDependencies, session: MayHost, form: PostedCompanyChoice
) -> Response:
    """Yes, no, not needed any more, or how it went."""
    async with unit_of(request, dependencies.units) as unit:
        await find_company(company_id, session.person_id, unit)
        if form.data is not None:
            await _do(form.data.choice, company_id, session.person_id, unit)
    if form.data is None:
        return await _page(request, dependencies, session, status=HTTPStatus.BAD_REQUEST)
    return _back()


async def _do(choice: CompanyChoice, company_id: UUID, person_id: UUID, unit: CommunityUnit) -> None:
    if choice is CompanyChoice.AGREE:
        await agree_to_company(company_id, person_id, unit)
    elif choice is CompanyChoice.DECLINE:
        await decline_company(company_id, person_id, unit)
    elif choice is CompanyChoice.CANCEL:
        await cancel_company(company_id, person_id, unit)
    else:
        await tell_how_company_went(company_id, person_id, unit, went_well=choice is CompanyChoice.WELL)


def _back() -> Response:
    return RedirectResponse(PAGE, status_code=HTTPStatus.SEE_OTHER)


async def _page(
    request: Request,
    dependencies: Dependencies,
    session: Session,
    booking: Form[BookingForm] | None = None,
    offered: Form[OfferForm] | None = None,
    status: int = HTTPStatus.OK,
) -> Response:
    async with unit_of(request, dependencies.units) as unit:
        asked, booked = await show_company(session.person_id, unit)
        companion, city = await unit.companions.get(session.person_id), unit.city
        over = {one.id for one in booked if begins(one, unit) <= unit.now}
    seen = await _seen((*asked, *booked), session.person_id, over, city, dependencies)
    wrong = booking or offered
    return dependencies.templates.page(
        request,
        "company.html",
        HTTPStatus.BAD_REQUEST if wrong else status,
        wrong=wrong or empty_form(BookingForm),
        booking=typed_or_empty(booking, BookingForm),
        offered=offered or empty_form(OfferForm, **_told(companion)),
        companion=companion,
        asked=seen[: len(asked)],
        booked=seen[len(asked) :],
        path=PAGE,
        city=city,
        **_choices(city),
    )


def _choices(city: City) -> dict[str, object]:
    parts = {one: part_in_words(one, city) for one in PartOfDay}
    return {
        "parts": parts,
        "part_options": [(one.value, words) for one, words in parts.items()],
        "visits": [(one.value, words) for one, words in VISITS.items()],
        "weekdays": WEEKDAYS,
        "reaches": REACHES,
    }


async def _seen(
    companies: Sequence[Company], own: UUID, over: Collection[UUID], city: City, dependencies: Dependencies
) -> list[Seen]:
    others = [_other(one, own) for one in companies]
    # Who they are is asked of another service, and never while a unit of work is open.
    people = await dependencies.people.read_people([one for one in others if one]) if any(others) else {}
    return [
        Seen(one, title_of(one, city), COMPANIES[one.state], one.id in over, people.get(other) if other else None)
        for one, other in zip(companies, others, strict=True)
    ]


def _told(companion: Companion | None) -> Mapping[str, Any]:
    """What somebody offers already, as the form has it."""
    if companion is None:
        return {}
    until = companion.paused_until
    lists = {name: sorted(str(one) for one in getattr(companion, name)) for name in ("languages", "districts", "days")}
    visits = sorted(one.value for one in companion.visits)
    return {**lists, "visits": visits, **({"until": f"{until:%d-%m-%Y}"} if until else {})}


def _other(company: Company, own: UUID) -> UUID | None:
    """Whose name this person may read: after a yes, the one of the other side."""
    if company.state is not CompanyState.AGREED:
        return None
    return company.person_id if company.booked_by == own else company.booked_by
