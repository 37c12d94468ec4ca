"""Whom a family would rather not have: what it says itself stays, whatever the next inventory has."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from services.intake.domain.case_state import FOLLOWS_FAMILY, check_state

if TYPE_CHECKING:
    from services.intake.domain.case import Case
    from services.intake.domain.opening import Findings


def unwanted(case: "Case", findings: "Findings | None" = None) -> tuple[UUID, ...]:
    """Said by the family itself, or by these findings; without any, by those of the case."""
    found = findings or case.findings
    return tuple(dict.fromkeys((*case.rather_not, *(found.excluded_organisations if found else ()))))


def rather_not(case: "Case", organisation_ids: Iterable[UUID]) -> bool:
    """These are not asked for this family any more; False: that was so already. Raises NotPossibleNow."""
    check_state(case.state, "leave an organisation out", *FOLLOWS_FAMILY)
    known = unwanted(case)
    new = [one for one in dict.fromkeys(organisation_ids) if one not in known]
    case.rather_not += tuple(new)
    return bool(new)


def wanted_after_all(case: "Case", organisation_id: UUID) -> bool:
    """This one may be asked again, whoever said before that it may not; False: so it was. Raises NotPossibleNow."""
    check_state(case.state, "have an organisation after all", *FOLLOWS_FAMILY)
    if organisation_id not in unwanted(case):
        return False
    case.rather_not = tuple(one for one in case.rather_not if one != organisation_id)
    if case.findings:
        left = tuple(one for one in case.findings.excluded_organisations if one != organisation_id)
        case.findings = replace(case.findings, excluded_organisations=left)
    return True
