"""One file with a map: how far it is, what it would do, taking it over, and taking it back."""

from http import HTTPStatus
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from services.matching.domain.map_import import (
    REFUSED_ROWS,
    ImportLine,
    LineCount,
    LineQuery,
    MapImport,
    Outcome,
    Verdict,
)
from services.matching.domain.map_import_errors import ImportOver, NothingToUndo
from services.matching.handlers.map_imports import (
    CHANGES,
    find_last_taken,
    lines_in,
    read_import,
    take_over_import,
    undo_import,
)
from services.matching.ports import MatchingUnit
from services.matching.web import map_import_words
from services.matching.web.dependencies import TheDependencies, Unit
from services.matching.web.map_import_words import TABS, VERDICTS, ids_in
from services.matching.web.pages.map_imports import PATH, Importer
from shared.web.reach import DESK, Reach

PER_PAGE: Final = 50
MOST_PAGES: Final = 10_000
TAKE: Final = Reach(
    f"POST {PATH}/{{import_id}}/overnemen", seen_by=(DESK,), note="Iedereen ziet het daarna op de sociale kaart."
)
UNDO: Final = Reach(
    f"POST {PATH}/{{import_id}}/terugdraaien", seen_by=(DESK,), note="Iedereen ziet het daarna op de sociale kaart."
)
Page = Annotated[int, Query(ge=1, le=MOST_PAGES)]
router = APIRouter(prefix=f"{PATH}/{{import_id}}")


@router.get("")
async def show(
    request: Request,
    import_id: UUID,
    dependencies: TheDependencies,
    _desk: Importer,
    unit: Unit,
    lijst: Annotated[str, Query(max_length=20)] = "",
    pagina: Page = 1,
) -> Response:
    """How far it is; and by what it does, the lines of one kind."""
    sent = await read_import(import_id, unit)
    counts = await unit.map_imports.count(import_id)
    chosen = TABS.get(lijst) or _first(counts)
    lines = await unit.map_imports.list_page(import_id, LineQuery(chosen, page=pagina, per_page=PER_PAGE))
    return dependencies.templates.page(
        request,
        "map_import.html",
        sent=sent,
        base=f"{PATH}/{import_id}",
        changes=sum(lines_in(counts, verdict) for verdict in CHANGES),
        outcomes=[(one.kind, one.verdict, one.outcome, one.lines) for one in counts if one.verdict in CHANGES],
        lines=lines,
        names=await _names(sent, lines, unit),
        is_last=await find_last_taken(unit) == sent.id,
        may_be_taken=unit.now < sent.kept_until,
        reach=TAKE,
        words=map_import_words,
        chosen=chosen.value,
        **_tabs(f"{PATH}/{import_id}", counts, chosen, pagina),
    )


@router.get("/geweigerd.csv")
async def download_refused(import_id: UUID, _desk: Importer, unit: Unit) -> Response:
    """The rows that are not taken over, each with what is wrong with it, to put right and send again."""
    await read_import(import_id, unit)
    table = await unit.map_imports.read_part(import_id, REFUSED_ROWS)
    if table is None:
        raise ImportOver
    headers = {"Content-Disposition": 'attachment; filename="geweigerd.csv"'}
    return Response(table, media_type="text/csv; charset=utf-8", headers=headers)


@router.post("/overnemen")
async def take_over(import_id: UUID, desk: Importer, unit: Unit) -> Response:
    """The worker does what was shown. Pressed twice, it is done once."""
    if (await read_import(import_id, unit)).taken_at is None:
        await take_over_import(import_id, desk.person_id, unit)
    return _back(import_id)


@router.get("/terugdraaien")
async def ask_undo(
    request: Request, import_id: UUID, dependencies: TheDependencies, _desk: Importer, unit: Unit
) -> Response:
    """It asks first: others may count on what was taken over."""
    sent = await read_import(import_id, unit)
    if await find_last_taken(unit) != sent.id:
        raise NothingToUndo
    counts = await unit.map_imports.count(import_id)
    taken = [one for one in counts if one.outcome is Outcome.TAKEN]
    return dependencies.templates.page(
        request,
        "map_import_undo.html",
        sent=sent,
        base=f"{PATH}/{import_id}",
        taken={verdict.value: lines_in(taken, verdict) for verdict in CHANGES},
        reach=UNDO,
    )


@router.post("/terugdraaien")
async def undo(import_id: UUID, desk: Importer, unit: Unit) -> Response:
    """The worker takes it back."""
    await undo_import(import_id, desk.person_id, unit)
    return _back(import_id)


def _first(counts: list[LineCount]) -> Verdict:
    return next((verdict for verdict in TABS.values() if lines_in(counts, verdict)), Verdict.NEW)


def _tabs(base: str, counts: list[LineCount], chosen: Verdict, page: int) -> dict[str, Any]:
    """What one may look at, and the pages of what one does. What came back is rare: then it has a tab."""
    there = {
        name: verdict for name, verdict in TABS.items() if verdict is not Verdict.BACK or lines_in(counts, verdict)
    }
    here = next(name for name, verdict in TABS.items() if verdict is chosen)
    return {
        "has_refused": bool(lines_in(counts, Verdict.REFUSED)),
        "tabs": [
            {
                "label": VERDICTS[verdict],
                "href": f"{base}?lijst={name}",
                "count": lines_in(counts, verdict),
                "current": verdict is chosen,
            }
            for name, verdict in there.items()
        ],
        "previous": f"{base}?lijst={here}&pagina={page - 1}" if page > 1 else None,
        "following": f"{base}?lijst={here}&pagina={page + 1}" if page * PER_PAGE < lines_in(counts, chosen) else None,
    }


async def _names(sent: MapImport, lines: list[ImportLine], unit: MatchingUnit) -> dict[UUID, str]:
    """Of who and what stand in the changes, some of which are only in the file yet."""
    ids = ids_in(lines) | {each for each in (sent.sent_by, sent.taken_by, sent.undone_by) if each}
    in_file = await unit.map_imports.lines_of(sent.id, ids)
    people = await unit.people.list_by_ids(ids)
    return (
        {key: line.name for key, line in in_file.items()}
        | await unit.organisations.read_names(ids)
        | {person.id: person.name for person in people}
    )


def _back(import_id: UUID) -> RedirectResponse:
    return RedirectResponse(f"{PATH}/{import_id}", status_code=HTTPStatus.SEE_OTHER)
