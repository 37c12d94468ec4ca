"""The inventory: giving the needs that ambassador and family found their place in the case."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.intake.domain.errors import UnknownNeed
from shared.events.base import Need


@dataclass(frozen=True, slots=True)
class NeedFound:
    """One need as the inventory names it.

    `known_as` is the id of a need that the case already has, or None; `need` carries a fresh id for when it is new.
    """

    known_as: UUID | None
    need: Need


def with_stable_ids(found: Sequence[NeedFound], known: Sequence[Need]) -> tuple[Need, ...]:
    """Give a need that the case already has its own id again. Raises UnknownNeed.

    A need without an id that is the same kind of thing for the same people as a known one *is* that one, so that
    sending the same inventory twice makes nothing new.
    """
    _all_known({each.known_as for each in found if each.known_as}, {need.need_id for need in known})
    free = [need for need in known if need.need_id not in {each.known_as for each in found}]
    needs = tuple(_named(each, free) for each in found)
    _all_known({before for need in needs for before in need.depends_on}, {need.need_id for need in needs})
    return needs


def _named(each: NeedFound, free: list[Need]) -> Need:
    if each.known_as is not None:
        return each.need.model_copy(update={"need_id": each.known_as})
    for need in free:
        if (need.category, need.beneficiary) == (each.need.category, each.need.beneficiary):
            free.remove(need)
            return each.need.model_copy(update={"need_id": need.need_id})
    return each.need


def _all_known(named: set[UUID], known: set[UUID]) -> None:
    unknown = named - known
    if unknown:
        raise UnknownNeed(min(unknown))
