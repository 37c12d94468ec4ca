"""Who was erased, in intake's folder outside the database."""

from datetime import date
from typing import Final
from uuid import UUID

from shared.kernel.crash_points import crash_point
from shared.privacy.anchors import Anchors

NAME: Final = "erased"


class ErasedLedger:
    """The file `erased`: a line for each, of its id and its day."""

    def __init__(self, anchors: Anchors) -> None:
        self._anchors = anchors

    def add(self, case_id: UUID, day: date) -> None:
        self._anchors.append(NAME, {"case_id": str(case_id), "erased_on": day.isoformat()})
        crash_point("intake.after-tombstone")

    def read(self) -> dict[UUID, date]:
        lines = self._anchors.read(NAME)
        return {UUID(line["case_id"]): date.fromisoformat(line["erased_on"]) for line in lines}
