"""What the routes of community tell the audit log: who reads or changes what somebody told with a sign-up, and who
makes, approves or ties an example, for which intake is asked how common it is.

Not the page of a gathering: the names on it are of those who chose that the network sees that they come.
"""

from typing import Final

from shared.privacy.audit import About
from shared.web.auditing import Table, audited

AUDITED: Final[Table] = audited(
    About.NOBODY,
    None,
    {
        "sign-up": (
            "POST /bijeenkomsten/{gathering_id}/aanmelden",
            "GET /bijeenkomsten/plek/{token}",
            "POST /bijeenkomsten/plek/{token}",
            "GET /bijeenkomsten/plek/{token}/wijzigen",
            "POST /bijeenkomsten/plek/{token}/wijzigen",
            "GET /bijeenkomsten/plek/{token}/agenda",
            "POST /bijeenkomsten/plek/{token}/agenda",
            "GET /bijeenkomsten/plek/{token}/kennismaken",
            "POST /bijeenkomsten/plek/{token}/kennismaken",
            "GET /bijeenkomsten/plek/{token}/afspraken",
            "POST /bijeenkomsten/plek/{token}/afspraken",
            "POST /bijeenkomsten/plek/{token}/afspraken/{appointment_id}",
            "GET /bijeenkomsten/plek/{token}/afspraken/{appointment_id}/verzetten",
            "POST /bijeenkomsten/plek/{token}/afspraken/{appointment_id}/verzetten",
            "POST /bijeenkomsten/uitnodiging/{token}/aanmelden",
            "POST /internal/seat-letters",
            "POST /internal/gathering-letters",
            "POST /bijeenkomsten/volgen",
            "GET /bijeenkomsten/volgen/{token}",
            "POST /bijeenkomsten/volgen/{token}",
            "POST /internal/follow-letters",
        ),
        "participants": (
            "POST /bijeenkomsten/{gathering_id}/spreker",
            "GET /bijeenkomsten/{gathering_id}/deelnemers",
            "POST /bijeenkomsten/{gathering_id}/deelnemers/{seat_id}",
            "GET /bijeenkomsten/{gathering_id}/tafels",
            "POST /bijeenkomsten/{gathering_id}/tafels",
            "POST /bijeenkomsten/{gathering_id}/tafels/zetten",
            "GET /bijeenkomsten/{gathering_id}/deurlijst",
            "POST /bijeenkomsten/{gathering_id}/deurlijst",
            "GET /bijeenkomsten/{gathering_id}/nodig",
            "POST /bijeenkomsten/{gathering_id}/nodig",
        ),
        "example": (
            "POST /bijeenkomsten/voorbeelden/nieuw",
            "POST /bijeenkomsten/voorbeelden/{example_id}/wijzigen",
            "POST /bijeenkomsten/voorbeelden/{example_id}/goedkeuren",
            "POST /bijeenkomsten/voorbeelden/{example_id}/terug",
            "POST /bijeenkomsten/voorbeelden/{example_id}/intrekken",
            "POST /bijeenkomsten/voorbeelden/{example_id}/bijeenkomst",
            "POST /bijeenkomsten/voorbeelden/{example_id}/los",
        ),
        "card": (
            "GET /gezichten",
            "GET /gezichten/lijst.csv",
            "GET /gezichten/{person_id}",
            "GET /gezichten/{person_id}/kaartje.vcf",
            "GET /gezichten/mijn-kaart",
            "POST /gezichten/mijn-kaart",
            "POST /gezichten/mijn-kaart/klopt",
            "POST /gezichten/mijn-kaart/weg",
            "GET /gezichten/mijn-kaart/alles",
            "POST /gezichten/mijn-kaart/foto",
            "POST /gezichten/mijn-kaart/foto/weg",
            "POST /gezichten/mijn-kaart/code",
            "POST /gezichten/mijn-kaart/code/weg",
            "GET /gezichten/{person_id}/bericht",
            "POST /gezichten/{person_id}/bericht",
            "GET /gezichten/berichten/{mail_id}",
            "POST /internal/card-letters",
        ),
        "parked-events": (
            "GET /bijeenkomsten/geparkeerd",
            "GET /bijeenkomsten/geparkeerd/{event_id:path}",
            "POST /bijeenkomsten/geparkeerd/{event_id:path}",
        ),
    },
)
