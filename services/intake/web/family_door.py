"""How a family is known on its own pages: by a cookie that lasts half an hour, and by no address.

What stands in the address of a page stays in the history of a phone, which others may use.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Depends, Request, Response
from fastapi.responses import RedirectResponse

from services.intake.domain.case import Case
from services.intake.domain.family_access import VISIT_LASTS
from services.intake.handlers.family_access import who_is_in
from services.intake.handlers.family_page import professionals_of
from services.intake.ports import IntakeUnit
from services.intake.web.dependencies import Dependencies, TheDependencies, Unit
from shared.access.sessions import cookie_name, drop_cookie, set_cookie
from shared.events.http import KnownPerson
from shared.kernel.city import City
from shared.web.assets import READ_ALOUD, assets
from shared.web.forms import Form
from shared.web.languages import CityToRead, same_language
from shared.web.security import with_script

COOKIE: Final = "schakel_gezin"
HOME: Final = "/gezin"
PAGE: Final = f"{HOME}/pagina"


class NobodyIsIn(Exception):
    """The visit is over, or never began."""


@dataclass(frozen=True)
class FamilyPage:
    """One of the family's own pages, read by the family."""

    request: Request
    dependencies: Dependencies
    unit: IntakeUnit
    case: Case
    city: City
    """In the words of the reader."""
    people: Mapping[UUID, KnownPerson] = field(default_factory=dict)

    def shows(
        self,
        template: str,
        form: Form[Any] | None = None,
        **more: Any,  # noqa: ANN401 - whatever the template shows
    ) -> Response:
        """The page; what was typed stays."""
        wrong = form is not None and form.errors
        page = self.dependencies.templates.page(
            self.request,
            template,
            HTTPStatus.BAD_REQUEST if wrong else HTTPStatus.OK,
            case=self.case,
            form=form,
            contact=self.people.get(self.case.opening.ambassador_id),
            read_aloud=assets()[READ_ALOUD].path,
            **more,
        )
        page.headers.update(with_script())
        return page

    def done(self, word: str, at: str = PAGE) -> Response:
        """On to a page that says that it is done."""
        return RedirectResponse(same_language(f"{at}?gelukt={word}"), HTTPStatus.SEE_OTHER)


def keep_visit(request: Request, response: Response, kept: str) -> None:
    """The browser is in from now on."""
    set_cookie(response, COOKIE, kept, VISIT_LASTS, secure=_is_secure(request))


def end_visit(request: Request, response: Response) -> None:
    """The browser is out, and keeps no page of it."""
    drop_cookie(response, COOKIE, secure=_is_secure(request))


async def ask_code(request: Request, _: Exception) -> Response:
    """Whoever is not in, types the code first."""
    await request.app.state.web.auditing.refused(request, HTTPStatus.FORBIDDEN)
    return RedirectResponse(f"{HOME}?{request.url.query}".rstrip("?"), HTTPStatus.SEE_OTHER)


async def _kept_by(request: Request) -> str:
    request.state.by_link = True
    kept = request.cookies.get(cookie_name(COOKIE, secure=_is_secure(request)), "")
    if not kept:
        raise NobodyIsIn
    return kept


_Kept = Annotated[str, Depends(_kept_by)]


async def _people_of(kept: _Kept, dependencies: TheDependencies) -> Mapping[UUID, KnownPerson]:
    async with dependencies.units.begin() as unit:
        case = await who_is_in(kept, unit)
        people = await professionals_of(case, unit) if case else []
    return await dependencies.people.read_people(people)


# A page that names somebody names this before itself: another service is asked for it, and nothing is held meanwhile.
TheProfessionals = Annotated[Mapping[UUID, KnownPerson], Depends(_people_of)]


async def _family_of(
    request: Request, kept: _Kept, people: TheProfessionals, unit: Unit, dependencies: TheDependencies, city: CityToRead
) -> FamilyPage:
    case = await who_is_in(kept, unit)
    if case is None:
        raise NobodyIsIn
    return FamilyPage(request, dependencies, unit, case, city, people)


TheFamily = Annotated[FamilyPage, Depends(_family_of)]


def _is_secure(request: Request) -> bool:
    return bool(request.app.state.web.sessions.secure)
