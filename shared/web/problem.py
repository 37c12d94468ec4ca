"""Problem details for machines (RFC 9457): what is wrong, where, and what would be right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from starlette.responses import Response

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One thing that is wrong: in the body at `pointer` (RFC 6901, `/child/birthDate`), or in a named `parameter`."""

    detail: str
    pointer: str | None = None
    parameter: str | None = None
    example: str | None = None
    code: str | None = None

    def as_json(self) -> dict[str, str]:
        """Only what is known."""
        names = ("pointer", "parameter", "detail", "example", "code")
        return {name: value for name in names if (value := getattr(self, name)) is not None}


class Problem(Exception):
    """Raise it anywhere in a request: it becomes a problem+json reply (an error page on pages)."""

    def __init__(
        self,
        status: int,
        title: str,
        detail: str,
        errors: Sequence[FieldProblem] = (),
        *,
        code: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.title = title
        self.detail = detail
        self.errors = tuple(errors)
        self.code = code
        self.headers = dict(headers or {})

    def as_json(self) -> dict[str, Any]:
        """The members of RFC 9457; `errors` and `code` are extension members."""
        members: dict[str, Any] = {
            "type": "about:blank",
            "status": self.status,
            "title": self.title,
            "detail": self.detail,
        }
        if self.code:
            members["code"] = self.code
        if self.errors:
            members["errors"] = [error.as_json() for error in self.errors]
        return members


def problem_response(problem: Problem) -> Response:
    """The reply for it."""
    return Response(
        orjson.dumps(problem.as_json()), status_code=problem.status, media_type=MEDIA_TYPE, headers=problem.headers
    )
