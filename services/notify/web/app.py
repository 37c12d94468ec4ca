"""Notify's web app: pages of mails that leave and come in, how one gets them, what community asks; it has no API."""

from fastapi import APIRouter, FastAPI

from services.notify.domain.reply_addresses import ReplyAddresses
from services.notify.ports import NotifyUnit
from services.notify.ports.sending import LetterReader
from services.notify.settings import NotifySettings
from services.notify.web import internal
from services.notify.web.audited import AUDITED, find_meant
from services.notify.web.dependencies import Dependencies
from services.notify.web.pages import message, messages, preferences, received
from shared.access.people_book import PeopleBook
from shared.runtime.service import Parts
from shared.runtime.worker import web_checks
from shared.unit_of_work import Units
from shared.web.app import create_app
from shared.web.pages import Templates


def web_app(
    settings: NotifySettings,
    parts: Parts,
    units: Units[NotifyUnit],
    people: PeopleBook,
    letters: LetterReader,
    replies: ReplyAddresses,
) -> FastAPI:
    """What the proxy sends `/berichten` to. `people`: who a mail went to and whom it names; `letters`: what it says.

    `replies`: what the links to answers open.
    """
    templates = Templates("services.notify")
    pages = APIRouter()
    for page in (preferences, received, messages, message):
        pages.routes.extend(page.router.routes)
    app = create_app(
        service="notify",
        settings=settings,
        parts=parts,
        templates=templates,
        pages=pages,
        internal=internal.router,
        units=units,
        checks=web_checks(parts),
        table=AUDITED,
        find_meant=find_meant,
    )
    app.state.dependencies = Dependencies(
        units=units, templates=templates, people=people, letters=letters, replies=replies
    )
    return app
