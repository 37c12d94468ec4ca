from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.intake.domain.case import Case
from services.intake.domain.errors import UnknownCase
from services.intake.domain.progress import NeedProgress, Progress
from services.intake.handlers.cases import close_case
from services.intake.handlers.inventory import complete_inventory
from services.intake.subscriptions import SUBSCRIPTIONS
from shared.events import directory, matching, monitoring, referral_codes
from shared.events.base import Beneficiary, Event, Horizon, Role, Urgency
from shared.events.intake import NewQuestionRaised
from shared.messaging.subscriptions import by_event
from tests.parts.people import listed
from tests.twins.intake import MemoryIntakeUnit
from tests.twins.unit_of_work import MemoryUnits
from tests.unit.intake.builders import (
    CONTACT,
    NOW,
    PARTNER,
    ROOS,
    SERVICE,
    closing,
    everybody_joins,
    inventory,
    need,
    request,
    said,
    submit_request,
    units_in_memory,
)

HANDLERS = by_event(SUBSCRIPTIONS)

Units = MemoryUnits[MemoryIntakeUnit]
SOME_ID = UUID("00000000-0000-7000-8000-0000000000c1")


async def assessed_case() -> tuple[Units, Case]:
    units = units_in_memory()
    async with units.begin() as unit:
        await everybody_joins(unit)
        case = await submit_request(request(), unit)
        case = await complete_inventory(inventory(case.id, [need("bike")]), unit, ROOS)
    return units, case


async def hears(units: Units, event: Event) -> None:
    async with units.begin() as unit:
        await HANDLERS[type(event)](event, unit)


def referral(case: Case, of: type[Any], **more: Any) -> Any:  # noqa: ANN401 - any fact of matching
    ids = {"referral_id": SOME_ID, "need_id": case.needs[0].need_id, "organisation_id": PARTNER, "service_id": SERVICE}
    ids |= {"contact_id": CONTACT.person_id, "ambassador_id": ROOS.person_id}
    about = {"case_code": case.code, "category": "bike", "beneficiary": Beneficiary.CHILD}
    return of(subject=case.id, occurred_at=NOW + timedelta(hours=1), **ids, **about, **more)


def activated(case: Case) -> matching.PartnerActivated:
    told = {"district": "noord", "urgency": Urgency.SOON, "horizon": Horizon.SHORT, "attempt": 1}
    fact: matching.PartnerActivated = referral(case, matching.PartnerActivated, answer_by=NOW, **told)
    return fact


async def progress_of(units: Units, case: Case) -> NeedProgress:
    async with units.begin() as unit:
        (progress,) = (await unit.timeline.read_progress([case.id]))[case.id]
    return progress


async def test_activated_partner_is_shown_with_its_need() -> None:
    units, case = await assessed_case()
    await hears(units, activated(case))
    progress = await progress_of(units, case)
    assert (progress.progress, progress.organisation_id, progress.service_id) == (Progress.ASKED, PARTNER, SERVICE)


async def test_declining_partner_no_longer_stands_with_the_need() -> None:
    units, case = await assessed_case()
    await hears(units, activated(case))
    await hears(units, referral(case, matching.PartnerDeclined, reason=referral_codes.DeclineReason.NO_CAPACITY))
    progress = await progress_of(units, case)
    assert (progress.progress, progress.organisation_id) == (Progress.SEARCHING, None)


async def test_timeline_tells_what_happened_in_order() -> None:
    units, case = await assessed_case()
    await hears(units, activated(case))
    await hears(units, referral(case, matching.PartnerDeclined, reason=referral_codes.DeclineReason.NO_CAPACITY))
    nobody = matching.NoPartnerFound(
        subject=case.id, occurred_at=NOW + timedelta(hours=3), case_code=case.code, need_id=case.needs[0].need_id,
        category="bike", district="noord", urgency=Urgency.SOON, ambassador_id=ROOS.person_id, asked=1,
    )  # fmt: skip
    await hears(units, nobody)
    async with units.begin() as unit:
        lines = await unit.timeline.list_entries(case.id)
    assert [(line.kind, line.detail) for line in lines] == [
        ("needs-assessed", None),
        ("partner-activated", None),
        ("partner-declined", "no-capacity"),
        ("no-partner-found", None),
    ]
    assert (await progress_of(units, case)).progress is Progress.NOBODY_FOUND


def answered(case: Case, answer: monitoring.FollowUpAnswer) -> monitoring.FollowUpRecorded:
    return monitoring.FollowUpRecorded(
        subject=case.id, occurred_at=NOW, follow_up_id=SOME_ID, number=1, answer=answer, answered_by=ROOS.person_id
    )


async def test_new_question_in_a_follow_up_opens_the_inventory_again() -> None:
    units, case = await assessed_case()
    await hears(units, answered(case, monitoring.FollowUpAnswer.NEW_QUESTION))
    fact = said(units)[-1]
    assert isinstance(fact, NewQuestionRaised)
    assert (fact.subject, fact.raised_by) == (case.id, ROOS.person_id)


async def test_new_question_reopens_a_closed_case() -> None:
    units, case = await assessed_case()
    async with units.begin() as unit:
        await close_case(await closing(case.id, unit), unit, ROOS)
    await hears(units, answered(case, monitoring.FollowUpAnswer.NEW_QUESTION))
    assert isinstance(said(units)[-1], NewQuestionRaised)


@pytest.mark.parametrize("answer", [monitoring.FollowUpAnswer.GOING_WELL, monitoring.FollowUpAnswer.CALL_ME])
async def test_other_answers_leave_the_case_as_it_is(answer: monitoring.FollowUpAnswer) -> None:
    units, case = await assessed_case()
    before = said(units)
    await hears(units, answered(case, answer))
    assert said(units) == before


async def test_new_question_in_an_open_inventory_says_nothing_twice() -> None:
    units, case = await assessed_case()
    for _ in range(2):
        await hears(units, answered(case, monitoring.FollowUpAnswer.NEW_QUESTION))
    assert [type(fact) for fact in said(units)].count(NewQuestionRaised) == 1


async def test_fact_about_an_unknown_case_is_refused() -> None:
    units, case = await assessed_case()
    stranger = activated(case).model_copy(update={"subject": SOME_ID})
    with pytest.raises(UnknownCase):
        await hears(units, stranger)


async def test_names_of_the_network_are_known_and_renewed() -> None:
    units = units_in_memory()
    for name in ("Fietsbank", "Fietsbank Verzonnen"):
        await hears(units, directory.OrganisationListed(subject=PARTNER, occurred_at=NOW, name=name, kind="fund"))
    listed = directory.ServiceListed(
        subject=SERVICE, occurred_at=NOW, organisation_id=PARTNER, name="Een fiets", categories=("bike",), districts=()
    )
    await hears(units, listed)
    async with units.begin() as unit:
        assert await unit.network.read_names([PARTNER, SERVICE, SOME_ID]) == {
            PARTNER: "Fietsbank Verzonnen",
            SERVICE: "Een fiets",
        }


async def test_person_who_left_may_ask_nothing() -> None:
    units = units_in_memory()
    joined = listed(ROOS.person_id, ROOS.organisation_id, Role.AMBASSADOR, at=NOW)
    await hears(units, joined)
    await hears(units, joined.model_copy(update={"active": False}))
    async with units.begin() as unit:
        known = await unit.members.read(ROOS.person_id)
    assert known is not None
    assert known.standing == ()
