"""The list of referrals: what is asked of it, on the twin and on PostgreSQL, and how PostgreSQL finds it."""

from datetime import timedelta
from random import Random
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy.dialects import postgresql

from services.matching.domain.case import CaseFile, CaseNeed, NeedState
from services.matching.domain.referral import Referral
from services.matching.domain.referral_list import (
    Attention,
    Order,
    ReferralQuery,
    WaitsForReader,
    Words,
    waits_for,
)
from services.matching.domain.referral_state import ASKED, ReferralState
from services.matching.ports import MatchingUnit
from services.matching.store.referral_list import page_of
from shared.events.base import AgeBand, Role, Urgency
from shared.events.referral_codes import Party
from shared.storage.database import driver_dsn
from shared.unit_of_work import Units
from tests.unit.matching.city import NOON, named, organisation

SCHOOLS, PARTNERS, CATEGORIES = ("school", "other school"), ("fietsbende", "rijwielhulp"), ("bike", "sport")
JUF = named("juf")
LETTERS = "ACDEFGHJKMNPQRTUVWXY34679"


def a_need(number: int, chance: Random) -> CaseNeed:
    need = CaseNeed(UUID(int=1000 + number), chance.choice(CATEGORIES), Urgency.NORMAL)
    need.state = chance.choice((NeedState.FAMILY_DECIDES, NeedState.WITH_PARTNER))
    return need


def a_case(number: int, chance: Random) -> CaseFile:
    code = "".join(chance.choice(LETTERS) for _ in range(8))
    school, ambassador = chance.choice(SCHOOLS), chance.choice(("juf", "meester"))
    need = a_need(number, chance)
    return CaseFile(
        UUID(int=500 + number), f"{code[:4]}-{code[4:]}", named(ambassador), named(school), "oost", AgeBand.CHILD, "nl",
        needs={need.id: need},
    )  # fmt: skip


def a_referral(number: int, case: CaseFile, chance: Random) -> Referral:
    [need] = case.needs.values()
    partner, state = chance.choice(PARTNERS), chance.choice(list(ReferralState))
    asked = NOON - timedelta(minutes=number)
    return Referral(
        UUID(int=number), case.id, need.id, named(partner), named(f"service {partner}"), JUF, case.code,
        case.ambassador_id, need.category, 1, asked, asked + timedelta(days=chance.randint(1, 9)), asked, state=state,
        met_said_by=chance.choice((None, *Party)),
    )  # fmt: skip


def everything() -> list[tuple[CaseFile, Referral]]:
    """Forty cases with one referral each, in every state."""
    chance = Random(11)
    cases = [a_case(number, chance) for number in range(40)]
    kept = [(case, a_referral(number, case, chance)) for number, case in enumerate(cases)]
    stopped, referral = kept[0]
    stopped.ambassador_id = referral.ambassador_id = JUF
    stopped.needs[referral.need_id].state, referral.state = NeedState.FAMILY_DECIDES, ReferralState.FAILED
    return kept


async def keep(units: Units[MatchingUnit]) -> list[tuple[CaseFile, Referral]]:
    kept = everything()
    async with units.begin() as unit:
        for name in (*SCHOOLS, *PARTNERS):
            await unit.organisations.save(organisation(name))
        for case, referral in kept:
            await unit.cases.save(case)
            await unit.referrals.save(referral)
    return kept


QUERIES = {
    "the desk": ReferralQuery(waits=waits_for(Role.COORDINATOR, JUF)),
    "an ambassador": ReferralQuery(waits=waits_for(Role.AMBASSADOR, JUF), school_id=named("school")),
    "a partner": ReferralQuery(waits=waits_for(Role.PARTNER, JUF), partner_id=named("fietsbende")),
    "what waits for a partner": ReferralQuery(
        waits=waits_for(Role.PARTNER, JUF), partner_id=named("fietsbende"), only_waiting=True
    ),
    "a partner by kind of help": ReferralQuery(partner_id=named("fietsbende"), category="bike"),
    "a partner by words": ReferralQuery(
        partner_id=named("fietsbende"), words=Words("NOTHING", "nothing", frozenset({"bike"}))
    ),
    "a kind of help": ReferralQuery(category="sport"),
    "a partner's name": ReferralQuery(words=Words("FIETS", "fiets")),
    "signs that mean something": ReferralQuery(words=Words("%", "%_")),
    "who was asked": ReferralQuery(states=ASKED, order=Order.ANSWER_BY),
    "the oldest": ReferralQuery(order=Order.OLDEST),
    "the newest": ReferralQuery(order=Order.NEWEST),
    "the second page": ReferralQuery(order=Order.NEWEST, page=2, per_page=7),
    "a page that is not there": ReferralQuery(page=9),
}


@pytest.fixture
def expected() -> dict[str, set[int]]:
    """Which ones each question finds, by a rule of its own."""
    kept = everything()
    school, fietsbende = named("school"), named("fietsbende")
    mine = {r.id.int for c, r in kept if c.organisation_id == school}
    asked_of = {r.id.int: r for _, r in kept if r.organisation_id == fietsbende}
    waits = {
        number
        for number, r in asked_of.items()
        if r.state is ReferralState.ACTIVATED
        or (r.state is ReferralState.ACCEPTED and r.met_said_by is Party.AMBASSADOR)
    }
    bikes = {number for number, r in asked_of.items() if r.category == "bike" and r.is_active}
    everyone = {r.id.int for _, r in kept}
    return {
        "the desk": everyone,
        "an ambassador": mine,
        "a partner": set(asked_of),
        "what waits for a partner": waits,
        "a partner by kind of help": bikes,
        "a partner by words": bikes,
        "a kind of help": {r.id.int for _, r in kept if r.category == "sport"},
        "a partner's name": set(asked_of),
        "signs that mean something": set(),
        "who was asked": {r.id.int for _, r in kept if r.state in ASKED},
        "the oldest": everyone,
        "the newest": everyone,
        "the second page": set(sorted(everyone, reverse=True)[7:14]),
        "a page that is not there": set(),
    }


@pytest.mark.parametrize("name", QUERIES)
async def test_list_finds_what_is_asked_and_nothing_else(
    units: Units[MatchingUnit], name: str, expected: dict[str, set[int]]
) -> None:
    await keep(units)
    async with units.begin() as unit:
        page = await unit.referrals.list_page(QUERIES[name])
    assert {line.referral.id.int for line in page.lines} == expected[name]
    everything_there = name not in {"the second page", "a page that is not there"}
    assert page.total == (len(expected[name]) if everything_there else 0 if "not there" in name else 40)


async def test_what_the_family_decides_comes_first_then_what_waits_then_the_newest(units: Units[MatchingUnit]) -> None:
    kept = {referral.id: (case, referral) for case, referral in await keep(units)}
    waits = WaitsForReader(frozenset({ReferralState.ON_HOLD}), Party.PARTNER, decides=True, ambassador_id=JUF)
    async with units.begin() as unit:
        lines = (await unit.referrals.list_page(ReferralQuery(waits=waits))).lines

    assert [line.attention for line in lines] == sorted(line.attention for line in lines)
    assert {line.attention for line in lines} == set(Attention)
    for line in lines:
        case, referral = kept[line.referral.id]
        [need] = case.needs.values()
        assert line.attention is waits.attention(referral, need.state)
        assert (line.school, line.partner) == (
            next(name.title() for name in SCHOOLS if named(name) == case.organisation_id),
            next(name.title() for name in PARTNERS if named(name) == referral.organisation_id),
        )
    for attention in Attention:
        numbers = [line.referral.id.int for line in lines if line.attention is attention]
        assert numbers == sorted(numbers, reverse=True)


async def test_number_is_found_by_its_beginning_in_any_writing_of_the_page(units: Units[MatchingUnit]) -> None:
    [(case, referral), *_] = await keep(units)
    async with units.begin() as unit:
        for typed in (case.code, case.code[:6]):
            found = await unit.referrals.list_page(ReferralQuery(words=Words(code=typed)))
            assert [line.referral for line in found.lines] == [referral]


PLANS = [
    (ReferralQuery(words=Words(code="AAAA-0007")), "referrals_case_code"),
    (ReferralQuery(words=Words(code="AAAA-00")), "referrals_case_code"),
    (ReferralQuery(partner_id=UUID(int=3)), "referrals_organisation"),
    (ReferralQuery(school_id=UUID(int=3)), "cases_organisation"),
    (ReferralQuery(school_id=UUID(int=3)), "referrals_case"),
    (ReferralQuery(case_id=UUID(int=3)), "referrals_case"),
]
# 10,000 referrals of 2,500 cases, asked of 300 partners by 250 schools (which have no entry of their own here).
TEN_THOUSAND = """
    INSERT INTO cases (id, code, ambassador_id, organisation_id, district, age_band, language, interpreter_needed,
                       excluded, stopped, state, consent_outgrown)
    SELECT CAST(lpad(to_hex(n), 32, '0') AS uuid), 'AAAA-' || lpad(n::text, 4, '0'),
           CAST(lpad(to_hex(n % 500), 32, '0') AS uuid), CAST(lpad(to_hex(1 + n % 250), 32, '0') AS uuid), 'oost',
           '8-11', 'nl', false, '{}', '{}', 'open', false
    FROM generate_series(1, 2500) n;
    INSERT INTO needs (id, case_id, category, urgency, beneficiary, horizon, depends_on, state)
    SELECT CAST(lpad(to_hex(n), 32, '0') AS uuid), CAST(lpad(to_hex(1 + n % 2500), 32, '0') AS uuid), 'bike', 'normal',
           'child', 'short', '{}', CASE WHEN n % 200 = 0 THEN 'family-decides' ELSE 'met' END
    FROM generate_series(1, 10000) n;
    INSERT INTO referrals (id, case_id, need_id, organisation_id, service_id, contact_id, case_code, number,
                           ambassador_id, category, attempt, reasons, state, beneficiary, activated_at, answer_by,
                           clock_since, explanation)
    SELECT CAST(lpad(to_hex(n), 32, '0') AS uuid), CAST(lpad(to_hex(1 + n % 2500), 32, '0') AS uuid),
           CAST(lpad(to_hex(n), 32, '0') AS uuid), CAST(lpad(to_hex(1 + n % 300), 32, '0') AS uuid),
           CAST(lpad(to_hex(n % 600), 32, '0') AS uuid), CAST(lpad(to_hex(n % 600), 32, '0') AS uuid),
           'AAAA-' || lpad((1 + n % 2500)::text, 4, '0'), lpad(n::text, 9, '0'),
           CAST(lpad(to_hex(n % 500), 32, '0') AS uuid), 'bike', 1, '{}',
           CASE WHEN n % 200 = 0 THEN 'failed' WHEN n % 7 = 0 THEN 'activated' ELSE 'confirmed' END, 'child',
           now(), now(), now(), ''
    FROM generate_series(1, 10000) n;
    ANALYZE
"""


def sql_of(query: ReferralQuery) -> str:
    """The one statement of a page, with its values in it."""
    found = page_of(query).compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True})  # type: ignore[no-untyped-call]  # as SQLAlchemy has it
    return str(found).replace("%%", "%")


@pytest.mark.postgres
async def test_page_of_ten_thousand_is_one_query_that_uses_an_index(database_url: str) -> None:
    connection = await asyncpg.connect(driver_dsn(database_url))
    try:
        await connection.execute(TEN_THOUSAND)
        for query, index in PLANS:
            plan = "\n".join(row[0] for row in await connection.fetch(f"EXPLAIN {sql_of(query)}"))
            assert index in plan, plan
            assert "Seq Scan on referrals" not in plan, plan
        first = await connection.fetch(sql_of(ReferralQuery(waits=waits_for(Role.COORDINATOR, JUF))))
    finally:
        await connection.close()
    assert [row["state"] for row in first] == ["failed"] * 50
    assert first[0]["total"] == 10_000
