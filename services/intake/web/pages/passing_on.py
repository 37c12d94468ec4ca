"""A trusted person passes a worry on to an ambassador, who calls; an ambassador passes a signal on to another."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.intake.commands import PassOnWorry
from services.intake.domain.rules import Viewer
from services.intake.domain.signal import Signal
from services.intake.handlers.signals import forward_signal, list_passed_on, pass_on_worry, show_signal
from services.intake.handlers.trainings import is_training_over
from services.intake.web.choosing import choosing
from services.intake.web.dependencies import Dependencies, TheDependencies, TheSender, TheTrustedPerson
from services.intake.web.forms import ForwardForm, WorryForm
from services.intake.web.words import AGE_BANDS
from shared.events.case_codes import SignalEnd
from shared.events.http import KnownPerson
from shared.events.vocabulary import Audience
from shared.kernel.errors import Invalid
from shared.web.auditing import unit_of
from shared.web.forms import Form, empty_form, read_form
from shared.web.reach import Reach

PATH: Final = "/aanvragen/doorgeven"
PASS_ON: Final = Reach(
    f"POST {PATH}",
    mails=("early-signal-raised",),
    seen_by=(Audience.AMBASSADOR,),
    note="Die persoon ziet jouw naam en nummer, en belt jou. Wij bewaren geen naam van een kind.",
)
FORWARD: Final = Reach(
    "POST /aanvragen/signaal/{signal_id}/doorgeven",
    mails=("early-signal-raised",),
    seen_by=(Audience.AMBASSADOR,),
    note="Jij ziet het signaal daarna niet meer. Wat je voor jezelf opschreef, wordt gewist.",
)
# What became of it, for who passed it on.
BECAME: Final = {
    None: ("De contactpersoon kijkt ernaar", "info"),
    SignalEnd.BECAME_REQUEST: ("Er is hulp gevraagd", "good"),
    SignalEnd.NO_LONGER_NEEDED: ("Het is niet meer nodig", "neutral"),
    SignalEnd.EXPIRED: ("Er kwam niets meer bij", "neutral"),
}
_AGE_BANDS: Final = [(band.value, words) for band, words in AGE_BANDS.items()]
router = APIRouter(prefix="/aanvragen")


@router.get("/doorgeven")
async def worries(request: Request, viewer: TheTrustedPerson, dependencies: TheDependencies) -> Response:
    """To whom, about what; and what became of what was passed on before."""
    return await _shown(request, dependencies, viewer, empty_form(WorryForm, signalId=str(dependencies.ids.new())))


@router.post("/doorgeven")
async def pass_on(request: Request, viewer: TheTrustedPerson, dependencies: TheDependencies) -> Response:
    """It is with the ambassador. Pressing the button twice passes it on once."""
    form = await read_form(request, WorryForm, many=("worries",))
    if (told := form.data) is not None:
        command = PassOnWorry(
            signal_id=told.signal_id,
            ambassador_id=told.ambassador_id,
            organisation_id=told.organisation_id,
            worries=told.worries,
            district=told.district,
            age_band=told.age_band,
        )
        try:
            async with unit_of(request, dependencies.units) as unit:
                await pass_on_worry(command, unit, viewer)
        except Invalid as refusal:
            form.refuse_as(refusal)
        else:
            return RedirectResponse(f"{PATH}?gelukt=doorgegeven", status_code=HTTPStatus.SEE_OTHER)
    form.given = {name: form.value_of(name) for name in ("signalId", "organisationId")}
    return await _shown(request, dependencies, viewer, form)


@router.get("/signaal/{signal_id}/doorgeven")
async def choosing_another(
    request: Request, viewer: TheSender, dependencies: TheDependencies, signal_id: UUID
) -> Response:
    """Who knows this child better."""
    return await _forwarding(request, dependencies, viewer, signal_id, empty_form(ForwardForm))


@router.post("/signaal/{signal_id}/doorgeven")
async def forward(request: Request, viewer: TheSender, dependencies: TheDependencies, signal_id: UUID) -> Response:
    """It is another ambassador's from now on."""
    form = await read_form(request, ForwardForm)
    if form.data is not None:
        to = (form.data.ambassador_id, form.data.organisation_id)
        try:
            async with unit_of(request, dependencies.units) as unit:
                await forward_signal(signal_id, *to, unit, viewer)
        except Invalid as refusal:
            form.refuse_as(refusal)
        else:
            return RedirectResponse("/aanvragen?gelukt=doorgegeven", status_code=HTTPStatus.SEE_OTHER)
    return await _forwarding(request, dependencies, viewer, signal_id, form)


async def _shown(request: Request, dependencies: Dependencies, viewer: Viewer, form: Form[WorryForm]) -> Response:
    async with unit_of(request, dependencies.units) as unit:
        passed = await list_passed_on(unit, viewer)
        is_over = await is_training_over(viewer, unit)
    chosen = await choosing(request, dependencies, PATH, first=viewer.organisation_id)
    people = await dependencies.people.read_people([each.ambassador_id for each in passed])
    return dependencies.templates.page(
        request,
        "pass_on.html",
        HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK,
        form=form,
        choosing=chosen,
        people=chosen.options(),
        is_over=is_over,
        passed=[_line(each, people) for each in passed],
        age_bands=_AGE_BANDS,
        reach=PASS_ON,
        said="gelukt" in request.query_params,
    )


def _line(signal: Signal, people: Mapping[UUID, KnownPerson]) -> dict[str, Any]:
    known = people.get(signal.ambassador_id)
    return {"signal": signal, "to": known.name if known else None, "became": BECAME[signal.end]}


async def _forwarding(
    request: Request, dependencies: Dependencies, viewer: Viewer, signal_id: UUID, form: Form[ForwardForm]
) -> Response:
    async with unit_of(request, dependencies.units) as unit:
        signal = await show_signal(signal_id, unit, viewer)
    path = f"/aanvragen/signaal/{signal_id}"
    chosen = await choosing(request, dependencies, f"{path}/doorgeven", first=signal.organisation_id)
    return dependencies.templates.page(
        request,
        "signal_forward.html",
        HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK,
        form=form,
        signal=signal,
        path=path,
        choosing=chosen,
        people=chosen.options(without=signal.ambassador_id),
        reach=FORWARD,
    )
