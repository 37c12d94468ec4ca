"""The inventory: giving the needs that ambassador and family found their place in the case."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.intake.domain.errors import SameNeedTwice, UnknownNeed
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
    is a new need, and the confirmed one stays in the case as it was.
    """
    _check_ids(found, [need.need_id for need in known])
    named = {each.known_as for each in found}
    free = [need for need in known if need.need_id not in {*named, *confirmed}]
    kept = [need for need in known if need.need_id in confirmed and need.need_id not in named]
    needs = (*(_named(each, free) for each in found), *kept)
    ids = [need.need_id for need in needs]
    for number, need in enumerate(needs[: len(found)]):
        for place, before in enumerate(need.depends_on):
            if before not in ids:
                raise UnknownNeed(f"needs.{number}.dependsOn.{place}", ids[0])
    return needs


def _named(each: NeedFound, free: list[Need]) -> Need:
    if each.known_as is not None:
        return each.need.model_copy(update={"need_id": each.known_as})
    for need in free:
        if (need.category, need.beneficiary) == (each.need.category, each.need.beneficiary):
            free.remove(need)
            return each.need.model_copy(update={"need_id": need.need_id})
    return each.need


def _check_ids(found: Sequence[NeedFound], known: Sequence[UUID]) -> None:
    named: set[UUID] = set()
    for number, each in enumerate(found):
        if each.known_as is None:
            continue
        if each.known_as not in known:
            raise UnknownNeed(f"needs.{number}.id", known[0])
        if each.known_as in named:
            raise SameNeedTwice(f"needs.{number}.id")
        named.add(each.known_as)
