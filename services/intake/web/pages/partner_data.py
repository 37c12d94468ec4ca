"""What a partner that said yes reads of the family, and nothing that the family did not allow."""

from datetime import date, timedelta
from uuid import UUID

from fastapi import APIRouter, Request, Response

from services.intake.domain.consent import FieldSet
from services.intake.domain.dossier import Fact
from services.intake.handlers.partner_reading import PartnerReading, read_as_partner
from services.intake.web.dependencies import TheDependencies, ThePartner, Unit
from services.intake.web.timeline_view import readable
from services.intake.web.words import FIELD_SETS
from shared.kernel.city import City
from shared.web.pages import day, language_name

Lines = list[tuple[str, str]]
# The story first: that is what the help is about.
IN_ORDER = (FieldSet.STORY, FieldSet.CHILD, FieldSet.HOUSEHOLD, FieldSet.REACH, FieldSet.MONEY)
TITLES = {
    FieldSet.STORY: {
        Fact.STORY: "Het verhaal van het gezin", Fact.CONTEXT: "Wat wij weten van thuis",
        Fact.EFFECT_ON_CHILD: "Wat het kind ervan merkt",
    },
    FieldSet.REACH: {
        Fact.PREFERRED_NAME: "Wil genoemd worden", Fact.CONTACT_NAME: "Wie je spreekt", Fact.PHONE: "Telefoon",
        Fact.EMAIL: "E-mail", Fact.ADDRESS: "Adres", Fact.CONTACT_WISHES: "Praat het liefst",
    },
    FieldSet.MONEY: {Fact.BOTTLENECKS: "Wat er speelt"},
}  # fmt: skip
WISHES = "Wat het gezin wil van wie helpt"
router = APIRouter(prefix="/aanvragen/gegevens")


@router.get("/{referral_id}")
async def partner_data(
    request: Request, partner: ThePartner, unit: Unit, dependencies: TheDependencies, referral_id: UUID
) -> Response:
    """Reading it is written down before it is shown, and the family can read that."""
    reading = await read_as_partner(referral_id, unit, partner)
    old = unit.city.day_of(unit.now) - timedelta(days=unit.city.privacy.fresh_days)
    shown = [each for each in IN_ORDER if each in reading.field_sets]
    groups = [(FIELD_SETS[each], _lines(each, reading, unit.city, old)) for each in shown]
    if wishes := reading.facts.get(Fact.HELPER_WISHES):
        groups.insert(0, (WISHES, [("In hun woorden", _dated(wishes, reading.told_on[Fact.HELPER_WISHES], old))]))
    return dependencies.templates.page(request, "partner_data.html", groups=groups)


def _lines(of: FieldSet, reading: PartnerReading, city: City, old: date) -> Lines:
    if of is FieldSet.CHILD:
        return _child(reading)
    if of is FieldSet.HOUSEHOLD:
        return _household(reading, city)
    told = [
        (title, _dated(readable(said) if fact is Fact.PHONE else said, reading.told_on[fact], old))
        for fact, title in TITLES[of].items()
        if (said := reading.facts.get(fact))
    ]
    if of is FieldSet.STORY and reading.words:
        return [("Waar het gezin om vraagt", reading.words), *told]
    return told


def _dated(said: str | None, told_on: date, old: date) -> str:
    """With its day: what is fresh is not asked again, and of what is old whether it still holds."""
    return f"{said} (verteld op {day(told_on)}{'. Vraag of het nog klopt' if told_on <= old else ''})"


def _child(reading: PartnerReading) -> Lines:
    names = (reading.facts.get(Fact.FIRST_NAME), reading.facts.get(Fact.LAST_NAME))
    lines = [("Naam", " ".join(name for name in names if name))]
    return [*lines, ("Geboren op", day(reading.born))] if reading.born else lines


def _household(reading: PartnerReading, city: City) -> Lines:
    opening = reading.case.opening
    language = language_name(city.languages.words(opening.family_language))
    lines = [("Taal", f"{language}, met tolk" if opening.interpreter_needed else language)]
    if opening.district is not None:
        lines.append(("Wijk", city.districts.words(opening.district)))
    return [*lines, ("School of organisatie", reading.school)] if reading.school else lines
