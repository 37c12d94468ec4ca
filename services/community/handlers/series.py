"""Series: a rule, of which the next dates are always planned as drafts."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from services.community.domain.errors import SeriesNotFound
from services.community.domain.gathering import Details, Gathering
from services.community.domain.series import Series
from services.community.ports import CommunityUnit


async def begin_series(series: Series, unit: CommunityUnit) -> None:
    """From now on its next dates are planned."""
    await unit.series.save(series)
    await _plan(series, unit)


async def plan_next_dates(unit: CommunityUnit) -> None:
    """Each date is planned once: one that was moved or cancelled does not come back."""
    for known in await unit.series.list_running():
        series = await unit.series.get(known.id)
        if series is not None and series.ended_on is None:
            await _plan(series, unit)


async def stop_series(series_id: UUID, unit: CommunityUnit) -> None:
    """Nothing more is planned; what was planned already stays. Raises SeriesNotFound."""
    series = await unit.series.get(series_id)
    if series is None:
        raise SeriesNotFound
    if series.ended_on is None:
        await unit.series.save(replace(series, ended_on=unit.city.day_of(unit.now)))


async def _plan(series: Series, unit: CommunityUnit) -> None:
    new = series.new_dates(unit.city.day_of(unit.now))
    for day in new:
        proposed = series.proposed_on(day)
        starts_at = unit.city.instant_of(proposed, series.starts)
        details = Details(
            title=series.title,
            kind=series.kind,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=series.minutes),
            about=series.about,
            place_id=series.place_id,
            capacity=series.capacity,
            language=series.language,
            has_childcare=series.has_childcare,
            contact_name=series.contact_name,
            contact_phone=series.contact_phone,
        )
        gathering = Gathering(unit.ids.new(), details, unit.now, series_id=series.id)
        gathering.holiday_on = day if proposed != day else None
        await unit.gatherings.save(gathering)
    if new:
        await unit.series.save(replace(series, planned_until=new[-1]))
