"""A child that becomes 12 or 16 while its case runs: nobody new is asked before who must consent now has done so."""

from datetime import date, timedelta

import pytest

from services.intake.commands import CloseCase, ConsentTold
from services.intake.domain.case import Case
from services.intake.domain.consent_errors import ConsentOutgrown
from services.intake.handlers.cases import close_case, raise_urgent, reopen_case
from services.intake.handlers.consent import renew_consent
from services.intake.handlers.inventory import complete_inventory
from services.intake.handlers.outgrown import look_who_grew
from services.intake.schedule import JOBS
from shared.events import intake
from shared.events.base import ConsentGiver, Urgency
from shared.events.case_codes import CloseReason, NeedResult
from shared.events.intake import CaseReopened, ClosedNeed, NeedsAssessed, UrgentNeedRaised
from tests.twins.clock import HeldClock
from tests.unit.intake.app import app_on, give_key, person_of, school_of
from tests.unit.intake.builders import (
    NOW,
    ROOS,
    Units,
    everybody_joins,
    inventory,
    need,
    request,
    said,
    submit_request,
    units_in_memory,
)
from tests.unit.intake.pages import Pages

TODAY = date(2026, 3, 10)
GROWN: pytest.MarkDecorator = pytest.mark.parametrize(
    ("birthday", "before", "now"),
    [
        (date(2014, 3, 20), ConsentGiver.GUARDIAN, ConsentGiver.GUARDIAN_AND_CHILD),
        (date(2010, 3, 20), ConsentGiver.GUARDIAN_AND_CHILD, ConsentGiver.YOUNG_PERSON),
    ],
    ids=["becomes 12", "becomes 16"],
)


async def received(birthday: date, giver: ConsentGiver, clock: HeldClock) -> tuple[Units, Case]:
    """A request of ten days before the birthday."""
    units = units_in_memory(clock=clock)
    async with units.begin() as unit:
        await everybody_joins(unit)
        wanted = request(birth_date=birthday, consent_given_by=giver, needs=(need("food", urgency=Urgency.TODAY),))
        return units, await submit_request(wanted, unit)


def told_anew(giver: ConsentGiver) -> ConsentTold:
    return ConsentTold(giver, date(2026, 3, 20), "2026-1")


@GROWN
async def test_inventory_waits_for_who_must_consent_now(
    birthday: date, before: ConsentGiver, now: ConsentGiver
) -> None:
    clock = HeldClock(NOW)
    units, case = await received(birthday, before, clock)
    clock.forward(timedelta(days=9))
    async with units.begin() as unit:
        await complete_inventory(inventory(case.id, [need("sport")]), unit, ROOS)
    clock.forward(timedelta(days=1))
    with pytest.raises(ConsentOutgrown):
        async with units.begin() as unit:
            await complete_inventory(inventory(case.id, [need("bike")]), unit, ROOS)
    assert len([fact for fact in said(units) if isinstance(fact, NeedsAssessed)]) == 1

    async with units.begin() as unit:
        await renew_consent(case.id, told_anew(now), unit, ROOS)
    async with units.begin() as unit:
        await complete_inventory(inventory(case.id, [need("bike")]), unit, ROOS)
    assert len([fact for fact in said(units) if isinstance(fact, NeedsAssessed)]) == 2


@GROWN
async def test_nothing_urgent_is_asked_before_who_must_consent_now(
    birthday: date, before: ConsentGiver, now: ConsentGiver
) -> None:
    clock = HeldClock(NOW)
    units, case = await received(birthday, before, clock)
    clock.forward(timedelta(days=10))
    with pytest.raises(ConsentOutgrown):
        async with units.begin() as unit:
            await raise_urgent(case.id, unit, ROOS)
    assert not [fact for fact in said(units) if isinstance(fact, UrgentNeedRaised)]
    async with units.begin() as unit:
        await renew_consent(case.id, told_anew(now), unit, ROOS)
        await raise_urgent(case.id, unit, ROOS)
    assert [fact for fact in said(units) if isinstance(fact, UrgentNeedRaised)]


@GROWN
async def test_closed_case_opens_again_when_who_must_consent_now_did(
    birthday: date, before: ConsentGiver, now: ConsentGiver
) -> None:
    clock = HeldClock(NOW)
    units, case = await received(birthday, before, clock)
    results = tuple(ClosedNeed(need_id=each.need_id, result=NeedResult.MET) for each in case.needs)
    async with units.begin() as unit:
        await close_case(CloseCase(case.id, CloseReason.MOVED_AWAY, results), unit, ROOS)
    clock.forward(timedelta(days=10))
    with pytest.raises(ConsentOutgrown):
        async with units.begin() as unit:
            await reopen_case(case.id, unit, ROOS)
    assert not [fact for fact in said(units) if isinstance(fact, CaseReopened)]
    async with units.begin() as unit:
        await renew_consent(case.id, told_anew(now), unit, ROOS)
    async with units.begin() as unit:
        await reopen_case(case.id, unit, ROOS)
    assert [fact for fact in said(units) if isinstance(fact, CaseReopened)]


@pytest.fixture
async def grown() -> tuple[Units, Case]:
    clock = HeldClock(NOW)
    units, case = await received(date(2014, 3, 20), ConsentGiver.GUARDIAN, clock)
    clock.forward(timedelta(days=10))
    return units, case


async def test_page_says_who_must_consent_and_keeps_what_was_typed(grown: tuple[Units, Case]) -> None:
    units, case = grown
    pages = Pages(units, case.id)
    assert f'href="{pages.path}/toestemming"' in (await pages.shows(ROOS, pages.path)).text
    typed = {**await pages.needs_as_shown(), "discussedOn": "vandaag", "context": "Kan goed koken."}
    reply = await pages.sends(ROOS, f"{pages.path}/inventarisatie", typed)
    assert (reply.status_code, reply.headers["Location"]) == (303, f"{pages.path}/toestemming")
    assert "ouder of voogd en kind samen" in await pages.follows(ROOS, reply)

    consent = {"consent.givenBy": "guardian-and-child", "consent.givenOn": "vandaag", "consent.textVersion": "2026-1"}
    assert (await pages.sends(ROOS, f"{pages.path}/toestemming", consent)).status_code == 303
    assert f'href="{pages.path}/toestemming"' not in (await pages.shows(ROOS, pages.path)).text
    assert "Kan goed koken." in (await pages.shows(ROOS, f"{pages.path}/inventarisatie")).text
    assert (
        (await pages.sends(ROOS, f"{pages.path}/inventarisatie", typed))
        .headers["Location"]
        .startswith(f"{pages.path}?gelukt=")
    )


async def test_systems_of_schools_are_told_why(grown: tuple[Units, Case]) -> None:
    units, case = grown
    await give_key(units)
    body = {
        "discussedOn": "2026-03-20",
        "needs": [{"category": "bike", "urgency": "soon", "horizon": "short", "beneficiary": "child"}],
    }
    async with school_of(app_on(units)) as school:
        reply = await school.put(f"/v1/requests/{case.id}/inventory", json=body)
    assert (reply.status_code, reply.json()["code"]) == (409, "consent-outgrown")
    async with person_of(app_on(units), ROOS) as roos:
        assert (await roos.post(f"/aanvragen/{case.id}/heropenen")).status_code == 303


def told(units: Units) -> list[tuple[str, ConsentGiver]]:
    return [
        ("outgrown", fact.asked_of) if isinstance(fact, intake.ConsentOutgrown) else ("renewed", fact.given_by)
        for fact in said(units)
        if isinstance(fact, intake.ConsentOutgrown | intake.ConsentRenewed)
    ]


async def look(units: Units) -> None:
    async with units.begin() as unit:
        await look_who_grew(unit)


@GROWN
async def test_consent_that_is_outgrown_is_told_once_on_the_birthday_and_again_when_it_is_renewed(
    birthday: date, before: ConsentGiver, now: ConsentGiver
) -> None:
    clock = HeldClock(NOW)
    units, case = await received(birthday, before, clock)
    clock.forward(timedelta(days=9))
    await look(units)
    assert told(units) == []
    clock.forward(timedelta(days=1))
    await look(units)
    await look(units)
    assert told(units) == [("outgrown", now)]
    async with units.begin() as unit:
        await renew_consent(case.id, told_anew(now), unit, ROOS)
    await look(units)
    assert told(units) == [("outgrown", now), ("renewed", now)]


async def test_nothing_is_told_of_a_case_that_is_closed(grown: tuple[Units, Case]) -> None:
    units, case = grown
    results = tuple(ClosedNeed(need_id=each.need_id, result=NeedResult.MET) for each in case.needs)
    async with units.begin() as unit:
        await close_case(CloseCase(case.id, CloseReason.MOVED_AWAY, results), unit, ROOS)
    await look(units)
    assert told(units) == []


async def test_consent_that_was_wrong_from_the_start_is_renewed_in_silence(grown: tuple[Units, Case]) -> None:
    units, case = grown
    async with units.begin() as unit:
        await renew_consent(case.id, told_anew(ConsentGiver.GUARDIAN_AND_CHILD), unit, ROOS)
    assert told(units) == []


def test_somebody_looks_every_day() -> None:
    assert any(job.handler is look_who_grew and job.pause <= timedelta(days=1) for job in JOBS)


async def test_system_of_a_school_tells_the_new_consent(grown: tuple[Units, Case]) -> None:
    units, case = grown
    await give_key(units)
    await look(units)
    consent = {"givenBy": "guardian-and-child", "givenOn": "2026-03-20", "textVersion": "2026-1", "name": "Noor"}
    path, by_guardian = f"/v1/requests/{case.id}/consent", {**consent, "givenBy": "guardian"}
    async with school_of(app_on(units)) as school:
        wrong = await school.post(path, json={"consent": by_guardian}, headers={"Idempotency-Key": "consent-1"})
        done = await school.post(path, json={"consent": consent}, headers={"Idempotency-Key": "consent-2"})
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (400, "/consent/givenBy")
    assert (done.status_code, "Noor" in done.text) == (200, False)
    assert told(units)[-1] == ("renewed", ConsentGiver.GUARDIAN_AND_CHILD)
