"""The desk asks people of the network to come; who is asked says yes by signing up, or no, behind a mailed link."""

from collections import Counter
from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse

from services.community.domain.invitation import InvitationState
from services.community.handlers.gatherings import find_gathering
from services.community.handlers.invitations import answer_invitation, invitation_of_link, invite, show_invited
from services.community.web.dependencies import Coordinator, Dependencies, TheDependencies, Unit
from services.community.web.invitation_forms import InviteForm, PostedDecline, PostedInvite
from services.community.web.pages.sign_up import PostedSignUp, ask_for_seat
from services.community.web.reaches import BASE
from services.community.web.reaches_of_invitations import ACCEPT, DECLINE, INVITE
from services.community.web.sign_up_forms import SignUpForm, empty_sign_up, sign_up_choices
from services.community.web.views import view_of
from shared.events.base import Role
from shared.events.http import KnownPerson
from shared.web.auditing import unit_of
from shared.web.dependencies import TheWeb
from shared.web.forms import Form, empty_form
from shared.web.languages import read_in_languages, same_language
from shared.web.written import LONGEST_LINE

ROLES: Final = {
    Role.AMBASSADOR: "Contactpersonen van gezinnen",
    Role.PARTNER: "Partners",
    Role.MEMBER: "Leden van het netwerk",
    Role.TRUSTED_PERSON: "Vertrouwenspersonen",
    Role.COORDINATOR: "Coördinatoren",
}
ANSWERS: Final = {
    InvitationState.YES: "Zei ja",
    InvitationState.NO: "Zei nee",
    InvitationState.OPEN: "Nog geen antwoord",
}
router = APIRouter(prefix=BASE)


@router.get("/{gathering_id}/uitnodigen")
async def choose_whom(
    request: Request,
    gathering_id: UUID,
    dependencies: TheDependencies,
    _session: Coordinator,
    role: Annotated[Role, Query()] = Role.PARTNER,
    where: Annotated[str, Query(max_length=LONGEST_LINE)] = "",
) -> Response:
    """Everybody with this role (and at `where`), each with where they work; and how many of those asked said what."""
    return await _invite_page(request, gathering_id, dependencies, role, where=where)


@router.post("/{gathering_id}/uitnodigen")
async def ask_them(
    request: Request,
    gathering_id: UUID,
    dependencies: TheDependencies,
    _session: Coordinator,
    form: PostedInvite,
    role: Annotated[Role, Query()] = Role.PARTNER,
) -> Response:
    """Each of them gets a mail, once."""
    if form.data is None:
        return await _invite_page(request, gathering_id, dependencies, role, form)
    async with unit_of(request, dependencies.units) as unit:
        await invite(gathering_id, form.data.people, unit)
    path = f"{BASE}/{gathering_id}/uitnodigen?role={role.value}"
    return RedirectResponse(path, status_code=HTTPStatus.SEE_OTHER)


@router.get("/uitnodiging/{token}", dependencies=[Depends(read_in_languages)])
async def look(request: Request, token: str, dependencies: TheDependencies, unit: Unit) -> Response:
    """What somebody is asked for. Opening it changes nothing."""
    return await _answer_page(request, token, dependencies, unit)


@router.post("/uitnodiging/{token}", dependencies=[Depends(read_in_languages)])
async def decline(
    request: Request, token: str, dependencies: TheDependencies, form: PostedDecline, unit: Unit
) -> Response:
    """No; nobody asks why."""
    if form.data is None:
        return await _answer_page(request, token, dependencies, unit, HTTPStatus.BAD_REQUEST)
    invitation, _ = await invitation_of_link(token, unit)
    await answer_invitation(invitation.id, InvitationState.NO, unit)
    return RedirectResponse(same_language(f"{BASE}/uitnodiging/{token}"), status_code=HTTPStatus.SEE_OTHER)


@router.get("/uitnodiging/{token}/aanmelden", dependencies=[Depends(read_in_languages)])
async def fill_in(request: Request, token: str, dependencies: TheDependencies) -> Response:
    """The form with what is known already: who it is, and where that person works."""
    async with unit_of(request, dependencies.units) as unit:
        invitation, _ = await invitation_of_link(token, unit)
    person = (await dependencies.people.read_people([invitation.person_id])).get(invitation.person_id)
    known = {"name": person.name, "organisation": ", ".join(person.organisations)} if person else {}
    form = empty_sign_up(**known)
    async with unit_of(request, dependencies.units) as unit:
        return await _sign_up_page(request, token, dependencies, form, unit)


@router.post("/uitnodiging/{token}/aanmelden", dependencies=[Depends(read_in_languages)])
async def accept(
    request: Request, token: str, dependencies: TheDependencies, web: TheWeb, form: PostedSignUp, unit: Unit
) -> Response:
    """Yes: a mail asks whether the address is right, as for everybody else."""
    if form.data is None:
        return await _sign_up_page(request, token, dependencies, form, unit, HTTPStatus.BAD_REQUEST)
    invitation, gathering = await invitation_of_link(token, unit)
    await ask_for_seat(gathering.id, form.data.sign_up, web, unit)
    await answer_invitation(invitation.id, InvitationState.YES, unit)
    path = same_language(f"{BASE}/{gathering.id}/aanmelden/verstuurd")
    return RedirectResponse(path, status_code=HTTPStatus.SEE_OTHER)


async def _answer_page(
    request: Request, token: str, dependencies: Dependencies, unit: Unit, status: int = HTTPStatus.OK
) -> Response:
    invitation, gathering = await invitation_of_link(token, unit)
    place = await unit.places.get(gathering.details.place_id) if gathering.details.place_id else None
    return dependencies.templates.page(
        request,
        "invitation.html",
        status,
        view=view_of(gathering, {place.id: place} if place else {}, unit.city),
        state=invitation.state.value,
        is_ahead=gathering.is_ahead(unit.now),
        yes=f"{BASE}/uitnodiging/{token}/aanmelden",
        reach=DECLINE,
    )


async def _sign_up_page(
    request: Request,
    token: str,
    dependencies: Dependencies,
    form: Form[SignUpForm],
    unit: Unit,
    status: int = HTTPStatus.OK,
) -> Response:
    _, gathering = await invitation_of_link(token, unit)
    view = view_of(gathering, {}, unit.city)
    choices = sign_up_choices()
    return dependencies.templates.page(request, "sign_up.html", status, form=form, view=view, reach=ACCEPT, **choices)


async def _invite_page(
    request: Request,
    gathering_id: UUID,
    dependencies: Dependencies,
    role: Role,
    typed: Form[InviteForm] | None = None,
    where: str = "",
) -> Response:
    async with unit_of(request, dependencies.units) as unit:
        gathering = await find_gathering(gathering_id, unit, at_the_desk=True)
        asked, counts = await show_invited(gathering_id, unit)
        is_ahead, view = gathering.is_ahead(unit.now), view_of(gathering, {}, unit.city)
    people = await dependencies.people.list_people(role)
    return dependencies.templates.page(
        request,
        "invite.html",
        HTTPStatus.OK if typed is None else HTTPStatus.BAD_REQUEST,
        form=typed or empty_form(InviteForm),
        view=view,
        is_ahead=is_ahead,
        roles=[(one.value, words, one is role) for one, words in ROLES.items()],
        people=_to_choose(people, asked, where),
        role=role.value,
        where=where,
        counts=_counted(counts),
        path=f"{view.path}/uitnodigen?role={role.value}",
        reach=INVITE,
    )


def _to_choose(people: Sequence[KnownPerson], asked: frozenset[UUID], where: str) -> list[tuple[str, str]]:
    """Those who were not asked yet, of one organisation together; only of organisations that are called so."""
    known = ((", ".join(one.organisations), one) for one in people if one.person_id not in asked)
    found = [(at, one.name, str(one.person_id)) for at, one in known if where.strip().casefold() in at.casefold()]
    return [(person, f"{at}: {name}" if at else name) for at, name, person in sorted(found)]


def _counted(counts: Counter[InvitationState]) -> list[tuple[str, str]]:
    rows = [("Uitgenodigd", str(counts.total())), *((words, str(counts[one])) for one, words in ANSWERS.items())]
    return rows if counts else []
