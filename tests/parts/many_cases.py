"""Thousands of invented cases in monitoring's database: a few lives, told once, and then copied under other numbers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Final
from uuid import UUID

from services.monitoring.domain.watch import Watch
from services.monitoring.ports import MonitoringUnit
from shared.events.base import Beneficiary, Urgency
from shared.unit_of_work import Units
from tests.unit.monitoring.builders import (
    CASE,
    COORDINATOR,
    TUESDAY,
    a_need,
    acknowledged,
    an_id,
    closed,
    day_of,
    handed_over,
    help_delivered,
    help_started,
    needs_assessed,
    no_partner_found,
    outcome_confirmed,
    partner_accepted,
    partner_activated,
    request_received,
)
from tests.unit.monitoring.twin import Monitoring

ALPHABET: Final = "23456789ACDEFGHJKLMNPQRSTVWXYZ"
SCHOOLS: Final = 60
PARTNERS: Final = 200
AT_ONCE: Final = 500


async def fill(units: Units[MonitoringUnit], number: int, *, seed: int = 1) -> None:
    """So many open cases, and a tenth as many that ended, of sixty schools and two hundred partners."""
    random, lives = Random(seed), await _lives()
    async with units.begin() as unit:
        for each in range(SCHOOLS):
            await unit.directory.save_organisation(an_id(f"school {each}"), f"Basisschool Verzonnen {each}")
        for each in range(PARTNERS):
            await unit.directory.save_organisation(an_id(f"partner {each}"), f"Stichting Bedacht {each}")
    for first in range(0, number + number // 10, AT_ONCE):
        async with units.begin() as unit:
            for each in range(first, min(first + AT_ONCE, number + number // 10)):
                some = [life for life in lives if life.is_open == (each < number)]
                await unit.watches.save(_copy(random.choice(some), each, random, [*unit.city.districts]))


def case_id(number: int) -> UUID:
    """That of one of them."""
    return an_id(f"one of many {number}")


def _copy(life: Watch, number: int, random: Random, districts: Sequence[str]) -> Watch:
    letters = "".join(random.choices(ALPHABET, k=8))
    points = [
        replace(one, owner_id=COORDINATOR if random.random() < 0.1 else None) if one.is_open else one
        for one in life.escalations
    ]
    return replace(
        life,
        case_id=case_id(number),
        case_code=f"{letters[:4]}-{letters[4:]}",
        organisation_id=an_id(f"school {random.randrange(SCHOOLS)}"),
        ambassador_id=an_id(f"ambassador {random.randrange(SCHOOLS)}"),
        district=random.choice(districts),
        opened_at=TUESDAY - timedelta(minutes=random.randrange(400 * 24 * 60)),
        escalations=points,
        referrals={
            key: replace(one, organisation_id=an_id(f"partner {random.randrange(PARTNERS)}"))
            for key, one in life.referrals.items()
        },
    )


async def _lives() -> list[Watch]:
    """How far a case can be."""
    found = []
    for urgency in Urgency:
        needs = (a_need(urgency=urgency), a_need("debt", urgency, beneficiary=Beneficiary.PARENT))
        asked = request_received(needs=needs), acknowledged(), needs_assessed(needs=needs)
        helping = *asked, partner_activated(), partner_accepted(TUESDAY, day_of(TUESDAY)), handed_over(TUESDAY)
        for events in (
            asked[:1], asked[:2], asked, (*asked, no_partner_found(urgency=urgency)), helping[:4], helping[:5],
            (*helping, help_started(TUESDAY)),
            (*helping, help_delivered(TUESDAY), outcome_confirmed(TUESDAY)), (*asked, closed(TUESDAY)),
        ):  # fmt: skip
            for days in (0, 9):
                monitoring = Monitoring()
                await monitoring.consumes(*events)
                await monitoring.days_pass(days)
                found.append(await monitoring.watch(CASE))
    return found
