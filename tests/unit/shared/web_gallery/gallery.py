"""The gallery: one page per situation, one API, one internal route."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from random import Random
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, FastAPI, Query, Request, Response
from fastapi.responses import RedirectResponse
from prometheus_client import CollectorRegistry
from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from shared.access.members import Member
from shared.access.sessions import Session, signed_in
from shared.events.base import Role
from shared.events.directory import Membership
from shared.kernel.city import City
from shared.kernel.clock import Clock
from shared.kernel.errors import Invalid, Refusal
from shared.kernel.key_ring import KeyRing
from shared.web.app import create_app
from shared.web.forms import Agreed, Form, TypedDate, empty_form, read_form
from shared.web.health import Check
from shared.web.internal import called_by
from shared.web.openapi import Api
from shared.web.pages import Templates
from shared.web.rate_limit import RateLimiter
from tests.parts.city import a_city
from tests.parts.keys import ring
from tests.twins.clock import HeldClock
from tests.twins.ids import SeededIds
from tests.twins.members import InMemoryMembers
from tests.twins.unit_of_work import MemoryContext, MemoryUnit, MemoryUnits
from tests.unit.shared.web_gallery.shown import CHOICES, steps

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ORIGIN = "https://schakel.example"


@dataclass(frozen=True)
class GallerySettings:
    """What an app asks of settings."""

    environment: str = "test"
    public_url: str = ORIGIN
    key_ring: KeyRing = field(default_factory=lambda: ring("matching"))
    city: City = field(default_factory=a_city)
    api_key_per_minute: int = 600
    api_person_per_minute: int = 1200


@dataclass(frozen=True)
class GalleryParts:
    """What an app asks of parts."""

    clock: Clock = field(default_factory=lambda: HeldClock(NOW))
    limiter: RateLimiter | None = None
    registry: CollectorRegistry = field(default_factory=CollectorRegistry)


class Wire(BaseModel):
    """camelCase on the wire, unknown fields refused."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid")


class Child(Wire):
    """A child."""

    first_name: str = Field(title="Voornaam", min_length=1, max_length=80, examples=["Amina"])
    birth_date: TypedDate = Field(title="Geboortedatum", examples=["31-12-2017"])


class Need(Wire):
    """One need."""

    category: Literal["bike", "food", "clothing"] = Field(title="Wat is er nodig?", examples=["bike"])
    urgency: Literal["today", "soon", "normal"] = Field(title="Hoe snel?", examples=["soon"])


class Ask(Wire):
    """The gallery's request."""

    child: Child
    district: str = Field(title="Wijk", pattern="^[a-z]+$", examples=["noord"])
    story: str | None = Field(default=None, title="Verhaal", max_length=2000, examples=["Amina fietst graag."])
    needs: list[Need] = Field(title="Wat is er nodig?", min_length=1)
    contact: list[Literal["mail", "phone"]] = Field(default_factory=list, title="Hoe bereiken wij je?")
    consent: Agreed = Field(title="Toestemming")


class Asked(Wire):
    """What the API answers."""

    id: UUID
    self_link: str
    received_on: date | None = None


class GalleryUnit(MemoryUnit):
    """One transaction of a service that heard of the people of the gallery."""

    def __init__(self, context: MemoryContext) -> None:
        super().__init__(context)
        self.members = InMemoryMembers(context.tables)


def gallery_units() -> MemoryUnits[GalleryUnit]:
    """Units of work in memory: one person who may be everything at one organisation."""
    units = MemoryUnits(service="intake", clock=HeldClock(NOW), ids=SeededIds(Random(1)), make=GalleryUnit)
    everything = tuple(Membership(organisation_id=UUID(int=2), role=role) for role in Role)
    units.tables.table("members")[UUID(int=1)] = Member(UUID(int=1), everything)
    return units


def gallery(
    *,
    settings: GallerySettings | None = None,
    parts: GalleryParts | None = None,
    checks: dict[str, Check] | None = None,
    service: str = "intake",
    units: MemoryUnits[Any] | None = None,
    now: datetime = NOW,
) -> FastAPI:
    """The app."""
    templates = Templates("tests.unit.shared.web_gallery")
    return create_app(
        service=service,
        settings=settings or GallerySettings(),
        parts=parts or GalleryParts(),
        templates=templates,
        pages=_pages(templates, now),
        apis=[Api(_api())],
        internal=_internal(),
        units=units or gallery_units(),
        checks=checks,
    )


def _pages(templates: Templates, now: datetime) -> APIRouter:
    router = APIRouter()

    def show(request: Request, form: Form[Ask], status: int = 200) -> Response:
        return templates.page(request, "gallery.html", status, form=form, steps=steps(now), now=now, **CHOICES)

    @router.get("/aanvragen")
    async def everything(request: Request) -> Response:
        return show(request, empty_form(Ask, district="noord"))

    @router.post("/aanvragen")
    async def send(request: Request) -> Response:
        form = await read_form(request, Ask, many=("contact",))
        if form.data is not None and form.data.child.first_name == "111222333":
            form.refuse_as(Invalid("child.firstName", "Hier staat een burgerservicenummer. Haal het weg."))
        if form.errors:
            return show(request, form, 400)
        return RedirectResponse("/aanvragen", status_code=303)

    @router.get("/bord")
    async def board(request: Request, session: Annotated[Session, Depends(signed_in(Role.COORDINATOR))]) -> Response:
        return templates.page(request, "board.html", who=session.role)

    @router.get("/antwoord/{token}")
    async def answer(request: Request, token: str) -> Response:
        return templates.page(request, "board.html", who="partner")

    @router.get("/stuk/{what}")
    async def broken(what: str) -> Response:
        raise _trouble(what)

    @router.post("/stuk/{what}")
    async def broken_form(request: Request, what: str) -> Response:
        await read_form(request, Ask)
        raise _trouble(what)

    return router


def _api() -> APIRouter:
    router = APIRouter(prefix="/v1")

    @router.post("/requests", status_code=201)
    async def ask(body: Ask, response: Response) -> Asked:
        response.headers["Location"] = "/v1/requests/1"
        return Asked(id=UUID(int=1), self_link="/v1/requests/1", received_on=NOW.date())

    @router.get("/requests/{request_id}")
    async def one(request_id: UUID, limit: Annotated[int, Query(ge=1, le=100)] = 20) -> Asked:
        return Asked(id=request_id, self_link=f"/v1/requests/{request_id}")

    @router.get("/trouble/{what}")
    async def trouble(what: str) -> Asked:
        raise _trouble(what)

    return router


def _internal() -> APIRouter:
    router = APIRouter(prefix="/internal")

    @router.post("/deliveries")
    async def deliver(caller: Annotated[str, Depends(called_by("notify"))]) -> dict[str, str]:
        return {"caller": caller}

    return router


def _trouble(what: str) -> Exception:
    from shared.storage.database import DatabaseAway  # noqa: PLC0415 - the gallery itself needs no database

    kinds: dict[str, Exception] = {
        "refused": Refusal("partner-not-active", "Deze partner doet niet meer mee."),
        "away": DatabaseAway("postgresql://schakel:secret@host/db"),
        "field": Invalid("child.birthDate", "Het kind is ouder dan 17.", example="31-12-2017"),
    }
    return kinds.get(what, ZeroDivisionError("Amina Voorbeeld, Kerkstraat 1"))
