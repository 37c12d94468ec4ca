"""How colleagues are asked each other's questions."""

from typing import Self

from pydantic import Field, model_validator

from shared.kernel.city.terms import Weeks, WorkingDays
from shared.kernel.city.values import Value


class SparringTerms(Value):
    """How many colleagues get a question, how often, and how long it goes on."""

    ask_at_once: int = Field(3, ge=1, le=10, description="So many colleagues get a question at once.", examples=[3])
    asks_per_week: int = Field(
        3, ge=1, le=20, description="So often in seven days the same person is asked; a no counts too.", examples=[3]
    )
    remind_after: WorkingDays = Field(
        WorkingDays(1), description="No answer: one reminder after so many working days.", examples=[1]
    )
    others_after: WorkingDays = Field(
        WorkingDays(2), description="Still no answer: others are asked after so many working days.", examples=[2]
    )
    desk_after: WorkingDays = Field(
        WorkingDays(5), description="Still no answer: the desk hears it after so many working days.", examples=[5]
    )
    kept_weeks: Weeks = Field(
        104, description="So long after it was asked a question is kept, with its answers.", examples=[104]
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.remind_after.count < self.others_after.count < self.desk_after.count:
            raise ValueError("remind_after must be shorter than others_after, and that shorter than desk_after")
        return self
