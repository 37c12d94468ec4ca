"""One organisation, service or person of HSDS, checked."""

from collections.abc import Mapping
from typing import Any

from services.matching.adapters.checking import NO, RowCheck, silent
from services.matching.adapters.codes import ROLES, SIGN_UPS, STATUSES, CityLists, KnownCodes
from services.matching.adapters.hsds_costs import costs
from services.matching.adapters.hsds_members import OF_ORGANISATION, OF_SERVICE, Node, said_in
from services.matching.adapters.hsds_words import access_of, address_of, ages_of, phone_of, schedule_of
from services.matching.adapters.identities import Identities
from services.matching.commands import ContactEntry, OrganisationEntry, PersonEntry, ServiceEntry
from shared.events.base import Role
from shared.kernel.searched_words import folded

NO_ADDRESS = "zonder e-mailadres kan deze persoon niets gevraagd worden"
EXAMPLE_ADDRESS = "naam@organisatie.example"
WITHOUT = frozenset({"geen", "niet", "none", "not", "zonder"})
NO_OWNER = "dit aanbod heeft geen organisatie; wij nemen het niet over"
EXAMPLE_OWNER = '{"organization": {"id": "...", "name": "..."}}'


class HsdsEntries:
    """Makes entries of one source. What is wrong, `check` remembers."""

    def __init__(self, lists: CityLists, identities: Identities) -> None:
        self._lists, self._ids = lists, identities
        self._without_id: set[str] = set()
        """Organisations that go by their name."""

    def organisation(self, check: RowCheck, node: Node, place: str) -> OrganisationEntry:
        """An organisation; `place` goes before the names of its members."""
        name = check.name(f"{place}name", node.get("name"), "Fietsenfonds De Bel")
        kind = _kind(check, node, f"{place}legal_status", self._lists.organisation_kinds)
        external_id = self._ids.of(check.text(f"{place}id", node.get("id")))
        self._ids.organisation(check, f"{place}id", external_id, name)
        if not external_id:
            self._without_id.add(external_id := name.casefold())
        return OrganisationEntry(
            external_id=external_id,
            name=name,
            kind=kind,
            description=check.lines(f"{place}description", node.get("description")),
            website=check.website(f"{place}website", node.get("website") or node.get("url")),
            email=check.email(f"{place}email", node.get("email")),
            phone=phone_of(check, node, f"{place}phones"),
            has_agreement=check.yes_or_no(f"{place}has_agreement", node.get("has_agreement")) is True,
            silent=silent(OF_ORGANISATION, said_in(node)) | ({"kind"} if not kind else set()),
        )

    def owner(self, check: RowCheck, node: Node, around: Node | None) -> OrganisationEntry | str:
        """Whose service this is: the organisation inside it, or the id of one elsewhere, or the one around it."""
        inside = node.get("organization")
        if isinstance(inside, dict) and (inside.get("name") or not inside.get("id")):
            return self.organisation(check, inside, "organization.")
        if inside is not None and not isinstance(inside, dict):
            check.refuse("organization", "dit moet een object zijn", '{"id": "...", "name": "..."}')
        pointed_at = inside.get("id") if isinstance(inside, dict) else node.get("organization_id")
        found = self._pointed_at(check.text("organization_id", pointed_at))
        if not found and around is not None:
            name = check.text("organizations.name", around.get("name"))
            found = self._ids.of(check.text("organizations.id", around.get("id"))) or name.casefold()
        if not found and check.is_good:
            check.refuse("organization", NO_OWNER, EXAMPLE_OWNER)
        return found

    def service(self, check: RowCheck, node: Node, owner: OrganisationEntry | str) -> ServiceEntry:
        """A service of this owner."""
        name = check.name("name", node.get("name"), "Kinderfiets op maat")
        organisation = owner if isinstance(owner, str) else owner.external_id
        external_id = self._ids.of(check.text("id", node.get("id")))
        return ServiceEntry(
            line=check.line,
            external_id=external_id or f"{organisation}/{name.casefold()}",
            organisation=organisation,
            name=name,
            categories=_categories(check, node, self._lists.categories),
            description=check.lines("description", node.get("description")),
            **self._where_and_when(check, node),
            sign_up="".join(check.known_codes("application_process", [node.get("application_process")], SIGN_UPS)),
            access=check.known_codes("accessibility", access_of(check, node), self._lists.access),
            **costs(check, node),
            contacts=self._contacts(check, node),
            phone=phone_of(check, node, "phones"),
            email=check.email("email", node.get("email")),
            website=check.website("url", node.get("url")),
            interpreter=_interpreter(check, node),
            capacity=_capacity(check, node),
            **_expectations(check, node),
            response_days=check.number("response_days", node.get("response_days"), 0, 60),
            active=check.codes("status", [node.get("status")], STATUSES, "active") in {(), ("active",)},
            silent=silent(OF_SERVICE, said_in(node)),
        )

    def person(self, check: RowCheck, node: Node) -> PersonEntry:
        """Somebody with a role at an organisation."""
        role = check.codes("people.role", [node.get("role")], ROLES, "ambassador")
        if not role and not check.has_refused("people.role"):
            check.refuse("people.role", "vul dit in", "ambassador")
        written = check.name("people.organization_id", node.get("organization_id"), "het id van de organisatie")
        contact = self._contact(check, node, "people")
        return PersonEntry(check.line, self._pointed_at(written), Role(role[0]) if role else Role.PARTNER, contact)

    def _pointed_at(self, written: str) -> str:
        """The organisation with this id; or with this name, when it has no id."""
        return written.casefold() if written.casefold() in self._without_id else self._ids.of(written)

    def _where_and_when(self, check: RowCheck, node: Node) -> Mapping[str, Any]:
        areas, known = _named(check, node, "service_areas", self._lists.districts), self._lists.districts
        tongues, languages = _named(check, node, "languages", self._lists.languages), self._lists.languages
        return {
            **check.areas("service_areas", areas, self._lists, known.code),
            "languages": check.some_codes("languages", tongues, languages, languages.code),
            **ages_of(check, node),
            "address": address_of(check, node),
            "schedule": schedule_of(check, node),
            "walk_in": check.yes_or_no("walk_in", node.get("walk_in")) is True,
        }

    def _contacts(self, check: RowCheck, node: Node) -> tuple[ContactEntry, ...]:
        found: list[ContactEntry] = []
        for at, item in enumerate(check.objects("contacts", node.get("contacts"))):
            if item.get("email"):
                found.append(self._contact(check, item, f"contacts.{at}"))
            else:
                check.remark(f"contacts.{at}.email", f"{NO_ADDRESS}; deze persoon is overgeslagen", EXAMPLE_ADDRESS)
        return tuple(found)

    def _contact(self, check: RowCheck, node: Node, place: str) -> ContactEntry:
        name = check.filled(f"{place}.name", check.person(f"{place}.name", node.get("name")), "Sam Verzonnen")
        email = check.email(f"{place}.email", node.get("email"))
        if not email and not check.has_refused(f"{place}.email"):
            check.refuse(f"{place}.email", NO_ADDRESS, EXAMPLE_ADDRESS)
        phone = phone_of(check, node, f"{place}.phones")
        external_id = self._ids.of(check.text(f"{place}.id", node.get("id")))
        self._ids.person(check, f"{place}.id", external_id, name, email)
        return ContactEntry(name, email, phone, external_id)


def _kind(check: RowCheck, node: Node, column: str, kinds: KnownCodes) -> str:
    """One of the city's kinds of organisation; another city has words of its own, and nothing hangs on them."""
    written = check.text(column, node.get("legal_status"))
    known = kinds.find(written)
    if written and known is None:
        check.remark(column, f"'{written[:40]}' kennen wij niet; dit is overgeslagen", kinds.code)
    return known or ""


def _interpreter(check: RowCheck, node: Node) -> bool:
    """HSDS has a text here; another system may say yes or no."""
    said = node.get("interpretation_services")
    if isinstance(said, bool):
        return said
    words = folded(check.text("interpretation_services", said)).split()
    return bool(words) and words[0].strip(".,:;") not in NO | WITHOUT


def _capacity(check: RowCheck, node: Node) -> int | None:
    places = check.objects("service_capacity", node.get("service_capacity"))
    return check.number("service_capacity", places[0].get("maximum") if places else None, 0, 10_000)


def _expectations(check: RowCheck, node: Node) -> dict[str, Any]:
    """What the network asked for: what we may and may not expect of each other."""
    return {name: check.lines(name, node.get(name)) for name in ("does", "does_not", "expects_from_referrer")}


def _categories(check: RowCheck, node: Node, known: KnownCodes) -> tuple[str, ...]:
    terms = [item.get("taxonomy_term") for item in check.objects("attributes", node.get("attributes"))]
    said = list(check.objects("attributes", [term for term in terms if term is not None]))
    for name in ("service_taxonomys", "service_taxonomies"):
        inside = [item.get("taxonomy") for item in check.objects(name, node.get(name))]
        said += check.objects(name, [term for term in inside if term is not None])
    found = check.codes("attributes", [term.get("code") or term.get("name") for term in said], known, known.code)
    if not found and not check.has_refused("attributes"):
        check.refuse("attributes", "noem minstens één soort hulp", f'{{"taxonomy_term": {{"code": "{known.code}"}}}}')
    return found


def _named(check: RowCheck, node: Node, column: str, known: KnownCodes) -> list[object]:
    """Codes, or names; Open Referral UK has those under the name of the list."""
    own = {"service_areas": "service_area", "languages": "language"}[column]
    said = [item.get("code") or item.get("name") or item.get(own) for item in check.objects(column, node.get(column))]
    if not all(said):
        check.refuse(column, "hier ontbreekt een code of een naam", f'[{{"code": "{known.code}"}}]')
    return said
