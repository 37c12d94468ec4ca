"""The inventory: giving the needs that ambassador and family found their ids in the case."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from services.intake.domain.errors import NeedsInACircle, SameNeedTwice, UnknownNeed
from shared.events.base import Need


@dataclass(frozen=True, slots=True)
class NeedFound:
    """One need as the inventory names it.

    `known_as` is the id of a need that the case already has, or None; `need` carries a fresh id for when it is new.
    """

    known_as: UUID | None
    need: Need


def with_stable_ids(
    found: Sequence[NeedFound], known: Sequence[Need], confirmed: Collection[UUID] = ()
) -> tuple[Need, ...]:
    """Give a need that the case already has its own id again. Raises UnknownNeed or SameNeedTwice.

    A need without an id that is the same kind of thing for the same people as a known one *is* that one, so that
    sending the same inventory twice makes nothing new. Unless the family confirmed that one: what is needed after that
    is a new need, and the confirmed one stays in the case as it was. A known need that became another kind of thing is
    a new need too: whoever helps with the old one does not help with this.
    """
    own = _own_ids(found, {need.need_id: need.category for need in known})
    free = [need for need in known if need.need_id not in {*own.values(), *confirmed}]
    kept = [need for need in known if need.need_id in confirmed and need.need_id not in own.values()]
    needs = (*(_named(each, own, free) for each in found), *kept)
    ids = [need.need_id for need in needs]
    for number, need in enumerate(needs[: len(found)]):
        for position, before in enumerate(need.depends_on):
            if before not in ids:
                raise UnknownNeed(f"needs.{number}.dependsOn.{position}", ids[0])
    return needs


def with_other_category(needs: Sequence[Need], need_id: UUID, category: str) -> tuple[Need, ...]:
    """The same needs in the same order, with this one as another kind of thing: what waited for it still does."""
    new_id = id_as(need_id, category)

    def changed(need: Need) -> Need:
        waits = tuple(new_id if each == need_id else each for each in need.depends_on)
        own = {"need_id": new_id, "category": category} if need.need_id == need_id else {}
        return need.model_copy(update={"depends_on": waits, **own})

    return tuple(changed(need) for need in needs)


def in_order(needs: Sequence[Need], after: Sequence[Sequence[int]]) -> tuple[Need, ...]:
    """The needs, each also waiting for those at the places that `after` names for it. Raises NeedsInACircle."""
    ids = [need.need_id for need in needs]
    first = [tuple(ids[place] for place in places if place < len(ids)) for places in after]
    first += [()] * (len(needs) - len(first))
    found = [
        need.model_copy(update={"depends_on": tuple(dict.fromkeys((*need.depends_on, *more)))})
        for need, more in zip(needs, first, strict=True)
    ]
    waits = {need.need_id: need.depends_on for need in found}
    for number, need in enumerate(found):
        if need.need_id in _before(need.need_id, waits):
            raise NeedsInACircle(f"needs.{number}.{'waitsFor' if first[number] else 'dependsOn'}")
    return tuple(found)


def _before(need_id: UUID, waits: Mapping[UUID, Sequence[UUID]]) -> set[UUID]:
    """Everything that comes before this need."""
    found: set[UUID] = set()
    todo = list(waits[need_id])
    while todo:
        if (current := todo.pop()) not in found:
            found.add(current)
            todo.extend(waits.get(current, ()))
    return found


def _named(each: NeedFound, own: Mapping[UUID, UUID], free: list[Need]) -> Need:
    after = tuple(own.get(before, before) for before in each.need.depends_on)
    need = each.need.model_copy(update={"depends_on": after})
    if each.known_as is not None:
        return need.model_copy(update={"need_id": own[each.known_as]})
    for one in free:
        if (one.category, one.beneficiary) == (need.category, need.beneficiary):
            free.remove(one)
            return need.model_copy(update={"need_id": one.need_id})
    return need


def _own_ids(found: Sequence[NeedFound], known: Mapping[UUID, str]) -> dict[UUID, UUID]:
    """For each id that is named, the id that this need has from now on."""
    own: dict[UUID, UUID] = {}
    for number, each in enumerate(found):
        if each.known_as is None:
            continue
        own_id = _own_id(each.known_as, each.need.category, known)
        if own_id is None:
            raise UnknownNeed(f"needs.{number}.id", next(iter(known)))
        if each.known_as in own or own_id in own.values():
            raise SameNeedTwice(f"needs.{number}.id")
        own[each.known_as] = own_id
    return own


def _own_id(named: UUID, category: str, known: Mapping[UUID, str]) -> UUID | None:
    if known.get(named) == category:
        return named
    changed = id_as(named, category)
    return changed if named in known or changed in known else None


def id_as(need_id: UUID, category: str) -> UUID:
    """Made from the old id and the new kind, so that the same inventory sent again finds the need that it made."""
    return uuid5(need_id, category)
