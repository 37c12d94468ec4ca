"""The page of a case, and what is done with it at one press."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final, cast
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.intake.commands import GiveBackRequest
from services.intake.domain.break_glass import ReasonNeeded
from services.intake.domain.case_state import CaseState
from services.intake.domain.errors import NotTheDesk
from services.intake.handlers import cases as handlers
from services.intake.handlers.break_glass import give_reason
from services.intake.handlers.parties import count_parties
from services.intake.handlers.safety import find_held
from services.intake.handlers.showing import open_dossier, show_case
from services.intake.web.case_forms import GiveBackForm, OpenForm, UrgentForm
from services.intake.web.case_page import CasePage, TheCasePage, ThePeople
from services.intake.web.case_view import FAMILY, shown
from services.intake.web.dependencies import Dependencies
from services.intake.web.family_view import siblings_of
from services.intake.web.flash import is_said, said_once, to_say_once
from services.intake.web.pages.safety import held_page
from services.intake.web.pages.same_child import same_child_of
from services.intake.web.words import MISSING_PARTS, OPEN_REASONS
from shared.events.base import Role
from shared.events.http import KnownPerson
from shared.web.forms import Form, empty_form, typed_in
from shared.web.pages import names_in
from shared.web.problem import Problem
from shared.web.request_guard import SAFE_METHODS

MISSING: Final = [(part.value, words) for part, words in MISSING_PARTS.items()]
REASONS: Final = [(reason.value, words) for reason, words in OPEN_REASONS.items()]
# What the page shows after something was done.
DONE: Final = {
    "ontvangen": "De aanvraag is binnen.",
    "geinventariseerd": "Het gesprek met het gezin is bewaard.",
    "gezien": "Genoteerd: {desk} heeft deze aanvraag gezien.",
    "nieuwe-vraag": "De nieuwe vraag is bewaard.",
    "nu-gevraagd": "Genoteerd: het gezin weet het, en er wordt nu al iemand gevraagd.",
    "teruggegeven": "De aanvraag is teruggegeven. De contactpersoon krijgt bericht.",
    "huisbezoek": "Het huisbezoek is afgesproken.",
    "huisbezoek-geweest": "Genoteerd: het huisbezoek is geweest.",
    "huisbezoek-niet-geweest": "Genoteerd: het huisbezoek ging niet door. Spreek gerust een nieuwe dag af.",
    "rust": "Genoteerd: het gezin heeft rust.",
    "rust-voorbij": "De rust is voorbij. Wij gaan verder waar het bleef.",
    "afgesproken": "De afspraak is bewaard.",
    "contact": "Bewaard.",
    "geboren": "De naam en de dag staan er nu.",
    "nog-een-kind": "De aanvraag voor dit kind is binnen. Wat wij van het gezin weten, staat er al.",
    "samen-gevraagd": "Bewaard. Wij wachten op de andere kant. Je krijgt bericht.",
    "samen-verder": "De twee aanvragen voor dit kind gaan samen verder.",
    "apart": "Bewaard. Alles blijft apart, en wij vragen het niet nog eens.",
    "uit-elkaar": "De twee aanvragen gaan weer apart verder.",
    "soort": "De soort hulp is veranderd. Wij zoeken een partner die daarbij past.",
    "toestemming": "De toestemming is bewaard.",
    "partners": "Wat partners mogen lezen, is bewaard.",
    "gestopt": "Het gezin is gestopt met deze partner. Die leest niets meer.",
    "overgedragen": "Het gezin heeft nu een andere contactpersoon.",
    "verbeterd": "Genoteerd: zo staat het nu goed.",
    "besproken": "Genoteerd: dit is met het gezin besproken.",
    "link-weg": "De link staat uit. Met het kaartje komt niemand meer binnen.",
    "verteld": "Genoteerd: het gezin weet wie de contactpersoon is.",
    "afgesloten": "Het dossier is afgesloten. Komt er een nieuwe vraag? Dan gaat het zo weer open.",
    "heropend": "Het dossier is weer open.",
    "ingetrokken": "De aanvraag is ingetrokken. Partners die ja zeiden, krijgen bericht om te stoppen.",
}
router = APIRouter(prefix="/aanvragen/{case_id}")


@router.get("")
async def case(
    request: Request, people: ThePeople, page: TheCasePage, gelukt: str | None = None, verder: str = ""
) -> Response:
    """One case: what is needed, who does what, what happened, and what happens next."""
    if gelukt in DONE:
        return to_say_once(request, gelukt)
    if (held := await find_held(page.case_id, page.unit, page.viewer)) is not None:
        return held_page(page, held)
    form = empty_form(UrgentForm, verder=verder)
    return is_said(request, await _case(page, people, form, DONE.get(said_once(request))))


@router.post("/gezien")
async def acknowledge(page: TheCasePage) -> Response:
    """The coordinator has seen it."""
    await handlers.acknowledge_request(page.case_id, page.unit, page.viewer)
    return page.done("gezien")


@router.post("/heropenen")
async def reopen(page: TheCasePage) -> Response:
    """A closed case goes on."""
    await handlers.reopen_case(page.case_id, page.unit, page.viewer)
    return page.done("heropend")


@router.post("/nu-vragen")
async def ask_now(request: Request, people: ThePeople, page: TheCasePage) -> Response:
    """A partner is asked before the inventory, as the family knows."""
    form = await page.reads(request, UrgentForm)
    if form.data is None:
        return await _case(page, people, form)
    await handlers.raise_urgent(page.case_id, page.unit, page.viewer)
    return page.done("nu-gevraagd")


@router.post("/openen")
async def open_family(request: Request, people: ThePeople, page: TheCasePage) -> Response:
    """Somebody of the desk says why they must know who the family is, and goes on to the page that asked it."""
    form = await page.reads(request, OpenForm)
    if form.data is None:
        return await _case(page, people, form)
    await give_reason(page.case_id, form.data.reason, page.unit, page.viewer)
    there = f"/aanvragen/{page.case_id}/{form.data.verder}".rstrip("/")
    return RedirectResponse(there, status_code=HTTPStatus.SEE_OTHER)


async def ask_why(request: Request, needed: Exception) -> Response:
    """A page that names a family first asks why it is opened; what was sent waits on the page, in the browser only."""
    await request.app.state.web.auditing.refused(request, HTTPStatus.FORBIDDEN)
    case_id, path = request.path_params["case_id"], request.url.path
    if request.method in SAFE_METHODS:
        further = quote(path.removeprefix(f"/aanvragen/{case_id}/"), safe="")
        return RedirectResponse(f"/aanvragen/{case_id}?verder={further}#waarom", HTTPStatus.SEE_OTHER)
    told = Problem(HTTPStatus.FORBIDDEN, ReasonNeeded.title, str(needed))
    page = cast("Dependencies", request.app.state.dependencies).templates.page
    return page(request, "not_taken.html", told.status, problem=told, path=path, typed=await typed_in(request))


@router.get("/teruggeven")
async def giving_back(page: TheCasePage) -> Response:
    """What the desk misses."""
    return await _giving_back(page, empty_form(GiveBackForm))


@router.post("/teruggeven")
async def give_back(request: Request, page: TheCasePage) -> Response:
    """Back to the ambassador."""
    form = await page.reads(request, GiveBackForm, many=("missing",))
    if form.data is not None:
        given = GiveBackRequest(page.case_id, form.data.missing, form.data.note)
        if await page.takes(form, handlers.give_back(given, page.unit, page.viewer)):
            return page.done("teruggegeven")
    return await _giving_back(page, form)


@router.post("/begin")
async def begin(page: TheCasePage) -> Response:
    """Ambassador and family sit down together."""
    seen = await show_case(page.case_id, page.unit, page.viewer)
    if seen.case.state is CaseState.RECEIVED:
        await handlers.start_inventory(page.case_id, page.unit, page.viewer)
    return RedirectResponse(f"/aanvragen/{page.case_id}/inventarisatie", status_code=HTTPStatus.SEE_OTHER)


async def _giving_back(page: CasePage, form: Form[GiveBackForm]) -> Response:
    await show_case(page.case_id, page.unit, page.viewer)
    if page.viewer.role is not Role.COORDINATOR:
        raise NotTheDesk(page.dependencies.city)
    return await page.shows("give_back.html", form, parts=MISSING)


async def _case(
    page: CasePage, people: Mapping[UUID, KnownPerson], form: Form[Any], said: str | None = None
) -> Response:
    view = await show_case(page.case_id, page.unit, page.viewer)
    asks = await page.unit.family_voice.list_asks(page.case_id)
    dossier, closed = None, False
    try:
        dossier = await open_dossier(page.case_id, page.unit, page.viewer, FAMILY, "case-page")
    except ReasonNeeded:
        closed = True
    return page.dependencies.templates.page(
        page.request,
        "case.html",
        HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK,
        **shown(view, dossier, page),
        contact=people.get(view.case.opening.ambassador_id),
        second_reader=people.get(view.case.plan.second_reader_id) if view.case.plan.second_reader_id else None,
        siblings=await siblings_of(page),
        same_child=await same_child_of(view.case, dossier, page),
        form=form,
        closed=closed,
        parties=await count_parties(view.case, page.unit),
        most_parties=page.unit.city.privacy.parties_a_month,
        family_asks=any(ask.settled_at is None for ask in asks),
        reasons=REASONS,
        said=said.format_map(names_in(page.unit.city)) if said else None,
    )
