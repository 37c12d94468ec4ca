"""A request as it stands before it is sent: what somebody reads to see whether all of it is right."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pydantic.alias_generators import to_camel

from services.intake.domain.consent_given import ConsentGivenHow
from services.intake.web.asking import GIVERS, Step, rows_in
from services.intake.web.forms import FamilyForm, RequestForm
from services.intake.web.words import BENEFICIARIES, HORIZONS, given_how
from shared.kernel.city import City
from shared.web.forms import Form
from shared.web.pages import day, language_name, lower_first

# A term and what stands behind it.
Line = tuple[str, str]
NOTHING = "niet ingevuld"
# What is asked of a family and has words of its own in the summary.
_IN_WORDS = frozenset(
    {
        "contact_name", "phone", "email", "address", "address_is_secret", "language", "interpreter_needed",
        "preferred_name", "contact_wishes",
    }
)  # fmt: skip
_BENEFICIARIES = {beneficiary.value: words for beneficiary, words in BENEFICIARIES.items()}
_HORIZONS = {horizon.value: words for horizon, words in HORIZONS.items()}


def lines_of(step: Step, form: Form[RequestForm], city: City) -> Sequence[Line]:
    """What was filled in on this page, in words."""
    return {"toestemming": _consent, "kind": _child, "gezin": _family, "nodig": _needs}[step.slug](form, city)


def _consent(form: Form[RequestForm], city: City) -> Sequence[Line]:
    giver, name = GIVERS.get(_said(form, "consent.givenBy"), NOTHING), _said(form, "consent.name")
    return [
        _birth(form),
        ("Wie gaf toestemming", f"{giver}: {name}" if name else giver),
        ("Op", _day(form, "consent.givenOn")),
        ("Hoe", given_how(_consented(form), city)),
    ]


def _consented(form: Form[RequestForm]) -> ConsentGivenHow:
    how, language = form.read("consent.how"), form.read("consent.language")
    return ConsentGivenHow(language, how, bool(form.read("consent.interpreter")))


def _birth(form: Form[RequestForm]) -> Line:
    if expected := _said(form, "child.expectedMonth"):
        return "Het kind komt in", expected
    return "Het kind is geboren op", _day(form, "child.birthDate")


def _child(form: Form[RequestForm], city: City) -> Sequence[Line]:
    district = _said(form, "district")
    return [
        ("Naam", _together(form, "child.firstName", "child.lastName")),
        ("Wijk", city.districts.words(district) if district else NOTHING),
    ]


def _family(form: Form[RequestForm], city: City) -> Sequence[Line]:
    spoken = _said(form, "family.language")
    language = language_name(city.languages.words(spoken)) if spoken else NOTHING
    return [
        ("Contactpersoon in het gezin", _said(form, "family.contactName") or NOTHING),
        ("Telefoon", _said(form, "family.phone") or NOTHING),
        ("E-mail", _said(form, "family.email") or NOTHING),
        ("Adres", _said(form, "family.address") or NOTHING),
        (
            "Is het adres geheim?",
            "Ja: alleen de contactpersoon ziet adres en wijk" if _said(form, "family.addressIsSecret") else "Nee",
        ),
        ("Wil genoemd worden", _said(form, "family.preferredName") or NOTHING),
        ("Praat het liefst", _said(form, "family.contactWishes") or NOTHING),
        ("Taal", f"{language}, met tolk" if _said(form, "family.interpreterNeeded") else language),
        *_others(form),
    ]


def _others(form: Form[RequestForm]) -> Sequence[Line]:
    """What else is asked of a family, by its title."""
    more = [(name, field) for name, field in FamilyForm.model_fields.items() if name not in _IN_WORDS]
    return [(str(field.title), _said(form, f"family.{to_camel(name)}") or NOTHING) for name, field in more]


def _needs(form: Form[RequestForm], city: City) -> Sequence[Line]:
    rows = [(f"Hulpvraag {number + 1}", _need(form, f"needs.{number}", city)) for number in range(rows_in(form.values))]
    story = _said(form, "story")
    knows = "Ja, vraag nu al iemand" if _said(form, "familyKnows") else "Nee, eerst het gesprek"
    told = [("Weet het gezin dat we nu al iemand vragen?", knows), ("Het gezin vertelt", story or NOTHING)]
    return [*(rows or [("Hulpvraag 1", NOTHING)]), *told]


def _need(form: Form[RequestForm], row: str, city: City) -> str:
    category, urgency = _said(form, f"{row}.category"), _said(form, f"{row}.urgency")
    parts = [
        city.categories.words(category) if category else NOTHING,
        city.urgencies.words(urgency) if urgency else "",
        f"Voor: {lower_first(_words(_BENEFICIARIES, form, f'{row}.beneficiary'))}",
        _words(_HORIZONS, form, f"{row}.horizon"),
    ]
    words = _said(form, f"{row}.description")
    return ". ".join(part for part in parts if part) + (f". “{words}”" if words else ".")


def _words(words: Mapping[str, str], form: Form[RequestForm], name: str) -> str:
    """Of a choice that may be left: then the first one holds."""
    return words.get(_said(form, name), next(iter(words.values())))


def _said(form: Form[RequestForm], name: str) -> str:
    return str(form.value_of(name))


def _day(form: Form[RequestForm], name: str) -> str:
    read: Any = form.read(name)
    return day(read) if isinstance(read, date) else _said(form, name) or NOTHING


def _together(form: Form[RequestForm], *names: str) -> str:
    return " ".join(said for name in names if (said := _said(form, name))) or NOTHING
