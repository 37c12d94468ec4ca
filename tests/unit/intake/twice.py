"""A child for whom two ambassadors of different schools ask help, and the steps that follow."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx

from services.intake.domain.case import Case
from services.intake.domain.dossier import Fact
from services.intake.domain.rules import Viewer
from services.intake.domain.same_child import SameChild
from services.intake.handlers.inventory import complete_inventory
from services.intake.schedule import JOBS
from shared.events.base import Event
from shared.events.family_voice import OrganisationsExcluded
from shared.events.intake import NeedsAssessed
from shared.events.same_child import SameChildSuspected
from tests.twins.clock import HeldClock
from tests.unit.intake.app import person_of
from tests.unit.intake.builders import (
    NOW,
    ROOS,
    STRANGER,
    everybody_joins,
    inventory,
    need,
    request,
    said,
    submit_request,
    units_in_memory,
)
from tests.unit.intake.pages import Pages

# All that only the other request tells.
OTHERS = {
    Fact.CONTACT_NAME: "Ster Bedacht", Fact.PHONE: "+31698765432", Fact.CONSENT_NAME: "Komeet Bedacht",
    Fact.ADDRESS: "Bedachtelaan 99", Fact.EMAIL: "ster@bedacht.example", Fact.STORY: "Wij slapen bij oma op de bank.",
}  # fmt: skip
JOBS_OF_IT = ("find requests for the same child", "keep joined plans together")


class Twice:
    """Roos asked first (`first`); Saar, of another school, asked for the same child a minute later (`second`)."""

    def __init__(self) -> None:
        self.clock = HeldClock(NOW)
        self.units = units_in_memory(clock=self.clock)

    async def asked(self, facts: Mapping[Fact, str] | None = None, **changes: Any) -> "Twice":  # noqa: ANN401
        async with self.units.begin() as unit:
            await everybody_joins(unit)
            self.first = (await submit_request(request(), unit)).id
        self.clock.forward(timedelta(minutes=1))
        self.second = await self.asks(facts, **changes)
        self.pages = Pages(self.units, self.first)
        return self

    async def asks(self, facts: Mapping[Fact, str] | None = None, by: Viewer = STRANGER, **changes: Any) -> UUID:  # noqa: ANN401
        asked = request(**changes)
        asked = replace(asked, ambassador_id=by.person_id, organisation_id=by.organisation_id)
        async with self.units.begin() as unit:
            return (await submit_request(replace(asked, facts={**asked.facts, **OTHERS, **(facts or {})}), unit)).id

    async def expects(self, by: Viewer, **changes: Any) -> UUID:  # noqa: ANN401
        """Help for a child that is not born yet."""
        asked = replace(request(), ambassador_id=by.person_id, organisation_id=by.organisation_id, **changes)
        facts = {Fact.LAST_NAME: "Verzonnen", Fact.EXPECTED_MONTH: changes["expected_month"]}
        async with self.units.begin() as unit:
            return (await submit_request(replace(asked, facts=facts), unit)).id

    async def looks(self) -> None:
        """A minute passes, and intake looks."""
        self.clock.forward(timedelta(minutes=1))
        for name in JOBS_OF_IT:
            (job,) = [job for job in JOBS if job.name == name]
            async with self.units.begin() as unit:
                await job.handler(unit)

    async def case(self, case_id: UUID) -> Case:
        async with self.units.begin() as unit:
            case = await unit.cases.read(case_id)
        assert case is not None
        return case

    def pairs(self) -> list[SameChild]:
        return list(self.units.tables.table("same_children").values())

    def told(self, kind: type[Event] = SameChildSuspected) -> list[UUID]:
        """Of which cases this was published."""
        return [event.subject for event in said(self.units) if isinstance(event, kind)]

    async def path(self, viewer: Viewer, case_id: UUID) -> str | None:
        """Where the page of the case sends this viewer to; None: it says nothing of another request."""
        page = (await self.pages.shows(viewer, f"/aanvragen/{case_id}")).text
        found = re.search(rf"/aanvragen/{case_id}/zelfde-kind/[0-9a-f-]+", page)
        return found[0] if found else None

    async def decides(self, viewer: Viewer, case_id: UUID, decision: str) -> httpx.Response:
        (pair,) = self.pairs()
        path = f"/aanvragen/{case_id}/zelfde-kind/{pair.id}"
        return await self.pages.sends(viewer, path, {"decision": decision})

    async def parts(self, viewer: Viewer, case_id: UUID) -> httpx.Response:
        (pair,) = self.pairs()
        return await self.pages.sends(viewer, f"/aanvragen/{case_id}/zelfde-kind/{pair.id}/uit-elkaar")

    async def joined(self) -> "Twice":
        await self.looks()
        for viewer, case_id in ((ROOS, self.first), (STRANGER, self.second)):
            reply = await self.decides(viewer, case_id, "together")
            assert reply.status_code == 303, reply.text
        return self

    async def talks(self, viewer: Viewer, case_id: UUID, *categories: str) -> None:
        """The inventory finds these needs."""
        known = {each.category: each.need_id for each in (await self.case(case_id)).needs}
        needs = [need(category, id=known.get(category)) for category in categories]
        async with self.units.begin() as unit:
            await complete_inventory(inventory(case_id, needs), unit, viewer)

    def sought(self, case_id: UUID) -> list[str]:
        """What matching was asked for last, for this case."""
        told = [event for event in said(self.units) if isinstance(event, NeedsAssessed) and event.subject == case_id]
        return [need.category for need in told[-1].needs]

    async def reads_everything(self, viewer: Viewer, case_id: UUID) -> str:
        """All that this viewer can open about the case and its list, with what a browser gets besides the text."""
        paths = ["", "/overzicht", "/gezin", "/contact", "/inventarisatie", "/toestemming/partners"]
        found = [f"/aanvragen/{case_id}{path}" for path in paths] + ["/aanvragen"]
        if further := await self.path(viewer, case_id):
            found.append(further)
        async with person_of(self.pages.app, viewer) as client:
            replies = [await client.get(path) for path in found]
        return "\n".join(reply.text + str(reply.headers) for reply in replies)


def left_out(twice: Twice, case_id: UUID) -> tuple[str, ...]:
    """Whom matching may not ask for this case, as it was told last."""
    told = [one for one in said(twice.units) if isinstance(one, OrganisationsExcluded | NeedsAssessed)]
    return [one.left_out for one in told if one.subject == case_id][-1]
