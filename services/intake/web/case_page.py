"""One case on a page of its own, for who may change it: what every such page needs."""

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request, Response
from fastapi.responses import RedirectResponse

from services.intake.domain.dossier import Dossier, Fact
from services.intake.domain.errors import NotYourFamily
from services.intake.domain.rules import Viewer
from services.intake.handlers.showing import CaseView, open_dossier, people_of_case, show_case
from services.intake.ports import IntakeUnit
from services.intake.web.dependencies import Dependencies, TheDependencies, TheSender, TheViewer, Unit
from services.intake.web.reaches import REACHES
from shared.events.base import Role
from shared.events.http import KnownPerson
from shared.events.vocabulary import Audience
from shared.kernel.errors import Invalid
from shared.web.forms import Form, ModelT, read_form

CALLED = (Fact.FIRST_NAME, Fact.PREFERRED_NAME)


def reader_of(viewer: Viewer) -> Audience:
    """Whom a page addresses as "jou"."""
    return Audience.COORDINATOR if viewer.role is Role.COORDINATOR else Audience.AMBASSADOR


@dataclass(frozen=True)
class CasePage:
    """A page about this case, for this viewer."""

    request: Request
    dependencies: Dependencies
    viewer: Viewer
    unit: IntakeUnit
    case_id: UUID

    async def opens(self, facts: tuple[Fact, ...] = CALLED, why: str = "case-form") -> tuple[CaseView, Dossier]:
        """The case with these facts of the family. Raises UnknownCase or NotYourFamily."""
        view = await show_case(self.case_id, self.unit, self.viewer)
        dossier = await open_dossier(self.case_id, self.unit, self.viewer, facts, why)
        if dossier is None:
            raise NotYourFamily(self.dependencies.city)
        return view, dossier

    async def shows(
        self,
        template: str,
        form: Form[Any],
        facts: tuple[Fact, ...] = CALLED,
        **more: Any,  # noqa: ANN401
    ) -> Response:
        """The page with this form; what was typed stays."""
        return self.shown(template, form, *await self.opens(facts), **more)

    def shown(
        self,
        template: str,
        form: Form[Any],
        view: CaseView,
        dossier: Dossier,
        **more: Any,  # noqa: ANN401
    ) -> Response:
        """The same, of what was opened before."""
        return self.dependencies.templates.page(
            self.request,
            template,
            HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK,
            viewer=self.viewer,
            reader=reader_of(self.viewer),
            reach=REACHES,
            view=view,
            case=view.case,
            called=dossier.called,
            dossier=dossier,
            form=form,
            **more,
        )

    async def reads(
        self, request: Request, model: type[ModelT], *, many: Sequence[str] = (), order: Sequence[str] = ()
    ) -> Form[ModelT]:
        """What was posted; "vandaag" is the database's day, as for the rules."""
        today = self.unit.city.day_of(self.unit.now)
        return await read_form(request, model, many=many, order=order, today=today)

    async def takes(self, form: Form[Any], act: Awaitable[object]) -> bool:
        """Whether it was done; what is wrong is told at its field, and what was done until then is taken back."""
        try:
            async with self.unit.savepoint():
                await act
        except Invalid as refusal:
            form.refuse_as(refusal)
            return False
        return True

    def done(self, word: str) -> Response:
        """Back to the case, which says that it is done."""
        return RedirectResponse(f"/aanvragen/{self.case_id}?gelukt={word}", status_code=HTTPStatus.SEE_OTHER)


async def _people_of(viewer: TheSender, dependencies: TheDependencies, case_id: UUID) -> Mapping[UUID, KnownPerson]:
    async with dependencies.units.begin() as unit:
        people = await people_of_case(case_id, unit, viewer)
    return await dependencies.people.read_people(people)


# Which professionals go with this case, by name. A route names it before its page: another service is asked for it,
# and nothing may be held open meanwhile.
ThePeople = Annotated[Mapping[UUID, KnownPerson], Depends(_people_of)]


async def _page_of(
    request: Request, viewer: TheViewer, unit: Unit, dependencies: TheDependencies, case_id: UUID
) -> CasePage:
    return CasePage(request, dependencies, viewer, unit, case_id)


TheCasePage = Annotated[CasePage, Depends(_page_of)]
