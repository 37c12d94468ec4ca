"""Pure decisions: ages, consent, who may see what."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from services.intake.domain.opening import Opening
from shared.events.base import AgeBand, ConsentGiver, Need, Role, Urgency
from shared.events.directory import Membership

ADULT_FROM = 18
NOT_BORN = -1
OWN_CONSENT_FROM = 16
SHARED_CONSENT_FROM = 12
# The first age of each band, oldest first.
AGE_BANDS = (
    (16, AgeBand.YOUNG_PERSON),
    (12, AgeBand.TEENAGER),
    (8, AgeBand.CHILD),
    (4, AgeBand.YOUNG_CHILD),
    (0, AgeBand.BABY),
)
# How far from today a day may lie that people type: further is a mistake, and no calendar of ours may know it.
DAYS_AROUND = timedelta(days=365)
# How many months from now a child may come that is not born yet.
ONE_MONTH_LATE, MONTHS_EXPECTED = -1, 10


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is asking: a signed-in person, or a school's system that speaks for its ambassador (`is_system`).

    `stands_in_for`: ambassadors who are away today, and whose deputy this is.
    """

    person_id: UUID
    role: Role
    organisation_id: UUID
    is_system: bool = False
    stands_in_for: frozenset[UUID] = frozenset()

    def speaks_for(self, ambassador_id: UUID) -> bool:
        """Whether this is that ambassador, or their deputy while they are away."""
        return ambassador_id == self.person_id or ambassador_id in self.stands_in_for

    def stands_in_of(self, ambassador_id: UUID) -> UUID | None:
        """That ambassador, when they are away and this is their deputy."""
        return ambassador_id if ambassador_id in self.stands_in_for else None


def age_on(day: date, birth_date: date | None) -> int:
    """Full years; negative when the child is not born yet on that day, or not at all."""
    if birth_date is None:
        return NOT_BORN
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def is_child(birth_date: date, today: date) -> bool:
    """Whether this is the birth date of somebody under 18."""
    return birth_date <= today and age_on(today, birth_date) < ADULT_FROM


def may_be_expected(month: str, today: date) -> bool:
    """Whether a child that is not born yet may come in this month (`2026-07`): late ones come a month after."""
    year, number = month.split("-")
    ahead = 12 * (int(year) - today.year) + int(number) - today.month
    return ONE_MONTH_LATE <= ahead <= MONTHS_EXPECTED


def age_band(age: int) -> AgeBand:
    """The band of a child's age; whoever turned 18 while the case runs stays in the oldest, the unborn are babies."""
    return next((band for first, band in AGE_BANDS if age >= first), AgeBand.BABY)


def consent_giver_at(age: int) -> ConsentGiver:
    """Who must consent: a guardian under 12, both from 12 to 15, the young person from 16 (WGBO, Jeugdwet)."""
    if age >= OWN_CONSENT_FROM:
        return ConsentGiver.YOUNG_PERSON
    return ConsentGiver.GUARDIAN_AND_CHILD if age >= SHARED_CONSENT_FROM else ConsentGiver.GUARDIAN


def outgrown(given_by: ConsentGiver, birth_date: date | None, today: date) -> ConsentGiver | None:
    """Who must consent now that the child grew; None: the consent that was given still holds."""
    right = consent_giver_at(age_on(today, birth_date))
    return None if given_by is right else right


def go_first(needs: Iterable[Need], small_basics: Collection[str]) -> list[UUID]:
    """The needs that do not wait for the inventory: those of today, and small basic things of these categories."""
    return [need.need_id for need in needs if need.urgency is Urgency.TODAY or need.category in small_basics]


def asks_for(memberships: Iterable[Membership], organisation_id: UUID) -> bool:
    """Whether somebody with these may ask for help in the name of this organisation."""
    helps = {Role.AMBASSADOR, Role.COORDINATOR}
    return any(one.organisation_id == organisation_id and one.role in helps for one in memberships)


def may_see(viewer: Viewer, organisation_id: UUID) -> bool:
    """An ambassador sees the cases of its own organisation, a coordinator all, a partner none."""
    if viewer.role is Role.COORDINATOR:
        return True
    return viewer.role is Role.AMBASSADOR and viewer.organisation_id == organisation_id


def may_know_the_family(viewer: Viewer, ambassador_id: UUID) -> bool:
    """Names and words of the family are for its own ambassador and the coordinator only."""
    if viewer.role is Role.COORDINATOR:
        return True
    return viewer.role is Role.AMBASSADOR and viewer.speaks_for(ambassador_id)


def may_know_the_address(viewer: Viewer, opening: Opening) -> bool:
    """A secret address is for the family's ambassador only, or who stands in for them: not for the desk."""
    return not opening.address_is_secret or (not viewer.is_system and viewer.speaks_for(opening.ambassador_id))


def may_change(viewer: Viewer, organisation_id: UUID, ambassador_id: UUID) -> bool:
    """People change what they may know; a school's system changes all cases of its school, and reads no names."""
    if viewer.is_system:
        return may_see(viewer, organisation_id)
    return may_know_the_family(viewer, ambassador_id)
