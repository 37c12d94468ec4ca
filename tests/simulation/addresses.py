"""A family whose address is secret, for a while or for good: what is done, and what must hold of it."""

from functools import partial
from typing import Any
from uuid import UUID

from services.intake.domain.dossier import Fact
from services.intake.domain.rules import Viewer
from services.intake.handlers import course
from tests.simulation.doing import Doing
from tests.simulation.world import World

FACTS = {Fact.CONTACT_NAME: "Noor Verzonnen"}


class Addresses(Doing):
    """The tick on the contact page."""

    async def hide_or_show(self, case_id: UUID, ambassador: Viewer) -> None:
        """Most often it becomes secret; now and then it is so no more."""
        is_secret = self.random.random() < 0.7
        work: Any = partial(course.tell_contact_wishes, case_id, FACTS, viewer=ambassador, address_is_secret=is_secret)
        await self.do(self.world.intake, "hides the address" if is_secret else "shows the address", case_id, work)


def secret_addresses_are_secret_everywhere(world: World) -> None:
    """At rest: of whom intake hides the address, no service knows the district."""
    hidden = {one.id for one in world.intake.truth.tables.table("cases").values() if one.opening.address_is_secret}
    messages = world.notify.truth.tables.table("messages").values()
    published = [row for node in world.nodes for row, _ in node.truth.tables.table("outbox").values()]
    known = {
        *(one.id for one in world.matching.truth.tables.table("cases").values() if one.district),
        *(one.case_id for one in world.monitoring.truth.tables.table("watches").values() if one.district),
        *(one.draft.case_id for one in messages if "district" in one.draft.facts),
        *(row.subject for row in published if '"district":"' in row.data),
    }
    assert not hidden & known, f"the district of {hidden & known} is known"
