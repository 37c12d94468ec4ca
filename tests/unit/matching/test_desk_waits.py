"""The desk waits, or says that there is no help; the need always comes back."""

import re
from datetime import date, timedelta

import pytest

from services.matching.domain.case import NeedState
from services.matching.handlers.cases import (
    erase_case,
    go_on,
    go_on_after_rest,
    propose_partners,
    rest,
    stop_for_closing,
)
from services.matching.handlers.stopping import stop_for_withdrawal
from services.matching.schedule import TIMERS
from shared.events.case_codes import CloseReason, PauseWish
from shared.events.desk_codes import UnavailableReason
from shared.events.intake import CaseClosed, CaseErased, CasePaused, CaseReopened, CaseResumed
from shared.events.matching import (
    HelpRuledOut,
    NoPartnerFound,
    PartnerActivated,
    SearchPostponed,
)
from shared.messaging.timers import TimerLoop
from tests.parts.city import a_city
from tests.unit.matching.city import NOON, assessed, contact, named, need, organisation, service, withdrawn
from tests.unit.matching.desk import NEED, REGIE, a_desk, a_desk_with_nobody, active, ask, seen, sends, state
from tests.unit.matching.site import text_of


async def test_need_that_waits_comes_back_by_itself_on_its_day() -> None:
    site = await a_desk_with_nobody()

    words = await sends(site, "/wachten", until="09-03-2026", reason="family-needs-time")

    assert "Wachten tot 9 maart 2026" in words
    [fact] = site.world.published(SearchPostponed)
    assert (fact.until, fact.postponed_by, fact.category) == (date(2026, 3, 9), REGIE, "bike")
    async with site.world.units.begin() as unit:
        await unit.organisations.save(organisation("rijwielhulp"))
        await unit.people.save(contact("rijwielhulp"))
        await unit.services.save(service("rijwielhulp"))
    fire = TimerLoop(site.world.units, TIMERS).fire_due
    site.world.clock.forward(timedelta(days=6))
    assert (await fire(), await active(site)) == (0, [])
    site.world.clock.forward(timedelta(days=1))
    assert (await fire(), await active(site)) == (1, ["rijwielhulp"])


async def test_example_of_a_day_to_wait_for_is_one_that_may_be_chosen() -> None:
    site = await a_desk_with_nobody()

    asked = text_of(await site.get(f"{NEED}/wachten"))
    wrong = await site.post(f"{NEED}/wachten", until="", reason="other-reason", seen=await seen(site, "/wachten"))

    for page in (asked, text_of(wrong)):
        assert "09-03-2026" in page
        assert "02-03-2026" not in page


@pytest.mark.parametrize("until", ["02-03-2026", "01-03-2026", "02-04-2026", "morgenochtend", ""])
async def test_day_to_wait_for_is_at_most_a_month_ahead(until: str) -> None:
    site = await a_desk_with_nobody()

    sent = await site.post(f"{NEED}/wachten", until=until, reason="other-reason", seen=await seen(site, "/wachten"))

    assert sent.status_code == 400
    assert "Tot welke dag wacht je?" in text_of(sent)
    assert await state(site) is NeedState.UNMET


async def test_no_help_is_said_with_its_reason_and_can_be_looked_for_again() -> None:
    site = await a_desk_with_nobody()

    words = await sends(site, "/geen-hulp", reason="too-expensive")

    assert "Het is te duur." in words
    assert await state(site) is NeedState.UNAVAILABLE
    [fact] = site.world.published(HelpRuledOut)
    assert (fact.reason, fact.said_by, fact.district) == (UnavailableReason.TOO_EXPENSIVE, REGIE, "oost")
    await sends(site, "/opnieuw")
    assert await state(site) is NeedState.UNMET
    assert len(site.world.published(NoPartnerFound)) == 2


@pytest.mark.parametrize("step", ["/wachten", "/geen-hulp"])
async def test_need_that_waited_for_this_one_goes_on(step: str) -> None:
    needs = (need("debt"), need("sport", after=("debt",)), need(after=("sport",)))
    site = await a_desk("fietsbende", needs=needs, categories=("bike", "debt"))
    sport = f"/doorverwijzingen/hulpvraag/{named('need sport')}"
    assert [fact.category for fact in site.world.published(PartnerActivated)] == ["debt"]
    found = re.search(r'name="seen" value="([^"]*)"', (await site.get(f"{sport}{step}")).text)
    assert found

    await site.post(f"{sport}{step}", until="09-03-2026", reason="other-reason", seen=found[1])

    assert [fact.category for fact in site.world.published(PartnerActivated)] == ["debt", "bike"]


CLOSED = CaseClosed(
    subject=named("case"),
    occurred_at=NOON,
    case_code="AC34-DEFG",
    ambassador_id=named("juf"),
    reason=CloseReason.FAMILY_CONTINUES_ALONE,
    closed_by=named("juf"),
)
PAUSED = CasePaused(
    subject=named("case"), occurred_at=NOON, case_code="AC34-DEFG", ambassador_id=named("juf"),
    until=date(2026, 3, 20), wished_by=PauseWish.FAMILY,
)  # fmt: skip


@pytest.mark.parametrize(
    ("ends", "says"),
    [(PAUSED, "Het gezin heeft rust"), (CLOSED, "Dit dossier is afgesloten"), (withdrawn(), "ingetrokken")],
)
async def test_nobody_is_asked_for_a_case_that_rests_or_is_over(ends: object, says: str) -> None:
    site = await a_desk_with_nobody()
    async with site.world.units.begin() as unit:
        if isinstance(ends, CasePaused):
            await rest(ends, unit)
        elif isinstance(ends, CaseClosed):
            await stop_for_closing(ends, unit)
        else:
            await stop_for_withdrawal(withdrawn(), unit)
    asked = len(site.world.published(PartnerActivated))

    async with site.world.units.begin() as unit:
        await unit.organisations.save(organisation("rijwielhulp"))
        await unit.people.save(contact("rijwielhulp"))
        await unit.services.save(service("rijwielhulp"))
    for path in ("/overslaan", "/wachten", "/geen-hulp", "/buiten-de-kaart", ask("rijwielhulp")):
        assert says in text_of(await site.get(f"{NEED}{path}")), path
    assert says in text_of(await site.get(NEED))
    assert len(site.world.published(PartnerActivated)) == asked


async def test_need_that_waited_through_the_familys_rest_is_asked_after_it() -> None:
    site = await a_desk_with_nobody()
    await sends(site, "/wachten", until="09-03-2026", reason="family-needs-time")
    async with site.world.units.begin() as unit:
        await rest(PAUSED, unit)
    site.world.clock.forward(timedelta(days=8))
    await TimerLoop(site.world.units, TIMERS).fire_due()
    assert len(site.world.published(NoPartnerFound)) == 1

    resumed = CaseResumed(subject=named("case"), occurred_at=NOON, case_code="AC34-DEFG", ambassador_id=named("juf"))
    async with site.world.units.begin() as unit:
        await go_on_after_rest(resumed, unit)

    assert len(site.world.published(NoPartnerFound)) == 2


@pytest.mark.parametrize("step", ["/wachten", "/geen-hulp"])
@pytest.mark.parametrize("how", ["reopened", "new inventory"])
async def test_need_that_waits_or_has_no_help_is_sought_again_when_the_case_goes_on(step: str, how: str) -> None:
    site = await a_desk_with_nobody()
    await sends(site, step, until="09-03-2026", reason="other-reason")

    async with site.world.units.begin() as unit:
        if how == "reopened":
            await stop_for_closing(CLOSED, unit)
            reopened = CaseReopened(subject=named("case"), occurred_at=NOON, reopened_by=named("juf"))
            await go_on(reopened, unit)
        else:
            await propose_partners(assessed(), unit)

    assert len(site.world.published(NoPartnerFound)) == 2
    assert await state(site) is NeedState.UNMET


async def test_erased_case_leaves_no_ranking_and_no_choice() -> None:
    site = await a_desk()
    await sends(site, "/overslaan", reason="no-answer")

    async with site.world.units.begin() as unit:
        await erase_case(CaseErased(subject=named("case"), occurred_at=NOON), unit)

    async with site.world.units.begin() as unit:
        assert await unit.history.list_rankings(named("need bike")) == []
        assert await unit.history.list_choices(named("need bike")) == []
    assert (await site.get(NEED)).status_code == 404


async def test_reasons_to_wait_are_about_waiting_and_stand_on_the_timeline() -> None:
    site = await a_desk_with_nobody()
    asked = text_of(await site.get(f"{NEED}/wachten"))
    assert "Er komt plek bij een partner." in asked
    assert "Dit past beter." not in asked
    assert f"De {a_city().ambassador} zoekt iets uit." in asked

    words = await sends(site, "/wachten", until="09-03-2026", reason="ambassador-finds-out")

    assert f"De {a_city().ambassador} zoekt iets uit." in words
    wrong = await site.post(f"{NEED}/wachten", until="10-03-2026", reason="fits-better", seen="")
    assert wrong.status_code == 400
