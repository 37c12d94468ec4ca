"""How long a city keeps something: what organisations say of themselves counts, and a case is there after its end."""

from datetime import time
from typing import Self

from pydantic import Field, model_validator

from shared.kernel.city.terms import Weeks
from shared.kernel.city.values import Value, WallTime

# A morning, an afternoon and an evening begin, and the evening ends.
_MORNING, _AFTERNOON, _EVENING, _NIGHT = map(time.fromisoformat, ("09:00", "12:00", "17:00", "21:00"))


class GatheringTerms(Value):
    """How people are asked for the gatherings of the network."""

    expert_asks_per_quarter: int = Field(
        2, ge=1, le=12, examples=[2],
        description="So often in a calendar quarter the same expert by experience is asked; a no counts too.",
    )  # fmt: skip
    kept_weeks: Weeks = Field(
        26, examples=[26],
        description="So long it is kept who was asked as an expert, and a topic that nobody decided on; who was asked "
        "this quarter is kept until it ends.",
    )  # fmt: skip
    day_parts: tuple[WallTime, WallTime, WallTime, WallTime] = Field(
        (_MORNING, _AFTERNOON, _EVENING, _NIGHT), strict=False, examples=[["09:00", "12:00", "17:00", "21:00"]],
        description="When a morning, an afternoon and an evening begin, and when the evening ends.",
    )  # fmt: skip
    passport_pilot_people: int = Field(
        10, ge=0, le=100, examples=[10],
        description="For so many people at most the desk switches the skills passport on.",
    )  # fmt: skip
    place_check_months: int = Field(
        24, ge=1, le=120, examples=[24],
        description="So long it counts that somebody looked at a place with an expert by experience, who agreed.",
    )  # fmt: skip


class LoadTerms(Value):
    """How much one person has in hand, and who looks after whom."""

    limit: int = Field(
        5, ge=1, le=100, examples=[5],
        description="So much may wait for one person; who has more is asked nothing new. People set their own.",
    )  # fmt: skip
    heavy_needs: int = Field(
        4, ge=2, le=20, examples=[4],
        description="A family with so many needs asks more, as one that needs something today.",
    )  # fmt: skip
    check_in_after_days: int = Field(
        2, ge=1, le=30, examples=[2],
        description="So many working days after something heavy, somebody else asks how it goes.",
    )  # fmt: skip
    thanks_after: int = Field(
        5, ge=1, le=100, examples=[5],
        description="Who helped so often without a word of thanks stands on the list of the desk.",
    )  # fmt: skip
    thanks_kept_weeks: Weeks = Field(104, examples=[104], description="So long it is kept who thanked whom.")


class EntryTerms(Value):
    """How long what an organisation says of itself counts as checked, in days, weekends too."""

    check_every_days: int = Field(
        ge=30, le=1000, description="So long after somebody said that it is right, a mail asks whether it still is.",
        examples=[182],
    )  # fmt: skip
    remind_after_days: int = Field(
        ge=3, le=90, description="No answer: the mail comes again after so many days.", examples=[14]
    )
    ask_at_most: int = Field(
        ge=1, le=6, description="So often it is asked; then the desk hears that it must call.", examples=[3]
    )
    doubtful_after_days: int = Field(
        ge=30, le=2000, examples=[240],
        description="What nobody confirmed for so long counts for less, and the social map says so.",
    )  # fmt: skip
    hide_after_days: int = Field(
        ge=60, le=3000, examples=[365],
        description="What nobody confirmed for so long is hidden, until somebody says that it is right.",
    )  # fmt: skip
    confirm_address_within_days: int = Field(
        ge=1, le=30, description="Who asks to join confirms the address within so many days.", examples=[7]
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.doubtful_after_days <= self.check_every_days:
            raise ValueError("doubtful_after_days must be longer than check_every_days")
        if self.hide_after_days <= max(self.doubtful_after_days, self._all_asked_after_days):
            raise ValueError("hide_after_days must be longer than doubtful_after_days, and than all mails take")
        return self

    @property
    def _all_asked_after_days(self) -> int:
        return self.check_every_days + self.ask_at_most * self.remind_after_days


class Retention(Value):
    """How long a case is kept after its end; then it is erased by itself. And how long it is kept who read what."""

    withdrawn_weeks: Weeks = Field(description="After the family withdrew.", examples=[6])
    closed_months: int = Field(ge=1, le=120, description="After a case was closed.", examples=[12])
    warn_weeks: Weeks = Field(description="So long before it the ambassador gets a mail.", examples=[4])
    draft_days: int = Field(ge=1, le=365, description="How long a form is kept that was not sent.", examples=[30])
    family_card_weeks: Weeks = Field(description="How long a family's card opens its own page.", examples=[40])
    application_weeks: Weeks = Field(
        description="How long a request to join is kept after a refusal, or when its address was never confirmed.",
        examples=[6],
    )
    audit_years: int = Field(ge=1, le=30, description="How long lines of the audit logs are kept.", examples=[5])
