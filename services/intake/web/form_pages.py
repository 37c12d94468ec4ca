"""The pages with forms: asking for help, and the inventory with the family."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import orjson
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.intake.domain.case import Case
from services.intake.domain.dossier import Dossier, Fact
from services.intake.domain.errors import NeedsNotSeen, NotYourFamily
from services.intake.domain.progress import Progress
from services.intake.domain.rules import Viewer
from services.intake.handlers import complete_inventory, open_dossier, organisations, show_case
from services.intake.ports import AskedBefore, Reply
from services.intake.web.bodies import MAX_NEEDS
from services.intake.web.dependencies import Doors, TheDoors, TheViewer
from services.intake.web.forms import InventoryForm, RequestForm, to_inventory, to_submit, without_gone
from services.intake.web.submitting import Submission
from services.intake.web.words import (
    BENEFICIARIES,
    CATEGORIES,
    CONSENT_GIVERS,
    DISTRICTS,
    HORIZONS,
    LANGUAGES,
    URGENCIES,
)
from shared.events.base import Need
from shared.kernel.errors import Invalid, Transient
from shared.web.forms import FieldError, Form, empty_form, read_form
from shared.web.idempotency import KeyInFlight, KeyReused, fingerprint

CONSENT_TEXT_VERSION: Final = "2026-1"
NEED_ROWS: Final = 5
ROWS_MORE: Final = 3
INVENTORY_FACTS: Final = (
    Fact.FIRST_NAME, Fact.CONTACT_NAME, Fact.STORY, Fact.CONTEXT, Fact.BOTTLENECKS, Fact.EFFECT_ON_CHILD
)  # fmt: skip
OPTIONS: Final[Mapping[str, list[tuple[str, str]]]] = {
    "categories": list(CATEGORIES.items()),
    "districts": list(DISTRICTS.items()),
    "languages": list(LANGUAGES.items()),
    "urgencies": [(code.value, word) for code, word in URGENCIES.items()],
    "horizons": [(code.value, word) for code, word in HORIZONS.items()],
    "beneficiaries": [(code.value, word) for code, word in BENEFICIARIES.items()],
    "consent_givers": [(code.value, word) for code, word in CONSENT_GIVERS.items()],
}
# How long a second press of the button waits for the first.
PAUSES_SECONDS: Final = (0.1, 0.3, 1.0, 2.0)
SEE_OTHER: Final = 303
router = APIRouter(prefix="/aanvragen")


@router.get("/nieuw")
async def new_request(request: Request, doors: TheDoors, viewer: TheViewer) -> Response:
    """The empty form."""
    form = empty_form(RequestForm, family__language="nl", consent__textVersion=CONSENT_TEXT_VERSION)
    return _ask_page(request, doors, viewer, form)


@router.post("/nieuw")
async def submit(request: Request, doors: TheDoors, viewer: TheViewer) -> Response:
    """The same request as the API takes. Pressing the button twice makes one case."""
    form = await read_form(request, RequestForm)
    reply = await _submitted(request, doors, viewer, form)
    if reply is None:
        return _ask_page(request, doors, viewer, form)
    return RedirectResponse(f"/aanvragen/{orjson.loads(reply.body)['id']}?gelukt=ontvangen", SEE_OTHER)


async def _submitted(request: Request, doors: Doors, viewer: Viewer, form: Form[RequestForm]) -> Reply | None:
    """The reply, or None when the form must be mended."""
    if form.data is None:
        return None
    mark = fingerprint("POST", request.url.path, orjson.dumps(form.values, option=orjson.OPT_SORT_KEYS))
    asked = AskedBefore(f"page {viewer.person_id}", str(form.data.send_key), mark)
    try:
        return await _sent_once(doors, Submission(to_submit(form.data, viewer), asked))
    except Invalid as refusal:
        form.refuse_as(refusal)
    except KeyReused:
        form.values.pop("sendKey")
        form.refuse(
            "child.firstName", "Deze aanvraag is al verstuurd. Is dit een nieuwe aanvraag? Verstuur hem dan nog eens."
        )
    return None


async def _sent_once(doors: Doors, submission: Submission) -> Reply:
    """The reply. Who pressed the button twice waits for the reply to the first; it does not come: nothing is lost."""
    for pause in PAUSES_SECONDS:
        try:
            return await doors.submitting.submit(submission)
        except KeyInFlight:
            await asyncio.sleep(pause)
    raise Transient


def _ask_page(request: Request, doors: Doors, viewer: Viewer, form: Form[RequestForm]) -> Response:
    form.values.setdefault("sendKey", str(doors.ids.new()))
    status = 400 if form.errors else 200
    rows = [_row(form, number) for number in range(NEED_ROWS)]
    return doors.templates.page(request, "ask.html", status, viewer=viewer, form=form, rows=rows, **OPTIONS)


@router.get("/{case_id}/inventarisatie")
async def inventory(request: Request, doors: TheDoors, viewer: TheViewer, case_id: UUID) -> Response:
    """The inventory, with everything that is known already."""
    return await _inventory_page(request, doors, viewer, case_id, None)


@router.post("/{case_id}/inventarisatie")
async def assess(request: Request, doors: TheDoors, viewer: TheViewer, case_id: UUID) -> Response:
    """Store what was found; partners are looked for at once."""
    form = await read_form(request, InventoryForm, many=("excludedOrganisations", "again"))
    body = without_gone(form)
    if body is None or form.errors:
        return await _inventory_page(request, doors, viewer, case_id, form)
    try:
        async with doors.units.begin() as unit:
            await complete_inventory(to_inventory(case_id, body, body.again, _seen(form)), unit, viewer)
    except NeedsNotSeen as refusal:
        return await _inventory_page(request, doors, viewer, case_id, form, refusal)
    except Invalid as refusal:
        form.refuse_as(refusal)
        return await _inventory_page(request, doors, viewer, case_id, form)
    return RedirectResponse(f"/aanvragen/{case_id}?gelukt=geinventariseerd", SEE_OTHER)


async def _inventory_page(
    request: Request, doors: Doors, viewer: Viewer, case_id: UUID,
    form: Form[InventoryForm] | None, unseen: NeedsNotSeen | None = None,
) -> Response:  # fmt: skip
    async with doors.units.begin() as unit:
        view = await show_case(case_id, unit, viewer)
        dossier = await open_dossier(case_id, unit, viewer, INVENTORY_FACTS, "inventory-page")
        known = await organisations(unit)
    if dossier is None:
        raise NotYourFamily
    confirmed = [each.need for each in view.needs if each.stage is Progress.CONFIRMED]
    needs = [each.need for each in view.needs if each.need not in confirmed]
    if form and unseen:
        _add_rows(form, needs, dossier, unseen)
    shown = form or empty_form(InventoryForm, **_known(view.case, needs, dossier))
    rows = [_row(shown, number) for number in range(min(MAX_NEEDS, len(needs) + ROWS_MORE))]
    return doors.templates.page(
        request,
        "inventory.html",
        400 if form else 200,
        case=view.case,
        dossier=dossier,
        form=shown,
        confirmed=[(str(need.need_id), _kind_of(need)) for need in confirmed],
        rows=rows,
        organisations=[(str(each), name) for each, name in known.items()],
        **OPTIONS,
    )


def _kind_of(need: Need) -> str:
    return f"{CATEGORIES[need.category]} (voor: {BENEFICIARIES[need.beneficiary].lower()})"


def _known(case: Case, needs: Sequence[Need], dossier: Dossier) -> dict[str, Any]:
    """What the form starts with."""
    values: dict[str, Any] = {
        "context": dossier.facts.get(Fact.CONTEXT),
        "bottlenecks": dossier.facts.get(Fact.BOTTLENECKS),
        "effectOnChild": dossier.facts.get(Fact.EFFECT_ON_CHILD),
    }
    if case.findings:
        values["homeVisitOn"] = case.findings.home_visit_on
        values["excludedOrganisations"] = [str(each) for each in case.findings.excluded_organisations]
    for number, need in enumerate(needs):
        values |= _known_row(f"needs.{number}", need, dossier)
    return values


def _known_row(row: str, need: Need, dossier: Dossier) -> dict[str, Any]:
    return {
        f"{row}.id": str(need.need_id),
        f"{row}.category": need.category,
        f"{row}.urgency": need.urgency.value,
        f"{row}.horizon": need.horizon.value,
        f"{row}.beneficiary": need.beneficiary.value,
        f"{row}.description": dossier.words.get(need.need_id),
        **{f"{row}.dependsOn.{place}": str(before) for place, before in enumerate(need.depends_on)},
    }


def _seen(form: Form[InventoryForm]) -> frozenset[UUID]:
    """The needs that the page showed: each row of a known need carries its id, also when it is ticked away."""
    return frozenset(need.id for need in form.data.needs if need.id) if form.data else frozenset()


def _add_rows(form: Form[InventoryForm], needs: Sequence[Need], dossier: Dossier, unseen: NeedsNotSeen) -> None:
    """Below what was typed, a row for each need that somebody else named since the page was shown."""
    rows = [name.split(".")[1] for name, value in form.values.items() if name.startswith("needs.") and value]
    free = max((int(row) for row in rows if row.isdecimal()), default=-1) + 1
    added = (need for need in needs if need.need_id in unseen.need_ids)
    for number, need in enumerate(added, start=free):
        form.values |= _known_row(f"needs.{number}", need, dossier)
        form.errors.append(FieldError(f"needs.{number}.category", CATEGORIES[need.category], unseen.message))


def _row(form: Form[Any], number: int) -> dict[str, Any]:
    """One group of need fields, and whether something stands in it."""
    name = f"needs.{number}"
    filled = any(value not in ("", None) for field, value in form.values.items() if field.startswith(f"{name}."))
    wrong = any(error.field.startswith(f"{name}.") for error in form.errors)
    known = form.value_of(f"{name}.id")
    after = [(field, value) for field, value in form.values.items() if field.startswith(f"{name}.dependsOn.")]
    return {"name": name, "number": number + 1, "known": known, "after": after, "open": filled or wrong}
