"""The one route that must stay fast reads its request by hand.

FastAPI's solving of dependencies costs more than all the rest of a request for help (measured: half of the time outside
the database). The route keeps its declared signature, which describes it in the OpenAPI document and in error messages.
"""

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError

BodyT = TypeVar("BodyT", bound=BaseModel)


def by_hand(work: Callable[[Request], Coroutine[Any, Any, Response]]) -> type[APIRoute]:
    """A kind of route (`route_class_override`) that gives the request to `work` as it is."""

    class ByHand(APIRoute):
        def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
            return work

    return ByHand


async def body_of(request: Request, model: type[BodyT]) -> BodyT:
    """The checked body; what is wrong with it is told like FastAPI tells it."""
    try:
        return model.model_validate_json(await request.body())
    except ValidationError as invalid:
        wrong = [{**error, "loc": ("body", *error["loc"])} for error in invalid.errors(include_url=False)]
        raise RequestValidationError(wrong) from None
