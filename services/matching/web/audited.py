"""What the routes of matching tell the audit log: the purpose that stands in the line, and about whom it is."""

from typing import Final
from uuid import UUID

from services.matching.handlers.deliveries import ANSWER_LINK, FAMILY_LINK
from services.matching.handlers.directory_links import ENTRY_LINK
from services.matching.ports import MatchingUnit
from shared.privacy.audit import About
from shared.web.auditing import Audited, Meant, Table, audited, id_in

AUDITED: Final[Table] = {
    **audited(
        About.NOBODY,
        None,
        {
            "parked-events": (
                "GET /netwerk/geparkeerd",
                "GET /netwerk/geparkeerd/{event_id:path}",
                "POST /netwerk/geparkeerd/{event_id:path}",
            ),
            "own-entry": (
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
                "GET /netwerk/inlezen",
                "POST /netwerk/inlezen",
                "GET /netwerk/inlezen/{import_id}",
                "GET /netwerk/inlezen/{import_id}/geweigerd.csv",
                "POST /netwerk/inlezen/{import_id}/overnemen",
                "GET /netwerk/inlezen/{import_id}/terugdraaien",
                "POST /netwerk/inlezen/{import_id}/terugdraaien",
            ),
            "colleagues": (
                "GET /netwerk/collegas",
                "POST /netwerk/collegas/{contact_id}",
            ),
        },
    ),
    **audited(
        About.REFERRAL,
        "token",
        {
            "partner-answer": (
                "GET /antwoord/{token}",
                "POST /antwoord/{token}",
            ),
            "family-wish": (
                "GET /doorverwijzingen/link/{token}",
                "POST /doorverwijzingen/link/{token}",
            ),
        },
    ),
    **audited(
        About.ORGANISATION,
        "token",
        {
            "own-entry": (
                "GET /netwerk/vermelding/link/{token}",
                "POST /netwerk/vermelding/link/{token}",
                "GET /netwerk/vermelding/link/{token}/organisatie",
                "POST /netwerk/vermelding/link/{token}/organisatie",
                "GET /netwerk/vermelding/link/{token}/aanbod",
                "POST /netwerk/vermelding/link/{token}/aanbod",
                "GET /netwerk/vermelding/link/{token}/aanbod/{service_id}",
                "POST /netwerk/vermelding/link/{token}/aanbod/{service_id}",
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
_LINKS: Final = {"partner-answer": ANSWER_LINK, "family-wish": FAMILY_LINK, "own-entry": ENTRY_LINK}


async def find_meant(unit: MatchingUnit, row: Audited, given: str) -> Meant:
    """What a path means: the referral or the organisation of a link, and the case of a referral or a need."""
    link = await unit.links.find(given, _LINKS[row.purpose]) if row.at == "token" else None
    about_id = link.subject_id if link else id_in(given)
    case_id = await _case_of(row.about, about_id, unit) if about_id else None
    return Meant(about_id, case_id, link.id if link else None)


async def _case_of(about: About, about_id: UUID, unit: MatchingUnit) -> UUID | None:
    if about is About.REFERRAL:
        referral = await unit.referrals.read(about_id)
        return referral.case_id if referral else None
    return await unit.cases.find_by_need(about_id) if about is About.NEED else None
