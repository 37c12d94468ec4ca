"""A position in the list of cases, as an opaque cursor."""

import base64
import binascii
from datetime import UTC, datetime
from http import HTTPStatus
from uuid import UUID

from services.intake.domain.listing import Position
from shared.web.problem import FieldProblem, Problem


def written(position: Position) -> str:
    """The cursor for this position."""
    text = f"{position.at.isoformat()} {position.case_id.hex}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read(cursor: str | None) -> Position | None:
    """The position of this cursor. Raises a 400 Problem for one that is not ours."""
    if not cursor:
        return None
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        at, _, case_id = text.partition(" ")
        return Position(datetime.fromisoformat(at).astimezone(UTC), UUID(hex=case_id))
    except (binascii.Error, ValueError, OverflowError):
        raise Problem(
            HTTPStatus.BAD_REQUEST, "Niet goed ingevuld", "Deze plaats in de lijst kennen wij niet.", [_WRONG]
        ) from None


_EXAMPLE = written(Position(datetime(2026, 3, 10, 9, 30, tzinfo=UTC), UUID("01890a5d-ac96-774b-bcce-b302099a8057")))
_WRONG = FieldProblem("Neem het adres onder links.next over zoals het is.", parameter="cursor", example=_EXAMPLE)
