"""Early signals: a worry without a name, what to ask next, and how it goes on or ends."""

from http import HTTPStatus
from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.intake.commands import RaiseSignal
from services.intake.handlers.signals import end_signal, raise_signal, show_signal
from services.intake.web.dependencies import Dependencies, TheDependencies, TheSender, TheViewer, Unit
from services.intake.web.forms import SignalForm
from services.intake.web.words import AGE_BANDS
from shared.events.case_codes import SignalEnd
from shared.web.forms import Form, empty_form, read_form
from shared.web.reach import Reach

PATH: Final = "/aanvragen/signaal"
RAISE: Final = Reach(
    f"POST {PATH}/nieuw",
    note=(
        "Alleen jij ziet dit signaal, en wie jou vervangt als je afwezig bent. "
        "Wij tellen wel hoe vaak een zorg voorkomt, zonder namen."
    ),
)
END: Final = Reach(
    f"POST {PATH}/{{signal_id}}/klaar",
    note="Het signaal gaat van je lijst, en wat je er zelf bij schreef wordt gewist.",
)
ENDED: Final = {
    SignalEnd.BECAME_REQUEST: "Het is een aanvraag geworden.",
    SignalEnd.NO_LONGER_NEEDED: "Jij hebt gezegd dat het niet meer nodig is.",
    SignalEnd.EXPIRED: "Er kwam niets meer bij. Daarom is het vanzelf gestopt.",
}
_AGE_BANDS: Final = [(band.value, words) for band, words in AGE_BANDS.items()]
router = APIRouter(prefix="/aanvragen")


@router.get("/signaal/nieuw")
async def new_signal(request: Request, viewer: TheViewer, dependencies: TheDependencies) -> Response:  # noqa: ARG001 - only for who may
    """The empty form."""
    return _asks(request, dependencies, empty_form(SignalForm, signalId=str(dependencies.ids.new())))


@router.post("/signaal/nieuw")
async def raise_new(request: Request, viewer: TheViewer, unit: Unit, dependencies: TheDependencies) -> Response:
    """Keep the signal. Pressing the button twice makes one."""
    form = await read_form(request, SignalForm, many=("worries",))
    if form.data is None:
        form.given = {"signalId": form.value_of("signalId")}
        return _asks(request, dependencies, form)
    told = form.data
    command = RaiseSignal(
        signal_id=told.signal_id, worries=told.worries, district=told.district, age_band=told.age_band,
        remark=told.remark,
    )  # fmt: skip
    signal = await raise_signal(command, unit, viewer)
    return RedirectResponse(f"{PATH}/{signal.id}?gelukt=bewaard", status_code=HTTPStatus.SEE_OTHER)


@router.get("/signaal/{signal_id}")
async def signal_page(request: Request, viewer: TheSender, dependencies: TheDependencies, signal_id: UUID) -> Response:
    """One signal: what to ask next, and what can be done with it; and whom to call, when somebody passed it on."""
    async with dependencies.units.begin() as unit:
        signal = await show_signal(signal_id, unit, viewer)
        # The words are for whoever wrote them: who stands in reads the rest.
        remark = await unit.signals.remark_of(signal.id) if signal.ambassador_id == viewer.person_id else None
    passed_on_by = signal.passed_on_by
    callers = await dependencies.people.read_people([passed_on_by]) if passed_on_by else {}
    return dependencies.templates.page(
        request,
        "signal.html",
        signal=signal,
        path=f"{PATH}/{signal.id}",
        age_bands=AGE_BANDS,
        ended=ENDED,
        remark=remark,
        passer=callers.get(passed_on_by) if passed_on_by else None,
        said="gelukt" in request.query_params,
    )


@router.get("/signaal/{signal_id}/klaar")
async def ask_to_end(
    request: Request, viewer: TheViewer, unit: Unit, dependencies: TheDependencies, signal_id: UUID
) -> Response:
    """It cannot be undone, so it is asked first."""
    signal = await show_signal(signal_id, unit, viewer)
    return dependencies.templates.page(request, "signal_end.html", signal=signal, path=f"{PATH}/{signal.id}", reach=END)


@router.post("/signaal/{signal_id}/klaar")
async def end(viewer: TheViewer, unit: Unit, signal_id: UUID) -> Response:
    """It is not needed any more."""
    await end_signal(signal_id, unit, viewer)
    return RedirectResponse(f"{PATH}/{signal_id}", status_code=HTTPStatus.SEE_OTHER)


def _asks(request: Request, dependencies: Dependencies, form: Form[SignalForm]) -> Response:
    return dependencies.templates.page(
        request,
        "signal_new.html",
        HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK,
        form=form,
        age_bands=_AGE_BANDS,
        reach=RAISE,
    )
