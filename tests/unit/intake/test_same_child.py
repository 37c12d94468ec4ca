"""Two requests for one child: both ambassadors hear that, nobody hears who, and the family decides on both sides."""

from datetime import date, timedelta

import pytest

from services.intake.domain.dossier import Fact
from services.intake.domain.rules import Viewer
from services.intake.handlers.birth import tell_birth
from shared.events.same_child import PlansJoined, PlansParted, SameChildDismissed, SameChildSuspected
from tests.unit.intake.builders import COLLEAGUE, ROOS, STRANGER, said
from tests.unit.intake.twice import Twice

QUESTION = "Misschien helpt een collega hetzelfde kind"
JOINED = "Er is nog een aanvraag voor dit kind"


@pytest.fixture
async def twice() -> Twice:
    return await Twice().asked()


async def test_both_are_told_once_in_the_same_words_and_by_nothing_else(twice: Twice) -> None:
    for _ in range(3):
        await twice.looks()

    assert twice.told() == [twice.first, twice.second]
    told = [event for event in said(twice.units) if isinstance(event, SameChildSuspected)]
    assert set(SameChildSuspected.model_fields) == {"subject", "occurred_at", "case_code", "ambassador_id"}
    assert {event.ambassador_id for event in told} == {ROOS.person_id, STRANGER.person_id}
    for viewer, case_id in ((ROOS, twice.first), (STRANGER, twice.second)):
        page = (await twice.pages.shows(viewer, f"/aanvragen/{case_id}")).text
        assert QUESTION in page
        assert await twice.path(viewer, case_id)


async def test_nobody_learns_anything_from_sending_a_request_or_before_intake_looked(twice: Twice) -> None:
    assert twice.told() == []
    assert await twice.path(STRANGER, twice.second) is None


@pytest.mark.parametrize(
    "facts",
    [
        {Fact.FIRST_NAME: "ZONNETJE", Fact.LAST_NAME: "Verzonnen"},
        {Fact.FIRST_NAME: "Zónnetje", Fact.LAST_NAME: "van der Verzonnen"},
        {Fact.FIRST_NAME: "Zonnetje", Fact.LAST_NAME: " Ver-zonnen"},
    ],
)
async def test_spelling_that_differs_by_accents_case_and_small_words_is_the_same_child(facts: dict[Fact, str]) -> None:
    twice = await Twice().asked(facts)
    await twice.looks()
    assert len(twice.told()) == 2


@pytest.mark.parametrize("facts", [{Fact.FIRST_NAME: "Sonnetje"}, {Fact.LAST_NAME: "Verzonne"}])
async def test_name_that_is_spelled_otherwise_is_another_child(facts: dict[Fact, str]) -> None:
    twice = await Twice().asked(facts)
    await twice.looks()
    assert twice.told() == []


async def test_child_of_another_district_is_another_child() -> None:
    twice = await Twice().asked(district="oost")
    await twice.looks()
    assert twice.told() == []


@pytest.mark.parametrize("viewer", [COLLEAGUE, STRANGER])
async def test_who_may_not_know_the_family_is_not_told_and_cannot_decide(twice: Twice, viewer: Viewer) -> None:
    await twice.looks()
    assert await twice.path(viewer, twice.first) is None
    assert (await twice.decides(viewer, twice.first, "together")).status_code in {403, 404}
    assert not any(pair.older_agreed_by for pair in twice.pairs())


async def test_pair_of_others_is_no_pair_of_this_case(twice: Twice) -> None:
    await twice.looks()
    mine = await twice.asks({Fact.FIRST_NAME: "Iemand"}, by=ROOS)
    assert (await twice.decides(ROOS, mine, "together")).status_code == 404


async def test_one_yes_joins_nothing_and_tells_the_other_nothing(twice: Twice) -> None:
    await twice.looks()
    before = (await twice.pages.shows(STRANGER, f"/aanvragen/{twice.second}")).text
    reply = await twice.decides(ROOS, twice.first, "together")
    assert "Wij wachten op de andere kant" in await twice.pages.follows(ROOS, reply)

    assert twice.told(PlansJoined) == []
    after = (await twice.pages.shows(STRANGER, f"/aanvragen/{twice.second}")).text
    assert QUESTION in after
    assert "Wij wachten" not in after
    assert len(before) == len(after)


async def test_two_times_yes_is_one_plan_in_which_both_see_whom_to_call(twice: Twice) -> None:
    await twice.joined()
    assert twice.told(PlansJoined) == [twice.first, twice.second]
    path = await twice.path(ROOS, twice.first)
    assert path
    page = (await twice.pages.shows(ROOS, path)).text
    other = await twice.case(twice.second)
    for expected in (other.code, "Saar Verzonnen", "De Andere School", "Haal uit elkaar"):
        assert expected in page
    for hidden in ("Ster Bedacht", "98765432", "Bedachtelaan", "oma op de bank"):
        assert hidden not in page


async def test_button_that_is_pressed_twice_changes_nothing(twice: Twice) -> None:
    await twice.joined()
    assert (await twice.decides(ROOS, twice.first, "together")).status_code == 303
    assert len(twice.told(PlansJoined)) == 2


@pytest.mark.parametrize("first_says_yes", [True, False])
async def test_one_no_keeps_them_apart_for_good_and_only_who_waits_is_told(twice: Twice, first_says_yes: bool) -> None:  # noqa: FBT001
    await twice.looks()
    if first_says_yes:
        await twice.decides(ROOS, twice.first, "together")
    assert (await twice.decides(STRANGER, twice.second, "apart")).status_code == 303
    assert (await twice.decides(STRANGER, twice.second, "apart")).status_code == 303

    kept = [event for event in said(twice.units) if isinstance(event, SameChildDismissed)]
    assert [(event.subject, event.awaited) for event in kept] == [
        (twice.first, first_says_yes), (twice.second, False),
    ]  # fmt: skip
    await twice.looks()
    assert len(twice.told()) == 2
    assert await twice.path(ROOS, twice.first) is None
    assert (await twice.decides(ROOS, twice.first, "together")).status_code == 404


async def test_without_an_answer_of_both_in_thirty_days_they_stay_apart(twice: Twice) -> None:
    await twice.looks()
    await twice.decides(ROOS, twice.first, "together")
    twice.clock.forward(timedelta(days=29))
    await twice.looks()
    assert twice.told(SameChildDismissed) == []
    twice.clock.forward(timedelta(days=2))
    await twice.looks()
    assert twice.told(SameChildDismissed) == [twice.first, twice.second]


async def test_answer_without_a_choice_asks_for_one(twice: Twice) -> None:
    await twice.looks()
    reply = await twice.decides(ROOS, twice.first, "")
    assert reply.status_code == 400
    assert "Wat wil het gezin?" in reply.text


@pytest.mark.parametrize("who", [ROOS, STRANGER])
async def test_either_ambassador_undoes_it_within_thirty_days(twice: Twice, who: Viewer) -> None:
    await twice.joined()
    twice.clock.forward(timedelta(days=29))
    assert (await twice.parts(who, twice.first if who is ROOS else twice.second)).status_code == 303

    assert twice.told(PlansParted) == [twice.first, twice.second]
    await twice.looks()
    assert len(twice.told()) == 2
    assert await twice.path(ROOS, twice.first) is None


async def test_after_thirty_days_it_stays_and_the_page_names_the_desk(twice: Twice) -> None:
    await twice.joined()
    twice.clock.forward(timedelta(days=31))
    path = await twice.path(ROOS, twice.first)
    assert path
    page = (await twice.pages.shows(ROOS, path)).text
    assert "Haal uit elkaar" not in page
    desk = twice.pages.app.state.dependencies.city.desk
    assert f"Bel {desk.in_sentence}" in page
    refused = await twice.parts(ROOS, twice.first)
    assert refused.status_code == 409
    assert desk.in_sentence in refused.text


async def test_own_request_of_before_is_named_to_the_ambassador_of_both() -> None:
    twice = await Twice().asked()
    mine = await twice.asks(by=ROOS)
    await twice.looks()
    (pair,) = [pair for pair in twice.pairs() if {pair.older, pair.younger} == {twice.first, mine}]
    page = (await twice.pages.shows(ROOS, f"/aanvragen/{mine}/zelfde-kind/{pair.id}")).text
    assert (await twice.case(twice.first)).code in page
    assert "Iemand anders" not in page
    # Of these two no mail says that it is somebody else.
    assert twice.told().count(mine) == twice.told().count(twice.first) == 1


async def test_sibling_and_a_case_that_ended_are_no_match(twice: Twice) -> None:
    household = (await twice.case(twice.first)).opening.household_id
    await twice.pages.closes(ROOS)
    await twice.asks(household_id=household)
    await twice.looks()
    assert {twice.first} & set(twice.told()) == set()


async def test_child_that_is_expected_is_found_by_month_and_family_name_and_once_born_by_its_own() -> None:
    twice = await Twice().asked({Fact.FIRST_NAME: "Ander"})
    expected = {"birth_date": None, "expected_month": "2026-03"}
    ids = [await twice.expects(by, **expected) for by in (ROOS, STRANGER)]
    await twice.looks()
    assert twice.told() == ids

    third = await twice.expects(ROOS, **expected)
    async with twice.units.begin() as unit:
        await tell_birth(third, "Komeet", date(2026, 3, 8), unit, ROOS)
    fourth = await twice.asks({Fact.FIRST_NAME: "komeet"}, birth_date=date(2026, 3, 8))
    await twice.looks()
    assert twice.told()[2:] == [third, fourth]


async def test_nothing_but_the_vault_and_the_mark_knows_the_name(twice: Twice) -> None:
    await twice.joined()
    stored = str({name: rows for name, rows in twice.units.tables.tables.items() if name != "vault"})
    for fact in ("onnetje", "onnetjeverzonnen", "2024-09-01", "Bedachtelaan"):
        assert fact not in stored
    lines = [line.entry for line in twice.units.tables.table("audit_lines").values()]
    decided = [line for line in lines if line.purpose == "same-child" and line.fields]
    assert [(line.about_id, line.fields) for line in decided] == [
        (twice.first, ("together",)), (twice.second, ("together",)),
    ]  # fmt: skip
