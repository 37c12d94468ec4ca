"""What the routes of intake tell the audit log: the purpose that stands in the line, and about whom it is."""

from typing import Final

from shared.privacy.audit import About, Action
from shared.web.auditing import Table, audited

AUDITED: Final[Table] = {
    **audited(
        About.NOBODY,
        None,
        {
            "parked-events": (
                "GET /aanvragen/geparkeerd",
                "GET /aanvragen/geparkeerd/{event_id:path}",
                "POST /aanvragen/geparkeerd/{event_id:path}",
            ),
            "case-list": (
                "GET /v1/requests",
                "GET /aanvragen",
            ),
            "early-signal": (
                "POST /v1/early-signals",
                "GET /v1/early-signals",
                "GET /aanvragen/doorgeven",
                "POST /aanvragen/doorgeven",
                "GET /aanvragen/signaal/nieuw",
                "POST /aanvragen/signaal/nieuw",
                "GET /aanvragen/signaal/{signal_id}",
                "GET /aanvragen/signaal/{signal_id}/klaar",
                "POST /aanvragen/signaal/{signal_id}/klaar",
                "GET /aanvragen/signaal/{signal_id}/doorgeven",
                "POST /aanvragen/signaal/{signal_id}/doorgeven",
            ),
            "follow-up-words": ("POST /internal/follow-up-words",),
            "request-draft": (
                "GET /aanvragen/nieuw",
                "GET /aanvragen/nieuw/{draft_id}/{slug}",
                "POST /aanvragen/nieuw/{draft_id}/{slug}",
                "POST /aanvragen/nieuw/{draft_id}/verstuur",
                "GET /aanvragen/nieuw/{draft_id}/weg",
                "POST /aanvragen/nieuw/{draft_id}/weg",
            ),
            "handing-over": (
                "GET /aanvragen/overdragen",
                "POST /aanvragen/overdragen",
            ),
            "safety-hold": ("GET /aanvragen/veiligheid",),
        },
    ),
    **audited(About.NOBODY, None, {"token": ("POST /v1/tokens",)}, Action.SIGN_IN),
    **audited(
        About.CASE,
        "id",
        {
            "case-page": ("GET /v1/requests/{id}",),
            "inventory": ("PUT /v1/requests/{id}/inventory",),
            "new-question": ("POST /v1/requests/{id}/new-questions",),
            "withdrawal": ("POST /v1/requests/{id}/withdrawal",),
            "closing": ("POST /v1/requests/{id}/closing",),
            "pause": (
                "POST /v1/requests/{id}/pause",
                "POST /v1/requests/{id}/resumption",
            ),
            "home-visit": (
                "POST /v1/requests/{id}/home-visit",
                "POST /v1/requests/{id}/home-visit/completion",
            ),
            "follow-up-agreement": ("POST /v1/requests/{id}/follow-up-agreement",),
            "reopening": ("POST /v1/requests/{id}/reopening",),
            "urgent-needs": ("POST /v1/requests/{id}/urgent-needs",),
            "erasure": ("POST /v1/requests/{id}/erasure",),
            "consent": ("POST /v1/requests/{id}/consent",),
        },
    ),
    **audited(
        About.CASE,
        "case_id",
        {
            "inventory": (
                "GET /aanvragen/{case_id}/inventarisatie",
                "POST /aanvragen/{case_id}/inventarisatie",
                "POST /aanvragen/{case_id}/begin",
            ),
            "new-question": (
                "GET /aanvragen/{case_id}/nieuwe-vraag",
                "POST /aanvragen/{case_id}/nieuwe-vraag",
            ),
            "overview": ("GET /aanvragen/{case_id}/overzicht",),
            "closing": (
                "GET /aanvragen/{case_id}/afsluiten",
                "POST /aanvragen/{case_id}/afsluiten",
            ),
            "withdrawal": (
                "GET /aanvragen/{case_id}/intrekken",
                "POST /aanvragen/{case_id}/intrekken",
            ),
            "home-visit": (
                "GET /aanvragen/{case_id}/huisbezoek",
                "POST /aanvragen/{case_id}/huisbezoek",
                "POST /aanvragen/{case_id}/huisbezoek/geweest",
            ),
            "pause": (
                "GET /aanvragen/{case_id}/rust",
                "POST /aanvragen/{case_id}/rust",
                "POST /aanvragen/{case_id}/rust/voorbij",
            ),
            "follow-up-agreement": (
                "GET /aanvragen/{case_id}/hoe-gaat-het",
                "POST /aanvragen/{case_id}/hoe-gaat-het",
            ),
            "correction": (
                "GET /aanvragen/{case_id}/contact",
                "POST /aanvragen/{case_id}/contact",
            ),
            "case-page": ("GET /aanvragen/{case_id}",),
            "acknowledgement": ("POST /aanvragen/{case_id}/gezien",),
            "reopening": ("POST /aanvragen/{case_id}/heropenen",),
            "erasure": (
                "GET /aanvragen/{case_id}/wissen",
                "POST /aanvragen/{case_id}/wissen",
            ),
            "safety-hold": (
                "GET /aanvragen/{case_id}/veiligheid",
                "POST /aanvragen/{case_id}/veiligheid",
                "POST /aanvragen/{case_id}/veiligheid/verder",
            ),
            "urgent-needs": ("POST /aanvragen/{case_id}/nu-vragen",),
            "open-family": ("POST /aanvragen/{case_id}/openen",),
            "giving-back": (
                "GET /aanvragen/{case_id}/teruggeven",
                "POST /aanvragen/{case_id}/teruggeven",
            ),
            "handing-over": (
                "GET /aanvragen/{case_id}/overdragen",
                "POST /aanvragen/{case_id}/overdragen",
                "GET /aanvragen/{case_id}/verteld",
                "POST /aanvragen/{case_id}/verteld",
            ),
            "consent": (
                "GET /aanvragen/{case_id}/toestemming",
                "POST /aanvragen/{case_id}/toestemming",
            ),
            "need-category": (
                "GET /aanvragen/{case_id}/hulpvragen/{need_id}/soort",
                "POST /aanvragen/{case_id}/hulpvragen/{need_id}/soort",
            ),
        },
    ),
}
