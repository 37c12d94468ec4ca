"""A button pressed twice does its work once; whoever saw an older point is told so, and an unknown one is not there."""

import re
from uuid import uuid4

import pytest

from shared.events.base import Event, Role
from shared.events.desk_codes import Resolution
from shared.events.intake import CaseErased
from tests.unit.monitoring.app import visitor
from tests.unit.monitoring.builders import (
    CASE,
    COORDINATOR,
    TUESDAY,
    needs_assessed,
    no_partner_found,
    request_received,
)
from tests.unit.monitoring.desk import COLLEAGUE, at_the_desk, path_of, the_point
from tests.unit.monitoring.twin import Monitoring

ANSWER = {"version": "1", "resolution": "called-ambassador"}
WAIT = {"version": "1", "until": "15-09-2026", "reason": "appointment-made"}
WORDS = "Woensdag teruggebeld, ze zoeken het uit."


async def press(monitoring: Monitoring, path: str, data: dict[str, str], by: object = COORDINATOR) -> tuple[int, str]:
    """The button, and the page that its reader then sees."""
    async with visitor(monitoring, Role.COORDINATOR, by) as browser:  # type: ignore[arg-type]  # an id
        page = await browser.post(path, data=data)
        status = page.status_code
        if status == 303:
            page = await browser.get(page.headers["location"])
    return status, page.text


@pytest.mark.parametrize(
    ("step", "data", "told"),
    [
        ("", ANSWER, "EscalationResolved"),
        ("/pakken", {"version": "1"}, "PointAssigned"),
        ("/overdragen", {"version": "1", "to": str(COLLEAGUE)}, "PointAssigned"),
        ("/wachten", WAIT, "PointPostponed"),
    ],
)
async def test_button_that_is_pressed_twice_does_it_once_and_says_twice_that_it_is_done(
    step: str, data: dict[str, str], told: str
) -> None:
    monitoring = await at_the_desk(request_received())
    path = f"{await path_of(monitoring)}{step}"
    replies = [await press(monitoring, path, data) for _ in range(2)]

    assert [(status, "Gelukt" in page) for status, page in replies] == [(303, True), (303, True)]
    assert monitoring.published_names() == [told]


async def test_point_that_is_given_back_twice_is_given_back_once() -> None:
    monitoring = await at_the_desk()
    path = await path_of(monitoring)
    await press(monitoring, f"{path}/pakken", {"version": "1"})
    replies = [await press(monitoring, f"{path}/teruggeven", {"version": "2"}) for _ in range(2)]

    assert [status for status, _ in replies] == [303, 303]
    assert monitoring.published_names() == ["PointAssigned"] * 2


@pytest.mark.parametrize(("step", "more"), [("overdragen", {"to": str(COLLEAGUE)}), ("teruggeven", {})])
async def test_who_saw_an_older_point_neither_hands_it_over_nor_gives_it_back(step: str, more: dict[str, str]) -> None:
    monitoring = await at_the_desk(request_received(), needs_assessed(), no_partner_found())
    path = await path_of(monitoring)
    await press(monitoring, f"{path}/pakken", {"version": "1"})
    # In another tab it waits since.
    await press(monitoring, f"{path}/wachten", WAIT | {"version": "2"})
    monitoring.published()
    status, page = await press(monitoring, f"{path}/{step}", {"version": "2", **more})

    assert (status, "Dit punt is net veranderd" in page) == (409, True)
    assert (await the_point(monitoring)).owner_id == COORDINATOR
    assert monitoring.published() == []
    assert (await press(monitoring, f"{path}/{step}", {"version": "3", **more}))[0] == 303


@pytest.mark.parametrize(
    ("step", "data"),
    [
        ("", ANSWER | {"resolution": "no-longer-needed"}),
        ("/pakken", {"version": "1"}),
        ("/overdragen", {"version": "1", "to": str(COLLEAGUE)}),
        ("/teruggeven", {"version": "1"}),
        ("/wachten", WAIT),
    ],
)
async def test_who_comes_too_late_for_a_point_reads_at_the_case_that_it_is_off_the_list(
    step: str, data: dict[str, str]
) -> None:
    monitoring = await at_the_desk()
    path = await path_of(monitoring)
    await press(monitoring, path, ANSWER, COLLEAGUE)
    monitoring.published()
    status, page = await press(monitoring, f"{path}{step}", data)

    assert (status, "Dit punt was al van de lijst" in page, "Gelukt" in page) == (303, True, False)
    assert monitoring.published() == []
    (closed,) = (await monitoring.watch()).escalations
    assert (closed.resolved_by, closed.resolution) == (COLLEAGUE, Resolution.CALLED_AMBASSADOR)
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        assert (await browser.get(path)).headers["location"] == f"/bord/{CASE}?gedaan=al-weg"


@pytest.mark.parametrize("gone", [None, CaseErased(subject=CASE, occurred_at=TUESDAY)])
async def test_point_that_there_never_was_is_not_found(gone: Event | None) -> None:
    monitoring = await at_the_desk()
    if gone:
        await monitoring.consumes(gone)
    path = f"/bord/{CASE}/punten/{uuid4()}"
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        replies = [await browser.get(path)] + [
            await browser.post(f"{path}{step}", data=data)
            for step, data in (
                ("", ANSWER), ("/pakken", {"version": "1"}), ("/wachten", WAIT), ("/teruggeven", {"version": "1"}),
                ("/overdragen", {"version": "1", "to": str(COLLEAGUE)}),
            )
        ]  # fmt: skip
    assert {reply.status_code for reply in replies} == {404}


async def test_note_that_is_sent_twice_is_kept_once_and_other_words_are_another_note() -> None:
    monitoring = await at_the_desk()
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        page = await browser.get(f"/bord/{CASE}")
        found = re.search(r'name="note_id" value="([0-9a-f-]{36})"', page.text)
        assert found is not None
        same = {"note_id": found[1], "words": WORDS}
        for data in (same, same, same | {"words": "Donderdag weer."}):
            assert (await browser.post(f"/bord/{CASE}/notities", data=data)).status_code == 303
        again = await browser.post(f"/bord/{CASE}/notities", data={"words": "", "note_id": found[1]})
    assert f'name="note_id" value="{found[1]}"' in again.text
    kept = [one.words for one in monitoring.units.tables.table("notes").values()]
    assert sorted(kept) == ["Donderdag weer.", WORDS]
