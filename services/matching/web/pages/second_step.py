"""As what somebody goes on, and the second step of coordinators and operators."""

from dataclasses import replace
from http import HTTPStatus
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from services.matching.domain.network import Person
from services.matching.handlers.second_factor import TrySecondFactor, seed_of, try_second_factor
from services.matching.handlers.sign_in import begin_attempt
from services.matching.ports import MatchingUnit
from services.matching.web.arriving import CHOOSE, SECOND_STEP, Arriving, still, target_of
from services.matching.web.dependencies import Dependencies, TheDependencies, Unit
from services.matching.web.forms import RoleForm, SecondStepForm
from services.matching.web.sign_in_cookies import OnTheWay
from shared.access.sessions import Session, maybe_signed_in
from shared.events.directory import Membership
from shared.privacy.totp import address_of
from shared.web.app import Web
from shared.web.dependencies import TheWeb
from shared.web.forms import Form, empty_form, read_form
from shared.web.qr_code import qr_code
from shared.web.roles import as_what

ISSUER: Final = "Schakel"
WRONG_DIGITS: Final = (
    "Deze code klopt niet, of is al gebruikt. Wacht op de volgende code in de app. Lukt het vijf keer niet? "
    "Log dan opnieuw in. Na 30 keer op een dag werkt alleen nog een herstelcode, tot de volgende dag."
)
router = APIRouter()
MaybeSession = Annotated[Session | None, Depends(maybe_signed_in)]


async def _typed_role(request: Request) -> Form[RoleForm]:
    return await read_form(request, RoleForm)


async def _typed_digits(request: Request) -> Form[SecondStepForm]:
    return await read_form(request, SecondStepForm)


@router.get(CHOOSE)
async def ask_role(
    request: Request, session: MaybeSession, dependencies: TheDependencies, web: TheWeb, unit: Unit
) -> Response:
    """Which of their roles; while signed in, another one."""
    way = _way(request, session, dependencies, web)
    person = await _person(way, unit)
    if way is None or person is None:
        return _from_the_start()
    return await _role_page(request, person, unit, dependencies, empty_form(RoleForm))


@router.post(CHOOSE)
async def choose_role(
    request: Request,
    session: MaybeSession,
    dependencies: TheDependencies,
    web: TheWeb,
    form: Annotated[Form[RoleForm], Depends(_typed_role)],
    unit: Unit,
) -> Response:
    """Go on as that."""
    way = _way(request, session, dependencies, web)
    person = await _person(way, unit)
    if way is None or person is None:
        return _from_the_start()
    chosen = next((one for one in person.memberships if form.data and _value(one) == form.data.membership), None)
    if chosen is None:
        if form.data is not None:
            form.refuse("membership", "Kies als wie je verdergaat.")
        return await _role_page(request, person, unit, dependencies, form, HTTPStatus.BAD_REQUEST)
    if session is not None:
        way = replace(way, attempt_id=await begin_attempt(person.id, unit))
    return await Arriving(request, unit, dependencies, web).go_on(replace(way, chosen=chosen), person)


@router.get(SECOND_STEP)
async def ask_digits(request: Request, dependencies: TheDependencies, web: TheWeb, unit: Unit) -> Response:
    """The digits of the app; of somebody new, first how the app learns them."""
    way = dependencies.cookies.way_of(request, web.clock.now())
    person = await _person(way, unit)
    if way is None or way.chosen is None or person is None:
        return _from_the_start()
    return await _digits_page(request, person, unit, dependencies, empty_form(SecondStepForm))


@router.post(SECOND_STEP)
async def prove(
    request: Request,
    dependencies: TheDependencies,
    web: TheWeb,
    form: Annotated[Form[SecondStepForm], Depends(_typed_digits)],
    unit: Unit,
) -> Response:
    """The right digits, or a recovery code, sign in; new recovery codes are shown this once."""
    way = dependencies.cookies.way_of(request, web.clock.now())
    person = await _person(way, unit)
    if way is None or way.chosen is None or person is None:
        return _from_the_start()
    proven = None
    if form.data is not None:
        command = TrySecondFactor(way.attempt_id, person.id, form.data.code, web.clock.now())
        proven = await try_second_factor(command, unit, dependencies.sealing)
        if proven is None:
            form.refuse("code", WRONG_DIGITS)
    if proven is None:
        return await _digits_page(request, person, unit, dependencies, form, HTTPStatus.BAD_REQUEST)
    chosen, way = way.chosen, replace(way, second_factor=True)
    if not proven.recovery_codes:
        return await Arriving(request, unit, dependencies, web).go_on(way, person)
    # The head of this page names who is signed in, so that comes first.
    kept = Response()
    await Arriving(request, unit, dependencies, web).sign_in(kept, way, chosen, person)
    target = target_of(way, chosen)
    page = dependencies.templates.page(request, "recovery_codes.html", codes=proven.recovery_codes, target=target)
    page.raw_headers.extend(each for each in kept.raw_headers if each[0] == b"set-cookie")
    return page


def _way(request: Request, session: Session | None, dependencies: Dependencies, web: Web) -> OnTheWay | None:
    """Whoever is signed in begins from there; else from what was proved just now."""
    if session is None:
        return dependencies.cookies.way_of(request, web.clock.now())
    return OnTheWay(
        session.person_id,
        session.person_id,
        session.epoch,
        second_factor=session.second_factor,
        since=session.since,
    )


async def _person(way: OnTheWay | None, unit: MatchingUnit) -> Person | None:
    return still(way, await unit.people.read(way.person_id)) if way else None


def _value(membership: Membership) -> str:
    return f"{membership.role}:{membership.organisation_id}"


async def _role_page(
    request: Request,
    person: Person,
    unit: MatchingUnit,
    dependencies: Dependencies,
    form: Form[RoleForm],
    status: int = HTTPStatus.OK,
) -> Response:
    names = await unit.organisations.read_names(set(person.organisation_ids))
    options = [(_value(one), as_what(one.role, names.get(one.organisation_id, ""))) for one in person.memberships]
    return dependencies.templates.page(request, "choose_role.html", status, form=form, options=options)


async def _digits_page(
    request: Request,
    person: Person,
    unit: MatchingUnit,
    dependencies: Dependencies,
    form: Form[SecondStepForm],
    status: int = HTTPStatus.OK,
) -> Response:
    factor = await unit.second_factors.read(person.id)
    if factor is None:
        return _from_the_start()
    seed = "" if factor.confirmed else seed_of(factor, dependencies.sealing)
    return dependencies.templates.page(
        request,
        "second_step.html",
        status,
        form=form,
        seed=" ".join(seed[at : at + 4] for at in range(0, len(seed), 4)),
        picture=qr_code(address_of(seed, person.email, ISSUER), scale=4) if seed else "",
    )


def _from_the_start() -> Response:
    return RedirectResponse("/inloggen", status_code=HTTPStatus.SEE_OTHER)
