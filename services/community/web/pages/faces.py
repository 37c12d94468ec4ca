"""`/gezichten`: who is in the network, each as the viewer may see them; as a list, a file and a visiting card."""

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse

from services.community.domain.card import Viewer
from services.community.domain.contact import OrganisationContact
from services.community.domain.gathering import Gathering
from services.community.handlers.cards import list_faces, show_face, viewer_of
from services.community.handlers.contacts import find_contact
from services.community.handlers.trainings import list_training_days, record_training
from services.community.web.card_files import list_of_faces, visiting_card
from services.community.web.card_forms import PostedTraining, TrainingForm
from services.community.web.card_views import CONTACTS, FaceView, Filters, view_of, views_of
from services.community.web.dependencies import Coordinator, Dependencies, MayFollow, TheDependencies
from services.community.web.reaches_of_cards import FACES, RECORD_TRAINING
from shared.access.sessions import Session
from shared.events.base import Role
from shared.kernel.city import City
from shared.kernel.errors import Invalid
from shared.web.auditing import unit_of
from shared.web.forms import Form, empty_form

LIST_FILE: Final = "gezichten.csv"
CARD_FILE: Final = "kaartje.vcf"
Short = Query(max_length=80)
router = APIRouter(prefix=FACES)


@dataclass(frozen=True, slots=True)
class Found:
    """Who was found, for whom."""

    views: tuple[FaceView, ...]
    trainings: tuple[Gathering, ...]
    city: City
    today: date


async def _filters(
    q: Annotated[str, Short] = "",
    wijk: Annotated[str, Short] = "",
    taal: Annotated[str, Short] = "",
    kennis: Annotated[str, Short] = "",
) -> Filters:
    return Filters(q.strip(), wijk, taal, kennis)


async def _only(rol: Annotated[str, Short] = "") -> Role | None:
    """Trusted persons have a list of their own; of no other role is one asked."""
    return Role.TRUSTED_PERSON if rol == Role.TRUSTED_PERSON else None


Asked = Annotated[Filters, Depends(_filters)]
Only = Annotated[Role | None, Depends(_only)]


@router.get("")
async def everybody(
    request: Request, dependencies: TheDependencies, session: MayFollow, filters: Asked, only: Only
) -> Response:
    """Those that are looked for."""
    found = await _find(request, dependencies, session, filters, only)
    city = found.city
    return dependencies.templates.page(
        request,
        "faces.html",
        found=found,
        filters=filters,
        only=only,
        options={"wijk": city.districts.options, "taal": city.languages.options, "kennis": city.categories.options},
        query=request.url.query,
    )


@router.get("/lijst.csv")
async def as_file(
    request: Request, dependencies: TheDependencies, session: MayFollow, filters: Asked, only: Only
) -> Response:
    """The same as on the page."""
    found = await _find(request, dependencies, session, filters, only)
    return _file(list_of_faces(found.views), "text/csv; charset=utf-8", LIST_FILE)


@router.get("/{person_id}")
async def one(request: Request, person_id: UUID, dependencies: TheDependencies, session: MayFollow) -> Response:
    """One card."""
    return await _page(request, person_id, dependencies, session)


@router.get("/{person_id}/kaartje.vcf")
async def as_visiting_card(
    request: Request, person_id: UUID, dependencies: TheDependencies, session: MayFollow
) -> Response:
    """For the phone of whoever reads it."""
    view, _ = await _view(request, person_id, dependencies, session)
    return _file(visiting_card(view), "text/vcard; charset=utf-8", CARD_FILE)


@router.post("/{person_id}/opleiding")
async def train(
    request: Request, person_id: UUID, dependencies: TheDependencies, session: Coordinator, form: PostedTraining
) -> Response:
    """Until when it counts."""
    if form.data is not None:
        try:
            async with unit_of(request, dependencies.units) as unit:
                await record_training(person_id, form.data.validUntil, session.person_id, unit)
        except Invalid as refusal:
            form.refuse_as(refusal)
        else:
            return RedirectResponse(f"{FACES}/{person_id}", status_code=HTTPStatus.SEE_OTHER)
    return await _page(request, person_id, dependencies, session, form)


async def _find(
    request: Request, dependencies: Dependencies, session: Session, filters: Filters, only: Role | None
) -> Found:
    async with unit_of(request, dependencies.units) as unit:
        faces = await list_faces(viewer_of([session.role]), unit, only)
        trainings = await list_training_days(unit) if only else []
        city, today = unit.city, unit.city.day_of(unit.now)
    # Who they are is asked of another service, and never while a unit of work is open.
    people = await dependencies.people.read_people([one.person_id for one in faces])
    return Found(tuple(views_of(faces, people, city, filters)), tuple(trainings), city, today)


async def _view(
    request: Request, person_id: UUID, dependencies: Dependencies, session: Session
) -> tuple[FaceView, OrganisationContact | None]:
    viewer = Viewer.OWNER if person_id == session.person_id else viewer_of([session.role])
    async with unit_of(request, dependencies.units) as unit:
        face = await show_face(person_id, viewer, unit)
        contact = await find_contact(session.organisation_id, face.organisation_ids, unit)
        city = unit.city
    people = await dependencies.people.read_people([person_id])
    return view_of(face, people, city), contact


async def _page(
    request: Request,
    person_id: UUID,
    dependencies: Dependencies,
    session: Session,
    typed: Form[TrainingForm] | None = None,
) -> Response:
    view, contact = await _view(request, person_id, dependencies, session)
    web = request.app.state.web
    return dependencies.templates.page(
        request,
        "face.html",
        HTTPStatus.BAD_REQUEST if typed else HTTPStatus.OK,
        view=view,
        contact=(contact.day, CONTACTS[contact.kind]) if contact else None,
        form=typed or empty_form(TrainingForm),
        may_train=session.role is Role.COORDINATOR and Role.TRUSTED_PERSON in view.face.roles,
        is_own=person_id == session.person_id,
        today=web.city.day_of(web.clock.now()),
        reach=RECORD_TRAINING,
    )


def _file(content: str, kind: str, name: str) -> Response:
    told = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=kind, headers=told)
