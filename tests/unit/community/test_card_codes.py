"""The code on a printed card: whoever is shown it sees whose it is, and whether it counts."""

import re
from datetime import timedelta

from services.community.domain.card_code import CODE_LASTS
from services.community.handlers.card_codes import forget_codes
from shared.events.base import Role
from tests.unit.community.test_card_photos import a_picture, photo_of, sends_photo
from tests.unit.community.test_cards import NOOR, OWN, PAGE, a_network, leaves, writes
from tests.unit.community.test_trainings import TODAY
from tests.unit.community.test_trainings import notes as notes_training
from tests.unit.community.world import SITE, Community, an_id


async def prints(community: Community, role: Role = Role.PARTNER) -> str:
    """A card; returns the path behind its code."""
    async with community.visitor(role) as holder:
        page = (await holder.post(f"{OWN}/code")).text
    assert "<svg" in page
    found = re.search(rf"{SITE}({PAGE}/wie/[\w-]+)", page)
    assert found
    return found[1]


async def checked(community: Community, path: str) -> tuple[int, str]:
    async with community.visitor() as organisation:
        reply = await organisation.get(path)
    return reply.status_code, reply.text


async def test_organisation_sees_who_it_is_and_only_what_is_for_everybody() -> None:
    community = await a_network()
    await writes(community, seenByPhone="network", seenByAskMe="public")
    await sends_photo(community, a_picture())
    status, page = await checked(community, await prints(community))
    shown = ("Noor Verzonnen", "De Linde", "partner", "7 september 2027", "Voorlezen met ouders")
    assert (status, [one for one in shown if one not in page]) == (200, [])
    assert [one in page for one in ("010 123 4567", await photo_of(community))] == [False, False]

    await sends_photo(community, a_picture(), "public")
    _, page = await checked(community, await prints(community))
    assert await photo_of(community) in page


async def test_card_that_was_withdrawn_says_so_and_of_nobody() -> None:
    community = await a_network()
    old = await prints(community)
    new = await prints(community)
    async with community.visitor(Role.PARTNER) as noor:
        assert (await noor.post(f"{OWN}/code/weg")).status_code == 303
    for path in (old, new):
        status, page = await checked(community, path)
        assert (status, "telt niet meer" in page, "Noor" in page) == (410, True, False)


async def test_card_counts_no_more_on_the_day_that_its_holder_leaves() -> None:
    community = await a_network()
    path = await prints(community)
    await leaves(community)
    status, page = await checked(community, path)
    assert (status, "Noor" in page) == (410, False)


async def test_code_that_never_was_is_not_found() -> None:
    community = await a_network()
    assert (await checked(community, f"{PAGE}/wie/{'a' * 43}"))[0] == 404
    assert (await checked(community, f"{PAGE}/wie/{NOOR}"))[0] == 404


async def test_training_that_ended_is_told_at_the_door() -> None:
    community = await a_network()
    trusted = await prints(community, Role.TRUSTED_PERSON)
    assert "geen opleiding genoteerd" in (await checked(community, trusted))[1]
    await notes_training(community, TODAY, an_id(Role.TRUSTED_PERSON))
    assert "telt niet meer" not in (await checked(community, trusted))[1]
    community.moves_to(community.now + timedelta(days=1))
    assert "telt niet meer" in (await checked(community, trusted))[1]


async def test_nobody_tries_codes_on_and_on() -> None:
    community = await a_network()
    async with community.visitor() as guesser:
        replies = [await guesser.get(f"{PAGE}/wie/{'b' * 43}") for _ in range(61)]
    assert {one.status_code for one in replies[:60]} == {404}
    assert replies[60].status_code == 429


async def test_code_ends_after_a_year() -> None:
    community = await a_network()
    path = await prints(community)
    community.moves_to(community.now + CODE_LASTS + timedelta(hours=1))
    async with community.units.begin() as unit:
        await forget_codes(unit)
    assert (await checked(community, path))[0] in {404, 410}
