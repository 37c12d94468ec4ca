"""Help for another child of a family that is known: three things, and the command that they become."""

from uuid import UUID

from pydantic import Field, StrictBool

from services.intake.commands import AddSibling
from services.intake.domain.dossier import Fact
from services.intake.web.bodies import MAX_NEEDS, ConsentBody, NeedBody, need_asked
from services.intake.web.child_bodies import BornOrExpected, BornOrExpectedForm
from services.intake.web.field_types import Name
from services.intake.web.forms import ConsentForm
from shared.web.body import Body


class SiblingChildBody(BornOrExpected):
    """The other child; without a last name it bears that of the one who is known."""

    last_name: Name | None = Field(None, title="Achternaam van het kind", examples=["Verzonnen"])


class SiblingBody(Body):
    """What is asked for the other child. The consent is only named when the one from before does not hold for it."""

    child: SiblingChildBody = Field(title="Het kind", examples=[{"firstName": "Daan", "birthDate": "2019-02-11"}])
    needs: list[NeedBody] = Field(title="Wat is er nodig?", min_length=1, max_length=MAX_NEEDS)
    consent: ConsentBody | None = Field(
        None, title="Toestemming", description="Alleen als die van eerder niet voor dit kind geldt."
    )
    family_knows: StrictBool = Field(
        default=False, title="Het gezin weet dat we nu al iemand vragen", examples=[True]
    )  # fmt: skip


class SiblingChildForm(BornOrExpectedForm, SiblingChildBody):
    """The other child, with a birth date as people type it."""


class SiblingForm(SiblingBody):
    """The same as a page sends it; `case_id` is that of the new case, so that pressing twice makes one."""

    child: SiblingChildForm = Field(title="Het kind")
    consent: ConsentForm | None = Field(None, title="Toestemming")
    family_knows: bool = Field(False, title="Het gezin weet dat we nu al iemand vragen")
    case_id: UUID = Field(title="Dossier")


def to_sibling(sibling_of: UUID, body: SiblingBody, case_id: UUID | None = None) -> AddSibling:
    """What is asked."""
    child, consent = body.child, body.consent
    facts = {
        Fact.FIRST_NAME: child.first_name,
        Fact.LAST_NAME: child.last_name,
        Fact.BIRTH_DATE: child.birth_date.isoformat() if child.birth_date else None,
        Fact.EXPECTED_MONTH: child.expected_month,
    }
    return AddSibling(
        sibling_of=sibling_of,
        birth_date=child.birth_date,
        expected_month=child.expected_month,
        facts={fact: value for fact, value in facts.items() if value},
        needs=tuple(need_asked(each) for each in body.needs),
        consent=consent.told if consent else None,
        family_knows=body.family_knows,
        case_id=case_id,
    )
