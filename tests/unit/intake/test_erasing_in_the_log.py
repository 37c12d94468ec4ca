"""That a case is erased is a line of the audit log, whoever or whatever began it."""

from uuid import UUID

import pytest

from services.intake.domain.erasure import ErasureReason
from services.intake.domain.rules import Viewer
from services.intake.handlers.erasing import erase_for_operator
from shared.privacy.audit import Action
from tests.unit.intake.builders import COORDINATOR, ROOS, Units, assessed
from tests.unit.intake.test_erasing import asked


def erasures(units: Units) -> list[tuple[UUID | None, UUID | None, str | None]]:
    """Of which case, who asked for it, and why."""
    entries = [line.entry for line in units.tables.table("audit_lines").values()]
    return [(one.about_id, one.actor.person_id, one.reason) for one in entries if one.action is Action.ERASE]


@pytest.mark.parametrize("viewer", [ROOS, COORDINATOR], ids=["ambassador", "desk"])
async def test_line_says_who_asked_for_it(viewer: Viewer) -> None:
    units, case = await asked(viewer)
    assert erasures(units) == [(case.id, viewer.person_id, "family-asked")]


@pytest.mark.parametrize("reason", [ErasureReason.FILED_IN_ERROR, ErasureReason.TERM_PASSED])
async def test_what_an_operator_or_a_term_began_is_a_line_too(reason: ErasureReason) -> None:
    units, case = await assessed()
    async with units.begin() as unit:
        await erase_for_operator(case.id, reason, unit)
    assert erasures(units) == [(case.id, None, reason.value)]
