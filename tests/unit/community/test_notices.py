"""What organisations ask and offer each other, through the page: placed, found, replied, together, ended and done."""

from datetime import timedelta
from uuid import UUID

import httpx
import pytest

from services.community.domain.notice import Good, Notice, NoticeState, Side, Wanted
from services.community.handlers.leaving import keep_who_is_there
from services.community.handlers.notices import end_notices, forget_notices, reply_to_notice
from shared.events.base import Role
from shared.events.directory import PersonListed
from shared.events.http import KnownPerson
from shared.events.swap import NoticeEnded, NoticeFact, NoticeReplied, ReplyAccepted, ReplyDeclined
from tests.unit.community.world import SETTINGS, Community, an_id

PAGE = "/gezichten/vraag-en-aanbod"
# Everybody in front of a page works at the desk's organisation.
OWN, OTHER = an_id("desk"), an_id("De Boei")
NOOR, BAS = an_id("Noor"), an_id("Bas")
ROOM = {
    "side": "offer", "good": "room", "about": "Een zaal voor twintig mensen, op dinsdag.", "district": "noord",
    "until": "31-10-2026",
}  # fmt: skip


async def a_network() -> Community:
    community = Community()
    async with community.units.begin() as unit:
        for organisation, name in ((OWN, "De Linde"), (OTHER, "De Boei")):
            await unit.organisations.save(organisation, name, active=True)
    for person, name in ((NOOR, "Noor Verzonnen"), (BAS, "Bas Verzonnen")):
        community.people.people[person] = KnownPerson(person_id=person, name=name, phone="010 123 45 67")
    return community


async def sends(community: Community, path: str = "", **form: str) -> httpx.Response:
    async with community.visitor(Role.PARTNER, NOOR) as browser:
        return await browser.post(PAGE + path, data=form)


async def page(community: Community, query: str = "", role: Role = Role.PARTNER) -> str:
    async with community.visitor(role, NOOR if role is Role.PARTNER else None) as browser:
        return (await browser.get(PAGE + query)).text


async def ours(community: Community) -> Notice:
    async with community.units.begin() as unit:
        return (await unit.notices.list_of(OWN))[0]


async def theirs(community: Community, side: Side = Side.ASK) -> Notice:
    """What another organisation placed."""
    until = SETTINGS.city.day_of(community.now) + timedelta(weeks=4)
    notice = Notice(
        an_id("notice"), OTHER, BAS, community.now, Wanted(side, Good.HANDS, "Helpen bij het opruimen.", None, until)
    )
    async with community.units.begin() as unit:
        await unit.notices.save(notice)
    return notice


def told(community: Community) -> list[tuple[type[NoticeFact], UUID, UUID]]:
    facts = [one for one in community.published() if isinstance(one, NoticeFact)]
    return [(type(one), one.person_id, one.organisation_id) for one in facts]


async def replied_to_us(community: Community) -> tuple[Notice, UUID]:
    await sends(community, **ROOM)
    notice = await ours(community)
    async with community.units.begin() as unit:
        await reply_to_notice(notice.id, BAS, OTHER, unit)
        (reply,) = await unit.notices.list_replies([notice.id])
    return notice, reply.id


async def test_offer_is_placed_seen_and_found_again() -> None:
    community = await a_network()
    assert (await sends(community, **ROOM)).status_code == 303
    await theirs(community)
    everything = await page(community)
    assert "Een zaal voor twintig mensen" in everything
    assert "Helpen bij het opruimen." in everything
    for query, found in (
        ("?soort=ask", "De Boei: Wij zoeken"), ("?wat=room", "De Linde: Wij bieden aan"),
        ("?soort=ask&wat=hands&wijk=noord", "De Boei: Wij zoeken"), ("?wat=nothing", "De Linde: Wij bieden aan"),
    ):  # fmt: skip
        assert found in await page(community, query)
    assert "De Linde: Wij bieden aan" not in await page(community, "?soort=ask")
    assert "De Linde: Wij bieden aan" not in await page(community, "?wijk=centrum")
    assert told(community) == []


@pytest.mark.parametrize(
    ("wrong", "status", "says"),
    [
        ({"about": "Vraag naar Fatima."}, 400, "“Fatima”"),
        ({"about": "Mail noor@school.example"}, 400, "noor@school.example"),
        ({"good": "elephant"}, 400, "Wat is het?"),
        ({"until": "7-9-2026"}, 409, ""),
        ({"until": "7-9-2027"}, 409, ""),
    ],
)
async def test_what_is_wrong_or_tells_of_somebody_is_not_placed(wrong: dict[str, str], status: int, says: str) -> None:
    community = await a_network()
    reply = await sends(community, **{**ROOM, **wrong})
    assert (reply.status_code, says in reply.text) == (status, True)
    async with community.units.begin() as unit:
        assert await unit.notices.list_of(OWN) == []


async def test_name_of_an_organisation_may_stand_there() -> None:
    assert (await sends(await a_network(), **{**ROOM, "about": "Samen met De Linde."})).status_code == 303


async def test_reply_goes_to_who_placed_it_once_and_without_a_name() -> None:
    community = await a_network()
    notice = await theirs(community)
    assert "Ik kan helpen" in await page(community)
    assert (await sends(community, "/reacties", notice=str(notice.id))).status_code == 303
    assert (await sends(community, "/reacties", notice=str(notice.id))).status_code == 409
    assert told(community) == [(NoticeReplied, BAS, OWN)]
    assert str(NOOR) not in str([one.model_dump_json() for one in community.published()])
    seen = await page(community)
    assert ("jullie reageerden" in seen, "Bas Verzonnen" in seen) == (True, False)


async def test_nobody_replies_to_their_own_nor_to_what_is_over_or_unknown() -> None:
    community = await a_network()
    await sends(community, **ROOM)
    assert (await sends(community, "/reacties", notice=str((await ours(community)).id))).status_code == 409
    assert (await sends(community, "/reacties", notice=str(an_id("none")))).status_code == 404
    notice = await theirs(community)
    community.moves_to(community.now + timedelta(weeks=5))
    assert (await sends(community, "/reacties", notice=str(notice.id))).status_code == 409


async def test_yes_brings_both_together_and_no_name_is_read_before() -> None:
    community = await a_network()
    _, reply_id = await replied_to_us(community)
    before = await page(community)
    assert ("Ja, graag: De Boei" in before, "Bas Verzonnen" in before) == (True, False)
    assert (await sends(community, f"/reacties/{reply_id}", choice="perhaps")).status_code == 400
    assert (await sends(community, f"/reacties/{reply_id}", choice="yes")).status_code == 303
    assert (await sends(community, f"/reacties/{reply_id}", choice="no")).status_code == 409
    assert told(community)[1:] == [(ReplyAccepted, BAS, OWN), (ReplyAccepted, NOOR, OTHER)]
    after = await page(community)
    assert ("Bas Verzonnen" in after, "010 123 45 67" in after) == (True, True)


async def test_no_is_told_without_a_name_and_others_cannot_answer() -> None:
    community = await a_network()
    _, reply_id = await replied_to_us(community)
    assert (await sends(community, f"/reacties/{reply_id}", choice="no")).status_code == 303
    assert told(community)[1:] == [(ReplyDeclined, BAS, OWN)]
    notice = await theirs(community)
    await sends(community, "/reacties", notice=str(notice.id))
    async with community.units.begin() as unit:
        (reply,) = await unit.notices.list_replies([notice.id])
    assert (await sends(community, f"/reacties/{reply.id}", choice="yes")).status_code == 404
    assert (await sends(community, f"/reacties/{an_id('none')}", choice="yes")).status_code == 404


async def test_it_ends_by_itself_is_renewed_and_is_done() -> None:
    community = await a_network()
    await sends(community, **ROOM)
    path = f"/{(await ours(community)).id}"
    community.moves_to(community.now + timedelta(weeks=8))
    for _ in range(2):
        async with community.units.begin() as unit:
            await end_notices(unit)
    assert told(community) == [(NoticeEnded, NOOR, OWN)]
    assert "gestopt" in await page(community)
    assert (await sends(community, f"{path}/verlengen", until="")).status_code == 400
    assert (await sends(community, f"{path}/verlengen", until="1-1-2030")).status_code == 409
    assert (await sends(community, f"{path}/verlengen", until="30-11-2026")).status_code == 303
    assert (await ours(community)).state is NoticeState.OPEN
    assert (await sends(community, f"{path}/klaar", choice="")).status_code == 400
    assert (await sends(community, f"{path}/klaar", choice="helped")).status_code == 303
    assert "Het heeft geholpen." in await page(community)
    for end in ({"choice": "not-helped"}, {"choice": "withdraw"}):
        assert (await sends(community, f"{path}/klaar", **end)).status_code == 409
    assert (await sends(community, f"{path}/verlengen", until="30-11-2026")).status_code == 409


async def test_only_the_organisation_ends_its_own_and_the_desk_takes_away_what_does_not_fit() -> None:
    community = await a_network()
    path = f"/{(await theirs(community)).id}"
    for end in ("helped", "withdraw"):
        assert (await sends(community, f"{path}/klaar", choice=end)).status_code == 404
    assert (await sends(community, f"{path}/verlengen", until="")).status_code == 404
    assert "Haal dit weg" not in await page(community)
    assert "Haal dit weg" in await page(community, role=Role.COORDINATOR)
    async with community.visitor(Role.COORDINATOR) as desk:
        assert (await desk.post(f"{PAGE}{path}/klaar", data={"choice": "withdraw"})).status_code == 303
    assert "Helpen bij het opruimen." not in await page(community)


async def test_all_goes_in_time_and_with_whoever_leaves() -> None:
    community = await a_network()
    await replied_to_us(community)
    async with community.units.begin() as unit:
        left = PersonListed(subject=BAS, occurred_at=community.now, memberships=(), active=False, epoch=1)
        await keep_who_is_there(left, unit)
        assert await unit.notices.list_replies_of(OTHER) == []
    community.moves_to(community.now + timedelta(weeks=SETTINGS.city.gatherings.kept_weeks + 9))
    async with community.units.begin() as unit:
        await forget_notices(unit)
        assert await unit.notices.list_of(OWN) == []
