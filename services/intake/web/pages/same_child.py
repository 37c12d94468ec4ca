"""Two requests that may be for one child: what the family decides, and the one plan that comes of it."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import Field

from services.intake.domain.case import Case
from services.intake.domain.case_state import KEPT
from services.intake.domain.dossier import Dossier
from services.intake.domain.rules import may_see
from services.intake.domain.same_child import NothingToAnswer, PairState, SameChild
from services.intake.handlers.joined import may_be_named
from services.intake.handlers.same_child import answer, pairs_of, part
from services.intake.handlers.showing import CaseView, views_of
from services.intake.web.case_page import CasePage, TheCasePage, ThePeople
from services.intake.web.timeline_view import need_of
from services.intake.web.words import STATES
from shared.events.http import KnownPerson
from shared.web.body import Body
from shared.web.forms import Form, empty_form

router = APIRouter(prefix="/aanvragen/{case_id}/zelfde-kind/{pair_id}")


class Decision(StrEnum):
    """What the family of this side wants."""

    TOGETHER = "together"
    APART = "apart"


CHOICES = [
    (Decision.TOGETHER.value, "Dit is hetzelfde gezin: samen verder", "Het gezin weet het, en zegt ja."),
    (Decision.APART.value, "Uit elkaar houden", "Ook als je twijfelt, of als het niet veilig voelt."),
]


class DecisionForm(Body):
    """What the family decided."""

    decision: Decision = Field(title="Wat wil het gezin?", examples=["Uit elkaar houden"])


@router.get("")
async def asked(pair_id: UUID, people: ThePeople, page: TheCasePage) -> Response:
    """What to ask the family; or, once both sides said yes, who helps with what."""
    return await _shown(pair_id, people, page, empty_form(DecisionForm))


@router.post("")
async def decide(pair_id: UUID, request: Request, people: ThePeople, page: TheCasePage) -> Response:
    """What the family wants."""
    form = await page.reads(request, DecisionForm)
    if form.data is None:
        return await _shown(pair_id, people, page, form)
    together = form.data.decision is Decision.TOGETHER
    pair = await answer(page.case_id, pair_id, page.unit, page.viewer, together=together)
    said = {PairState.JOINED: "samen-verder", PairState.ASKED: "samen-gevraagd"}
    return page.done(said.get(pair.state, "apart"))


@router.post("/uit-elkaar")
async def take_apart(pair_id: UUID, page: TheCasePage) -> Response:
    """Two plans again."""
    await part(page.case_id, pair_id, page.unit, page.viewer)
    return page.done("uit-elkaar")


async def same_child_of(case: Case, dossier: Dossier | None, page: CasePage) -> list[dict[str, Any]]:
    """What the page of this case says of it, to whoever may know its family."""
    return [_named(pair, case, page) for pair in await pairs_of(case, page.unit)] if dossier else []


def _named(pair: SameChild, case: Case, page: CasePage) -> dict[str, Any]:
    city = page.unit.city
    days = city.terms.same_child_days
    part_until = pair.may_part_until(days)
    return {
        "id": pair.id,
        "joined": pair.state is PairState.JOINED,
        "agreed": pair.has_agreed(case.id),
        "until": city.day_of(pair.found_at + timedelta(days=days)),
        "part_until": city.day_of(part_until) if part_until else None,
        "may_part": pair.may_part(page.unit.now, days),
    }


async def _shown(
    pair_id: UUID, people: Mapping[UUID, KnownPerson], page: CasePage, form: Form[DecisionForm]
) -> Response:
    view, dossier = await page.opens()
    pair = next((each for each in await pairs_of(view.case, page.unit) if each.id == pair_id), None)
    if pair is None:
        raise NothingToAnswer
    told = {
        "pair": _named(pair, view.case, page),
        "choices": CHOICES,
        "days": page.unit.city.terms.same_child_days,
        "second": await _other(pair, people, page),
    }
    return page.shown("same_child.html", form, view, dossier, **told)


async def _other(pair: SameChild, people: Mapping[UUID, KnownPerson], page: CasePage) -> dict[str, Any] | None:
    """The other case: once they are one, or when it is this ambassador's own; else nothing of it, not even that.

    Nor of one that stands still by now, is being erased, or has a secret address that is not this viewer's to know.
    """
    other = await page.unit.cases.read(pair.other(page.case_id))
    if other is None or other.state not in KEPT or other.hold is not None:
        return None
    own = page.viewer.speaks_for(other.opening.ambassador_id)
    if not own and not await may_be_named(other, page.unit):
        return None
    if pair.state is not PairState.JOINED:
        return {"code": other.code, "id": other.id, "may_open": True} if own else None
    (view,) = await views_of([other], page.unit)
    return {**_plan_of(view, page), "contact": people.get(other.opening.ambassador_id)}


def _plan_of(view: CaseView, page: CasePage) -> dict[str, Any]:
    return {
        "id": view.case.id,
        "code": view.case.code,
        "state": STATES[view.case.state],
        "may_open": may_see(page.viewer, view.case.opening.organisation_id),
        "needs": [need_of(each, None, page.unit.city) for each in view.needs],
    }
