"""The request on one page, to print or to go through together with the family."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from services.intake.domain.case import Case
from services.intake.domain.consent import Consent, Purpose
from services.intake.domain.consent_given import ConsentGivenHow
from services.intake.domain.dossier import Dossier, Fact, NeedWords
from services.intake.domain.errors import NotYourFamily
from services.intake.handlers.showing import CaseView, open_dossier, show_case
from services.intake.ports import IntakeUnit
from services.intake.web.case_view import address_of, birth_of, child_of, district_of
from services.intake.web.dependencies import TheDependencies, TheViewer, Unit
from services.intake.web.timeline_view import readable
from services.intake.web.words import BENEFICIARIES, CONSENT_GIVERS, HORIZONS, given_how
from shared.kernel.city import City
from shared.web.pages import day, language_name, lower_first

FACTS = (
    Fact.FIRST_NAME, Fact.LAST_NAME, Fact.BIRTH_DATE, Fact.EXPECTED_MONTH, Fact.CONTACT_NAME, Fact.PHONE,
    Fact.EMAIL, Fact.ADDRESS, Fact.STORY, Fact.CONSENT_NAME, Fact.PREFERRED_NAME, Fact.CONTACT_WISHES,
    Fact.DISTRICT,
)  # fmt: skip
NOTHING = "niet ingevuld"
router = APIRouter(prefix="/aanvragen")


@router.get("/{case_id}/overzicht")
async def overview(
    request: Request, viewer: TheViewer, unit: Unit, dependencies: TheDependencies, case_id: UUID
) -> Response:
    """What was asked, for its own ambassador and the desk. Reading it is written down, as everywhere."""
    view = await show_case(case_id, unit, viewer)
    dossier = await open_dossier(case_id, unit, viewer, FACTS, "overview-page")
    if dossier is None:
        raise NotYourFamily(unit.city)
    opening = view.case.opening
    texts = unit.city.consent.texts.get(opening.consent_text_version, {})
    return dependencies.templates.page(
        request,
        "overview.html",
        case=view.case,
        groups=[
            ("Het kind en het gezin", _family(view, dossier, unit.city)),
            ("Wat is er nodig?", _needs(view, dossier, unit.city)),
            ("Toestemming", [*_consent(view, dossier, unit.city), *await _consents_before(view.case, unit)]),
        ],
        consents=[
            (each, texts[each])
            for each in dict.fromkeys((unit.city.language, opening.family_language))
            if each in texts
        ],
    )


def _family(view: CaseView, dossier: Dossier, city: City) -> list[tuple[str, str]]:
    facts, opening = dossier.facts, view.case.opening
    language = language_name(city.languages.words(opening.family_language))
    return [
        ("Kind", child_of(dossier)),
        ("Geboren op", birth_of(dossier)),
        ("Wijk", district_of(view.case, dossier, city)),
        ("Contactpersoon in het gezin", facts[Fact.CONTACT_NAME]),
        ("Telefoon", readable(facts.get(Fact.PHONE)) or NOTHING),
        ("E-mail", facts.get(Fact.EMAIL, NOTHING)),
        ("Adres", address_of(view.case, dossier, NOTHING)),
        ("Taal", f"{language}, met tolk" if opening.interpreter_needed else language),
        ("Wil genoemd worden", facts.get(Fact.PREFERRED_NAME, NOTHING)),
        ("Praat het liefst", facts.get(Fact.CONTACT_WISHES, NOTHING)),
    ]


def _needs(view: CaseView, dossier: Dossier, city: City) -> list[tuple[str, str]]:
    lines = []
    for number, need in enumerate(view.case.needs, start=1):
        said = (
            f"{city.categories.words(need.category)}. {city.urgencies.words(need.urgency)}. "
            f"Voor: {lower_first(BENEFICIARIES[need.beneficiary])}. {HORIZONS[need.horizon]}."
        )
        words = dossier.needs.get(need.need_id, NeedWords()).words
        lines.append((f"Hulpvraag {number}", f"{said} “{words}”" if words else said))
    return [*lines, ("Het gezin vertelt", dossier.facts.get(Fact.STORY, NOTHING))]


def _consent(view: CaseView, dossier: Dossier, city: City) -> list[tuple[str, str]]:
    giver, name = CONSENT_GIVERS[view.case.opening.consent_given_by], dossier.facts.get(Fact.CONSENT_NAME)
    return [
        ("Wie gaf toestemming", f"{giver}: {name}" if name else giver),
        ("Op", day(view.case.opening.consent_given_on)),
        ("Hoe", given_how(view.case.opening.consented, city)),
    ]


async def _consents_before(case: Case, unit: IntakeUnit) -> list[tuple[str, str]]:
    """Each consent to asking that a newer one took the place of, newest first."""
    asked = [one for one in await unit.consents.list_of_case(case.id) if one.purpose is Purpose.ASK]
    return [("Eerder", _before(one, unit.city)) for one in reversed(asked)]


def _before(consent: Consent, city: City) -> str:
    how = given_how(ConsentGivenHow(consent.language, consent.how, consent.interpreter), city)
    giver = CONSENT_GIVERS[consent.given_by]
    return f"{giver}, op {day(consent.given_on)}, tekst {consent.text_version}. {how}"
