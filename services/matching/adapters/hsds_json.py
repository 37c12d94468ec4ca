"""A social map as HSDS JSON: what our own HSDS API gives, what others give, or one file with
`organizations`, `services` and `people`.

`people` is ours: ambassadors, coordinators and operators, who are not contacts of a service.
"""

import json
from collections.abc import Iterable, Iterator, Mapping

from services.matching.adapters.checking import RowCheck
from services.matching.adapters.codes import CityLists
from services.matching.adapters.hsds_entries import HsdsEntries
from services.matching.adapters.hsds_members import ORGANISATION, PERSON, SERVICE, Members, Node, note_what_is_not_read
from services.matching.adapters.hsds_shapes import Item, lists_of
from services.matching.adapters.identities import Identities
from services.matching.adapters.notes import Notes
from services.matching.adapters.standing import Standing
from services.matching.adapters.text_files import text_of_file, with_whole_letters
from services.matching.commands import ImportMap, OrganisationEntry, PersonEntry, RefusedRow, Remark, ServiceEntry

EXAMPLE = '{"organizations": [...], "services": [...]}'
ODD_LETTERS = "hier staan letters die anders zijn bewaard dan de rest; kijk na of ze goed zijn"
# An organisation with services inside it; those are read as services.
_WITH_SERVICES = Members(ORGANISATION.read | {"services"}, ORGANISATION.inside)


class HsdsJsonMap:
    """A JSON file. `line` in a refusal is the number of the item in its list, from 1."""

    def __init__(self, raw: bytes, lists: CityLists, identities: Identities) -> None:
        self._raw, self._lists, self._identities = raw, lists, identities

    def read(self) -> ImportMap:
        """Everything in the file."""
        notes = Notes()
        text, odd_line = text_of_file(self._raw)
        if odd_line is not None:
            notes.add(odd_line, "", ODD_LETTERS)
        try:
            # What is no number (NaN, Infinity) is nothing.
            whole = json.loads(with_whole_letters(text), parse_constant=lambda _: None)
        except (ValueError, RecursionError) as error:
            line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
            return ImportMap(refused=[RefusedRow(line, "", "dit is geen goede JSON", '{"services": [...]}')])
        lists, refused = lists_of(whole, notes)
        if not any(lists.values()) and not refused:
            nothing = RefusedRow(1, "", "hier staat geen organisatie, dienst of persoon in", EXAMPLE)
            return ImportMap(refused=[nothing], remarks=notes.remarks())
        return HsdsItems(self._lists, self._identities, notes).taken(lists, refused)


class HsdsItems:
    """The items of one source, checked one by one."""

    def __init__(self, lists: CityLists, identities: Identities, notes: Notes) -> None:
        self._entries, self._notes, self._standing = HsdsEntries(lists, identities), notes, Standing()
        self._refused: list[RefusedRow] = []
        self._remarks: list[Remark] = []

    def taken(self, lists: Mapping[str, list[Item]], refused: Iterable[RefusedRow] = ()) -> ImportMap:
        """The good ones, and what is wrong with the others."""
        self._refused += refused
        if self._refused:
            self._standing.add_unknown()
        organisations: dict[str, OrganisationEntry] = {}
        services: list[ServiceEntry] = []
        people: list[PersonEntry] = []
        for check, _, node in self._items(lists["organizations"], _WITH_SERVICES):
            entry = self._entries.organisation(check, node, "organizations.")
            if check.is_good and entry.external_id in organisations:
                check.refuse("organizations.id", "deze organisatie staat al eerder in de lijst")
            if check.is_good:
                organisations[entry.external_id] = entry
        for check, item, node in self._items(lists["services"], SERVICE):
            owner = self._entries.owner(check, node, item.owner)
            service = self._entries.service(check, node, owner)
            self._standing.add(service.external_id, is_told=check.is_good or bool(node.get("id")))
            if check.is_good:
                services.append(service)
                if isinstance(owner, OrganisationEntry):
                    organisations.setdefault(owner.external_id, owner)
        for check, _, node in self._items(lists["people"], PERSON):
            person = self._entries.person(check, node)
            if check.is_good:
                people.append(person)
        remarks = [*self._remarks, *self._notes.remarks()]
        organised = tuple(organisations.values())
        return ImportMap(organised, services, people, self._refused, remarks, standing=self._standing.told())

    def _items(self, items: Iterable[Item], members: Members) -> Iterator[tuple[RowCheck, Item, Node]]:
        for item in items:
            check = RowCheck(item.line, self._notes, item.within)
            if isinstance(item.node, dict):
                note_what_is_not_read(check, item.node, members)
                yield check, item, item.node
            else:
                check.refuse("", "dit moet een object zijn", '{"id": "...", "name": "..."}')
                self._standing.add_unknown()
            self._refused += check.refused
            self._remarks += check.remarks if check.is_good else ()
