"""What the desk fills in about gatherings, series and places. Nobody writes about a child here: the page says so."""

from datetime import datetime
from typing import Annotated, Final, Literal
from uuid import UUID

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, Field, model_validator

from services.community.commands import CheckPlace
from services.community.domain.gathering import Details, Gathering
from services.community.domain.place import Checked
from services.community.domain.series import Series
from shared.events.community import CancelReason, GatheringKind
from shared.kernel.city import City
from shared.web.city_codes import CityCode
from shared.web.forms import Form, TypedDate, empty_form, read_form
from shared.web.typed_times import TypedTime
from shared.web.written import Lines, OneLine, PersonName, PhoneNumber, ThingName

MOST_PEOPLE: Final = 2000
MOST_WEEKS: Final = 52
Language = Annotated[str, CityCode("languages", "Deze taal")]


class _WhatPeopleRead(BaseModel):
    """What one gathering and a series have in common. A draft may lack its place and its contact."""

    model_config = ConfigDict(extra="forbid")

    title: OneLine = Field(title="Hoe heet de bijeenkomst?", examples=["Netwerkavond in de bibliotheek"])
    kind: GatheringKind = Field(title="Wat voor bijeenkomst is het?", examples=["Lunch"])
    starts: TypedTime = Field(title="Hoe laat begint het?", examples=["19:30"])
    ends: TypedTime = Field(title="Tot hoe laat?", examples=["21:30"])
    about: Lines = Field(title="Waar gaat het over?", examples=["We maken kennis en bespreken de zomervakantie."])
    place: UUID | None = Field(None, title="Waar is het?")
    capacity: int = Field(title="Hoeveel mensen kunnen er komen?", ge=1, le=MOST_PEOPLE, examples=[20])
    language: Language = Field(title="In welke taal is het?")
    childcare: Literal["yes", "no"] = Field(title="Is er kinderopvang?", examples=["Nee"])
    contactName: PersonName | None = Field(None, title="Naam", examples=["Sam de Wit"])  # noqa: N815 - as on the page
    contactPhone: PhoneNumber | None = Field(None, title="Telefoon", examples=["010 123 45 67"])  # noqa: N815

    @model_validator(mode="after")
    def _ends_later(self) -> "_WhatPeopleRead":
        if self.ends <= self.starts:
            raise ValueError("Het einde moet na het begin zijn.")
        return self


class GatheringForm(_WhatPeopleRead):
    """One gathering."""

    day: TypedDate = Field(title="Op welke dag?", examples=["31-12-2026"])

    def details(self, city: City) -> Details:
        """As the domain knows it."""
        return Details(
            title=self.title,
            kind=self.kind,
            starts_at=city.instant_of(self.day, self.starts),
            ends_at=city.instant_of(self.day, self.ends),
            about=self.about,
            place_id=self.place,
            capacity=self.capacity,
            language=self.language,
            has_childcare=self.childcare == "yes",
            contact_name=self.contactName or "",
            contact_phone=self.contactPhone or "",
        )


class SeriesForm(_WhatPeopleRead):
    """Gatherings that come back."""

    first: TypedDate = Field(title="Op welke dag is de eerste?", examples=["31-12-2026"])
    everyWeeks: int = Field(title="Om de hoeveel weken?", ge=1, le=MOST_WEEKS, examples=[6])  # noqa: N815

    def series(self, series_id: UUID) -> Series:
        """As the domain knows it."""
        minutes = (self.ends.hour - self.starts.hour) * 60 + self.ends.minute - self.starts.minute
        return Series(
            id=series_id,
            title=self.title,
            kind=self.kind,
            first_on=self.first,
            every_weeks=self.everyWeeks,
            starts=self.starts,
            minutes=minutes,
            about=self.about,
            capacity=self.capacity,
            language=self.language,
            has_childcare=self.childcare == "yes",
            contact_name=self.contactName or "",
            contact_phone=self.contactPhone or "",
            place_id=self.place,
        )


class CancelForm(BaseModel):
    """Why it does not take place."""

    model_config = ConfigDict(extra="forbid")

    reason: CancelReason = Field(title="Waarom gaat het niet door?")


class ReportForm(BaseModel):
    """What came of it."""

    model_config = ConfigDict(extra="forbid")

    report: Lines = Field(title="Verslag", examples=["Goed nieuws: de speeltuin gaat weer open."])


class AttendanceForm(BaseModel):
    """Who was there."""

    model_config = ConfigDict(extra="forbid")

    came: frozenset[UUID] = Field(frozenset(), title="Wie is er?")
    walkIns: int = Field(  # noqa: N815 - as on the page
        0, title="Hoeveel mensen kwamen zonder aanmelding?", ge=0, le=MOST_PEOPLE, examples=[2]
    )


class PlaceForm(BaseModel):
    """Where people meet."""

    model_config = ConfigDict(extra="forbid")

    name: ThingName = Field(title="Hoe heet de plek?", examples=["Buurthuis De Boei"])
    address: OneLine = Field(title="Adres", examples=["Havenstraat 1"])


class CheckForm(BaseModel):
    """What was in order on the spot."""

    model_config = ConfigDict(extra="forbid")

    found: frozenset[Checked] = Field(frozenset(), title="Wat is in orde?")
    agreed: bool = Field(False, title="Een ervaringsdeskundige was erbij en vindt het goed")
    agreedBy: UUID | None = Field(None, title="Welke ervaringsdeskundige was erbij en vindt het goed?")  # noqa: N815

    def command(self, place_id: UUID) -> CheckPlace:
        """What the desk asks for."""
        return CheckPlace(place_id, self.found, self.agreed, self.agreedBy)


def filled_in(gathering: Gathering, city: City) -> Form[GatheringForm]:
    """The form as the gathering stands."""
    details = gathering.details
    starts, ends = (moment.astimezone(city.zone) for moment in (details.starts_at, details.ends_at))
    return empty_form(
        GatheringForm,
        title=details.title,
        kind=details.kind.value,
        day=starts.date(),
        starts=_clock(starts),
        ends=_clock(ends),
        about=details.about,
        place=details.place_id,
        capacity=details.capacity,
        language=details.language,
        childcare="yes" if details.has_childcare else "no",
        contactName=details.contact_name,
        contactPhone=details.contact_phone,
    )


def _clock(moment: datetime) -> str:
    return f"{moment:%H:%M}"


async def _read_gathering(request: Request) -> Form[GatheringForm]:
    return await read_form(request, GatheringForm)


async def _read_series(request: Request) -> Form[SeriesForm]:
    return await read_form(request, SeriesForm)


async def _read_cancel(request: Request) -> Form[CancelForm]:
    return await read_form(request, CancelForm)


async def _read_report(request: Request) -> Form[ReportForm]:
    return await read_form(request, ReportForm)


async def _read_attendance(request: Request) -> Form[AttendanceForm]:
    return await read_form(request, AttendanceForm, many=("came",))


async def _read_place(request: Request) -> Form[PlaceForm]:
    return await read_form(request, PlaceForm)


async def _read_check(request: Request) -> Form[CheckForm]:
    return await read_form(request, CheckForm, many=("found",))


PostedGathering = Annotated[Form[GatheringForm], Depends(_read_gathering)]
PostedSeries = Annotated[Form[SeriesForm], Depends(_read_series)]
PostedCancel = Annotated[Form[CancelForm], Depends(_read_cancel)]
PostedReport = Annotated[Form[ReportForm], Depends(_read_report)]
PostedAttendance = Annotated[Form[AttendanceForm], Depends(_read_attendance)]
PostedPlace = Annotated[Form[PlaceForm], Depends(_read_place)]
PostedCheck = Annotated[Form[CheckForm], Depends(_read_check)]
