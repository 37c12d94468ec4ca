"""What a school's system does with a case, up to its end: steps that are done once, however often they are sent."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from services.intake.domain.rules import Viewer
from services.intake.handlers import cases as handlers
from services.intake.handlers.showing import show_case
from services.intake.ports import IntakeUnit
from services.intake.web.bodies import ClosingBody, to_closing
from services.intake.web.dependencies import Dependencies, TheDependencies, TheSchoolSystem, Unit
from services.intake.web.replies import RequestDetails, request_of
from services.intake.web.school_systems import SchoolSystem
from shared.web.once import ASKED_BEFORE, Mark, Marked, once
from shared.web.systems import NOT_THERE

STEP: Final[dict[str, Any]] = {"response_model": RequestDetails, "responses": {**ASKED_BEFORE, **NOT_THERE}}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of one system, in one transaction."""

    system: SchoolSystem
    mark: Marked
    unit: IntakeUnit
    dependencies: Dependencies

    async def of(self, case_id: UUID, take: Callable[[IntakeUnit, Viewer], Awaitable[object]]) -> Response:
        """Take it, and show the case as it is then."""

        async def work() -> RequestDetails:
            await take(self.unit, self.system.viewer)
            view = await show_case(case_id, self.unit, self.system.viewer)
            return request_of(view, self.dependencies.addresses, self.unit.city)

        return await once(self.mark.by(self.system.key_id), self.unit.replies, work)


async def _step(system: TheSchoolSystem, mark: Mark, unit: Unit, dependencies: TheDependencies) -> Step:
    return Step(system, mark, unit, dependencies)


TheStep = Annotated[Step, Depends(_step)]
router = APIRouter(prefix="/requests/{id}")


@router.post("/new-questions", operation_id="raiseNewQuestion", summary="Het gezin heeft een nieuwe vraag", **STEP)
async def raise_new_question(step: TheStep, id: UUID) -> Response:  # noqa: A002 - the API's own word
    """De aanvraag gaat weer open, met alles wat bekend is. Stuur daarna het gesprek met het gezin (de inventarisatie),
    met wat er nu nodig is.
    """
    return await step.of(id, lambda unit, viewer: handlers.raise_new_question(id, unit, viewer))


@router.post("/withdrawal", operation_id="withdrawRequest", summary="Trek de aanvraag in", **STEP)
async def withdraw(step: TheStep, id: UUID) -> Response:  # noqa: A002 - the API's own word
    """Het gezin wil geen hulp meer, of trekt de toestemming in. Alle partners stoppen. Dit is niet terug te draaien."""
    return await step.of(id, lambda unit, viewer: handlers.withdraw_case(id, unit, viewer))


@router.post("/closing", operation_id="closeRequest", summary="Sluit de aanvraag af", **STEP)
async def close(step: TheStep, id: UUID, body: ClosingBody) -> Response:  # noqa: A002 - the API's own word
    """Niemand hoeft er nog naar om te kijken. Vertel van elke hulpvraag wat ervan kwam. Een nieuwe vraag
    opent de aanvraag weer.
    """
    return await step.of(id, lambda unit, viewer: handlers.close_case(to_closing(id, body), unit, viewer))
