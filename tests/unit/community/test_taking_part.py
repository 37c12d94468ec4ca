"""What whoever comes tells, changes behind the mailed link, and lets others read; and what they need."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.community.domain.seat import FORGOTTEN_AFTER
from services.community.domain.sign_up import AccessNeed, Food, Needs, SeenBy, SignUp
from services.community.handlers.around import forget_who_came
from services.community.handlers.seats import cancel_seat, confirm_seat
from shared.events.base import Role
from tests.twins.community_seats import InMemorySignUps
from tests.unit.community.seats import confirmed, requested, who
from tests.unit.community.test_sign_up import link
from tests.unit.community.world import EVENING, Community, announced

ALL_NEEDS = {
    "access": ["room-for-wheels", "assistance-dog"], "other": "Een stoel met leuningen", "interpreter": "ar",
    "diet": ["halal", "no-nuts"], "childcare": "2",
}  # fmt: skip


async def comes(community: Community, gathering_id: UUID, name: str, **told: Any) -> UUID:  # noqa: ANN401 - a fact
    seat_id = await requested(community.units, gathering_id, replace(who(name), **told))
    async with community.units.begin() as unit:
        await confirm_seat(seat_id, unit)
    return seat_id


async def needs_page(community: Community, gathering_id: UUID) -> str:
    async with community.visitor(Role.COORDINATOR) as desk:
        await desk.post(f"/bijeenkomsten/{gathering_id}/nodig")
        return (await desk.get(f"/bijeenkomsten/{gathering_id}/nodig")).text


async def posted(community: Community, path: str, form: dict[str, Any]) -> httpx.Response:
    async with community.visitor() as browser:
        return await browser.post(path, data=form)


async def test_what_was_told_is_changed_behind_the_mailed_link() -> None:
    community = Community()
    gathering_id = await announced(community.units, replace(EVENING, has_childcare=True))
    (seat_id,) = await confirmed(community.units, gathering_id, "Anna")
    mailed = await link(community, seat_id, "place")

    reply = await posted(community, f"{mailed}/wijzigen", {"name": "Anna Anders", "topic": "De zomer", **ALL_NEEDS})

    assert reply.headers["location"].endswith(mailed)
    async with community.visitor() as browser:
        form = (await browser.get(f"{mailed}/wijzigen")).text
    assert 'value="Anna Anders"' in form
    assert form.count(" checked") == 6
    needs = await needs_page(community, gathering_id)
    for words in ("rolstoel", "hulphond", "leuningen", "Arabisch", "Halal", "Geen noten", "opvang"):
        assert words in needs
    async with community.units.begin() as unit:
        told = await unit.sign_ups.open(seat_id)
        assert told is not None
        assert told.email == "anna@school.example"


async def test_childcare_is_asked_where_there_is_any_and_only_as_a_number() -> None:
    community = Community()
    with_care = await announced(community.units, replace(EVENING, has_childcare=True))
    without = await announced(community.units)
    async with community.visitor() as browser:
        pages = [(await browser.get(f"/bijeenkomsten/{one}/aanmelden")).text for one in (with_care, without)]
        path = f"/bijeenkomsten/{with_care}/aanmelden"
        reply = await browser.post(path, data={"name": "Anna", "email": "a@b.example", "childcare": "Sem de Boer"})

    assert ["in de opvang" in page for page in pages] == [True, False]
    assert reply.status_code == 400
    assert "Sem de Boer" not in str(community.units.tables.tables)


async def test_who_is_no_longer_signed_up_changes_nothing() -> None:
    community = Community()
    (seat_id,) = await confirmed(community.units, await announced(community.units), "Anna")
    mailed = await link(community, seat_id, "place")
    async with community.units.begin() as unit:
        await cancel_seat(seat_id, unit)

    async with community.visitor() as browser:
        assert (await browser.get(f"{mailed}/wijzigen")).status_code == 409
    assert (await posted(community, f"{mailed}/wijzigen", {"name": "Anna"})).status_code == 409


async def test_list_shows_only_who_consented_to_the_audience_that_they_chose() -> None:
    community = Community()
    gathering_id = await announced(community.units)
    await comes(community, gathering_id, "Stil", seen_by=SeenBy.NOBODY)
    await comes(community, gathering_id, "Samen", seen_by=SeenBy.PARTICIPANTS)
    reader = await comes(community, gathering_id, "Open", seen_by=SeenBy.NETWORK)
    unconfirmed = await requested(community.units, gathering_id, replace(who("Later"), seen_by=SeenBy.NETWORK))
    links = [await link(community, reader, "place"), await link(community, unconfirmed, "confirm")]
    page = f"/bijeenkomsten/{gathering_id}"
    async with community.visitor() as visitor, community.visitor(Role.PARTNER) as partner:
        shown = [(await visitor.get(links[0])).text, (await visitor.get(links[1])).text]
        shown += [(await partner.get(page)).text, (await visitor.get(page)).text]

    seen = [{name for name in ("Stil", "Samen", "Open", "Later") if f"<li>{name}" in one} for one in shown]
    assert seen == [{"Samen", "Open"}, set(), {"Open"}, set()]


async def test_desk_reads_needs_as_counts_and_what_may_clash() -> None:
    community = Community()
    gathering_id = await announced(community.units)
    dog = Needs(access=frozenset({AccessNeed.ASSISTANCE_DOG}), diet=frozenset({Food.HALAL}))
    for name, needs in (
        ("Anna", dog),
        ("Bram", Needs(access=frozenset({AccessNeed.NO_ANIMALS}), interpreter="sign-language")),
        ("Cas", Needs(access=frozenset({AccessNeed.ASSISTANCE_DOG}), other="Geheim")),
        ("Dina", Needs()),
        ("Esma", Needs(diet=frozenset({Food.HALAL}))),
        ("Floor", Needs(childcare=1)),
    ):
        await comes(community, gathering_id, name, needs=needs)
    async with community.visitor(Role.COORDINATOR) as desk:
        people = (await desk.get(f"/bijeenkomsten/{gathering_id}/deelnemers")).text

    assert "5 van hen" in people
    assert "Mijn hulphond komt mee: 2. Geen dieren in de zaal: 1." in people
    assert "Tolk: gebarentaal" in people
    assert "Geheim" not in people


async def test_counts_of_a_few_people_are_for_who_answers_for_access_only() -> None:
    community = Community()
    gathering_id = await announced(community.units)
    page = f"/bijeenkomsten/{gathering_id}/deelnemers"
    needs = (AccessNeed.ASSISTANCE_DOG, AccessNeed.NO_ANIMALS, AccessNeed.CALM, AccessNeed.CALM)
    async with community.visitor(Role.COORDINATOR) as desk:
        assert "Nog niemand heeft iets nodig" in (await desk.get(page)).text
        for number, need in enumerate(needs):
            await comes(community, gathering_id, f"Gast {number}", needs=Needs(access=frozenset({need})))
        before = (await desk.get(page)).text
        await desk.post(f"/bijeenkomsten/{gathering_id}/nodig")
        after = (await desk.get(page)).text

    words = ("4 van hen", "hulphond", "Dit kan botsen", "Er zijn mensen die iets nodig hebben")
    assert [one in before for one in words] == [False, False, False, True]
    assert [one in after for one in words] == [True, True, True, False]


@pytest.mark.parametrize(("late", "there"), [(timedelta(0), True), (timedelta(minutes=1), False)])
async def test_needs_are_gone_after_28_days(late: timedelta, there: bool) -> None:  # noqa: FBT001 - a parameter
    community = Community()
    gathering_id = await announced(community.units)
    await comes(community, gathering_id, "Anna", needs=Needs(other="Een lift"))
    community.moves_to(EVENING.ends_at + FORGOTTEN_AFTER + late)
    async with community.units.begin() as unit:
        await forget_who_came(unit)

    assert timedelta(days=28) == FORGOTTEN_AFTER
    assert ("Een lift" in await needs_page(community, gathering_id)) is there


@pytest.mark.parametrize("path", ["", "/deurlijst"])
async def test_page_opens_only_what_it_shows_and_that_once(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    community = Community()
    gathering_id = await announced(community.units, replace(EVENING, capacity=1))
    coming, _ = [await comes(community, gathering_id, name, seen_by=SeenBy.NETWORK) for name in ("Open", "Wacht")]
    opened: list[list[UUID]] = []
    open_each = InMemorySignUps.open_each

    async def watched(sign_ups: InMemorySignUps, seat_ids: Collection[UUID]) -> dict[UUID, SignUp]:
        opened.append(list(seat_ids))
        return await open_each(sign_ups, seat_ids)

    monkeypatch.setattr(InMemorySignUps, "open_each", watched)
    async with community.visitor(Role.COORDINATOR) as desk:
        shown = (await desk.get(f"/bijeenkomsten/{gathering_id}{path}")).text

    assert ["Open" in shown, "Wacht" in shown, opened] == [True, False, [[coming]]]
