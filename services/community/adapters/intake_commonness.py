"""Whether many families have a shape, asked of intake at the moment that it counts, and kept nowhere."""

from http import HTTPStatus
from typing import Final

import httpx
import structlog
from pydantic import ValidationError

from services.community.domain.example import Checked
from services.community.domain.example_errors import ShapeNotChecked
from shared.access.service_tokens import ServiceAuth, ServiceTokens
from shared.events.alike_families import ALIKE_FAMILIES, AlikeFamiliesAnswer, FamilyShape

ANSWER_WITHIN: Final = httpx.Timeout(3.0)
JSON: Final = {"Content-Type": "application/json"}
log = structlog.get_logger(__name__)


class IntakeCommonness:
    """`POST /internal/alike-families`."""

    def __init__(self, http: httpx.AsyncClient, intake_url: str, tokens: ServiceTokens) -> None:
        self._http = http
        self._url = f"{intake_url}{ALIKE_FAMILIES}"
        self._auth = ServiceAuth(tokens, "intake")

    async def check(self, shape: FamilyShape) -> Checked:
        content = shape.model_dump_json(by_alias=True, exclude_none=True)
        try:
            reply = await self._http.post(
                self._url, content=content, headers=JSON, auth=self._auth, timeout=ANSWER_WITHIN
            )
        except httpx.HTTPError as error:
            log.warning("shape_not_checked", error=type(error).__name__)
            raise ShapeNotChecked from None
        if reply.status_code != HTTPStatus.OK:
            log.warning("shape_not_checked", status=reply.status_code)
            raise ShapeNotChecked
        try:
            return Checked(shape, AlikeFamiliesAnswer.model_validate_json(reply.content))
        except ValidationError:
            log.warning("shape_not_checked", error="unreadable")
            raise ShapeNotChecked from None
