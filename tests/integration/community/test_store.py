"""What community keeps, on the twin and on PostgreSQL."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from services.community.domain.feed import Feed
from services.community.domain.gathering import GatheringState
from services.community.domain.hosting import Host, HostTurn, Turn, TurnState
from services.community.domain.invitation import Invitation, InvitationState
from services.community.domain.material import Material
from services.community.domain.needs_round import OutcomeState, Subject, Way, Wish
from services.community.domain.seat import Seat
from services.community.domain.series import Series
from services.community.domain.voting import Voting
from services.community.ports import CommunityUnit
from shared.events.community import CancelReason, GatheringKind
from shared.storage.migrations import drift
from shared.unit_of_work import Units
from tests.integration.community.conftest import MIGRATIONS, a_gathering
from tests.unit.community.world import DE_BOEI, EVENING, TUESDAY, an_id, later

LUNCHES = Series(
    an_id("series"), "Lunch", GatheringKind.LUNCH, date(2026, 10, 4), 3, time(12, 30), minutes=120, about="Soep",
    capacity=20, language="nl", has_childcare=True, contact_name="Sam", contact_phone="010", place_id=DE_BOEI.id,
    planned_until=date(2026, 11, 15),
)  # fmt: skip

HIDDEN_STATES = {GatheringState.DRAFT, GatheringState.CANCELLED}


@pytest.mark.postgres
async def test_migrated_tables_are_those_of_the_code(database_url: str) -> None:
    await drift(database_url, MIGRATIONS)


async def test_gathering_comes_back_as_it_was(units: Units[CommunityUnit]) -> None:
    kept = replace(
        a_gathering("one"), sequence=3, cancelled_because=CancelReason.WEATHER, report="Goed", series_id=LUNCHES.id,
        prepares_id=an_id("prepared"), holiday_on=date(2026, 12, 25), materials=(Material("Dia's", "https://www.kennis.example/"),),
        state=GatheringState.CANCELLED,
    )  # fmt: skip
    async with units.begin() as unit:
        await unit.gatherings.save(a_gathering("one"))
        await unit.gatherings.save(kept)

    async with units.begin() as unit:
        assert await unit.gatherings.get(kept.id) == await unit.gatherings.read(kept.id) == kept
        assert await unit.gatherings.read(an_id("other")) is None
        assert await unit.gatherings.list_preparing(an_id("prepared")) == [kept]
        assert await unit.gatherings.list_preparing(an_id("other")) == []


async def test_series_and_places_come_back_as_they_were(units: Units[CommunityUnit]) -> None:
    other = replace(DE_BOEI, id=an_id("attic"), name="Atelier", checked_on=None)
    async with units.begin() as unit:
        await unit.series.save(LUNCHES)
        for place in (DE_BOEI, other):
            await unit.places.save(place)

    async with units.begin() as unit:
        assert await unit.series.list_running() == [await unit.series.get(LUNCHES.id)] == [LUNCHES]
        assert await unit.places.list_all() == [other, DE_BOEI]
        assert await unit.places.get_each([other.id, an_id("nowhere")]) == {other.id: other}
        assert await unit.places.get(DE_BOEI.id) == DE_BOEI
        await unit.places.save(replace(DE_BOEI, agreed=True, agreed_by=an_id("expert")))
        await unit.places.forget_person(an_id("somebody else"))
        assert await unit.places.get(DE_BOEI.id) == replace(DE_BOEI, agreed=True, agreed_by=an_id("expert"))
        await unit.places.forget_person(an_id("expert"))
        assert await unit.places.get(DE_BOEI.id) == replace(DE_BOEI, agreed=True)


async def test_gatherings_are_listed_by_when_they_are(units: Units[CommunityUnit]) -> None:
    draft, moved = a_gathering("draft", 1, GatheringState.DRAFT), a_gathering("moved", 0, GatheringState.MOVED)
    async with units.begin() as unit:
        for one in (a_gathering("late", 9), draft, moved):
            await unit.gatherings.save(one)
    at = later(EVENING, 1).ends_at
    async with units.begin() as unit:
        coming = await unit.gatherings.list_from(at)
        past = await unit.gatherings.list_before(at, 5)
        newest = await unit.gatherings.list_before(at, 1)

        assert [one.id for one in coming] == [an_id("late")]
        assert [one.id for one in past] == [draft.id, moved.id]
        assert newest == past[:1]
        assert await unit.gatherings.list_over(at, 5) == [moved.id]
        assert await unit.gatherings.list_over(EVENING.ends_at - timedelta(minutes=1), 5) == []


async def test_what_everybody_may_see_is_listed_without_the_rest_in_its_way(units: Units[CommunityUnit]) -> None:
    never_known = a_gathering("dropped", 4, GatheringState.CANCELLED)
    called_off = replace(a_gathering("off", 3, GatheringState.CANCELLED), sequence=1)
    hidden = (a_gathering("draft", 2, GatheringState.DRAFT), never_known)
    public = [called_off, *(a_gathering(state, 1, state) for state in GatheringState if state not in HIDDEN_STATES)]
    async with units.begin() as unit:
        for one in (*hidden, *public):
            await unit.gatherings.save(one)
    async with units.begin() as unit:
        coming = await unit.gatherings.list_from(TUESDAY, public_only=True)
        past = await unit.gatherings.list_before(later(EVENING, 9).ends_at, len(public), public_only=True)

        assert {one.id for one in coming} == {one.id for one in past} == {one.id for one in public}
        assert len(await unit.gatherings.list_from(TUESDAY)) == len(public) + len(hidden)


async def test_hosts_and_turns_come_back_as_they_were(units: Units[CommunityUnit]) -> None:
    host = Host(an_id("host"), DE_BOEI.id, date(2026, 10, 1))
    evening = a_gathering("one")
    lunch = replace(a_gathering("two", 7), details=replace(later(EVENING, 7), kind=GatheringKind.LUNCH))
    first = HostTurn(an_id("turn"), evening.id, host.person_id, DE_BOEI.id, TUESDAY)
    other = replace(first, id=an_id("other turn"), gathering_id=lunch.id, state=TurnState.DECLINED)
    async with units.begin() as unit:
        for gathering in (evening, lunch):
            await unit.gatherings.save(gathering)
        await unit.hosts.save(replace(host, paused_until=None))
        await unit.hosts.save(host)
        for turn in (first, other):
            await unit.turns.save(turn)

    async with units.begin() as unit:
        assert await unit.hosts.list_all() == [await unit.hosts.get(host.person_id)] == [host]
        assert await unit.turns.get(first.id) == first
        assert await unit.turns.list_of(lunch.id) == [other]
        assert await unit.turns.list_of_person(host.person_id, {TurnState.PROPOSED}) == [first]
        assert await unit.turns.list_of_kind(GatheringKind.LUNCH) == [Turn(other, lunch.details.starts_at)]
        await unit.turns.remove(first.id)
        assert await unit.turns.get(first.id) is None
        await unit.hosts.remove(host.person_id)
        assert await unit.hosts.get(host.person_id) is None


async def test_one_before_in_its_series_is_the_last_that_was_not_cancelled(units: Units[CommunityUnit]) -> None:
    kept = [replace(a_gathering(f"series {days}", days), series_id=LUNCHES.id) for days in (0, 7, 14)]
    kept[1].state = GatheringState.CANCELLED
    async with units.begin() as unit:
        for gathering in (*kept, a_gathering("another", 10)):
            await unit.gatherings.save(gathering)

    async with units.begin() as unit:
        assert await unit.gatherings.read_before(LUNCHES.id, kept[2].details.starts_at) == kept[0]
        assert await unit.gatherings.read_before(LUNCHES.id, kept[0].details.starts_at) is None


async def test_wishes_and_subjects_come_back_as_they_were(units: Units[CommunityUnit]) -> None:
    gathering = a_gathering("one")
    subject = Subject(
        an_id("subject"), gathering.id, "Samen eten", 12, OutcomeState.OPEN, "Koken", "De Boei", date(2026, 10, 20)
    )
    first = Wish(an_id("wish"), gathering.id, "Samen koken", Way.PAPER, TUESDAY, subject.id)
    later_one = replace(first, id=an_id("a later wish"), told_at=TUESDAY + timedelta(hours=1), subject_id=None)
    async with units.begin() as unit:
        await unit.gatherings.save(gathering)
        await unit.subjects.save(replace(subject, votes=0))
        await unit.subjects.save(subject)
        for wish in (later_one, replace(first, subject_id=None)):
            await unit.wishes.add(wish)
        await unit.wishes.put_under(subject.id, [first.id, an_id("a removed wish")])

    async with units.begin() as unit:
        assert await unit.subjects.get(subject.id) == await unit.subjects.read(subject.id) == subject
        assert await unit.subjects.list_of(gathering.id) == [subject]
        assert await unit.wishes.list_of(gathering.id) == [first, later_one]
        ended = gathering.details.ends_at
        assert await unit.wishes.list_loose(ended, 9) == []
        assert await unit.wishes.list_loose(ended + timedelta(seconds=1), 9) == [later_one.id]
        await unit.wishes.remove([later_one.id])
        assert await unit.wishes.list_of(gathering.id) == [first]
        await unit.wishes.remove([first.id])
        await unit.subjects.remove(subject.id)
        assert await unit.subjects.list_of(gathering.id) == []


async def test_invitations_come_back_as_they_were(units: Units[CommunityUnit]) -> None:
    gathering = a_gathering("one")
    asked = Invitation(an_id("invitation"), gathering.id, an_id("guest"), InvitationState.NO, reminded=True)
    async with units.begin() as unit:
        await unit.gatherings.save(gathering)
        await unit.invitations.save(replace(asked, state=InvitationState.OPEN, reminded=False))
        await unit.invitations.save(asked)

    async with units.begin() as unit:
        assert await unit.invitations.get(asked.id) == await unit.invitations.read(asked.id) == asked
        assert await unit.invitations.list_of(gathering.id) == [asked]
        assert await unit.invitations.list_of_person(asked.person_id) == [asked.id]
        assert await unit.invitations.list_over(gathering.details.ends_at, 9) == []
        assert await unit.invitations.list_over(gathering.details.ends_at + timedelta(seconds=1), 9) == [asked.id]
        await unit.invitations.remove([asked.id])
        assert await unit.invitations.read(asked.id) is None


async def test_votes_come_back_as_they_were_until_they_are_counted(units: Units[CommunityUnit]) -> None:
    gathering = a_gathering("one")
    seats = [Seat(an_id(f"seat {number}"), gathering.id, TUESDAY) for number in range(2)]
    first, other = (Subject(an_id(title), gathering.id, title, given=2) for title in ("Eten", "Fietsen"))
    voting = Voting(gathering.id)
    async with units.begin() as unit:
        await unit.gatherings.save(gathering)
        for subject in (first, other):
            await unit.subjects.save(subject)
        for seat in seats:
            await unit.seats.save(seat, seat.id.bytes)
            await unit.votes.cast(seat.id, [first.id, other.id])
        await unit.votes.cast(seats[1].id, [first.id])
        await unit.votes.save(voting)

    async with units.begin() as unit:
        assert await unit.votes.read(gathering.id) == voting
        assert await unit.subjects.read(first.id) == first
        assert await unit.votes.list_of(seats[0].id) == {first.id, other.id}
        assert await unit.votes.count(gathering.id) == {first.id: 2, other.id: 1}
        await unit.votes.forget([seats[1].id])
        assert await unit.votes.count(gathering.id) == {first.id: 1, other.id: 1}
        await unit.votes.remove(gathering.id)
        assert await unit.votes.count(gathering.id) == {}
        await unit.votes.cast(seats[0].id, [])
        assert await unit.votes.list_of(seats[0].id) == frozenset()


async def test_feeds_come_back_as_they_were_and_let_go_of_their_seats(units: Units[CommunityUnit]) -> None:
    gathering = a_gathering("one")
    of_person = Feed(an_id("feed"), TUESDAY, person_id=an_id("host"))
    of_address = Feed(an_id("other feed"), TUESDAY + timedelta(days=1), address_digest=b"mark")
    seat = Seat(an_id("seat"), gathering.id, TUESDAY)
    async with units.begin() as unit:
        await unit.gatherings.save(gathering)
        await unit.seats.save(seat, b"of this gathering")
        for feed in (of_person, of_address):
            await unit.feeds.add(feed)
        for _ in range(2):
            await unit.feeds.add_seats(of_address.id, [seat.id])
        await unit.feeds.add_seats(of_person.id, [])

    async with units.begin() as unit:
        assert await unit.feeds.read(of_person.id) == await unit.feeds.find_of_person(an_id("host")) == of_person
        assert await unit.feeds.find_of_address(b"mark") == of_address
        assert await unit.feeds.list_seats(of_address.id) == [seat]
        assert await unit.feeds.list_made_before(of_address.made_at) == [of_person.id]
        await unit.feeds.remove([of_person.id, of_address.id])
        assert await unit.feeds.find_of_address(b"mark") is await unit.feeds.read(of_person.id) is None
        assert await unit.feeds.list_seats(of_address.id) == []
