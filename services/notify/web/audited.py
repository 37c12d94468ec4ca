"""What the routes of notify tell the audit log: the purpose that stands in the line, and about whom it is."""

from typing import Final

from services.notify.ports import NotifyUnit
from shared.privacy.audit import About
from shared.web.auditing import Audited, Meant, Table, audited, id_in

AUDITED: Final[Table] = {
    **audited(
        About.NOBODY,
        None,
        {
            "parked-events": (
                "GET /berichten/geparkeerd",
                "GET /berichten/geparkeerd/{event_id:path}",
                "POST /berichten/geparkeerd/{event_id:path}",
            ),
            "own-preferences": (
                "GET /berichten/instellingen",
                "POST /berichten/instellingen",
            ),
            "received-mail": ("GET /berichten/ontvangen",),
            "reply-draft": ("POST /internal/reply-drafts", "POST /internal/settled-reply-drafts"),
            "message-list": (
                "GET /berichten",
                "POST /berichten/zoek",
            ),
        },
    ),
    **audited(
        About.MESSAGE,
        "message_id",
        {
            "message": (
                "POST /berichten/{message_id}/opnieuw",
                "GET /berichten/{message_id}",
                "POST /berichten/{message_id}/nog-een-keer",
            ),
        },
    ),
}


async def find_meant(unit: NotifyUnit, _: Audited, given: str) -> Meant:
    """What a path means: a mail, and the case that it is about."""
    message_id = id_in(given)
    message = await unit.overview.read(message_id) if message_id else None
    return Meant(message_id, message.draft.case_id if message else None)
