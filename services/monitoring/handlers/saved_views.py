"""Saved views of the board: who keeps one, with which the board opens, and who takes one away."""

from typing import Final
from uuid import UUID

from services.monitoring.commands import SaveView
from services.monitoring.domain.board import SavedView
from services.monitoring.domain.errors import SavedViewNotFound, TooManySavedViews, ViewOfColleague
from services.monitoring.ports import MonitoringUnit

# Own ones and the team's together: each is counted on every page of the board.
MOST_VIEWS: Final = 20


async def save_view(command: SaveView, unit: MonitoringUnit) -> UUID:
    """Keep it; their own of this title makes way. Raises TooManySavedViews, or ViewOfColleague."""
    views = await unit.saved_views.list_for(command.person_id)
    same = [one for one in views if (one.title, one.shared) == (command.title, command.shared)]
    if any(one.person_id != command.person_id for one in same):
        raise ViewOfColleague
    if not same and len(views) >= MOST_VIEWS:
        raise TooManySavedViews(MOST_VIEWS)
    view_id = same[0].view_id if same else unit.ids.new()
    await unit.saved_views.save(SavedView(view_id, command.person_id, command.title, command.query, command.shared))
    if command.as_default:
        await unit.saved_views.choose_default(command.person_id, view_id)
    return view_id


async def find_view(view_id: UUID, person_id: UUID, unit: MonitoringUnit) -> SavedView:
    """Their own, or one of the team. Raises SavedViewNotFound."""
    view = await unit.saved_views.get(view_id)
    if view is None or not (view.shared or view.person_id == person_id):
        raise SavedViewNotFound
    return view


async def delete_view(view_id: UUID, person_id: UUID, unit: MonitoringUnit) -> None:
    """Take it away, the team's for everybody. Raises SavedViewNotFound."""
    await find_view(view_id, person_id, unit)
    await unit.saved_views.delete(view_id)


async def choose_default(view_id: UUID | None, person_id: UUID, unit: MonitoringUnit) -> None:
    """Open the board with this view from now on; None: with everything. Raises SavedViewNotFound."""
    if view_id is not None:
        await find_view(view_id, person_id, unit)
    await unit.saved_views.choose_default(person_id, view_id)
