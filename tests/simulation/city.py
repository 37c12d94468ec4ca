"""What the simulated people ask, and the city in which they do: partners for most needs, and for debt nobody."""

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from services.intake.commands import NeedAsked, SubmitRequest
from services.intake.domain.dossier import Fact
from services.intake.domain.rules import Viewer
from services.matching import commands as ask
from shared.events.base import Beneficiary, ConsentGiver, Horizon, Role, Urgency

CATEGORIES = ("bike", "clothing", "food", "debt")
PARTNERS = 3


def a_need(category: str, urgency: Urgency, need_id: UUID | None = None, after: tuple[UUID, ...] = ()) -> NeedAsked:
    return NeedAsked(category, urgency, Horizon.SHORT, Beneficiary.CHILD, id=need_id, depends_on=after)


def a_request(
    by: Viewer, needs: tuple[NeedAsked, ...], *, family_knows: bool = False, child: str = "Kind"
) -> SubmitRequest:
    """For this child: another one has another name."""
    return SubmitRequest(
        ambassador_id=by.person_id,
        organisation_id=by.organisation_id,
        district="oost",
        family_language="nl",
        interpreter_needed=False,
        consent_given_by=ConsentGiver.GUARDIAN,
        consent_given_on=date(2026, 3, 1),
        consent_text_version="2026-1",
        needs=needs,
        birth_date=date(2017, 5, 4),
        family_knows=family_knows,
        facts={Fact.FIRST_NAME: "Verzonnen", Fact.LAST_NAME: child, Fact.BIRTH_DATE: "2017-05-04"},
    )


CONTACT = partial(ask.ContactEntry, phone="010-0000000")


def _offers() -> list[ask.ServiceEntry]:
    return [
        ask.ServiceEntry(
            line=number,
            external_id=f"s{number}",
            organisation=f"o{number}",
            name=f"Aanbod {number}",
            categories=CATEGORIES[:3] if number else CATEGORIES[:1],
            whole_city=True,
            minimum_age=0,
            contacts=tuple(
                CONTACT(f"Contact {number}", f"c{number}{each}@partner.example") for each in ("a", "b")[: number + 1]
            ),
        )
        for number in range(PARTNERS)
    ]


def a_city() -> ask.ImportMap:
    organisations = [ask.OrganisationEntry(f"o{number}", f"Partner {number}") for number in range(PARTNERS)]
    return ask.ImportMap(
        organisations=[
            *organisations,
            ask.OrganisationEntry("school", "School"),
            ask.OrganisationEntry("desk", "Regie"),
        ],
        services=_offers(),
        people=[
            ask.PersonEntry(1, "school", Role.AMBASSADOR, CONTACT("Juf", "juf@school.example")),
            ask.PersonEntry(2, "school", Role.AMBASSADOR, CONTACT("Meester", "meester@school.example")),
            ask.PersonEntry(3, "desk", Role.COORDINATOR, CONTACT("Regie", "regie@desk.example")),
            ask.PersonEntry(4, "o0", Role.PARTNER, CONTACT("Contact 0", "c0b@partner.example")),
        ],
    )


def viewer_of(person: Any, membership: Any) -> Viewer:
    """As they sign in."""
    return Viewer(person.id, membership.role, membership.organisation_id)
