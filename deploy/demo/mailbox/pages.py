"""`/postvak`: a mail program for the demo, and a JSON door for tests. No scripts, nothing from outside."""

from http import HTTPStatus
from importlib.resources import files
from typing import Annotated, Any, Final
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from fastapi import APIRouter, FastAPI, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from deploy.demo.mailbox.post import Mail, Mailbox

PATH: Final = "/postvak"
PAGE_POLICY: Final = "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'"
# A mail is a stranger's page: it may have a look, and its links may be followed, and nothing else.
MAIL_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'self'; frame-ancestors 'self'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
)
_templates = Environment(
    loader=PackageLoader("deploy.demo.mailbox"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.filters["moment"] = lambda at, zone: format_datetime(at.astimezone(zone), "EEE d MMM HH:mm", locale="nl_NL")
_templates.filters["snippet"] = lambda text: " ".join(text.split())[:110]


def mailbox_app(mailbox: Mailbox, zone: ZoneInfo) -> FastAPI:
    """The app; every path starts with `/postvak`. Moments are shown by the clocks of this zone."""
    app = FastAPI(title="Postvak", openapi_url=None, docs_url=None, redoc_url=None)
    app.include_router(_pages(mailbox, zone))
    app.include_router(_door(mailbox))
    return app


def _pages(mailbox: Mailbox, zone: ZoneInfo) -> APIRouter:
    router = APIRouter(prefix=PATH, include_in_schema=False)

    @router.get("")
    async def inbox(to: Annotated[str, Query(max_length=254)] = "") -> Response:
        return _page("inbox.html", zone=zone, mails=mailbox.mails(to), readers=mailbox.readers(), to=to.lower())

    @router.get("/postvak.css")
    async def style() -> Response:
        css = files("deploy.demo.mailbox").joinpath("templates/postvak.css").read_text(encoding="utf-8")
        return Response(css, media_type="text/css")

    @router.get("/{number:int}")
    async def one(number: int) -> Response:
        mail = _there(mailbox, number)
        return _page("mail.html", zone=zone, mail=mail, readers=mailbox.readers(), to=mail.to)

    @router.get("/{number:int}/html")
    async def as_written(number: int) -> Response:
        html = _there(mailbox, number).html.replace("<head>", '<head><base target="_top">', 1)
        return HTMLResponse(html, headers={"Content-Security-Policy": MAIL_POLICY, "X-Content-Type-Options": "nosniff"})

    return router


def _door(mailbox: Mailbox) -> APIRouter:
    router = APIRouter(prefix=f"{PATH}/api", include_in_schema=False)

    @router.get("/messages")
    async def messages(request: Request, to: Annotated[str, Query(max_length=254)] = "", since: int = 0) -> Response:
        """Newest first: everybody's or one reader's, with a number above `since`."""
        found = [_shown(mail, request) for mail in mailbox.mails(to) if mail.number > since]
        return JSONResponse({"messages": found})

    @router.post("/refusals")
    async def refuse_next(to: Annotated[str, Query(max_length=254)]) -> Response:
        """To see what becomes of a mail that a server does not take."""
        mailbox.refuse_next(to)
        return Response(status_code=HTTPStatus.NO_CONTENT)

    return router


def _shown(mail: Mail, request: Request) -> dict[str, Any]:
    return {
        "number": mail.number,
        "sentAt": mail.sent_at.isoformat(),
        "to": mail.to,
        "from": mail.sender,
        "subject": mail.subject,
        "text": mail.text,
        "html": mail.html,
        "messageId": mail.message_id,
        "links": mail.links,
        "page": str(request.url.replace(path=f"{PATH}/{mail.number}", query="")),
    }


def _there(mailbox: Mailbox, number: int) -> Mail:
    mail = mailbox.mail(number)
    if mail is None:
        raise HTTPException(404, "Deze mail is er niet (meer).")
    return mail


def _page(name: str, **context: Any) -> Response:  # noqa: ANN401 - what a template shows may be anything
    html = _templates.get_template(name).render(path=PATH, **context)
    return HTMLResponse(html, headers={"Content-Security-Policy": PAGE_POLICY, "X-Content-Type-Options": "nosniff"})
