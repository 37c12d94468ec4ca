"""The code on a printed card: made, withdrawn, and checked by whoever is shown it."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from services.community.domain.card import Viewer
from services.community.domain.card_code import CODE_LASTS, CardCode
from services.community.domain.card_errors import NotInTheNetwork
from services.community.handlers.cards import Face, show_face
from services.community.ports import CommunityUnit

CARD_LINK: Final = "card"


@dataclass(frozen=True, slots=True)
class Checked:
    """Whose card it is, and until when it counts."""

    face: Face
    valid_until: date


async def make_code(person_id: UUID, unit: CommunityUnit) -> str:
    """In place of the one before; returns its token, which is kept nowhere. Raises NotInTheNetwork."""
    await show_face(person_id, Viewer.OWNER, unit)
    await unit.card_codes.withdraw(person_id)
    code = CardCode(unit.ids.new(), person_id, unit.now)
    await unit.card_codes.add(code)
    link = await unit.links.mint(CARD_LINK, code.id, person_id, code.ends_at)
    return link.token


async def withdraw_code(person_id: UUID, unit: CommunityUnit) -> None:
    """Whoever looks at it reads that it counts no more."""
    await unit.card_codes.withdraw(person_id)


async def check_code(token: str, unit: CommunityUnit) -> Checked | None:
    """None: it was withdrawn, or its holder left. Raises NotInTheNetwork for one that never was, and LinkExpired."""
    grant = await unit.links.resolve(token, CARD_LINK)
    if grant is None:
        raise NotInTheNetwork
    code = await unit.card_codes.read(grant.subject_id)
    if code is None or code.person_id is None:
        return None
    try:
        face = await show_face(code.person_id, Viewer.PUBLIC, unit)
    except NotInTheNetwork:
        return None
    ends = unit.city.day_of(code.ends_at)
    return Checked(face, min(ends, face.training.valid_until) if face.training else ends)


async def forget_codes(unit: CommunityUnit) -> None:
    """Their links ended."""
    await unit.card_codes.forget_before(unit.now - CODE_LASTS)
