"""A link or a code that opens nothing; and how often somebody may try."""

from http import HTTPStatus

from fastapi import Request, Response

from services.matching.ports import MatchingUnit
from services.matching.web.dependencies import Dependencies
from services.matching.web.forms import ShortCodeForm
from shared.access.links import short_code_in
from shared.kernel.translatable import to_translate
from shared.web.dependencies import ClientAddress, TheWeb
from shared.web.forms import empty_form
from shared.web.languages import read_as, reading_of
from shared.web.problem import Problem

# A token cannot be guessed; a short code could be, by somebody who may try for years.
SHORT_CODES_PER_ADDRESS = "200/10 minutes"
UNKNOWN_CODE = to_translate("Deze code kennen we niet. Kijk nog eens in de nieuwste mail.")


async def count_codes(token: str, web: TheWeb, address: ClientAddress) -> None:
    """Somebody who tries many codes is stopped."""
    if short_code_in(token):
        await web.limiter.hit("short-code", address, SHORT_CODES_PER_ADDRESS)


def link_gone(request: Request, dependencies: Dependencies, token: str, unit: MatchingUnit) -> Response:
    """What to do now; whoever typed a code can type it again. It is refused, and the audit log says so."""
    unit.audit.refuse()
    code = short_code_in(token)
    form = empty_form(ShortCodeForm, code=code or "")
    if code:
        form.refuse("code", UNKNOWN_CODE)
    how = request.state.reading = reading_of(request)
    with read_as(how):
        return dependencies.templates.page(
            request, "link_gone.html", HTTPStatus.NOT_FOUND, form=form, is_code=code is not None
        )


def nothing_chosen() -> Problem:
    """A form came without one of its buttons."""
    return Problem(HTTPStatus.BAD_REQUEST, "Niet goed ingevuld", "Kies eerst wat je wilt antwoorden.")
