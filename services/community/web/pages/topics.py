"""`/bijeenkomsten/onderwerpen`: whoever is in the network proposes a topic; the desk plans it, or says why not."""

from http import HTTPStatus
from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.community.domain.gathering import Gathering
from services.community.domain.topic import Topic
from services.community.handlers.topics import (
    decline_topic,
    find_topic,
    list_ahead,
    list_open_topics,
    list_wanted,
    plan_topic,
    propose_topic,
    withdraw_topic,
)
from services.community.web.dependencies import (
    Coordinator,
    Dependencies,
    MayHost,
    TheDependencies,
    Unit,
    may_organise,
)
from services.community.web.reaches import BASE, DECLINE_TOPIC, PLAN_TOPIC, PROPOSE_TOPIC, WITHDRAW_TOPIC
from services.community.web.topic_forms import (
    DeclineForm,
    PlanForm,
    PostedDecline,
    PostedPlan,
    PostedTopic,
    TopicForm,
)
from services.community.web.words import TOPICS
from shared.access.sessions import Session
from shared.web.forms import Form, typed_or_empty

PAGE: Final = f"{BASE}/onderwerpen"
router = APIRouter(prefix=PAGE)


@router.get("")
async def mine(request: Request, dependencies: TheDependencies, session: MayHost, unit: Unit) -> Response:
    """What this person proposed, and a form; the desk has its list."""
    return await _mine(request, dependencies, session, unit)


@router.post("")
async def propose(
    request: Request, dependencies: TheDependencies, session: MayHost, form: PostedTopic, unit: Unit
) -> Response:
    """The desk hears of it."""
    if form.data is None:
        return await _mine(request, dependencies, session, unit, form)
    await propose_topic(form.data.command, session.person_id, unit)
    return _to(PAGE)


@router.post("/{topic_id}/terug")
async def withdraw(topic_id: UUID, session: MayHost, unit: Unit) -> Response:
    """Not any more."""
    await withdraw_topic(topic_id, session.person_id, unit)
    return _to(PAGE)


@router.get("/{topic_id}")
async def topic(
    request: Request, topic_id: UUID, dependencies: TheDependencies, _session: Coordinator, unit: Unit
) -> Response:
    """One, to decide on."""
    return await _one(request, topic_id, dependencies, unit)


@router.post("/{topic_id}/plannen")
async def plan(
    request: Request,
    topic_id: UUID,
    dependencies: TheDependencies,
    _session: Coordinator,
    form: PostedPlan,
    unit: Unit,
) -> Response:
    """On the programme."""
    if form.data is None:
        return await _one(request, topic_id, dependencies, unit, form)
    await plan_topic(topic_id, form.data.gathering, unit)
    return _to(f"{BASE}/{form.data.gathering}")


@router.post("/{topic_id}/niet")
async def decline(
    request: Request,
    topic_id: UUID,
    dependencies: TheDependencies,
    _session: Coordinator,
    form: PostedDecline,
    unit: Unit,
) -> Response:
    """Not on the programme, and why."""
    if form.data is None:
        return await _one(request, topic_id, dependencies, unit, form)
    await decline_topic(topic_id, form.data.reason, unit)
    return _to(PAGE)


def _to(path: str) -> Response:
    return RedirectResponse(path, status_code=HTTPStatus.SEE_OTHER)


async def _mine(
    request: Request,
    dependencies: Dependencies,
    session: Session,
    unit: Unit,
    typed: Form[TopicForm] | None = None,
) -> Response:
    wanted = await list_wanted(unit)
    theirs = await unit.topics.list_of_person(session.person_id)
    return dependencies.templates.page(
        request,
        "topics.html",
        HTTPStatus.OK if typed is None else HTTPStatus.BAD_REQUEST,
        form=typed_or_empty(typed, TopicForm),
        wanted=[(str(one), title) for one, title in wanted],
        mine=[(one, TOPICS[one.state]) for one in theirs],
        open_ones=await list_open_topics(unit) if may_organise(session) else (),
        may_organise=may_organise(session),
        reaches={"propose": PROPOSE_TOPIC, "withdraw": WITHDRAW_TOPIC},
    )


async def _one(
    request: Request,
    topic_id: UUID,
    dependencies: Dependencies,
    unit: Unit,
    typed: Form[PlanForm] | Form[DeclineForm] | None = None,
) -> Response:
    found = await find_topic(topic_id, unit)
    ahead = await list_ahead(unit)
    return dependencies.templates.page(
        request,
        "topic.html",
        HTTPStatus.OK if typed is None else HTTPStatus.BAD_REQUEST,
        topic=found,
        state=TOPICS[found.state],
        wanted=dict(await list_wanted(unit)).get(found.wanted_for) if found.wanted_for else None,
        choices=[(str(one.id), _title(one, unit)) for one in ahead],
        plan=typed_or_empty(typed, PlanForm, gathering=_chosen(found, ahead)),
        decline=typed_or_empty(typed, DeclineForm),
        wrong=typed,
        reaches={"plan": PLAN_TOPIC, "decline": DECLINE_TOPIC},
    )


def _title(gathering: Gathering, unit: Unit) -> str:
    return f"{gathering.details.title}, {unit.city.day_of(gathering.details.starts_at):%d-%m-%Y}"


def _chosen(topic: Topic, ahead: list[Gathering]) -> str:
    """The first that it is wanted for."""
    asked = (one for one in ahead if topic.wanted_for in {one.id, one.series_id} and topic.wanted_for)
    return next((str(one.id) for one in asked), "")
