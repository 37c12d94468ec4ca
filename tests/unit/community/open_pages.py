"""What everybody can meet: evenings, places and appointments in every state, themes, votes and a vision."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import UUID

from services.community.domain.appointment import Appointment, AppointmentState
from services.community.domain.following import Follower
from services.community.domain.needs_round import OutcomeState, Subject
from services.community.domain.seat import SeatState
from services.community.domain.sign_up import SeenBy
from services.community.domain.table_plan import Arrangement
from services.community.domain.table_wish import TableWish
from services.community.handlers.following import FOLLOW_LINK, set_themes
from services.community.handlers.gatherings import cancel_gathering, close_what_is_over
from services.community.handlers.letters import LINK_LASTS
from services.community.handlers.reports import report_gathering
from services.community.handlers.seats import SEAT_LINK
from services.community.handlers.table_plans import propose_tables
from services.community.handlers.voting import open_voting
from shared.events.community import CancelReason, GatheringKind
from tests.parts.city import a_city
from tests.unit.community.seats import confirmed, requested, who
from tests.unit.community.test_invitations import PEOPLE, a_network, invited, link_of
from tests.unit.community.test_tables import BOEI, LINDE, wishes
from tests.unit.community.test_taking_part import comes
from tests.unit.community.test_topics import invited as asked_to_speak
from tests.unit.community.test_vision import published
from tests.unit.community.world import EVENING, Community, an_id, announced

STATES = tuple(SeatState)
MIRROR = replace(EVENING, title="Praten over geld", kind=GatheringKind.MIRROR_TALK, has_childcare=True)
# Names and what somebody typed, and words that are the same in English.
SAME_IN_ENGLISH = frozenset({
    "Anna", "Buurthuis De Boei", "Cookies", "De Boei", "Geldzorgen", "Halal", "Lunch", "Mens Een", "Noor Verzonnen",
    "Privacy", "Schakel", "Sport", "Tigrinya", "Urdu", "Veilig Thuis",
    *(words for _, words in a_city().districts.options),
    *(f"{one.title} \u2013 Schakel" for one in (EVENING, MIRROR)),
})  # fmt: skip


@dataclass
class OpenPages:
    """Its ids and links, in the order of the words in braces in the paths of routes."""

    community: Community
    gatherings: list[UUID] = field(default_factory=list)
    seats: dict[str, str] = field(default_factory=dict)
    invitations: list[str] = field(default_factory=list)
    follows: list[str] = field(default_factory=list)
    appointments: list[UUID] = field(default_factory=list)

    def filled_in(self, path: str) -> list[str]:
        """The path with each thing that can be there."""
        if "{gathering_id}" in path:
            return [path.replace("{gathering_id}", str(one)) for one in self.gatherings]
        tokens = [one.rpartition("/")[2] for one in (*self.seats.values(), *self.invitations, *self.follows)]
        found = [path.replace("{token}", one) for one in tokens] if "{token}" in path else [path]
        about = self.appointments if "{appointment_id}" in path else [None]
        return [one.replace("{version}", "1").replace("{appointment_id}", str(each)) for one in found for each in about]


async def open_pages() -> OpenPages:
    """On the evening itself: people sit there and vote."""
    community, evening = await a_network()
    ahead = replace(
        EVENING, starts_at=EVENING.starts_at + timedelta(days=9), ends_at=EVENING.ends_at + timedelta(days=9)
    )
    there = OpenPages(community, [evening])
    await invited(community, evening, PEOPLE[0])
    there.invitations = [await link_of(community, evening, PEOPLE[0])]
    await _with_seats(there, await announced(community.units, MIRROR))
    speaker = await asked_to_speak(community, evening)
    there.gatherings += [
        await announced(community.units, ahead),
        await _cancelled(community),
        await _reported(community),
    ]
    await invited(community, there.gatherings[2], PEOPLE[1])
    there.invitations.append(await link_of(community, there.gatherings[2], PEOPLE[1]))
    there.seats["speaker"] = await _link(community, speaker)
    await _with_themes(there)
    await _with_acquaintance(there)
    await published(community, "Geen kind buiten het vangnet.")
    await published(community, "Samen verder.", "We gaan verder.")
    return there


async def _with_seats(there: OpenPages, gathering_id: UUID) -> None:
    there.gatherings.append(gathering_id)
    units = there.community.units
    await comes(there.community, gathering_id, "Noor", seen_by=SeenBy.PARTICIPANTS)
    for number, state in enumerate(STATES):
        seat_id = await requested(units, gathering_id, who("Anna" * (number + 1)))
        async with units.begin() as unit:
            seat = await unit.seats.get(seat_id)
            assert seat is not None
            seat.state, seat.number, seat.offered_until = state, number + 10, EVENING.starts_at
            await unit.seats.save(seat)
        there.seats[state.value] = await _link(there.community, seat_id)


async def _with_themes(there: OpenPages) -> None:
    """Who follows: asked for, too late, confirmed, and confirmed with something more asked for."""
    asked, now = frozenset({"money", "home"}), there.community.now
    found = {
        "asked": Follower(an_id("asked"), now, wanted=asked),
        "late": Follower(an_id("late"), now - timedelta(days=3), wanted=asked),
        "follows": Follower(an_id("follows"), now, themes=asked, confirmed_at=now),
        "more": Follower(an_id("more"), now, themes=asked, wanted=frozenset({"school"}), confirmed_at=now),
    }
    async with there.community.units.begin() as unit:
        for name, one in found.items():
            await unit.followers.add(one, f"{name}@school.example", name.encode())
            await unit.followers.save(one)
            link = await unit.links.mint(FOLLOW_LINK, one.id, one.id, EVENING.ends_at + LINK_LASTS)
            there.follows.append(f"/bijeenkomsten/volgen/{link.token}")
        for gathering_id in (there.gatherings[0], there.gatherings[-1]):
            await set_themes(gathering_id, asked, unit)


async def _with_acquaintance(there: OpenPages) -> None:
    """Bas and Carla want to meet, sit at a table and have appointments; Dirk can ask nobody."""
    community, evening = there.community, there.gatherings[0]
    async with community.units.begin() as unit:
        await unit.organisations.save(BOEI, "De Boei", active=True)
        await unit.organisations.save(LINDE, "De Linde", active=True)
    bas, carla, dirk = await confirmed(community.units, evening, "Bas", "Carla", "Dirk")
    await wishes(community, bas, TableWish(BOEI, "noord", "food", frozenset({LINDE})))
    await wishes(community, carla, TableWish(LINDE, "noord", "food", frozenset({BOEI})))
    async with community.units.begin() as unit:
        await propose_tables(evening, Arrangement.DISTRICT, 6, unit)
        for state in AppointmentState:
            starts_at = EVENING.ends_at + timedelta(days=7)
            made = Appointment(unit.ids.new(), evening, bas, carla, starts_at, "Havenstraat 1", unit.now, state)
            await unit.appointments.save(made)
            there.appointments.append(made.id)
    for name, seat_id in (("Bas", bas), ("Carla", carla), ("Dirk", dirk)):
        there.seats[name] = await _link(community, seat_id)


async def _link(community: Community, seat_id: UUID) -> str:
    async with community.units.begin() as unit:
        link = await unit.links.mint(SEAT_LINK, seat_id, seat_id, EVENING.ends_at + LINK_LASTS)
    return f"/bijeenkomsten/plek/{link.token}"


async def _cancelled(community: Community) -> UUID:
    gathering_id = await announced(community.units)
    async with community.units.begin() as unit:
        await cancel_gathering(gathering_id, CancelReason.ILLNESS, unit)
    return gathering_id


async def _reported(community: Community) -> UUID:
    early = replace(EVENING, starts_at=community.now + timedelta(hours=1), ends_at=community.now + timedelta(hours=2))
    gathering_id = await announced(community.units, early)
    community.moves_to(early.ends_at)
    async with community.units.begin() as unit:
        await close_what_is_over(unit)
        await report_gathering(gathering_id, "Goed nieuws.", unit)
    return gathering_id


async def vote_begins(there: OpenPages) -> None:
    """The evenings begin, and whoever is there votes on what they told."""
    community = there.community
    community.moves_to(EVENING.starts_at)
    for gathering_id in there.gatherings[:2]:
        async with community.units.begin() as unit:
            for title, state in (("Samen eten", OutcomeState.NONE), ("Fietsen", OutcomeState.OPEN)):
                subject = Subject(unit.ids.new(), gathering_id, title, votes=1, state=state)
                if state is OutcomeState.OPEN:
                    subject.outcome, subject.owner, subject.due_on = (
                        "Een fietsclub",
                        "De Boei",
                        EVENING.starts_at.date(),
                    )
                await unit.subjects.save(subject)
            await open_voting(gathering_id, unit)
