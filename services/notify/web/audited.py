"""What the routes of notify tell the audit log: the purpose that stands in the line, and about whom it is."""

from typing import Final

from shared.privacy.audit import About
from shared.web.auditing import Table, audited

AUDITED: Final[Table] = {
    **audited(
        About.NOBODY,
        None,
        {
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
