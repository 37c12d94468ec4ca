"""The desk, or whoever hosts, makes tables for a gathering, adjusts them and prints them."""

from http import HTTPStatus
from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.community.domain.errors import GatheringNotFound
from services.community.domain.table_plan import Arrangement, TablePlan
from services.community.handlers.gatherings import find_gathering
from services.community.handlers.table_plans import Table, hosts, move_seat, propose_tables, show_tables
from services.community.handlers.table_wishes import count_table_wishes
from services.community.web.acquaintance_forms import MoveSeatForm, PostedMove, PostedTables, TablesForm
from services.community.web.dependencies import Dependencies, MayHost, TheDependencies, Unit, may_organise
from services.community.web.reaches import BASE
from services.community.web.reaches_of_acquaintance import MOVE_SEAT, PROPOSE_TABLES
from services.community.web.views import view_of
from services.community.web.words_of_acquaintance import ARRANGEMENTS, theme_in_words
from shared.access.sessions import Session
from shared.web.forms import Form, empty_form

USUAL_SIZE: Final = 6
router = APIRouter(prefix=BASE + "/{gathering_id}/tafels")


@router.get("")
async def look(
    request: Request, gathering_id: UUID, dependencies: TheDependencies, session: MayHost, unit: Unit
) -> Response:
    """As they stand."""
    return await _page(request, gathering_id, dependencies, session, unit)


@router.post("")
async def propose(
    request: Request,
    gathering_id: UUID,
    dependencies: TheDependencies,
    session: MayHost,
    form: PostedTables,
    unit: Unit,
) -> Response:
    """Everybody who comes gets a table."""
    await _check(gathering_id, session, unit)
    if form.data is None:
        return await _page(request, gathering_id, dependencies, session, unit, form)
    await propose_tables(gathering_id, form.data.arrangement, form.data.size, unit)
    return _back(gathering_id)


@router.post("/zetten")
async def adjust(
    request: Request, gathering_id: UUID, dependencies: TheDependencies, session: MayHost, form: PostedMove, unit: Unit
) -> Response:
    """One seat goes to another table."""
    await _check(gathering_id, session, unit)
    if form.data is None:
        return await _page(request, gathering_id, dependencies, session, unit, moved=form)
    await move_seat(gathering_id, form.data.seat, form.data.number, unit)
    return _back(gathering_id)


async def _check(gathering_id: UUID, session: Session, unit: Unit) -> None:
    if not may_organise(session) and not await hosts(gathering_id, session.person_id, unit):
        raise GatheringNotFound


def _back(gathering_id: UUID) -> Response:
    return RedirectResponse(f"{BASE}/{gathering_id}/tafels", status_code=HTTPStatus.SEE_OTHER)


async def _page(
    request: Request,
    gathering_id: UUID,
    dependencies: Dependencies,
    session: Session,
    unit: Unit,
    typed: Form[TablesForm] | None = None,
    moved: Form[MoveSeatForm] | None = None,
) -> Response:
    await _check(gathering_id, session, unit)
    gathering = await find_gathering(gathering_id, unit, at_the_desk=True)
    plan, tables = await show_tables(gathering_id, unit)
    return dependencies.templates.page(
        request,
        "tables.html",
        HTTPStatus.BAD_REQUEST if typed or moved else HTTPStatus.OK,
        form=typed or _as_planned(plan),
        moved=moved or empty_form(MoveSeatForm),
        view=view_of(gathering, {}, unit.city),
        is_coming=gathering.is_coming,
        plan=plan,
        tables=[(one, _theme(one, plan, unit), _free(one, plan)) for one in tables],
        people=[(str(who.seat_id), f"Tafel {one.number}: {who.name}") for one in tables for who in one.people],
        numbers=_numbers(tables),
        arrangements=[(one.value, words) for one, words in ARRANGEMENTS.items()],
        wished=await _wished(gathering_id, unit) if may_organise(session) else [],
        reach=PROPOSE_TABLES,
        move=MOVE_SEAT,
    )


async def _wished(gathering_id: UUID, unit: Unit) -> list[tuple[str, str]]:
    names = await unit.organisations.list_active()
    counted = (await count_table_wishes(gathering_id, unit)).most_common()
    return [(names[one], f"{times} keer") for one, times in counted if one in names]


def _as_planned(plan: TablePlan | None) -> Form[TablesForm]:
    if plan is None:
        return empty_form(TablesForm, arrangement=Arrangement.DISTRICT.value, size=USUAL_SIZE)
    return empty_form(TablesForm, arrangement=plan.arrangement.value, size=plan.size)


def _theme(table: Table, plan: TablePlan | None, unit: Unit) -> str:
    return theme_in_words(table.theme, plan.arrangement, unit.city) if plan else ""


def _free(table: Table, plan: TablePlan | None) -> int:
    return max(plan.size - len(table.people), 0) if plan else 0


def _numbers(tables: list[Table]) -> list[tuple[str, str]]:
    """Those that are there, and a new one."""
    last = max((one.number for one in tables), default=0)
    return [(str(number), f"Tafel {number}") for number in range(1, last + 2)]
