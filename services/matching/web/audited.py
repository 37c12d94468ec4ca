"""What the routes of matching tell the audit log: the purpose that stands in the line, and about whom it is."""

from typing import Final

from shared.privacy.audit import About
from shared.web.auditing import Table, audited

AUDITED: Final[Table] = {
    **audited(
        About.NOBODY,
        None,
        {
            "partner-answer": (
                "GET /antwoord/{token}",
                "POST /antwoord/{token}",
            ),
            "family-wish": (
                "GET /doorverwijzingen/link/{token}",
                "POST /doorverwijzingen/link/{token}",
            ),
            "own-entry": (
                "GET /netwerk/vermelding/link/{token}",
                "POST /netwerk/vermelding/link/{token}",
                "GET /netwerk/vermelding/link/{token}/organisatie",
                "POST /netwerk/vermelding/link/{token}/organisatie",
                "GET /netwerk/vermelding/link/{token}/aanbod",
                "POST /netwerk/vermelding/link/{token}/aanbod",
                "GET /netwerk/vermelding/link/{token}/aanbod/{service_id}",
                "POST /netwerk/vermelding/link/{token}/aanbod/{service_id}",
                "GET /netwerk/vermelding",
                "POST /netwerk/vermelding",
                "GET /netwerk/vermelding/organisatie",
                "GET /netwerk/vermelding/aanbod",
                "POST /netwerk/vermelding/aanbod",
                "POST /netwerk/vermelding/organisatie",
                "GET /netwerk/vermelding/aanbod/{service_id}",
                "POST /netwerk/vermelding/aanbod/{service_id}",
            ),
            "referral-list": (
                "GET /v1/referrals",
                "GET /doorverwijzingen",
            ),
            "mail-address": ("POST /internal/deliveries",),
            "people-book": ("POST /internal/people",),
            "people": (
                "GET /netwerk/mensen",
                "POST /netwerk/mensen",
                "GET /netwerk/mensen/contacten",
                "GET /netwerk/mensen/nieuw",
                "POST /netwerk/mensen/nieuw",
                "POST /netwerk/mensen/contacten/{contact_id}",
            ),
            "organisations": (
                "GET /netwerk/organisaties",
                "GET /netwerk/organisaties/nieuw",
                "POST /netwerk/organisaties/nieuw",
                "GET /netwerk/organisaties/aanmelding/{application_id}",
                "POST /netwerk/organisaties/aanmelding/{application_id}/ja",
                "POST /netwerk/organisaties/aanmelding/{application_id}/nee",
            ),
            "social-map": (
                "GET /netwerk/aanbod/{service_id}",
                "POST /netwerk/aanbod/{service_id}",
                "GET /netwerk/voorstellen",
                "POST /netwerk/voorstellen/{proposal_id}",
                "GET /netwerk/zoekwoorden",
                "POST /netwerk/zoekwoorden",
                "GET /netwerk/zoekwoorden/{word_id}",
                "POST /netwerk/zoekwoorden/{word_id}",
                "POST /netwerk/zoekwoorden/{word_id}/weg",
            ),
            "colleagues": (
                "GET /netwerk/collegas",
                "POST /netwerk/collegas/{contact_id}",
            ),
        },
    ),
    **audited(
        About.REFERRAL,
        "id",
        {
            "referral": (
                "POST /v1/referrals/{id}/handover",
                "POST /v1/referrals/{id}/outcome",
            ),
        },
    ),
    **audited(
        About.PERSON,
        "person_id",
        {
            "people": (
                "GET /netwerk/mensen/{person_id}",
                "POST /netwerk/mensen/{person_id}",
            ),
        },
    ),
    **audited(
        About.ORGANISATION,
        "organisation_id",
        {
            "organisations": (
                "GET /netwerk/organisaties/{organisation_id}",
                "POST /netwerk/organisaties/{organisation_id}",
                "POST /netwerk/organisaties/{organisation_id}/klopt",
                "GET /netwerk/organisaties/{organisation_id}/wijzigen",
                "GET /netwerk/organisaties/{organisation_id}/aanbod",
                "POST /netwerk/organisaties/{organisation_id}/aanbod",
            ),
        },
    ),
    **audited(
        About.NEED,
        "need_id",
        {
            "partner-choice": (
                "GET /doorverwijzingen/hulpvraag/{need_id}",
                "POST /doorverwijzingen/hulpvraag/{need_id}/opnieuw",
                "GET /doorverwijzingen/hulpvraag/{need_id}/vragen/{service_id}",
                "POST /doorverwijzingen/hulpvraag/{need_id}/vragen/{service_id}",
                "GET /doorverwijzingen/hulpvraag/{need_id}/overslaan",
                "POST /doorverwijzingen/hulpvraag/{need_id}/overslaan",
                "GET /doorverwijzingen/hulpvraag/{need_id}/buiten-de-kaart",
                "POST /doorverwijzingen/hulpvraag/{need_id}/buiten-de-kaart",
                "GET /doorverwijzingen/hulpvraag/{need_id}/wachten",
                "POST /doorverwijzingen/hulpvraag/{need_id}/wachten",
                "GET /doorverwijzingen/hulpvraag/{need_id}/geen-hulp",
                "POST /doorverwijzingen/hulpvraag/{need_id}/geen-hulp",
            ),
        },
    ),
    **audited(
        About.REFERRAL,
        "referral_id",
        {
            "referral": (
                "GET /doorverwijzingen/{referral_id}",
                "POST /doorverwijzingen/{referral_id}",
            ),
        },
    ),
}
