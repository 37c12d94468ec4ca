"""The desk opens a family's facts with a task there, or with a reason that is written down."""

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from services.intake.domain.rules import Viewer
from shared.events.base import Role
from shared.kernel.errors import NotAllowed

if TYPE_CHECKING:
    from services.intake.domain.case import Case

OPEN_FOR: Final = timedelta(minutes=30)
PURPOSE: Final = "open-family"


class OpenReason(StrEnum):
    """Why somebody of the desk must know who the family is."""

    OPEN_POINT = "open-point"
    AMBASSADOR_AWAY = "ambassador-not-reached"
    FAMILY_CALLED = "family-called"
    SOMETHING_WRONG = "something-wrong"
    SAFETY = "safety"


class ReasonNeeded(NotAllowed):
    """Somebody of the desk has no task in this case, and gave no reason lately."""

    def __init__(self) -> None:
        super().__init__(
            "reason-needed", "Open eerst de gegevens van het gezin op de pagina van het dossier. Daar zeg je waarom."
        )


def has_task(viewer: Viewer, case: "Case") -> bool:
    """A request that the desk did not look at yet, or filed itself, is the desk's to read; a family is an ambassador's.

    What stands on the board is monitoring's, and is a reason to give.
    """
    if viewer.role is not Role.COORDINATOR:
        return True
    return case.is_open and (case.acknowledged_at is None or case.opening.filed_by == viewer.person_id)
