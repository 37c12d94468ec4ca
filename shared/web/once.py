"""A step that a machine may ask for twice and that is done once; the reply is stored with the change.

A route names who asks, then its `Mark`, then its unit: `return await once(mark.by(system.key_id), unit.replies, work)`.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Depends, Header, Request, Response
from pydantic import BaseModel

from shared.access.replies import AskedBefore, Replies, Reply
from shared.web.idempotency import KeyInFlight, KeyReused, checked_key, fingerprint

KEY_WORDS: Final = "Voor elk nieuw verzoek een andere sleutel; hetzelfde verzoek mag er nog eens mee (7 dagen lang)."
Key = Annotated[
    str,
    Header(alias="Idempotency-Key", description=KEY_WORDS, max_length=128, examples=["7f2c1e9a-3b60-4a53-9d0e-5b1c"]),
]
ASKED_BEFORE: Final[dict[int | str, dict[str, Any]]] = {
    HTTPStatus.CONFLICT: {"description": "Dit kan nu niet, of een verzoek met deze sleutel wordt nu verwerkt"},
    HTTPStatus.UNPROCESSABLE_ENTITY: {"description": "Deze sleutel hoort al bij een ander verzoek"},
}


@dataclass(frozen=True, slots=True)
class Marked:
    """The mark on this request."""

    key: str
    fingerprint: str

    def by(self, key_id: UUID) -> AskedBefore:
        """The mark of this sender: another's key of the same name is another key."""
        return AskedBefore(str(key_id), self.key, self.fingerprint)


async def _marked(request: Request, idempotency_key: Key) -> Marked:
    mark = fingerprint(request.method, request.url.path, await request.body())
    return Marked(checked_key(idempotency_key), mark)


Mark = Annotated[Marked, Depends(_marked)]


async def once(
    asked: AskedBefore, replies: Replies, work: Callable[[], Awaitable[BaseModel]], status: int = HTTPStatus.OK
) -> Response:
    """Do it and keep the reply, or give the reply that was kept. What is refused keeps none, and may be sent again."""
    taken = await replies.take([asked])
    if taken.held:
        raise KeyInFlight
    known = taken.known.get((asked.scope, asked.key))
    if known is not None and known.fingerprint != asked.fingerprint:
        raise KeyReused
    if known is None:
        body = (await work()).model_dump_json(by_alias=True, exclude_none=True)
        known = Reply(asked.fingerprint, status, body)
        await replies.keep({asked: known})
    return Response(known.body, known.status, media_type="application/json")
