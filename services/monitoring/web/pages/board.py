"""The board: every case, by urgency and then age, each with its next step; and how fast help comes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from services.monitoring.domain.state import CaseState
from services.monitoring.ports import BoardFilter
from services.monitoring.web.dependencies import AtTheDesk, TheDependencies, Unit
from services.monitoring.web.desk_forms import ResolveForm
from services.monitoring.web.names import organisation_names
from services.monitoring.web.pace_view import months_until, pace_rows
from shared.kernel.city import City
from shared.web.forms import Form

ON_A_PAGE = 50
MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
router = APIRouter(prefix="/bord")
Choice = Annotated[str, Query(max_length=40)]


@dataclass(frozen=True)
class Narrowing:
    """The choices above the board; what is unknown does not narrow."""

    wijk: Choice = ""
    toestand: Choice = ""
    categorie: Choice = ""
    maand: Choice = ""
    organisatie: Choice = ""
    vast: Choice = ""
    afgerond: Choice = ""
    pagina: Annotated[int, Query(ge=1, le=10_000)] = 1

    def wanted(self, city: City) -> BoardFilter:
        """As the board understands it."""
        asked_from, asked_before = self._month(city)
        return BoardFilter(
            category=self.categorie if self.categorie in city.categories else None,
            asked_from=asked_from,
            asked_before=asked_before,
            district=self.wijk if self.wijk in city.districts else None,
            state=CaseState(self.toestand) if self.toestand in set(CaseState) else None,
            organisation_id=_id_or_none(self.organisatie),
            stuck_only=bool(self.vast),
            with_ended=bool(self.afgerond) or self.toestand in {CaseState.CLOSED, CaseState.WITHDRAWN},
        )

    def _month(self, city: City) -> tuple[datetime | None, datetime | None]:
        """The first instant of the month in which was asked, and that of the next."""
        if (match := MONTH.fullmatch(self.maand)) is None:
            return None, None
        first = date(int(match[1]), int(match[2]), 1)
        after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        return city.instant_of(first, time()), city.instant_of(after, time())

    def page(self, number: int) -> str:
        """The address of another page with the same choices."""
        return f"/bord?{urlencode({**self._chosen(), 'pagina': number})}"

    def form(self) -> Form[ResolveForm]:
        """The choices, to show them again."""
        return Form(values=dict(self._chosen()))

    def _chosen(self) -> Mapping[str, str]:
        names = ("wijk", "categorie", "maand", "toestand", "organisatie", "vast", "afgerond")
        return {name: getattr(self, name) for name in names if getattr(self, name)}


@router.get("")
async def board(
    request: Request,
    dependencies: TheDependencies,
    _session: AtTheDesk,
    choices: Annotated[Narrowing, Depends()],
    unit: Unit,
) -> Response:
    """What is on the desk's list first, by urgency and then age."""
    wanted, skipped = choices.wanted(unit.city), (choices.pagina - 1) * ON_A_PAGE
    rows = await unit.board.list_cases(wanted, limit=ON_A_PAGE + 1, offset=skipped)
    at_work = await unit.board.organisations_at_work()
    of_rows = (one for row in rows for one in (row.organisation_id, *row.at_work))
    names = await organisation_names(unit, [*at_work, *of_rows])
    return dependencies.templates.page(
        request,
        "board.html",
        rows=rows[:ON_A_PAGE],
        counts=await unit.board.read_figures(unit.now),
        pace=pace_rows(await unit.board.read_pace(wanted)),
        months=months_until(unit.city.day_of(unit.now)),
        total=await unit.board.count_cases(wanted),
        names=names,
        organisations=sorted(((str(one), names[one]) for one in at_work if one in names), key=lambda pair: pair[1]),
        form=choices.form(),
        previous=choices.page(choices.pagina - 1) if choices.pagina > 1 else None,
        next=choices.page(choices.pagina + 1) if len(rows) > ON_A_PAGE else None,
        words=dependencies.words,
    )


def _id_or_none(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
