"""Whom the forms of community reach."""

from typing import Final

from shared.kernel.translatable import to_translate
from shared.web.reach import DESK, Reach

BASE: Final = "/bijeenkomsten"
FOR_ALL: Final = "En iedereen ziet het op de site."
IF_ANNOUNCED: Final = "Is het al aangekondigd? Dan ziet iedereen het op de site."
DRAFT: Final = Reach(f"POST {BASE}/nieuw", seen_by=(DESK,), note="Het is een concept: je kondigt het zelf aan.")
CHANGE: Final = Reach(
    f"POST {BASE}/{{gathering_id}}/wijzigen",
    perhaps=(
        "seat-moved",
        "seat-offer",
        "host-moved",
        "host-asked",
        "expert-moved",
        "expert-asked",
        "invited-moved",
    ),
    seen_by=(DESK,),
    note=IF_ANNOUNCED,
)
ANNOUNCE: Final = Reach(
    f"POST {BASE}/{{gathering_id}}/aankondigen", perhaps=("theme-announced",), seen_by=(DESK,), note=FOR_ALL
)
CANCEL: Final = Reach(
    f"POST {BASE}/{{gathering_id}}/afzeggen",
    perhaps=("seat-called-off", "host-called-off", "expert-called-off", "invited-called-off"),
    seen_by=(DESK,),
    note=IF_ANNOUNCED,
)
REPORT: Final = Reach(
    f"POST {BASE}/{{gathering_id}}/verslag/schrijven", perhaps=("seat-report", "theme-reported"), seen_by=(DESK,),
    note=FOR_ALL,
)  # fmt: skip
PREPARE: Final = Reach(f"POST {BASE}/{{gathering_id}}/voorbereiding", seen_by=(DESK,), note=IF_ANNOUNCED)
ADD_MATERIAL: Final = Reach(f"POST {BASE}/{{gathering_id}}/materiaal", seen_by=(DESK,), note=IF_ANNOUNCED)
REMOVE_MATERIAL: Final = Reach(f"POST {BASE}/{{gathering_id}}/materiaal/weg", seen_by=(DESK,))
ATTENDANCE: Final = Reach(f"POST {BASE}/{{gathering_id}}/deurlijst", seen_by=(DESK,))
ADMIT: Final = Reach(f"POST {BASE}/{{gathering_id}}/deelnemers/{{seat_id}}", mails=("seat-place",), seen_by=(DESK,))
SERIES: Final = Reach(f"POST {BASE}/reeks", seen_by=(DESK,), note="De eerste drie datums staan er meteen als concept.")
STOP_SERIES: Final = Reach(
    f"POST {BASE}/reeks/{{series_id}}/stop", seen_by=(DESK,), note="Wat al gepland staat, blijft staan."
)
PLACE: Final = Reach(f"POST {BASE}/plekken", seen_by=(DESK,))
CHECK: Final = Reach(f"POST {BASE}/plekken/{{place_id}}", seen_by=(DESK,))
SIGN_UP: Final = Reach(f"POST {BASE}/{{gathering_id}}/aanmelden", perhaps=("seat-confirm",), seen_by=(DESK,))
CONFIRM_SEAT: Final = Reach(
    f"POST {BASE}/plek/{{token}} confirm", perhaps=("seat-place", "seat-waiting"), seen_by=(DESK,)
)
ACCEPT_SEAT: Final = Reach(f"POST {BASE}/plek/{{token}} accept", mails=("seat-place",), seen_by=(DESK,))
CANCEL_SEAT: Final = Reach(
    f"POST {BASE}/plek/{{token}} cancel",
    mails=("seat-cancelled",),
    perhaps=("seat-offer", "seat-left-empty"),
    seen_by=(DESK,),
)
CHANGE_SEAT: Final = Reach(
    f"POST {BASE}/plek/{{token}}/wijzigen",
    seen_by=(DESK,),
    note=to_translate("Wat je nodig hebt, leest alleen wie daarover gaat."),
)
HOST: Final = Reach(f"POST {BASE}/gastheer", seen_by=(DESK,))
ANSWER_TURN: Final = Reach(
    f"POST {BASE}/gastheer/{{turn_id}}",
    perhaps=("host-swapped", "host-missing"),
    seen_by=(DESK,),
    note="Zeg je nee, dan vragen we een ander. Je hoeft niet te zeggen waarom.",
)
SWAP_TURN: Final = Reach(
    f"POST {BASE}/gastheer/{{turn_id}} swap",
    perhaps=("host-missing",),
    seen_by=(DESK,),
    note="We vragen een ander. Tot die ja zegt, reken jij erop dat je komt.",
)
ASK_HOSTS: Final = Reach(
    f"POST {BASE}/{{gathering_id}}/gastheren", perhaps=("host-missing",), note="Wie aan de beurt is, krijgt een mail."
)
WISH: Final = Reach(
    f"POST {BASE}/{{gathering_id}}/ronde", seen_by=(DESK,), note=to_translate("Later ziet iedereen het op de site.")
)
PUT_TOGETHER: Final = Reach(f"POST {BASE}/{{gathering_id}}/ronde/samen", seen_by=(DESK,), note=FOR_ALL)
VOTES: Final = Reach(f"POST {BASE}/ronde/{{subject_id}}/stemmen", seen_by=(DESK,), note=FOR_ALL)
RENAME: Final = Reach(f"POST {BASE}/ronde/{{subject_id}}/naam", seen_by=(DESK,), note=FOR_ALL)
REMOVE_WISHES: Final = Reach(
    f"POST {BASE}/ronde/{{subject_id}}/weg", seen_by=(DESK,), note="Het is weg voor iedereen, en komt niet terug."
)
AGREE: Final = Reach(f"POST {BASE}/ronde/{{subject_id}}/afspraak", seen_by=(DESK,), note=FOR_ALL)
CLOSE_OUTCOME: Final = Reach(f"POST {BASE}/ronde/{{subject_id}}/klaar", seen_by=(DESK,), note=FOR_ALL)
ANSWER_FOR_ACCESS: Final = Reach(
    f"POST {BASE}/{{gathering_id}}/nodig", note="Alleen jij leest dan wat mensen nodig hebben."
)
PROPOSE_TOPIC: Final = Reach(f"POST {BASE}/onderwerpen", mails=("topic-proposed",))
WITHDRAW_TOPIC: Final = Reach(f"POST {BASE}/onderwerpen/{{topic_id}}/terug", seen_by=(DESK,))
PLAN_TOPIC: Final = Reach(
    f"POST {BASE}/onderwerpen/{{topic_id}}/plannen",
    note="Wie het voorstelde, krijgt een mail. En iedereen ziet het op de site.",
)
DECLINE_TOPIC: Final = Reach(
    f"POST {BASE}/onderwerpen/{{topic_id}}/niet", note="Wie het voorstelde, krijgt een mail en leest waarom."
)
INVITE_SPEAKER: Final = Reach(
    f"POST {BASE}/{{gathering_id}}/spreker", seen_by=(DESK,), note="De spreker krijgt een mail."
)
AGREE_TO_SPEAK: Final = Reach(f"POST {BASE}/plek/{{token}} agree", mails=("seat-place",), seen_by=(DESK,))
DECLINE_TO_SPEAK: Final = Reach(
    f"POST {BASE}/plek/{{token}} decline",
    mails=("speaker-declined",),
    note=to_translate("Je naam en adres gaan meteen weg. Je hoeft niet te zeggen waarom."),
)
DECLINE_AND_COME: Final = Reach(
    f"POST {BASE}/plek/{{token}} decline",
    mails=("speaker-declined",),
    note=to_translate("Je houdt je aanmelding. Je hoeft niet te zeggen waarom."),
)
EXPERT: Final = Reach(
    f"POST {BASE}/ervaring",
    perhaps=("expert-missing",),
    note="Wie organiseert, ziet pas wie je bent als je ja zegt op een vraag.",
)
ANSWER_AS_EXPERT: Final = Reach(
    f"POST {BASE}/ervaring/{{ask_id}}",
    perhaps=("expert-missing",),
    seen_by=(DESK,),
    note="Zeg je nee, dan ziet niemand dat. We vragen een ander.",
)
ASK_EXPERT: Final = Reach(f"POST {BASE}/{{gathering_id}}/ervaring", note="Wie aan de beurt is, krijgt een mail.")
SETTLE_THANKS: Final = Reach(f"POST {BASE}/ervaring/{{ask_id}}/geregeld", seen_by=(DESK,))
WRITE_VISION: Final = Reach(f"POST {BASE}/visie/schrijven", seen_by=(DESK,))
PUBLISH_VISION: Final = Reach(
    f"POST {BASE}/visie/publiceren",
    note="Iedereen ziet het op de site. Wie de vorige versie ondertekende, krijgt een mail.",
)
SIGN_VISION: Final = Reach(
    f"POST {BASE}/visie/ondertekenen",
    note=to_translate("Onderteken je voor je organisatie, dan ziet iedereen haar naam."),
)
WITHDRAW_SIGNATURE: Final = Reach(
    f"POST {BASE}/visie/intrekken", note=to_translate("Je telt niet meer mee, en je handtekening is weg.")
)
