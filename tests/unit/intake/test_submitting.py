from datetime import date
from random import Random

import pytest
from pydantic import BaseModel, TypeAdapter

from services.intake.adapters.chance import RandomCodes
from services.intake.domain.case_state import CaseState
from services.intake.domain.dossier import Fact
from services.intake.domain.errors import (
    ConsentBeforeBirth,
    ConsentInTheFuture,
    NoCodeFree,
    NotAChild,
    UnknownAmbassador,
    WrongConsentGiver,
)
from services.intake.handlers.requests import submit_requests
from services.intake.store.tables import VaultRow
from services.intake.web.bodies import ChildBody, ConsentBody, FamilyBody, InventoryBody, RequestBody
from shared.events.base import AgeBand, CaseCode, ConsentGiver, Role
from shared.events.intake import RequestReceived
from shared.kernel.errors import Invalid
from tests.parts.people import member
from tests.unit.intake.builders import (
    COLLEAGUE,
    CONTACT,
    OTHER_SCHOOL,
    ROOS,
    SCHOOL,
    FixedCodes,
    everybody_joins,
    request,
    said,
    submit_request,
    units_in_memory,
)


async def test_request_becomes_a_case_and_is_said_without_names() -> None:
    units = units_in_memory()
    async with units.begin() as unit:
        await everybody_joins(unit)
        case = await submit_request(request(birth_date=date(2016, 9, 1)), unit)
    (fact,) = said(units)
    assert isinstance(fact, RequestReceived)
    assert (fact.subject, fact.case_code) == (case.id, case.code)
    assert (fact.ambassador_id, fact.organisation_id) == (ROOS.person_id, SCHOOL)
    assert fact.age_band is AgeBand.CHILD
    assert [need.category for need in fact.needs] == ["bike", "clothing"]
    assert "Verzonnen" not in fact.model_dump_json()


async def test_what_the_family_told_is_in_the_vault_when_a_request_was_received() -> None:
    units = units_in_memory()
    async with units.begin() as unit:
        await everybody_joins(unit)
        case = await submit_request(request(), unit)
    async with units.begin() as unit:
        dossier = await unit.vault.open(case.id, list(Fact), ROOS, "test", words=True)
    assert dossier.facts[Fact.FIRST_NAME] == "Zonnetje"
    assert dossier.facts[Fact.BIRTH_DATE] == "2024-09-01"
    assert dossier.facts[Fact.CONSENT_NAME] == "Maan Verzonnen"
    assert Fact.EMAIL not in dossier.facts
    assert set(dossier.words) == {need.need_id for need in case.needs}


async def test_request_is_refused_when_the_child_is_not_a_child() -> None:
    for birth_date in (date(2026, 3, 11), date(2008, 3, 10)):
        await _refused(NotAChild, birth_date=birth_date)


async def test_request_is_refused_when_somebody_else_must_consent() -> None:
    await _refused(WrongConsentGiver, consent_given_by=ConsentGiver.YOUNG_PERSON, consent_given_on=date(2026, 3, 9))


async def test_request_is_refused_when_consent_lies_in_the_future() -> None:
    await _refused(ConsentInTheFuture, consent_given_by=ConsentGiver.GUARDIAN, consent_given_on=date(2026, 3, 11))


async def test_request_is_refused_when_consent_is_older_than_the_child() -> None:
    await _refused(ConsentBeforeBirth, consent_given_by=ConsentGiver.GUARDIAN, consent_given_on=date(206, 3, 9))


@pytest.mark.parametrize(
    "changes",
    [
        {"ambassador_id": CONTACT.person_id, "organisation_id": CONTACT.organisation_id},
        {"organisation_id": OTHER_SCHOOL},
        {"ambassador_id": SCHOOL},
    ],
    ids=["a partner", "of another school", "nobody"],
)
async def test_request_is_refused_when_its_ambassador_is_not_one(changes: dict[str, object]) -> None:
    await _refused(UnknownAmbassador, **changes)


async def test_request_is_refused_when_its_ambassador_left() -> None:
    units = units_in_memory()
    async with units.begin() as unit:
        await unit.members.save(member(ROOS.person_id, SCHOOL, Role.AMBASSADOR, active=False))
        with pytest.raises(UnknownAmbassador):
            await submit_request(request(), unit)


async def _refused(refusal: type[Invalid], **changes: object) -> None:
    units = units_in_memory()
    async with units.begin() as unit:
        await everybody_joins(unit)
        with pytest.raises(refusal):
            await submit_request(request(**changes), unit)
    assert said(units) == []


async def test_a_refused_request_harms_none_of_the_others() -> None:
    units = units_in_memory()
    bad = request(birth_date=date(1980, 1, 1))
    async with units.begin() as unit:
        await everybody_joins(unit)
        first, refused, last = await submit_requests([request(), bad, request(ambassador_id=COLLEAGUE.person_id)], unit)
    assert isinstance(refused, NotAChild)
    assert [fact.subject for fact in said(units)] == [getattr(first, "id", None), getattr(last, "id", None)]


async def test_another_code_is_drawn_when_the_first_is_taken() -> None:
    units = units_in_memory(FixedCodes("AAAA-AAAA", "AAAA-AAAA", "CCCC-CCCC", "DDDD-DDDD"))
    async with units.begin() as unit:
        await everybody_joins(unit)
        one, other, third = await submit_requests([request()] * 3, unit)
    assert [getattr(case, "code", None) for case in (one, other, third)] == ["AAAA-AAAA", "DDDD-DDDD", "CCCC-CCCC"]
    assert len(units.tables.table("vault")) == 3


async def test_request_is_refused_when_chance_gives_only_taken_codes() -> None:
    units = units_in_memory(FixedCodes(*["AAAA-AAAA"] * 4))
    async with units.begin() as unit:
        await everybody_joins(unit)
        await submit_request(request(), unit)
        with pytest.raises(NoCodeFree):
            await submit_request(request(), unit)
    assert len(units.tables.table("vault")) == 1


def test_codes_are_those_of_the_contract_when_drawn_at_random() -> None:
    codes = RandomCodes(Random(1))
    drawn = [codes.new() for _ in range(200)]
    assert len(set(drawn)) == 200
    contract = TypeAdapter(CaseCode)
    assert [contract.validate_python(code) for code in drawn] == drawn


async def test_case_starts_as_received() -> None:
    units = units_in_memory()
    async with units.begin() as unit:
        await everybody_joins(unit)
        case = await submit_request(request(facts={}), unit)
        stored = await unit.cases.read(case.id)
    assert stored is not None
    assert (stored.state, stored.acknowledged_at) == (CaseState.RECEIVED, None)


def test_every_fact_of_the_vault_is_told_in_one_field_and_has_one_column() -> None:
    parts: list[type[BaseModel]] = [RequestBody, ChildBody, FamilyBody, ConsentBody, InventoryBody]
    told = [name for part in parts for name in part.model_fields if name in set(Fact)]
    # Asked in the conversation with the family, on a page.
    assert sorted(told) == sorted(set(Fact) - {Fact.OWN_NETWORK, Fact.HELPER_WISHES})
    assert VaultRow.model_fields.keys() == {"case_id", *Fact}
