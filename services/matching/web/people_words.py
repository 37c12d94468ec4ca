"""Codes about people with the words that the desk reads."""

from collections.abc import Mapping
from typing import Final

from services.matching.domain.person_changes import PersonChange
from services.matching.ports.people import Standing
from shared.events.base import Role

ROLES: Final[Mapping[str, str]] = {
    Role.AMBASSADOR: "Contactpersoon van gezinnen",
    Role.PARTNER: "Partner",
    Role.COORDINATOR: "Coördinator",
    Role.OPERATOR: "Beheerder",
    Role.TRUSTED_PERSON: "Vertrouwenspersoon",
    Role.MEMBER: "Lid van het netwerk",
    Role.SAFETY_OFFICER: "Aandachtsfunctionaris (veiligheid)",
}
# What the desk gives; an operator is made on the server.
GIVEN_ROLES: Final = tuple((role.value, ROLES[role]) for role in Role if role is not Role.OPERATOR)
STANDINGS: Final[Mapping[str, str]] = {
    Standing.THERE: "Wie meedoet",
    Standing.AWAY: "Nu afwezig",
    Standing.LEAVING: "Gaat vertrekken",
    Standing.WITHOUT_DEPUTY: "Zonder vervanger",
    Standing.LEFT: "Vertrokken",
}
CHANGES: Final[Mapping[str, str]] = {
    PersonChange.ADDED: "Toegevoegd aan het netwerk",
    PersonChange.CONFIRMED: "Bevestigd als collega",
    PersonChange.NAME: "Naam veranderd",
    PersonChange.ADDRESS: "E-mailadres veranderd",
    PersonChange.PHONE: "Telefoonnummer veranderd",
    PersonChange.KINDS: "Soort veranderd",
    PersonChange.ROLE_GIVEN: "Rol gegeven",
    PersonChange.ROLE_ENDED: "Rol gestopt",
    PersonChange.DEPUTY: "Vervanger veranderd",
    PersonChange.AWAY: "Afwezigheid veranderd",
    PersonChange.LEAVES_ON: "Dag van vertrek veranderd",
    PersonChange.LEAVING_BLOCKED: "Kon nog niet vertrekken: er hangt nog werk",
    PersonChange.LEFT: "Vertrokken",
    PersonChange.CAME_BACK: "Teruggekomen",
    PersonChange.QUESTION_PASSED: "Hulpvraag overgegeven aan een collega",
    PersonChange.SERVICE_PASSED: "Aanbod overgegeven aan een collega",
}
BY_NOBODY: Final = "een bestand, de klok of de beheerder"
