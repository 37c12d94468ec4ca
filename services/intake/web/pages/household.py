"""A family with several children: its plan on one page, and help for another child in three fields."""

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.intake.domain.dossier import Dossier, Fact
from services.intake.handlers.household import add_sibling
from services.intake.handlers.showing import CaseView, show_case
from services.intake.web import asking
from services.intake.web.case_page import CALLED, CasePage, TheCasePage, reader_of
from services.intake.web.family_view import children_of
from services.intake.web.sibling_bodies import SiblingForm, to_sibling
from shared.kernel.errors import Invalid
from shared.web.forms import Form, empty_form

KNOWN = (*CALLED, Fact.LAST_NAME, Fact.CONSENT_NAME)
FIELDS = ("child.firstName", "child.birthDate", "child.expectedMonth", "needs", "consent")
router = APIRouter(prefix="/aanvragen/{case_id}")


@router.get("/gezin")
async def plan(page: TheCasePage) -> Response:
    """What every child of this family needs, and who helps."""
    view = await show_case(page.case_id, page.unit, page.viewer)
    children = await children_of(page)
    return page.dependencies.templates.page(
        page.request,
        "household.html",
        viewer=page.viewer,
        reader=reader_of(page.viewer),
        view=view,
        case=view.case,
        called=next(child["called"] for child in children if child["id"] == page.case_id),
        form=empty_form(SiblingForm),
        children=children,
        own=page.viewer.speaks_for(view.case.opening.ambassador_id),
    )


@router.get("/nog-een-kind")
async def another_child(page: TheCasePage) -> Response:
    """Three things; the rest is known."""
    return await _another(page, empty_form(SiblingForm, caseId=str(page.dependencies.ids.new())))


@router.post("/nog-een-kind")
async def add_another_child(request: Request, page: TheCasePage) -> Response:
    """Another case of the same family. Pressing the button twice makes one."""
    form = await page.reads(request, SiblingForm, order=FIELDS)
    if form.data is not None:
        await page.opens()
        command = to_sibling(page.case_id, form.data, form.data.case_id)
        try:
            async with page.unit.savepoint():
                case = await add_sibling(command, page.unit, page.viewer)
        except Invalid as refusal:
            asking.refuse(form, refusal)
        else:
            return RedirectResponse(f"/aanvragen/{case.id}?gelukt=nog-een-kind", status_code=HTTPStatus.SEE_OTHER)
    return await _another(page, form)


async def _another(page: CasePage, form: Form[SiblingForm]) -> Response:
    view, dossier = await page.opens(KNOWN)
    return page.shown("sibling.html", form, view, dossier, **_consent(page, form, view, dossier))


def _consent(page: CasePage, form: Form[SiblingForm], view: CaseView, dossier: Dossier) -> dict[str, Any]:
    """The consent that goes along; its fields only when another one is needed for this child."""
    city, opening = page.unit.city, view.case.opening
    asked = any(name.startswith("consent.") for name in (*form.values, *(error.field for error in form.errors)))
    version = city.consent.current(city.day_of(page.unit.now))
    if asked and str(form.value_of("consent.textVersion")) not in city.consent.texts:
        form.values["consent.textVersion"] = version
    text = city.consent.texts[str(form.value_of("consent.textVersion")) if asked else version]
    return {
        "asks_consent": asked,
        "consent": text,
        "consent_givers": list(asking.GIVERS.items()),
        "consent_ways": asking.WAYS,
        "consented": asking.GIVERS[opening.consent_given_by.value],
        "consented_by": dossier.facts.get(Fact.CONSENT_NAME),
        "last_name": dossier.facts.get(Fact.LAST_NAME),
    }
