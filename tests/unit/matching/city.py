"""An invented corner of a city for matching's tests: a school, some partners, and cases that need them."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, TypeVar
from uuid import UUID, uuid5

from services.matching.domain.network import Organisation, Person, Service
from services.matching.domain.referral import Referral
from shared.events.base import AgeBand, Beneficiary, Event, Need, Role, Urgency
from shared.events.catalogue import classes_by_wire_name
from shared.events.intake import CaseWithdrawn, NeedsAssessed
from shared.kernel.city import City
from tests.parts.city import a_city
from tests.parts.keys import mark
from tests.twins.clock import HeldClock
from tests.twins.ids import SeededIds
from tests.twins.matching import MemoryMatchingUnit
from tests.twins.unit_of_work import MemoryUnits

NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
SPACE = UUID("6f6d1f5e-0000-4000-8000-000000000000")
EventT = TypeVar("EventT", bound=Event)


def named(name: str) -> UUID:
    """The same name is the same identity."""
    return uuid5(SPACE, name)


def organisation(key: str, /, **changes: Any) -> Organisation:  # noqa: ANN401 - any field of it
    return replace(Organisation(id=named(key), name=key.title()), **changes)


def service(key: str, /, *, of: str | None = None, **changes: Any) -> Service:  # noqa: ANN401 - any field of it
    """A bike service of an organisation with the same name, unless said otherwise."""
    owner = of or key
    made = Service(
        id=named(f"service {key}"),
        organisation_id=named(owner),
        name=f"Aanbod van {key}",
        categories=("bike",),
        whole_city="districts" not in changes,
        minimum_age=0,
        is_free=True,
        contact_ids=(named(f"contact of {owner}"),),
    )
    return replace(made, **changes)


def contact(of: str) -> Person:
    person = Person(named(f"contact of {of}"), f"Contact van {of}", f"contact@{of}.example", "010-0000000")
    return person.joining(named(of), Role.PARTNER)


def need(
    category: str = "bike",
    *,
    name: str = "",
    urgency: Urgency = Urgency.NORMAL,
    after: tuple[str, ...] = (),
    beneficiary: Beneficiary = Beneficiary.CHILD,
) -> Need:
    return Need(
        need_id=named(f"need {name or category}"),
        category=category,
        urgency=urgency,
        beneficiary=beneficiary,
        depends_on=tuple(named(f"need {other}") for other in after),
    )


def assessed(*needs: Need, case: str = "case", **changes: Any) -> NeedsAssessed:  # noqa: ANN401 - any field of it
    facts: dict[str, Any] = {
        "subject": named(case),
        "occurred_at": NOON,
        "case_code": "AC34-DEFG",
        "ambassador_id": named("juf"),
        "organisation_id": named("school"),
        "district": "oost",
        "age_band": AgeBand.CHILD,
        "family_language": "nl",
        "interpreter_needed": False,
        "needs": needs or (need(),),
    }
    unwanted = changes.pop("unwanted", ())
    facts["left_out"] = tuple(mark(facts["subject"], one) for one in unwanted)
    return NeedsAssessed(**(facts | changes))


def withdrawn(case: str = "case") -> CaseWithdrawn:
    """The family stops."""
    return CaseWithdrawn(
        subject=named(case), occurred_at=NOON, case_code="AC34-DEFG", ambassador_id=named("juf"), withdrawn_at=NOON
    )


@dataclass
class World:
    """Matching on its twins, with a clock that stands still."""

    clock: HeldClock = field(default_factory=lambda: HeldClock(NOON))
    city: City = field(default_factory=a_city)

    def __post_init__(self) -> None:
        self.units: MemoryUnits[MemoryMatchingUnit] = MemoryUnits(
            service="matching",
            clock=self.clock,
            ids=SeededIds(Random(7)),
            make=MemoryMatchingUnit,
            city=self.city,
        )

    async def with_partners(self, *names: str, **changes: Any) -> "World":  # noqa: ANN401 - any field of it
        """Partners that all offer bikes; the first one ranks first because it promises the quickest answer."""
        async with self.units.begin() as unit:
            for days, name in enumerate(names, start=1):
                await unit.organisations.save(organisation(name))
                await unit.people.save(contact(name))
                await unit.services.save(service(name, **{"response_days": days, **changes}))
        return self

    def published(self, kind: type[EventT]) -> list[EventT]:
        """The events of this kind that were published, in order."""
        rows = (row for row, _ in self.units.tables.table("outbox").values())
        classes = classes_by_wire_name()
        facts = (classes[row.type].model_validate_json(row.data) for row in rows)
        return [fact for fact in facts if isinstance(fact, kind)]

    @property
    def published_names(self) -> list[str]:
        """The names of all events that were published."""
        return [type(fact).__name__ for fact in self.published(Event)]

    async def referrals(self, case: str = "case") -> list[Referral]:
        async with self.units.begin() as unit:
            return await unit.referrals.list_of_case(named(case))

    def later(self, **by: float) -> None:
        self.clock.forward(timedelta(**by))
