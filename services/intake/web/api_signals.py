"""Early signals of a school's system: a worry in codes, without a name and without a case."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import Field

from services.intake.commands import RaiseSignal
from services.intake.domain.signal import Signal
from services.intake.handlers.signals import list_signals, raise_signal
from services.intake.web.dependencies import TheDependencies, TheSchoolSystem, Unit
from services.intake.web.field_types import District, Worry
from services.intake.web.forms import MAX_WORRIES
from shared.events.base import AgeBand
from shared.web.body import Body, ReplyBody
from shared.web.city_codes import ExampleCode
from shared.web.once import ASKED_BEFORE, Mark, once
from shared.web.systems import UNKNOWN_SENDER

RAISED: Final[dict[int | str, dict[str, Any]]] = {**ASKED_BEFORE, **UNKNOWN_SENDER}
router = APIRouter(prefix="/early-signals")


class SignalBody(Body):
    """A worry about a child whose family asked nothing yet."""

    worries: tuple[Worry, ...] = Field(title="Waar maak je je zorgen over?", min_length=1, max_length=MAX_WORRIES)
    district: District | None = Field(None, title="Wijk")
    age_band: AgeBand | None = Field(None, title="Hoe oud is het kind?", examples=["8-11"])


class SignalDetails(ReplyBody):
    """One early signal."""

    id: UUID
    signal_code: str = Field(description="Het nummer, om hardop te kunnen zeggen", examples=["K7QF-3XHA"])
    worries: tuple[Annotated[str, ExampleCode("signals")], ...]
    raised_at: datetime
    asked_at: datetime = Field(description="Dan vragen wij hoe het nu is")
    ends_at: datetime = Field(description="Dan stopt het vanzelf")

    @classmethod
    def of(cls, signal: Signal) -> "SignalDetails":
        """As it is now."""
        return cls(
            id=signal.id,
            signal_code=signal.code,
            worries=signal.worries,
            raised_at=signal.raised_at,
            asked_at=signal.question_at,
            ends_at=signal.ends_at,
        )


class SignalList(ReplyBody):
    """The open ones."""

    early_signals: tuple[SignalDetails, ...]


@router.post(
    "",
    operation_id="raiseEarlySignal",
    summary="Ik maak me zorgen, maar er is nog geen hulpvraag",
    status_code=HTTPStatus.CREATED,
    response_model=SignalDetails,
    responses=RAISED,
)
async def raise_early_signal(
    system: TheSchoolSystem, mark: Mark, unit: Unit, dependencies: TheDependencies, body: SignalBody
) -> Response:
    """Zonder naam, en zonder iets over het gezin. Na een paar weken vragen wij hoe het nu is."""
    command = RaiseSignal(
        signal_id=dependencies.ids.new(), worries=body.worries, district=body.district, age_band=body.age_band
    )

    async def work() -> SignalDetails:
        return SignalDetails.of(await raise_signal(command, unit, system.viewer))

    return await once(mark.by(system.key_id), unit.replies, work, HTTPStatus.CREATED)


@router.get("", operation_id="listEarlySignals", summary="Jouw open signalen", responses=UNKNOWN_SENDER)
async def list_early_signals(system: TheSchoolSystem, unit: Unit) -> SignalList:
    """De nieuwste eerst."""
    return SignalList(early_signals=tuple(SignalDetails.of(each) for each in await list_signals(unit, system.viewer)))
