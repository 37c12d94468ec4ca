"""Bodies of JSON, looked at before anything else reads them: well-formed, not too deep, no NUL."""

from typing import Any, Final

import orjson

from shared.web.problem import FieldProblem, Problem

MAX_DEPTH: Final = 32
NOT_WELL_FORMED: Final = "Het bericht is niet te lezen"


def check_json(body: bytes) -> None:
    """Raises a 400 Problem for a body that is not JSON, is nested too deep, or holds a NUL character."""
    # Counting brackets first is cheap and keeps every parser after this one from going too deep.
    if body.count(b"[") + body.count(b"{") > MAX_DEPTH and _depth(body) > MAX_DEPTH:
        raise Problem(
            400,
            NOT_WELL_FORMED,
            f"De JSON is te diep genest: hooguit {MAX_DEPTH} niveaus.",
            [
                FieldProblem(
                    f"Gebruik hooguit {MAX_DEPTH} niveaus.", pointer="", example='{"child": {"firstName": "Amina"}}'
                )
            ],
            code="json-too-deep",
        )
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError as broken:
        raise Problem(
            400,
            NOT_WELL_FORMED,
            f"Dit is geen geldige JSON (regel {broken.lineno}, teken {broken.colno}).",
            [FieldProblem("Stuur geldige JSON in UTF-8.", pointer="", example='{"child": {"firstName": "Amina"}}')],
            code="json-not-valid",
        ) from None
    if b"\\u0000" in body and (pointer := _nul(value, "")) is not None:
        raise nul_problem(pointer=pointer)


def nul_problem(*, pointer: str | None = None, parameter: str | None = None) -> Problem:
    """A NUL character stands there; no database keeps it, and nobody types it."""
    error = FieldProblem(
        "Hier staat een NUL-teken in. Laat het weg.", pointer=pointer, parameter=parameter, example="Amina"
    )
    return Problem(400, NOT_WELL_FORMED, "Er staat een NUL-teken in het bericht.", [error], code="nul-character")


def escaped(step: object) -> str:
    """One step of a JSON pointer (RFC 6901)."""
    return str(step).replace("~", "~0").replace("/", "~1")


def _depth(body: bytes) -> int:
    """How deep the brackets go, whatever stands between them; strings are passed over."""
    deepest = depth = 0
    inside = skip = False
    for byte in body:
        if skip:
            skip = False
        elif inside:
            skip, inside = byte == ord("\\"), byte != ord('"')
        elif byte == ord('"'):
            inside = True
        elif byte in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif byte in b"]}":
            depth -= 1
    return deepest


def _nul(value: Any, pointer: str) -> str | None:  # noqa: ANN401 - any JSON
    """Where the first NUL stands; the depth is checked before."""
    if isinstance(value, str):
        return pointer if "\0" in value else None
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in pairs:
        if isinstance(step, str) and "\0" in step:
            return pointer
        if (found := _nul(inner, f"{pointer}/{escaped(step)}")) is not None:
            return found
    return None
