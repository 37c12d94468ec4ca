"""The consent of a family, told anew: the desk missed it, or it was written down wrongly."""

from fastapi import APIRouter, Request, Response

from services.intake.domain.dossier import Fact
from services.intake.handlers.consent import renew_consent
from services.intake.web import asking
from services.intake.web.case_forms import ConsentAgainForm
from services.intake.web.case_page import CALLED, CasePage, TheCasePage
from services.intake.web.case_view import outgrown_of
from shared.kernel.errors import Invalid
from shared.web.forms import Form, empty_form

FACTS = (*CALLED, Fact.BIRTH_DATE, Fact.CONSENT_NAME)
router = APIRouter(prefix="/aanvragen/{case_id}")


@router.get("/toestemming")
async def consenting(page: TheCasePage) -> Response:
    """What the family read, and who gives the consent."""
    version = page.unit.city.consent.current(page.unit.city.day_of(page.unit.now))
    return await _consenting(page, empty_form(ConsentAgainForm, consent__textVersion=version))


@router.post("/toestemming")
async def consent(request: Request, page: TheCasePage) -> Response:
    """It is kept, with who wrote it down."""
    form = await page.reads(request, ConsentAgainForm)
    if form.data is not None:
        try:
            async with page.unit.savepoint():
                await renew_consent(page.case_id, form.data.consent.told, page.unit, page.viewer)
        except Invalid as refusal:
            asking.refuse(form, refusal)
        else:
            return page.done("toestemming")
    return await _consenting(page, form)


async def _consenting(page: CasePage, form: Form[ConsentAgainForm]) -> Response:
    consent = page.dependencies.city.consent
    version = str(form.value_of("consent.textVersion"))
    if version not in consent.texts:
        form.values["consent.textVersion"] = version = consent.current(page.unit.city.day_of(page.unit.now))
    givers = list(asking.GIVERS.items())
    view, dossier = await page.opens(FACTS)
    born = dossier.born
    texts = {"consent": consent.texts[version], "outgrown": outgrown_of(view.case, born, page)}
    choices = {"consent_givers": givers, "consent_ways": asking.WAYS}
    return page.shown("consent_again.html", form, view, dossier, **texts, **choices)
