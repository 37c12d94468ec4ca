"""A skills passport as a file: shaped like an Open Badges 3.0 credential of W3C, unsigned, and saying so."""

from datetime import date, datetime
from typing import Any, Final

from services.community.domain.passport import Endorsement, Passport, Skill, Source
from shared.kernel.city import City

CONTEXT: Final = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
UNSIGNED: Final = "Dit paspoort is niet ondertekend. De eigenaar schreef het zelf."
SOURCES: Final = {Source.LEARNING: "leren", Source.WORK: "werk", Source.LIFE: "leven"}


def credential_of(passport: Passport, name: str, city: City, at: datetime) -> dict[str, Any]:
    """`proof` is left out: nobody signs it. Without addresses, and without who was asked and gave no word."""
    today = city.day_of(at)
    return {
        "@context": list(CONTEXT),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Vaardighedenpaspoort",
        "description": f"{UNSIGNED} {valid_on(today)}",
        "issuer": {"type": ["Profile"], "name": name},
        "validFrom": at.isoformat(),
        "signed": False,
        "validOn": today.isoformat(),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "name": name,
            "achievement": [_achievement(one) for one in passport.skills],
        },
    }


def valid_on(day: date) -> str:
    """As it stands on paper."""
    return f"Geldig op {day:%d-%m-%Y}."


def _achievement(skill: Skill) -> dict[str, Any]:
    return {
        "id": f"urn:uuid:{skill.id}",
        "type": ["Achievement"],
        "name": skill.name,
        "description": skill.example,
        "criteria": {"narrative": f"Geleerd door: {SOURCES[skill.source]}"},
        "endorsement": [_endorsement(one) for one in skill.given],
    }


def _endorsement(given: Endorsement) -> dict[str, Any]:
    return {
        "type": ["EndorsementCredential"],
        "issuer": {"type": ["Profile"], "name": given.name},
        "awardedDate": given.on.isoformat() if given.on else None,
    }
