"""As what somebody is signed in, in words."""

from collections.abc import Mapping
from typing import Final

from shared.events.base import Role

ROLE_WORDS: Final[Mapping[Role, str]] = {
    Role.AMBASSADOR: "contactpersoon",
    Role.PARTNER: "partner",
    Role.COORDINATOR: "coördinator",
    Role.OPERATOR: "beheerder",
    Role.TRUSTED_PERSON: "vertrouwenspersoon",
    Role.MEMBER: "lid",
    Role.SAFETY_OFFICER: "aandachtsfunctionaris",
}


def as_what(role: Role, organisation: str) -> str:
    """`contactpersoon bij Basisschool De Zevensprong`."""
    return f"{ROLE_WORDS[role]} bij {organisation}" if organisation else ROLE_WORDS[role]
