"""What people fill in to sit together, to meet again, and to get to know another organisation."""

from enum import StrEnum
from typing import Annotated, Final
from uuid import UUID

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from services.community.domain.table_plan import FEWEST_AT_TABLE, MOST_AT_TABLE, Arrangement
from services.community.domain.table_wish import MOST_TO_MEET, TableWish
from shared.kernel.translatable import to_translate
from shared.web.city_codes import CityCode
from shared.web.forms import Form, TypedDate, read_form
from shared.web.typed_times import TypedTime
from shared.web.written import OneLine

# An address, a room or a number to call: no room for a story.
LONGEST_PLACE: Final = 80
MOST_TABLES: Final = 1000


class TablesForm(BaseModel):
    """How the tables are made."""

    model_config = ConfigDict(extra="forbid")

    arrangement: Arrangement = Field(title="Wie zet je bij elkaar?")
    size: int = Field(title="Hoeveel mensen aan een tafel?", ge=FEWEST_AT_TABLE, le=MOST_AT_TABLE, examples=[6])


class MoveSeatForm(BaseModel):
    """Another table for one seat."""

    model_config = ConfigDict(extra="forbid")

    seat: UUID = Field(title="Wie?")
    number: int = Field(title="Welke tafel?", ge=1, le=MOST_TABLES, examples=[2])


class TableWishForm(BaseModel):
    """Where somebody is at home, and whom they would like to meet; nothing is required."""

    model_config = ConfigDict(extra="forbid")

    organisation: UUID | None = Field(None, title=to_translate("Bij welke organisatie hoor je?"))
    district: Annotated[str, CityCode("districts", "Deze wijk")] | None = Field(
        None, title=to_translate("In welke wijk werk je?")
    )
    expertise: Annotated[str, CityCode("categories", "Dit")] | None = Field(
        None, title=to_translate("Waar weet je veel van?")
    )
    toMeet: frozenset[UUID] = Field(  # noqa: N815 - as on the page
        frozenset(), title=to_translate("Met wie wil je kennismaken?"), max_length=MOST_TO_MEET, repr=False
    )

    @property
    def wish(self) -> TableWish:
        """As the domain knows it."""
        return TableWish(self.organisation, self.district or "", self.expertise or "", self.toMeet)


class MomentForm(BaseModel):
    """When and where two people meet."""

    model_config = ConfigDict(extra="forbid")

    day: TypedDate = Field(title=to_translate("Op welke dag?"), examples=["31-12-2026"])
    starts: TypedTime = Field(title=to_translate("Hoe laat?"), examples=["10:30"])
    place: Annotated[OneLine, StringConstraints(min_length=1, max_length=LONGEST_PLACE)] = Field(
        title=to_translate("Waar, of op welk nummer?"), examples=["Havenstraat 1"], repr=False
    )


class AppointmentForm(MomentForm):
    """With whom."""

    who: UUID = Field(title=to_translate("Met wie?"))


class AppointmentChoice(StrEnum):
    """What somebody does with an appointment."""

    AGREE = "agree"
    DECLINE = "decline"
    CANCEL = "cancel"


class AppointmentChoiceForm(BaseModel):
    """One of its buttons."""

    model_config = ConfigDict(extra="forbid")

    choice: AppointmentChoice = Field(title=to_translate("Wat wil je?"))


class AskToMeetForm(BaseModel):
    """Another organisation."""

    model_config = ConfigDict(extra="forbid")

    organisation: UUID = Field(title="Met welke organisatie wil je kennismaken?")


class IntroductionChoice(StrEnum):
    """What an organisation says."""

    YES = "yes"
    NOT_NOW = "not-now"


class IntroductionForm(BaseModel):
    """One of its buttons."""

    model_config = ConfigDict(extra="forbid")

    choice: IntroductionChoice = Field(title="Wat wil je?")


async def _read_tables(request: Request) -> Form[TablesForm]:
    return await read_form(request, TablesForm)


async def _read_move(request: Request) -> Form[MoveSeatForm]:
    return await read_form(request, MoveSeatForm)


async def _read_wish(request: Request) -> Form[TableWishForm]:
    return await read_form(request, TableWishForm, many=("toMeet",))


async def _read_moment(request: Request) -> Form[MomentForm]:
    return await read_form(request, MomentForm)


async def _read_appointment(request: Request) -> Form[AppointmentForm]:
    return await read_form(request, AppointmentForm)


async def _read_appointment_choice(request: Request) -> Form[AppointmentChoiceForm]:
    return await read_form(request, AppointmentChoiceForm)


async def _read_ask(request: Request) -> Form[AskToMeetForm]:
    return await read_form(request, AskToMeetForm)


async def _read_introduction(request: Request) -> Form[IntroductionForm]:
    return await read_form(request, IntroductionForm)


PostedTables = Annotated[Form[TablesForm], Depends(_read_tables)]
PostedMove = Annotated[Form[MoveSeatForm], Depends(_read_move)]
PostedWish = Annotated[Form[TableWishForm], Depends(_read_wish)]
PostedMoment = Annotated[Form[MomentForm], Depends(_read_moment)]
PostedAppointment = Annotated[Form[AppointmentForm], Depends(_read_appointment)]
PostedAppointmentChoice = Annotated[Form[AppointmentChoiceForm], Depends(_read_appointment_choice)]
PostedAskToMeet = Annotated[Form[AskToMeetForm], Depends(_read_ask)]
PostedIntroduction = Annotated[Form[IntroductionForm], Depends(_read_introduction)]
