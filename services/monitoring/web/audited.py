"""What the routes of monitoring tell the audit log: the purpose that stands in the line, and about whom it is."""

from typing import Final

from shared.privacy.audit import About
from shared.web.auditing import Table, audited

AUDITED: Final[Table] = {
    **audited(
        About.NOBODY,
        None,
        {
            "follow-up": (
                "GET /vervolg/{token}",
                "POST /vervolg/{token}",
                "POST /vervolg/{token}/woorden",
                "GET /v1/follow-ups",
                "POST /v1/follow-ups/{id}/answers",
                "POST /internal/follow-up-links",
                "GET /vervolg",
                "GET /vervolg/vraag/{follow_up_id}",
                "POST /vervolg/vraag/{follow_up_id}",
                "POST /vervolg/vraag/{follow_up_id}/woorden",
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
