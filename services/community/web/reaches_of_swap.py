"""Whom the forms of going along, and of asks and offers, reach."""

from typing import Final

from shared.web.reach import Reach

FACES: Final = "/gezichten"
OFFER_COMPANY: Final = Reach(
    f"POST {FACES}/ga-mee/aanbod", perhaps=("companion-missing",), note="Pas na jouw ja leest een ander wie je bent."
)
STOP_COMPANY: Final = Reach(
    f"POST {FACES}/ga-mee/stoppen",
    perhaps=("companion-missing",),
    note="Waar je ja op zei, blijft staan. Voor wat nog open is, vragen we een ander.",
)
BOOK_COMPANY: Final = Reach(
    f"POST {FACES}/ga-mee",
    perhaps=("companion-missing",),
    note="Wie aan de beurt is, krijgt een mail. Zegt die nee, dan vragen we de volgende.",
)
ANSWER_COMPANY: Final = Reach(
    f"POST {FACES}/ga-mee/{{company_id}}",
    perhaps=("company-agreed", "companion-withdrew", "company-cancelled", "companion-missing"),
    note="Zeg je nee, dan vragen we een ander. Je hoeft niet te zeggen waarom.",
)
CANCEL_COMPANY: Final = Reach(
    f"POST {FACES}/ga-mee/{{company_id}} cancel",
    perhaps=("company-cancelled",),
    note="Wie gevraagd is of mee zou gaan, krijgt een mail.",
)
TELL_COMPANY: Final = Reach(f"POST {FACES}/ga-mee/{{company_id}} well", note="Wie meeging, leest dit niet.")
PLACE_NOTICE: Final = Reach(f"POST {FACES}/vraag-en-aanbod", note="Iedereen in het netwerk leest dit.")
REPLY_NOTICE: Final = Reach(
    f"POST {FACES}/vraag-en-aanbod/reacties",
    mails=("notice-replied",),
    note="Zegt de ander ja, dan lezen jullie elkaars naam en nummer.",
)
ANSWER_REPLY: Final = Reach(
    f"POST {FACES}/vraag-en-aanbod/reacties/{{reply_id}}",
    perhaps=("reply-accepted", "reply-declined"),
    note="Zeg je ja, dan lezen jullie elkaars naam en nummer.",
)
CHANGE_NOTICE: Final = Reach(f"POST {FACES}/vraag-en-aanbod/{{notice_id}}/klaar", note="Je collega's zien dit ook.")
RENEW_NOTICE: Final = Reach(
    f"POST {FACES}/vraag-en-aanbod/{{notice_id}}/verlengen", note="Iedereen in het netwerk leest het weer."
)
