"""What a service does by itself: jobs at an interval, and what follows when a timer is due."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Generic, TypeVar

from shared.unit_of_work import Timer

UnitT = TypeVar("UnitT")
UnitT_contra = TypeVar("UnitT_contra", contravariant=True)
# Called when a timer of its kind is due, in the transaction that also takes the timer away.
TimerHandler = Callable[[Timer, UnitT], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Every(Generic[UnitT_contra]):
    """A job: `Every("forget old replies", timedelta(hours=1), forget_old_replies)`. Names are unique in a service.

    The handler runs in a transaction of its own, and again `pause` after it ended.
    """

    name: str
    pause: timedelta
    handler: Callable[[UnitT_contra], Awaitable[None]]
