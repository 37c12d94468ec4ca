"""The report reaches whoever hosted or told from experience and has no seat; nobody gets it twice."""

from uuid import UUID

from services.community.domain.following import Follower
from services.community.handlers.expertise import agree_as_expert
from services.community.handlers.following import follow_as_person
from services.community.handlers.hosting import accept_turn
from shared.events.community import ReportShared
from shared.events.following import ThemeReported
from tests.unit.community import test_expertise as experts
from tests.unit.community import test_following as themes
from tests.unit.community import test_hosting as hosts
from tests.unit.community.seats import confirmed
from tests.unit.community.test_following import about, follows, reported
from tests.unit.community.test_hosts_calendar import letter
from tests.unit.community.world import Community, an_id, announced

REPORT = "gathering-report"


def readers(community: Community) -> list[UUID]:
    return [one.person_id for one in community.published() if isinstance(one, ReportShared)]


async def hosted(community: Community) -> tuple[UUID, UUID]:
    """An evening of which one of the two who were asked to host said yes: that one."""
    await hosts.joined(community, dict(list(hosts.PEOPLE.items())[:4]))
    gathering_id = await announced(community.units)
    turn, _ = await hosts.asked(community, gathering_id)
    async with community.units.begin() as unit:
        await accept_turn(turn.id, turn.person_id, unit)
    return gathering_id, turn.person_id


async def test_host_and_expert_who_said_yes_read_the_report_once() -> None:
    community = Community()
    gathering_id, host = await hosted(community)
    await experts.joined(community, "a", "b")
    for _ in range(2):
        await experts.asked(community, gathering_id)
    ask, _ = await experts.asks_of(community)
    async with community.units.begin() as unit:
        await agree_as_expert(ask.id, ask.person_id, unit)
    assert (await letter(community, gathering_id, REPORT))["state"] == "no-longer-needed"
    await reported(community, gathering_id)

    assert sorted(readers(community)) == sorted([host, ask.person_id])
    mail = await letter(community, gathering_id, REPORT)
    assert mail["gathering"]["report"] == "Nog meer goed nieuws."
    assert mail["link"].endswith(f"/bijeenkomsten/{gathering_id}/verslag")
    assert (mail["calendarMethod"], mail["calendar"]) == (None, "")


async def test_host_who_follows_a_theme_with_the_account_gets_one_mail() -> None:
    community = Community()
    gathering_id, host = await hosted(community)
    await about(community, gathering_id, "money")
    async with community.units.begin() as unit:
        await follow_as_person(host, frozenset({"money"}), unit)
        await follow_as_person(an_id("somebody else"), frozenset({"money"}), unit)
    await reported(community, gathering_id)

    assert readers(community) == [host]
    assert [await follower(community, one) for one in community.published() if isinstance(one, ThemeReported)] == [
        an_id("somebody else")
    ]


async def follower(community: Community, event: ThemeReported) -> UUID | None:
    async with community.units.begin() as unit:
        found = await unit.followers.read(event.subject)
    assert isinstance(found, Follower)
    return found.person_id


async def test_host_whose_address_signed_up_or_follows_a_theme_gets_one_mail() -> None:
    community = Community()
    gathering_id, _ = await hosted(community)
    await confirmed(community.units, gathering_id, "Sam")
    await about(community, gathering_id, "money")
    await follows(community)
    await reported(community, gathering_id)

    for address in ("Sam@school.example", "noor@School.example"):
        assert (await letter(community, gathering_id, REPORT, address))["state"] == "no-longer-needed"
    assert (await letter(community, gathering_id, REPORT))["state"] == "deliver"


async def test_account_that_follows_hears_nothing_of_what_its_address_hears_already() -> None:
    community = Community()
    gathering_id = await announced(community.units)
    await about(community, gathering_id, "money")
    await confirmed(community.units, gathering_id, "Sam")
    async with community.units.begin() as unit:
        await follow_as_person(an_id("Sam"), frozenset({"money"}), unit)
    await reported(community, gathering_id)
    (news,) = [one for one in community.published() if isinstance(one, ThemeReported)]

    assert (await themes.letter(community, news)).person_id == an_id("Sam")
    assert (await themes.letter(community, news, "SAM@school.example")).state == "no-longer-needed"
    assert (await themes.letter(community, news, "another@school.example")).state == "deliver"
