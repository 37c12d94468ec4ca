"""`/gezichten/paspoort/proef`: for whom the desk switches the skills passport on, and how the pilot goes."""

from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.community.domain.passport import FEWEST_TOLD, Helped, report_of
from services.community.handlers.passport import switch_on
from services.community.web.dependencies import Coordinator, Dependencies, TheDependencies
from services.community.web.passport_forms import PilotForm, PostedPilot
from services.community.web.reaches_of_passport import PASSPORT, SWITCH_ON
from services.community.web.words_of_passport import HELPED_WORDS
from shared.access.people_book import PeopleBookAway
from shared.events.base import Role
from shared.events.http import KnownPerson
from shared.web.auditing import unit_of
from shared.web.forms import Form, typed_or_empty

PAGE: Final = f"{PASSPORT}/proef"
# Experts by experience and volunteers.
MAY_JOIN: Final = (Role.MEMBER, Role.TRUSTED_PERSON)
router = APIRouter(prefix=PAGE)


@router.get("")
async def pilot(request: Request, dependencies: TheDependencies, _session: Coordinator) -> Response:
    """For whom it is on, and counts without persons."""
    return await _page(request, dependencies)


@router.post("")
async def let_in(request: Request, dependencies: TheDependencies, _session: Coordinator, form: PostedPilot) -> Response:
    """One more person."""
    if form.data is None:
        return await _page(request, dependencies, form)
    async with unit_of(request, dependencies.units) as unit:
        await switch_on(form.data.person, unit)
    return RedirectResponse(PAGE, status_code=HTTPStatus.SEE_OTHER)


async def _page(request: Request, dependencies: Dependencies, typed: Form[PilotForm] | None = None) -> Response:
    async with unit_of(request, dependencies.units) as unit:
        people = await unit.passports.list_people()
        report = report_of(await unit.passports.list_all())
        room = unit.city.gatherings.passport_pilot_people
    known = await dependencies.people.read_people(people) if people else {}
    others = {one.person_id: one for one in await _who_may_join(dependencies) if one.person_id not in people}
    return dependencies.templates.page(
        request,
        "passport_pilot.html",
        HTTPStatus.BAD_REQUEST if typed else HTTPStatus.OK,
        form=typed_or_empty(typed, PilotForm),
        names=sorted(one.name for one in known.values()),
        number=len(people),
        room=room,
        options=[(str(one.person_id), one.name) for one in others.values()] if len(people) < room else [],
        figures=[
            ("Mensen met een paspoort", report.people),
            ("Met iets erin", report.with_skills),
            ("Met een bevestiging", report.with_endorsements),
        ],
        helped=[(words, report.helped[Helped(code)]) for code, words in HELPED_WORDS],
        fewest=FEWEST_TOLD,
        path=PAGE,
        reach=SWITCH_ON,
    )


async def _who_may_join(dependencies: Dependencies) -> list[KnownPerson]:
    """Nobody when it cannot be asked now."""
    try:
        return [one for role in MAY_JOIN for one in await dependencies.people.list_people(role)]
    except PeopleBookAway:
        return []
