"""The terms of a city: how long a clock runs, when the follow-ups are."""

from collections.abc import Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Annotated, Final, Generic, Self, TypeVar

from pydantic import Field, GetCoreSchemaHandler, model_validator
from pydantic_core import CoreSchema, core_schema

from shared.kernel.city.agreeing import URGENCIES
from shared.kernel.city.codes import CODE
from shared.kernel.city.values import Value, WallTime

MOST_WORKING_DAYS: Final = 60
MOST_WEEKS: Final = 260


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """A number of working days, 1 or more."""

    count: int

    def __post_init__(self) -> None:
        if self.count < 1:
            raise ValueError(f"a term is at least one working day, not {self.count}")

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
        """In the file it is a whole number."""
        number = core_schema.int_schema(ge=1, le=MOST_WORKING_DAYS, strict=True)
        as_number = core_schema.plain_serializer_function_ser_schema(attrgetter("count"), return_schema=number)
        return core_schema.no_info_after_validator_function(cls, number, serialization=as_number)


TermT = TypeVar("TermT")
# As `EscalationReason` of the events has them; `schakel city check` names one that is not there.
Reason = Annotated[str, Field(pattern=CODE)]
Weeks = Annotated[int, Field(ge=1, le=MOST_WEEKS)]


class ByUrgency(Value, Generic[TermT]):
    """One for each urgency: `terms.inventory[Urgency.SOON]`."""

    today: TermT = Field(description="For a need of today.")
    soon: TermT = Field(description="For a need of within a few days.")
    normal: TermT = Field(description="For a need that can wait.")

    def __getitem__(self, urgency: str) -> TermT:
        """That of this urgency: one of `Urgency`, or its code."""
        if urgency not in URGENCIES:
            raise KeyError(urgency)
        found: TermT = getattr(self, urgency)
        return found


class AnswerTerms(Value):
    """How long a partner has, in working days after it was asked."""

    remind_after: WorkingDays | None = Field(
        None, description="Then the partner gets a reminder; left out: it gets none.", examples=[2]
    )
    escalate_after: WorkingDays = Field(description="Then the desk hears that the partner is silent.", examples=[4])
    expire_after: WorkingDays = Field(description="Then the next partner is asked.", examples=[6])

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.remind_after is not None and self.remind_after.count >= self.escalate_after.count:
            raise ValueError("remind_after must be shorter than escalate_after")
        if self.escalate_after.count > self.expire_after.count:
            raise ValueError("escalate_after must not be longer than expire_after")
        return self


class PointTerms(Value):
    """When an open point on the desk's list is brought up again, each time louder, in working days."""

    today: WorkingDays = Field(description="For what is needed today, and for a child out of sight.", examples=[1])
    others: WorkingDays = Field(description="For every other point.", examples=[3])
    by_reason: Mapping[Reason, WorkingDays] = Field(
        default_factory=dict, description="For points with this reason.", examples=[{"plan-finished": 5}]
    )
    lost_at_level: int = Field(
        ge=2, le=10, examples=[3], description="The child counts as out of sight when a point is brought up so often."
    )
    owner_idle: WorkingDays = Field(
        description="Somebody of the desk who has a point and does nothing about it for so long: it is for all again.",
        examples=[2],
    )
    digest_at: WallTime = Field(
        description="At what time of a working day the desk gets its digest of what can wait.", examples=["08:00"]
    )


class Terms(Value):
    """How long each clock runs, in working days."""

    answer: ByUrgency[AnswerTerms] = Field(description="How long a partner has to answer, for each urgency.")
    inventory: ByUrgency[WorkingDays] = Field(
        description="How long the inventory may take, for each urgency.",
        examples=[{"today": 1, "soon": 3, "normal": 3}],
    )
    matching: WorkingDays = Field(
        description="A need that has no partner and no verdict after this is looked after by the desk.", examples=[1]
    )
    first_contact: WorkingDays = Field(
        description="How long after the day that a partner promised the first contact must be told.", examples=[2]
    )
    first_contact_at_most_days: int = Field(
        ge=1, le=365, description="How many days ahead, weekends too, a partner may promise it.", examples=[30]
    )
    same_child_days: int = Field(
        30, ge=1, le=365, examples=[30],
        description="So many days, weekends too, both families may answer whether two requests are for one child, and "
        "so many days it can be undone.",
    )  # fmt: skip
    confirmation: WorkingDays = Field(
        description="How long after help was given the family must be asked whether it helped.", examples=[5]
    )
    out_of_sight_again: WorkingDays = Field(
        description="A child that is out of sight is brought up again after this, until a person acts.", examples=[3]
    )
    nobody_again: WorkingDays = Field(
        description="A need that still has nobody comes back on the desk's list after this.", examples=[5]
    )
    remind_inventory: tuple[WorkingDays, ...] = Field(
        strict=False, min_length=1, max_length=5, examples=[[1, 2]],
        description="So many working days after a request the ambassador is asked for the inventory.",
    )  # fmt: skip
    remind_inventory_today_hours: int = Field(
        ge=1, le=8, examples=[2], description="So many hours after a request with a need of today."
    )
    home_visit: WorkingDays = Field(
        description="How long after the day of a home visit it must be told whether it took place.", examples=[2]
    )
    handover: WorkingDays = Field(
        description="How long after the planned day both sides must say that they met.", examples=[2]
    )
    help_start: WorkingDays = Field(
        description="How long after they met the help must have begun, or a person looks.", examples=[10]
    )
    question: WorkingDays = Field(
        description="How long the ambassador has to answer a question of a partner, or of the family on its own page.",
        examples=[2],
    )
    family_wish: WorkingDays = Field(
        description="After help stopped: how long the ambassador has to tell what the family wants.", examples=[3]
    )
    deletion: WorkingDays = Field(description="How long a partner has to say that it deleted all.", examples=[5])
    waitlist: WorkingDays = Field(
        description="After the day from which a partner could help: how long it has to begin.", examples=[3]
    )
    waitlist_at_most_days: int = Field(
        ge=1, le=365, description="How many days ahead a partner may promise to help later.", examples=[90]
    )
    pause_at_most_weeks: int = Field(
        ge=1, le=52, description="How long a case may rest at most, before somebody asks.", examples=[12]
    )
    signal_question_weeks: Weeks = Field(
        description="So long after an early signal the ambassador is asked what became of it.", examples=[5]
    )
    signal_end_weeks: Weeks = Field(
        description="So long after it an early signal ends by itself; longer than the question.", examples=[6]
    )
    points: PointTerms = Field(description="When an open point of the desk comes back.")
    office_closes_at: WallTime = Field(
        description="When a working day is over: a promised day ends then.", examples=["17:00"]
    )

    @model_validator(mode="after")
    def _question_first(self) -> Self:
        if self.signal_question_weeks >= self.signal_end_weeks:
            raise ValueError("signal_question_weeks must be shorter than signal_end_weeks")
        return self


class FollowUpPlan(Value):
    """When the ambassador is asked how the child is doing."""

    plan_weeks: tuple[Weeks, ...] = Field(
        strict=False, min_length=1, max_length=40, examples=[[2, 6, 18]],
        description="So many weeks after help first helped; each later than the one before.",
    )  # fmt: skip
    interim_weeks: Weeks = Field(
        description="Where there is no plan yet, the first question comes after so many weeks.", examples=[2]
    )
    after_interim_weeks: Weeks = Field(description="The next one after an answer to that.", examples=[6])
    after_plan_weeks: Weeks = Field(description="The next one when the plan has come to its end.", examples=[12])
    remind_after: WorkingDays = Field(description="No answer: a reminder after so many working days.", examples=[3])
    missed_after: WorkingDays = Field(
        description="Still no answer: the child is out of sight after so many working days.", examples=[6]
    )
    asked_at: WallTime = Field(description="At what time of a working day the question is sent.", examples=["09:00"])

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if list(self.plan_weeks) != sorted(set(self.plan_weeks)):
            raise ValueError("plan_weeks must go up, each later than the one before")
        if self.remind_after.count >= self.missed_after.count:
            raise ValueError("remind_after must be shorter than missed_after")
        return self
