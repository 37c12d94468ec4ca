"""The pages of asking for help, as they are shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Depends, Request, Response

from services.intake.domain.draft import Draft, Typed
from services.intake.domain.rules import Viewer
from services.intake.domain.signal import Signal
from services.intake.handlers.drafts import find_draft
from services.intake.web import asking
from services.intake.web.asking import FILLED_IN, STEPS, Step
from services.intake.web.bodies import MAX_NEEDS
from services.intake.web.choosing import name_of
from services.intake.web.dependencies import Dependencies, TheDependencies, TheSender
from services.intake.web.forms import RequestForm
from services.intake.web.need_rows import CHOICES, row_of
from services.intake.web.summary import lines_of
from services.intake.web.words import AGE_BANDS
from shared.events.base import Role
from shared.events.vocabulary import Audience
from shared.web.forms import Form
from shared.web.reach import DESK, Reach

SEND: Final = Reach(
    f"POST {asking.PATH}/{{draft_id}}/verstuur",
    mails=("request-received",),
    # A need that the family knows of goes first.
    perhaps=("urgent-need", "partner-activated", "partner-asked", "nobody-found", "desk-point", "desk-digest"),
    seen_by=(DESK,),
    note=(
        "Namen, adres en het verhaal blijven hier in de kluis. "
        "Partners zien alleen de wijk, de leeftijdsgroep, de taal en wat er nodig is."
    ),
)


@dataclass(frozen=True, slots=True)
class OnBehalf:
    """The desk asks for an ambassador; `name` is None when it is not known now."""

    name: str | None = None

    @classmethod
    def of(cls, viewer: Viewer, name: str | None) -> "OnBehalf | None":
        """None for who asks for themselves."""
        return cls(name) if viewer.role is Role.COORDINATOR else None


async def _behalf_of(viewer: TheSender, dependencies: TheDependencies, draft_id: UUID) -> OnBehalf | None:
    if viewer.role is not Role.COORDINATOR:
        return None
    async with dependencies.units.begin() as unit:
        draft = await find_draft(draft_id, unit, viewer)
    asked = asking.for_ambassador(draft.typed) if draft else None
    return OnBehalf(await name_of(asked[0], dependencies) if asked else None)


# A route names it before its unit: another service is asked for the name, and nothing may be held open meanwhile.
TheBehalf = Annotated[OnBehalf | None, Depends(_behalf_of)]


@dataclass(frozen=True)
class AskPage:
    """One page of this draft; `draft` is None while nothing of it is kept.

    `brought`: what a question to colleagues told already, on the first page of a new one.
    """

    request: Request
    dependencies: Dependencies
    draft_id: UUID
    draft: Draft | None = None
    on_behalf: OnBehalf | None = None
    brought: Mapping[str, Typed] = field(default_factory=dict)

    def shows(
        self,
        step: Step,
        form: Form[RequestForm],
        *,
        status: HTTPStatus = HTTPStatus.OK,
        more: bool = False,
        begun: bool = False,
        changed: bool = False,
        signal: Signal | None = None,
    ) -> Response:
        """This step with what stands in the form.

        `more`: with a row for one more need. `begun`: others are not sent yet. `changed`: since it was shown last.
        `signal`: what it comes of.
        """
        return self.dependencies.templates.page(
            self.request,
            step.template,
            status,
            path=f"{asking.PATH}/{self.draft_id}",
            step=step,
            number=STEPS.index(step) + 1,
            steps=STEPS,
            form=asking.of_no_page(form) if step is asking.REVIEW else form,
            draft=self.draft,
            begun=begun,
            changed=changed,
            signal=signal,
            brought=self.brought,
            rows=self._rows(form, more=more),
            **self._of_the_form(form),
        )

    def _of_the_form(self, form: Form[RequestForm]) -> dict[str, Any]:
        city = self.dependencies.city
        return {
            "send": SEND,
            "reader": Audience.COORDINATOR if self.on_behalf else Audience.AMBASSADOR,
            "on_behalf": self.on_behalf,
            "age_bands": AGE_BANDS,
            "may_add": asking.rows_in(form.values) < MAX_NEEDS,
            "consent": city.consent.texts[self._consent_version(form)],
            "consent_givers": list(asking.GIVERS.items()),
            "consent_ways": asking.WAYS,
            "groups": [(each, lines_of(each, form, city)) for each in FILLED_IN],
            "unfinished": asking.unfinished(form),
            **CHOICES,
        }

    def _rows(self, form: Form[RequestForm], *, more: bool) -> list[dict[str, Any]]:
        filled = asking.rows_in(form.values)
        shown = max(1, min(filled + more, MAX_NEEDS))
        return [row_of(form, number, self.dependencies.city) for number in range(shown)]

    def _consent_version(self, form: Form[RequestForm]) -> str:
        """The text that this family has before it, also when the city has a newer one since the page was opened."""
        city, version = self.dependencies.city, str(form.value_of("consent.textVersion"))
        if version not in city.consent.texts:
            today = city.day_of(self.request.app.state.web.clock.now())
            form.values["consent.textVersion"] = version = city.consent.current(today)
        return version
