"""Asking for help, a group of questions on each page. What is typed is kept as a draft until it is sent."""

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.intake.domain.draft import DraftKind, Typed
from services.intake.domain.errors import TooManyDrafts, UnknownDraft
from services.intake.domain.rules import Viewer
from services.intake.handlers.drafts import find_draft, keep_draft, list_drafts
from services.intake.handlers.signals import show_signal
from services.intake.ports import IntakeUnit
from services.intake.web import asking
from services.intake.web.ask_page import AskPage, OnBehalf, TheBehalf
from services.intake.web.asking import BY_SLUG, FIRST, REVIEW, STEPS, Step
from services.intake.web.choosing import choosing, name_of
from services.intake.web.dependencies import TheDependencies, TheSender, TheViewer, Unit
from services.intake.web.forms import RequestForm
from services.intake.web.pages.ask_sending import LIST, case_of, sent_before
from shared.events.base import Role
from shared.web.auditing import unit_of
from shared.web.forms import FieldError, Form, typed_in

NEXT: Final = "next"
router = APIRouter(prefix=asking.PATH)


@router.get("")
async def new_request(
    request: Request, viewer: TheSender, dependencies: TheDependencies, signaal: UUID | None = None
) -> Response:
    """The first page, empty. Nothing is kept before somebody goes on. `signaal`: the early signal that it comes of.

    The desk first chooses for which ambassador it asks.
    """
    asked = asking.for_ambassador(request.query_params) if viewer.role is Role.COORDINATOR else None
    if viewer.role is Role.COORDINATOR and asked is None:
        chosen = await choosing(request, dependencies, asking.PATH)
        return dependencies.templates.page(request, "ask_for_whom.html", choosing=chosen)
    name = await name_of(asked[0], dependencies) if asked else None
    async with unit_of(request, dependencies.units) as unit:
        signal = await show_signal(signaal, unit, viewer) if signaal else None
        begun = any(each.kind is DraftKind.REQUEST for each in await list_drafts(unit, viewer))
        empty = asking.beginning(unit.city, unit.city.day_of(unit.now))
        brought = asking.from_question(unit.city, request.query_params)
    known = {**empty, **brought, **asking.from_signal(signal), **asking.on_behalf(asked)}
    page = AskPage(request, dependencies, dependencies.ids.new(), on_behalf=OnBehalf.of(viewer, name), brought=brought)
    return page.shows(FIRST, Form(values=known, model=RequestForm), begun=begun, signal=signal)


@router.get("/{draft_id}/{slug}")
async def step(
    request: Request, behalf: TheBehalf, viewer: TheViewer, unit: Unit, dependencies: TheDependencies, draft_id: UUID,
    slug: str,
) -> Response:  # fmt: skip
    """One page, with what was typed before; `erbij`: with an empty row more."""
    here, draft = BY_SLUG.get(slug), await find_draft(draft_id, unit, viewer)
    if here is None:
        raise UnknownDraft
    if draft is None:
        return case_of(await sent_before(draft_id, viewer, unit))
    form = asking.check(draft.typed, unit.city, unit.city.day_of(unit.now))
    shown = form if here is REVIEW else asking.only(here, form, fields=())
    return AskPage(request, dependencies, draft_id, draft, behalf).shows(
        here, shown, more="erbij" in request.query_params
    )


@router.post("/{draft_id}/{slug}")
async def fill_in(
    request: Request, behalf: TheBehalf, viewer: TheViewer, unit: Unit, dependencies: TheDependencies, draft_id: UUID,
    slug: str,
) -> Response:  # fmt: skip
    """Keep what was typed, right or wrong, and go where the button leads."""
    here, typed = BY_SLUG.get(slug, REVIEW), dict(await typed_in(request))
    if here is REVIEW:
        raise UnknownDraft
    if sent := await sent_before(draft_id, viewer, unit):
        return case_of(sent)
    kept = await find_draft(draft_id, unit, viewer)
    if viewer.role is Role.COORDINATOR and not asking.for_ambassador(kept.typed if kept else typed):
        # The desk asks for an ambassador, and that one is chosen first.
        return RedirectResponse(asking.PATH, status_code=HTTPStatus.SEE_OTHER)
    whole = asking.laid_over(kept.typed if kept else await _beginning(typed, unit, viewer), here, typed)
    refused = asking.with_bsn(whole)
    keep: dict[str, Any] = {name: value for name, value in whole.items() if name not in refused}
    form, go = asking.check(whole, unit.city, unit.city.day_of(unit.now)), typed.get("go", NEXT)
    try:
        draft = await keep_draft(draft_id, DraftKind.REQUEST, keep, unit, viewer)
    except TooManyDrafts as refusal:
        full = replace(form, errors=[FieldError(each.field, "", each.message) for each in refusal.wrong])
        page = AskPage(request, dependencies, draft_id, None, behalf)
        return page.shows(here, full, status=HTTPStatus.BAD_REQUEST)
    # Nothing has to be whole before somebody goes on; what is not kept is told at once.
    wrong = asking.only(here, form, None if go == NEXT else refused)
    if wrong.errors:
        page = AskPage(request, dependencies, draft_id, draft, behalf)
        return page.shows(here, wrong, status=HTTPStatus.BAD_REQUEST)
    return RedirectResponse(_following(draft_id, here, go, form), status_code=HTTPStatus.SEE_OTHER)


async def _beginning(typed: Mapping[str, str], unit: IntakeUnit, viewer: Viewer) -> dict[str, Typed]:
    """What a new draft begins with: where it comes of an early signal, with what is known of that."""
    signal_id = asking.signal_in(typed)
    signal = await unit.signals.read(signal_id, viewer.person_id) if signal_id else None
    asked = asking.for_ambassador(typed) if viewer.role is Role.COORDINATOR else None
    empty = asking.beginning(unit.city, unit.city.day_of(unit.now))
    return {**empty, **asking.from_question(unit.city, typed), **asking.from_signal(signal), **asking.on_behalf(asked)}


def _following(draft_id: UUID, here: Step, go: str, form: Form[RequestForm]) -> str:
    at = STEPS.index(here)
    if go == "later":
        return LIST
    if go == "more":
        return f"{asking.PATH}/{draft_id}/{here.slug}?erbij=1#hulpvraag-{asking.rows_in(form.values) + 1}"
    if go == "back":
        return f"{asking.PATH}/{draft_id}/{STEPS[max(at - 1, 0)].slug}"
    # Whoever changes one page of a request that is whole goes back to the summary.
    there = STEPS[at + 1] if asking.unfinished(form) else REVIEW
    return f"{asking.PATH}/{draft_id}/{there.slug}"
