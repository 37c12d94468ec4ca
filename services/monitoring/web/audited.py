"""What the routes of monitoring tell the audit log: the purpose that stands in the line, and about whom it is."""

from typing import Final

from services.monitoring.handlers.follow_ups import FOLLOW_UP_LINK
from services.monitoring.ports import MonitoringUnit
from shared.privacy.audit import About
from shared.web.auditing import Audited, Meant, Table, audited, id_in

AUDITED: Final[Table] = {
    **audited(
        About.NOBODY,
        None,
        {
            "parked-events": (
                "GET /bord/geparkeerd",
                "GET /bord/geparkeerd/{event_id:path}",
                "POST /bord/geparkeerd/{event_id:path}",
            ),
            "follow-up": (
                "GET /v1/follow-ups",
                "POST /internal/follow-up-links",
                "GET /vervolg",
            ),
            "board": (
                "GET /bord",
                "GET /bord/vandaag",
                "GET /bord/samen",
                "POST /bord/samen",
            ),
        },
    ),
    **audited(
        About.CASE,
        "token",
        {
            "follow-up": (
                "GET /vervolg/{token}",
                "POST /vervolg/{token}",
                "POST /vervolg/{token}/woorden",
            ),
        },
    ),
    **audited(About.PERSON, "point_id", {"unusual-reading": ("POST /bord/gelezen/{point_id}",)}),
    **audited(About.CASE, "id", {"follow-up": ("POST /v1/follow-ups/{id}/answers",)}),
    **audited(
        About.CASE,
        "follow_up_id",
        {
            "follow-up": (
                "GET /vervolg/vraag/{follow_up_id}",
                "POST /vervolg/vraag/{follow_up_id}",
                "POST /vervolg/vraag/{follow_up_id}/woorden",
            ),
        },
    ),
    **audited(
        About.CASE,
        "case_id",
        {
            "board-case": ("GET /bord/{case_id}",),
            "open-point": (
                "GET /bord/{case_id}/punten/{escalation_id}",
                "POST /bord/{case_id}/punten/{escalation_id}",
                "POST /bord/{case_id}/punten/{escalation_id}/pakken",
                "POST /bord/{case_id}/punten/{escalation_id}/overdragen",
                "POST /bord/{case_id}/punten/{escalation_id}/teruggeven",
                "POST /bord/{case_id}/punten/{escalation_id}/wachten",
            ),
            "case-notes": (
                "POST /bord/{case_id}/notities",
                "POST /bord/{case_id}/notities/{note_id}/vast",
                "GET /bord/{case_id}/notities/{note_id}/weg",
                "POST /bord/{case_id}/notities/{note_id}/weg",
            ),
        },
    ),
}


async def find_meant(unit: MonitoringUnit, row: Audited, given: str) -> Meant:
    """What a path means: the case itself, that of a follow-up or of the link to one, or who read unusually."""
    if row.at == "case_id":
        return Meant(id_in(given))
    if row.at == "point_id":
        point = await unit.readings.get(given_id) if (given_id := id_in(given)) else None
        return Meant(point.reader_id if point else None)
    link = await unit.links.find(given, FOLLOW_UP_LINK) if row.at == "token" else None
    follow_up_id = link.subject_id if link else id_in(given)
    case_id = await unit.watches.case_of_follow_up(follow_up_id) if follow_up_id else None
    return Meant(case_id, link_id=link.id if link else None)
