"""Makes `map.json` of a city's `network.toml`, always the same: `python -m deploy.demo.city.make_map [CITY …]`."""

import json
import re
import sys
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from deploy.demo.city.demo_city import DemoCity, demo_city, known_cities

Table = dict[str, Any]
SOURCE: Final = "network.toml"
DAYS: Final = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag")
FEW: Final = 3
ONE_IN: Final = 41
ASKERS_FROM, DESK_AT, CONTACTS_FROM, PEOPLE_FROM = 500, 600, 1000, 2000
"""From where the telephone numbers of each go on."""


def slug(name: str) -> str:
    """What a name looks like in an address: de-gouden-bel."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


@dataclass(frozen=True)
class MapMaker:
    """Makes the map of one city."""

    demo: DemoCity

    @cached_property
    def network(self) -> Table:
        """Who helps, as somebody invented it."""
        return tomllib.loads((self.demo.folder / SOURCE).read_text(encoding="utf-8"))

    def text(self) -> str:
        """The file's text."""
        return json.dumps(self.map(), ensure_ascii=False, indent=1) + "\n"

    def map(self) -> Table:
        """The whole file: organisations, services and people."""
        owners, services = self.network["organisations"], list[Table]()
        organisations = [self._organisation(owner, at) for at, owner in enumerate(owners)]
        for at, owner in enumerate(owners):
            services += self._services(owner, at, len(services))
        for at, asker in enumerate(self.network["askers"]):
            ambassador = self.demo.city.ambassador
            about = f"{ambassador[0].upper()}{ambassador[1:]} in {self._district(asker['district'])}."
            organisations.append(self._organisation(asker, ASKERS_FROM + at, about))
        desk = self.network["desk"]
        organisations.append(self._organisation({**desk, "name": self._desk}, DESK_AT, desk["description"]))
        return {
            "note": self.network["note"], "organizations": organisations, "services": services,
            "people": self._people(),
        }  # fmt: skip

    def identity(self, kind: str, name: str) -> UUID:
        """The same name keeps its identity for ever."""
        city = uuid5(NAMESPACE_URL, f"https://schakel.example/{self.demo.folder.name}")
        return uuid5(city, f"{kind}:{name}")

    @property
    def _desk(self) -> str:
        return self.demo.city.desk.name

    def _district(self, code: str) -> str:
        return self.demo.city.districts.words(code)

    def _phone(self, number: int) -> str:
        return str(self.network["phone"]).format(number)

    def _organisation(self, one: Table, at: int, about: str = "") -> Table:
        name = one["name"]
        return {
            "id": str(self.identity("organisation", name)),
            "name": name,
            "description": about or self.network["about"].format(name=name),
            "legal_status": one["kind"],
            "email": f"info@{slug(name)}.example",
            "website": f"https://{slug(name)}.example",
            "phones": [{"number": self._phone(at)}],
            "has_agreement": at % 3 != 1,
        }

    def _services(self, owner: Table, at: int, before: int) -> list[Table]:
        """One or two services for each category: organisations with few categories offer two kinds."""
        made: list[Table] = []
        for turn, code in enumerate(owner["offers"]):
            kinds = self.network["offers"][code]["kinds"]
            for step in range(min(len(kinds), 2 if len(owner["offers"]) <= FEW else 1)):
                kind = kinds[(at + turn + step) % len(kinds)]
                made.append(self._service(owner, at, before + len(made), (code, kind)))
        return made

    def _service(self, owner: Table, at: int, number: int, what: tuple[str, Table]) -> Table:
        code, kind = what
        city, offer, cost = self.demo.city, self.network["offers"][code], kind.get("cost")
        streets = self.network["streets"]
        service: Table = {
            "id": str(self.identity("service", f"{owner['name']}/{kind['name']}")),
            "organization_id": str(self.identity("organisation", owner["name"])),
            "name": kind["name"],
            "description": kind["description"],
            "status": "inactive" if (number + 1) % ONE_IN == 0 else "active",
            "service_areas": self._areas(owner),
            "languages": [{"code": tag, "name": city.languages.words(tag)} for tag in self._spoken(at, number)],
            "attributes": [{"taxonomy_term": {"code": code, "name": city.categories.words(code)}}],
            "cost_options": [{"option": cost or "gratis", "amount": None if cost else 0}],
            "schedules": [{"description": _hours(number)}],
            "address": f"{streets[number % len(streets)]} {1 + number % 90}, {city.name}",
            "walk_in": number % 4 == 0,
            "does": offer["does"],
            "does_not": offer["does_not"],
            "expects_from_referrer": offer["expects"],
            "response_days": 1 + number % 4,
            "service_capacity": [{"maximum": 4 + number % 9}],
            "contacts": [self._contact(owner["name"], at, turn) for turn in (0, 1)],
        }
        if number % FEW == 0:
            service["interpretation_services"] = "Werkt met een tolk"
        return service | _ages(kind)

    def _areas(self, owner: Table) -> list[Table]:
        """Its districts; one that names none is there for the whole city."""
        named = [{"code": each, "name": self._district(each)} for each in owner.get("districts", [])]
        return named or [{"name": self.demo.city.name}]

    def _spoken(self, at: int, number: int) -> list[str]:
        tags = self.network["languages"]
        second = [tags[(number * 3 + 1) % len(tags)]] if at % 2 else []
        return list(dict.fromkeys([self.demo.city.language, tags[number % len(tags)], *second]))

    def _contact(self, organisation: str, at: int, turn: int) -> Table:
        """The named contact person, and the deputy."""
        firsts, lasts = self.network["first_names"], self.network["last_names"]
        first, last = firsts[(at * 2 + turn) % len(firsts)], lasts[(at * 3 + turn * 7) % len(lasts)]
        return {
            "id": str(self.identity("person", f"{organisation}/{turn}")),
            "name": f"{first} {last}",
            "email": f"{slug(first)}.{slug(last)}@{slug(organisation)}.example",
            "phones": [{"number": self._phone(CONTACTS_FROM + at * 2 + turn)}],
        }

    def _people(self) -> list[Table]:
        people = [("ambassador", name, one["name"]) for one in self.network["askers"] for name in one["ambassadors"]]
        for role in ("coordinator", "operator"):
            people += [(role, name, self._desk) for name in self.network["desk"][f"{role}s"]]
        askers = self.network["askers"]
        people += [("safety-officer", name, one["name"]) for one in askers for name in one.get("safety_officers", [])]
        return [
            {
                "id": str(self.identity("person", f"{organisation}/{name}")),
                "organization_id": str(self.identity("organisation", organisation)),
                "role": role,
                "name": name,
                "email": f"{slug(name.split()[0])}@{slug(organisation)}.example",
                "phones": [{"number": self._phone(PEOPLE_FROM + at)}],
            }
            for at, (role, name, organisation) in enumerate(people)
        ]


def _ages(kind: Table) -> Table:
    """From and up to; one that says nothing of them is for everybody, from 0 on."""
    ages = zip(("minimum_age", "maximum_age"), kind.get("ages", (0, None)), strict=True)
    return {name: age for name, age in ages if age is not None}


def _hours(number: int) -> str:
    return f"Elke {DAYS[number % len(DAYS)]} van {9 + number % 4}.00 tot {13 + number % 5}.00 uur"


if __name__ == "__main__":
    for chosen in sys.argv[1:] or known_cities():
        demo = demo_city(chosen)
        demo.map_file.write_text(MapMaker(demo).text(), encoding="utf-8")
        sys.stdout.write(f"{demo.map_file} is written\n")
