"""The store keeps what it is given: the same on the twin and on PostgreSQL."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.matching.domain.case import CaseFile, CaseNeed, CaseState, NeedState
from services.matching.domain.disclosure import Alike
from services.matching.domain.errors import PartnerAlreadyActive
from services.matching.domain.partner_question import PartnerQuestion
from services.matching.domain.referral import Referral
from services.matching.domain.referral_state import ReferralState
from services.matching.ports import MatchingUnit
from shared.events.base import AgeBand, Beneficiary, Horizon, Urgency
from shared.events.referral_codes import (
    ColdReason,
    DeclineReason,
    FailureReason,
    HandoverKind,
    Outcome,
    Party,
    RestOfNeed,
    WithdrawReason,
)
from shared.unit_of_work import Units
from tests.unit.matching.city import NOON, named


def a_case() -> CaseFile:
    case = CaseFile(
        named("case"), "AC34-DEFG", named("juf"), named("school"), "oost", AgeBand.CHILD, "ar",
        interpreter_needed=True, excluded=frozenset({named("unwanted")}),
    )  # fmt: skip
    for category in ("bike", "sport"):
        need = CaseNeed(
            named(f"need {category}"), category, Urgency.SOON, Beneficiary.PARENT, Horizon.LONG, (named("need debt"),)
        )
        case.needs[need.id] = need
    return case


def a_referral(name: str = "referral", **changes: object) -> Referral:
    made = Referral(
        id=named(name),
        case_id=named("case"),
        need_id=named("need bike"),
        organisation_id=named("fietsbende"),
        service_id=named("service fietsbende"),
        contact_id=named("contact of fietsbende"),
        case_code="AC34-DEFG",
        ambassador_id=named("juf"),
        category="bike",
        attempt=1,
        reasons=("Werkt in Oost", "Spreekt Arabisch"),
        state=ReferralState.ACTIVATED,
        activated_at=NOON,
        answer_by=NOON + timedelta(days=1),
        clock_since=NOON,
    )
    return replace(made, **changes)  # type: ignore[arg-type] # fields of a referral


async def test_case_comes_back_as_it_was_kept(units: Units[MatchingUnit]) -> None:
    async with units.begin() as unit:
        await unit.cases.save(a_case())

    async with units.begin() as unit:
        assert await unit.cases.get(named("case")) == a_case()
        assert await unit.cases.read(named("case")) == a_case()
        assert await unit.cases.get(named("other")) is None


async def test_cases_that_are_alike_are_counted(units: Units[MatchingUnit]) -> None:
    case = a_case()
    others = (
        {"language": "nl"}, {"organisation_id": named("another school")}, {"district": "noord"},
        {"age_band": AgeBand.TEENAGER}, {"state": CaseState.WITHDRAWN}, {"district": None}, {"state": CaseState.CLOSED},
    )  # fmt: skip
    async with units.begin() as unit:
        await unit.cases.save(case)
        for number, changes in enumerate(others):
            await unit.cases.save(replace(case, id=named(f"other {number}"), needs={}, **changes))  # type: ignore[arg-type] # fields of a case
        assert await unit.cases.count_alike(case) == Alike(school=3, language=3, both=2)
        assert await unit.cases.count_alike(replace(case, district=None)) == Alike(school=5, language=5, both=4)


async def test_case_forgets_needs_that_are_gone_when_it_is_kept_again(units: Units[MatchingUnit]) -> None:
    case = a_case()
    async with units.begin() as unit:
        await unit.cases.save(case)
        del case.needs[named("need sport")]
        case.needs[named("need bike")].state = NeedState.MET
        case.state = CaseState.CLOSED
        await unit.cases.save(case)

    async with units.begin() as unit:
        assert await unit.cases.get(named("case")) == case


async def test_referral_comes_back_as_it_was_kept(units: Units[MatchingUnit]) -> None:
    over = a_referral(
        state=ReferralState.CONFIRMED, answered_at=NOON + timedelta(hours=1), first_contact_on=date(2026, 3, 3),
        decline_reason=DeclineReason.OTHER, outcome=Outcome.PARTLY, rest=RestOfNeed.ENOUGH_FOR_NOW,
        handed_over_on=date(2026, 3, 3),
        started_on=date(2026, 3, 4), delivered_on=date(2026, 3, 5), beneficiary=Beneficiary.HOUSEHOLD,
        deputy_id=named("deputy"), answered_by=named("somebody"), from_day=date(2026, 3, 9), explanation="Even vol.",
        redirected_to=named("service rijwielhulp"), withdraw_reason=WithdrawReason.REPLACED,
        planned_on=date(2026, 3, 3), planned_at=NOON, met_on=date(2026, 3, 3), met_said_by=Party.PARTNER,
        handover_kind=HandoverKind.COLD, cold_reason=ColdReason.ONLY_GOODS, failure_reason=FailureReason.RULES,
    )  # fmt: skip
    async with units.begin() as unit:
        await unit.referrals.save(over)

    async with units.begin() as unit:
        assert await unit.referrals.read(over.id) == over
        assert await unit.referrals.list_of_case(named("case")) == [over]
        assert await unit.referrals.list_of_need(named("need bike")) == [over]
        assert await unit.referrals.read(named("other")) is None


def a_question() -> PartnerQuestion:
    return PartnerQuestion(
        named("question"), named("case"), named("referral"), named("somebody"), NOON, "Welke maat is nodig?"
    )


async def test_question_comes_back_with_its_answer(units: Units[MatchingUnit]) -> None:
    async with units.begin() as unit:
        await unit.referrals.save_question(a_question())
        assert await unit.referrals.list_questions(named("referral")) == [a_question()]
        answered = replace(a_question(), answer="24 inch", answered_by=named("juf"), answered_at=NOON)
        await unit.referrals.save_question(answered)

    async with units.begin() as unit:
        assert await unit.referrals.list_questions(named("referral")) == [answered]
        assert await unit.referrals.list_questions(named("other")) == []


async def test_handovers_are_counted_by_their_kind(units: Units[MatchingUnit]) -> None:
    async with units.begin() as unit:
        for number, kind in enumerate((HandoverKind.WARM, HandoverKind.WARM, HandoverKind.COLD, None)):
            await unit.referrals.save(a_referral(str(number), need_id=named(f"need {number}"), handover_kind=kind))
        assert dict(await unit.referrals.count_handovers()) == {HandoverKind.WARM: 2, HandoverKind.COLD: 1}


async def test_need_cannot_have_two_active_referrals(units: Units[MatchingUnit]) -> None:
    async with units.begin() as unit:
        await unit.referrals.save(a_referral())

    with pytest.raises(PartnerAlreadyActive):
        async with units.begin() as unit:
            await unit.referrals.save(a_referral("second", state=ReferralState.IN_PROGRESS))

    async with units.begin() as unit:
        assert [referral.id for referral in await unit.referrals.list_of_need(named("need bike"))] == [
            named("referral")
        ]


async def test_need_can_have_a_new_referral_after_one_that_is_over(units: Units[MatchingUnit]) -> None:
    async with units.begin() as unit:
        await unit.referrals.save(a_referral(state=ReferralState.DECLINED))
        await unit.referrals.save(a_referral("second"))
        assert len(await unit.referrals.list_of_need(named("need bike"))) == 2


async def test_load_counts_referrals_that_take_a_place_only(units: Units[MatchingUnit]) -> None:
    async with units.begin() as unit:
        await unit.referrals.save(a_referral("a", need_id=named("1")))
        await unit.referrals.save(a_referral("b", need_id=named("2"), state=ReferralState.DELIVERED))
        await unit.referrals.save(a_referral("c", need_id=named("3"), state=ReferralState.EXPIRED))
        await unit.referrals.save(a_referral("d", need_id=named("4"), state=ReferralState.IN_PROGRESS))

    async with units.begin() as unit:
        wanted = [named("service fietsbende"), named("service rijwielhulp")]
        assert dict(await unit.referrals.count_open(wanted)) == {named("service fietsbende"): 2}
        assert dict(await unit.referrals.count_open([])) == {}


async def test_forgotten_words_leave_the_referral(units: Units[MatchingUnit]) -> None:
    async with units.begin() as unit:
        await unit.cases.save(a_case())
        await unit.referrals.save(replace(a_referral(), explanation="Onze fietsenmaker is ziek."))
        await unit.referrals.save_question(a_question())

    async with units.begin() as unit:
        await unit.referrals.forget_words([named("referral")])

    async with units.begin() as unit:
        assert await unit.referrals.list_of_case(named("case")) == [replace(a_referral(), explanation="")]
        assert await unit.referrals.list_questions(named("referral")) == []


async def test_forgotten_case_leaves_no_referral_and_no_question(units: Units[MatchingUnit]) -> None:
    async with units.begin() as unit:
        await unit.cases.save(a_case())
        await unit.referrals.save(a_referral())
        await unit.referrals.save_question(a_question())

    async with units.begin() as unit:
        await unit.referrals.forget_case(named("case"))

    async with units.begin() as unit:
        assert await unit.referrals.list_of_case(named("case")) == []
        assert await unit.referrals.list_questions(named("referral")) == []
