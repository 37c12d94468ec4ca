"""What a family's own pages say of codes, in easy words; each is translated where it is shown."""

from collections.abc import Iterable, Mapping
from typing import Final

from services.intake.domain.break_glass import OpenReason
from services.intake.domain.consent import FieldSet
from services.intake.domain.dossier import Fact
from services.intake.domain.progress import Progress
from services.intake.handlers.family_page import WhoLooked
from shared.events.http import KnownPerson
from shared.kernel.translatable import to_translate
from shared.privacy.audit import Via
from shared.web.languages import gettext, listed, translated

_SEARCHING: Final = to_translate("Wij zoeken iemand die kan helpen.")
_ASKED: Final = to_translate("Wij hebben iemand gevraagd. Wij wachten op antwoord.")
_GOING_TO_HELP: Final = to_translate("Iemand gaat helpen. Jullie maken eerst kennis.")
_HELPING: Final = to_translate("De hulp is begonnen.")
_STOPPED: Final = to_translate("De hulp is gestopt.")
STAGES: Final[Mapping[Progress, str]] = {
    Progress.NOT_ASKED: to_translate("Wij praten hier eerst samen over."),
    Progress.WAITING: to_translate("Eerst komt iets anders. Daarna dit."),
    Progress.ENDED: _STOPPED,
    Progress.SEARCHING: _SEARCHING,
    Progress.NOBODY_FOUND: _SEARCHING,
    Progress.POSTPONED: _SEARCHING,
    Progress.NOT_HELPED: _SEARCHING,
    Progress.ASKED: _ASKED,
    Progress.QUESTION: _ASKED,
    Progress.WAITLISTED: to_translate("Er is later plek."),
    Progress.ACCEPTED: _GOING_TO_HELP,
    Progress.HANDOVER_PLANNED: _GOING_TO_HELP,
    Progress.HANDOVER_HALF_CONFIRMED: _GOING_TO_HELP,
    Progress.HANDED_OVER: _HELPING,
    Progress.HANDED_OVER_COLD: _HELPING,
    Progress.STARTED: _HELPING,
    Progress.DELIVERED: to_translate("De hulp is gegeven."),
    Progress.CONFIRMED: to_translate("Dit is klaar."),
    Progress.STOPPED: _STOPPED,
    Progress.SEARCH_STOPPED: _STOPPED,
    Progress.UNAVAILABLE: to_translate("Hiervoor is nu geen hulp."),
}
FACTS: Final[Mapping[Fact, str]] = {
    Fact.FIRST_NAME: to_translate("Voornaam van het kind"),
    Fact.LAST_NAME: to_translate("Achternaam van het kind"),
    Fact.BIRTH_DATE: to_translate("Geboren op"),
    Fact.EXPECTED_MONTH: to_translate("Wanneer de baby komt"),
    Fact.PREFERRED_NAME: to_translate("Zo willen jullie genoemd worden"),
    Fact.CONTACT_NAME: to_translate("Wie wij bellen"),
    Fact.PHONE: to_translate("Telefoon"),
    Fact.EMAIL: to_translate("E-mail"),
    Fact.ADDRESS: to_translate("Adres"),
    Fact.CONTACT_WISHES: to_translate("Zo praten jullie het liefst"),
    Fact.OWN_NETWORK: to_translate("Wie jullie al helpt"),
    Fact.HELPER_WISHES: to_translate("Wat jullie willen van wie helpt"),
    Fact.CONSENT_NAME: to_translate("Wie ja zei"),
    Fact.STORY: to_translate("Wat jullie vertelden"),
    Fact.CONTEXT: to_translate("Hoe het gaat"),
    Fact.BOTTLENECKS: to_translate("Wat moeilijk is"),
    Fact.EFFECT_ON_CHILD: to_translate("Wat het kind merkt"),
}
_NAMES: Final = to_translate("namen")
_REACH: Final = to_translate("telefoon, mail of adres")
_BORN: Final = to_translate("geboortedatum")
_HOUSEHOLD: Final = to_translate("taal, wijk en school")
_WISHES: Final = to_translate("jullie wensen")
_STORY: Final = to_translate("wat jullie vertelden")
# Fields of the log, in the groups that a family knows them by.
_GROUPS: Final[Mapping[str, str]] = {
    Fact.FIRST_NAME: _NAMES,
    Fact.LAST_NAME: _NAMES,
    Fact.PREFERRED_NAME: _NAMES,
    Fact.CONTACT_NAME: _NAMES,
    Fact.CONSENT_NAME: _NAMES,
    Fact.BIRTH_DATE: _BORN,
    Fact.EXPECTED_MONTH: _BORN,
    Fact.PHONE: _REACH,
    Fact.EMAIL: _REACH,
    Fact.ADDRESS: _REACH,
    Fact.DISTRICT: _REACH,
    Fact.CONTACT_WISHES: _REACH,
    Fact.HELPER_WISHES: _WISHES,
    FieldSet.HOUSEHOLD.value: _HOUSEHOLD,
}
_TO_HELP: Final = to_translate("om jullie te helpen")
_WHY: Final[Mapping[str, str]] = {
    "case-list": to_translate("voor een lijst met gezinnen"),
    "inventory": to_translate("voor het gesprek met jullie"),
    "consent": to_translate("voor jullie toestemming"),
}
_REASONS: Final[Mapping[str, str]] = {
    OpenReason.OPEN_POINT: to_translate("er was nog iets te doen"),
    OpenReason.AMBASSADOR_AWAY: to_translate("de contactpersoon was er niet"),
    OpenReason.FAMILY_CALLED: to_translate("jullie belden"),
    OpenReason.SOMETHING_WRONG: to_translate("er klopte iets niet"),
}


def as_told(looked: Iterable[WhoLooked]) -> list[WhoLooked]:
    """One for each day, person and reason in words: a family does not read that one page of ours has three purposes."""
    found: dict[tuple[object, ...], WhoLooked] = {}
    for one in looked:
        key = (one.look.day, one.look.person_id, one.look.role, one.organisation, why_of(one))
        known = found.get(key)
        found[key] = WhoLooked(known.look.joined_by(one.look), one.organisation) if known else one
    return list(found.values())


def what_of(looked: WhoLooked) -> str:
    """Which facts, in a few words; empty when none were named."""
    groups = (_GROUPS.get(name, _STORY) for name in (*Fact, *sorted(looked.look.fields - set(Fact))))
    seen = {_GROUPS.get(name, _STORY) for name in looked.look.fields}
    return listed(translated(group) for group in dict.fromkeys(groups) if group in seen)


def why_of(looked: WhoLooked) -> str:
    """What for."""
    return translated(_REASONS.get(looked.look.reason or "") or _WHY.get(looked.look.purpose, _TO_HELP))


def who_of(looked: WhoLooked, person: KnownPerson | None) -> str:
    """A person by name; else of which organisation."""
    if looked.look.is_family:
        return gettext("Jullie zelf, op deze pagina")
    if looked.look.via is Via.API and looked.organisation:
        return gettext("De computer van %(organisation)s", organisation=looked.organisation)
    if person is not None:
        of = looked.organisation or listed(person.organisations)
        return f"{person.name} ({of})" if of else person.name
    return gettext("Iemand van %(organisation)s", organisation=looked.organisation or "Schakel")
