"""What somebody fills in who goes along to an appointment, and who books that."""

from enum import StrEnum
from typing import Annotated, Final, Literal
from uuid import UUID

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from services.community.domain.company import Companion, Company, Moment, PartOfDay, Visit
from services.community.ports import CommunityUnit
from shared.web.city_codes import CityCode
from shared.web.forms import Form, TypedDate, read_form
from shared.web.written import OneLine

MANY: Final = ("languages", "districts", "days", "visits")
District = Annotated[str, CityCode("districts", "Deze wijk")]
Language = Annotated[str, CityCode("languages", "Deze taal")]
Weekday = Literal["1", "2", "3", "4", "5", "6", "7"]


class OfferForm(BaseModel):
    """In which languages, where, when and to what; and whether it is not for a while."""

    model_config = ConfigDict(extra="forbid")

    languages: frozenset[Language] = Field(title="Welke talen spreek je?", min_length=1)
    districts: frozenset[District] = Field(title="In welke wijken kun je meegaan?", min_length=1)
    days: frozenset[Weekday] = Field(title="Op welke dagen?", min_length=1)
    visits: frozenset[Visit] = Field(title="Naar wat voor afspraak ga je mee?", min_length=1)
    until: TypedDate | None = Field(None, title="Tot en met welke dag wil je rust?", examples=["31-12-2026"])

    def of(self, person_id: UUID) -> Companion:
        """As the domain knows it."""
        days = frozenset(int(one) for one in self.days)
        return Companion(person_id, self.languages, self.districts, days, self.visits, self.until)


class BookingForm(BaseModel):
    """When, where, in which language; nothing about the family."""

    model_config = ConfigDict(extra="forbid")

    day: TypedDate = Field(title="Op welke dag?", examples=["31-12-2026"])
    part: PartOfDay = Field(title="Welk deel van de dag?")
    district: District = Field(title="In welke wijk is de afspraak?")
    language: Language = Field(title="In welke taal?")
    visit: Visit = Field(title="Wat voor afspraak is het?")
    note: OneLine | None = Field(None, title="Wat moet wie meegaat weten?", examples=["We spreken af bij de balie."])

    def of(self, person_id: UUID, unit: CommunityUnit) -> Company:
        """As the domain knows it."""
        moment, district = Moment(self.day, self.part), self.district
        return Company(
            unit.ids.new(), person_id, unit.now, moment, district, self.language, self.visit, self.note or ""
        )


class CompanyChoice(StrEnum):
    """What somebody does with a booking."""

    AGREE = "agree"
    DECLINE = "decline"
    CANCEL = "cancel"
    WELL = "well"
    NOT_WELL = "not-well"


class CompanyChoiceForm(BaseModel):
    """One of its buttons."""

    model_config = ConfigDict(extra="forbid")

    choice: CompanyChoice = Field(title="Wat wil je?")


async def _read_offer(request: Request) -> Form[OfferForm]:
    return await read_form(request, OfferForm, many=MANY)


async def _read_booking(request: Request) -> Form[BookingForm]:
    return await read_form(request, BookingForm)


async def _read_choice(request: Request) -> Form[CompanyChoiceForm]:
    return await read_form(request, CompanyChoiceForm)


PostedOffer = Annotated[Form[OfferForm], Depends(_read_offer)]
PostedBooking = Annotated[Form[BookingForm], Depends(_read_booking)]
PostedCompanyChoice = Annotated[Form[CompanyChoiceForm], Depends(_read_choice)]
