"""How people choose to get their mail, and which mails they look up."""

import re
from datetime import time
from enum import StrEnum
from typing import Annotated, Final, Self
from uuid import UUID

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

from services.notify.domain.moments import Preferences
from shared.events.referral_number import as_referral_number
from shared.kernel.contact_details import LONGEST_EMAIL
from shared.web.forms import Form, empty_form, read_form

WHOLE_DAY: Final = 24
_CODE: Final = re.compile(r"[A-Z0-9]{4}-[A-Z0-9]{4}")


class Pace(StrEnum):
    """Each mail when it is there, or all of a day together."""

    AT_ONCE = "at-once"
    DAILY = "daily"


class Openings(StrEnum):
    """How one gets from a mail to a page."""

    LINKS = "links"
    CODES = "codes"


class SearchForm(BaseModel):
    """Which mails: by the number of a case or a referral, or by a professional's address, which is kept nowhere."""

    model_config = ConfigDict(extra="forbid")

    zoek: str = Field(
        title="Zoek op nummer of op mailadres", examples=["KTRN-47WX"], max_length=LONGEST_EMAIL, repr=False
    )

    @property
    def number(self) -> str | None:
        """A case's or a referral's number, however it was typed; None when it is none."""
        letters = "".join(self.zoek.upper().split()).replace("-", "")
        code = f"{letters[:4]}-{letters[4:]}"
        return code if _CODE.fullmatch(code) else as_referral_number(letters)

    @property
    def is_address(self) -> bool:
        """Whether it looks like a mail address."""
        return "@" in self.zoek


Hour = Annotated[int, Field(ge=0, lt=WHOLE_DAY, examples=["8"])]


class PreferencesForm(BaseModel):
    """When mail comes, and with what."""

    model_config = ConfigDict(extra="forbid", alias_generator=to_camel, populate_by_name=True)

    pace: Pace = Field(title="Wanneer wil je mail?", examples=["Elke mail meteen"])
    digest_hour: Hour = Field(8, title="Hoe laat?")
    quiet_from: Hour | None = Field(None, title="Stil vanaf")
    quiet_until: Hour | None = Field(None, title="Stil tot")
    openings: Openings = Field(title="Wat staat er in je mails?", examples=["Knoppen"])

    @model_validator(mode="after")
    def _both_or_neither(self) -> Self:
        if (self.quiet_from is None) != (self.quiet_until is None):
            raise ValueError("Kies bij stille uren een begin en een eind.")
        return self

    def of(self, person_id: UUID) -> Preferences:
        """As the domain has them."""
        return Preferences(
            person_id,
            digest_at=time(self.digest_hour) if self.pace is Pace.DAILY else None,
            quiet_from=_time(self.quiet_from),
            quiet_until=_time(self.quiet_until),
            codes_only=self.openings is Openings.CODES,
        )


def filled_in(preferences: Preferences) -> Form[PreferencesForm]:
    """The form as it stands now."""
    return empty_form(
        PreferencesForm,
        pace=Pace.DAILY if preferences.digest_at else Pace.AT_ONCE,
        digestHour=preferences.digest_at.hour if preferences.digest_at else 8,
        quietFrom=_hour(preferences.quiet_from),
        quietUntil=_hour(preferences.quiet_until),
        openings=Openings.CODES if preferences.codes_only else Openings.LINKS,
    )


def _time(hour: int | None) -> time | None:
    return None if hour is None else time(hour)


def _hour(at: time | None) -> int | None:
    return None if at is None else at.hour


async def _read_preferences(request: Request) -> Form[PreferencesForm]:
    return await read_form(request, PreferencesForm)


async def _read_search(request: Request) -> Form[SearchForm]:
    return await read_form(request, SearchForm)


PostedSearch = Annotated[Form[SearchForm], Depends(_read_search)]
# A dependency, so that the whole form is here before a transaction begins.
PostedPreferences = Annotated[Form[PreferencesForm], Depends(_read_preferences)]
