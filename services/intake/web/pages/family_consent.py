"""The family's own page about who may read what: a yes or a no that weigh the same, and a stop for each partner."""

from datetime import date
from http import HTTPStatus
from typing import Any, Final

from fastapi import APIRouter, Depends, Request, Response

from services.intake.commands import AnswerConsent
from services.intake.domain.consent import Consent, ConsentState, FieldSet
from services.intake.domain.consent_given import How
from services.intake.handlers.consents import (
    consents_of,
    give_consent,
    one_answers_itself,
    refuse_consent,
    withdraw_consent,
)
from services.intake.handlers.family_consent import partners_of
from services.intake.handlers.family_page import children_of
from services.intake.web.family_door import HOME, FamilyPage, TheFamily
from services.intake.web.family_forms import AllowForm, StopAllForm, StopForm
from services.intake.web.family_reaches import FAMILY_REACHES
from shared.events.base import ConsentGiver
from shared.kernel.city import SharingText
from shared.kernel.errors import Invalid
from shared.kernel.translatable import to_translate
from shared.web.forms import Form, empty_form, read_form
from shared.web.languages import gettext, listed, read_in_languages, reading, translated
from shared.web.pages import day

PATH: Final = f"{HOME}/toestemming"
FIELD_SETS: Final = (
    (FieldSet.REACH, to_translate("hoe zij jullie bereiken")),
    (FieldSet.CHILD, to_translate("naam en geboortedatum van het kind")),
    (FieldSet.STORY, to_translate("wat jullie vertelden")),
    (FieldSet.HOUSEHOLD, to_translate("taal, wijk en school")),
    (FieldSet.MONEY, to_translate("wat jullie over geld vertelden")),
)
GIVERS: Final = (
    (ConsentGiver.GUARDIAN, to_translate("Een ouder of voogd")),
    (ConsentGiver.GUARDIAN_AND_CHILD, to_translate("Een ouder of voogd en het kind samen")),
    (ConsentGiver.YOUNG_PERSON, to_translate("De jongere zelf")),
)
DONE: Final = {
    "gestopt": to_translate("Gestopt. Deze organisatie ziet niets meer van jullie."),
    "bewaard": to_translate("Bewaard."),
}
NO_TEXT: Final = to_translate("Deze vraag is er nog niet. Niemand ziet wie jullie zijn.")
DAY_PASSED: Final = to_translate("Kies een dag na vandaag.")
NOT_THERE: Final = to_translate("Deze organisatie staat hier niet. Kies een organisatie van deze lijst.")
router = APIRouter(prefix=PATH, dependencies=[Depends(read_in_languages)])


@router.get("")
async def consent(page: TheFamily, gelukt: str = "") -> Response:
    """Who may read what now."""
    of_all = (await consents_of(page.case, page.unit)).about(None)
    allowed = sorted(each.value for each in of_all.field_sets) if of_all else []
    return await _shows(page, empty_form(AllowForm, fieldSets=allowed), said=translated(DONE.get(gelukt, "")))


@router.post("")
async def answer(request: Request, page: TheFamily) -> Response:
    """Yes to what was ticked, or no to everything; for partners of one kind, or of all."""
    form = await read_form(request, AllowForm, many=("fieldSets",))
    if (data := form.data) is None:
        return await _shows(page, form)
    text, is_yes = _text(page), data.answer == "yes"
    if text is None and is_yes:
        form.refuse("fieldSets", gettext(NO_TEXT))
    if is_yes and data.until and data.until <= page.unit.city.day_of(page.unit.now):
        form.refuse("until", gettext(DAY_PASSED))
    if form.errors:
        return await _shows(page, form)
    try:
        async with page.unit.savepoint():
            await (give_consent if is_yes else refuse_consent)(_told(data, text, page), None, page.unit)
    except Invalid as refusal:
        form.refuse_as(refusal)
        return await _shows(page, form)
    return page.done("bewaard", at=PATH)


@router.post("/stop")
async def stop(request: Request, page: TheFamily) -> Response:
    """With this organisation, for every child on the page."""
    form = await read_form(request, StopForm)
    known = {one.organisation_id for one in await partners_of(page.case, page.unit)}
    if form.data is None or form.data.organisation_id not in known:
        return await _shows(page, empty_form(AllowForm), stop=gettext(NOT_THERE))
    await withdraw_consent(page.case.id, None, form.data.organisation_id, page.unit)
    return page.done("gestopt", at=PATH)


@router.post("/alles")
async def stop_all(request: Request, page: TheFamily) -> Response:
    """With everything: nobody is asked any more."""
    form = await read_form(request, StopAllForm)
    if form.data is None:
        return await _shows(page, empty_form(AllowForm), stop_all=form)
    await withdraw_consent(page.case.id, None, None, page.unit)
    return page.done("alles-gestopt")


def _told(data: AllowForm, text: SharingText | None, page: FamilyPage) -> AnswerConsent:
    today = page.unit.city.day_of(page.unit.now)
    return AnswerConsent(
        case_id=page.case.id,
        partner_kind=data.partner_kind,
        field_sets=frozenset(data.field_sets) if data.answer == "yes" else frozenset(),
        given_by=data.given_by,
        given_on=today,
        text_version=text.version if text else page.unit.city.consent.current(today),
        language=text.language if text else reading().language,
        interpreter=False,
        how=How.OWN_PAGE,
        until=data.until if data.answer == "yes" else None,
    )


async def _shows(
    page: FamilyPage,
    form: Form[AllowForm],
    stop_all: Form[Any] | None = None,
    said: str = "",
    stop: str = "",
) -> Response:
    response = page.shows(
        "family_consent.html",
        form,
        partners=await _partners(page),
        stop_all=stop_all or empty_form(StopAllForm),
        text=_text(page),
        kinds=page.city.organisation_kinds.options,
        answers=await _answers(page),
        one_answers_itself=await one_answers_itself(await children_of(page.case, page.unit), page.unit),
        field_sets=[(code.value, translated(words)) for code, words in FIELD_SETS],
        givers=[(code.value, translated(words)) for code, words in GIVERS],
        said=said,
        not_stopped=stop,
        reach=FAMILY_REACHES,
    )
    if stop_all is not None or stop:
        response.status_code = HTTPStatus.BAD_REQUEST
    return response


async def _partners(page: FamilyPage) -> list[dict[str, Any]]:
    return [
        {
            "id": one.organisation_id,
            "name": one.name,
            "is_stopped": one.is_stopped,
            "sees": _listed(one.sees),
            "must_delete": one.must_delete,
            "deleted_on": one.deleted_on,
        }
        for one in await partners_of(page.case, page.unit)
    ]


async def _answers(page: FamilyPage) -> list[tuple[str, str]]:
    """Of which organisations, and what the family said of them last; what nobody was asked is left out."""
    unit, consents = page.unit, await consents_of(page.case, page.unit)
    today, born = unit.city.day_of(unit.now), (await unit.vault.read_birth_dates([page.case.id])).get(page.case.id)
    kinds = [(None, gettext("Alle organisaties die helpen")), *page.city.organisation_kinds.options]
    told = [(words, consents.about(kind)) for kind, words in kinds]
    return [(words, _said(answer, today, born)) for words, answer in told if answer is not None]


def _said(answer: Consent, today: date, born: date | None) -> str:
    if answer.state is ConsentState.REFUSED:
        return gettext("Nee, niets.")
    if answer.state is not ConsentState.GIVEN or answer.has_ended_by(today, born):
        return gettext("Dit geldt niet meer. Zij zien niets van jullie.")
    if answer.until:
        return gettext("Ja, tot en met %(on)s: %(what)s.", on=day(answer.until), what=_listed(answer.field_sets))
    return gettext("Ja: %(what)s.", what=_listed(answer.field_sets))


def _listed(field_sets: frozenset[FieldSet]) -> str:
    return listed(translated(words) for code, words in FIELD_SETS if code in field_sets)


def _text(page: FamilyPage) -> SharingText | None:
    """What families are asked today, in the language of the reader where it is written in that."""
    city = page.unit.city
    return city.consent.sharing_on(city.day_of(page.unit.now), reading().language, city.language)
