"""What machines send and what they get: the base of every JSON body of an API."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler
from pydantic.alias_generators import to_camel
from pydantic_core import CoreSchema, PydanticUseDefault, core_schema


class Body(BaseModel):
    """A part of what is sent; camelCase outside, unknown fields refused.

    An empty text in a field that may be left out means that it was left out, as on a form.
    """

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid", frozen=True)

    def __repr__(self) -> str:
        """Nothing of a family ends up in a log by accident."""
        return f"{type(self).__name__}(…)"

    def __repr_args__(self) -> Any:  # noqa: ANN401 - pydantic's own signature
        return ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401 - as above
        # In the schema, and not a validator of all fields: only what may be left out is looked at, which is three times
        # as fast, and requests for help come through here.
        schema = handler(source)
        model: Any = handler.resolve_ref_schema(schema)
        for field in model["schema"].get("fields", {}).values():
            if field["schema"]["type"] == "default":
                # What comes from `handler` may be the schema that was given before: a field is wrapped once.
                inner = field["schema"]["schema"]
                if inner.get("function", {}).get("function") is not _unless_blank:
                    field["schema"]["schema"] = core_schema.no_info_before_validator_function(_unless_blank, inner)
        return schema


class ReplyBody(BaseModel):
    """A part of a reply; camelCase outside."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True)


class ListLinks(ReplyBody):
    """This page of a list and the next."""

    self_: str = Field(alias="self", examples=["https://schakel.example/v1/requests?limit=25"])
    next: str | None = None


def is_blank(value: object) -> bool:
    """A text with nothing in it but spaces and line ends."""
    return isinstance(value, str) and (not value or value.isspace())


def _unless_blank(value: object) -> object:
    if is_blank(value):
        raise PydanticUseDefault
    return value
