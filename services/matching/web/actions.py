"""A button on the page of a referral: its form, the handler that it sets to work, and whom it reaches."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

from fastapi import Request
from pydantic import BaseModel

from services.matching.ports import MatchingUnit
from shared.kernel.errors import Invalid, Refusal
from shared.web.forms import Form, read_form, typed_in
from shared.web.reach import Reach

FormT = TypeVar("FormT", bound=BaseModel)
# What may follow where the search goes on: the next partner, the ambassador's news of it, the desk's list.
NEXT_ASKED: Final = ("partner-activated", "partner-asked", "nobody-found", "desk-point", "desk-digest")


@dataclass(frozen=True, slots=True)
class Press(Generic[FormT]):
    """What was pressed: the form that came with it, about which referral, by whom."""

    form: FormT
    referral_id: UUID
    by: UUID


@dataclass(frozen=True, slots=True)
class Action(Generic[FormT]):
    """One button. `perform` raises what the handler refuses; `Invalid` belongs at a field of the form.

    `done` is what the page says when it worked; `check` finds what only the day of today tells, in a form in which
    something else is wrong, so that everything is told in one round.
    """

    form: type[FormT]
    perform: Callable[[Press[FormT], MatchingUnit], Awaitable[object]]
    reach: Reach
    done: str
    check: Callable[[Form[FormT], MatchingUnit], None] | None = None


Actions = Mapping[str, Action[Any]]


@dataclass(frozen=True, slots=True)
class PressedButton:
    """The button that was pressed, and what was filled in with it."""

    choice: str
    action: Action[Any]
    form: Form[Any]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of it: done when neither is there."""

    wrong: PressedButton | None = None
    refusal: Refusal | None = None

    @property
    def is_done(self) -> bool:
        """Whether the page can be shown anew."""
        return self.wrong is None and self.refusal is None


async def pressed_button(request: Request, actions: Actions) -> PressedButton | None:
    """Which button of these it was; None: none of them, so nothing was chosen."""
    choice = dict(await typed_in(request)).get("choice", "")
    if choice not in actions:
        return None
    action = actions[choice]
    return PressedButton(choice, action, await read_form(request, action.form))


async def press(pressed: PressedButton, referral_id: UUID, by: UUID, unit: MatchingUnit) -> Result:
    """Do what the button says. What is refused is undone, and the page says how it is now."""
    if pressed.form.data is not None:
        try:
            async with unit.savepoint():
                await pressed.action.perform(Press(pressed.form.data, referral_id, by), unit)
        except Invalid as invalid:
            pressed.form.refuse_as(invalid)
        except Refusal as refusal:
            return Result(refusal=refusal)
    elif pressed.action.check is not None:
        pressed.action.check(pressed.form, unit)
    return Result(wrong=pressed) if pressed.form.errors else Result()
