"""A gathering as pages show it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.community.domain.gathering import Gathering, GatheringState
from services.community.domain.participation import Share
from services.community.domain.place import Place
from services.community.ports import CommunityUnit
from services.community.web.reaches import BASE
from services.community.web.words import KINDS, REASONS, STATES
from shared.events.community import GatheringKind
from shared.kernel.city import City
from shared.kernel.dutch_calendar import is_holiday
from shared.web.languages import gettext, translated
from shared.web.pages import day


@dataclass(frozen=True, slots=True)
class GatheringView:
    """One gathering in words."""

    gathering: Gathering
    place: Place | None
    day: date
    starts: datetime
    ends: datetime

    @property
    def path(self) -> str:
        """Its page."""
        return f"{BASE}/{self.gathering.id}"

    @property
    def kind(self) -> str:
        """What sort it is."""
        return translated(KINDS[self.gathering.details.kind])

    @property
    def begins(self) -> str:
        """On which day, and from when."""
        return gettext("%(day)s, %(starts)s uur", day=day(self.day), starts=f"{self.starts:%H:%M}")

    @property
    def when(self) -> str:
        """The same, and until when."""
        hours = {"starts": f"{self.starts:%H:%M}", "ends": f"{self.ends:%H:%M}"}
        return gettext("%(day)s, %(starts)s tot %(ends)s uur", day=day(self.day), **hours)

    @property
    def state(self) -> tuple[str, str]:
        """How it stands, and in which tone that is said."""
        words, tone = STATES[self.gathering.state]
        return translated(words), tone

    @property
    def has_circles(self) -> bool:
        """Whether some tell, and the others listen around them."""
        return self.gathering.details.kind is GatheringKind.MIRROR_TALK

    @property
    def tenths(self) -> int | None:
        """How many of ten who came know it from their own life, unless that tells who they are."""
        return Share(self.gathering.of_experience, self.gathering.told_as).tenths

    @property
    def is_draft(self) -> bool:
        """Whether only the desk sees it."""
        return self.gathering.state is GatheringState.DRAFT

    @property
    def is_on_holiday(self) -> bool:
        """Whether the desk should think again about the day."""
        return is_holiday(self.day)

    @property
    def is_cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.gathering.state is GatheringState.CANCELLED

    @property
    def reason(self) -> str:
        """Why it does not take place."""
        because = self.gathering.cancelled_because
        return translated(REASONS[because]) if because else ""


def view_of(gathering: Gathering, places: Mapping[UUID, Place], city: City) -> GatheringView:
    """In the city's own time."""
    details = gathering.details
    starts, ends = (moment.astimezone(city.zone) for moment in (details.starts_at, details.ends_at))
    return GatheringView(
        gathering,
        places.get(details.place_id) if details.place_id else None,
        starts.date(),
        starts,
        ends,
    )


async def views_of(gatherings: list[Gathering], unit: CommunityUnit) -> list[GatheringView]:
    """Several at once."""
    places = await unit.places.get_each({one.details.place_id for one in gatherings if one.details.place_id})
    return [view_of(one, places, unit.city) for one in gatherings]
