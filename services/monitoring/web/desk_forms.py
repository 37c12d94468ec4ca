"""What somebody of the desk fills in about a point, several at once, or a case. Nothing is chosen beforehand."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import Depends, Request
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from services.monitoring.commands import Point
from services.monitoring.domain.notes import MOST_LETTERS
from services.monitoring.handlers.together import MOST_TOGETHER
from services.monitoring.web.forms import no_bsn
from shared.events.desk_codes import Resolution, TakeOverReason, WaitReason
from shared.web.forms import Form, Seen, TypedDate, read_form

Words = Annotated[str, StringConstraints(max_length=MOST_LETTERS), Seen, AfterValidator(no_bsn)]
Version = Annotated[int, Field(ge=1, le=1_000_000)]
# How a point stands in the form of several: its case, itself, and the version that was seen.
PARTS: Final = 3


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ResolveForm(_Form):
    """What was done about it. `version`: the point as it was read."""

    resolution: Resolution = Field(title="Wat heb je gedaan?", examples=["Het mailadres is hersteld"])
    version: Version | None = None


class TakeForm(_Form):
    """I do this; `why` when a colleague has it."""

    version: Version = 1
    why: TakeOverReason | None = Field(None, title="Waarom neem je het over?", examples=["Het kan niet wachten"])


class HandOverForm(_Form):
    """A colleague does this."""

    version: Version = 1
    to: UUID = Field(title="Aan wie?")


class GiveBackForm(_Form):
    """Nobody does this yet."""

    version: Version = 1


class WaitForm(_Form):
    """Until a day there is nothing to do."""

    version: Version | None = None
    until: TypedDate = Field(title="Tot welke dag?", examples=["31-12-2026"])
    reason: WaitReason = Field(title="Waarom wachten we?", examples=["Er is een afspraak gemaakt"])


class NoteForm(_Form):
    """For colleagues."""

    note_id: UUID | None = None
    words: Words = Field(title="Notitie", examples=["Woensdag teruggebeld, ze zoeken het uit."], repr=False)
    pinned: bool = Field(False, title="Zet bovenaan")


class PinForm(_Form):
    """On top, or not any more."""

    pinned: bool = False


def _readable(points: list[str]) -> list[str]:
    if not any(map(read_point, points)):
        raise ValueError("Kruis minstens één punt aan van deze lijst.")
    return points


class TogetherForm(_Form):
    """The points that were ticked, what is done about all of them, and what that needs."""

    points: Annotated[list[str], AfterValidator(_readable)] = Field(title="Welke punten?", max_length=MOST_TOGETHER)
    go: str = Field("", max_length=20)
    resolution: Resolution | None = Field(None, title="Wat heb je gedaan?")
    until: TypedDate | None = Field(None, title="Tot welke dag?", examples=["31-12-2026"])
    reason: WaitReason | None = Field(None, title="Waarom wachten we?")

    def chosen(self) -> list[Point]:
        """Those that can be read, each once; what nobody could have ticked is passed over."""
        return list(dict.fromkeys(point for text in self.points if (point := read_point(text)) is not None))


def written(case_id: UUID, escalation_id: UUID, version: int) -> str:
    """A point as the form has it."""
    return f"{case_id}:{escalation_id}:{version}"


def read_point(text: str) -> Point | None:
    """Back from the form."""
    parts = text.split(":")
    if len(parts) != PARTS or not parts[2].isascii() or not parts[2].isdigit():
        return None
    try:
        return Point(UUID(parts[0]), UUID(parts[1]), int(parts[2]))
    except ValueError:
        return None


async def _resolution(request: Request) -> Form[ResolveForm]:
    return await read_form(request, ResolveForm)


async def _taking(request: Request) -> Form[TakeForm]:
    return await read_form(request, TakeForm)


async def _handing_over(request: Request) -> Form[HandOverForm]:
    return await read_form(request, HandOverForm)


async def _giving_back(request: Request) -> Form[GiveBackForm]:
    return await read_form(request, GiveBackForm)


async def _waiting(request: Request) -> Form[WaitForm]:
    return await read_form(request, WaitForm)


async def _note(request: Request) -> Form[NoteForm]:
    return await read_form(request, NoteForm)


async def _pin(request: Request) -> Form[PinForm]:
    return await read_form(request, PinForm)


async def _together(request: Request) -> Form[TogetherForm]:
    return await read_form(request, TogetherForm, many=("points",))


# Dependencies, so that the whole form is here before a transaction begins.
PostedResolution = Annotated[Form[ResolveForm], Depends(_resolution)]
PostedTaking = Annotated[Form[TakeForm], Depends(_taking)]
PostedHandOver = Annotated[Form[HandOverForm], Depends(_handing_over)]
PostedGivingBack = Annotated[Form[GiveBackForm], Depends(_giving_back)]
PostedWait = Annotated[Form[WaitForm], Depends(_waiting)]
PostedNote = Annotated[Form[NoteForm], Depends(_note)]
PostedPin = Annotated[Form[PinForm], Depends(_pin)]
PostedTogether = Annotated[Form[TogetherForm], Depends(_together)]
