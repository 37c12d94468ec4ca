"""What people fill in on their own card and who reads it, a photo, a mail to somebody, and the desk on a training."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Final

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.datastructures import UploadFile

from services.community.domain.card import Audience, CardField
from shared.web.city_codes import CityCode
from shared.web.forms import FieldError, Form, TypedDate, check_form, read_form
from shared.web.written import EmailAddress, PhoneNumber, ShortLines

MEGABYTES: Final = 8
MOST_BYTES: Final = MEGABYTES * 1024 * 1024
MANY: Final = ("days", "languages", "expertise")


class Weekday(StrEnum):
    """On which somebody works."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class SeenBy(StrEnum):
    """Who reads a field."""

    NOBODY = "nobody"
    COORDINATOR = "at-the-desk"
    NETWORK = "network"
    PUBLIC = "public"

    @property
    def audience(self) -> Audience:
        """As the domain knows it."""
        return Audience[self.name]


class MailedBy(StrEnum):
    """Who may write through the site."""

    NOBODY = "nobody"
    COORDINATOR = "at-the-desk"
    NETWORK = "network"


def _seen_by(what: str) -> SeenBy:
    seen: SeenBy = Field(SeenBy.NOBODY, title=f"Wie ziet {what}?")
    return seen


class CardForm(BaseModel):
    """Everything on a card but the photo; nothing is required, and nobody reads what was not chosen."""

    model_config = ConfigDict(extra="forbid")

    phone: PhoneNumber | None = Field(None, title="Telefoon op je werk", examples=["010 123 45 67"], repr=False)
    seenByPhone: SeenBy = _seen_by("je telefoon op je werk")  # noqa: N815 - as on the page
    mobile: PhoneNumber | None = Field(None, title="Mobiel", examples=["06 12 34 56 78"], repr=False)
    seenByMobile: SeenBy = _seen_by("je mobiele nummer")  # noqa: N815 - as on the page
    email: EmailAddress | None = Field(None, title="E-mailadres", examples=["noor@school.example"], repr=False)
    seenByEmail: SeenBy = _seen_by("je e-mailadres")  # noqa: N815 - as on the page
    days: frozenset[Weekday] = Field(frozenset(), title="Op welke dagen werk je?")
    seenByDays: SeenBy = _seen_by("je dagen")  # noqa: N815 - as on the page
    district: Annotated[str, CityCode("districts", "Deze wijk")] | None = Field(None, title="In welke wijk werk je?")
    seenByDistrict: SeenBy = _seen_by("je wijk")  # noqa: N815 - as on the page
    languages: frozenset[Annotated[str, CityCode("languages", "Deze taal")]] = Field(
        frozenset(), title="Welke talen spreek je?"
    )
    seenByLanguages: SeenBy = _seen_by("je talen")  # noqa: N815 - as on the page
    expertise: frozenset[Annotated[str, CityCode("categories", "Dit")]] = Field(
        frozenset(), title="Waar weet je veel van?"
    )
    seenByExpertise: SeenBy = _seen_by("waar je veel van weet")  # noqa: N815 - as on the page
    askMe: ShortLines | None = Field(None, title="Vraag mij over …", repr=False)  # noqa: N815 - as on the page
    seenByAskMe: SeenBy = _seen_by("waar mensen je over mogen vragen")  # noqa: N815 - as on the page
    lived: ShortLines | None = Field(None, title="Wat maakte je zelf mee?", repr=False)
    seenByLived: SeenBy = _seen_by("wat je zelf meemaakte")  # noqa: N815 - as on the page
    mailedBy: MailedBy = Field(  # noqa: N815 - as on the page
        MailedBy.NOBODY, title="Wie mag je een bericht sturen via de site?"
    )

    @property
    def told(self) -> Mapping[CardField, tuple[str, ...]]:
        """As the domain knows it."""
        days = tuple(one.value for one in Weekday if one in self.days)
        return {
            **{name: _one(getattr(self, of)) for name, of in ONE_VALUE.items()},
            CardField.DAYS: days,
            CardField.LANGUAGES: tuple(sorted(self.languages)),
            CardField.EXPERTISE: tuple(sorted(self.expertise)),
        }

    @property
    def seen_by(self) -> Mapping[CardField, Audience]:
        """Who reads each, and who may write."""
        chosen = {name: getattr(self, of).audience for name, of in SEEN_BY.items()}
        return {**chosen, CardField.MESSAGES: Audience[self.mailedBy.name]}


ONE_VALUE: Final[Mapping[CardField, str]] = {
    CardField.PHONE: "phone",
    CardField.MOBILE: "mobile",
    CardField.EMAIL: "email",
    CardField.DISTRICT: "district",
    CardField.ASK_ME: "askMe",
    CardField.LIVED: "lived",
}
SEEN_BY: Final[Mapping[CardField, str]] = {
    CardField.PHONE: "seenByPhone",
    CardField.MOBILE: "seenByMobile",
    CardField.EMAIL: "seenByEmail",
    CardField.DAYS: "seenByDays",
    CardField.DISTRICT: "seenByDistrict",
    CardField.LANGUAGES: "seenByLanguages",
    CardField.EXPERTISE: "seenByExpertise",
    CardField.ASK_ME: "seenByAskMe",
    CardField.LIVED: "seenByLived",
}


class PhotoForm(BaseModel):
    """Who sees the photo that comes with it."""

    model_config = ConfigDict(extra="forbid")

    seenBy: SeenBy = Field(title="Wie ziet je foto?")  # noqa: N815 - as on the page


class CardMailForm(BaseModel):
    """What somebody writes to somebody."""

    model_config = ConfigDict(extra="forbid")

    words: ShortLines = Field(title="Je bericht", repr=False, examples=["Kun je mij bellen over de voorleesgroep?"])


class TrainingForm(BaseModel):
    """Until when a training counts."""

    model_config = ConfigDict(extra="forbid")

    validUntil: TypedDate = Field(title="Tot en met welke dag telt de opleiding?")  # noqa: N815 - as on the page


def _one(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


async def _read_card(request: Request) -> Form[CardForm]:
    return await read_form(request, CardForm, many=MANY)


async def _read_mail(request: Request) -> Form[CardMailForm]:
    return await read_form(request, CardMailForm)


async def _read_training(request: Request) -> Form[TrainingForm]:
    return await read_form(request, TrainingForm)


async def _read_photo(request: Request) -> tuple[Form[PhotoForm], bytes]:
    async with request.form(max_files=1, max_fields=10) as posted:
        seen_by, sent = posted.get("seenBy", ""), posted.get("file")
        content = await sent.read() if isinstance(sent, UploadFile) else b""
    form = check_form({"seenBy": seen_by} if isinstance(seen_by, str) and seen_by else {}, PhotoForm)
    if not content:
        return _refused(form, "Kies een foto."), b""
    if len(content) > MOST_BYTES:
        return _refused(form, f"Deze foto is te groot. Hij mag hooguit {MEGABYTES} MB zijn."), b""
    return form, content


def _refused(form: Form[PhotoForm], problem: str) -> Form[PhotoForm]:
    form.add(FieldError("file", "Foto", problem, "een JPEG, PNG of WebP"))
    return form


PostedCard = Annotated[Form[CardForm], Depends(_read_card)]
PostedCardMail = Annotated[Form[CardMailForm], Depends(_read_mail)]
PostedTraining = Annotated[Form[TrainingForm], Depends(_read_training)]
PostedPhoto = Annotated[tuple[Form[PhotoForm], bytes], Depends(_read_photo)]
