"""Makes `schiewijk.json`, the invented city, always the same: `python -m deploy.demo.city.make_city`."""

import json
import re
import sys
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from deploy.demo.city.offers import OFFERS, Category, Kind
from deploy.demo.city.organisations import DESK, DESK_PEOPLE, FIRST_NAMES, LAST_NAMES, ORGANISATIONS, SCHOOLS, Owner
from shared.kernel.city import City, CodeList
from shared.kernel.city.file import read_city

CITY_FILE: Final = Path(__file__).with_name("schiewijk.json")
CITY: Final = uuid5(NAMESPACE_URL, "https://schakel.example/schiewijk")
NOTE: Final = "Alles in dit bestand is verzonnen: de stad, de organisaties, de mensen, de adressen en de nummers."
LANGUAGES: Final = ("ar", "tr", "pl", "en", "so", "ti", "uk", "pap", "es", "fa")
DAYS: Final = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag")
STREETS: Final = ("Lange Kade", "Molenwerf", "Zoute Plein", "Lisstraat", "Groene Laan", "Touwbaan", "Kapelhof")
FEW: Final = 3
ONE_IN: Final = 41


@cache
def schiewijk() -> City:
    """The city that the map is of."""
    return read_city(CITY_FILE.parent / "schiewijk" / "city.toml")


def identity(kind: str, name: str) -> UUID:
    """The same name keeps its identity for ever."""
    return uuid5(CITY, f"{kind}:{name}")


def slug(name: str) -> str:
    """What a name looks like in an address: de-gouden-bel."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def phone(number: int) -> str:
    """A number that nobody has: 010 000 is not given out."""
    return f"010 000 {number:04d}"


def make_city() -> dict[str, Any]:
    """The whole file: organisations, services and people."""
    organisations = [_organisation(owner.name, owner.kind, at) for at, owner in enumerate(ORGANISATIONS)]
    services: list[dict[str, Any]] = []
    for at, owner in enumerate(ORGANISATIONS):
        services += _services(owner, at, len(services))
    for at, (school, district, _) in enumerate(SCHOOLS):
        kind = "health" if school.startswith("Huisarts") else "school"
        organisations.append(
            _organisation(school, kind, 500 + at, f"Bliep-ambassadeur in {schiewijk().districts.words(district)}.")
        )
    organisations.append(_organisation(DESK, "coordinator", 600, "De neutrale regie van het netwerk in Schiewijk."))
    return {"note": NOTE, "organizations": organisations, "services": services, "people": _people()}


def _organisation(name: str, kind: str, at: int, description: str = "") -> dict[str, Any]:
    return {
        "id": str(identity("organisation", name)),
        "name": name,
        "description": description or f"{name} helpt kinderen en gezinnen in Schiewijk. (verzonnen)",
        "legal_status": kind,
        "email": f"info@{slug(name)}.example",
        "website": f"https://{slug(name)}.example",
        "phones": [{"number": phone(at)}],
        "has_agreement": at % 3 != 1,
    }


def _services(owner: Owner, at: int, before: int) -> list[dict[str, Any]]:
    """One or two services for each category: organisations with few categories offer both kinds."""
    categories = owner.categories.split()
    kinds_each = 2 if len(categories) <= FEW else 1
    made: list[dict[str, Any]] = []
    for turn, code in enumerate(categories):
        kinds = OFFERS[code].kinds
        for step in range(kinds_each):
            kind = kinds[(at + turn + step) % len(kinds)]
            made.append(_service(owner, at, before + len(made), (code, OFFERS[code], kind)))
    return made


def _service(owner: Owner, at: int, number: int, what: tuple[str, Category, Kind]) -> dict[str, Any]:
    code, offer, kind = what
    second = [LANGUAGES[(number * 3 + 1) % len(LANGUAGES)]] if at % 2 else []
    spoken = dict.fromkeys(["nl", LANGUAGES[number % len(LANGUAGES)], *second])
    service: dict[str, Any] = {
        "id": str(identity("service", f"{owner.name}/{kind.name}")),
        "organization_id": str(identity("organisation", owner.name)),
        "name": kind.name,
        "description": kind.description,
        "status": "inactive" if (number + 1) % ONE_IN == 0 else "active",
        "service_areas": _named(owner.districts.split(), schiewijk().districts),
        "languages": _named(spoken, schiewijk().languages),
        "attributes": [{"taxonomy_term": {"code": code, "name": schiewijk().categories.words(code)}}],
        "cost_options": [{"option": kind.cost or "gratis", "amount": None if kind.cost else 0}],
        "schedules": [{"description": _hours(number)}],
        "address": f"{STREETS[number % len(STREETS)]} {1 + number % 90}, Schiewijk",
        "walk_in": number % 4 == 0,
        "does": offer.does,
        "does_not": offer.does_not,
        "expects_from_referrer": offer.expects,
        "response_days": 1 + number % 4,
        "service_capacity": [{"maximum": 4 + number % 9}],
        "contacts": [_contact(owner.name, at, 0), _contact(owner.name, at, 1)],
    }
    if number % FEW == 0:
        service["interpretation_services"] = "Werkt met een tolk"
    if kind.ages != (0, 0):
        service |= dict(zip(("minimum_age", "maximum_age"), kind.ages, strict=True))
    return service


def _named(codes: Iterable[str], known: CodeList[Any]) -> list[dict[str, str]]:
    return [{"code": code, "name": known.words(code)} for code in codes]


def _hours(number: int) -> str:
    return f"Elke {DAYS[number % len(DAYS)]} van {9 + number % 4}.00 tot {13 + number % 5}.00 uur"


def _contact(organisation: str, at: int, turn: int) -> dict[str, Any]:
    """The named contact person, and the deputy."""
    first = FIRST_NAMES[(at * 2 + turn) % len(FIRST_NAMES)]
    last = LAST_NAMES[(at * 3 + turn * 7) % len(LAST_NAMES)]
    return {
        "id": str(identity("person", f"{organisation}/{turn}")),
        "name": f"{first} {last}",
        "email": f"{slug(first)}.{slug(last)}@{slug(organisation)}.example",
        "phones": [{"number": phone(1000 + at * 2 + turn)}],
    }


def _people() -> list[dict[str, Any]]:
    ambassadors = [("ambassador", name, school) for school, _, names in SCHOOLS for name in names]
    desk = [(role, name, DESK) for role, name in DESK_PEOPLE]
    return [
        {
            "id": str(identity("person", f"{organisation}/{name}")),
            "organization_id": str(identity("organisation", organisation)),
            "role": role,
            "name": name,
            "email": f"{slug(name.split()[0])}@{slug(organisation)}.example",
            "phones": [{"number": phone(2000 + at)}],
        }
        for at, (role, name, organisation) in enumerate([*ambassadors, *desk])
    ]


def written() -> str:
    """The file's text."""
    return json.dumps(make_city(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    CITY_FILE.write_text(written(), encoding="utf-8")
    sys.stdout.write(f"{CITY_FILE.name} is written\n")
