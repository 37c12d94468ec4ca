"""When the offers of our map are open, as HSDS has it: one schedule for each of its hours, with all of its words."""

from services.matching.domain.network import Service
from services.matching.domain.opening_hours import DAY, DAYS, Opening
from services.matching.web.hsds_parts import Schedule
from services.matching.web.hsds_places import id_of


def schedules_of(service: Service) -> list[Schedule]:
    """Its words alone, where nothing else can be read of them."""
    if not service.schedule:
        return []
    openings = service.hours.openings
    return [_schedule(service, one) for one in dict.fromkeys(openings)] or [
        Schedule(id=id_of(service, "schedule", ""), service_id=service.id, description=service.schedule)
    ]


def _schedule(service: Service, one: Opening) -> Schedule:
    days = [DAYS[day] for day in sorted(one.days)]
    in_month = [f"{turn}{day}" for turn in sorted(one.turns) for day in days]
    byday, opens, closes = ",".join(in_month or days), _clock(one.opens), _clock(one.closes)
    return Schedule(
        id=id_of(service, "schedule", f"{byday}|{opens}|{closes}|{one.first or ''}|{one.last or ''}"),
        service_id=service.id,
        freq="MONTHLY" if in_month else "WEEKLY",
        byday=byday,
        opens_at=opens,
        closes_at=closes,
        valid_from=one.first,
        valid_to=one.last,
        description=service.schedule,
    )


def _clock(minute: int) -> str:
    hours, minutes = divmod(minute % DAY, 60)
    return f"{hours:02}:{minutes:02}"
