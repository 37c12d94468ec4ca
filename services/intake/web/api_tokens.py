"""`POST /v1/tokens`: for its key a school's system gets a token, by which the other services know it too."""

from datetime import datetime
from http import HTTPStatus
from typing import Literal

from fastapi import APIRouter
from pydantic import Field

from services.intake.web.dependencies import TheKeyHolder, Unit
from shared.access.system_tokens import TOKEN_LASTS
from shared.web.body import ReplyBody
from shared.web.dependencies import TheWeb
from shared.web.systems import UNKNOWN_SENDER


class Token(ReplyBody):
    """What a system sends along instead of its key."""

    access_token: str = Field(examples=["eyJhbGciOiJFZDI1NTE5In0.eyJhdWQiOiJzY2hha2VsLWFwaSJ9.c2lnbmF0dXJl"])
    token_type: Literal["Bearer"] = Field("Bearer", examples=["Bearer"])
    expires_at: datetime = Field(description="Vraag voor die tijd een nieuw token")


router = APIRouter()


@router.post(
    "/tokens",
    status_code=HTTPStatus.CREATED,
    operation_id="createToken",
    summary="Een token voor alle delen van de API",
    responses=UNKNOWN_SENDER,
)
async def create_token(system: TheKeyHolder, web: TheWeb, _: Unit) -> Token:
    """Stuur de API-sleutel mee. Het token werkt vijf minuten, bij elke opdracht. Er verandert niets: een
    Idempotency-Key is hier niet nodig.
    """
    now = web.clock.now()
    return Token(access_token=web.system_tokens.issue(system.calling_system, now), expires_at=now + TOKEN_LASTS)
