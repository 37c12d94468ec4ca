"""`/gezichten/paspoort`: a skills passport of one person; the desk only says for whom it is on."""

from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from services.community.domain.example_errors import TellsWhoItIs
from services.community.domain.passport import EndorsementState
from services.community.handlers.passport import (
    ask_endorsement,
    describe_skill,
    drop_skill,
    endorse,
    endorsement_of_link,
    erase_passport,
    forget_endorsement,
    held,
    new_skill,
    say_whether_it_helped,
)
from services.community.web.dependencies import Dependencies, MayFollow, TheDependencies, Unit
from services.community.web.passport_exports import SOURCES, UNSIGNED, credential_of, valid_on
from services.community.web.passport_forms import (
    EndorserForm,
    HelpedForm,
    PostedEndorser,
    PostedHelped,
    PostedSaid,
    PostedSkill,
    Said,
    SaidForm,
    SkillForm,
)
from services.community.web.reaches_of_passport import ASK, DESCRIBE, DROP, ERASE, FORGET, HELPED, PASSPORT, SAY
from services.community.web.words_of_passport import ENDORSEMENTS, HELPED_WORDS, SOURCE_OPTIONS
from shared.access.sessions import Session
from shared.web.auditing import unit_of
from shared.web.forms import Form, empty_form, typed_or_empty

# No cache may keep what only one person reads.
PRIVATE: Final = {"Cache-Control": "no-store"}
router = APIRouter(prefix=PASSPORT)


@router.get("")
async def mine(request: Request, dependencies: TheDependencies, session: MayFollow) -> Response:
    """What stands in it, or that it is not on."""
    return await _page(request, dependencies, session)


@router.post("")
async def describe(request: Request, dependencies: TheDependencies, session: MayFollow, form: PostedSkill) -> Response:
    """One more skill."""
    if form.data is None:
        return await _page(request, dependencies, session, form)
    typed = form.data
    try:
        async with unit_of(request, dependencies.units) as unit:
            skill = new_skill(typed.name, typed.source, typed.example, unit)
            await describe_skill(session.person_id, skill, unit)
    except TellsWhoItIs as tells:
        form.refuse_as(tells)
        return await _page(request, dependencies, session, form)
    return _back()


@router.post("/vaardigheden/{skill_id}/weg")
async def drop(skill_id: UUID, session: MayFollow, unit: Unit) -> Response:
    """Not any more."""
    await drop_skill(session.person_id, skill_id, unit)
    return _back()


@router.post("/bevestigen")
async def ask(request: Request, dependencies: TheDependencies, session: MayFollow, form: PostedEndorser) -> Response:
    """Somebody else gets a mail."""
    if form.data is None:
        return await _page(request, dependencies, session, form)
    async with unit_of(request, dependencies.units) as unit:
        await ask_endorsement(session.person_id, form.data.skill, form.data.endorser, form.data.email, unit)
    return _back()


@router.post("/bevestigingen/{endorsement_id}/weg")
async def forget(endorsement_id: UUID, session: MayFollow, unit: Unit) -> Response:
    """The question, or what came of it, goes."""
    await forget_endorsement(session.person_id, endorsement_id, unit)
    return _back()


@router.post("/mening")
async def opinion(request: Request, dependencies: TheDependencies, session: MayFollow, form: PostedHelped) -> Response:
    """The short question of the pilot."""
    if form.data is None:
        return await _page(request, dependencies, session, form)
    async with unit_of(request, dependencies.units) as unit:
        await say_whether_it_helped(session.person_id, form.data.helped, unit)
    return _back()


@router.post("/wissen")
async def erase(session: MayFollow, unit: Unit) -> Response:
    """All of it, for good."""
    await erase_passport(session.person_id, unit)
    return _back()


@router.get("/paspoort.json")
async def export(request: Request, dependencies: TheDependencies, session: MayFollow) -> Response:
    """To take along."""
    async with unit_of(request, dependencies.units) as unit:
        passport, city, now = await held(session.person_id, unit), unit.city, unit.now
    name = await _name(session.person_id, dependencies)
    headers = {**PRIVATE, "Content-Disposition": 'attachment; filename="paspoort.json"'}
    return JSONResponse(credential_of(passport, name, city, now), headers=headers)


@router.get("/afdrukken")
async def paper(request: Request, dependencies: TheDependencies, session: MayFollow) -> Response:
    """On paper, or kept as PDF by the browser."""
    async with unit_of(request, dependencies.units) as unit:
        passport, today = await held(session.person_id, unit), unit.city.day_of(unit.now)
    return dependencies.templates.page(
        request,
        "passport_paper.html",
        passport=passport,
        owner=await _name(session.person_id, dependencies),
        sources=SOURCES,
        valid_on=valid_on(today),
        unsigned=UNSIGNED,
    )


@router.get("/bevestigen/{token}")
async def look(request: Request, token: str, dependencies: TheDependencies) -> Response:
    """What an endorser is asked. Opening it changes nothing."""
    return await _asked(request, token, dependencies)


@router.post("/bevestigen/{token}")
async def say(request: Request, token: str, dependencies: TheDependencies, form: PostedSaid) -> Response:
    """Yes, no, or not any more."""
    if form.data is None:
        return await _asked(request, token, dependencies, form)
    async with unit_of(request, dependencies.units) as unit:
        await endorse(token, unit, agrees=form.data.choice is Said.YES)
    return RedirectResponse(f"{PASSPORT}/bevestigen/{token}", status_code=HTTPStatus.SEE_OTHER)


def _back() -> Response:
    return RedirectResponse(PASSPORT, status_code=HTTPStatus.SEE_OTHER)


async def _name(person_id: UUID, dependencies: Dependencies) -> str:
    known = (await dependencies.people.read_people([person_id])).get(person_id)
    return known.name if known else "De eigenaar"


async def _asked(
    request: Request, token: str, dependencies: Dependencies, form: Form[SaidForm] | None = None
) -> Response:
    async with unit_of(request, dependencies.units) as unit:
        passport, skill, endorsement = await endorsement_of_link(token, unit)
    return dependencies.templates.page(
        request,
        "endorsement.html",
        HTTPStatus.BAD_REQUEST if form else HTTPStatus.OK,
        form=form or empty_form(SaidForm),
        owner=await _name(passport.person_id, dependencies),
        skill=skill,
        is_asked=endorsement.state is EndorsementState.ASKED,
        is_given=endorsement.state is EndorsementState.GIVEN,
        path=f"{PASSPORT}/bevestigen/{token}",
        reach=SAY,
    )


async def _page(
    request: Request, dependencies: Dependencies, session: Session, typed: Form[Any] | None = None
) -> Response:
    async with unit_of(request, dependencies.units) as unit:
        passport = await unit.passports.get(session.person_id)
        desk = unit.city.desk.in_sentence
    return dependencies.templates.page(
        request,
        "passport.html",
        HTTPStatus.BAD_REQUEST if typed else HTTPStatus.OK,
        passport=passport,
        desk=desk,
        wrong=typed or empty_form(SkillForm),
        form=typed_or_empty(typed, SkillForm),
        endorser=typed_or_empty(typed, EndorserForm),
        skill_options=[(str(one.id), one.name) for one in passport.skills] if passport else [],
        opinion=empty_form(HelpedForm, helped=passport.helped if passport else None),
        sources=SOURCES,
        source_options=SOURCE_OPTIONS,
        helped_options=HELPED_WORDS,
        states=ENDORSEMENTS,
        path=PASSPORT,
        reaches={"describe": DESCRIBE, "drop": DROP, "ask": ASK, "forget": FORGET, "helped": HELPED, "erase": ERASE},
    )
