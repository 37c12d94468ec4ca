"""Parameters in an address: one that a route does not know is refused, and never passed over in silence."""

from difflib import get_close_matches

from fastapi import Request
from pydantic import BaseModel, ConfigDict

from shared.web.fields import is_model
from shared.web.problem import FieldProblem


class KnownParameters(BaseModel):
    """All that a route may be asked: `asked: Annotated[MyParameters, Query()]`."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def unknown_parameter(request: Request, name: str) -> FieldProblem:
    """Names what is wrong, and the nearest that would be right."""
    known = _known(request)
    near = get_close_matches(name, known, n=1)
    hint = f"Bedoel je “{near[0]}”?" if near else f"Wel: {', '.join(known)}." if known else "Laat hem weg."
    return FieldProblem(
        f"Deze parameter kent dit adres niet. {hint}",
        parameter=name,
        example=near[0] if near else None,
        code="unknown-parameter",
    )


def _known(request: Request) -> list[str]:
    """Those of the route that this request came to."""
    fields = request.scope["route"].dependant.query_params
    models = [field.field_info.annotation for field in fields]
    return [name for model in models if is_model(model) for name in model.model_fields]
