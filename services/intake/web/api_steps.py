"""What a school's system does with a case, up to its end: steps that are done once, however often they are sent."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from services.intake.domain.rules import Viewer
from services.intake.handlers import cases as handlers
from services.intake.handlers import course, household
from services.intake.handlers.birth import tell_birth
from services.intake.handlers.consent import renew_consent
from services.intake.handlers.consents import give_consent, refuse_consent, withdraw_case
from services.intake.handlers.erasing import request_erasure
from services.intake.handlers.showing import show_case
from services.intake.ports import IntakeUnit
from services.intake.web.bodies import ClosingBody, to_closing
from services.intake.web.dependencies import Dependencies, TheDependencies, TheSchoolSystem, Unit
from services.intake.web.replies import NOT_HERE, RequestDetails, request_of
from services.intake.web.school_systems import SchoolSystem
from services.intake.web.sibling_bodies import SiblingBody, to_sibling
from services.intake.web.step_bodies import (
    BeingErased,
    BirthBody,
    ConsentAgainBody,
    ErasureBody,
    FollowUpsBody,
    HomeVisitBody,
    HomeVisitDoneBody,
    PartnerConsentBody,
    PauseBody,
    UrgentBody,
)
from shared.web.once import ASKED_BEFORE, Mark, Marked, once

STEP: Final[dict[str, Any]] = {"response_model": RequestDetails, "responses": {**ASKED_BEFORE, **NOT_HERE}}


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


@router.post(
    "/siblings",
    operation_id="addSibling",
    summary="Vraag hulp voor nog een kind in dit gezin",
    status_code=HTTPStatus.CREATED,
    **STEP,
)
async def add_sibling(step: TheStep, id: UUID, body: SiblingBody) -> Response:  # noqa: A002 - the API's own word
    """Wat wij van het gezin weten, gaat mee, met de toestemming. Geeft een ander die voor dit kind? Stuur haar dan mee.
    Het antwoord is de nieuwe aanvraag.
    """

    async def work() -> RequestDetails:
        case = await household.add_sibling(to_sibling(id, body), step.unit, step.system.viewer)
        view = await show_case(case.id, step.unit, step.system.viewer)
        return request_of(view, step.dependencies.addresses, step.unit.city)

    return await once(step.mark.by(step.system.key_id), step.unit.replies, work, HTTPStatus.CREATED)


@router.post("/birth", operation_id="tellBirth", summary="Het kind is geboren", **STEP)
async def birth(step: TheStep, id: UUID, body: BirthBody) -> Response:  # noqa: A002 - the API's own word
    """Van een kind dat nog niet geboren was, stond alleen de maand er."""
    name, day = body.first_name, body.birth_date
    return await step.of(id, lambda unit, viewer: tell_birth(id, name, day, unit, viewer))


@router.post("/new-questions", operation_id="raiseNewQuestion", summary="Het gezin heeft een nieuwe vraag", **STEP)
async def raise_new_question(step: TheStep, id: UUID) -> Response:  # noqa: A002 - the API's own word
    """De aanvraag gaat weer open, met alles wat bekend is. Stuur daarna het gesprek met het gezin (de inventarisatie),
    met wat er nu nodig is.
    """
    return await step.of(id, lambda unit, viewer: handlers.raise_new_question(id, unit, viewer))


@router.post("/withdrawal", operation_id="withdrawRequest", summary="Trek de aanvraag in", **STEP)
async def withdraw(step: TheStep, id: UUID) -> Response:  # noqa: A002 - the API's own word
    """Het gezin wil geen hulp meer, of trekt de toestemming in. Alle partners stoppen. Dit is niet terug te draaien."""
    return await step.of(id, lambda unit, viewer: withdraw_case(id, unit, viewer))


@router.post("/closing", operation_id="closeRequest", summary="Sluit de aanvraag af", **STEP)
async def close(step: TheStep, id: UUID, body: ClosingBody) -> Response:  # noqa: A002 - the API's own word
    """Niemand hoeft er nog naar om te kijken. Vertel van elke hulpvraag wat ervan kwam. Een nieuwe vraag
    opent de aanvraag weer.
    """
    return await step.of(id, lambda unit, viewer: handlers.close_case(to_closing(id, body), unit, viewer))


@router.post("/reopening", operation_id="reopenRequest", summary="Open een afgesloten aanvraag weer", **STEP)
async def reopen(step: TheStep, id: UUID) -> Response:  # noqa: A002 - the API's own word
    """Wij gaan verder waar het bleef. Is er een nieuwe vraag? Stuur dan new-questions."""
    return await step.of(id, lambda unit, viewer: handlers.reopen_case(id, unit, viewer))


@router.post(
    "/erasure",
    operation_id="eraseRequest",
    summary="Wis alles",
    status_code=HTTPStatus.ACCEPTED,
    response_model=BeingErased,
    responses={**ASKED_BEFORE, **NOT_HERE},
)
async def erase(step: TheStep, id: UUID, body: ErasureBody) -> Response:  # noqa: A002 - the API's own word
    """Alles over het gezin gaat weg, in heel Schakel en voorgoed. Niemand krijgt bericht: moeten partners stoppen,
    stuur dan eerst withdrawal. Daarna is het antwoord op elke vraag naar deze aanvraag 410.
    """

    async def work() -> BeingErased:
        await request_erasure(body.command(id), step.unit, step.system.viewer)
        return BeingErased()

    return await once(step.mark.by(step.system.key_id), step.unit.replies, work, HTTPStatus.ACCEPTED)


@router.post("/urgent-needs", operation_id="raiseUrgentNeeds", summary="Vraag nu al een partner", **STEP)
async def raise_urgent(step: TheStep, id: UUID, body: UrgentBody) -> Response:  # noqa: A002, ARG001 - the API's own word; it says that the family knows
    """Voor wat vandaag nodig is, en voor kleine dingen. Dat wacht niet op het gesprek met het gezin."""
    return await step.of(id, lambda unit, viewer: handlers.raise_urgent(id, unit, viewer))


@router.post("/pause", operation_id="pauseRequest", summary="Het gezin wil rust", **STEP)
async def pause(step: TheStep, id: UUID, body: PauseBody) -> Response:  # noqa: A002 - the API's own word
    """Tot die dag vragen wij niemand iets. Hulp die al loopt, gaat door. Nog eens sturen verzet de dag."""
    return await step.of(id, lambda unit, viewer: course.pause_case(body.command(id), unit, viewer))


@router.post("/resumption", operation_id="resumeRequest", summary="De rust is voorbij", **STEP)
async def resume(step: TheStep, id: UUID) -> Response:  # noqa: A002 - the API's own word
    """Wij gaan verder waar we waren."""
    return await step.of(id, lambda unit, viewer: course.resume_case(id, unit, viewer))


@router.post("/consent", operation_id="renewConsent", summary="Er is opnieuw toestemming", **STEP)
async def consent(step: TheStep, id: UUID, body: ConsentAgainBody) -> Response:  # noqa: A002 - the API's own word
    """Vanaf 12 jaar geeft het kind mee toestemming, vanaf 16 jaar alleen. Wordt het zo oud, dan vragen wij geen nieuwe
    partner tot dit er is.
    """
    return await step.of(id, lambda unit, viewer: renew_consent(id, body.told(), unit, viewer))


@router.post("/partner-consents", operation_id="answerPartnerConsent", summary="Vertel wat partners mogen zien", **STEP)
async def answer_partner_consent(step: TheStep, id: UUID, body: PartnerConsentBody) -> Response:  # noqa: A002 - the API's own word
    """Een nieuw antwoord vervangt het vorige. Mag een partner niets zien, dan helpt die zonder gegevens."""
    answer = give_consent if body.consent.field_sets else refuse_consent
    return await step.of(id, lambda unit, viewer: answer(body.command(id), viewer, unit))


@router.post("/home-visit", operation_id="planHomeVisit", summary="Plan een huisbezoek", **STEP)
async def plan_home_visit(step: TheStep, id: UUID, body: HomeVisitBody) -> Response:  # noqa: A002 - the API's own word
    """Een andere dag verzet het bezoek. Wat je erbij schrijft, blijft in de kluis van Schakel."""
    return await step.of(id, lambda unit, viewer: course.plan_home_visit(body.command(id), unit, viewer))


@router.post(
    "/home-visit/completion", operation_id="completeHomeVisit", summary="Vertel of het huisbezoek er was", **STEP
)
async def complete_home_visit(step: TheStep, id: UUID, body: HomeVisitDoneBody) -> Response:  # noqa: A002 - the API's own word
    """Was het er niet? Plan dan een nieuwe dag."""
    took_place = body.took_place
    return await step.of(id, lambda unit, viewer: course.complete_home_visit(id, unit, viewer, took_place=took_place))


@router.post("/follow-up-agreement", operation_id="agreeFollowUps", summary="Spreek af hoe vaak wij vragen", **STEP)
async def agree_follow_ups(step: TheStep, id: UUID, body: FollowUpsBody) -> Response:  # noqa: A002 - the API's own word
    """Wat school en gezin samen afspreken: hoe vaak wij vragen hoe het gaat, en wie op school meeleest."""
    return await step.of(id, lambda unit, viewer: course.agree_follow_ups(body.command(id), unit, viewer))
