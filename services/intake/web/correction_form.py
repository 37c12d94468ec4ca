"""What people fill in where something was written down wrongly, and the command that it becomes."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from services.intake.domain.case import Case
from services.intake.domain.correction import CorrectFacts
from services.intake.domain.dossier import Dossier, Fact
from services.intake.web.field_types import Language, Story
from services.intake.web.forms import ChildForm
from shared.web.body import Body
from shared.web.city_codes import CityCode

# The family may live in one that was taken from the list since.
KnownDistrict = Annotated[str, CityCode("districts", "Deze wijk", retired_too=True)]


class CorrectionForm(Body):
    """How it is, all of it."""

    child: ChildForm = Field(title="Het kind")
    story: Story | None = Field(None, title="Het verhaal", examples=["Wat het gezin zelf wil vertellen"])
    family_language: Language = Field(title="Taal van het gezin")
    interpreter_needed: bool = Field(False, title="Er is een tolk nodig")
    district: KnownDistrict | None = Field(None, title="Wijk")


def known_values(case: Case, dossier: Dossier) -> dict[str, Any]:
    """What the form starts with: how it stands there now."""
    facts, opening = dossier.facts, case.opening
    return {
        "child.firstName": facts.get(Fact.FIRST_NAME),
        "child.lastName": facts.get(Fact.LAST_NAME),
        "child.birthDate": dossier.born,
        "child.expectedMonth": f"{dossier.expected:%m-%Y}" if dossier.expected else None,
        "story": facts.get(Fact.STORY),
        "familyLanguage": opening.family_language,
        "interpreterNeeded": "true" if opening.interpreter_needed else None,
        "district": opening.district or facts.get(Fact.DISTRICT),
    }


def to_correction(case_id: UUID, form: CorrectionForm) -> CorrectFacts:
    """How it is."""
    child = form.child
    told = {
        Fact.FIRST_NAME: child.first_name,
        Fact.LAST_NAME: child.last_name,
        Fact.BIRTH_DATE: child.birth_date.isoformat() if child.birth_date else None,
        Fact.EXPECTED_MONTH: child.expected_month,
        Fact.STORY: form.story,
    }
    return CorrectFacts(
        case_id=case_id,
        facts={fact: value for fact, value in told.items() if value},
        family_language=form.family_language,
        interpreter_needed=form.interpreter_needed,
        district=form.district,
    )
