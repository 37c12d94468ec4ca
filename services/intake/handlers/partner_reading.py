"""What a partner that helps reads of the family: exactly what this family allows it, at this moment.

Whatever is not to be read is refused alike, so that nobody learns whether there is anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from services.intake.domain.accepted import AcceptedReferral
from services.intake.domain.case import Case
from services.intake.domain.consent import OPENED_BY_ANY, OPENS, FieldSet
from services.intake.domain.consent_errors import NothingToRead
from services.intake.domain.dossier import OF_THE_ADDRESS, Fact
from services.intake.domain.rules import Viewer
from services.intake.handlers.consents import may_see
from services.intake.handlers.family_page import sources_of
from services.intake.ports import IntakeUnit
from shared.events.base import Need, Role
from shared.privacy.audit import About, Action

WHY = "partner-data"


@dataclass(frozen=True, slots=True)
class PartnerReading:
    """What one partner reads of one family: the sets that it may see, and what stands in them.

    `school`: the public name of the organisation that asked. `words`: what the family said of this need.
    `told_on`: by fact, since when it is known.
    """

    case: Case
    need: Need | None
    field_sets: frozenset[FieldSet]
    facts: Mapping[Fact, str] = field(repr=False)
    words: str | None = field(repr=False)
    school: str | None
    told_on: Mapping[str, date] = field(default_factory=dict)

    @property
    def born(self) -> date | None:
        """The child's birth date, when that may be seen."""
        birth_date = self.facts.get(Fact.BIRTH_DATE)
        return date.fromisoformat(birth_date) if birth_date else None


async def read_as_partner(referral_id: UUID, unit: IntakeUnit, viewer: Viewer) -> PartnerReading:
    """For who helps by this referral; every view is a line in the audit log. Raises NothingToRead."""
    accepted = await unit.accepted.read(referral_id)
    if accepted is None or viewer.role is not Role.PARTNER or accepted.organisation_id != viewer.organisation_id:
        raise NothingToRead
    kind = await unit.network.read_kind(accepted.organisation_id)
    field_sets = await may_see(accepted.case_id, accepted.organisation_id, kind, unit)
    case = await unit.cases.read(accepted.case_id)
    if case is None or not field_sets:
        raise NothingToRead
    return await _read(case, accepted, field_sets, unit, viewer)


async def _read(
    case: Case, accepted: AcceptedReferral, field_sets: frozenset[FieldSet], unit: IntakeUnit, viewer: Viewer
) -> PartnerReading:
    dossier = await unit.vault.open(case.id, _facts(case, field_sets), viewer, WHY, words=False)
    words = None
    if FieldSet.STORY in field_sets:
        words = await unit.vault.open_need(case.id, accepted.need_id, viewer, WHY)
    if FieldSet.HOUSEHOLD in field_sets:
        # No fact of the vault, but of the family all the same.
        unit.audit.record(Action.READ, About.CASE, case.id, WHY, fields=[FieldSet.HOUSEHOLD.value])
    need = next((each for each in case.needs if each.need_id == accepted.need_id), None)
    school = case.opening.organisation_id
    name = (await unit.network.read_names([school])).get(school) if FieldSet.HOUSEHOLD in field_sets else None
    told_on = {fact: told.day for fact, told in (await sources_of(case, unit)).items()}
    return PartnerReading(case, need, field_sets, dossier.facts, words, name, told_on)


def _facts(case: Case, field_sets: frozenset[FieldSet]) -> list[Fact]:
    """An address that is secret is nobody's but the ambassador's."""
    opened = [*OPENED_BY_ANY, *(fact for each in FieldSet if each in field_sets for fact in OPENS[each])]
    return [fact for fact in opened if not (case.opening.address_is_secret and fact in OF_THE_ADDRESS)]
