"""`Idempotency-Key`: a machine may ask twice and is served once. The reply is stored in the change's transaction."""

import hashlib
from http import HTTPStatus
from typing import Any, Final

import orjson

from shared.web.problem import FieldProblem, Problem

MAX_KEY_LENGTH = 128
# Beyond this a number with a point is not exact, and stays as it is.
LARGEST_EXACT: Final = 2**53


class KeyReused(Problem):
    """The same key with another body."""

    def __init__(self) -> None:
        super().__init__(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "Sleutel al gebruikt",
            "Deze Idempotency-Key hoort al bij een ander bericht. Kies voor elk nieuw bericht een nieuwe sleutel.",
            code="idempotency-key-reused",
        )


class KeyInFlight(Problem):
    """The same key is being handled at this moment."""

    def __init__(self) -> None:
        super().__init__(
            HTTPStatus.CONFLICT,
            "Nog bezig",
            "Een bericht met deze Idempotency-Key wordt nu verwerkt. Vraag het over een paar tellen nog eens.",
            code="idempotency-key-in-flight",
            headers={"Retry-After": "2"},
        )


class KeyMissing(Problem):
    """There is no key, or none that can be one."""

    def __init__(self) -> None:
        error = FieldProblem(
            f"Stuur een eigen sleutel mee: 1 tot {MAX_KEY_LENGTH} tekens, voor elk nieuw bericht een andere.",
            parameter="Idempotency-Key",
            example="7f2c1e9a-3b60-4a53-9d0e-5b1c2f3a4d5e",
            code="idempotency-key-missing",
        )
        super().__init__(
            HTTPStatus.BAD_REQUEST,
            "Sleutel ontbreekt",
            "De header Idempotency-Key ontbreekt of klopt niet.",
            [error],
            code="idempotency-key-missing",
        )


def checked_key(header: str | None) -> str:
    """The header's value. Raises KeyMissing when it is absent or not 1 to 128 printable ASCII characters."""
    key = (header or "").strip().strip('"')
    if not key or len(key) > MAX_KEY_LENGTH or not (key.isascii() and key.isprintable()):
        raise KeyMissing
    return key


def fingerprint(method: str, path: str, body: bytes) -> str:
    """What makes two requests the same: method, path and what the body says, however its JSON is written.

    The body is well-formed JSON (`check_json`) or empty. Of a key that stands there twice the last counts, as it does
    for whoever reads the body.
    """
    return hashlib.sha256(b"\n".join((method.encode(), path.encode(), _canonical(body)))).hexdigest()


def _canonical(body: bytes) -> bytes:
    if not body:
        return b""
    content = orjson.loads(body)
    written = orjson.dumps(content, option=orjson.OPT_SORT_KEYS)
    # Hardly any body holds a number with a point: a look at the bytes is cheaper than one at every value.
    return orjson.dumps(_whole(content), option=orjson.OPT_SORT_KEYS) if b".0" in written else written


def _whole(content: Any) -> Any:  # noqa: ANN401 - any JSON
    """`1.0` as `1`: which of the two a program writes is chance."""
    if isinstance(content, float):
        return int(content) if abs(content) <= LARGEST_EXACT and content.is_integer() else content
    if isinstance(content, list):
        return [_whole(inner) for inner in content]
    return {key: _whole(inner) for key, inner in content.items()} if isinstance(content, dict) else content
