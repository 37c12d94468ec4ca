"""The people of the network, for the desk: find, add, and say who belongs to an organisation."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Final
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse

from services.matching.handlers.people_desk import add_to_network
from services.matching.handlers.people_views import list_new_contacts, list_organisations, list_people
from services.matching.ports import MatchingUnit
from services.matching.ports.people import PeopleQuery, Standing
from services.matching.web import people_words
from services.matching.web.asked_words import Words
from services.matching.web.dependencies import Dependencies, TheDependencies, Unit
from services.matching.web.people_actions import PASSED_ON, settle_contact
from services.matching.web.people_forms import FindForm, NewPersonForm, SettleForm
from shared.access.sessions import Session, signed_in
from shared.events.base import Role
from shared.kernel.errors import Invalid, Refusal
from shared.web.forms import Form, empty_form, read_form
from shared.web.reach import DESK, Reach

PATH: Final = "/netwerk/mensen"
CONTACTS: Final = f"{PATH}/contacten"
MOST_PAGES_OF_PEOPLE, PER_PAGE = 10_000, 50
Looking = Annotated[Session, Depends(signed_in(Role.COORDINATOR, Role.OPERATOR))]
Changing = Annotated[Session, Depends(signed_in(Role.COORDINATOR))]
ADDS: Final = Reach(f"POST {PATH}/nieuw", seen_by=(DESK,), note="De persoon kan daarna inloggen met dit e-mailadres.")
SETTLES: Final = {
    choice: Reach(f"POST {CONTACTS}/{{contact_id}} {choice}", perhaps=PASSED_ON, seen_by=(DESK,))
    for choice in ("confirm", "refuse")
}
router = APIRouter()


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands in the address of the list."""

    text: str = ""
    role: str = ""
    standing: str = ""
    page: int = 1


async def _asked(
    zoek: Words = "",
    rol: Words = "",
    staat: Words = "",
    pagina: Annotated[int, Query(ge=1, le=MOST_PAGES_OF_PEOPLE)] = 1,
) -> Asked:
    return Asked(zoek, rol, staat, pagina)


async def _find_form(request: Request, _session: Looking) -> Form[FindForm]:
    return await read_form(request, FindForm)


async def _new_form(request: Request, _session: Changing) -> Form[NewPersonForm]:
    return await read_form(request, NewPersonForm, many=("kinds",))


async def _settle_form(request: Request, _session: Changing) -> Form[SettleForm]:
    return await read_form(request, SettleForm)


@router.get(PATH)
async def people(
    request: Request,
    dependencies: TheDependencies,
    session: Looking,
    asked: Annotated[Asked, Depends(_asked)],
    unit: Unit,
) -> Response:
    """By name or organisation, by role, and by how they stand; all in the address."""
    return await _list(request, dependencies, unit, session, _query(unit, asked))


@router.post(PATH)
async def find(
    request: Request,
    dependencies: TheDependencies,
    session: Looking,
    form: Annotated[Form[FindForm], Depends(_find_form)],
    unit: Unit,
) -> Response:
    """Whose address it is."""
    if form.data is not None:
        found = await unit.people.read_by_email(form.data.email)
        if found is not None:
            return RedirectResponse(f"{PATH}/{found.id}", status_code=HTTPStatus.SEE_OTHER)
        form.refuse("email", "Dit adres kennen we niet.")
    return await _list(request, dependencies, unit, session, _query(unit), form)


@router.get(f"{PATH}/nieuw")
async def new(request: Request, dependencies: TheDependencies, _session: Changing, unit: Unit) -> Response:
    """Who somebody is, and their first role."""
    return await _new_page(request, dependencies, unit, empty_form(NewPersonForm))


@router.post(f"{PATH}/nieuw")
async def add(
    request: Request,
    dependencies: TheDependencies,
    session: Changing,
    form: Annotated[Form[NewPersonForm], Depends(_new_form)],
    unit: Unit,
) -> Response:
    """Somebody is in the network from now on, and can sign in."""
    if form.data is not None:
        try:
            async with unit.savepoint():
                person = await add_to_network(form.data.details, form.data.here, unit, by=session.person_id)
            return RedirectResponse(f"{PATH}/{person.id}", status_code=HTTPStatus.SEE_OTHER)
        except Invalid as invalid:
            form.refuse_as(invalid)
    return await _new_page(request, dependencies, unit, form)


@router.get(CONTACTS)
async def contacts(request: Request, dependencies: TheDependencies, session: Looking, unit: Unit) -> Response:
    """Who was named for one question, and of whom nobody said yet that they belong to the organisation."""
    return await _contacts_page(request, dependencies, unit, session)


@router.post(f"{CONTACTS}/{{contact_id}}")
async def settle(
    request: Request,
    contact_id: UUID,
    dependencies: TheDependencies,
    session: Changing,
    form: Annotated[Form[SettleForm], Depends(_settle_form)],
    unit: Unit,
) -> Response:
    """The desk says so in the organisation's place."""
    if form.data is None:
        return await _contacts_page(request, dependencies, unit, session)
    refusal = await settle_contact(form.data.choice, contact_id, unit, by=session.person_id)
    if refusal is not None:
        return await _contacts_page(request, dependencies, unit, session, refusal)
    return RedirectResponse(CONTACTS, status_code=HTTPStatus.SEE_OTHER)


def _query(unit: MatchingUnit, asked: Asked | None = None) -> PeopleQuery:
    """Words in the address that mean nothing do not filter."""
    asked = asked or Asked()
    return PeopleQuery(
        today=unit.city.day_of(unit.now),
        text=asked.text.strip(),
        role=Role(asked.role) if asked.role in set(Role) else None,
        standing=Standing(asked.standing) if asked.standing in set(Standing) else Standing.THERE,
        page=asked.page,
        per_page=PER_PAGE,
    )


async def _list(
    request: Request,
    dependencies: Dependencies,
    unit: MatchingUnit,
    session: Session,
    query: PeopleQuery,
    find_form: Form[FindForm] | None = None,
) -> Response:
    lines, total = await list_people(query, unit)
    here = {"zoek": query.text, "rol": query.role or "", "staat": query.standing}

    def address(page: int) -> str:
        return f"{PATH}?{urlencode({**here, 'pagina': page})}"

    return dependencies.templates.page(
        request,
        "people.html",
        HTTPStatus.BAD_REQUEST if find_form else HTTPStatus.OK,
        lines=lines,
        total=total,
        query=query,
        form=Form(values=dict(here)),
        find_form=find_form or empty_form(FindForm),
        wrong=find_form,
        may_change=session.role is Role.COORDINATOR,
        before=address(query.page - 1) if query.page > 1 else None,
        after=address(query.page + 1) if query.page * query.per_page < total else None,
        words=people_words,
    )


async def _new_page(
    request: Request, dependencies: Dependencies, unit: MatchingUnit, form: Form[NewPersonForm]
) -> Response:
    return dependencies.templates.page(
        request,
        "person_new.html",
        HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK,
        form=form,
        organisations=await list_organisations(unit),
        words=people_words,
        reach=ADDS,
    )


async def _contacts_page(
    request: Request,
    dependencies: Dependencies,
    unit: MatchingUnit,
    session: Session,
    refusal: Refusal | None = None,
) -> Response:
    return dependencies.templates.page(
        request,
        "contacts.html",
        refusal.status if refusal else HTTPStatus.OK,
        contacts=await list_new_contacts(unit),
        refusal=refusal,
        path=CONTACTS,
        may_change=session.role is Role.COORDINATOR,
        reaches=SETTLES,
    )
