"""Forms that are not sent yet: kept for whoever fills them in, and forgotten after a while."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from services.intake.domain.draft import Draft, DraftKind, Typed
from services.intake.domain.errors import TooManyDrafts, UnknownDraft
from services.intake.domain.rules import Viewer
from services.intake.ports import IntakeUnit

# Of one person. Nobody who asks for help has more at a time; whoever has, forgot them.
MOST_DRAFTS = 20


async def find_draft(draft_id: UUID, unit: IntakeUnit, viewer: Viewer) -> Draft | None:
    """A draft of this viewer; None when it is not there (any more), or is somebody else's."""
    return await unit.drafts.read(draft_id, viewer.person_id)


async def keep_draft(
    draft_id: UUID,
    kind: DraftKind,
    typed: Mapping[str, Typed],
    unit: IntakeUnit,
    viewer: Viewer,
    case_id: UUID | None = None,
) -> Draft:
    """Keep what was typed, in place of what was kept. Raises UnknownDraft for somebody else's id, or TooManyDrafts."""
    if case_id is not None and await unit.cases.get(case_id) is None:
        # It was erased a moment ago, with what was kept of it: nothing is kept after that.
        raise UnknownDraft
    known = await unit.drafts.get(draft_id, viewer.person_id)
    if known is None:
        if kind is DraftKind.REQUEST:
            await _check_room(unit, viewer)
        draft = Draft(draft_id, kind, viewer.person_id, unit.now, typed, case_id)
        if await unit.drafts.add(draft):
            return draft
        # A second press of the same button: the first one made it a moment ago.
        known = await unit.drafts.get(draft_id, viewer.person_id)
    if known is None:
        raise UnknownDraft
    draft = replace(known, typed=typed, saved_at=unit.now, version=known.version + 1)
    await unit.drafts.save(draft)
    return draft


async def _check_room(unit: IntakeUnit, viewer: Viewer) -> None:
    begun = [each for each in await unit.drafts.list_of(viewer.person_id) if each.kind is DraftKind.REQUEST]
    if len(begun) >= MOST_DRAFTS:
        raise TooManyDrafts(MOST_DRAFTS)


async def list_drafts(unit: IntakeUnit, viewer: Viewer) -> list[Draft]:
    """What this viewer has not sent yet, the newest first."""
    return await unit.drafts.list_of(viewer.person_id)


async def throw_draft_away(draft_id: UUID, unit: IntakeUnit, viewer: Viewer) -> None:
    """Nothing of it is kept. A second time changes nothing."""
    if await unit.drafts.get(draft_id, viewer.person_id):
        await unit.drafts.forget([draft_id])


async def forget_old_drafts(unit: IntakeUnit) -> None:
    """What nobody went on with is not kept."""
    await unit.drafts.forget_before(unit.now - timedelta(days=unit.city.retention.draft_days))
