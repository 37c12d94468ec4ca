"""From an exception to a reply: problem+json for machines, a page for people."""

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final, cast

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException
from starlette.routing import Match

from shared.access.sessions import SignInNeeded
from shared.kernel.errors import Invalid, Refusal, Transient
from shared.kernel.translatable import to_translate
from shared.web.fields import example_at
from shared.web.forms import typed_in
from shared.web.json_body import escaped
from shared.web.languages import reading_of_texts
from shared.web.messages import example, sentence
from shared.web.metrics import KNOWN_METHODS
from shared.web.pages import Templates
from shared.web.parameters import unknown_parameter
from shared.web.problem import FieldProblem, Problem, problem_response
from shared.web.request_guard import SAFE_METHODS
from shared.web.signing_in import sign_in_first
from shared.web.site import is_for_machines

RETRY_AFTER_SECONDS: Final = 5
# Of a body with thousands of mistakes nobody reads more, and naming each costs time.
MOST_NAMED: Final = 100
WORDS: Final[Mapping[int, tuple[str, str]]] = {
    400: (to_translate("Niet goed ingevuld"), to_translate("Er klopt iets niet in wat je stuurde.")),
    401: (to_translate("Onbekende afzender"), to_translate("Laat eerst zien wie je bent.")),
    403: (to_translate("Dit mag niet"), to_translate("Je mag dit niet bekijken of doen.")),
    404: (to_translate("Niet gevonden"), to_translate("Deze pagina bestaat niet, of niet meer. Klopt het adres?")),
    405: (to_translate("Dit kan hier niet"), to_translate("Dit adres kent deze methode niet.")),
    406: (to_translate("Dit hebben wij niet"), to_translate("Wij kunnen het niet in deze vorm geven.")),
    409: (to_translate("Dit kan nu niet"), to_translate("Het is intussen veranderd.")),
    413: (to_translate("Het bericht is te groot"), to_translate("Maak het bericht kleiner.")),
    415: (to_translate("Onbekend soort bericht"), to_translate("Stuur het in een andere vorm.")),
}
_CODE: Final = re.compile(r"[a-z0-9-]*")
Answer = Callable[[Request, Problem], Response]


def refuse_with(templates: Templates) -> Answer:
    """How this service answers with a Problem, on a page or to a machine."""

    def refuse(request: Request, problem: Problem) -> Response:
        if is_for_machines(request.url.path):
            return problem_response(problem)
        _read(request, problem)
        page = templates.page(request, "error.html", problem.status, problem=problem)
        page.headers.update(problem.headers)
        return page

    return refuse


def _read(request: Request, problem: Problem) -> None:
    """Whether the page can be read in another language, is for its texts to say."""
    texts = (problem.title, problem.detail, *(each.detail for each in problem.errors))
    request.state.reading = reading_of_texts(request, *texts)


def keep_what_was_typed(templates: Templates, refuse: Answer) -> Callable[[Request, Problem], Awaitable[Response]]:
    """The answer to a form that could not be taken now holds the form: pages are kept nowhere, and typing is work."""

    async def answer(request: Request, problem: Problem) -> Response:
        on_page = request.method not in SAFE_METHODS and not is_for_machines(request.url.path)
        if not on_page or problem.status not in (HTTPStatus.CONFLICT, HTTPStatus.SERVICE_UNAVAILABLE):
            return refuse(request, problem)
        typed = await typed_in(request)
        # To read and copy: what was typed, without the codes of choices and the ids of hidden fields.
        words = "\n\n".join(value for _, value in typed if not _CODE.fullmatch(value))
        if problem.status == HTTPStatus.CONFLICT and not words:
            return refuse(request, problem)
        _read(request, problem)
        page = templates.page(
            request, "not_taken.html", problem.status, problem=problem, path=request.url.path, typed=typed, words=words
        )
        page.headers.update(problem.headers)
        return page

    return answer


def handle_refusals(app: FastAPI, refuse: Answer, templates: Templates) -> None:
    """Register every kind of exception that has an answer."""
    answer = keep_what_was_typed(templates, refuse)

    def with_problem(make: Callable[[Request, Any], Problem]) -> Callable[[Request, Exception], Awaitable[Response]]:
        async def handle(request: Request, exception: Exception) -> Response:
            problem = make(request, exception)
            await request.app.state.web.auditing.refused(request, problem.status)
            return await answer(request, problem)

        return handle

    app.add_exception_handler(Problem, with_problem(lambda _, problem: problem))
    app.add_exception_handler(Refusal, with_problem(_refused))
    app.add_exception_handler(RequestValidationError, with_problem(not_valid))
    app.add_exception_handler(HTTPException, lambda request, exception: _http(request, exception, refuse))
    app.add_exception_handler(SignInNeeded, sign_in_first(templates))
    for away in (Transient, TimeoutError):
        app.add_exception_handler(away, with_problem(_away))


def _refused(_: Request, refusal: Refusal) -> Problem:
    wrong = refusal.wrong if isinstance(refusal, Invalid) else ()
    errors = [
        FieldProblem(each.message, pointer=_pointer(each.field.split(".")), example=each.example, code=each.code)
        for each in wrong
    ]
    return Problem(refusal.status, refusal.title, refusal.message, errors, code=refusal.code)


def _pointer(path: Iterable[object]) -> str:
    return "".join(f"/{escaped(step)}" for step in path)


def _away(_: Request, __: Exception) -> Problem:
    return Problem(
        503,
        to_translate("Even niet bereikbaar"),
        to_translate(
            "Schakel kan nu even niets opslaan. Er is niets verloren. Probeer het over een paar tellen nog eens."
        ),
        code="try-again",
        headers={"Retry-After": str(RETRY_AFTER_SECONDS)},
    )


def _http(request: Request, exception: Exception, refuse: Answer) -> Response:
    failure = cast("HTTPException", exception)
    path = request.url.path
    if failure.status_code == HTTPStatus.NOT_FOUND and _slash_too_many(request):
        # One slash in front, whatever was asked: two would lead to another host.
        return RedirectResponse("/" + path.strip("/"), status_code=HTTPStatus.PERMANENT_REDIRECT)
    if failure.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return _not_this_method(request, refuse)
    title, detail = WORDS.get(failure.status_code, ("Dit kan niet", "Dit kon niet worden gedaan."))
    return refuse(request, Problem(failure.status_code, title, detail, headers=failure.headers))


def _not_this_method(request: Request, refuse: Answer) -> Response:
    """The router names the methods of the first route of a path only; there may be more on the same path (RFC 9110)."""
    allow = {"Allow": ", ".join(methods_of(request))}
    if request.method == "OPTIONS":
        return Response(status_code=HTTPStatus.NO_CONTENT, headers=allow)
    return refuse(request, Problem(405, *WORDS[405], headers=allow))


def methods_of(request: Request) -> list[str]:
    """Every method that this path takes."""
    routes = request.app.router.routes
    taken = {
        method
        for method in KNOWN_METHODS
        if any(route.matches({**request.scope, "method": method})[0] is Match.FULL for route in routes)
    }
    return sorted(taken | {"OPTIONS"} | ({"HEAD"} if "GET" in taken else set()))


def _slash_too_many(request: Request) -> bool:
    path = request.url.path
    return request.method == "GET" and path.endswith("/") and path.strip("/") != "" and not is_for_machines(path)


def not_valid(request: Request, invalid: RequestValidationError, *, also: Sequence[FieldProblem] = ()) -> Problem:
    """All that is wrong with what was sent, in one answer; `also`: what the route itself found."""
    errors = cast("Sequence[Mapping[str, Any]]", invalid.errors())
    body, named = _body_model(request), errors[:MOST_NAMED]
    found = [*(_field_problem(request, error, body) for error in named), *also]
    if not is_for_machines(request.url.path) and any(error["loc"][0] == "path" for error in errors):
        return Problem(404, *WORDS[404])
    title, _ = WORDS[400]
    wrong = len(errors) + len(also)
    amount = "Er klopt één ding niet." if wrong == 1 else f"Er kloppen {wrong} dingen niet."
    if len(named) < len(errors):
        amount += f" De eerste {MOST_NAMED} staan hieronder."
    return Problem(400, title, amount, found, code="not-valid")


def _body_model(request: Request) -> Any:  # noqa: ANN401 - whatever the route takes
    field = getattr(request.scope.get("route"), "body_field", None)
    return field.field_info.annotation if field is not None else None


def _field_problem(
    request: Request,
    error: Mapping[str, Any],
    body: Any,  # noqa: ANN401 - as above
) -> FieldProblem:
    place, *path = error["loc"]
    if place == "query" and error["type"] == "extra_forbidden":
        return unknown_parameter(request, str(path[0]))
    shown = (example_at(body, path, request.app.state.web.city) if place == "body" else None) or example(error)
    if place == "body":
        return FieldProblem(sentence(error), pointer=_pointer(path), example=shown)
    return FieldProblem(sentence(error), parameter=str(path[0]) if path else str(place), example=shown)
