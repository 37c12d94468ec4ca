"""The desk in front of its list: two coordinators with a name, and a point to work on."""

import re
from datetime import datetime
from uuid import UUID

import httpx

from services.monitoring.domain.escalation import Escalation
from shared.events.base import Event, Role
from shared.events.http import KnownPerson
from tests.parts.people import listed
from tests.unit.monitoring.builders import AMBASSADOR, CASE, COORDINATOR, FUND_CONTACT, TUESDAY, an_id, request_received
from tests.unit.monitoring.twin import Monitoring

COLLEAGUE = an_id("colleague")
DESK = an_id("desk")
ANNA, BAS, WOUT, FLOOR = "Anna Verzonnen", "Bas Verzonnen", "Wout Verzonnen", "Floor Verzonnen"


async def at_the_desk(*events: Event, at: datetime = TUESDAY) -> Monitoring:
    """A case on the list: that of a new request, or of what these events tell."""
    monitoring = Monitoring(at)
    await monitoring.consumes(
        listed(COORDINATOR, DESK, Role.COORDINATOR, at=at),
        listed(COLLEAGUE, DESK, Role.COORDINATOR, at=at),
        *(events or (request_received(at),)),
    )
    for person_id, name, phone in (
        (COORDINATOR, ANNA, None), (COLLEAGUE, BAS, None), (AMBASSADOR, WOUT, "010 123 45 67"),
        (FUND_CONTACT, FLOOR, "06 12 34 56 78"),
    ):  # fmt: skip
        monitoring.people.people[person_id] = KnownPerson(person_id=person_id, name=name, phone=phone)
    monitoring.published()
    return monitoring


async def the_point(monitoring: Monitoring, case_id: UUID = CASE) -> Escalation:
    """The one that is open."""
    (point,) = (await monitoring.watch(case_id)).open_escalations
    return point


async def path_of(monitoring: Monitoring) -> str:
    """Where that point stands."""
    return f"/bord/{CASE}/punten/{(await the_point(monitoring)).escalation_id}"


def version_in(page: httpx.Response) -> str:
    """The version of the point that the page shows."""
    found = re.search(r'name="version" value="(\d+)"', page.text)
    assert found is not None
    return found[1]
