"""Forms: from what a person typed to a pydantic model, or back to the page with every problem in Dutch."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from fastapi import Request
from pydantic import BaseModel

ModelT = TypeVar("ModelT", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class FieldError:
    """One wrong field: its name in the form, its label, what is wrong, and a good example."""

    field: str
    label: str
    problem: str
    example: str | None = None


@dataclass
class Form(Generic[ModelT]):
    """A form as it came in. `data` is there when nothing is wrong; `values` and `errors` are for showing it again.

    Field names are the model's (aliases when it has them), dotted for nested models: `child.firstName`, `needs.0.category`.
    Labels and examples come from the model: `Field(title="Voornaam", examples=["Amina"])`.
    """

    values: dict[str, Any] = field(default_factory=dict)
    errors: list[FieldError] = field(default_factory=list)
    data: ModelT | None = None

    def refuse(self, name: str, problem: str, *, label: str = "", example: str | None = None) -> None:
        """Add a problem that was found after the model was read (also for `shared.errors.Invalid`)."""
        raise NotImplementedError


async def read_form(request: Request, model: type[ModelT], *, many: Sequence[str] = ()) -> Form[ModelT]:
    """Read the posted form. Empty fields count as not given; fields named in `many` are always lists (checkboxes)."""
    raise NotImplementedError


def empty_form(model: type[ModelT], **values: Any) -> Form[ModelT]:  # noqa: ANN401
    """A form to show for the first time, with these values filled in."""
    raise NotImplementedError
