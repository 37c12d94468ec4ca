"""The desk gives all that hangs on one ambassador to another: families, early signals, and what was not sent yet."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request, Response

from services.intake.commands import HandOverAll
from services.intake.domain.case import Case
from services.intake.domain.case_state import OPEN, CaseState
from services.intake.domain.draft import DraftKind
from services.intake.domain.errors import NotTheDesk
from services.intake.domain.listing import CaseSearch
from services.intake.domain.rules import Viewer
from services.intake.domain.signal import Signal
from services.intake.handlers.handing_over import MOST_AT_ONCE, HandedOver, Outcome, hand_over_all
from services.intake.web.case_forms import HandOverAllForm
from services.intake.web.choosing import choosing, name_of
from services.intake.web.dependencies import Dependencies, TheDependencies, TheSender
from services.intake.web.reaches import REACHES
from services.intake.web.words import AGE_BANDS, OVER_LIMIT, STATES
from shared.events.base import Role
from shared.events.vocabulary import Audience
from shared.kernel.city import City
from shared.kernel.errors import Invalid
from shared.web.auditing import unit_of
from shared.web.forms import Form, empty_form, read_form

PATH: Final = "/aanvragen/overdragen"
WORDS: Final = {
    Outcome.DONE: "Overgedragen",
    Outcome.ALREADY: "Was al van de nieuwe contactpersoon",
    Outcome.NOT_THEIRS: "Ging niet mee: dit is intussen van iemand anders",
    Outcome.OVER: "Ging niet mee: dit is gestopt",
}
router = APIRouter(prefix=PATH)


@dataclass(frozen=True, slots=True)
class _Theirs:
    """What hangs on somebody now: at most as many as go at once, and the forms that are not sent."""

    cases: tuple[Case, ...] = ()
    signals: tuple[Signal, ...] = ()
    drafts: tuple[UUID, ...] = ()
    more: bool = False


@router.get("")
async def choosing_all(
    request: Request, viewer: TheSender, dependencies: TheDependencies, van: UUID | None = None
) -> Response:
    """Of whom, to whom, and the exact list."""
    _desk_only(viewer, dependencies.city)
    theirs = await _theirs(van, dependencies)
    form = empty_form(
        HandOverAllForm,
        cases=[str(each.id) for each in theirs.cases if each.state in OPEN],
        signals=[str(each.id) for each in theirs.signals],
    )
    return await _shown(request, dependencies, van, form, theirs)


@router.post("")
async def replace_all(request: Request, viewer: TheSender, dependencies: TheDependencies, van: UUID) -> Response:
    """What was ticked goes; each item says what became of it. A second send changes nothing."""
    _desk_only(viewer, dependencies.city)
    form = await read_form(request, HandOverAllForm, many=("cases", "signals", "drafts"))
    if (data := form.data) is not None:
        command = HandOverAll(
            previous_id=van,
            ambassador_id=data.ambassador_id,
            organisation_id=data.organisation_id,
            over_limit=data.over_limit,
            cases=tuple(dict.fromkeys(data.cases)),
            signals=tuple(dict.fromkeys(data.signals)),
            discard_drafts=data.drafts if data.discard_drafts else (),
        )
        try:
            async with unit_of(request, dependencies.units) as unit:
                done = await hand_over_all(command, unit, viewer)
        except Invalid as refusal:
            form.refuse_as(refusal)
        else:
            return await _shown(request, dependencies, van, form, _Theirs(), done)
    return await _shown(request, dependencies, van, form, await _theirs(van, dependencies))


def _desk_only(viewer: Viewer, city: City) -> None:
    if viewer.role is not Role.COORDINATOR:
        raise NotTheDesk(city)


async def _theirs(person_id: UUID | None, dependencies: Dependencies) -> _Theirs:
    if person_id is None:
        return _Theirs()
    search = CaseSearch(ambassadors=frozenset({person_id}), states=OPEN | {CaseState.CLOSED})
    async with dependencies.units.begin() as unit:
        cases = await unit.cases.find(search, None, MOST_AT_ONCE + 1)
        signals = await unit.signals.list_open(person_id)
        drafts = [each.id for each in await unit.drafts.list_of(person_id) if each.kind is DraftKind.REQUEST]
    first = sorted(cases, key=lambda case: not case.is_open)[:MOST_AT_ONCE]
    left = MOST_AT_ONCE - len(first)
    more = len(cases) > len(first) or len(signals) > left
    return _Theirs(tuple(first), tuple(signals[:left]), tuple(drafts), more)


async def _shown(
    request: Request,
    dependencies: Dependencies,
    van: UUID | None,
    form: Form[HandOverAllForm],
    theirs: _Theirs,
    done: list[HandedOver] | None = None,
) -> Response:
    school = theirs.cases[0].opening.organisation_id if theirs.cases else None
    chosen = await choosing(request, dependencies, PATH, first=school, also={"van": str(van)} if van else {})
    return dependencies.templates.page(
        request,
        "hand_over_all.html",
        HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK,
        form=form,
        choosing=chosen,
        people=chosen.options(without=van, with_full=True),
        any_full=chosen.full,
        why=OVER_LIMIT,
        from_id=van,
        from_name=await name_of(van, dependencies) if van else None,
        cases=[(str(each.id), each.code, _about(each, dependencies.city)) for each in theirs.cases],
        signals=[(str(each.id), f"Signaal {each.code}") for each in theirs.signals],
        drafts=theirs.drafts,
        more=theirs.more,
        reach=REACHES["hand_over_all"],
        reader=Audience.COORDINATOR,
        **_results(form, chosen.options(with_full=True), done),
    )


def _results(
    form: Form[HandOverAllForm], people: list[tuple[str, str]], done: list[HandedOver] | None
) -> dict[str, Any]:
    went = [each for each in done or () if each.outcome in {Outcome.DONE, Outcome.ALREADY}]
    return {
        "results": None if done is None else [(each.code or "niet bekend", WORDS[each.outcome]) for each in done],
        "all_done": len(went) == len(done or ()),
        "done": len(went),
        "to_name": dict(people).get(str(form.value_of("ambassadorId"))),
    }


def _about(case: Case, city: City) -> str:
    needs = ", ".join(city.categories.in_sentence(need.category) for need in case.needs)
    return f"{STATES[case.state][0]}. Kind van {AGE_BANDS[case.opening.age_band]}: {needs}."
