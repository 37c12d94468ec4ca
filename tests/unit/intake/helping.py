"""A family that a partner helps, and what that partner reads of it."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

import httpx

from services.intake.commands import AnswerConsent
from services.intake.domain.consent import FieldSet
from services.intake.domain.consent_given import How
from services.intake.domain.dossier import Fact
from services.intake.domain.rules import Viewer
from services.intake.handlers.consents import give_consent, refuse_consent
from services.intake.handlers.inventory import complete_inventory
from services.intake.handlers.referrals import follow_referral
from services.intake.ports import IntakeUnit
from shared.events import matching
from shared.events.base import Beneficiary, ConsentGiver, Role
from shared.privacy.audit_chain import AuditLine
from tests.parts.people import member
from tests.twins.clock import HeldClock
from tests.unit.intake.app import app_on, person_of
from tests.unit.intake.builders import (
    CONTACT,
    NOW,
    OTHER_SCHOOL,
    PARTNER,
    ROOS,
    SERVICE,
    Units,
    everybody_joins,
    inventory,
    need,
    request,
    submit_request,
    units_in_memory,
)

REFERRAL, NOBODYS = UUID(int=(7 << 76) + (2 << 62) + 1), UUID(int=(7 << 76) + (2 << 62) + 2)
OTHER_PARTNER = Viewer(UUID(int=(7 << 76) + (2 << 62) + 3), Role.PARTNER, OTHER_SCHOOL)
FACTS = {
    Fact.FIRST_NAME: "Zonnetje", Fact.LAST_NAME: "Verzonnen", Fact.BIRTH_DATE: "2018-05-01",
    Fact.CONTACT_NAME: "Maan Verzonnen", Fact.PHONE: "+31612345678", Fact.ADDRESS: "Verzonnenstraat 7",
    Fact.STORY: "Zonnetje wil graag mee naar buiten.", Fact.CONSENT_NAME: "Ster Verzonnen",
    Fact.HELPER_WISHES: "Liever een vrouw.",
}  # fmt: skip
# What each set shows, and nothing else does.
SHOWN = {
    FieldSet.REACH: ("Maan Verzonnen", "Verzonnenstraat 7"),
    FieldSet.CHILD: ("Zonnetje Verzonnen", "1 mei 2018"),
    FieldSet.STORY: ("Zonnetje wil graag mee naar buiten.", "Een rode fiets."),
    FieldSet.HOUSEHOLD: ("De Bedachte School", "Arabisch"),
    FieldSet.MONEY: ("De huur is te hoog.",),
}
# What whoever may read anything reads, and nobody else.
WISHES = "Liever een vrouw."
NEVER = ("Ster Verzonnen", "Een zak met kleren.")


class Help:
    """A family that a partner helps, for one of its two needs."""

    def __init__(self, clock: HeldClock | None = None) -> None:
        self.units: Units = units_in_memory(clock=clock or HeldClock(NOW))
        self.app = app_on(self.units)
        self.case_id = self.need_id = UUID(int=0)

    async def begins(self) -> "Help":
        async with self.units.begin() as unit:
            await everybody_joins(unit)
            await unit.members.save(member(OTHER_PARTNER.person_id, OTHER_PARTNER.organisation_id, Role.PARTNER))
            await unit.network.save_organisation(PARTNER, "Fietsbank", "fund")
            needs = (need("bike", words="Een rode fiets."), need("clothing", words="Een zak met kleren."))
            born = date.fromisoformat(FACTS[Fact.BIRTH_DATE])
            asked = request(birth_date=born, facts=FACTS, needs=needs, family_language="ar")
            case = await submit_request(asked, unit)
        self.case_id, self.need_id = case.id, case.needs[0].need_id
        async with self.units.begin() as unit:
            known = [replace(asked, id=each.need_id) for asked, each in zip(needs, case.needs, strict=True)]
            money = {Fact.BOTTLENECKS: "De huur is te hoog."}
            await complete_inventory(inventory(case.id, known, facts=money), unit, ROOS)
        return self

    async def hears(self, kind: type[matching.ReferralFact], **more: object) -> None:
        """Matching says it of this referral."""
        told = kind.model_validate({
            "subject": self.case_id, "occurred_at": NOW, "referral_id": REFERRAL, "need_id": self.need_id,
            "organisation_id": PARTNER, "service_id": SERVICE, "case_code": "K7RM-4TXA",
            "contact_id": CONTACT.person_id, "ambassador_id": ROOS.person_id, "category": "bike",
            "beneficiary": Beneficiary.CHILD, **more,
        })  # fmt: skip
        async with self.units.begin() as unit:
            await follow_referral(told, unit)

    async def says_yes(self) -> None:
        await self.hears(matching.PartnerAccepted, answered_by=CONTACT.person_id, first_contact_on=date(2026, 3, 12))

    async def allows(self, *field_sets: FieldSet, until: date | None = None) -> None:
        answer = AnswerConsent(
            case_id=self.case_id, partner_kind="fund", field_sets=frozenset(field_sets), given_by=ConsentGiver.GUARDIAN,
            given_on=date(2026, 3, 9), text_version="2026-1", language="nl", interpreter=False, how=How.SPOKEN,
            until=until,
        )  # fmt: skip
        async with self.units.begin() as unit:
            await (give_consent if field_sets else refuse_consent)(answer, ROOS, unit)

    async def does(self, act: Callable[[IntakeUnit], Awaitable[object]]) -> None:
        async with self.units.begin() as unit:
            await act(unit)

    async def reads(self, viewer: Viewer = CONTACT, referral_id: UUID = REFERRAL) -> httpx.Response:
        async with person_of(self.app, viewer) as client:
            return await client.get(f"/aanvragen/gegevens/{referral_id}")

    def lines(self) -> list[AuditLine]:
        lines: dict[object, AuditLine] = self.units.tables.table("audit_lines")
        return [line for line in lines.values() if line.entry.purpose == "partner-data"]
