"""How colleagues are asked each other's questions."""

from typing import Self

from pydantic import Field, model_validator

from shared.kernel.city.terms import MOST_WORKING_DAYS, Weeks, WorkingDays
from shared.kernel.city.values import Value


class SparringTerms(Value):
    """How many colleagues get a question, how often, and how long it goes on; in working days."""

    ask_at_once: int = Field(3, ge=1, le=10, description="So many colleagues get a question at once.", examples=[3])
    asks_per_week: int = Field(
        3, ge=1, le=20, description="So often in seven days the same person is asked; a no counts too.", examples=[3]
    )
    remind_after_days: int = Field(
        1, ge=1, le=MOST_WORKING_DAYS, description="No answer: one reminder after so many working days.", examples=[1]
    )
    others_after_days: int = Field(
        2, ge=1, le=MOST_WORKING_DAYS, examples=[2],
        description="Still no answer: others are asked after so many working days.",
    )  # fmt: skip
    desk_after_days: int = Field(
        5, ge=1, le=MOST_WORKING_DAYS, examples=[5],
        description="Still no answer: the desk hears it after so many working days.",
    )  # fmt: skip
    kept_weeks: Weeks = Field(
        104, description="So long after it was asked a question is kept, with its answers.", examples=[104]
    )

    @property
    def remind_after(self) -> WorkingDays:
        """No answer: one reminder."""
        return WorkingDays(self.remind_after_days)

    @property
    def others_after(self) -> WorkingDays:
        """Still no answer: others are asked."""
        return WorkingDays(self.others_after_days)

    @property
    def desk_after(self) -> WorkingDays:
        """Still no answer: the desk hears it."""
        return WorkingDays(self.desk_after_days)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.remind_after_days < self.others_after_days < self.desk_after_days:
            raise ValueError("remind_after_days must be shorter than others_after_days, that than desk_after_days")
        return self
