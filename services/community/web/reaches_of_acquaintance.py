"""Whom the forms of tables, appointments and introductions reach."""

from typing import Final

from services.community.web.reaches import BASE
from shared.kernel.translatable import to_translate
from shared.web.reach import DESK, Reach

PROPOSE_TABLES: Final = Reach(
    f"POST {BASE}/{{gathering_id}}/tafels",
    seen_by=(DESK,),
    note="Wie ontvangt, ziet de tafels. Wie komt, ziet alleen de eigen tafel.",
)
MOVE_SEAT: Final = Reach(f"POST {BASE}/{{gathering_id}}/tafels/zetten", seen_by=(DESK,))
TABLE_WISH: Final = Reach(
    f"POST {BASE}/plek/{{token}}/kennismaken",
    perhaps=("seat-introduced",),
    note=to_translate(
        "Met wie je wilt kennismaken, leest niemand. Wil de ander het ook? Dan lezen jullie het allebei."
    ),
)
PROPOSE_APPOINTMENT: Final = Reach(
    f"POST {BASE}/plek/{{token}}/afspraken",
    mails=("seat-appointment-proposed",),
    note=to_translate("De ander leest je naam, en kiest ja of nee."),
)
AGREE_TO_APPOINTMENT: Final = Reach(
    f"POST {BASE}/plek/{{token}}/afspraken/{{appointment_id}} agree",
    mails=("seat-appointment-agreed",),
    note=to_translate("Jullie krijgen allebei een mail, met een bestand voor je agenda."),
)
DECLINE_APPOINTMENT: Final = Reach(
    f"POST {BASE}/plek/{{token}}/afspraken/{{appointment_id}} decline",
    mails=("seat-appointment-declined",),
    note=to_translate("De ander krijgt een mail. Je hoeft niet te zeggen waarom."),
)
CANCEL_APPOINTMENT: Final = Reach(
    f"POST {BASE}/plek/{{token}}/afspraken/{{appointment_id}} cancel",
    mails=("seat-appointment-cancelled",),
    note=to_translate("Jullie krijgen allebei een mail."),
)
MOVE_APPOINTMENT: Final = Reach(
    f"POST {BASE}/plek/{{token}}/afspraken/{{appointment_id}}/verzetten",
    perhaps=("seat-appointment-moved",),
    note=to_translate("Jullie krijgen allebei een mail."),
)
ASK_TO_MEET: Final = Reach(
    f"POST {BASE}/kennismaken",
    note="Een paar mensen van die organisatie krijgen een mail. Zij lezen welke organisatie vraagt, en nog niet wie.",
)
ANSWER_INTRODUCTION: Final = Reach(
    f"POST {BASE}/kennismaken/{{introduction_id}}",
    note="Wie het vroeg, krijgt een mail. Zeg je ja, dan lezen jullie elkaars naam en telefoonnummer.",
)
