"""What a family allows partners to read, asked together: no answer is ticked beforehand, and no is as big as yes."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.intake.commands import AnswerConsent
from services.intake.domain.consent import Consent, ConsentState, FieldSet, newest_about
from services.intake.handlers.consents import give_consent, refuse_consent, withdraw_consent
from services.intake.handlers.showing import CaseView, show_case
from services.intake.web import asking
from services.intake.web.case_forms import AnswerForm, PartnerConsentForm, StopPartnerForm
from services.intake.web.case_page import CasePage, TheCasePage
from services.intake.web.words import FIELD_SETS
from shared.kernel.city import City, SharingText
from shared.web.forms import Form, empty_form
from shared.web.pages import day

# Of every kind of partner at once; a kind of the city bears its own code.
EVERY: Final = "elke"
NOTHING_CHOSEN: Final = "Kies wat deze partner mag lezen. Mag de partner niets lezen? Kies dan nee."
router = APIRouter(prefix="/aanvragen/{case_id}/toestemming")


@router.get("/partners")
async def asking_for_partners(page: TheCasePage) -> Response:
    """The text in the family's language, and what it answered until now."""
    view = await show_case(page.case_id, page.unit, page.viewer)
    return await _asking(page, empty_form(PartnerConsentForm, **_given(view, page)))


@router.post("/partners")
async def answer_for_partners(request: Request, page: TheCasePage) -> Response:
    """Each answer is kept beside the ones before."""
    kinds = _kinds(page.dependencies.city)
    form = await page.reads(request, PartnerConsentForm, many=[f"fieldSets.{kind}" for kind in kinds])
    if form.data is not None:
        _check(form, form.data, kinds)
    if form.data is not None and not form.errors and await page.takes(form, _answer_all(form.data, kinds, page)):
        return page.done("partners")
    return await _asking(page, form)


@router.get("/formulier")
async def paper(page: TheCasePage, taal: str = "") -> Response:
    """The same to print, in the language of the family; filled in by hand. Without a text there is nothing to print."""
    view, dossier = await page.opens()
    text = _text(page, taal, view.case.opening.family_language)
    if text is None:
        return RedirectResponse(f"/aanvragen/{page.case_id}/toestemming/partners", HTTPStatus.SEE_OTHER)
    city, language = page.unit.city, text.language
    kinds = {EVERY: text.says.every_kind} | dict(city.read_in(language).organisation_kinds.options)
    languages, said = city.consent.sharing[text.version], city.consent.text(text.version, language)
    more = {"version": text.version, "language": language, "languages": languages, "sharing": text.says, "text": said}
    return page.shown("partner_consent_paper.html", empty_form(PartnerConsentForm), view, dossier, kinds=kinds, **more)


@router.post("/stoppen")
async def stop_with_partner(request: Request, page: TheCasePage) -> Response:
    """The family stops with one organisation, at once and for good."""
    form = await page.reads(request, StopPartnerForm)
    if form.data is None:
        return await _asking(page, empty_form(PartnerConsentForm), stop=form)
    await withdraw_consent(page.case_id, page.viewer, form.data.organisation_id, page.unit)
    return page.done("gestopt")


def _kinds(city: City) -> dict[str, str]:
    return {EVERY: "Elke partner die helpt"} | dict(city.organisation_kinds.options)


def _text(page: CasePage, *languages: str) -> SharingText | None:
    city = page.unit.city
    return city.consent.sharing_on(city.day_of(page.unit.now), *languages, city.language)


def _given(view: CaseView, page: CasePage) -> dict[str, str]:
    """What nobody has to choose: the text, and the language that the family speaks, if the text is there in it."""
    text = _text(page, view.case.opening.family_language)
    return {"consent__textVersion": text.version, "consent__language": text.language} if text else {}


def _check(form: Form[PartnerConsentForm], data: PartnerConsentForm, kinds: Mapping[str, str]) -> None:
    for kind in kinds:
        if data.answers.get(kind) == "yes" and not data.field_sets.get(kind):
            form.refuse(f"fieldSets.{kind}", NOTHING_CHOSEN)
    if not data.answers.keys() & kinds.keys():
        form.refuse(f"answers.{EVERY}", "Zeg van één soort partner wat het gezin antwoordde: ja of nee.")


async def _answer_all(data: PartnerConsentForm, kinds: Mapping[str, str], page: CasePage) -> None:
    for kind in kinds:
        if kind in data.answers:
            await _answer(data, kind, page)


async def _answer(data: PartnerConsentForm, kind: str, page: CasePage) -> None:
    partner_kind, is_yes = None if kind == EVERY else kind, data.answers[kind] == "yes"
    told = {name: getattr(data.consent, name) for name in AnswerForm.model_fields}
    allowed = frozenset(data.field_sets.get(kind, ())) if is_yes else frozenset[FieldSet]()
    command = AnswerConsent(case_id=page.case_id, partner_kind=partner_kind, field_sets=allowed, **told)
    await (give_consent if is_yes else refuse_consent)(command, page.viewer, page.unit)


async def _asking(
    page: CasePage, form: Form[PartnerConsentForm], stop: Form[StopPartnerForm] | None = None
) -> Response:
    view, dossier = await page.opens()
    city = page.unit.city
    consents, text = await page.unit.consents.list_of_case(page.case_id), _text(page)
    texts = city.consent.sharing[text.version] if text else {}
    form.values["consent.textVersion"] = text.version if text else ""
    return page.shown(
        "partner_consent.html",
        form,
        view,
        dossier,
        stop=stop or empty_form(StopPartnerForm),
        kinds=_kinds(city),
        now={kind: _said(newest_about(consents, None if kind == EVERY else kind)) for kind in _kinds(city)},
        texts=texts,
        field_sets=[(each.value, words) for each, words in FIELD_SETS.items()],
        languages=[(each, city.languages.words(each)) for each in texts],
        givers=list(asking.GIVERS.items()),
        ways=asking.WAYS,
        helping=_helping(view, consents),
    )


def _said(answer: Consent | None) -> str:
    """What stands now, in a sentence."""
    if answer is None:
        return "Het gezin heeft hierover nog niets gezegd: deze partner leest niets."
    if answer.state is ConsentState.REFUSED:
        return f"Nee, sinds {day(answer.given_on)}."
    if answer.state is not ConsentState.GIVEN:
        return "Dit geldt niet meer: deze partner leest niets. Vraag het opnieuw."
    allowed = ", ".join(FIELD_SETS[each].lower() for each in FieldSet if each in answer.field_sets)
    return f"Ja, sinds {day(answer.given_on)}{f' tot en met {day(answer.until)}' if answer.until else ''}: {allowed}."


def _helping(view: CaseView, consents: list[Consent]) -> list[tuple[str, str]]:
    """Whom the family can stop with: who is asked or helps, and was not stopped."""
    asked = {each.progress.organisation_id: each.organisation for each in view.needs if each.progress}
    return [
        (str(organisation_id), name)
        for organisation_id, name in asked.items()
        if organisation_id and name and not any(each.stops(organisation_id) for each in consents)
    ]
