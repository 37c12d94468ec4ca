"""What the routes of intake tell the audit log: the purpose that stands in the line, and about whom it is."""

from typing import Final

from services.intake.ports import IntakeUnit
from shared.privacy.audit import About, Action
from shared.web.auditing import Audited, Meant, Table, audited, id_in

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
            "alike-families": ("POST /internal/alike-families",),
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
            "own-stories": ("GET /aanvragen/eigen-verhalen",),
            "help-felt": ("GET /aanvragen/hoe-was-de-hulp",),
            "family-page": (
                "GET /gezin/pagina",
                "GET /gezin/wat-wij-weten",
                "GET /gezin/wie-zag-wat",
                "GET /gezin/klopt-niet",
                "POST /gezin/klopt-niet",
                "POST /gezin/waarom",
                "GET /gezin/rust",
                "POST /gezin/rust",
                "GET /gezin/hoe-vaak",
                "POST /gezin/hoe-vaak",
                "GET /gezin/liever-niet",
                "POST /gezin/liever-niet",
                "POST /gezin/toch-goed",
                "GET /gezin/hoe-was-het",
                "POST /gezin/hoe-was-het",
                "GET /gezin/verhaal",
                "POST /gezin/verhaal",
                "POST /gezin/verhaal/terug",
                "GET /gezin/toestemming",
                "POST /gezin/toestemming",
                "POST /gezin/toestemming/stop",
                "POST /gezin/toestemming/alles",
                "GET /gezin/papier",
                "GET /gezin/meenemen",
                "GET /gezin/meenemen/bestand",
            ),
        },
    ),
    **audited(About.NOBODY, None, {"token": ("POST /v1/tokens",)}, Action.SIGN_IN),
    **audited(About.NOBODY, None, {"family-access": ("POST /gezin", "POST /gezin/open/{token}")}, Action.SIGN_IN),
    **audited(
        About.CASE,
        "id",
        {
            "case-page": ("GET /v1/requests/{id}",),
            "inventory": ("PUT /v1/requests/{id}/inventory",),
            "birth": ("POST /v1/requests/{id}/birth",),
            "sibling": ("POST /v1/requests/{id}/siblings",),
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
            "partner-consent": ("POST /v1/requests/{id}/partner-consents",),
        },
    ),
    **audited(About.REFERRAL, "referral_id", {"partner-data": ("GET /aanvragen/gegevens/{referral_id}",)}),
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
            "sibling": (
                "GET /aanvragen/{case_id}/nog-een-kind",
                "POST /aanvragen/{case_id}/nog-een-kind",
            ),
            "birth": (
                "GET /aanvragen/{case_id}/geboren",
                "POST /aanvragen/{case_id}/geboren",
            ),
            "household": ("GET /aanvragen/{case_id}/gezin",),
            "same-child": (
                "GET /aanvragen/{case_id}/zelfde-kind/{pair_id}",
                "POST /aanvragen/{case_id}/zelfde-kind/{pair_id}",
                "POST /aanvragen/{case_id}/zelfde-kind/{pair_id}/uit-elkaar",
            ),
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
                "GET /aanvragen/{case_id}/verbeteren",
                "POST /aanvragen/{case_id}/verbeteren",
            ),
            "case-page": ("GET /aanvragen/{case_id}",),
            "family-asks": (
                "GET /aanvragen/{case_id}/gezin-vraagt",
                "POST /aanvragen/{case_id}/gezin-vraagt",
            ),
            "family-access": (
                "GET /aanvragen/{case_id}/link-gezin",
                "POST /aanvragen/{case_id}/link-gezin",
                "POST /aanvragen/{case_id}/link-gezin/weg",
            ),
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
            "partner-consent": (
                "GET /aanvragen/{case_id}/toestemming/partners",
                "POST /aanvragen/{case_id}/toestemming/partners",
                "GET /aanvragen/{case_id}/toestemming/formulier",
                "POST /aanvragen/{case_id}/toestemming/stoppen",
            ),
            "need-category": (
                "GET /aanvragen/{case_id}/hulpvragen/{need_id}/soort",
                "POST /aanvragen/{case_id}/hulpvragen/{need_id}/soort",
            ),
        },
    ),
}


async def find_meant(unit: IntakeUnit, row: Audited, given: str) -> Meant:
    """The id in the path; of a referral, also the case that it is of, as long as it is known."""
    about_id = id_in(given)
    if row.about is not About.REFERRAL or about_id is None:
        return Meant(about_id)
    accepted = await unit.accepted.read(about_id)
    return Meant(about_id, accepted.case_id if accepted else None)
